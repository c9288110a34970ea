"""What ``partner_permutation`` finds."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import attrs

from igm._display import Column, Language, Table, number
from igm.congruence._over_words import OVER, few_masked
from igm.congruence._words import WORDS
from igm.congruence.clusters import FEW_GROUPS, Center
from igm.constructs._base import known_language

Exchange: TypeAlias = Literal["all", "within", "between"]
"""Who exchange partners: all dyads, dyads of one group, or whole groups."""

Than: TypeAlias = Literal["two-sided", "greater", "less"]
"""Against what is tested: another figure, a greater or a lesser one than by exchange."""

PartnerReason: TypeAlias = Literal["no-exchange", "no-spread", "no-figure"]
"""Why there is no test: nobody to exchange with, the same figure from every exchange, or none from some."""


@attrs.frozen(repr=False)
class PartnerPermutation:
    """A figure over dyads beside the same figure when partners are exchanged.

    Attributes:
        measure: The figure of a dyad.
        center: What is taken over dyads.
        exchange: Who exchanged partners.
        than: Against what was tested.
        estimate: Over the dyads themselves; ``None`` where no dyad has the figure.
        expected: The mean over exchanges; ``None`` where there is no test.
        p: The chance of such a figure or a further one by exchange, never 0; ``None`` where there is no test.
        exact: Whether all exchanges were counted; otherwise some were drawn.
        n_arrangements: How many different exchanges there are; ``None`` for more than can be written down.
        n_used: How many were counted or drawn.
        n: The number of dyads.
        n_undefined: Of how many the figure is not defined.
        n_exchanged: How many have somebody to exchange with; the others stay as they are.
        n_groups: The number of groups; ``None`` without groups.
        undefined: Why there is no test; ``None`` where there is one.
        n_repeated: Of how many dyads another one has the same first or second profile, where no groups were given.

    Example:
        >>> from igm.congruence import partner_permutation
        >>> first = [[4, 5, 3, 2, 4], [3, 5, 2, 2, 5], [5, 4, 4, 1, 4]]
        >>> partner_permutation(first, first, rng=1, exchange="all")
        PartnerPermutation('shape', p=0.333, n=3, exchange='all')
    """

    measure: str
    center: Center
    exchange: Exchange
    than: Than
    estimate: float | None
    expected: float | None
    p: float | None
    exact: bool
    n_arrangements: int | None
    n_used: int
    n: int
    n_undefined: int
    n_exchanged: int
    n_groups: int | None
    undefined: PartnerReason | None = None
    n_repeated: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to know.

        ``"few-arrangements"`` when p could not come below 0.05, ``"few-groups-exchanged"``, ``"some-stay"``,
        ``"no-groups"``, and ``"repeated"`` when without groups some profile is there several times.
        """
        told = {
            "few-arrangements": self.p is not None and self._least() > 0.05,
            "few-groups-exchanged": self.exchange == "between" and (self.n_groups or 0) < FEW_GROUPS,
            "some-stay": 0 < self.n_exchanged < self.n,
            "no-groups": self.n_groups is None,
            "repeated": self.n_repeated > 0,
        }
        return tuple(code for code, so in told.items() if so)

    def _least(self) -> float:
        """The smallest p that so many exchanges can show."""
        if self.n_arrangements is None:
            return 0.0
        return min(1.0, (2 if self.than == "two-sided" else 1) / self.n_arrangements)

    def table(self, lang: Language = "nl") -> Table:
        """One row: the figure, what it is by exchange, and p; below it who exchanged."""
        return self._table(lang, mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        words = OVER[known_language(lang)]
        columns = [
            Column(words["figure"]),
            *(Column(words[name], "right") for name in ("value", "by-exchange")),
        ]
        columns += [Column("p", "right", digits=3), Column("n", "right")]
        name = WORDS[lang].get(f"figure-{self.measure}", self.measure)
        row = [
            f"{name}, {words[self.center]}",
            *few_masked(self.n, mask, (self.estimate, self.expected)),
            self.p,
        ]
        notes = [words[f"exchange-{self.exchange}"]]
        if self.undefined is not None:
            notes.append(words[f"none-{self.undefined}"])
        else:
            notes.append(words["counted" if self.exact else "drawn"].format(self.n_used))
        least = number(self._least(), 3, lang=lang)
        told = {
            "some-stay": self.n - self.n_exchanged,
            "few-arrangements": least,
            "repeated": self.n_repeated,
        }
        notes += [words[code].format(told.get(code)) for code in self.notes]
        if self.n_undefined:
            notes.append(words["n-missing"].format(self.n_undefined))
        return Table(columns, [[*row, self.n]], title=words["permutation"], notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return {**attrs.asdict(self), "notes": list(self.notes)}

    def __repr__(self) -> str:
        p = number(self.p, 3, lang="en")
        return f"PartnerPermutation({self.measure!r}, p={p}, n={self.n}, exchange={self.exchange!r})"

    def __str__(self) -> str:
        return self._table("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self._table("nl", mask=True).html()
