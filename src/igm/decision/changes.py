"""What reasoning about an advice gives: sets of changes, and which facts are decisive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic

import attrs

from igm._display import Table, Tree
from igm.decision.facts import FactValue
from igm.decision.records import OutcomeT
from igm.errors import MASK


@attrs.frozen(repr=False)
class Change:
    """One fact that would be otherwise.

    Attributes:
        feit: Name of the fact.
        label: What people read.
        van: Its value now; ``None`` when it is unknown.
        naar: Its value then.
        shown: Both values as people read them.
        gevoelig: Whether the values are masked when they are not asked for.

    Example:
        >>> Change("schulden", "schulden", True, False, "ja → nee")
        Change('schulden: ja → nee')
    """

    feit: str
    label: str
    van: FactValue | None
    naar: FactValue
    shown: str
    gevoelig: bool = False

    def text(self, *, masked: bool = True) -> str:
        """The change in words, masked when it is sensitive unless asked otherwise."""
        return f"{self.label}: {MASK if masked and self.gevoelig else self.shown}"

    def __repr__(self) -> str:
        return f"Change({self.text()!r})"


@attrs.frozen
class ChangeSet(Generic[OutcomeT]):
    """Changes that together, and not without any of them, give another advice.

    Attributes:
        changes: The changes.
        advies: The advice that they give.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> afweging = kader.evaluate(kader.casus(extern_onderzoek=True))
        >>> afweging.tegenfeitelijk().sets[0].changes
        (Change('externe deskundigheid is ingeschakeld: ja → nee'),)
    """

    changes: tuple[Change, ...]
    advies: OutcomeT


@attrs.frozen(repr=False)
class Counterfactuals(Generic[OutcomeT]):
    """The smallest changes that would change the advice, smallest first.

    Attributes:
        advies: The advice as it is.
        sets: The sets of changes.
        afgekapt: Whether there may be more sets than are given: the list is full, or trying more would take too long.
        meest: Up to how many changes together were tried.
        gevraagd: The outcome that was asked for; ``None`` when any other would do.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> kader.evaluate(kader.casus(extern_onderzoek=True)).tegenfeitelijk()
        Counterfactuals(1 sets of at most 3 changes, advies=aanhouden)
    """

    advies: OutcomeT
    sets: tuple[ChangeSet[OutcomeT], ...]
    afgekapt: bool
    meest: int
    gevraagd: OutcomeT | None = None

    def tree(self, *, masked: bool = True) -> Tree:
        """The sets as a tree; sensitive values are masked unless asked otherwise."""
        branches = [
            Tree(f"dan {found.advies.value}", [change.text(masked=masked) for change in found.changes])
            for found in self.sets
        ]
        cut = ["er kunnen er meer zijn; dit zijn de kleinste"] if self.afgekapt else []
        none = [] if self.sets else [f"geen, met ten hoogste {self.meest} veranderingen"]
        if self.gevraagd is self.advies:
            none = ["niets: dit is het advies al"]
        return Tree(self._title, [*branches, *cut, *none])

    @property
    def _title(self) -> str:
        if self.gevraagd is None:
            return f"Wat het advies {self.advies.value} zou veranderen"
        return f"Wat {self.gevraagd.value} zou geven in plaats van {self.advies.value}"

    def to_dict(self) -> dict[str, Any]:
        """The sets ready for JSON, sensitive values included."""
        return {
            "advies": self.advies.value,
            "sets": [
                {"advies": found.advies.value, "changes": [_plain(change) for change in found.changes]}
                for found in self.sets
            ],
            "afgekapt": self.afgekapt,
            "meest": self.meest,
            "gevraagd": None if self.gevraagd is None else self.gevraagd.value,
        }

    def __repr__(self) -> str:
        return f"Counterfactuals({len(self.sets)} sets of at most {self.meest} changes, advies={self.advies.value})"

    def __str__(self) -> str:
        return self.tree().text()

    def _repr_html_(self) -> str:
        return self.tree().html()


def _plain(change: Change) -> dict[str, Any]:
    return {"feit": change.feit, "van": _json(change.van), "naar": _json(change.naar)}


def _json(value: FactValue | None) -> Any:
    return value if value is None or isinstance(value, (bool, int, float, str)) else value.isoformat()


@attrs.frozen(repr=False)
class Sensitivity(Generic[OutcomeT]):
    """Whether one known fact decides the advice, everything else alike.

    Attributes:
        feit: Name of the fact.
        label: What people read.
        doorslaggevend: Whether another value would change the advice.
        anders: The advice per other value that the kader tells apart, values as people read them.
        gevoelig: Whether the values are masked when they are not asked for.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> afweging = kader.evaluate(kader.casus(extern_onderzoek=True, taal=False))
        >>> [(one.feit, one.doorslaggevend) for one in afweging.gevoeligheid()]
        [('taal', False), ('extern_onderzoek', True)]
    """

    feit: str
    label: str
    doorslaggevend: bool
    anders: Mapping[str, OutcomeT]
    gevoelig: bool = False

    def __repr__(self) -> str:
        return f"Sensitivity({self.feit!r}, doorslaggevend={self.doorslaggevend})"


def sensitivity_table(found: Sequence[Sensitivity[Any]]) -> Table:
    """Which facts are decisive, as a table; values of sensitive facts are masked.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> print(sensitivity_table(kader.evaluate(kader.casus(extern_onderzoek=True)).gevoeligheid()))
        Gevoeligheid
        feit                                   doorslaggevend  bij een andere waarde
        -------------------------------------  --------------  ---------------------
        externe deskundigheid is ingeschakeld  ja              nee: meer_weten
    """
    rows = [
        [
            one.label,
            "ja" if one.doorslaggevend else "nee",
            MASK
            if one.gevoelig
            else "; ".join(f"{value}: {outcome.value}" for value, outcome in one.anders.items()),
        ]
        for one in found
    ]
    return Table(["feit", "doorslaggevend", "bij een andere waarde"], rows, title="Gevoeligheid")
