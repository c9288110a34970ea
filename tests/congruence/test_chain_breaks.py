"""Where a chain breaks and what is compensated, by what was stated to count."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.congruence.people import client, manager, professional, profiel

import igm
from igm.congruence import Chain, chain
from igm.constructs import LIKERT5, Construct, Profiel, Waarde
from igm.errors import IgmError, InputError

NAMES = ("houding", "eigen_effectiviteit", "kennis", "context", "zelfregulering")
KENNIS, HOUDING = Construct.KENNIS, Construct.HOUDING
scores = st.integers(0, 60).map(lambda step: 1 + step / 10)
three = st.tuples(*(st.lists(scores, min_size=5, max_size=5) for _ in range(3)))


def of(scores: list[float]) -> Profiel:
    named: dict[str, Any] = dict(zip(NAMES, scores, strict=True))
    return profiel(**named)


def keten(m: list[float], p: list[float], c: list[float], **more: Any) -> Chain:
    return chain(manager=of(m), professional=of(p), client=of(c), **more)


@given(three)
def test_the_largest_gap_is_the_largest_and_ties_are_all_told(profiles: Any) -> None:
    for link in keten(*profiles).links:
        sizes = {gap.construct: abs(gap.difference) for gap in link.gaps}
        most = max(sizes.values())
        expected = {key for key, size in sizes.items() if size > 1e-9 and size >= most - 1e-9}
        assert {gap.construct for gap in link.largest} == expected


@given(three, st.integers(0, 60).map(lambda step: step / 10))
def test_a_break_is_a_gap_beyond_the_margin_and_not_on_it(profiles: Any, margin: float) -> None:
    for link in keten(*profiles, margin=margin).links:
        assert set(link.breaks) == {gap.construct for gap in link.gaps if gap.size > margin + 1e-9}
        assert link.is_broken == bool(link.breaks)
        assert [link.differences[key] for key in link.breaks] == sorted(
            (link.differences[key] for key in link.breaks), key=lambda one: -abs(one)
        )


@given(three)
def test_compensated_is_just_where_the_gaps_point_in_opposite_directions(profiles: Any) -> None:
    found = keten(*profiles)
    m, p, c = profiles
    expected: dict[str, float] = {}
    for name, x, y, z in zip(NAMES, m, p, c, strict=True):
        if min(abs(x - y), abs(y - z)) > 1e-9 and (x - y > 0) != (y - z > 0):
            expected[name] = min(abs(x - y), abs(y - z))
            assert abs(x - z) < max(abs(x - y), abs(y - z))
    assert {one.construct.value for one in found.compensated} == set(expected)
    for one in found.compensated:
        assert one.undone == pytest.approx(expected[one.construct.value])
        assert one.whole == pytest.approx(one.first + one.second)
        assert abs(one.whole) == pytest.approx(max(abs(one.first), abs(one.second)) - one.undone)
    undone = [one.undone for one in found.compensated]
    assert undone == sorted(undone, reverse=True)


def test_a_chain_that_only_goes_down_compensates_nothing() -> None:
    assert keten([6] * 5, [5] * 5, [4] * 5).compensated == ()


@pytest.mark.parametrize(("margin", "beyond"), [(None, None), (0.5, True), (1.5, True), (2.5, False)])
def test_what_is_compensated_says_whether_either_gap_counts(
    margin: float | None, beyond: bool | None
) -> None:
    found = keten([6, 4, 4, 4, 4], [4, 4, 4, 4, 4], [5, 4, 4, 4, 4], margin=margin).compensated
    assert [(one.construct, one.first, one.second, one.beyond) for one in found] == [(HOUDING, 2, -1, beyond)]


def test_without_a_rule_it_is_not_known_whether_a_gap_is_a_break() -> None:
    found = keten([6] * 5, [5] * 5, [1] * 5)
    assert [link.is_broken for link in found.links] == [None, None]
    assert {gap.beyond for link in found.links for gap in link.gaps} == {None}
    assert [(link.name, gap.construct) for link, gap in found.largest] == [
        ("professional-client", Construct(name)) for name in NAMES
    ]


def test_errors_of_measurement_are_on_the_scale_of_each_side() -> None:
    found = chain(
        professional=professional(),
        client=client(),
        metric="pomp",
        sem={"professional": {"kennis": 0.6}, "client": {"kennis": 0.5}},
    )
    gap = next(one for one in found.links[1].gaps if one.construct is KENNIS)
    # 0.6 of 6 points is 10 POMP, 0.5 of 4 points 12.5
    assert gap.threshold == pytest.approx(1.96 * math.hypot(10, 12.5), abs=1e-10)
    assert gap.beyond is True
    assert found.links[1].breaks == (KENNIS,)


@pytest.mark.parametrize(("size", "beyond"), [(1.385, False), (1.387, True)])
def test_the_error_of_both_sides_counts(size: float, beyond: bool) -> None:
    # 1.96 √(0.5² + 0.5²) = 1.38593
    found = keten([4] * 5, [4 - size, 4, 4, 4, 4], [4] * 5, sem={"manager": 0.5, "professional": 0.5})
    gaps = {gap.construct: gap for gap in found.links[0].gaps}
    assert gaps[HOUDING].beyond is beyond
    assert gaps[HOUDING].threshold == pytest.approx(1.96 * math.sqrt(0.5))
    assert gaps[KENNIS].beyond is False


def test_an_error_that_lacks_on_one_side_leaves_it_unknown_but_no_gap_is_no_break() -> None:
    found = keten([5, 4, 4, 4, 4], [1, 4, 4, 4, 4], [1] * 5, sem={"manager": 0.1})
    link = found.links[0]
    known = {gap.construct: gap.beyond for gap in link.gaps}
    assert known[HOUDING] is None
    assert known[KENNIS] is False
    assert (link.breaks, link.is_broken) == ((), None)


def test_with_both_a_gap_must_be_beyond_both() -> None:
    m, p = [7.0, 4.0, 4.5, 4.0, 4.0], [4.0, 4.0, 4.0, 4.0, 6.0]
    sem = {
        role: {name: 0.5 for name in NAMES if name != "zelfregulering"}
        for role in ("manager", "professional")
    }
    link = keten(m, p, p, margin=1, sem=sem).links[0]
    beyond = {gap.construct.value: gap.beyond for gap in link.gaps}
    # kennis: 0.5 is within the margin whatever its error; zelfregulering: beyond the margin, error not known
    assert beyond == {
        "houding": True,
        "eigen_effectiviteit": False,
        "kennis": False,
        "context": False,
        "zelfregulering": None,
    }
    assert link.gaps[0].threshold == pytest.approx(1.96 * math.sqrt(0.5))
    assert link.gaps[-1].threshold is None
    assert link.is_broken is True


def test_errors_of_a_reliability_can_be_given() -> None:
    lijst = igm.vragenlijst("professional-begeleiden")
    answers = [
        {item.id: 1 + (row * (place + 1)) % 7 for place, item in enumerate(lijst.items)}
        for row in range(1, 9)
    ]
    found = igm.reliability(answers, lijst)
    sem = found["kennis"].sem
    assert sem is not None
    rule = keten([4] * 5, [1] * 5, [1] * 5, sem={"manager": found, "professional": found}).rule
    assert rule.sem["manager"][KENNIS] == sem


@pytest.mark.parametrize("margin", [True, "10", float("nan"), float("inf"), [10]])
def test_a_margin_is_a_number(margin: Any) -> None:
    with pytest.raises(InputError, match=r"\$\.margin.*\[not-a-number\]"):
        keten([4] * 5, [4] * 5, [4] * 5, margin=margin)


@pytest.mark.parametrize(
    ("sem", "code", "where"),
    [
        (0.5, "invalid-value", "$.sem"),
        ({"chef": 0.5}, "unknown-name", "$.sem"),
        ({"manager": "veel"}, "not-a-number", "$.sem.manager"),
        ({"manager": {"huoding": 0.5}}, "unknown-construct", "$.sem.manager"),
        ({"manager": {"houding": -0.5}}, "value-out-of-range", "$.sem.manager.houding"),
        ({"manager": {"houding": None}}, "not-a-number", "$.sem.manager.houding"),
        ({"manager": {"houding": 0.5, "attitude": 0.4}}, "duplicate-name", "$.sem.manager"),
    ],
)
def test_errors_of_measurement_are_read_with_care(sem: Any, code: str, where: str) -> None:
    with pytest.raises(IgmError) as caught:
        keten([4] * 5, [4] * 5, [4] * 5, sem=sem)
    assert [(one.code, one.where) for one in caught.value.problems] == [(code, where)]


def test_perceived_stands_beside_derived_on_pomp() -> None:
    answered = professional(congruentie_begeleiding=Waarde(score=4, n_valid=3, n_items=3))
    found = chain(manager=manager(), professional=answered, client=client(), metric="pomp")
    assert (found.perceived.pomp, found.perceived.score, found.perceived.n_valid) == (50, 4, 3)
    assert all(link.perceived == found.perceived for link in found.links)
    for link, beside in zip(found.links, found.beside, strict=True):
        assert link.profile is not None
        assert beside.derived == pytest.approx(100 - link.profile.mean_absolute_difference)
        assert beside.derived is not None
        assert beside.gap == pytest.approx(50 - beside.derived)
        assert beside.why is None


def test_perceived_is_not_set_against_profiles_on_another_metric() -> None:
    five = profiel(schaal=LIKERT5, houding=4, kennis=3, congruentie_begeleiding=2)
    other = profiel(schaal=LIKERT5, houding=3, kennis=3)
    found = chain(manager=other, professional=five)
    assert found.perceived.pomp == 25
    assert [(one.gap, one.why) for one in found.beside] == [
        (None, "metric-schaal"),
        (None, "no-profile-similarity"),
    ]


def test_without_an_answer_there_is_nothing_perceived_with_the_reason() -> None:
    refused = professional(congruentie_begeleiding="geweigerd")
    found = chain(manager=manager(), professional=refused, client=client(), metric="pomp")
    assert found.perceived.missing == "geweigerd"
    assert [one.why for one in found.beside] == ["no-perceived", "no-perceived"]
    assert chain(manager=manager()).perceived.missing == "missing-party"


def test_printed_breaks_do_not_tell_whether_a_sensitive_construct_is_among_them() -> None:
    def found(burden: float) -> Chain:
        other = profiel(houding=4, kennis=1, belastbaarheid=burden)
        return chain(professional=profiel(houding=4, kennis=4, belastbaarheid=4), client=other, margin=1)

    apart, alike = found(1), found(4)
    assert Construct.BELASTBAARHEID in apart.links[1].breaks
    assert Construct.BELASTBAARHEID not in alike.links[1].breaks
    assert repr(apart.links[1].breaks) == repr(alike.links[1].breaks)
    assert repr(apart.breaks) == repr(alike.breaks)
    assert "belastbaarheid" not in repr(apart.breaks)
