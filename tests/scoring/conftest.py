"""Questionnaires and profiles that the tests of scoring share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import pytest

from igm.constructs.gedrag import Gedrag
from igm.constructs.model import Construct
from igm.constructs.profiel import Profiel
from igm.constructs.schaal import LIKERT5, Schaal
from igm.constructs.vragenlijst import Item, Vragenlijst
from igm.constructs.waarde import Missing, SocialeDruk, Waarde

ItemSpec: TypeAlias = tuple[str, str, bool, str | None]
MakeLijst: TypeAlias = Callable[..., Vragenlijst]
MakeProfiel: TypeAlias = Callable[..., Profiel]

GEDRAG = Gedrag(action="oefenen", target="gesprekken", context="thuis", time="deze week", doel="werk")


def _lijst(*items: ItemSpec, schaal: Schaal = LIKERT5) -> Vragenlijst:
    return Vragenlijst(
        id="proef",
        version="1",
        titel={"nl": "Proef", "en": "Trial"},
        rol="client",  # type: ignore[arg-type]
        gedrag=GEDRAG,
        schaal=schaal,
        status="niet gevalideerd",
        licentie="Apache-2.0",
        bron="eigen werk",
        items=tuple(
            Item(id=name, construct=Construct(key), nl="zin", en="sentence", reversed=reverse, facet=facet)
            for name, key, reverse, facet in items
        ),
    )


def _profiel(given: Mapping[str, float | Waarde | Missing], schaal: Schaal = LIKERT5) -> Profiel:
    waarden: dict[str, Waarde | Missing | None] = {}
    for name, value in given.items():
        if isinstance(value, (Waarde, Missing)):
            waarden[name] = value
        else:
            kind = SocialeDruk if name == "sociale_druk" else Waarde
            waarden[name] = kind(score=value, schaal=schaal)
    return Profiel(gedrag=GEDRAG, waarden=waarden)


@pytest.fixture(scope="session")
def make_lijst() -> MakeLijst:
    return _lijst


@pytest.fixture(scope="session")
def make_profiel() -> MakeProfiel:
    return _profiel


@pytest.fixture(scope="session")
def lijst() -> Vragenlijst:
    """Two items of houding, one of them reversed; three of belastbaarheid; one of sociale druk."""
    return _lijst(
        ("h1", "houding", False, "instrumenteel"),
        ("h2", "houding", True, "ervaring"),
        ("b1", "belastbaarheid", False, None),
        ("b2", "belastbaarheid", False, "fysiek"),
        ("b3", "belastbaarheid", True, "fysiek"),
        ("d1", "sociale_druk", False, None),
    )
