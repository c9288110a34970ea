"""``reliability``: how well the items of each construct hold together, from answers to a questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal

import attrs
import numpy as np

from igm._display import Column, Language, Table, number
from igm._engines.column_map import ColumnMap
from igm._engines.engine import Frame
from igm.constructs._base import FrozenMapping, known_language
from igm.constructs.model import Construct, construct
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Item, Vragenlijst
from igm.errors import InputError, suggestion
from igm.scoring._matrix import read_people
from igm.scoring._means import means, spread
from igm.scoring._numbers import Grid, Row
from igm.scoring._people import OnePerson
from igm.scoring._plan import parts_of
from igm.scoring._quality_words import WORDS
from igm.scoring._refs import repeated
from igm.scoring._shown import span
from igm.scoring.consistency import Alpha, alpha_of
from igm.scoring.factor import Omega, omega_of
from igm.scoring.intervals import LEVEL, Interval, check_level
from igm.scoring.missing import MinValid, as_min_valid, check_min_valid
from igm.scoring.notes import Note, grouped
from igm.scoring.protocols import FloatArray
from igm.scoring.score_error import measurement_error, spearman_brown

MANY: Final = 30
"""With fewer people, the spread and the reliability of the wave itself are too unsteady for an error of measurement."""


@attrs.frozen(kw_only=True, repr=False)
class Reliability:
    """How well the items of one construct hold together.

    Attributes:
        construct: Which one.
        items: The items that somebody answered, in the order of the questionnaire.
        n: Number of people with an answer to one of them.
        n_complete: Number of people who answered all of them.
        mean: The mean of the scores, as ``igm.score`` gives them; ``None`` without any.
        sd: Their standard deviation with n − 1 below the line; ``None`` for fewer than two.
        n_scores: How many scores these are.
        pairwise: Alpha, with for each pair of items who answered both.
        listwise: Alpha of who answered all.
        omega: Omega total of one factor, of who answered all.
        sem: The standard error of measurement, sd·√(1 − alpha); ``None`` without alpha, or above 1.
        spearman_brown: The reliability of two items; ``None`` for any other number.
        notes: What there is to know; the first tells why there is no alpha, where there is none.

    Example:
        >>> from igm.constructs.vragenlijst import vragenlijst
        >>> answers = [{"houding_1": one, "houding_2": two} for one, two in [(4, 5), (2, 2), (3, 4)]]
        >>> reliability(answers, vragenlijst("client-participatie"))["houding"]
        Reliability('houding', alpha=0.947, k=2, n=3)
    """

    construct: Construct
    items: tuple[str, ...]
    n: int
    n_complete: int
    mean: float | None
    sd: float | None
    n_scores: int
    pairwise: Alpha
    listwise: Alpha
    omega: Omega
    sem: float | None
    spearman_brown: float | None
    notes: tuple[Note, ...]

    @property
    def k(self) -> int:
        """Number of items that somebody answered."""
        return len(self.items)

    @property
    def alpha(self) -> float | None:
        """Cronbach's alpha, by pairs; of who answered all in ``listwise``."""
        return self.pairwise.value

    @property
    def interval(self) -> Interval | None:
        """The interval of alpha by Feldt."""
        return self.pairwise.feldt

    def table(self, lang: Language = "nl") -> Table:
        """A row per item: how it goes together with the rest, alpha without it, and how it loads on the factor."""
        words = WORDS[known_language(lang)]
        loadings: Sequence[float | None] = self.omega.loadings or [None] * self.k
        rests = self.pairwise.items or (None,) * self.k
        rows = [
            [
                name,
                None if rest is None else number(rest.item_rest, lang=lang),
                None if rest is None else number(rest.if_dropped, lang=lang),
                number(loading, lang=lang),
            ]
            for name, rest, loading in zip(self.items, rests, loadings, strict=True)
        ]
        headers = (words["item_rest"], words["if_dropped"], words["loading"])
        columns = [Column("item"), *(Column(one, "right") for one in headers)]
        notes = [*(note.text(lang) for note in self.notes), words["unstandardised"]]
        title = f"{self.construct.label(lang)}: α = {number(self.alpha, lang=lang)}, n = {self.n}"
        return Table(columns, rows, title=title, notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return {
            "construct": self.construct.value,
            "items": list(self.items),
            "n": self.n,
            "n_complete": self.n_complete,
            "mean": self.mean,
            "sd": self.sd,
            "n_scores": self.n_scores,
            "pairwise": self.pairwise.to_dict(),
            "listwise": self.listwise.to_dict(),
            "omega": self.omega.to_dict(),
            "sem": self.sem,
            "spearman_brown": self.spearman_brown,
            "notes": [note.to_dict() for note in self.notes],
        }

    def __repr__(self) -> str:
        value = number(self.alpha, 3, lang="en")
        return f"Reliability({self.construct.value!r}, alpha={value}, k={self.k}, n={self.n})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


@attrs.frozen(kw_only=True, repr=False)
class Reliabilities:
    """How well the items of each construct of a questionnaire hold together.

    Attributes:
        lijst: The questionnaire and its version.
        schaal: The scale of the answers and of the scores.
        n_people: Number of people, those without any answer among them.
        level: How sure intervals are.
        min_valid: The missing rule of the scores whose spread is in the error of measurement.
        rows: A result per construct.
        notes: What there is to know about all of them.

    Example:
        >>> from igm.constructs.vragenlijst import vragenlijst
        >>> answers = [{"houding_1": one, "houding_2": two} for one, two in [(4, 5), (2, 2), (3, 4)]]
        >>> found = reliability(answers, vragenlijst("client-participatie"))
        >>> found, [row.construct.value for row in found if row.alpha is not None]
        (Reliabilities(constructs=15, n_people=3, lijst='client-participatie 1.1'), ['houding'])
    """

    lijst: str
    schaal: Schaal
    n_people: int
    level: float
    min_valid: MinValid
    rows: Mapping[Construct, Reliability]
    notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Reliability]:
        return iter(self.rows.values())

    def __getitem__(self, name: str | Construct) -> Reliability:
        asked = construct(name)
        if asked not in self.rows:
            do = suggestion(asked.value, [key.value for key in self.rows])
            raise InputError.of("unknown-construct", "not in the questionnaire", do, given=repr(asked.value))
        return self.rows[asked]

    def table(self, lang: Language = "nl") -> Table:
        """A row per construct with answers: alpha with its interval, omega, the error of measurement; notes below."""
        words = WORDS[known_language(lang)]
        headers = ("k", "n", "α", words["interval"], words["standardised"], "λ6", "ω", "n ω", "SEM")
        columns = [Column("construct"), *(Column(one, "right") for one in headers)]
        level = number(100 * self.level, 0, lang=lang)
        said = [note.text(lang) for note in self.notes] + [words["reliability"].format(level), self.lijst]
        rows = [row for row in self if row.n]
        said += grouped({row.construct.label(lang): row.notes for row in rows}, lang)
        unanswered = ", ".join(row.construct.label(lang) for row in self if not row.n)
        if unanswered:
            said.append(words["unanswered"].format(unanswered))
        return Table(columns, [self._row(row, lang) for row in rows], notes=said, lang=lang)

    def _row(self, row: Reliability, lang: Language) -> list[Any]:
        alpha = row.pairwise
        return [
            row.construct.label(lang),
            row.k,
            row.n,
            alpha.value,
            span(alpha.feldt, lang),
            alpha.standardised,
            alpha.g6,
            row.omega.value,
            row.omega.n,
            row.sem,
        ]

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision, ready for JSON."""
        version: Literal[1] = 1
        return {
            "schema_version": version,
            "lijst": self.lijst,
            "schaal": self.schaal.model_dump(mode="json"),
            "n_people": self.n_people,
            "level": self.level,
            "min_valid": self.min_valid,
            "rows": [row.to_dict() for row in self],
            "notes": [note.to_dict() for note in self.notes],
        }

    def __repr__(self) -> str:
        return f"Reliabilities(constructs={len(self)}, n_people={self.n_people}, lijst={self.lijst!r})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def reliability(
    data: Sequence[OnePerson] | FloatArray | Frame,
    lijst: Vragenlijst,
    /,
    *,
    columns: ColumnMap | None = None,
    items: Sequence[str] | None = None,
    person: str | Row | None = None,
    min_valid: MinValid = "half",
    level: float = LEVEL,
) -> Reliabilities:
    """How well the items of each construct hold together: alpha, omega, item-rest, and the error of measurement.

    Answers are checked as ``igm.score`` checks them, and items that are worded the other way are turned on the stated
    bounds of the scale. What was turned in the data already shows as a negative item-rest correlation, and is noted.
    Formulas and sources stand at `cronbach_alpha`, `omega_total`, `measurement_error` and `spearman_brown`. Alpha may
    be negative; nothing is cut off, imputed or left out unseen: an item that nobody answered is not counted and noted.

    Args:
        data: A list of people, an array with a row per person, or a frame in memory.
        lijst: The questionnaire.
        columns: Of a frame, which column holds which item and what the values in it mean.
        items: Of an array, the item of each column, when they are not in the order of the questionnaire.
        person: Who the people are: a column of the frame, or a ref per person. When left out a column such as
            ``respondent`` or ``ref`` is taken. Who has several rows, such as one per
            wave, makes intervals too narrow; a note tells it.
        min_valid: The missing rule of the scores, as ``igm.score`` takes it.
        level: How sure intervals are.

    Returns:
        A result per construct, with a reason in its notes where something cannot be computed.

    Raises:
        InputError: What ``igm.score`` refuses of answers; ``invalid-value`` for one person alone and for a frame that
            waits to be collected; ``value-out-of-range`` for ``level``.

    Example:
        >>> import pandas as pd
        >>> from igm.constructs.vragenlijst import vragenlijst
        >>> frame = pd.DataFrame({"houding_1": [4, 2, 3, 5], "houding_2": [5, 2, 4, 5], "houding_3": [4, 3, 3, 4]})
        >>> found = reliability(frame, vragenlijst("client-participatie"))["attitude"]
        >>> round(found.alpha, 3), [note.code for note in found.notes]
        (0.9, ['unanswered-items', 'heywood', 'small-n'])
    """
    level = check_level(level)
    people = read_people(data, lijst, columns=columns, items=items, person=person)
    min_valid = as_min_valid(min_valid)
    check_min_valid(min_valid, {key.value: n for key, n in lijst.n_items.items()})
    keyed = people.matrix(lijst, keyed=True)
    scores = means(people.answers, parts_of(lijst, min_valid))[0]
    rows: dict[Construct, Reliability] = {}
    for place, key in enumerate(lijst.constructs):
        own = [column for column, item in enumerate(lijst.items) if item.construct is key]
        asked = [lijst.items[column] for column in own]
        rows[key] = _one(key, asked, keyed[:, own], scores[:, place], level)
    return Reliabilities(
        lijst=f"{lijst.id} {lijst.version}",
        schaal=lijst.schaal,
        n_people=len(people),
        level=level,
        min_valid=min_valid,
        rows=FrozenMapping(rows),
        notes=repeated(people.refs),
    )


def _one(
    key: Construct, asked: Sequence[Item], values: FloatArray, scores: FloatArray, level: float
) -> Reliability:
    answered = np.flatnonzero(np.isfinite(values).any(axis=0)).tolist()
    names = tuple(asked[place].id for place in answered)
    given = Grid(values[:, answered] if names else values[:0, :0], names)
    pairwise, listwise = alpha_of(given, "pairwise", level), alpha_of(given, "listwise", level)
    omega = omega_of(given)
    there = scores[~np.isnan(scores)]
    sd = spread(there)
    alpha = pairwise.value
    sem = None if sd is None or alpha is None or alpha > 1 else measurement_error(sd, alpha)
    two = None
    if len(names) == 2 and pairwise.mean_r is not None and pairwise.mean_r > -1:
        two = spearman_brown(pairwise.mean_r)
    unanswered = tuple(item.id for item in asked if item.id not in names) if names else ()
    return Reliability(
        construct=key,
        items=names,
        n=pairwise.n,
        n_complete=listwise.n,
        mean=float(there.mean()) if there.size else None,
        sd=sd,
        n_scores=int(there.size),
        pairwise=pairwise,
        listwise=listwise,
        omega=omega,
        sem=sem,
        spearman_brown=two,
        notes=_notes(pairwise, omega, unanswered),
    )


def _notes(alpha: Alpha, omega: Omega, unanswered: tuple[str, ...]) -> tuple[Note, ...]:
    notes = list(alpha.notes) if alpha.k else [Note("no-answers")]
    if unanswered:
        notes.append(Note("unanswered-items", unanswered))
    if alpha.value is not None:
        own = [Note("omega-complete") if note.code == "people-dropped" else note for note in omega.notes]
        notes += [note for note in own if note.code not in {one.code for one in notes}]
        if alpha.n < MANY:
            notes.append(Note("small-n"))
    return tuple(notes)
