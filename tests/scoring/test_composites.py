from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igm.constructs.composite import CompositeState, CompositeValue
from igm.constructs.model import Construct
from igm.constructs.schaal import LIKERT5, LIKERT7
from igm.constructs.waarde import Missing, Richting, SocialeDruk, Waarde
from igm.errors import InputError, UnknownNameError
from igm.scoring import Composite, composites

WILLEN = {"houding": 4.0, "eigen_effectiviteit": 3.0}
KUNNEN = {"kennis": 5.0, "belastbaarheid": 2.0, "context": 3.0, "zelfregulering": 4.0}
KUNNEN_KEYS = tuple(Construct(name) for name in KUNNEN)

scores = st.floats(1, 5, allow_nan=False)
some_kunnen = st.dictionaries(st.sampled_from(sorted(KUNNEN)), scores)


def test_the_mean_is_over_the_helping_determinants_of_each_part(make_profiel: Any) -> None:
    made = composites.mean().combine(make_profiel({**WILLEN, **KUNNEN, "sociale_druk": 1.0, "intentie": 1.0}))
    assert set(made) == {"willen", "kunnen"}
    willen, kunnen = made["willen"], made["kunnen"]
    assert (willen.value, willen.state, willen.gaps) == (3.5, CompositeState.COMPLETE, ())
    assert willen.used == (Construct.HOUDING, Construct.EIGEN_EFFECTIVITEIT)
    assert (willen.metric, willen.schaal, willen.made_by) == ("schaal", LIKERT5, "mean")
    assert (kunnen.value, kunnen.used) == (3.5, KUNNEN_KEYS)


def test_a_mean_with_gaps_is_partial_and_names_them(make_profiel: Any) -> None:
    made = composites.mean().combine(make_profiel({"houding": 4.0, "eigen_effectiviteit": Missing.GEWEIGERD}))
    assert (made["willen"].value, made["willen"].state) == (4.0, CompositeState.PARTIAL)
    assert made["willen"].gaps == (Construct.EIGEN_EFFECTIVITEIT,)
    assert (made["kunnen"].value, made["kunnen"].state) == (None, CompositeState.EMPTY)
    assert made["kunnen"].gaps == KUNNEN_KEYS


@pytest.mark.parametrize("make", [composites.mean, composites.minimum])
def test_mixed_scales_ask_for_a_metric_that_the_value_then_carries(make_profiel: Any, make: Any) -> None:
    profiel = make_profiel({"houding": Waarde(score=4, schaal=LIKERT7), "eigen_effectiviteit": 2.0})
    with pytest.raises(InputError) as caught:
        make().combine(profiel)
    assert caught.value.code == "mixed-scales"
    assert "houding 1–7" in str(caught.value)
    willen = make(metric="pomp").combine(profiel)["willen"]
    assert (willen.metric, willen.schaal) == ("pomp", None)
    assert willen.value == {"mean": 37.5, "minimum": 25.0}[make().name]


def test_parts_on_their_own_scale_each_need_no_metric_until_they_are_put_together(make_profiel: Any) -> None:
    profiel = make_profiel({**WILLEN, "kennis": Waarde(score=6, schaal=LIKERT7)})
    made = composites.mean().combine(profiel)
    assert (made["willen"].schaal, made["kunnen"].schaal) == (LIKERT5, LIKERT7)
    with pytest.raises(InputError, match="mixed-scales"):
        composites.minimum().combine(profiel)


def test_scales_with_the_same_bounds_are_one_scale(make_profiel: Any) -> None:
    labelled = LIKERT5.model_copy(update={"anchors": {"1": "nee"}})
    profiel = make_profiel({"houding": Waarde(score=4, schaal=labelled), "eigen_effectiviteit": 3.0})
    willen = composites.mean().combine(profiel)["willen"]
    assert (willen.value, willen.schaal) == (3.5, LIKERT5)


def test_the_minimum_lets_what_someone_cannot_do_overrule(make_profiel: Any) -> None:
    made = composites.minimum().combine(make_profiel({**WILLEN, **KUNNEN}))
    assert {name: value.value for name, value in made.items()} == {
        "willen": 3,
        "kunnen": 2,
        "willen_kunnen": 2,
    }
    assert {value.state for value in made.values()} == {CompositeState.COMPLETE}


@given(known=some_kunnen, more=scores)
def test_a_minimum_with_gaps_is_an_upper_bound(
    make_profiel: Any, known: dict[str, float], more: float
) -> None:
    before = composites.minimum().combine(make_profiel(known))["kunnen"]
    if not known:
        assert (before.value, before.state) == (None, CompositeState.EMPTY)
        return
    assert before.value == min(known.values())
    gaps = [name for name in KUNNEN if name not in known]
    assert [gap.value for gap in before.gaps] == gaps
    assert before.state is (CompositeState.UPPER_BOUND if gaps else CompositeState.COMPLETE)
    if gaps:
        after = composites.minimum().combine(make_profiel({**known, gaps[0]: more}))["kunnen"]
        assert after.value is not None
        assert after.value <= before.value


@given(known=some_kunnen, threshold=st.integers(0, 100))
def test_the_gate_follows_what_is_known_of_kunnen(
    make_profiel: Any, known: dict[str, float], threshold: int
) -> None:
    made = composites.gate(threshold).combine(make_profiel({**WILLEN, **known}))
    value = made["willen_kunnen"]
    assert value.metric == "pomp"
    below = [name for name in KUNNEN if name in known and LIKERT5.pomp(known[name]) < threshold]
    if below:
        assert (value.state, value.value, value.gaps) == (CompositeState.CLOSED, None, ())
        assert [used.value for used in value.used] == below
    elif len(known) == len(KUNNEN):
        assert (value.state, value.value) == (CompositeState.OPEN, 62.5)
    else:
        assert (value.state, value.value) == (CompositeState.UNDECIDED, None)
        assert [gap.value for gap in value.gaps] == [name for name in KUNNEN if name not in known]


def test_an_open_gate_passes_the_mean_of_what_is_known_of_willen_and_names_its_gap(make_profiel: Any) -> None:
    gate = composites.gate(25, source="eigen afspraak")
    value = gate.combine(make_profiel({"houding": 4.0, **KUNNEN}))["willen_kunnen"]
    assert (value.state, value.value, value.gaps) == (
        CompositeState.OPEN,
        75.0,
        (Construct.EIGEN_EFFECTIVITEIT,),
    )
    assert "25 POMP, eigen afspraak" in value.made_by


def test_what_lies_on_the_threshold_is_not_below_it(make_profiel: Any) -> None:
    profiel = make_profiel({**WILLEN, **KUNNEN})
    assert composites.gate(25).combine(profiel)["willen_kunnen"].state is CompositeState.OPEN
    assert composites.gate(25.01).combine(profiel)["willen_kunnen"].state is CompositeState.CLOSED


def test_a_gate_has_no_threshold_of_its_own() -> None:
    with pytest.raises(TypeError, match="threshold"):
        composites.gate()  # type: ignore[call-arg]


@pytest.mark.parametrize(("threshold", "code"), [(-1, "value-out-of-range"), (101, "value-out-of-range")])
def test_a_threshold_is_a_pomp_value(threshold: float, code: str) -> None:
    with pytest.raises(InputError) as caught:
        composites.gate(threshold)
    assert caught.value.code == code


@pytest.mark.parametrize("threshold", [None, True, "50", float("nan")])
def test_a_threshold_is_a_number(threshold: Any) -> None:
    with pytest.raises(InputError, match="not-a-number"):
        composites.gate(threshold)


def _druk(richting: Richting | None) -> SocialeDruk:
    return SocialeDruk(score=2, schaal=LIKERT5, richting=richting)


@pytest.mark.parametrize("include", [("sociale_druk",), "sociale norm", [Construct.SOCIALE_DRUK]])
def test_pressure_enters_when_named_and_its_direction_is_known(make_profiel: Any, include: Any) -> None:
    mean = composites.mean(include=include)
    along = mean.combine(make_profiel({**WILLEN, "sociale_druk": _druk(Richting.MEE)}))["willen"]
    against = mean.combine(make_profiel({**WILLEN, "sociale_druk": _druk(Richting.TEGEN)}))["willen"]
    assert (along.value, along.made_by) == (3.0, "mean")
    assert against.value == pytest.approx(11 / 3)
    assert "sociale_druk reversed on 1–5" in against.made_by
    assert Construct.SOCIALE_DRUK in against.used


def test_pressure_that_is_not_named_stays_out(make_profiel: Any) -> None:
    profiel = make_profiel({**WILLEN, "sociale_druk": _druk(Richting.TEGEN)})
    for composite in (
        composites.mean(),
        composites.minimum(),
        composites.weighted({"houding": 1}, source="s"),
    ):
        made = composite.combine(profiel)
        assert all(Construct.SOCIALE_DRUK not in (*value.used, *value.gaps) for value in made.values())


@pytest.mark.parametrize("druk", [_druk(None), Missing.WEET_NIET])
def test_pressure_without_a_direction_is_a_gap(make_profiel: Any, druk: Any) -> None:
    willen = composites.mean(include=("sociale_druk",)).combine(
        make_profiel({**WILLEN, "sociale_druk": druk})
    )["willen"]
    assert (willen.value, willen.state, willen.gaps) == (
        3.5,
        CompositeState.PARTIAL,
        (Construct.SOCIALE_DRUK,),
    )


def test_pressure_against_lowers_a_minimum_in_pomp(make_profiel: Any) -> None:
    strong = SocialeDruk(score=7, schaal=LIKERT7, richting=Richting.TEGEN)
    minimum = composites.minimum(metric="pomp", include=("sociale_druk",))
    made = minimum.combine(make_profiel({**WILLEN, **KUNNEN, "sociale_druk": strong}))
    assert (made["willen"].value, made["kunnen"].value, made["willen_kunnen"].value) == (0.0, 25.0, 0.0)


@pytest.mark.parametrize("include", [("houding",), ("intentie",)])
def test_only_contextual_determinants_can_be_included(include: Any) -> None:
    with pytest.raises(InputError, match="invalid-value"):
        composites.mean(include=include)


def test_weights_share_the_known_determinants_and_name_their_source(make_profiel: Any) -> None:
    composite = composites.weighted(
        {"attitude": 2, "self-efficacy": "1", "kennis": "0.5"}, source="Proef 2020"
    )
    made = composite.combine(make_profiel({"houding": 4.0, "eigen_effectiviteit": 1.0}))
    assert (made["willen"].value, made["willen"].state) == (3.0, CompositeState.COMPLETE)
    assert "Proef 2020" in made["willen"].made_by
    assert "houding 4, eigen_effectiviteit 2" in made["willen"].made_by
    assert (made["kunnen"].state, made["kunnen"].gaps) == (CompositeState.EMPTY, (Construct.KENNIS,))
    partial = composite.combine(make_profiel({"houding": 4.0}))["willen"]
    assert (partial.value, partial.state) == (4.0, CompositeState.PARTIAL)


@given(
    values=st.lists(scores, min_size=4, max_size=4),
    weights=st.lists(st.integers(1, 10**9), min_size=4, max_size=4),
)
def test_a_weighted_value_never_falls_off_the_scale(
    make_profiel: Any, values: list[float], weights: list[int]
) -> None:
    composite = composites.weighted(dict(zip(KUNNEN, weights, strict=True)), source="proef")
    value = composite.combine(make_profiel(dict(zip(KUNNEN, values, strict=True))))["kunnen"].value
    assert value is not None
    assert min(values) <= value <= max(values)


def test_naming_pressure_in_the_weights_lets_it_in(make_profiel: Any) -> None:
    composite = composites.weighted({"houding": 1, "sociale_druk": 1}, source="proef")
    profiel = make_profiel({"houding": 4.0, "sociale_druk": _druk(Richting.TEGEN)})
    assert composite.combine(profiel)["willen"].value == 4.0


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        ({"intentie": 1}, "weights-invalid"),
        ({"houding": 0, "kennis": 1}, "weights-invalid"),
        ({"houding": 0.5}, "weights-invalid"),
        ([("houding", 1)], "weights-invalid"),
        ({}, "weights-invalid"),
        ({"houding": 1, "attitude": 1}, "duplicate-name"),
    ],
)
def test_wrong_weights_are_refused(weights: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        composites.weighted(weights, source="proef")
    assert caught.value.code == code


def test_weights_name_known_constructs_and_metrics_exist() -> None:
    with pytest.raises(UnknownNameError, match="houding"):
        composites.weighted({"huoding": 1}, source="proef")
    with pytest.raises(InputError, match="unknown metric"):
        composites.mean(metric="z")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="source"):
        composites.weighted({"houding": 1}, source=" ")


def test_every_composite_says_what_made_it(make_profiel: Any) -> None:
    own: list[Composite] = [
        composites.mean(metric="pomp"),
        composites.minimum(),
        composites.gate(40),
        composites.weighted({"houding": 1}, source="proef"),
    ]
    for composite in own:
        for name, value in composite.combine(make_profiel(WILLEN)).items():
            assert isinstance(value, CompositeValue)
            assert value.name == name
            assert value.made_by.startswith(composite.name)
