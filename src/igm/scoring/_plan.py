"""A questionnaire, a scorer, a missing rule and a composite put together; it scores one person, or arrays of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.constructs._base import FrozenMapping, is_mapping, is_number, plain_number, shown
from igm.constructs.composite import CompositeValue
from igm.constructs.gedrag import Gedrag
from igm.constructs.model import Construct
from igm.constructs.profiel import Profiel
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Item, Vragenlijst
from igm.constructs.waarde import Bron, Missing, SocialeDruk, Waarde
from igm.errors import MASK, InputError
from igm.scoring._answers import Answers, check_exact
from igm.scoring._array import CHUNK
from igm.scoring._by_construct import ByConstruct
from igm.scoring._means import means
from igm.scoring._quotients import Mean
from igm.scoring.composites import mean as mean_of_determinants
from igm.scoring.missing import MinValid, as_min_valid, check_min_valid, needed, why_missing
from igm.scoring.protocols import Composite, FloatArray, ItemCheck, ItemScorer, OwnScale


@attrs.frozen
class Part:
    """The items of one construct.

    Attributes:
        construct: Which one.
        items: Its items.
        columns: Where they stand in the questionnaire.
        needed: How many must be answered.
        facets: Per facet, where its items stand among ``items``, and how many must be answered.
    """

    construct: Construct
    items: tuple[Item, ...]
    columns: tuple[int, ...]
    needed: int
    facets: tuple[tuple[str, tuple[int, ...], int], ...]


@attrs.frozen
class Plan:
    """How answers become scores.

    Attributes:
        lijst: The questionnaire.
        gedrag: The behaviour that the profile is about.
        scorer: Makes a determinant from items.
        composite: Makes willen and kunnen from determinants.
        min_valid: The missing rule.
        parts: What is scored.
        scales: The scale of the scores of each part.
    """

    lijst: Vragenlijst
    gedrag: Gedrag
    scorer: ItemScorer
    composite: Composite
    min_valid: MinValid
    parts: tuple[Part, ...]
    scales: tuple[Schaal, ...]

    @classmethod
    def of(
        cls,
        lijst: Vragenlijst,
        gedrag: Gedrag,
        scorer: ItemScorer,
        composite: Composite | None,
        min_valid: MinValid,
    ) -> Plan:
        """A plan, checked: the scorer fits the items, the rule can be met and sums stay exact.

        Without a composite it is the mean, or none when the scorer puts constructs on different scales: these are
        combined only when that is asked for.
        """
        min_valid = as_min_valid(min_valid)
        check_min_valid(min_valid, {key.value: n for key, n in lijst.n_items.items()})
        check_exact(lijst.schaal, len(lijst.items))
        if isinstance(scorer, ItemCheck):
            scorer.check(lijst.items)
        parts = parts_of(lijst, min_valid)
        scales = tuple(_scale(scorer, part, lijst.schaal) for part in parts)
        if composite is None:
            alike = len({(schaal.minimum, schaal.maximum) for schaal in scales}) < 2
            composite = mean_of_determinants() if alike else NO_COMPOSITE
        return cls(lijst, gedrag, scorer, composite, min_valid, parts, scales)

    @property
    def made_with(self) -> str:
        """The questionnaire, the scorer and the missing rule, as the profile names them."""
        # a scorer with published weights tells in ``source`` where these are from
        source = getattr(self.scorer, "source", None)
        cited = f" ({source})" if isinstance(source, str) else ""
        rule = self.min_valid if isinstance(self.min_valid, str) else f"at least {self.min_valid}"
        return f"{self.lijst.id} {self.lijst.version}; scorer {self.scorer.name}{cited}; {rule} valid"

    def one(
        self, answers: Sequence[int | Missing], *, ref: str | None = None, datum: date | None = None
    ) -> Profiel:
        """The profile of one person, from checked answers in the order of the questionnaire."""
        waarden: dict[Construct, Waarde | Missing] = {}
        for part, scale in zip(self.parts, self.scales, strict=True):
            own = [answers[column] for column in part.columns]
            waarden[part.construct] = self._determinant(part, scale, own, datum)
        bare = Profiel(ref=ref, gedrag=self.gedrag, waarden=waarden, gemaakt_met=self.made_with)
        return bare._with(composites=combined(self.composite, bare))

    def _determinant(
        self, part: Part, scale: Schaal, answers: Sequence[int | Missing], datum: date | None
    ) -> Waarde | Missing:
        schaal = self.lijst.schaal
        ends = schaal.minimum + schaal.maximum
        keyed = [
            None if isinstance(answer, Missing) else ends - answer if item.reversed else answer
            for answer, item in zip(answers, part.items, strict=True)
        ]
        valid = [answer for answer in keyed if answer is not None]
        kinds = [answer for answer in answers if isinstance(answer, Missing)]
        if len(valid) < part.needed:
            return why_missing(kinds)
        score: float | None = plain_number(self.scorer.one(keyed, part.items, schaal))
        if score is None and kinds:
            return why_missing(kinds)
        if score is None or not is_number(score) or score not in scale:
            raise self._useless(part, scale, shown(score))
        facetten: dict[str, float] = {}
        for name, places, enough in part.facets if scale == schaal else ():
            own = [answer for answer in (keyed[place] for place in places) if answer is not None]
            if len(own) >= enough:
                facetten[name] = sum(own) / len(own)
        kind = SocialeDruk if part.construct is Construct.SOCIALE_DRUK else Waarde
        return kind(
            score=float(score),
            schaal=scale,
            n_valid=len(valid),
            n_items=len(part.items),
            facetten=facetten,
            bron=Bron.INSTRUMENT,
            datum=datum,
        )

    def many(self, answers: Answers) -> tuple[FloatArray, NDArray[np.int32]]:
        """The scores of many people, NaN where missing, and the number of valid items: a row per person each."""
        if self.scorer == Mean():
            return means(answers, self.parts)
        schaal, n = self.lijst.schaal, len(answers)
        values = np.full((n, len(self.parts)), np.nan)
        n_valid = np.zeros((n, len(self.parts)), dtype=np.int32)
        backwards = [place for place, item in enumerate(self.lijst.items) if item.reversed]
        for start in range(0, n, CHUNK):
            stop = start + CHUNK
            block, missing = answers.columns(start, stop)
            block[backwards] = schaal.minimum + schaal.maximum - block[backwards]
            for place, part in enumerate(self.parts):
                counts = len(part.items) - missing[list(part.columns)].sum(axis=0, dtype=np.int32)
                n_valid[start:stop, place] = counts
                own = block[list(part.columns)]
                values[start:stop, place] = self._scores(part, self.scales[place], own, counts)
        return values, n_valid

    def keyed(self, answers: Answers, part: Part) -> FloatArray:
        """The answers to the items of a part, keyed: a row per person, NaN where one is missing."""
        block, _ = answers.columns(0, len(answers))
        ends = self.lijst.schaal.minimum + self.lijst.schaal.maximum
        rows = [
            ends - block[column] if item.reversed else block[column]
            for column, item in zip(part.columns, part.items, strict=True)
        ]
        return np.stack(rows, axis=1)

    def scorer_of(self, part: Part) -> ItemScorer:
        """The scorer of a part, when constructs have scorers of their own."""
        return self.scorer.part(part.construct) if isinstance(self.scorer, ByConstruct) else self.scorer

    def _scores(self, part: Part, scale: Schaal, keyed: FloatArray, counts: NDArray[np.int32]) -> FloatArray:
        """Scores of people, NaN for who answered too few items; who answered none is not put to the scorer."""
        some = counts > 0
        if some.all():
            scores = self._asked(part, scale, keyed.T)
        else:
            scores = np.full(len(counts), np.nan)
            if some.any():
                scores[some] = self._asked(part, scale, keyed[:, some].T)
        scores[counts < part.needed] = np.nan
        absent = np.isnan(scores)
        useless = ~absent & ~((scores >= scale.minimum) & (scores <= scale.maximum))
        useless |= absent & (counts == len(part.items))
        if useless.any():
            raise self._useless(part, scale, repr(float(scores[useless][0])))
        return scores

    def _asked(self, part: Part, scale: Schaal, keyed: FloatArray) -> FloatArray:
        given: object = self.scorer.many(keyed, part.items, self.lijst.schaal)
        if not isinstance(given, np.ndarray) or given.shape != (len(keyed),) or given.dtype.kind not in "iuf":
            what = f"{type(given).__name__} for {len(keyed)} people"
            raise self._useless(part, scale, what)
        return np.array(given, dtype=np.float64)

    def _useless(self, part: Part, scale: Schaal, given: str) -> InputError:
        return InputError.of(
            "plugin-invalid",
            f"scorer {self.scorer.name!r} gives no score on the scale {scale} for {part.construct.value}",
            "Mend the scorer, or use another.",
            where="$.scorer",
            given=MASK if part.construct.info.sensitive else given,
        )


@attrs.frozen
class _NoComposite:
    """Makes nothing of determinants: what stands when nothing was asked, and their scales differ."""

    name: str = attrs.field(default="none", init=False)

    def combine(self, profiel: Profiel, /) -> Mapping[str, CompositeValue]:
        return {}


NO_COMPOSITE: Final = _NoComposite()


def _scale(scorer: ItemScorer, part: Part, schaal: Schaal) -> Schaal:
    """The scale of the scores of a part."""
    if not isinstance(scorer, OwnScale):
        return schaal
    found: object = scorer.scale(part.items, schaal)
    if isinstance(found, Schaal):
        return schaal if (found.minimum, found.maximum) == (schaal.minimum, schaal.maximum) else found
    what, do = f"scorer {scorer.name!r} gives no Schaal", "Mend the scorer: scale() gives an igm.Schaal."
    raise InputError.of("plugin-invalid", what, do, where="$.scorer", given=type(found).__name__)


@lru_cache(maxsize=32)
def parts_of(lijst: Vragenlijst, min_valid: MinValid) -> tuple[Part, ...]:
    """The items of each construct, and how many of them must be answered."""
    columns: dict[Construct, list[int]] = {}
    for place, item in enumerate(lijst.items):
        columns.setdefault(item.construct, []).append(place)
    return tuple(
        _part(key, [lijst.items[place] for place in own], own, min_valid) for key, own in columns.items()
    )


def _part(key: Construct, items: Sequence[Item], columns: Sequence[int], min_valid: MinValid) -> Part:
    by_facet: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        if item.facet is not None:
            by_facet.setdefault(item.facet, []).append(place)
    facets = tuple((name, tuple(own), needed(min_valid, len(own))) for name, own in by_facet.items())
    return Part(key, tuple(items), tuple(columns), needed(min_valid, len(items)), facets)


def combined(composite: Composite, profiel: Profiel) -> Mapping[str, CompositeValue]:
    """What a composite makes of a profile, read-only; refused when it is not composite values by name."""
    made: object = composite.combine(profiel)
    if not is_mapping(made) or not all(
        isinstance(name, str) and name.strip() and isinstance(value, CompositeValue)
        for name, value in made.items()
    ):
        do = "Mend it: combine must give a mapping from name to CompositeValue."
        what = f"composite {composite.name!r} gives no composite values"
        raise InputError.of("plugin-invalid", what, do, where="$.composite", given=type(made).__name__)
    return FrozenMapping(made)
