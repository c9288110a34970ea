"""A manager, a professional and a client for tests: the largest difference that may be seen is knowledge, in link 2."""

from __future__ import annotations

from typing import Any

from igm.constructs import (
    LIKERT5,
    LIKERT7,
    Client,
    Gedrag,
    Kunnen,
    Manager,
    Professional,
    Profiel,
    Schaal,
    Waarde,
    Willen,
)

GEDRAG = Gedrag(
    action="begeleiden",
    target="mensen",
    context="in gesprekken",
    time="dit jaar",
    doel="optimale participatie",
)


def waarden(houding: float, eigen: float, kennis: float, last: float, context: float, zelf: float) -> Any:
    return {
        "gedrag": GEDRAG,
        "willen": Willen(houding=houding, eigen_effectiviteit=eigen),
        "kunnen": Kunnen(kennis=kennis, belastbaarheid=last, context=context, zelfregulering=zelf),
    }


def manager(**more: Any) -> Manager:
    return Manager(**{"ref": "m-2", "schaal": LIKERT7, **waarden(6, 5, 6, 5, 4, 5), **more})


def professional(**more: Any) -> Professional:
    return Professional(**{"ref": "km-12", "schaal": LIKERT7, **waarden(6, 5, 5, 5, 3, 5), **more})


def client(**more: Any) -> Client:
    return Client(**{"ref": "c-017", "schaal": LIKERT5, **waarden(4, 3, 1, 2, 3, 4), **more})


def profiel(*, ref: str | None = None, schaal: Schaal = LIKERT7, **scores: Any) -> Profiel:
    return Profiel(
        ref=ref,
        gedrag=GEDRAG,
        waarden={name: Waarde(score=score, schaal=schaal) for name, score in scores.items()},
    )
