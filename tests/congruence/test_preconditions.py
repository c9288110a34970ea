"""The aggregate gate: figures as by hand, three values, and nothing told about persons."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import igm
from igm.congruence import Precondition, Preconditions, preconditions
from igm.constructs import LIKERT5, LIKERT7, Construct, Gedrag, Missing, Profiel, Waarde
from igm.disclosure import reconstruct
from igm.errors import InputError, UnknownNameError

SOURCE = "agreed by team and management, 2024-10-01"
GEDRAG = Gedrag(action="begeleiden", target="cliënten", context="gesprek", time="nu", doel="participatie")
HIGH = [5, 6, 5, 4, 6, 5, 6, 5, 7, 4, 5, 6]
LOW = [2, 3, 2, 4, 3, 1, 2, 3, 2, 3, 2, 5]


def check(scores: Any, at_least: Any = None, **options: Any) -> Preconditions:
    asked: dict[str, Any] = {"metric": "schaal", "source": SOURCE, "schaal": LIKERT7} | options
    return preconditions(scores, at_least={"kennis": 4} if at_least is None else at_least, **asked)


def profiles(*scores: Any, **options: Any) -> list[Profiel]:
    schaal = options.get("schaal", LIKERT7)
    return [
        Profiel(
            ref=f"p-{at}",
            gedrag=GEDRAG,
            waarden={"kennis": one if isinstance(one, Missing) else Waarde(score=one, schaal=schaal)},
        )
        for at, one in enumerate(scores)
    ]


@given(st.lists(st.integers(1, 7), min_size=2, max_size=40), st.sampled_from([0.8, 0.95, 0.99]))
def test_the_interval_is_students_t(scores: list[int], level: float) -> None:
    row = check({"kennis": scores}, doel="intern", level=level).rows[0]
    assert row.interval is not None
    assert row.mean == pytest.approx(np.mean(scores), abs=1e-12)
    if len(set(scores)) == 1:
        assert (row.interval.low, row.interval.high) == (scores[0], scores[0])
        return
    low, high = stats.t.interval(level, len(scores) - 1, np.mean(scores), stats.sem(scores))
    assert (row.interval.low, row.interval.high) == pytest.approx((low, high), abs=1e-10)


@given(st.lists(st.integers(1, 7), min_size=2, max_size=40), st.integers(1, 7))
def test_the_state_says_where_the_interval_lies(scores: list[int], threshold: int) -> None:
    row = check({"kennis": scores}, {"kennis": threshold}, doel="intern").rows[0]
    assert row.interval is not None
    low, high = row.interval.low, row.interval.high
    expected = "open" if low >= threshold - 1e-9 else "closed" if high < threshold - 1e-9 else "undecided"
    assert row.state == expected
    assert row.reason == {"open": "reached", "closed": "below", "undecided": "across"}[expected]


@given(st.lists(st.integers(1, 7), min_size=10, max_size=30), st.floats(1, 7))
def test_scale_and_percents_agree(scores: list[int], threshold: float) -> None:
    on_scale = check({"kennis": scores}, {"kennis": threshold}).rows[0]
    percent = check({"kennis": scores}, {"kennis": LIKERT7.pomp(threshold)}, metric="pomp").rows[0]
    edge = on_scale.interval is not None and (
        min(abs(on_scale.interval.low - threshold), abs(on_scale.interval.high - threshold)) < 1e-6
    )
    assert edge or (on_scale.state, on_scale.reason, on_scale.n) == (percent.state, percent.reason, percent.n)
    if on_scale.mean is not None:
        assert percent.mean == pytest.approx(LIKERT7.pomp(on_scale.mean), abs=1e-9)


def test_a_mean_on_the_threshold_reaches_it_whatever_the_rounding() -> None:
    values = [Waarde(score=3.4, schaal=LIKERT5)] * 3
    people = [Profiel(ref=f"p-{at}", gedrag=GEDRAG, waarden={"kennis": one}) for at, one in enumerate(values)]
    assert check(people, {"kennis": 60}, metric="pomp", doel="intern").rows[0].reason == "reached"
    assert check(people, {"kennis": 3.4}, doel="intern").rows[0].reason == "reached"


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ({"kennis": HIGH, "context": HIGH}, "open"),
        ({"kennis": HIGH, "context": LOW}, "closed"),
        ({"kennis": HIGH, "context": [1, 7] * 6}, "undecided"),
        ({"kennis": HIGH}, "undecided"),
        ({"kennis": LOW}, "closed"),
        ({"kennis": HIGH, "context": [None] * 12}, "undecided"),
        ({}, "undecided"),
    ],
)
def test_unknown_is_never_no(columns: Any, state: str) -> None:
    found = check(columns, {"kennis": 4, "context": 4})
    assert found.state == state
    if "context" not in columns:
        assert found["context"].reason == "not-measured"


def test_small_groups_are_withheld_and_so_are_equal_scores() -> None:
    small = check({"kennis": HIGH[:9]}).rows[0]
    assert (small.state, small.reason, small.n, small.mean, small.interval) == (
        "undecided",
        "withheld",
        None,
        None,
        None,
    )
    equal = check({"kennis": [6] * 12}).rows[0]
    assert (equal.reason, equal.n, equal.n_missing) == ("withheld", None, None)
    with pytest.raises(InputError) as caught:
        check({"kennis": HIGH}, minimum_n=3)
    assert caught.value.code == "value-out-of-range"


def test_below_ten_people_a_mean_is_rounded_and_has_no_interval() -> None:
    found = check({"kennis": [*HIGH[:7], None]}, {"kennis": 50}, minimum_n=5, metric="pomp")
    row = found.rows[0]
    assert (row.n, row.n_missing, row.interval, row.reason) == (7, 1, None, "reached")
    assert row.mean == LIKERT7.pomp(round(float(np.mean(HIGH[:7])), 1))
    assert row.rounded
    assert "Afgerond, om niets over personen te vertellen" in found.text()


def test_below_ten_people_there_is_no_interval_however_many_answers_fit() -> None:
    people = [
        Profiel(
            ref=f"p-{at}",
            gedrag=GEDRAG,
            waarden={"kennis": Waarde(score=total / 7, schaal=LIKERT7, n_valid=7, n_items=7)},
        )
        for at, total in enumerate([20, 24, 27, 31, 33, 36, 40, 42, 45, 28])
    ]
    assert check(people, minimum_n=5).rows[0].interval is not None
    nine = check(people[:9], minimum_n=5).rows[0]
    assert (nine.interval, nine.n, nine.rounded) == (None, 9, True)


def test_an_interval_that_ends_on_the_threshold_holds_it() -> None:
    interval = check({"kennis": HIGH}, doel="intern").rows[0].interval
    assert interval is not None
    assert check({"kennis": HIGH}, {"kennis": interval.high}, doel="intern").rows[0].reason == "across"
    assert check({"kennis": HIGH}, {"kennis": interval.low}, doel="intern").rows[0].reason == "reached"


def test_figures_that_few_answers_fit_are_not_told_in_full() -> None:
    # of twelve people all but one gave the highest answer: the mean alone tells that
    row = check({"kennis": [7] * 11 + [6]}).rows[0]
    assert (row.reason, row.mean, row.interval) in {("withheld", None, None), ("reached", 6.9, None)}


def test_figures_are_told_with_as_many_decimals_as_tell_no_answers() -> None:
    rng = np.random.default_rng(7)
    tiers = set()
    for n in (10, 11, 12, 15, 20, 40):
        for _ in range(20):
            scores = rng.integers(2, 7, n).tolist()
            row, inside = (check({"kennis": scores}, doel=doel).rows[0] for doel in ("publiceren", "intern"))
            assert inside.interval is not None
            assert (row.state, row.reason) == (inside.state, inside.reason)
            if row.mean is None:
                continue
            if row.interval is None:
                tiers.add("mean only")
                assert row.mean == round(float(np.mean(scores)), 1)
                continue
            if not row.rounded:
                tiers.add("full")
                assert (row.mean, row.interval) == (inside.mean, inside.interval)
                continue
            decimals = 1 if row.mean == round(row.mean, 1) else 2
            tiers.add(f"{decimals}")
            sd = round(float(np.std(scores, ddof=1)), decimals)
            half = stats.t.ppf(0.975, n - 1) * sd / np.sqrt(n)
            assert row.mean == round(float(np.mean(scores)), decimals)
            assert row.interval.high - row.interval.low == pytest.approx(2 * half, abs=1e-12)
            assert reconstruct(row.mean, sd, n, LIKERT7, decimals=decimals).sets >= 10  # type: ignore[operator]
    assert {"full", "1"} <= tiers


def test_inside_one_person_has_no_interval() -> None:
    row = check(profiles(5), doel="intern").rows[0]
    assert (row.state, row.reason, row.mean, row.interval) == ("undecided", "one-person", 5, None)


def test_scores_profiles_and_columns_are_the_same_people() -> None:
    lijst = igm.vragenlijst("professional-begeleiden")
    rng = np.random.default_rng(6)
    answers = [{item.id: int(rng.integers(2, 8)) for item in lijst.items} for _ in range(14)]
    scores = igm.score(answers, lijst)
    asked = {"kennis": 4, "context": 5}
    people = [scores.profiel(at) for at in range(len(scores))]
    columns = pd.DataFrame({name: scores[name] for name in asked})
    for other, doel in ((people, "publiceren"), (columns.to_dict("list"), "intern")):
        from_scores = check(scores, asked, doel=doel)
        for one, two in zip(from_scores.rows, check(other, asked, doel=doel).rows, strict=True):
            assert (one.state, one.reason, one.n, one.n_missing) == (
                two.state,
                two.reason,
                two.n,
                two.n_missing,
            )
            assert one.mean == two.mean
            assert one.interval == two.interval


def test_columns_of_frames_are_read_with_what_is_null_in_them() -> None:
    expected = check({"kennis": [*HIGH, None]}).rows[0]
    assert expected.n_missing == 1
    for column in (
        pd.Series([*HIGH, None]),
        pd.Series([*HIGH, None], dtype="Int64"),
        pl.Series([*HIGH, None]),
        np.array([*HIGH, np.nan]),
    ):
        assert check({"kennis": column}).rows[0] == expected


def test_where_it_cannot_be_checked_figures_are_told_as_they_are_published() -> None:
    row = check({"kennis": [one - 1 / 3 for one in HIGH]}).rows[0]
    assert (row.mean, row.rounded, row.unchecked) == (5.0, True, True)


def test_a_person_counts_once() -> None:
    twice = [*profiles(*HIGH), *profiles(3)]
    with pytest.raises(InputError) as caught:
        check(twice)
    assert caught.value.code == "duplicate-name"
    assert "p-0" not in str(caught.value)


def test_missing_scores_are_counted_and_take_no_part() -> None:
    row = check(profiles(*HIGH, Missing.GEWEIGERD, Missing.WEET_NIET), doel="intern").rows[0]
    assert (row.n, row.n_missing, row.mean) == (12, 2, sum(HIGH) / 12)


def test_scales_that_differ_need_percents() -> None:
    mixed = [*profiles(*HIGH), *(one.model_copy(update={"ref": f"q-{at}"}) for at, one in enumerate(
        profiles(3, 4, schaal=LIKERT5)))]  # fmt: skip
    with pytest.raises(InputError) as caught:
        check(mixed)
    assert caught.value.code == "mixed-scales"
    row = check(mixed, {"kennis": 50}, metric="pomp").rows[0]
    assert (row.n, row.unchecked) == (14, True)


@pytest.mark.parametrize(
    ("scores", "at_least", "options", "expected"),
    [
        ({"kennis": HIGH}, {}, {}, ("missing-field", "$.at_least")),
        ({"kennis": HIGH}, None, {"source": " "}, ("missing-field", "$.source")),
        ({"kennis": HIGH}, None, {"name": ""}, ("missing-field", "$.name")),
        ({"kennis": HIGH}, None, {"metric": None}, ("unknown-name", "$.metric")),
        ({"kennis": HIGH}, None, {"schaal": None}, ("missing-field", "$.schaal")),
        ({"kennis": HIGH}, None, {"schaal": (1, 7)}, ("invalid-value", "$.schaal")),
        ({"kennis": HIGH}, None, {"level": 95}, ("value-out-of-range", "$.level")),
        ({"kennis": HIGH}, {"kennis": 8}, {}, ("value-out-of-range", "$.at_least.kennis")),
        ({"kennis": HIGH}, {"kennis": 101}, {"metric": "pomp"}, ("value-out-of-range", "$.at_least.kennis")),
        ({"kennis": HIGH}, {"kennis": "4"}, {}, ("not-a-number", "$.at_least.kennis")),
        ({"kennis": HIGH}, {"kenis": 4}, {}, ("unknown-construct", "$.at_least.kenis")),
        ({"kennis": HIGH}, {"kennis": 4, "knowledge": 4}, {}, ("duplicate-name", "$.at_least.knowledge")),
        ({"kennis": HIGH}, {"sociale_druk": 4}, {}, ("invalid-value", "$.at_least.sociale_druk")),
        ({"kennis": HIGH, "knowledge": HIGH}, None, {}, ("duplicate-name", "$.scores.knowledge")),
        ({"kenis": HIGH}, None, {}, ("unknown-construct", "$.scores.kenis")),
        ({"kennis": [8, 3]}, None, {}, ("value-out-of-range", "$.scores.kennis[0]")),
        ({"kennis": [3, "4"]}, None, {}, ("not-a-number", "$.scores.kennis[1]")),
        ({"kennis": [3, np.inf]}, None, {}, ("not-a-number", "$.scores.kennis[1]")),
        ({"kennis": "34"}, None, {}, ("invalid-value", "$.scores.kennis")),
        ({"kennis": HIGH, "context": [3]}, {"kennis": 4, "context": 4}, {}, ("shape-mismatch", "$.scores")),
        ([3, 4], None, {}, ("invalid-value", "$.scores")),
        (None, None, {}, ("invalid-value", "$.scores")),
    ],
)
def test_what_cannot_be_used_is_told(
    scores: Any, at_least: Any, options: Any, expected: tuple[str, str]
) -> None:
    with pytest.raises(InputError) as caught:
        check(scores, at_least, **options)
    assert [(one.code, one.where) for one in caught.value.problems] == [expected]


def test_profiles_on_several_behaviours_are_refused() -> None:
    other = GEDRAG.model_copy(update={"target": "collega's"})
    with pytest.raises(InputError) as caught:
        check([*profiles(*HIGH), Profiel(gedrag=other, waarden={})])
    assert caught.value.code == "invalid-value"


def test_a_sensitive_score_is_not_repeated() -> None:
    with pytest.raises(InputError) as caught:
        check({"belastbaarheid": [97, 3]}, {"belastbaarheid": 4})
    assert "97" not in str(caught.value)


def test_many_wrong_scores_are_counted() -> None:
    with pytest.raises(InputError) as caught:
        check({"kennis": [9] * 500})
    assert len(caught.value.problems) == 21
    assert "500 scores" in str(caught.value)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_it_says_what_it_rests_on_and_that_a_person_decides(lang: Any) -> None:
    found = check(
        {"kennis": HIGH, "context": LOW}, {"kennis": 4, "context": 4, "houding": 4}, name="team Noord"
    )
    advice = {"nl": "Het is een advies; een mens beslist.", "en": "It is an advice; a person decides."}[lang]
    learning = {"nl": "om van te leren, niet om te beoordelen", "en": "for learning, not for appraisal"}[lang]
    for text in (found.text(lang), found.table(lang).text(1000)):
        for part in (SOURCE, advice, learning, "Team Noord", "12"):
            assert part in text


def test_it_is_stored_with_its_thresholds_and_source() -> None:
    found = check({"kennis": [*HIGH[:4], *[None] * 8], "context": LOW}, {"kennis": 4, "context": 4})
    data = found.to_dict()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert (data["schema_version"], data["source"], data["state"]) == (1, SOURCE, "closed")
    assert data["rows"][0] == Precondition(Construct.KENNIS, "undecided", "withheld", 4).to_dict()
    with pytest.raises(UnknownNameError):
        found["houding"]


def test_somebody_at_two_waves_is_noticed_in_columns_of_numbers() -> None:
    columns = {"kennis": [4.0] * 6 + [5.0] * 6}
    asked: dict[str, Any] = {
        "at_least": {"kennis": 50},
        "metric": "pomp",
        "schaal": LIKERT7,
        "source": "own",
        "doel": "intern",
    }
    refs = [f"p-{n}" for n in range(12)]
    assert preconditions(columns, person=refs, **asked) == preconditions(columns, **asked)
    with pytest.raises(InputError) as caught:
        preconditions(columns, person=refs[:6] * 2, **asked)
    assert [one.code for one in caught.value.problems] == ["duplicate-name"]
    assert "one wave" in str(caught.value)
    with pytest.raises(InputError) as caught:
        preconditions(columns, person=refs[:6], **asked)
    assert [(one.code, one.where) for one in caught.value.problems] == [("shape-mismatch", "$.person")]


def test_what_is_no_group_of_scores_says_how_to_score_a_frame() -> None:
    with pytest.raises(InputError) as caught:
        preconditions(5, at_least={"kennis": 50}, metric="pomp", source="own")  # type: ignore[arg-type]
    assert "igm.scoring.Scores.of_frame" in str(caught.value)
