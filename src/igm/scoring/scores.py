"""``Scores``: the scores of many people on one questionnaire, in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal, NoReturn, SupportsIndex

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._display import Column, Language, Table, number
from igm._engines.column_map import ColumnMap
from igm._engines.engine import Frame
from igm.constructs._base import known_language, plain_number, shown
from igm.constructs._table import WORDS
from igm.constructs.gedrag import Gedrag
from igm.constructs.model import Construct, Dimension, construct
from igm.constructs.profiel import Profiel
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Vragenlijst
from igm.errors import InputError, UnknownNameError, suggestion
from igm.scoring._answers import Answers, same_array
from igm.scoring._numbers import Row
from igm.scoring._plan import Plan
from igm.scoring.graded import GradedResponse, Posterior
from igm.scoring.missing import MinValid
from igm.scoring.protocols import FloatArray, ItemScorer

_HINT: Final = "Of one person: scores.profiel(0); of one construct: scores['houding']."


def _locked(array: NDArray[Any]) -> NDArray[Any]:
    """The array in memory that cannot be written to through it, not even after asking for that; it is not copied."""
    locked: NDArray[Any] = np.asarray(np.ascontiguousarray(array).data.toreadonly())
    return locked


@attrs.frozen(repr=False)
class Scores:
    """The scores of many people on one questionnaire.

    Attributes:
        values: A row per person and a column per construct, NaN where there is no score.
        n_valid: Number of answered items, of the same shape.
        refs: The reference of each person, ``None`` for who has none; ``None`` as a whole for arrays.
        datums: The date of each person's answers, likewise.

    Example:
        >>> from igm.constructs.vragenlijst import vragenlijst
        >>> from igm.scoring import score
        >>> lijst = vragenlijst("client-participatie")
        >>> scores = score([{item.id: 4 for item in lijst.items}, {}], lijst)
        >>> len(scores), scores.n_valid[1].max()
        (2, np.int32(0))
        >>> bool(np.isnan(scores["houding"][1]))
        True
    """

    values: FloatArray = attrs.field(converter=_locked, eq=attrs.cmp_using(eq=same_array))
    n_valid: NDArray[np.int32] = attrs.field(converter=_locked, eq=attrs.cmp_using(eq=same_array))
    refs: tuple[str | None, ...] | None
    datums: tuple[date | None, ...] | None
    _plan: Plan
    _answers: Answers

    @classmethod
    def of_frame(
        cls,
        frame: Frame,
        lijst: Vragenlijst,
        /,
        *,
        columns: ColumnMap | None = None,
        person: str | Row | None = None,
        scorer: str | ItemScorer = "mean",
        min_valid: MinValid = "half",
    ) -> Scores:
        """The scores of the people in a frame with answers: for profiles, and for `igm.interpret`.

        Args:
            frame: A frame in memory, with a row per person.
            lijst: The questionnaire.
            columns: Which column holds which item, and what the values in it mean.
            person: A column, or a ref per row; when left out a column such as ``respondent`` is taken.
            scorer: As of `igm.score`.
            min_valid: As of `igm.score`.

        Raises:
            InputError: ``duplicate-name`` for somebody with several rows, and what `igm.score` refuses.

        Example:
            >>> import igm, pandas as pd
            >>> frame = pd.DataFrame({"respondent": ["c1", "c2"], "kennis_1": [4, None], "kennis_2": [3, 2]})
            >>> scores = Scores.of_frame(frame, igm.vragenlijst("client-participatie"), min_valid=1)
            >>> scores.refs, scores["kennis"].tolist(), scores.profiel(0).ref
            (('c1', 'c2'), [3.5, 2.0], 'c1')
        """
        from igm.scoring.score import scores_of_frame

        return scores_of_frame(frame, lijst, columns, person, scorer, min_valid)

    @property
    def constructs(self) -> tuple[Construct, ...]:
        """What is scored: the construct of each column."""
        return tuple(part.construct for part in self._plan.parts)

    @property
    def n_items(self) -> Mapping[Construct, int]:
        """Number of items by construct."""
        return MappingProxyType({part.construct: len(part.items) for part in self._plan.parts})

    @property
    def schaal(self) -> Schaal:
        """The scale of the answers."""
        return self._plan.lijst.schaal

    @property
    def scales(self) -> Mapping[Construct, Schaal]:
        """The scale of the scores by construct: that of the answers, unless the scorer has one of its own."""
        return MappingProxyType(dict(zip(self.constructs, self._plan.scales, strict=True)))

    @property
    def gedrag(self) -> Gedrag:
        """The behaviour that the answers are about."""
        return self._plan.gedrag

    @property
    def gemaakt_met(self) -> str:
        """The questionnaire, the scorer and the missing rule."""
        return self._plan.made_with

    def __len__(self) -> int:
        return len(self.values)

    def __hash__(self) -> int:
        return hash((self.values.shape, self.refs, self.datums, self._plan.lijst, self._plan.gedrag))

    def __reduce__(self) -> tuple[type[Scores], tuple[Any, ...]]:
        # made anew, so that a copy is as read-only as this one
        return type(self), (self.values, self.n_valid, self.refs, self.datums, self._plan, self._answers)

    def __iter__(self) -> NoReturn:
        raise InputError.of("invalid-value", "scores are no list", _HINT, given="a loop or list(...)")

    def __getitem__(self, name: str | Construct) -> FloatArray:
        given: object = name
        if not isinstance(given, str):
            raise UnknownNameError.of("unknown-construct", "not a construct", _HINT, given=shown(given))
        key = construct(name)
        if key not in self.constructs:
            asked = [one.value for one in self.constructs]
            what, do = "the questionnaire does not ask this construct", suggestion(key.value, asked)
            raise UnknownNameError.of("unknown-construct", what, do, given=shown(key.value))
        return self.values[:, self.constructs.index(key)]

    def posterior(self, name: str | Construct, /) -> Posterior:
        """What the answers tell of a trait that a graded-response model scores, with how much is left unknown.

        Args:
            name: The construct.

        Returns:
            Per person the expected value, which is the score, and the standard deviation; NaN where there is no score.

        Raises:
            UnknownNameError: ``unknown-construct``.
            InputError: ``invalid-value`` when the construct is scored otherwise.

        Example:
            >>> from igm.constructs.vragenlijst import vragenlijst
            >>> from igm.scoring import score
            >>> score([], vragenlijst("client-participatie")).posterior("kennis")
            Traceback (most recent call last):
            ...
            igm.errors.InputError: 'mean' has no posterior, at $.scorer: got 'kennis'. Score it with \
scorers.graded_response(...). [invalid-value]
        """
        scored = self[name]
        key = construct(name)
        part = self._plan.parts[self.constructs.index(key)]
        scorer = self._plan.scorer_of(part)
        if not isinstance(scorer, GradedResponse):
            do = "Score it with scorers.graded_response(...)."
            what = f"{scorer.name!r} has no posterior"
            raise InputError.of("invalid-value", what, do, where="$.scorer", given=repr(key.value))
        found = scorer.posterior(self._plan.keyed(self._answers, part), part.items, self.schaal)
        return Posterior(scored, np.where(np.isnan(scored), np.nan, found.sd))

    def profiel(self, index: SupportsIndex, /) -> Profiel:
        """The profile of one person, the same as when scored alone.

        Args:
            index: Which person, from 0.

        Returns:
            Scores with their facets, kinds of missing and composites.

        Raises:
            InputError: ``value-out-of-range`` when there is no such person; ``not-a-number`` for what is
                not a whole number.

        Example:
            >>> from igm.constructs.vragenlijst import vragenlijst
            >>> from igm.scoring import score
            >>> lijst = vragenlijst("client-participatie")
            >>> people = [{item.id: 4 for item in lijst.items}, {}]
            >>> score(people, lijst).profiel(1) == score(people[1], lijst)
            True
        """
        row: object = plain_number(index)
        if isinstance(row, bool) or not isinstance(row, int):
            do = "Give the number of a person, from 0."
            raise InputError.of("not-a-number", "not a row number", do, given=shown(index))
        if not 0 <= row < len(self):
            do = f"Give 0 to {len(self) - 1}." if len(self) else "There is nobody."
            raise InputError.of("value-out-of-range", "no such person", do, given=shown(row))
        return self._plan.one(
            self._answers.row(row),
            ref=None if self.refs is None else self.refs[row],
            datum=None if self.datums is None else self.datums[row],
        )

    def table(self, lang: Language = "nl", *, most: int = 20) -> Table:
        """The scores per person; asking for it shows sensitive ones too.

        Args:
            lang: Of the headers.
            most: How many people to show.

        Returns:
            A row per person and a column per part of the model, with the scores of its constructs in the order
            that is named below it, rounded; a dash is no score. The numbers themselves are in ``values``.

        Example:
            >>> from igm.constructs.vragenlijst import vragenlijst
            >>> from igm.scoring import score
            >>> score([{}, {}], vragenlijst("client-participatie")).table(most=1).notes[-1]
            '1 van 2 personen'
        """
        known_language(lang)
        asked: object = plain_number(most)
        if isinstance(asked, bool) or not isinstance(asked, int):
            do = "Give a whole number."
            raise InputError.of("not-a-number", "how many to show", do, where="$.most", given=shown(asked))
        most = max(0, min(asked, len(self)))
        parts: dict[Dimension, list[int]] = {}
        for place, key in enumerate(self.constructs):
            parts.setdefault(key.dimension, []).append(place)
        rows = [
            [self._called(row), *(self._cell(row, places, lang) for places in parts.values())]
            for row in range(most)
        ]
        columns = [Column("ref"), *(Column(WORDS[lang][part.value]) for part in parts)]
        legend = [
            f"{WORDS[lang][part.value]}: {' | '.join(self.constructs[place].label(lang) for place in places)}"
            for part, places in parts.items()
        ]
        people = f"{most} van {len(self)} personen" if lang == "nl" else f"{most} of {len(self)} people"
        return Table(
            columns, rows, title=self.gedrag.text(lang), notes=(*legend, self.gemaakt_met, people), lang=lang
        )

    def _cell(self, row: int, places: Sequence[int], lang: Language) -> str:
        scores: list[float] = self.values[row, list(places)].tolist()
        return " ".join(number(None if score != score else score, lang=lang) for score in scores)

    def _called(self, row: int) -> str:
        ref = None if self.refs is None else self.refs[row]
        return str(row) if ref is None else ref

    def summary(self, lang: Language = "nl") -> Table:
        """How many people have a score, per construct; it shows no values.

        Args:
            lang: Of the headers and labels.

        Returns:
            A row per construct.

        Example:
            >>> from igm.constructs.vragenlijst import vragenlijst
            >>> from igm.scoring import score
            >>> score([{}], vragenlijst("client-participatie")).summary().rows[0][2:]
            (0, 1)
        """
        headers: dict[Language, tuple[str, ...]] = {
            "nl": ("construct", "items", "met score", "zonder score"),
            "en": ("construct", "items", "with score", "without score"),
        }
        known_language(lang)
        missing = np.isnan(self.values).sum(axis=0).tolist()
        rows = [
            [key.label(lang), self.n_items[key], len(self) - absent, absent]
            for key, absent in zip(self.constructs, missing, strict=True)
        ]
        first, *rest = headers[lang]
        columns = [Column(first), *(Column(header, "right") for header in rest)]
        notes = (self._scales_told(lang), self.gemaakt_met)
        return Table(columns, rows, title=self.gedrag.text(lang), notes=notes, lang=lang)

    def _scales_told(self, lang: Language) -> str:
        word = "schaal" if lang == "nl" else "scale"
        by_scale: dict[str, list[str]] = {}
        for key, schaal in self.scales.items():
            by_scale.setdefault(str(schaal), []).append(key.label(lang))
        if len(by_scale) == 1:
            return f"{word} {next(iter(by_scale))}"
        return "; ".join(f"{word} {scale}: {', '.join(keys)}" for scale, keys in by_scale.items())

    def to_dict(self) -> dict[str, Any]:
        """Everything at full precision, ready for JSON; ``None`` where there is no score.

        Returns:
            Plain lists and mappings; sensitive scores are in it.

        Example:
            >>> from igm.constructs.vragenlijst import vragenlijst
            >>> from igm.scoring import score
            >>> score([], vragenlijst("client-participatie")).to_dict()["values"]
            []
        """
        version: Literal[1] = 1
        return {
            "schema_version": version,
            "gemaakt_met": self.gemaakt_met,
            "gedrag": self.gedrag.model_dump(mode="json"),
            "schaal": self.schaal.model_dump(mode="json"),
            "constructs": [key.value for key in self.constructs],
            "scales": [schaal.model_dump(mode="json") for schaal in self.scales.values()],
            "n_items": list(self.n_items.values()),
            "refs": None if self.refs is None else list(self.refs),
            "datums": None
            if self.datums is None
            else [None if datum is None else datum.isoformat() for datum in self.datums],
            "values": [[None if value != value else value for value in row] for row in self.values.tolist()],
            "n_valid": self.n_valid.tolist(),
        }

    def __repr__(self) -> str:
        lijst = self._plan.lijst
        return f"Scores(n={len(self)}, constructs={len(self.constructs)}, lijst={lijst.id!r})"

    def __str__(self) -> str:
        return self.summary().text()

    def _repr_html_(self) -> str:
        return self.summary().html()
