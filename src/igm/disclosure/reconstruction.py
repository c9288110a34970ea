"""``reconstruct``: how many sets of answers fit a published mean, standard deviation and number of people."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import attrs

from igm._display import Column, Language, Table
from igm.constructs._base import known_language
from igm.constructs.schaal import Schaal
from igm.disclosure._counting import all_pairs, count_pairs, count_sums
from igm.disclosure.figures import Figures
from igm.errors import InputError

MOST_PEOPLE: Final = 30
"""`fixed_share` goes over all sums of all sets, and does so for at most this many people."""

_WORDS: Final = {
    "nl": (
        "gemiddelde",
        "sd",
        "n",
        "schaal",
        "items",
        "passende antwoordsets",
        "te veel om te tellen",
        "Geen hele antwoorden hebben deze cijfers. Kloppen decimalen (decimals=), items (items=) en mensen (n)?",
    ),
    "en": (
        "mean",
        "sd",
        "n",
        "scale",
        "items",
        "answer sets that fit",
        "too many to count",
        "No whole answers have these figures. Are the decimals (decimals=), items (items=) and people (n) right?",
    ),
}


@attrs.frozen(repr=False)
class Reconstruction:
    """How many sets of answers fit published figures; never which.

    Attributes:
        sets: How many sets of scores fit, exactly; ``None`` where there are too many combinations to count.
        mean: The published mean.
        sd: The published standard deviation; ``None`` where only the mean is known.
        n: How many people.
        schaal: The scale of an answer.
        items: How many answers a score is the mean of.
        decimals: To how many decimals the figures were rounded.

    Example:
        >>> import igm
        >>> reconstruct(4.33, 0.58, 3, igm.LIKERT5)
        Reconstruction(sets=1, mean=4.33, sd=0.58, n=3)
    """

    sets: int | None
    mean: float
    sd: float | None
    n: int
    schaal: Schaal
    items: int = 1
    decimals: int = 2

    @property
    def possible(self) -> bool | None:
        """Whether any set fits; ``None`` where that was not counted."""
        return None if self.sets is None else self.sets > 0

    @property
    def fixes(self) -> bool:
        """Whether one set fits only: who knows the figures, knows every score, though not whose it is."""
        return self.sets == 1

    def table(self, lang: Language = "nl") -> Table:
        """The figures and how many sets fit."""
        words = _WORDS[known_language(lang)]
        many = words[6] if self.sets is None else self.sets
        columns = [Column(word, "right", self.decimals) for word in words[:6]]
        row = [float(self.mean), self.sd, self.n, str(self.schaal), self.items, many]
        return Table(columns, [row], notes=[words[7]] if self.sets == 0 else [], lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        made = {name: getattr(self, name) for name in ("sets", "mean", "sd", "n", "items", "decimals")}
        return made | {"schaal": self.schaal.model_dump(mode="json")}

    def __repr__(self) -> str:
        return f"Reconstruction(sets={self.sets}, mean={self.mean}, sd={self.sd}, n={self.n})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def reconstruct(
    mean: float | str,
    sd: float | str | None,
    n: int,
    schaal: Schaal,
    *,
    items: int = 1,
    decimals: int | None = None,
) -> Reconstruction:
    """How many sets of answers fit a published mean, standard deviation and number of people.

    A set is n scores without saying whose each is. With one item a score is an answer; with more it is the mean of as
    many whole answers, and people can have come to a score in several ways. A figure fits when it lies within half of
    the last decimal, both ends included, so that it does not matter how halves were rounded. Counting goes over sums
    and sums of squares: no set is ever made, and none comes out.

    Where one set fits, the three figures tell every score. Where few fit, they tell a lot. That a mean and standard
    deviation disclose so much is what the R package uwedragon shows (Derrick, 2022), which lists the scores.

    Args:
        mean: The mean as published, also as a text: ``"3,20"``.
        sd: The standard deviation as published, with n − 1 below the line; ``None`` where it is not.
        n: How many people.
        schaal: The scale of an answer.
        items: How many answers a score is the mean of, all of them given.
        decimals: To how many decimals the figures were rounded. Left out, as many as texts are written with; for
            numbers 2, because 3.2 can have been 3.20 as well.

    Returns:
        The number of sets; 0 where no whole answers have such figures. Then look at the decimals, items and n.

    Raises:
        InputError: ``not-a-number`` or ``value-out-of-range`` for figures that cannot be, ``invalid-value`` for more
            decimals than stated, and where numbers such as 3.2 fit no answers to 2 decimals and some to fewer.

    Example:
        >>> import igm
        >>> from igm.disclosure import reconstruct
        >>> reconstruct(3.67, 1.53, 3, igm.LIKERT5).sets  # 2, 4 and 5, and nothing else
        1
        >>> reconstruct(3.7, None, 3, igm.LIKERT5, decimals=1).sets
        4
        >>> reconstruct(3.5, 1.2, 12, igm.LIKERT5, decimals=1).sets
        13
        >>> reconstruct("3,5", "1,2", 12, igm.LIKERT5).decimals
        1
        >>> reconstruct(3.67, 0.2, 3, igm.LIKERT5).possible
        False
    """
    figures = Figures.of(mean, sd, n, schaal, items, decimals)
    sets = _sets(figures)
    if sets == 0 and decimals is None and not isinstance(mean, str) and not isinstance(sd, str):
        fewer = attrs.evolve(figures, decimals=figures.shortest, half=Fraction(1, 2 * 10**figures.shortest))
        if figures.shortest < figures.decimals and _sets(fewer) != 0:
            what = f"no whole answers have these figures to {figures.decimals} decimals, and some to {fewer.decimals}"
            do = "Say with decimals= to how many they were rounded, or give them as printed, such as '3.20'."
            raise InputError.of("invalid-value", what, do, where="$.decimals")
    told = None if figures.sd is None else float(figures.sd)
    return Reconstruction(sets, float(figures.mean), told, figures.n, schaal, figures.items, figures.decimals)


def _sets(figures: Figures) -> int | None:
    """How many sets fit; ``None`` where that takes too long to count."""
    if figures.sd is not None and figures.n > 1:
        return count_pairs(figures.n, figures.top, list(figures.pairs()))
    if figures.sd:  # one value has no spread
        return 0
    return count_sums(figures.n, figures.top, figures.sums())


def fixed_share(n: int, schaal: Schaal, *, items: int = 1, decimals: int = 2) -> float:
    """The share of all possible sets of scores that a mean, standard deviation and number of people fix.

    Sets of n scores are counted as in `reconstruct` (after Derrick, 2022): the number of sums and sums of squares that
    one set alone has, divided by the number of sets, C(n + w, n) where a score can be w + 1 different ones.

    Args:
        n: How many people, 2 to 30.
        schaal: The scale of an answer.
        items: How many answers a score is the mean of.
        decimals: To how many decimals mean and standard deviation are rounded.

    Returns:
        A share from 0 to 1, where every set counts as one.

    Raises:
        InputError: ``not-a-number`` or ``value-out-of-range`` for numbers that cannot be.

    Example:
        >>> import igm
        >>> from igm.disclosure import fixed_share
        >>> [round(fixed_share(n, igm.LIKERT5), 2) for n in (3, 5, 10)]
        [0.94, 0.63, 0.18]
    """
    lowest: object = getattr(schaal, "minimum", 0)  # the scale itself is checked with the other figures
    figures = Figures.of(lowest, None, n, schaal, items, decimals)
    n, items, decimals = figures.n, figures.items, figures.decimals
    if not 2 <= n <= MOST_PEOPLE:
        do = f"Give 2 to {MOST_PEOPLE} people."
        raise InputError.of("value-out-of-range", "how many", do, where="$.n", given=str(n))
    alike: dict[tuple[int, int], int] = {}
    counts = all_pairs(n, figures.top)
    for (total, square), many in counts.items():
        mean = Fraction(total, n * items)
        variance = Fraction(n * square - total * total, n * (n - 1) * items**2)
        key = (round(mean * 10**decimals), round(float(variance) ** 0.5 * 10**decimals))
        alike[key] = alike.get(key, 0) + many
    return sum(many for many in alike.values() if many == 1) / sum(counts.values())
