"""Reliable change: the numbers of the article, each method by hand, its limits, and what is said of a person."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.analysis.oracle import oracle

import igm
from igm.analysis import Cutoffs, ReliableChange, ReliableChanges, Summary, cutoffs, reliable_change
from igm.constructs import LIKERT5, LIKERT7, Gedrag, Missing, Profiel, Waarde
from igm.errors import MASK, InputError

Z = 1.959963984540054
ARTICLE: dict[str, Any] = oracle("reliable_change")["cases"]["jacobson_truax_1991"]
GEDRAG = Gedrag(action="solliciteren", target="werkgevers", context="alleen", time="nu", doel="werk")

scores = st.floats(1, 7)
reliabilities = st.floats(0.05, 0.95)
sds = st.floats(0.2, 3)


def test_the_example_of_jacobson_and_truax() -> None:
    given_, tolerance = ARTICLE["input"], 1e-12
    found = reliable_change(
        given_["pre"], given_["post"], reliability=given_["reliability"], sd=given_["sd_pre"]
    )
    assert found.sem == pytest.approx(ARTICLE["sem"], rel=tolerance)
    assert found.s_diff == pytest.approx(ARTICLE["s_diff"], rel=tolerance)
    assert found.rci == pytest.approx(ARTICLE["rci"], rel=tolerance)
    assert found.verdict == "improved"
    assert found.smallest == pytest.approx(Z * ARTICLE["s_diff"], rel=tolerance)
    assert found.interval is not None
    assert [found.interval.low, found.interval.high] == pytest.approx(
        [15 - Z * ARTICLE["s_diff"], 15 + Z * ARTICLE["s_diff"]], rel=tolerance
    )
    limits = cutoffs(
        Summary(given_["m_clinical"], given_["sd_clinical"], 50),
        Summary(given_["m_functional"], given_["sd_functional"], 50),
    )
    assert limits.to_dict() == ARTICLE["cutoff"] | {"better": "higher"}


def test_each_method_by_hand() -> None:
    # sd 2, reliability .75: SEM 1, SEP 2√.4375; before 3, after 6, means 4 and 5
    gln = reliable_change(3, 6, reliability=0.75, sd=2, method="gln", mean=4)
    assert gln.adjusted == pytest.approx((6 - 4) - 0.75 * (3 - 4))
    assert gln.rci == pytest.approx(2.75 / (2 * math.sqrt(1 - 0.75**2)), rel=1e-12)
    hll = reliable_change(3, 6, reliability=0.75, sd=2, method="hll", mean=4, mean_after=5)
    assert hll.rci == pytest.approx(1.75 / (2 * math.sqrt(1 - 0.75**2)), rel=1e-12)
    en = reliable_change(3, 6, reliability=0.75, sd=2, method="en", mean=4)
    assert en.rci == pytest.approx(2.75 / 1, rel=1e-12)
    nk = reliable_change(3, 6, reliability=0.75, sd=2, method="nk", mean=4, reliability_after=0.8)
    assert nk.rci == pytest.approx(2.75 / math.sqrt(0.75**2 * 4 * 0.25 + 4 * 0.2), rel=1e-12)
    r_dd = (4 * 0.75 + 9 * (9 - 1) / 9 - 2 * 2 * 3 * 0.5) / (4 + 9 - 2 * 2 * 3 * 0.5)
    ha = reliable_change(3, 6, reliability=0.75, sd=2, method="ha", mean=4, mean_after=5, sd_after=3, r=0.5)
    assert ha.adjusted == pytest.approx(3 * r_dd + 1 * (1 - r_dd), rel=1e-12)
    assert ha.rci == pytest.approx((3 * r_dd + (1 - r_dd)) / (math.sqrt(r_dd) * math.sqrt(2)), rel=1e-12)
    assert ha.critical == pytest.approx(1.6448536269514722, rel=1e-12)


@pytest.mark.parametrize("method", ["hll", "ha"])
def test_a_group_gives_what_the_method_needs(method: Any) -> None:
    before = [2.0, 3.0, 2.5, 4.0, 3.5, None, 2.0]
    after = [3.0, 3.5, 2.0, 4.5, 5.0, 4.0, 2.5]
    x, y = np.array([2.0, 3.0, 2.5, 4.0, 3.5, 2.0]), np.array([3.0, 3.5, 2.0, 4.5, 5.0, 2.5])
    sd = float(np.std(x, ddof=1))
    found = reliable_change(before, after, reliability=0.8, method=method)
    parts: dict[str, Any] = {"mean": float(x.mean()), "mean_after": float(y.mean())}
    if method == "ha":
        parts |= {"sd_after": float(np.std(y, ddof=1)), "r": float(np.corrcoef(x, y)[0, 1])}
    one: Any = reliable_change
    alone = [
        one(a, b, reliability=0.8, sd=sd, method=method, **parts).rci
        for a, b in zip(x.tolist(), y.tolist(), strict=True)
    ]
    assert [row.rci for row in found.rows if row.rci is not None] == pytest.approx(alone, rel=1e-12)
    assert (found.rows[5].verdict, found.rows[5].reason) == ("no-evidence", "no-before")
    assert found.notes == ("own-sd", "few")


@given(scores, scores, reliabilities, sds)
def test_with_two_equal_errors_the_standard_error_is_root_two_times_one(
    before: float, after: float, reliability: float, sd: float
) -> None:
    plain = reliable_change(before, after, reliability=reliability, sd=sd)
    maassen = reliable_change(
        before, after, reliability=reliability, sd=sd, sd_after=sd, reliability_after=reliability
    )
    assert plain == maassen
    assert plain.sem is not None
    assert plain.s_diff == pytest.approx(math.sqrt(2) * plain.sem, rel=1e-12)


@given(scores, scores, reliabilities, sds)
def test_up_and_down_are_told_alike(before: float, after: float, reliability: float, sd: float) -> None:
    there = reliable_change(before, after, reliability=reliability, sd=sd)
    back = reliable_change(after, before, reliability=reliability, sd=sd, better="lower")
    assert there.rci is not None
    assert back.rci is not None
    assert there.rci == -back.rci
    assert there.verdict == back.verdict


@given(scores, scores, reliabilities, sds)
def test_reliable_is_the_same_as_an_interval_without_zero(
    before: float, after: float, reliability: float, sd: float
) -> None:
    found = reliable_change(before, after, reliability=reliability, sd=sd)
    assume(not found.on_limit)
    assert found.interval is not None
    assert (0 not in found.interval) == (found.verdict in {"improved", "worsened"})
    assert found.smallest is not None
    assert found.change is not None
    assert (abs(found.change) > found.smallest) == (found.verdict in {"improved", "worsened"})


@given(scores, scores, reliabilities, sds, st.floats(2, 6))
def test_who_stands_at_the_mean_is_expected_to_stay_there(
    before: float, after: float, reliability: float, sd: float, mean: float
) -> None:
    for method in ("gln", "en", "nk"):
        at_mean = reliable_change(mean, after, reliability=reliability, sd=sd, method=method, mean=mean)
        assert at_mean.adjusted == pytest.approx(after - mean, abs=1e-12)
        away = reliable_change(before, before, reliability=reliability, sd=sd, method=method, mean=mean)
        assert away.adjusted == pytest.approx((1 - reliability) * (before - mean), abs=1e-12)


def test_on_the_limit_is_not_beyond_it_and_is_told() -> None:
    s_diff = math.sqrt(2) * 0.9 * math.sqrt(1 - 0.84)
    on = reliable_change(0.0, 1.96 * s_diff, reliability=0.84, sd=0.9)
    assert (on.on_limit, on.verdict) == (True, "improved")
    under = reliable_change(0.0, 1.9598 * s_diff, reliability=0.84, sd=0.9)
    assert (under.on_limit, under.verdict) == (True, "not-shown")
    assert "op de grens" in under.text()
    exactly = reliable_change(0.0, on.critical * (on.s_diff or 0), reliability=0.84, sd=0.9)
    assert exactly.on_limit
    clear = reliable_change(0.0, 2.1 * s_diff, reliability=0.84, sd=0.9)
    assert (clear.on_limit, clear.verdict) == (False, "improved")


def test_at_the_end_of_the_scale_a_change_cannot_be_shown() -> None:
    high = reliable_change(6.5, 6.8, reliability=0.84, sd=0.9, schaal=LIKERT7)
    assert (high.verdict, high.can_rise, high.can_fall) == ("cannot-show", False, True)
    assert "niet te laten zien" in high.text()
    assert "cannot show" in high.text("en")
    # a fall from there can be shown, and is
    assert reliable_change(6.5, 4, reliability=0.84, sd=0.9, schaal=LIKERT7).verdict == "worsened"
    assert reliable_change(3, 3, reliability=0.84, sd=0.9, schaal=LIKERT7).verdict == "not-shown"
    assert reliable_change(6.5, 6.8, reliability=0.84, sd=0.9).verdict == "not-shown"
    low = reliable_change(1.2, 1.1, reliability=0.84, sd=0.9, schaal=LIKERT7, better="lower")
    assert low.verdict == "cannot-show"
    # an unreliable measure on a short scale shows nothing at all
    level = reliable_change(3, 4, reliability=0.1, sd=2, schaal=LIKERT5, better="neither")
    assert level.verdict == "cannot-show"


@pytest.mark.parametrize(
    ("before", "after", "better", "verdict"),
    [
        (4.75, 3.9, "higher", "not-shown"),
        (4.75, 4.75, "higher", "cannot-show"),
        (4.75, 4.9, "higher", "cannot-show"),
        (4.75, 3.6, "higher", "worsened"),
        (4.75, 4.9, "lower", "not-shown"),
        (1.25, 2.1, "lower", "not-shown"),
        (1.25, 1.25, "lower", "cannot-show"),
        (1.25, 1.1, "lower", "cannot-show"),
        (1.25, 2.4, "lower", "worsened"),
        (1.25, 1.1, "higher", "not-shown"),
    ],
)
def test_who_went_the_other_way_is_not_told_that_an_improvement_cannot_be_shown(
    before: float, after: float, better: Any, verdict: str
) -> None:
    found = reliable_change(before, after, reliability=0.84, sd=0.9, schaal=LIKERT5, better=better)
    assert found.verdict == verdict
    assert ("niet te laten zien" in found.text()) == (verdict == "cannot-show")


@given(scores, scores, reliabilities, sds)
def test_what_cannot_be_shown_never_is(before: float, after: float, reliability: float, sd: float) -> None:
    found = reliable_change(before, after, reliability=reliability, sd=sd, schaal=LIKERT7)
    if not found.can_rise:
        assert found.verdict != "improved"
    if not found.can_fall:
        assert found.verdict != "worsened"


def test_several_constructs_say_how_likely_a_false_one_is() -> None:
    names = ["houding", "eigen_effectiviteit", "kennis", "context", "zelfregulering", "belastbaarheid", "x"]
    found = reliable_change(dict.fromkeys(names, 3.0), dict.fromkeys(names, 3.5), reliability=0.8, sd=1)
    assert found.false_alarm == pytest.approx(1 - 0.95**7)
    assert f"{found.false_alarm:.2f}" == "0.30"
    assert found.false_alarm_at_most == pytest.approx(0.35)
    assert found.level_each**7 == pytest.approx(0.95)
    assert "30%" in found.text("en")
    assert "30%" in found.text("nl")


def test_profiles_bring_their_scales_and_social_pressure_is_a_level() -> None:
    def profiel(houding: float | Missing, druk: float, ref: str = "c-1", gedrag: Gedrag = GEDRAG) -> Profiel:
        one = houding if isinstance(houding, Missing) else Waarde(score=houding, schaal=LIKERT5)
        return Profiel(
            ref=ref,
            gedrag=gedrag,
            waarden={
                "houding": one,
                "sociale_druk": Waarde(score=druk, schaal=LIKERT5),
                "belastbaarheid": Waarde(score=2.0, schaal=LIKERT5),
            },
        )

    found = reliable_change(
        profiel(2.0, 4.5),
        profiel(4.0, 2.5),
        reliability={"houding": 0.8, "sociale_druk": 0.8, "belastbaarheid": 0.7},
        sd=0.9,
    )
    assert (found["houding"].verdict, found["sociale_druk"].verdict) == ("improved", "lower")
    assert found["houding"].schaal == LIKERT5
    assert MASK in str(found)
    assert MASK in repr(found["belastbaarheid"])
    assert MASK not in found.table().text()
    with pytest.raises(KeyError):
        found["kennis"]
    gap = reliable_change(profiel(Missing.GEWEIGERD, 3), profiel(3, 3), reliability=0.8, sd=0.9)
    assert gap["houding"].reason == "no-before"
    other = Gedrag(action="bellen", target="werkgevers", context="alleen", time="nu", doel="werk")
    with pytest.raises(InputError) as error:
        reliable_change(profiel(2, 3), profiel(2, 3, "c-2", other), reliability=0.8, sd=0.9)
    assert [problem.where for problem in error.value.problems] == ["$.after.ref", "$.after.gedrag"]


def test_two_scales_for_one_construct_are_refused() -> None:
    one = Profiel(gedrag=GEDRAG, waarden={"houding": Waarde(score=3, schaal=LIKERT5)})
    other = Profiel(gedrag=GEDRAG, waarden={"houding": Waarde(score=3, schaal=LIKERT7)})
    with pytest.raises(InputError, match="mixed-scales"):
        reliable_change(one, other, reliability=0.8, sd=0.9)


BAD: list[tuple[dict[str, Any], list[str]]] = [
    ({"reliability": 1.0, "sd": 0.0}, ["value-out-of-range", "value-out-of-range"]),
    ({"reliability": -0.2, "sd": math.nan}, ["value-out-of-range", "not-a-number"]),
    ({"reliability": 0.8}, ["missing-field"]),
    ({"reliability": 0.8, "sd": 1, "method": "hll"}, ["missing-field", "missing-field"]),
    ({"reliability": 0.8, "sd": 1, "mean": 3.0}, ["invalid-value"]),
    ({"reliability": 0.8, "sd": 1, "method": "jtt", "better": "up"}, ["unknown-name", "unknown-name"]),
    (
        {"reliability": 0.8, "sd": 1, "method": "ha", "mean": 3, "mean_after": 3, "sd_after": 1, "r": 2},
        ["value-out-of-range"],
    ),
    ({"reliability": 0.8, "sd": 1, "level": 1.0}, ["value-out-of-range"]),
    ({"reliability": {"houding": 0.8}, "sd": 1}, ["invalid-value"]),
    ({"reliability": 0.8, "sd": 1, "schaal": LIKERT5}, ["value-out-of-range"]),
]


@pytest.mark.parametrize(("given_", "codes"), BAD)
def test_what_cannot_be_is_refused_all_at_once(given_: dict[str, Any], codes: list[str]) -> None:
    with pytest.raises(InputError) as error:
        reliable_change(2.0, 6.0, **given_)
    assert [problem.code for problem in error.value.problems] == codes


def test_scores_that_are_none_are_refused() -> None:
    anything: Any = reliable_change
    for before, after, code in (
        ("4", 3, "not-a-number"),
        (True, 3, "not-a-number"),
        (3, math.inf, "not-a-number"),
        ([1, 2], [1], "shape-mismatch"),
        ({"houding": 3}, 3, "invalid-value"),
        ({"houding": "3"}, {"houding": 3}, "not-a-number"),
        ({"houding": 3, "attitude": 3}, {"houding": 3}, "duplicate-name"),
    ):
        with pytest.raises(InputError) as error:
            anything(before, after, reliability=0.8, sd=1)
        assert error.value.code == code
    with pytest.raises(InputError, match=MASK):
        anything({"belastbaarheid": 9}, {"belastbaarheid": 3}, reliability=0.8, sd=1, schaal=LIKERT5)
    with pytest.raises(InputError, match="missing-field"):
        anything({"houding": 3, "kennis": 2}, {}, reliability={"context": 0.8}, sd=1)
    with pytest.raises(InputError, match="Did you mean 'houding'"):
        anything(
            {"houding": 3, "kennis": 2}, {"houding": 3}, reliability={"houdng": 0.8, "kennis": 0.7}, sd=1
        )


def test_what_was_asked_at_neither_moment_needs_no_reliability() -> None:
    def profile(score: float) -> Profiel:
        waarden: dict[str, Waarde | Missing | None] = {
            "houding": Waarde(score=score, schaal=LIKERT5),
            "kennis": Missing.NIET_GEVRAAGD,
            "context": Missing.NIET_GEVRAAGD,
        }
        return Profiel(gedrag=GEDRAG, waarden=waarden)

    found = reliable_change(
        profile(2),
        profile(4),
        reliability={"houding": 0.8, "context": 0.7},
        sd={"houding": 0.9, "context": 0.8},
    )
    rows = {row.label: row for row in found.rows}
    assert rows["houding"].verdict == "improved"
    assert (rows["kennis"].reason, rows["kennis"].reliability, rows["kennis"].sem) == ("neither", None, None)
    assert (rows["context"].reason, rows["context"].reliability) == ("neither", 0.7)
    assert found.n_tested == 1
    assert json.dumps(found.to_dict())
    assert "kennis" in str(found.table())
    with pytest.raises(InputError, match="missing-field"):
        reliable_change(profile(2), profile(4), reliability={"kennis": 0.8}, sd=0.9)


ANSWERS = [
    {"houding_1": one, "houding_2": two, "kennis_1": one, "kennis_2": 6 - two}
    for one, two in [(4, 5), (2, 2), (3, 4), (5, 5), (1, 2)]
]


def test_what_reliability_found_is_taken_and_told() -> None:
    measured = igm.reliability(ANSWERS, igm.vragenlijst("client-participatie"))
    then, now = (
        {"houding": 2.0, "kennis": 3.0, "context": 3.0},
        {"houding": 4.5, "kennis": 3.5, "context": 4.0},
    )
    found = reliable_change(then, now, reliability=measured)
    houding = measured["houding"]
    assert (found["houding"].reliability, found["houding"].sd) == (houding.alpha, houding.sd)
    assert (found.notes, found.n_measured) == (("alpha-sd", "few"), (5,))
    text = found.text()
    assert "Cronbachs alfa per paar" in text
    assert "dezelfde antwoorden, van 5 mensen" in text
    # alpha of kennis is negative, context was not asked: neither is compared, and that is told once
    assert {row.label: row.reason for row in found.rows} == {
        "houding": None,
        "kennis": "no-reliability",
        "context": "no-reliability",
    }
    assert text.endswith("is niet bekend: kennis en vaardigheden, context en randvoorwaarden.")
    own = reliable_change(then, now, reliability=measured, sd=0.9)
    assert (own.notes, own["houding"].sd) == (("alpha", "few"), 0.9)


def test_a_standard_deviation_of_another_scale_is_not_taken() -> None:
    measured = igm.reliability(ANSWERS, igm.vragenlijst("client-participatie"))
    hundred = igm.Schaal(minimum=0, maximum=100)
    with pytest.raises(InputError, match="mixed-scales"):
        reliable_change({"houding": 20.0}, {"houding": 90.0}, reliability=measured, schaal=hundred)
    taken = reliable_change({"houding": 20.0}, {"houding": 90.0}, reliability=measured, sd=22, schaal=hundred)
    assert taken["houding"].verdict == "improved"
    anything: Any = reliable_change
    for scores_ in (2.0, [2.0, 3.0]):
        with pytest.raises(InputError, match="alpha") as error:
            anything(scores_, scores_, reliability=measured)
        assert len(error.value.problems) == 1
    with pytest.raises(InputError, match="alpha"):
        anything(2.0, 3.0, reliability=measured["houding"], sd=1)


def test_constructs_without_a_number_are_not_compared_and_told_once() -> None:
    then = dict.fromkeys(["houding", "kennis", "context"], 2.0)
    now = dict.fromkeys(then, 4.5)
    found = reliable_change(then, now, reliability={"houding": 0.8, "kennis": 0.7}, sd={"attitude": 0.9})
    assert [row.verdict for row in found.rows] == ["improved", "no-evidence", "no-evidence"]
    assert found.n_tested == 1
    assert (
        found.table("en")
        .notes[-1]
        .endswith("not known: knowledge and skills, context and enabling conditions.")
    )
    assert found.table("en").rows[1][-1] == "not compared"
    with pytest.raises(InputError) as error:
        reliable_change(then, now, reliability={}, sd=1)
    assert [problem.code for problem in error.value.problems] == ["missing-field"]


def test_no_true_change_in_the_group_is_no_evidence() -> None:
    found = reliable_change(3, 4, reliability=0.1, sd=1, method="ha", mean=3, mean_after=3, sd_after=1, r=0.9)
    assert (found.rci, found.reason, found.verdict) == (None, "no-true-change", "no-evidence")
    assert "no evidence yet" in found.text("en").lower()


def test_what_is_not_shown_is_never_told_as_no_change() -> None:
    for one in (reliable_change(3, 3.2, reliability=0.8, sd=1), reliable_change(3, 3, reliability=0.8, sd=1)):
        text = f"{one.text('nl')} {one.text('en')}".lower()
        assert not any(
            wrong in text for wrong in ("geen verandering", "geen effect", "no change", "no effect")
        )
        assert "not shown" in text
    assert reliable_change(3, None, reliability=0.8, sd=1).verdict == "no-evidence"


def test_results_are_results() -> None:
    one = igm.reliable_change(2.1, 3.6, reliability=0.84, sd=0.9)
    many = igm.reliable_change(np.array([2.1, 3.0]), [3.6, 3.1], reliability=0.84, sd=0.9)
    assert isinstance(one, ReliableChange)
    assert isinstance(many, ReliableChanges)
    assert repr(one) == "ReliableChange('improved', rci=2.946, method='jt')"
    assert many[0] == one
    assert len(many) == 2
    assert "<table>" in one._repr_html_()
    assert one.to_dict()["smallest"] == one.smallest
    assert many.to_dict()["false_alarm"] == many.false_alarm


def test_cutoffs_say_who_passed() -> None:
    found = cutoffs(Summary(40, 7.5, 50), Summary(60, 7.5, 50))
    assert (found.passed(32.5, 55), found.passed(32.5, 47.5), found.passed(51, 60)) == (True, False, False)
    assert found.passed(32.5, 47.5, "b")
    mirrored = cutoffs(Summary(-40, 7.5, 50), Summary(-60, 7.5, 50), better="lower")
    assert (mirrored.a, mirrored.b, mirrored.c) == (-55, -45, -50)
    assert mirrored.passed(-32.5, -55)
    assert cutoffs(Summary(40, 7.5, 50)) == Cutoffs(55, None, None, "higher")
    assert cutoffs(Summary(40, 7.5, 50)).passed(1, 2) is None
    # the sd of the group that people go to counts in b
    assert cutoffs(Summary(40, 9, 50), Summary(60, 5, 50)).b == 50
    anything: Any = cutoffs
    for wrong in ((3,), (Summary(3, None, 1),), (Summary(3, 0, 5), 4)):
        with pytest.raises(InputError):
            anything(*wrong)
    with pytest.raises(InputError, match="unknown-name"):
        anything(Summary(40, 9, 50), better="up")
    unknown: Any = "d"
    with pytest.raises(InputError, match="unknown-name"):
        found.passed(1, 2, unknown)


def test_a_missing_score_passes_no_cutoff_and_what_is_no_score_is_refused() -> None:
    places: Any = cutoffs(Summary(2.4, 0.9, 37), Summary(4.0, 0.6, 120))
    for before, after in ((None, 4), (2, math.nan), (None, None)):
        assert places.passed(before, after) is None
    assert places.passed(np.int64(2), 4.0) is True
    with pytest.raises(InputError) as refused:
        places.passed("2", math.inf, "d")
    assert [one.where for one in refused.value.problems] == ["$.cutoff", "$.before", "$.after"]


def test_what_is_no_scale_is_refused() -> None:
    anything: Any = reliable_change
    for before, after in ((2, 3), ([2, 3], [3, 4]), ({"houding": 2}, {"houding": 3})):
        for schaal in (5, "likert7", [1, 5]):
            with pytest.raises(InputError, match="not a scale") as refused:
                anything(before, after, reliability=0.8, sd=1, schaal=schaal)
            assert refused.value.problems[0].where == "$.schaal"
