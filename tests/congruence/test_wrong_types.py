"""What is no name, no list, no metric or no number is refused, and never crashes or passes unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
import pandas as pd
import pytest

from igm import congruence
from igm.constructs import LIKERT5, Gedrag, Profiel, Waarde
from igm.errors import InputError

GEDRAG = Gedrag(
    action="solliciteren", target="werkgevers", context="thuis", time="deze week", doel="participatie"
)
NAMES = ("houding", "eigen_effectiviteit", "kennis", "context", "zelfregulering")


def profiel(*scores: float) -> Profiel:
    waarden = {name: Waarde(score=score, schaal=LIKERT5) for name, score in zip(NAMES, scores, strict=True)}
    return Profiel(gedrag=GEDRAG, waarden=waarden)


ONE, OTHER = profiel(4, 3, 2, 5, 4), profiel(3, 3, 1, 4, 5)
ROWS = [[4, 5, 3, 2, 4], [3, 5, 2, 2, 5], [5, 4, 4, 1, 4]]

NO_NAMES: list[Any] = [np.array(["mean", "schaal"]), pd.NA, pd.DataFrame({"a": [1, 2]}), ["schaal"]]

CHOICES: list[Callable[[Any], object]] = [
    lambda given: congruence.similarity(ONE, OTHER, metric=given),
    lambda given: congruence.similarities(ROWS, ROWS, constructs=NAMES, schaal=LIKERT5, metric=given),
    lambda given: congruence.similarity_intervals(ONE, OTHER, sem=0.5, method=given),
    lambda given: congruence.normative_similarity(ROWS, ROWS, norms=given),
    lambda given: congruence.cluster_interval([1, 2, 3], rng=1, center=given),
    lambda given: congruence.partner_permutation(ROWS, ROWS, rng=1, than=given),
    lambda given: congruence.partner_permutation(ROWS, ROWS, rng=1, exchange=given),
    lambda given: congruence.regulatory_fit("sterk", "hoog", link=given),
    lambda given: congruence.zelfsturing_level(50.0, cuts=(40, 60), metric=given),
    lambda given: congruence.chain(professional=ONE, client=OTHER, metric=given),
    lambda given: congruence.chain(professional=ONE, client=OTHER, doel=given),
]


@pytest.mark.parametrize("given", NO_NAMES, ids=["array", "NA", "frame", "list"])
@pytest.mark.parametrize("call", CHOICES)
def test_what_is_no_text_is_no_choice(call: Callable[[Any], object], given: Any) -> None:
    with pytest.raises(InputError) as caught:
        call(given)
    assert [problem.code for problem in caught.value.problems] == ["unknown-name"]


def test_nothing_is_no_side_of_a_test() -> None:
    with pytest.raises(InputError) as caught:
        congruence.partner_permutation(ROWS, ROWS, rng=1, than=None)  # type: ignore[arg-type]
    assert caught.value.problems[0].where == "$.than"


@pytest.mark.parametrize("given", [None, 5, np.array(3), {"ccc": 1}])
@pytest.mark.parametrize(
    "call",
    [
        lambda given: congruence.similarity(ONE, OTHER, measures=given),
        lambda given: congruence.similarity_intervals(ONE, OTHER, sem=0.5, method="delta", measures=given),
        lambda given: congruence.chain(professional=ONE, client=OTHER, measures=given),
    ],
)
def test_measures_are_a_list(call: Callable[[Any], object], given: Any) -> None:
    with pytest.raises(InputError) as caught:
        call(given)
    assert [(one.code, one.where) for one in caught.value.problems] == [("invalid-value", "$.measures")]


def test_one_measure_may_be_named_without_a_list() -> None:
    assert congruence.similarity(ONE, OTHER, measures="ccc") == congruence.similarity(ONE, OTHER)


@attrs.frozen
class Lying:
    """A metric that calls itself what another is called."""

    name: str
    figure: float = 0.9
    least: int = 2

    def many(self, x: Any, y: Any, /) -> Any:
        return np.full(len(x), self.figure)


@pytest.mark.parametrize("measures", [[Lying("ccc")], [Lying("own"), Lying("own", 0.1)]])
@pytest.mark.parametrize(
    "call",
    [
        lambda given: congruence.similarity(ONE, OTHER, measures=given),
        lambda given: congruence.similarities(ROWS, ROWS, constructs=NAMES, schaal=LIKERT5, measures=given),
        lambda given: congruence.similarity_intervals(ONE, OTHER, sem=0.5, method="delta", measures=given),
    ],
)
def test_a_metric_does_not_take_the_name_of_another(call: Callable[[Any], object], measures: Any) -> None:
    with pytest.raises(InputError) as caught:
        call(measures)
    assert caught.value.problems[0].code == "duplicate-name"


def test_a_direction_is_checked_also_where_social_pressure_takes_no_part() -> None:
    with pytest.raises(InputError) as caught:
        congruence.similarities(ROWS, ROWS, constructs=NAMES, schaal=LIKERT5, sociale_druk="omhoog")
    assert caught.value.problems[0].where == "$.sociale_druk"


def test_figures_of_many_pairs_cannot_be_changed() -> None:
    found = congruence.similarities(ROWS, ROWS, constructs=NAMES, schaal=LIKERT5)
    for array in (found.k, *found.flat, *found.figures.values()):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


@pytest.mark.parametrize("given", [np.array(3), 5, 1.5])
@pytest.mark.parametrize(
    "call",
    [
        lambda given: congruence.pair(ONE, OTHER, constructs=given),
        lambda given: congruence.shrunken_means(given, ["a"]),
        lambda given: congruence.shrunken_means([1.0], given),
        lambda given: congruence.pseudo_dyads([ONE, OTHER], given),
        lambda given: congruence.pseudo_dyads(given, [ONE, OTHER]),
    ],
)
def test_a_single_thing_is_no_row(call: Callable[[Any], object], given: Any) -> None:
    with pytest.raises(InputError) as caught:
        call(given)
    assert caught.value.problems[0].code == "invalid-value"


def test_people_may_come_from_a_generator() -> None:
    found = congruence.pseudo_dyads((one for one in [ONE, OTHER]), [OTHER, ONE])
    assert found.n == 2


@pytest.mark.parametrize("method", ["delta", "simulation"])
@pytest.mark.parametrize("sem", [1e308, 4.5, {"houding": 12, **dict.fromkeys(NAMES[1:], 0.5)}])
def test_an_error_wider_than_the_scale_was_meant_for_another(method: Any, sem: Any) -> None:
    with pytest.raises(InputError) as caught:
        congruence.similarity_intervals(ONE, OTHER, sem=sem, method=method, rng=1, metric="pomp")
    assert {problem.code for problem in caught.value.problems} == {"value-out-of-range"}


def test_an_error_may_be_a_number_of_numpy() -> None:
    sem: Any = np.int64(1)
    found = congruence.similarity_intervals(ONE, OTHER, sem=sem, method="delta")
    assert found == congruence.similarity_intervals(ONE, OTHER, sem=1, method="delta")


def test_an_error_is_given_under_one_name() -> None:
    sem = {**dict.fromkeys(NAMES, 0.5), "attitude": 0.1}
    with pytest.raises(InputError) as caught:
        congruence.similarity_intervals(ONE, OTHER, sem=sem, method="delta")
    assert caught.value.problems[0].code == "duplicate-name"


def test_nobody_can_ask_for_more_draws_than_can_be_made() -> None:
    with pytest.raises(InputError) as caught:
        congruence.cluster_interval([1, 2, 3], rng=1, n_resamples=10**400)
    assert caught.value.problems[0].code == "value-out-of-range"


@pytest.mark.parametrize("domain", ["werk\x1b[31m", "werk\r\n# kop", "\x00werk"])
def test_a_life_domain_holds_no_control_characters(domain: str) -> None:
    """It is printed as it is, also in a terminal."""
    with pytest.raises(InputError) as caught:
        congruence.regulatory_fit("sterk", "hoog", leefdomein=domain)
    assert caught.value.problems[0].where == "$.leefdomein"
