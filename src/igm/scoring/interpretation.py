"""``interpret``: scores set beside a norm that is named, with what cannot be said and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, overload

import attrs
import numpy as np

from igm._display import Cell, Column, Language, Table
from igm._engines.engine import engine_of
from igm.constructs._base import known_language, shown
from igm.constructs.model import Construct, construct
from igm.constructs.profiel import Profiel
from igm.disclosure import GroupPurpose, least_people
from igm.errors import MASK, InputError, UnknownNameError, suggestion
from igm.scoring._readings import (
    PLACES,
    WORDS,
    Reading,
    notes_of,
    places_of,
    reading_of,
    reason_text,
    said,
    stretch,
    unreadable,
    without_score,
)
from igm.scoring.norms import Norm, as_norm
from igm.scoring.scores import Scores


@attrs.frozen(repr=False)
class Interpretation:
    """The scores of one person beside a norm.

    Attributes:
        norm: The norm.
        readings: One per construct that was scored or asked.
        gemaakt_met: What made the scores.

    Example:
        >>> import igm
        >>> lijst = igm.vragenlijst("client-participatie")
        >>> profiel = igm.score({item.id: 4 for item in lijst.items if not item.reversed}, lijst)
        >>> found = igm.interpret(profiel, norm="schaaluiteinden")
        >>> found["houding"].place, found.text("houding", "en")
        (1, 'in the middle, or nearer to helping')
    """

    norm: Norm
    readings: tuple[Reading, ...]
    gemaakt_met: str | None = None

    def __getitem__(self, name: str | Construct, /) -> Reading:
        key = construct(name)
        for reading in self.readings:
            if reading.construct is key:
                return reading
        known = [reading.construct.value for reading in self.readings]
        do = suggestion(key.value, known)
        raise UnknownNameError.of("unknown-construct", "no score was read", do, given=shown(key.value))

    def __len__(self) -> int:
        return len(self.readings)

    def __iter__(self) -> Iterator[Reading]:
        return iter(self.readings)

    def text(self, name: str | Construct, lang: Language = "nl") -> str:
        """What is said of one construct: where the score lies, or why that cannot be said.

        Raises:
            UnknownNameError: ``unknown-construct``.
        """
        return said(self.norm, self[name], lang)

    def table(self, lang: Language = "nl") -> Table:
        """A row per construct with a score; asking for it shows sensitive ones too. A note names the others."""
        return self._table(lang, mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        words = WORDS[known_language(lang)]
        headers = ["construct", words["score"], words["scale"], "z", words["reading"]]
        rows: list[list[Cell]] = []
        for one in self.readings:
            if one.reason == "missing":
                continue
            hidden = mask and one.construct.info.sensitive and one.score is not None
            rows.append(
                [
                    one.construct.label(lang),
                    MASK if hidden else one.score,
                    None if one.schaal is None else str(one.schaal),
                    MASK if hidden and one.z is not None else one.z,
                    MASK if hidden and one.place is not None else said(self.norm, one, lang),
                ]
            )
        unscored = [one.construct for one in self.readings if one.reason == "missing"]
        made = [self.gemaakt_met] if self.gemaakt_met else []
        notes = (*without_score(unscored, lang), *notes_of(self.norm, lang), *made)
        columns = [
            Column(header, "right" if header in {words["score"], "z"} else "left") for header in headers
        ]
        return Table(columns, rows, title=self.norm.titel[lang], notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Everything at full precision; sensitive scores are in it."""
        return {
            "schema_version": 1,
            "norm": self.norm.id,
            "norm_version": self.norm.version,
            "bron": self.norm.bron,
            "gemaakt_met": self.gemaakt_met,
            "readings": [
                {
                    "construct": one.construct.value,
                    "score": one.score,
                    "schaal": None if one.schaal is None else one.schaal.model_dump(mode="json"),
                    "place": one.place,
                    "z": one.z,
                    "reason": one.reason,
                }
                for one in self.readings
            ],
        }

    def __repr__(self) -> str:
        read = sum(one.place is not None for one in self.readings)
        return f"Interpretation(norm={self.norm.id!r}, read={read} of {len(self.readings)})"

    def __str__(self) -> str:
        return self._table("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self._table("nl", mask=True).html()


@attrs.frozen(repr=False)
class Interpretations:
    """The scores of many people beside a norm.

    Attributes:
        norm: The norm.
        scores: The scores.

    Example:
        >>> import igm
        >>> lijst = igm.vragenlijst("client-participatie")
        >>> found = igm.interpret(igm.score(np.full((12, len(lijst.items)), 4), lijst), norm="ijmond-werkt-client-t0")
        >>> found.person(0)["kennis"].z.__round__(2), len(found)
        (-0.11, 12)
    """

    norm: Norm
    scores: Scores

    def __len__(self) -> int:
        return len(self.scores)

    def person(self, index: int, /) -> Interpretation:
        """The scores of one person beside the norm.

        Raises:
            InputError: ``value-out-of-range`` when there is no such person.
        """
        return _one(self.scores.profiel(index), self.norm, self.scores.constructs)

    def counts(
        self, name: str | Construct, /, *, doel: GroupPurpose = "publiceren", minimum_n: int | None = None
    ) -> tuple[int, ...] | None:
        """How many people lie in each stretch of the norm.

        Args:
            name: The construct.
            doel: ``"publiceren"``, or ``"intern"`` for what stays inside.
            minimum_n: The least number of people in a stretch; 10 for publishing and 1 inside when left out.

        Returns:
            A number per stretch, from the lowest on. ``None`` when the construct is not read; and for publishing when
            anybody stands in a stretch of fewer people, or all stand in one, for then the rest would tell.

        Raises:
            UnknownNameError: ``unknown-construct``.
            InputError: What `igm.disclosure.least_people` refuses.
        """
        fewest = least_people(doel, minimum_n)
        values = self.scores[name]
        key = construct(name)
        if unreadable(self.norm, key, self.scores.scales[key]) is not None:
            return None
        places, _ = places_of(self.norm, key, values[~np.isnan(values)], self.scores.scales[key])
        size = len(self.norm.grenzen[key]) if self.norm.grenzen else len(PLACES)
        found: tuple[int, ...] = tuple(np.bincount(places, minlength=size).tolist())
        if doel == "publiceren" and any(count < fewest for count in found):
            return None
        return found

    def table(
        self, lang: Language = "nl", *, doel: GroupPurpose = "publiceren", minimum_n: int | None = None
    ) -> Table:
        """How many people lie in each stretch, by construct; what rests on too few people is not shown.

        A note names the constructs of which nobody has a score.

        Raises:
            InputError: What `igm.disclosure.least_people` refuses.
        """
        words = WORDS[known_language(lang)]
        rows: list[list[Cell]] = []
        unscored = [key for key in self.scores.constructs if np.isnan(self.scores[key]).all()]
        for key in self.scores.constructs:
            if key in unscored:
                continue
            reason = unreadable(self.norm, key, self.scores.scales[key])
            counts = self.counts(key, doel=doel, minimum_n=minimum_n)
            if reason is not None:
                told = reason_text(self.norm, reason, lang)
            elif counts is None:
                told = words["suppressed"]
            else:
                told = "; ".join(
                    f"{stretch(self.norm, key, place, lang)}: {count}" for place, count in enumerate(counts)
                )
            rows.append([key.label(lang), told])
        columns = [Column("construct"), Column(words["people"])]
        hidden = any(row[1] == words["suppressed"] for row in rows)
        least = [words["least"].format(least_people(doel, minimum_n))] if hidden else []
        notes = (*without_score(unscored, lang), *least, *notes_of(self.norm, lang), self.scores.gemaakt_met)
        return Table(columns, rows, title=self.norm.titel[lang], notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Counts that may be published, by construct; ``None`` for what is not shown. It holds no person."""
        counts = {key.value: self.counts(key) for key in self.scores.constructs}
        return {
            "schema_version": 1,
            "norm": self.norm.id,
            "norm_version": self.norm.version,
            "bron": self.norm.bron,
            "gemaakt_met": self.scores.gemaakt_met,
            "counts": {name: None if found is None else list(found) for name, found in counts.items()},
        }

    def __repr__(self) -> str:
        return f"Interpretations(norm={self.norm.id!r}, n={len(self)})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


@overload
def interpret(scored: Profiel, /, *, norm: str | Path | Norm) -> Interpretation: ...


@overload
def interpret(scored: Scores, /, *, norm: str | Path | Norm) -> Interpretations: ...


def interpret(
    scored: Profiel | Scores, /, *, norm: str | Path | Norm | None = None
) -> Interpretation | Interpretations:
    """Set scores beside a norm that is named.

    There is no default: a score means nothing higher or lower until it is said than whom. Each score keeps its own
    scale; a norm on a scale is used for scores with the same bounds only, and is not stretched to another one.

    Args:
        scored: A profile, or the scores of many people; of a frame those that `Scores.of_frame` makes.
        norm: The name of a shipped norm, a YAML file, or a `Norm`. It must be given.

    Returns:
        An `Interpretation` of one person, or `Interpretations` of many. What cannot be read says why: there is no
        score, the norm has no figures of the construct, or it is on another scale.

    Raises:
        InputError: ``missing-field`` when no norm is named, ``unknown-name`` for another one, with the names that there
            are; ``invalid-value`` for what is neither a profile nor scores.

    Example:
        >>> import igm
        >>> lijst = igm.vragenlijst("client-participatie")
        >>> profiel = igm.score({"kennis_1": 4, "kennis_2": 3, "context_1": 2, "context_2": 1}, lijst)
        >>> found = igm.interpret(profiel, norm="ijmond-werkt-client-t0")
        >>> round(found["kennis"].z, 2), found.text("kennis", "en")
        (-0.11, 'within one SD of the mean of the group (M = 3.63, SD = 1.17, n = 43)')
        >>> found["houding"].reason
        'missing'
        >>> igm.interpret(profiel)
        Traceback (most recent call last):
        ...
        igm.errors.InputError: scores are read by a norm that is named; there is no default, at $.norm. Name one: ...
    """
    given: object = scored
    if isinstance(given, Profiel):
        return _one(given, as_norm(norm))
    if isinstance(given, Scores):
        return Interpretations(as_norm(norm), given)
    do = "Give what igm.score makes of one person, of a list or of an array."
    if engine_of(given) is not None:
        do = "Of a frame with answers, give igm.scoring.Scores.of_frame(frame, lijst, columns=..., person=...)."
    raise InputError.of("invalid-value", "neither a profile nor scores", do, given=type(given).__name__)


def _one(profiel: Profiel, norm: Norm, asked: Sequence[Construct] = ()) -> Interpretation:
    keys = [key for key in Construct if key in profiel.waarden or key in norm.constructs or key in asked]
    readings = tuple(reading_of(norm, key, profiel[key]) for key in keys)
    return Interpretation(norm, readings, profiel.gemaakt_met)
