"""The facts of a kader as a table: the list to ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from igm._display import Table
from igm.decision.facts import Fact

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


def facts_table(kader: Afwegingskader[Any]) -> Table:
    """Every fact with what it can be, and what a reader has to know of it."""
    rows = [
        [
            fact.name,
            fact.label,
            fact.kind.value.replace("_", "/"),
            fact.admissible.removesuffix(" or None").removesuffix(","),
            ", ".join(word for word, said in _remarks(kader, fact) if said),
        ]
        for fact in kader.feiten.values()
    ]
    columns = ["feit", "label", "soort", "waarden", "opmerking"]
    return Table(columns, rows, title=f"{kader.titel}: feiten", notes=(kader.bron,))


def _remarks(kader: Afwegingskader[Any], fact: Fact) -> list[tuple[str, bool]]:
    return [
        ("gevoelig", fact.gevoelig),
        ("niet veranderbaar", not fact.veranderbaar),
        ("geen rol", fact.name in kader.geen_rol),
        ("nooit tegen", fact.name in kader.nooit_tegen),
        ("niet gemeld is nee", fact.zonder_melding is False),
        (f"alleen als {fact.geldt_als}", fact.geldt_als is not None),
        (f"{fact.houdbaar_dagen} dagen houdbaar", fact.houdbaar_dagen is not None),
        ("niet in de toekomst", not fact.toekomst),
        (f"uit {fact.uit}", fact.uit is not None),
    ]
