"""``response_quality``: whether the answers of a person look as if they were given with attention."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal, TypeAlias

import attrs
import numpy as np

from igm._display import Column, Language, Table, number
from igm._engines.arrays import check_same_people
from igm._engines.column_map import ColumnMap
from igm._engines.engine import Frame
from igm.constructs._base import is_number, known_language, plain_number, shown
from igm.constructs.vragenlijst import Vragenlijst
from igm.errors import InputError, Problems, named
from igm.scoring._matrix import read_people
from igm.scoring._numbers import Row, column_of
from igm.scoring._people import OnePerson
from igm.scoring._quality_words import WORDS
from igm.scoring.protocols import FloatArray

ResponseFlag: TypeAlias = Literal["straight-line", "both-ways", "midpoint", "long-run", "fast"]
"""What stands out: one answer to everything; that to items worded both ways too; the midpoint; a long run; speed."""

_FEWEST: Final = 3
"""One answer to fewer items is no line."""

_TOLD: Final = 20


@attrs.frozen(kw_only=True)
class Response:
    """How one person answered.

    Attributes:
        row: Which person, from 0.
        ref: Who it is, where that is known.
        n_answered: Number of items with an answer.
        longest_run: The most answers in a row that are the same, as they were given, in the order of the questionnaire;
            items without an answer are passed over.
        same_answer: Whether all answers are the same; ``None`` for fewer than three.
        midpoint_share: The share of answers at the midpoint of the scale; ``None`` without answers, and on a scale
            without a midpoint.
        seconds_per_item: How long an answer took; ``None`` when that is not known.
        flags: What stands out. It is a reason to look, and no reason to leave somebody out.

    Example:
        >>> from igm.constructs.vragenlijst import vragenlijst
        >>> lijst = vragenlijst("client-participatie")
        >>> response_quality([{item.id: 4 for item in lijst.items}], lijst)[0].flags
        ('straight-line', 'both-ways')
    """

    row: int
    ref: str | None
    n_answered: int
    longest_run: int
    same_answer: bool | None
    midpoint_share: float | None
    seconds_per_item: float | None
    flags: tuple[ResponseFlag, ...]

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self) | {"flags": list(self.flags)}


@attrs.frozen(kw_only=True, repr=False)
class ResponseQuality:
    """How people answered, and what stands out.

    Attributes:
        lijst: The questionnaire and its version.
        rows: A result per person, in the order of the data.
        midpoint_from: From which share of midpoints somebody is flagged; ``None`` for never.
        run_from: From which run of the same answer; ``None`` for never.
        fast_below: Below how many seconds per item; ``None`` for never.

    Example:
        >>> from igm.constructs.vragenlijst import vragenlijst
        >>> response_quality([{"houding_1": 5}, {}], vragenlijst("client-participatie"))
        ResponseQuality(n_people=2, flagged=0)
    """

    lijst: str
    rows: tuple[Response, ...]
    midpoint_from: float | None = None
    run_from: int | None = None
    fast_below: float | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Response]:
        return iter(self.rows)

    def __getitem__(self, row: int) -> Response:
        place: object = plain_number(row)
        if isinstance(place, bool) or not isinstance(place, int) or not -len(self) <= place < len(self):
            do = f"Give a whole number below {len(self)}."
            raise InputError.of("value-out-of-range", "no such person", do, given=shown(place))
        return self.rows[place]

    @property
    def flagged(self) -> tuple[Response, ...]:
        """The people of whom something stands out."""
        return tuple(row for row in self.rows if row.flags)

    def table(self, lang: Language = "nl") -> Table:
        """A row for each person of whom something stands out."""
        words = WORDS[known_language(lang)]
        headers = ("n", words["run"], words["midpoint_share"], words["seconds"])
        columns = [Column("ref"), *(Column(one, "right") for one in headers), Column(words["flags"])]
        rows = [
            [
                self._called(one, lang),
                one.n_answered,
                one.longest_run,
                None if one.midpoint_share is None else f"{number(100 * one.midpoint_share, 0, lang=lang)}%",
                number(one.seconds_per_item, 1, lang=lang),
                "; ".join(words[flag] for flag in one.flags),
            ]
            for one in self.flagged
        ]
        counts = words["flagged"].format(len(self.flagged), len(self))
        if not self.flagged:
            counts = words["none_flagged"].format(len(self))
        return Table(columns, rows, notes=(counts, words["look"], *self._limits(lang), self.lijst), lang=lang)

    def _called(self, one: Response, lang: Language) -> str:
        """Who it is; the row too for somebody who has several."""
        if one.ref is None:
            return str(one.row)
        several = sum(row.ref == one.ref for row in self.rows) > 1
        return f"{named(one.ref)} ({WORDS[lang]['row']} {one.row})" if several else named(one.ref)

    def _limits(self, lang: Language) -> list[str]:
        given = {
            "midpoint_from": self.midpoint_from,
            "run_from": self.run_from,
            "fast_below": self.fast_below,
        }
        return [
            WORDS[lang][name].format(number(limit, 0 if name == "run_from" else 2, lang=lang))
            for name, limit in given.items()
            if limit is not None
        ]

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision, ready for JSON."""
        version: Literal[1] = 1
        return {
            "schema_version": version,
            "lijst": self.lijst,
            "rows": [row.to_dict() for row in self.rows],
            "midpoint_from": self.midpoint_from,
            "run_from": self.run_from,
            "fast_below": self.fast_below,
        }

    def __repr__(self) -> str:
        return f"ResponseQuality(n_people={len(self)}, flagged={len(self.flagged)})"

    def __str__(self) -> str:
        table = self.table()
        return table.text() if self.flagged else "\n".join(table.notes)

    def _repr_html_(self) -> str:
        return self.table().html()


def response_quality(
    data: Sequence[OnePerson] | FloatArray | Frame,
    lijst: Vragenlijst,
    /,
    *,
    columns: ColumnMap | None = None,
    items: Sequence[str] | None = None,
    person: str | Row | None = None,
    seconds: Row | None = None,
    midpoint_from: float | None = None,
    run_from: int | None = None,
    fast_below: float | None = None,
) -> ResponseQuality:
    """Whether answers look as if they were given with attention: straight lines, midpoints, runs and speed.

    Somebody who gives three or more items all the same answer is always flagged; when these items are worded both ways,
    and the answer is not the midpoint, that contradicts itself and is flagged apart. Other limits are yours to give:
    there is no limit that holds for every questionnaire, and none is taken unasked (Meade & Craig, 2012; Curran, 2016).
    Nobody is left out.

    Args:
        data: A list of people, an array with a row per person, or a frame in memory. A run goes by the order of the
            questionnaire, which has to be the order in which the items were shown.
        lijst: The questionnaire.
        columns: Of a frame, which column holds which item and what the values in it mean.
        items: Of an array, the item of each column, when they are not in the order of the questionnaire.
        person: Who the people are: a column of the frame, or a ref per person. When left out a column such as
            ``respondent`` or ``ref`` is taken.
        seconds: How long each person took for all items that he or she answered, in the order of the data.
        midpoint_from: Flag from this share of midpoints on, above 0 and at most 1.
        run_from: Flag from a run of so many of the same answer on, at least 2.
        fast_below: Flag below so many seconds per item, above 0.

    Returns:
        A result per person.

    Raises:
        InputError: What ``igm.score`` refuses of answers; ``shape-mismatch``, ``not-a-number`` and
            ``value-out-of-range`` for ``seconds`` and the limits; ``missing-field`` for ``fast_below`` without
            ``seconds``.

    Example:
        >>> import numpy as np
        >>> from igm.constructs.vragenlijst import vragenlijst
        >>> lijst = vragenlijst("client-participatie")
        >>> answers = np.array([[3, 3, 3, 3], [4, 2, 3, 5]])
        >>> found = response_quality(answers, lijst, items=["houding_1", "houding_2", "houding_3", "houding_4"],
        ...     seconds=[6, 20], fast_below=2)
        >>> [(one.longest_run, one.seconds_per_item, one.flags) for one in found]
        [(4, 1.5, ('straight-line', 'fast')), (1, 5.0, ())]
    """
    midpoint_from, run_from = plain_number(midpoint_from), plain_number(run_from)
    fast_below = plain_number(fast_below)
    limits = _Limits(midpoint_from, run_from, fast_below)
    limits.check(timed=seconds is not None)
    people = read_people(data, lijst, columns=columns, items=items, person=person)
    given = people.matrix(lijst, keyed=False)
    check_same_people(data, seconds, "$.seconds")
    times = [None] * len(people) if seconds is None else _times(seconds, len(people))
    worded = np.array([item.reversed for item in lijst.items], dtype=bool)
    middle = (lijst.schaal.minimum + lijst.schaal.maximum) / 2
    rows: list[Response] = []
    for row, (answers, time) in enumerate(zip(given, times, strict=True)):
        ref = None if people.refs is None else people.refs[row]
        rows.append(_response(row, ref, answers, worded, middle, time, limits))
    return ResponseQuality(
        lijst=f"{lijst.id} {lijst.version}",
        rows=tuple(rows),
        midpoint_from=midpoint_from,
        run_from=run_from,
        fast_below=fast_below,
    )


@attrs.frozen
class _Limits:
    midpoint_from: float | None
    run_from: int | None
    fast_below: float | None

    def check(self, *, timed: bool) -> None:
        """Refuse limits that nobody, or everybody, passes."""
        problems = Problems()
        _check(problems, "midpoint_from", self.midpoint_from, 0, 1)
        _check(problems, "run_from", self.run_from, 1, math.inf)
        _check(problems, "fast_below", self.fast_below, 0, math.inf)
        if self.fast_below is not None and not timed:
            do = "Give seconds=[...], one per person, or leave fast_below out."
            problems.add("missing-field", "no seconds", do, where="$.seconds")
        problems.raise_any(InputError)


def _check(problems: Problems, name: str, value: object, above: float, most: float) -> None:
    if value is None:
        return
    if not is_number(value):
        problems.add("not-a-number", "a limit", "Give a number.", where=f"$.{name}", given=shown(value))
    elif not above < value <= most:
        do = f"Give more than {above:g}" + ("." if most == math.inf else f", and at most {most:g}.")
        problems.add("value-out-of-range", "a limit", do, where=f"$.{name}", given=shown(value))


def _times(seconds: Row, n: int) -> list[float | None]:
    found = column_of(seconds, "$.seconds", n)
    problems = Problems()
    for row in np.flatnonzero(found < 0)[:_TOLD].tolist():
        do, given = "Give at least 0, or None.", shown(float(found[row]))
        problems.add("value-out-of-range", "no time", do, where=f"$.seconds[{row}]", given=given)
    problems.raise_any(InputError)
    return [None if math.isnan(time) else time for time in found.tolist()]


def _response(
    row: int,
    ref: str | None,
    answers: FloatArray,
    worded: np.ndarray[Any, np.dtype[np.bool_]],
    middle: float,
    time: float | None,
    limits: _Limits,
) -> Response:
    there = ~np.isnan(answers)
    own: list[float] = answers[there].tolist()
    n = len(own)
    run = _longest_run(own)
    same = None if n < _FEWEST else run == n
    whole = middle.is_integer()
    midpoints = sum(one == middle for one in own) / n if n and whole else None
    speed = time / n if time is not None and n else None
    flags: list[ResponseFlag] = []
    if same:
        flags.append("straight-line")
        if own[0] != middle and len(set(worded[there].tolist())) == 2:
            flags.append("both-ways")
    if limits.midpoint_from is not None and midpoints is not None and midpoints >= limits.midpoint_from:
        flags.append("midpoint")
    if limits.run_from is not None and run >= limits.run_from:
        flags.append("long-run")
    if limits.fast_below is not None and speed is not None and speed < limits.fast_below:
        flags.append("fast")
    return Response(
        row=row,
        ref=ref,
        n_answered=n,
        longest_run=run,
        same_answer=same,
        midpoint_share=midpoints,
        seconds_per_item=speed,
        flags=tuple(flags),
    )


def _longest_run(answers: list[float]) -> int:
    longest = current = 0
    before: float | None = None
    for one in answers:
        current = current + 1 if one == before else 1
        longest, before = max(longest, current), one
    return longest
