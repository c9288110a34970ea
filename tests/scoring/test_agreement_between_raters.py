"""Intraclass correlations, kappa and agreement within groups are those of independent software."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from tests.analysis.oracle import oracle
from tests.steps import steps

from igm.constructs.schaal import LIKERT5
from igm.errors import InputError
from igm.scoring import KappaWeights, icc, icc_groups, rwg, rwg_j, weighted_kappa

CASES = oracle("icc")["cases"]
GROUPS = oracle("icc")["groups"]
FORMS = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES)
def test_six_forms_with_f_p_and_interval(case: str, form: Any) -> None:
    expected = CASES[case]["ICC"][form]
    found = icc(CASES[case]["data"])[form]
    assert found.interval is not None
    made = {"icc": found.value, "F": found.f, "df1": found.df1, "df2": found.df2, "p": found.p}
    assert made == pytest.approx({name: expected[name] for name in made}, rel=1e-10, abs=1e-12)
    assert [found.interval.low, found.interval.high] == pytest.approx(expected["ci95"], abs=1e-10)


@pytest.mark.parametrize("case", CASES)
def test_the_mean_squares(case: str) -> None:
    found = icc(np.array(CASES[case]["data"]))
    made = {"MSB": found.ms_between, "MSJ": found.ms_raters, "MSE": found.ms_error}
    assert made == pytest.approx(CASES[case]["ms"], abs=1e-12)


def test_the_values_that_were_published_with_the_formulas() -> None:
    found = icc(CASES["shrout_fleiss_1979"]["data"])
    values = [found[form].value for form in found.forms]
    assert [round(one, 3) for one in values if one is not None] == [0.166, 0.290, 0.715, 0.443, 0.620, 0.909]


def test_negative_values_are_not_cut_off() -> None:
    found = icc([[1, 5], [5, 1], [2, 4], [4, 2]])
    assert found["ICC1"].value == -1.0
    assert found["ICC3k"].value is None  # nothing lies between people, so there is nothing to divide by


def test_who_was_not_rated_by_all_is_told() -> None:
    x = [*CASES["likert5_n20_k2"]["data"], [3, None]]
    found = icc(x)
    assert found.n == 20
    assert [note.code for note in found.notes] == ["people-dropped"]
    assert found["ICC1"].value == icc(x[:-1])["ICC1"].value


@pytest.mark.parametrize(
    ("x", "code"),
    [([[1], [2]], "one-rater"), ([[1, 2]], "few-people"), ([[3, 3], [3, 3]], "no-spread-ratings")],
)
def test_without_correlations_the_first_note_says_why(x: Any, code: str) -> None:
    found = icc(x)
    assert found.notes[0].code == code
    with pytest.raises(InputError, match="no such form"):
        found["ICC1"]


def test_complete_agreement_is_one_and_has_no_f() -> None:
    found = icc([[4.1, 4.1], [1.3, 1.3], [3.7, 3.7]])
    assert {form.value for form in found.forms.values()} == {1.0}
    assert {(form.f, form.p, form.interval) for form in found.forms.values()} == {(None, None, None)}


def test_a_rater_who_is_stricter_counts_against_agreement_and_not_against_consistency() -> None:
    found = icc([[1, 2], [2, 3], [4, 5]])
    assert found["ICC3"].value == pytest.approx(1)
    assert found["ICC2"].value is not None
    assert found["ICC2"].value < 1


def test_rwg_and_icc_of_groups_are_those_of_independent_software() -> None:
    x, group = np.array(GROUPS["data"]), GROUPS["group"]
    one = rwg(x[:, 0], group, schaal=LIKERT5)
    several = rwg_j(x, group, schaal=LIKERT5)
    assert [found.value for found in one] == pytest.approx(GROUPS["rwg_item1"]["rwg"], abs=1e-12)
    assert [found.n for found in one] == GROUPS["rwg_item1"]["n"]
    assert [found.value for found in several] == pytest.approx(GROUPS["rwg_j"]["rwg_j"], abs=1e-12)
    assert one[0].null_variance == GROUPS["uniform_null_variance"]
    found = icc_groups(x.mean(axis=1), group)
    assert found.icc1 == pytest.approx(GROUPS["ICC1_bartko_mean_group_size"], abs=1e-12)
    assert found.icc2 == pytest.approx(GROUPS["ICC2"], abs=1e-12)
    assert [found.df1, found.df2] == GROUPS["anova"]["df"]
    assert found.ms_within == pytest.approx(GROUPS["anova"]["MSW"], abs=1e-12)
    assert [note.code for note in found.notes] == ["unbalanced"]


def test_with_groups_of_one_size_both_icc1_are_one_and_that_of_the_analysis_by_rater() -> None:
    x = np.array(CASES["likert7_n12_k3"]["data"])
    found = icc_groups(x.ravel(), np.repeat(np.arange(12), 3))
    form = icc(x)
    assert found.icc1 == pytest.approx(found.icc1_g0, abs=1e-12)
    assert found.icc1 == pytest.approx(form["ICC1"].value, abs=1e-12)
    assert found.icc2 == pytest.approx(form["ICC1k"].value, abs=1e-12)
    assert found.p == pytest.approx(form["ICC1"].p, rel=1e-9)


def test_g0_is_smaller_than_the_mean_when_sizes_differ() -> None:
    found = icc_groups([1, 2, 3, 4, 5, 6, 7], list("aabbbbb"))
    assert found.mean_size == 3.5
    assert found.g0 == pytest.approx(7 - 29 / 7)


def test_rwg_below_zero_is_set_to_zero_and_kept_raw() -> None:
    (found,) = rwg([1, 5, 1, 5], schaal=LIKERT5)
    assert found.value == 0.0
    assert found.raw == pytest.approx(1 - (16 / 3) / 2)
    assert "negative-rwg" in [note.code for note in found.notes]
    (several,) = rwg_j([[1, 5, 1], [5, 1, 5], [1, 5, 5], [5, 1, 1]], schaal=LIKERT5)
    assert several.value == 0.0
    assert several.raw is not None
    assert several.raw > 1  # the formula leaves its range: it is kept, and not used


def test_one_item_gives_the_same_both_ways() -> None:
    ratings = [2, 3, 3, 5]
    one, other = rwg(ratings, schaal=LIKERT5)[0], rwg_j([[r] for r in ratings], schaal=LIKERT5)[0]
    assert (one.value, one.variance) == (other.value, other.variance)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({}, "missing-field"),
        ({"schaal": LIKERT5, "null_variance": 2}, "invalid-value"),
        ({"null_variance": 0}, "value-out-of-range"),
        ({"schaal": 5}, "invalid-value"),
        ({"schaal": LIKERT5, "group": ["a"]}, "shape-mismatch"),
        ({"schaal": LIKERT5, "group": ["a", None]}, "missing-field"),
    ],
)
def test_what_agreement_within_groups_needs_is_checked(options: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        rwg([1, 2], **options)
    assert caught.value.code == code


def test_a_group_of_one_has_no_agreement() -> None:
    found = rwg([4, None, 3, 3], ["a", "a", "b", "b"], schaal=LIKERT5)
    assert [(one.value, one.notes[0].code) for one in found] == [(None, "few-people"), (1.0, "few-raters")]


@pytest.mark.parametrize(
    ("values", "group", "code"),
    [
        ([1, 2], ["a", "a"], "one-group"),
        ([1, 2], ["a", "b"], "groups-of-one"),
        ([2, 2, 2, 2], list("aabb"), "no-spread-ratings"),
        ([], [], "one-group"),
    ],
)
def test_without_icc_of_groups_the_first_note_says_why(values: Any, group: Any, code: str) -> None:
    found = icc_groups(values, group)
    assert found.icc1 is None
    assert found.notes[0].code == code


JUDGED = [1, 2, 3, 2, 1, 5, 4, 3, 2], [1, 2, 2, 3, 1, 4, 4, 3, 5]


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
def test_kappa_and_its_error_by_the_formula_for_agreement(weights: KappaWeights) -> None:
    found = weighted_kappa(*JUDGED, weights=weights)
    p = np.zeros((5, 5))
    for one, other in zip(*JUDGED, strict=True):
        p[one - 1, other - 1] += 1 / 9
    apart = np.abs(np.subtract.outer(np.arange(5), np.arange(5))) / 4
    w = 1 - {"none": (apart > 0).astype(float), "linear": apart, "quadratic": apart**2}[weights]
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    seen, chance = float((w * p).sum()), float(rows @ w @ columns)
    kappa = (seen - chance) / (1 - chance)
    beside = (w @ columns)[:, None] + (rows @ w)[None, :]
    inner = (p * (w - beside * (1 - kappa)) ** 2).sum() - (kappa - chance * (1 - kappa)) ** 2
    assert found.value == pytest.approx(kappa, abs=1e-12)
    assert found.se == pytest.approx(np.sqrt(inner / 9) / (1 - chance), abs=1e-12)


def test_the_published_example_of_kappa() -> None:
    # Fleiss, Levin and Paik, two raters of a hundred people in three categories
    table = {("p", "p"): 75, ("p", "n"): 1, ("p", "o"): 4, ("n", "p"): 5, ("n", "n"): 4, ("n", "o"): 1}
    table |= {("o", "p"): 0, ("o", "n"): 0, ("o", "o"): 10}
    pairs = [pair for pair, count in table.items() for _ in range(count)]
    a, b = zip(*pairs, strict=True)
    found = weighted_kappa(a, b, weights="none", categories=["p", "n", "o"])
    assert found.value == pytest.approx(0.6765, abs=5e-5)
    assert found.se == pytest.approx(0.088, abs=5e-4)


def test_quadratic_weights_of_texts_go_by_their_place() -> None:
    names = ["laag", "midden", "hoog"]
    a, b = [0, 1, 2, 2, 0, 1], [0, 2, 2, 1, 1, 1]
    by_name = weighted_kappa(
        [names[x] for x in a], [names[x] for x in b], weights="quadratic", categories=names
    )
    assert by_name.value == weighted_kappa(a, b, weights="quadratic").value


def test_numbers_lie_as_far_apart_as_they_are_and_texts_as_their_places() -> None:
    # as texts it is what kappa2 of the R package irr has (read, not run): the places of what occurs
    a, b = [1, 2, 5, 5, 1, 2], [1, 5, 5, 2, 2, 2]

    def kappa(at: dict[int, int]) -> float:
        seen = sum(abs(at[x] - at[y]) for x, y in zip(a, b, strict=True)) / 6
        chance = sum(abs(at[x] - at[y]) for x in a for y in b) / 36
        return 1 - seen / chance

    assert weighted_kappa(a, b).value == pytest.approx(kappa({1: 1, 2: 2, 5: 5}), rel=1e-12)
    texts = weighted_kappa([str(x) for x in a], [str(y) for y in b], categories=["1", "2", "5"])
    assert texts.value == pytest.approx(kappa({1: 0, 2: 1, 5: 2}), rel=1e-12)


def test_who_was_judged_once_does_not_count() -> None:
    found = weighted_kappa([1, 2, None, 3], [1, None, 2, 3])
    assert (found.n, found.n_missing, found.value) == (2, 2, 1.0)


def test_kappa_without_differences_or_people_says_why() -> None:
    assert weighted_kappa([2, 2], [2, 2]).notes[0].code == "no-spread-ratings"
    assert weighted_kappa([], []).notes[0].code == "no-answers"


@pytest.mark.parametrize(
    ("a", "b", "options", "code"),
    [
        ([1, 2], [1], {}, "shape-mismatch"),
        (["x"], ["y"], {}, "missing-field"),
        (["x"], ["y"], {"categories": ["x", "x"]}, "duplicate-name"),
        ([1], [4], {"categories": [1, 2, 3]}, "invalid-value"),
        ([1], [2], {"weights": "cubic"}, "unknown-name"),
        ("12", [1, 2], {}, "invalid-value"),
    ],
)
def test_judgements_are_checked(a: Any, b: Any, options: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        weighted_kappa(a, b, **options)
    assert code in {problem.code for problem in caught.value.problems}


ratings = hnp.arrays(np.int64, st.tuples(st.integers(3, 10), st.integers(2, 4)), elements=st.integers(1, 5))


@given(ratings)
def test_quadratic_kappa_is_nearly_an_intraclass_correlation_and_no_form_is_above_one(x: Any) -> None:
    found = icc(x)
    for form in found.forms.values():
        assert form.value is None or form.value <= 1 + 1e-12
    kappa = weighted_kappa(x[:, 0], x[:, 1], weights="quadratic")
    # Krippendorff 1970, Fleiss and Cohen 1973: with population variances it is Lin's concordance
    a, b = x[:, 0].astype(float), x[:, 1].astype(float)
    below = a.var() + b.var() + (a.mean() - b.mean()) ** 2
    if kappa.value is not None:
        concordance = 2 * ((a - a.mean()) * (b - b.mean())).mean() / below
        assert kappa.value == pytest.approx(concordance, abs=1e-9)


@given(ratings)
def test_stepping_up_one_rater_gives_the_mean_of_all(x: Any) -> None:
    found = icc(x)
    k = x.shape[1]
    forms: list[tuple[Any, Any]] = [("ICC1", "ICC1k"), ("ICC3", "ICC3k")]
    for single, mean in forms:
        if found.forms and (expected := found[mean].value) is not None:
            r: Any = found[single].value
            if abs(1 + (k - 1) * r) > 1e-6:
                assert expected == pytest.approx(k * r / (1 + (k - 1) * r), rel=1e-6, abs=1e-6)


def test_an_answer_outside_the_scale_has_no_variance_by_chance() -> None:
    with pytest.raises(InputError) as refused:
        rwg([1, 2, 30, 0], schaal=LIKERT5)
    assert [(one.code, one.where) for one in refused.value.problems] == [
        ("value-out-of-range", "$.ratings[2]"),
        ("value-out-of-range", "$.ratings[3]"),
    ]
    assert rwg([1, 2, 30], null_variance=2.0)[0].variance == pytest.approx(271.0)


def test_more_groups_are_worked_out_at_once_and_not_one_by_one() -> None:
    answers = np.random.default_rng(2026).integers(1, 6, (600, 3)).astype(float)
    few, many = np.arange(600) % 2, np.arange(600) % 200
    rwg_j(answers, few, schaal=LIKERT5), icc_groups(answers[:, 0], few)  # what is loaded once does not count
    a_group = (
        steps(lambda: rwg_j(answers, many, schaal=LIKERT5))
        - steps(lambda: rwg_j(answers, few, schaal=LIKERT5))
    ) / 198
    assert a_group < 20
    more = steps(lambda: icc_groups(answers[:, 0], many)) - steps(lambda: icc_groups(answers[:, 0], few))
    assert abs(more) < 100


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=40))
def test_each_group_is_what_it_is_alone(rows: list[tuple[int, int, int]]) -> None:
    groups = [group for group, _, _ in rows]
    answers = np.array([row[1:] for row in rows], dtype=float)
    answers[::7, 0] = np.nan
    for found in rwg_j(answers, groups, schaal=LIKERT5):
        alone = rwg_j(answers[np.array(groups) == found.group], schaal=LIKERT5)[0]
        assert (found.n, found.k, found.notes) == (alone.n, alone.k, alone.notes)
        own = answers[(np.array(groups) == found.group) & ~np.isnan(answers).any(axis=1)]
        expected = own.var(axis=0, ddof=1).mean() if len(own) > 1 else None
        assert found.variance == (None if expected is None else pytest.approx(expected, abs=1e-12))
    assert [one.group for one in rwg_j(answers, groups, schaal=LIKERT5)] == list(dict.fromkeys(groups))
