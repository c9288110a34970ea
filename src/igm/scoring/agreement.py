"""How far raters agree about the same people: the six intraclass correlations."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias

import attrs
import numpy as np

from igm._display import Column, Language, Table, number
from igm.constructs._base import FrozenMapping, known_language, one_of
from igm.scoring._numbers import Numbers, grid
from igm.scoring._quality_words import WORDS
from igm.scoring._shown import chance, span
from igm.scoring.intervals import LEVEL, Interval, check_level, f_quantile
from igm.scoring.notes import Note
from igm.scoring.protocols import FloatArray

ICCName: TypeAlias = Literal["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]
"""The six forms of Shrout and Fleiss (1979); a k at the end is for the mean of all raters."""

_OTHER_NAMES: Final[Mapping[ICCName, str]] = {
    "ICC1": "ICC(1)",
    "ICC2": "ICC(A,1)",
    "ICC3": "ICC(C,1)",
    "ICC1k": "ICC(k)",
    "ICC2k": "ICC(A,k)",
    "ICC3k": "ICC(C,k)",
}


@attrs.frozen
class ICC:
    """One intraclass correlation.

    Attributes:
        name: Its name by Shrout and Fleiss (1979).
        other_name: Its name by McGraw and Wong (1996).
        value: The correlation, at most 1 and possibly negative; ``None`` where it is undefined.
        f: The F that tests whether it is 0; ``None`` where nothing is left to test against.
        df1: The degrees of freedom above the line.
        df2: Those below it.
        p: The chance of such an F or a larger one when it is 0.
        interval: Where it lies; ``None`` where that is unknown.

    Example:
        >>> icc([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])["ICC2"].value
        0.2897...
    """

    name: ICCName
    other_name: str
    value: float | None
    f: float | None
    df1: int
    df2: int
    p: float | None
    interval: Interval | None

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self)


@attrs.frozen(kw_only=True, repr=False)
class ICCs:
    """The six intraclass correlations of one table of ratings.

    Attributes:
        n: Number of people who were rated by all.
        k: Number of raters.
        ms_between: Mean square between people.
        ms_raters: Mean square between raters.
        ms_error: Mean square of what is left beside both.
        ms_within: Mean square within people.
        forms: The correlations by name.
        notes: What there is to know; the first tells why there are none, where there are none.

    Example:
        >>> found = icc([[4, 4], [1, 2], [3, 4], [5, 4]])
        >>> found, round(found["ICC3k"].value, 3)
        (ICCs(n=4, k=2, ICC1=0.804, ICC2=0.800, ICC3=0.766), 0.867)
    """

    n: int
    k: int
    ms_between: float | None = None
    ms_raters: float | None = None
    ms_error: float | None = None
    ms_within: float | None = None
    forms: Mapping[ICCName, ICC] = attrs.field(factory=lambda: FrozenMapping({}))
    notes: tuple[Note, ...] = ()

    def __getitem__(self, name: ICCName) -> ICC:
        return self.forms[one_of(name, tuple(self.forms), "no such form", "$")]

    def table(self, lang: Language = "nl") -> Table:
        """A row per form: the correlation with its interval, F and p."""
        words = WORDS[known_language(lang)]
        headers = ["ICC", words["interval"], "F", "df", "p"]
        rows = [
            [
                f"{one.name}, {one.other_name}",
                number(one.value, lang=lang),
                span(one.interval, lang),
                number(one.f, lang=lang),
                f"{one.df1}; {one.df2}",
                chance(one.p, lang),
            ]
            for one in self.forms.values()
        ]
        columns = [Column(words["form"]), *(Column(one, "right") for one in headers)]
        counts = f"n = {self.n}, k = {self.k}"
        return Table(columns, rows, notes=(counts, *(note.text(lang) for note in self.notes)), lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return {
            "n": self.n,
            "k": self.k,
            "ms_between": self.ms_between,
            "ms_raters": self.ms_raters,
            "ms_error": self.ms_error,
            "ms_within": self.ms_within,
            "forms": {name: one.to_dict() for name, one in self.forms.items()},
            "notes": [note.to_dict() for note in self.notes],
        }

    def __repr__(self) -> str:
        single = (one for name, one in self.forms.items() if not name.endswith("k"))
        values = "".join(f", {one.name}={number(one.value, 3, lang='en')}" for one in single)
        return f"ICCs(n={self.n}, k={self.k}{values})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def icc(x: Numbers, *, level: float = LEVEL) -> ICCs:
    """The six intraclass correlations of people by raters, from the mean squares of an analysis of variance.

    Shrout and Fleiss (1979), with the intervals given there and by McGraw and Wong (1996). With MSB between people,
    MSJ between raters, MSE of the rest, MSW within people, n people and k raters:
    ICC1 = (MSB − MSW)/(MSB + (k − 1)MSW),
    ICC2 = (MSB − MSE)/(MSB + (k − 1)MSE + k(MSJ − MSE)/n), ICC3 = (MSB − MSE)/(MSB + (k − 1)MSE). For the mean of all
    raters: (MSB − MSW)/MSB, (MSB − MSE)/(MSB + (MSJ − MSE)/n) and (MSB − MSE)/MSB. Negative values stay as they are.

    ICC1 is for other raters per person, ICC2 for raters drawn from many, where being stricter counts as
    disagreeing, and ICC3 for these raters alone, where it does not.

    Args:
        x: A row per person who is rated and a column per rater. People whom not all rated do not count, and are told.
        level: How sure intervals are.

    Returns:
        The six forms; none, with the reason in the notes, for fewer than two people or raters, or without any spread.

    Raises:
        InputError: ``not-a-number``, ``shape-mismatch`` or ``invalid-value`` for the table, ``value-out-of-range`` for
            ``level``.

    Example:
        >>> one = icc([[4, 4], [1, 2], [3, 4], [5, 4]])["ICC1"]
        >>> round(one.value, 3), round(one.f, 2), one.df1, one.df2, round(one.interval.low, 2)
        (0.804, 9.22, 3, 4, -0.04)
    """
    level = check_level(level)
    given = grid(x)
    values = given.complete
    n, k = values.shape
    dropped = () if n == len(given.values) else (Note("people-dropped"),)
    if k < 2 or n < 2:
        code = "one-rater" if k < 2 else "few-people"
        return ICCs(n=n, k=k, notes=(Note(code), *dropped))
    squares = _Squares.of(values)
    if squares.between == 0 and squares.within == 0:
        return ICCs(n=n, k=k, notes=(Note("no-spread-ratings"), *dropped))
    return ICCs(
        n=n,
        k=k,
        ms_between=squares.between,
        ms_raters=squares.raters,
        ms_error=squares.error,
        ms_within=squares.within,
        forms=FrozenMapping(_forms(squares, level)),
        notes=dropped,
    )


@attrs.frozen
class _Squares:
    """Mean squares of people by raters."""

    n: int
    k: int
    between: float
    raters: float
    error: float
    within: float

    @classmethod
    def of(cls, values: FloatArray) -> _Squares:
        n, k = values.shape
        rows = values.mean(axis=1, keepdims=True)
        # a row of one value has no spread, also where its mean is rounded
        rows = np.where((values == values[:, :1]).all(axis=1, keepdims=True), values[:, :1], rows)
        columns = values.mean(axis=0, keepdims=True)
        mean = float(values.mean())
        within = float(((values - rows) ** 2).sum())
        between = k * float(((rows - mean) ** 2).sum())
        raters = n * float(((columns - mean) ** 2).sum())
        left = float(((values - rows - columns + mean) ** 2).sum())
        total = within + between
        error, between = (0.0 if part <= _ROUNDED * total else part for part in (left, between))
        return cls(
            n, k, between / (n - 1), raters / (k - 1), error / ((n - 1) * (k - 1)), within / (n * (k - 1))
        )


_ROUNDED: Final = 1e-15


def _forms(s: _Squares, level: float) -> dict[ICCName, ICC]:
    n, k = s.n, s.k
    other, rest = n * (k - 1), (n - 1) * (k - 1)
    one_way = _bounds(s.between, s.within, n - 1, other, level)
    two_way = _bounds(s.between, s.error, n - 1, rest, level)
    agreed = _agreement(s, level)

    def single(f: float) -> float:
        return (f - 1) / (f + k - 1)

    def mean(f: float) -> float:
        return 1 - 1 / f

    def stepped(r: float) -> float:
        return k * r / (1 + (k - 1) * r)

    joined = (s.raters - s.error) / n
    return {
        "ICC1": _form(
            "ICC1", s.between - s.within, s.between + (k - 1) * s.within, s, one_way, single, level
        ),
        "ICC2": _form(
            "ICC2", s.between - s.error, s.between + (k - 1) * s.error + k * joined, s, agreed, None, level
        ),
        "ICC3": _form("ICC3", s.between - s.error, s.between + (k - 1) * s.error, s, two_way, single, level),
        "ICC1k": _form("ICC1k", s.between - s.within, s.between, s, one_way, mean, level),
        "ICC2k": _form("ICC2k", s.between - s.error, s.between + joined, s, agreed, stepped, level),
        "ICC3k": _form("ICC3k", s.between - s.error, s.between, s, two_way, mean, level),
    }


_Ends: TypeAlias = tuple[float, float] | None


def _form(
    name: ICCName,
    above: float,
    below: float,
    s: _Squares,
    ends: _Ends,
    made: Callable[[float], float] | None,
    level: float,
) -> ICC:
    one_way = name.startswith("ICC1")
    df1, df2 = s.n - 1, s.n * (s.k - 1) if one_way else (s.n - 1) * (s.k - 1)
    against = s.within if one_way else s.error
    f = s.between / against if against else None
    if ends is not None and made is not None:
        ends = (made(ends[0]), made(ends[1]))
    return ICC(
        name=name,
        other_name=_OTHER_NAMES[name],
        value=above / below if below > 0 else None,
        f=f,
        df1=df1,
        df2=df2,
        p=None if f is None else _upper(f, df1, df2),
        interval=None if ends is None else Interval(*ends, level),
    )


def _upper(f: float, df1: float, df2: float) -> float:
    from scipy import special

    return float(special.fdtrc(df1, df2, f))


def _bounds(between: float, against: float, df1: int, df2: int, level: float) -> _Ends:
    """The lowest and the highest F that fit; nothing when one of both mean squares is 0."""
    if not against or not between:
        return None
    f, share = between / against, 0.5 + level / 2
    return f / f_quantile(share, df1, df2), f * f_quantile(share, df2, df1)


def _agreement(s: _Squares, level: float) -> _Ends:
    """The interval of ICC2, with the degrees of freedom of Satterthwaite."""
    if not s.error or not s.between:
        return None
    n, k, share = s.n, s.k, 0.5 + level / 2
    r = (s.between - s.error) / (s.between + (k - 1) * s.error + k * (s.raters - s.error) / n)
    ratio, rest = s.raters / s.error, n * (1 + (k - 1) * r) - k * r
    df = (k - 1) * (n - 1) * (k * r * ratio + rest) ** 2 / ((n - 1) * k**2 * r**2 * ratio**2 + rest**2)
    if not df > 0 or not math.isfinite(df):
        return None
    up, down = f_quantile(share, n - 1, df), f_quantile(share, df, n - 1)
    beside = k * s.raters + (k * n - k - n) * s.error
    low = n * (s.between - up * s.error) / (up * beside + n * s.between)
    return low, n * (down * s.between - s.error) / (beside + n * down * s.between)
