"""``check_predicaat`` passes functions that keep to what they declare, and tells of others what is wrong."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

import igm
from igm.decision import Fact, Predicaat, feit, predicaat
from igm.errors import InputError, KaderError
from igm.testing import check_predicaat

KADER = igm.kader("leiden-2021").with_rules(
    feiten=[
        Fact.getal("reistijd", label="reistijd", eenheid="min", minimum=0, maximum=300),
        Fact.getal("kinderen", label="kinderen", eenheid="kind", minimum=0, maximum=9, geheel=True),
        Fact.datum("start", label="start", minimum=date(2020, 1, 1), maximum=date(2026, 1, 1)),
        Fact.keuze("vervoer", label="vervoer", opties=["fiets", "auto"]),
    ]
)


def made(function: Callable[..., Any], arrays: Callable[..., Any] | None = None) -> Predicaat:
    return predicaat(
        "ons.proef",
        label="proef",
        versie="1",
        leest=[feit.getal("reistijd"), feit.keuze("vervoer")],
        drempels={"reistijd": [60]},
        arrays=arrays,
    )(function)


def near(reistijd: float, vervoer: str) -> bool:
    return vervoer == "auto" or reistijd <= 60


def near_arrays(reistijd: Any, vervoer: Any) -> Any:
    return (vervoer == "auto") | (reistijd <= 60)


def test_one_that_keeps_to_its_thresholds_passes() -> None:
    check_predicaat(made(near), KADER)
    check_predicaat(made(near, near_arrays), KADER)


def test_a_whole_number_and_a_date_pass() -> None:
    whole = predicaat("a", label="a", versie="1", leest=[feit.getal("kinderen")], drempels={"kinderen": [3]})(
        lambda kinderen: kinderen >= 3
    )
    check_predicaat(whole, KADER)
    day = predicaat(
        "b", label="b", versie="1", leest=[feit.datum("start")], drempels={"start": [date(2023, 1, 1)]}
    )(lambda start: start.year < 2023)
    check_predicaat(day, KADER)


def test_another_threshold_than_declared_is_found() -> None:
    with pytest.raises(AssertionError, match="no threshold lies between"):
        check_predicaat(made(lambda reistijd, vervoer: vervoer == "auto" or reistijd <= 200), KADER)


def test_failing_between_thresholds_is_found() -> None:
    def table(reistijd: float, vervoer: str) -> bool:
        if reistijd > 250:
            raise LookupError
        return near(reistijd, vervoer)

    with pytest.raises(AssertionError, match="fails with LookupError"):
        check_predicaat(made(table), KADER)


def test_answering_otherwise_when_asked_again_is_found() -> None:
    turns = itertools.cycle([True, False])
    with pytest.raises(AssertionError, match="asked again, it says otherwise"):
        check_predicaat(made(lambda reistijd, vervoer: next(turns)), KADER)


@pytest.mark.parametrize(("always", "said"), [(True, "no"), (False, "yes"), (None, "yes")])
def test_saying_the_same_of_everyone_is_found(always: bool | None, said: str) -> None:
    with pytest.raises(AssertionError, match=f"never says {said}"):
        check_predicaat(made(lambda reistijd, vervoer: always), KADER)


@pytest.mark.parametrize(
    "arrays",
    [
        lambda reistijd, vervoer: reistijd <= 60,
        lambda reistijd, vervoer: np.bool_(True),
        near,
    ],
)
def test_arrays_that_say_otherwise_are_found(arrays: Callable[..., Any]) -> None:
    with pytest.raises(AssertionError, match="on arrays it says"):
        check_predicaat(made(near, arrays), KADER)


def test_what_is_no_predicate_is_refused() -> None:
    with pytest.raises(InputError):
        check_predicaat(near, KADER)  # type: ignore[arg-type]
    with pytest.raises(InputError):
        check_predicaat(made(near), "leiden-2021")  # type: ignore[arg-type]
    with pytest.raises(KaderError):
        check_predicaat(made(near), igm.kader("leiden-2021"))
