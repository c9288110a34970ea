"""How alike two profiles are, against independent software and by the identities that hold between the figures."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.oracle import oracle

from igm.congruence import LeftOut, ProfileSimilarity, pair, similarity
from igm.constructs import (
    DETERMINANTS,
    LIKERT5,
    LIKERT7,
    Client,
    Construct,
    Gedrag,
    Kunnen,
    Missing,
    Professional,
    Profiel,
    Richting,
    Schaal,
    SocialeDruk,
    Waarde,
    Willen,
)
from igm.errors import MASK, AmbiguousProfileError, InputError

GEDRAG = Gedrag(action="solliciteren", target="werkgevers", context="thuis", time="deze week", doel="werk")
NEAR: Any = {"rel": 1e-10, "abs": 1e-10}
CASES = oracle("profiles")["cases"]
EDGES = oracle("profiles")["edges"]
NAMES = {
    "pearson": "shape",
    "double_entry_icc": "double_entry_icc",
    "ccc": "ccc",
    "D2": "d2",
    "D": "d",
    "mean_abs_diff": "mean_absolute_difference",
    "signed_mean_diff": "elevation",
    "D2_elevation": "d2_elevation",
    "D2_scatter": "d2_scatter",
    "D2_shape": "d2_shape",
}
values = st.integers(0, 60).map(lambda step: 1 + step / 10)
profiles = st.lists(values, min_size=5, max_size=7)


def profiel(
    scores: Any, schaal: Schaal = LIKERT7, richting: Richting | None = Richting.MEE, **more: Any
) -> Profiel:
    waarden: dict[Construct, Any] = {}
    for key, score in zip(DETERMINANTS, scores, strict=False):
        if key is Construct.SOCIALE_DRUK:
            waarden[key] = SocialeDruk(score=score, schaal=schaal, richting=richting)
        else:
            waarden[key] = Waarde(score=score, schaal=schaal)
    return Profiel(gedrag=GEDRAG, waarden=waarden, **more)


def alike(x: Any, y: Any, schaal: Schaal = LIKERT7) -> ProfileSimilarity:
    return similarity(profiel(x, schaal), profiel(y, schaal))


@pytest.mark.parametrize("case", CASES)
def test_figures_are_those_of_independent_software(case: dict[str, Any]) -> None:
    found = alike(case["x"], case["y"])
    for theirs, ours in NAMES.items():
        assert found.figures[ours] == pytest.approx(case[theirs], **NEAR), theirs
    assert found.scatter == pytest.approx(case["scatter_x"] - case["scatter_y"], **NEAR)
    share = found.figures["d2_shape"] / found.d2
    assert share == pytest.approx(case["proportion_shape"], **NEAR)
    assert found.undefined == {}


@pytest.mark.parametrize("name", EDGES)
def test_what_is_not_defined_stays_so(name: str) -> None:
    edge = EDGES[name]
    found = alike(edge["x"], edge["y"])
    assert found.d2 == pytest.approx(edge["D2"], **NEAR)
    for theirs, ours in (("pearson", "shape"), ("double_entry_icc", "double_entry_icc"), ("ccc", "ccc")):
        if edge[theirs] is None:
            assert ours not in found.figures
            assert found.undefined[ours] == ("both-flat" if "both" in name else "flat-profile")
        else:
            assert found.figures[ours] == pytest.approx(edge[theirs], **NEAR)


@given(profiles, st.data())
def test_the_parts_are_the_whole(x: list[float], data: Any) -> None:
    y = data.draw(st.lists(values, min_size=len(x), max_size=len(x)))
    found = alike(x, y)
    parts = found.d2_elevation + found.d2_scatter + (found.d2_shape or 0.0)
    assert parts == pytest.approx(found.d2, abs=1e-10)
    assert found.d == math.sqrt(found.d2)


@given(profiles, st.data())
def test_both_agreements_follow_from_the_distance(x: list[float], data: Any) -> None:
    y = data.draw(st.lists(values, min_size=len(x), max_size=len(x)))
    found = alike(x, y)
    apart, spread = found.elevation**2, float(np.var(x) + np.var(y))
    if found.ccc is None or found.double_entry_icc is None:
        assert len(set(x)) == len(set(y)) == 1
        return
    mean = found.d2 / len(x)
    assert found.double_entry_icc == pytest.approx(1 - mean / (spread + apart / 2), abs=1e-10)
    assert found.ccc == pytest.approx(1 - mean / (spread + apart), abs=1e-10)
    assert found.ccc >= found.double_entry_icc - 1e-12
    if found.elevation == 0:
        assert found.ccc == pytest.approx(found.double_entry_icc, abs=1e-12)


@given(profiles, st.data())
def test_turning_the_two_round_turns_only_signs(x: list[float], data: Any) -> None:
    y = data.draw(st.lists(values, min_size=len(x), max_size=len(x)))
    one, other = alike(x, y), alike(y, x)
    assert one.undefined == other.undefined
    for name, value in one.figures.items():
        sign = -1 if name in ("elevation", "scatter") else 1
        assert other.figures[name] == pytest.approx(sign * value, abs=1e-10), name
    assert dict(one.differences) == {key: -value for key, value in other.differences.items()}


@given(profiles)
def test_a_profile_is_its_own_likeness(x: list[float]) -> None:
    found = alike(x, x)
    assert found.d2 == found.elevation == found.scatter == 0
    if len(set(x)) == 1:
        assert found.undefined == dict.fromkeys(("shape", "double_entry_icc", "ccc"), "both-flat")
    else:
        for value in (found.shape, found.ccc, found.double_entry_icc):
            assert value == pytest.approx(1, abs=1e-10)


def test_a_flat_profile_is_flat_also_where_its_mean_rounds() -> None:
    found = alike([1.1] * 7, [1.1] * 6 + [1.3])
    assert found.undefined == {"shape": "flat-profile"}
    assert found.ccc == 0
    assert found.d2_shape == 0


def test_shape_is_refused_below_five_common_constructs() -> None:
    found = alike([4, 5, 3, 2], [5, 4, 3, 1])
    assert found.undefined == dict.fromkeys(
        ("shape", "d2_shape", "double_entry_icc", "ccc"), "few-constructs"
    )
    assert found.shape is None
    assert found.d2 == 3


def test_fewer_than_two_common_constructs_are_no_profile() -> None:
    with pytest.raises(InputError, match=r"got houding\. .*at least 2 .*\[too-few-constructs\]"):
        alike([4], [5])
    with pytest.raises(InputError, match="got none"):
        similarity(profiel([4]), Profiel(gedrag=GEDRAG, waarden={"kennis": Waarde(score=1, schaal=LIKERT5)}))


def test_scales_that_differ_need_a_metric() -> None:
    one, other = profiel([4, 5, 3], LIKERT7), profiel([4, 5, 3], LIKERT5)
    with pytest.raises(InputError, match=r"got 1–5, 1–7\..*pomp.*\[mixed-scales\]"):
        similarity(one, other)
    found = similarity(one, other, metric="pomp")
    assert (found.metric, found.pair.schaal) == ("pomp", None)
    assert found.differences[Construct.HOUDING] == pytest.approx(50 - 75)


def test_metric_schaal_does_not_put_unlike_scales_on_one() -> None:
    with pytest.raises(InputError, match="mixed-scales"):
        similarity(profiel([4, 5], LIKERT7), profiel([4, 5], LIKERT5), metric="schaal")


def test_social_pressure_needs_a_direction_on_both_sides() -> None:
    one, other = profiel([4, 5, 3]), profiel([4, 5, 3], richting=None)
    found = similarity(one, other)
    assert found.k == 2
    assert found.pair.left_out[Construct.SOCIALE_DRUK] == LeftOut("no-direction", ("second",))


def test_pressure_against_the_behaviour_is_turned_round_and_said() -> None:
    found = similarity(profiel([4, 5, 2]), profiel([4, 5, 2], richting=Richting.TEGEN))
    assert found.pair.turned == ("second",)
    assert found.differences[Construct.SOCIALE_DRUK] == 2 - 6
    assert any("omgekeerd (tweede)" in line for line in found.notes())


def test_what_is_missing_is_told_with_its_kind() -> None:
    waarden: dict[str, Any] = {
        "houding": Waarde(score=4, schaal=LIKERT7),
        "eigen_effectiviteit": Waarde(score=4, schaal=LIKERT7),
        "kennis": Missing.WEET_NIET,
    }
    other = Profiel(gedrag=GEDRAG, waarden=waarden)
    left = similarity(profiel([4, 5, 3, 2]), other).pair.left_out
    assert left[Construct.KENNIS] == LeftOut("missing", ("second",), {"second": Missing.WEET_NIET})
    assert left[Construct.ZELFREGULERING].sides == ("first", "second")


def test_other_constructs_can_be_asked() -> None:
    found = similarity(profiel(range(1, 8)), profiel(range(1, 8)), constructs=["kennis", "attitude"])
    assert [key.value for key in found.pair.constructs] == ["houding", "kennis"]
    with pytest.raises(InputError, match="Did you mean 'houding'"):
        similarity(profiel([1, 2]), profiel([1, 2]), constructs=["huoding", "kennis"])
    with pytest.raises(InputError, match="duplicate-name"):
        similarity(profiel([1, 2]), profiel([1, 2]), constructs=["houding", "attitude"])


@pytest.mark.parametrize("wrong", [5, True, {"houding": 1}])
def test_what_is_no_list_of_constructs_is_refused(wrong: Any) -> None:
    with pytest.raises(InputError, match=r"not a list of constructs, at \$\.constructs"):
        similarity(profiel([4, 5]), profiel([4, 5]), constructs=wrong)


def test_people_are_taken_by_their_one_profile() -> None:
    client = Client(
        ref="c-1", gedrag=GEDRAG, schaal=LIKERT5, willen=Willen(houding=4), kunnen=Kunnen(kennis=2)
    )
    assert similarity(client, client).k == 2
    with pytest.raises(AmbiguousProfileError):
        similarity(client, Professional(ref="p-1"))


@pytest.mark.parametrize("wrong", [None, 5, "c-1", [1, 2], {"houding": 4}])
def test_what_is_no_profile_is_refused(wrong: Any) -> None:
    with pytest.raises(InputError, match=r"not a profile, at \$\.second"):
        similarity(profiel([4, 5]), wrong)


@pytest.mark.parametrize("wrong", ["POMP", 1, ["pomp"]])
def test_an_unknown_metric_is_refused(wrong: Any) -> None:
    with pytest.raises(InputError, match="unknown metric"):
        similarity(profiel([4, 5]), profiel([4, 5]), metric=wrong)


class Largest:
    name = "largest_difference"
    least = 2

    def many(self, x: Any, y: Any, /) -> Any:
        return np.abs(x - y).max(axis=1)


class Broken:
    name = "broken"
    least = 2

    def many(self, x: Any, y: Any, /) -> Any:
        return np.array([np.inf])


def test_a_metric_of_another_package_joins_the_figures() -> None:
    found = similarity(profiel([4, 5, 3]), profiel([4, 2, 3]), measures=[Largest(), "ccc"])
    assert found.figures["largest_difference"] == 3
    assert "largest_difference: 3,00." in found.notes(mask=False)
    with pytest.raises(InputError, match="plugin-invalid"):
        similarity(profiel([4, 5]), profiel([4, 5]), measures=[Broken()])


def test_what_is_printed_masks_what_is_sensitive_and_what_tells_of_it() -> None:
    found = alike([4, 5, 3, 2, 6.25, 5, 4], [3, 5, 4, 2, 1.5, 5, 4])
    for text in (str(found), repr(found), found._repr_html_()):
        assert MASK in text
        assert "6,25" not in text
        assert "6.25" not in text
        assert "4,75" not in text
        assert "ICC" not in text
    assert "6,25" in found.table().text()
    assert "ICC" in found.table().text()
    assert "6.25" not in repr(found.differences)


def test_without_a_sensitive_construct_nothing_is_masked() -> None:
    found = alike([4, 5, 3, 2], [3, 5, 4, 2])
    assert MASK not in str(found)
    assert repr(found) == "ProfileSimilarity(shape=–, elevation=0.00, k=4, metric='schaal')"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_table_says_what_the_figures_are_about(lang: Any) -> None:
    text = (
        alike([4, 5, 3, 2, 6, 5, 4], [3, 5, 4, 2, 1, 5, 4])
        .table(lang, names=("manager", "professional"))
        .text()
    )
    assert "manager" in text
    assert "professional" in text
    assert "r = " in text


def test_pairs_tell_no_values() -> None:
    assert repr(pair(profiel([4, 5]), profiel([4, 5]))) == "Pair(k=2, metric='schaal', left_out=5)"


def test_figures_from_which_a_sensitive_value_can_be_told_are_masked_in_repr() -> None:
    found = alike([4, 5, 3, 2, 6.25, 5, 4], [3, 5, 4, 2, 1.5, 5, 4])
    assert repr(found.figures).startswith(f"{{'elevation': {MASK}, ")
    assert not any(digit in repr(found.figures).replace("d2", "") for digit in "123456789")
    assert found.figures["d2"] == found.d2
    assert MASK not in repr(alike([4, 5, 3, 2], [3, 5, 4, 2]).figures)
