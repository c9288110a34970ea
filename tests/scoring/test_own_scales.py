"""Scorers with a scale of their own: the same bits everywhere, on a scale that every result names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.frames import EAGER, QUICK, every_lazy_frame, make, rows
from tests.scoring.conftest import MakeLijst, _lijst

import igm
from igm.constructs import LIKERT5, LIKERT7, Schaal, Vragenlijst, Waarde
from igm.errors import InputError, UnknownNameError
from igm.scoring import ItemScorer, OwnScale, QuotientScorer, composites, scorers
from igm.scoring.protocols import FloatArray
from igm.testing import check_scorer

PAIRS = [("k1", "k2"), ("k3", "k4"), ("k5", "k6")]
GRADED = {
    "a1": (1.2, (-1.5, -0.5, 0.4, 1.6)),
    "a2": (2.1, (-1.0, -0.2, 0.9, 1.9)),
    "a3": (0.8, (-2.5, -1, 1, 2.2)),
}


@pytest.fixture(scope="module")
def lijst() -> Vragenlijst:
    """Three items of houding, six of kennis in three pairs, three of context that a model scores; some reversed."""
    return _lijst(
        ("h1", "houding", False, "ervaring"),
        ("h2", "houding", True, "ervaring"),
        ("h3", "houding", False, None),
        *((f"k{place}", "kennis", place == 4, None) for place in range(1, 7)),
        *((f"a{place}", "context", place == 2, None) for place in range(1, 4)),
    )


def together(belief: Any = "unipolar", evaluation: Any = "bipolar", rest: Any = None) -> ItemScorer:
    return scorers.by_construct(
        {
            "kennis": scorers.expectancy_value(PAIRS, belief=belief, evaluation=evaluation),
            "context": rest or scorers.graded_response(GRADED, source="proef", n=500),
        },
        otherwise=scorers.sum(),
    )


# what they give


@given(st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=1, max_size=9))
def test_a_sum_is_k_times_the_mean_and_pomp_its_place_on_the_scale(answers: list[int | None]) -> None:
    valid = [answer for answer in answers if answer is not None]
    mean = scorers.mean().one(answers, [], LIKERT5)
    total, pomp = scorers.sum().one(answers, [], LIKERT5), scorers.pomp().one(answers, [], LIKERT5)
    if mean is None:
        assert total is pomp is None
        return
    assert total == pytest.approx(len(answers) * mean, rel=1e-15)
    assert pomp == pytest.approx(LIKERT5.pomp(mean), rel=1e-14, abs=1e-13)
    if len(valid) == len(answers):
        assert total == sum(valid)


def test_a_score_carries_the_scale_of_its_scorer(lijst: Vragenlijst) -> None:
    answers = {item.id: 5 for item in lijst.items}
    scores = igm.score([answers], lijst, scorer="sum")
    assert [str(scale) for scale in scores.scales.values()] == ["3–15", "6–30", "3–15"]
    assert str(scores.schaal) == "1–5"
    houding = scores.profiel(0)["houding"]
    assert isinstance(houding, Waarde)
    assert (houding.score, str(houding.schaal), houding.n_valid) == (11.0, "3–15", 3)
    assert dict(houding.facetten) == {}
    assert [scale["maximum"] for scale in scores.to_dict()["scales"]] == [15, 30, 15]
    assert "schaal 3–15: houding, context" in str(scores)
    assert "schaal 6–30: kennis" in str(scores)
    assert igm.Profiel.from_dict(scores.profiel(0).to_dict()) == scores.profiel(0)


def test_scales_that_differ_are_combined_only_when_that_is_said(lijst: Vragenlijst) -> None:
    answers = {item.id: 4 for item in lijst.items}
    assert igm.score(answers, lijst, scorer="sum").composites == {}
    assert set(igm.score(answers, lijst, scorer="pomp").composites) == {"willen", "kunnen"}
    with pytest.raises(InputError, match="mixed-scales"):
        igm.score(answers, lijst, scorer="sum", composite="mean")
    made = igm.score(answers, lijst, scorer="sum", composite=composites.mean(metric="pomp"))
    assert made.composites["kunnen"].metric == "pomp"


def test_a_scale_too_wide_to_stay_exact_is_refused() -> None:
    wide = _lijst(("h1", "houding", False, None), schaal=Schaal(minimum=0, maximum=2**50))
    with pytest.raises(InputError, match="scale-invalid"):
        igm.score({"h1": 3}, wide, scorer="pomp")
    many = _lijst(
        *((f"h{k}", "houding", False, None) for k in range(40)), schaal=Schaal(minimum=0, maximum=2**46)
    )
    with pytest.raises(InputError, match="scale-invalid"):
        igm.score({"h1": 3}, many, scorer="sum")


# the same everywhere


@pytest.mark.parametrize("name", ["sum", "pomp"])
def test_ready_scorers_pass_the_check(name: str) -> None:
    scorer: Any = igm.scoring.scorer(name)
    assert isinstance(scorer, OwnScale)
    assert isinstance(scorer, QuotientScorer)
    check_scorer(scorer, examples=100)


@pytest.mark.parametrize("belief", ["unipolar", "from_zero", "bipolar"])
@pytest.mark.parametrize("evaluation", ["unipolar", "from_zero", "bipolar"])
def test_expectancy_value_passes_the_check(belief: Any, evaluation: Any) -> None:
    scorer = scorers.expectancy_value([("i1", "i3"), ("i2", "i0")], belief=belief, evaluation=evaluation)
    for width in (4, 5):
        items = [(f"i{place}", "kennis", place == 2, None) for place in range(4)]
        own = _lijst(*items, schaal=Schaal(minimum=-1, maximum=width - 1))
        check_scorer(scorer, lijst=own, examples=40)


def test_scorers_by_construct_pass_the_check(lijst: Vragenlijst) -> None:
    check_scorer(together(), lijst=lijst, examples=60)
    check_scorer(together(rest=scorers.pomp()), lijst=lijst, examples=40)


@st.composite
def people(draw: st.DrawFn, ids: Sequence[str]) -> dict[str, list[int | None]]:
    n = draw(st.integers(1, 7))
    answer = st.none() | st.integers(1, 5)
    return {name: draw(st.lists(answer, min_size=n, max_size=n)) for name in ids}


IDS = [*(f"h{k}" for k in range(1, 4)), *(f"k{k}" for k in range(1, 7)), *(f"a{k}" for k in range(1, 4))]


def check_frame(kind: str, lijst: Vragenlijst, columns: dict[str, list[Any]], scorer: Any, rule: Any) -> None:
    n = len(columns["h1"])
    frame = make(kind, {"key": list(range(n)), **columns})
    found = rows(igm.score(frame, lijst, scorer=scorer, min_valid=rule, keep=["key"]))
    alone = [
        igm.score({name: some[row] for name, some in columns.items()}, lijst, scorer=scorer, min_valid=rule)
        for row in range(n)
    ]
    for row, profiel in zip(found, alone, strict=True):
        for key in lijst.constructs:
            assert (
                row[key.value] == profiel.known[key].score if key in profiel.known else row[key.value] is None
            )


@pytest.mark.parametrize("kind", EAGER)
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_frame_in_memory_has_the_bits_of_one_person(
    kind: str, lijst: Vragenlijst, data: st.DataObject
) -> None:
    asked = data.draw(st.sets(st.sampled_from(IDS), max_size=4))
    columns = data.draw(people([name for name in IDS if name == "h1" or name not in asked]))
    scorer = data.draw(st.sampled_from(["sum", "pomp", together()]))
    types: Any = data.draw(st.sampled_from(["half", "all", 1]))
    check_frame(kind, lijst, columns, scorer, types)


@every_lazy_frame
def test_a_frame_that_waits_has_the_bits_of_one_person(kind: str, lijst: Vragenlijst) -> None:
    rng = np.random.default_rng(5)
    columns = {
        name: [int(x) if x <= 5 else None for x in rng.integers(1, 7, 12)]
        for name in IDS
        if name not in {"h3", "k5"}  # items without a column
    }
    for belief, evaluation in (("unipolar", "bipolar"), ("bipolar", "from_zero")):
        scorer = together(belief, evaluation, scorers.pomp())
        assert isinstance(scorer, QuotientScorer)
        check_frame(kind, lijst, columns, scorer, "half")
    for name in ("sum", "pomp"):
        check_frame(kind, lijst, columns, name, 1)


def test_every_kind_of_frame_is_tried() -> None:
    assert set(EAGER) < set(QUICK)


def test_what_engines_cannot_run_is_refused_by_name(lijst: Vragenlijst) -> None:
    frame = make("polars lazy", {name: [4, 2] for name in IDS})
    assert not isinstance(together(), QuotientScorer)
    with pytest.raises(InputError, match=r"context graded_response \(proef\).*cannot be run by"):
        igm.score(frame, lijst, scorer=together())


# what a scorer of one's own may do


class Doubled:
    name = "doubled"

    def scale(self, items: Sequence[Any], schaal: Schaal, /) -> Schaal:
        return Schaal(minimum=2 * schaal.minimum, maximum=2 * schaal.maximum)

    def one(self, answers: Sequence[int | None], items: Any, schaal: Schaal, /) -> float | None:
        return 2.0 * max(answer for answer in answers if answer is not None)

    def many(self, answers: FloatArray, items: Any, schaal: Schaal, /) -> FloatArray:
        highest: FloatArray = 2 * np.nanmax(answers, axis=1)
        return highest


class Off(Doubled):
    def scale(self, items: Sequence[Any], schaal: Schaal, /) -> Schaal:
        return Schaal(minimum=schaal.minimum, maximum=schaal.maximum)


class NoScale(Doubled):
    def scale(self, items: Sequence[Any], schaal: Schaal, /) -> Any:
        return (2, 10)


def test_a_plugin_can_have_a_scale_of_its_own() -> None:
    check_scorer(Doubled(), examples=60)
    with pytest.raises(AssertionError, match="no score on the scale"):
        check_scorer(Off(), examples=60)
    with pytest.raises(AssertionError, match="gives no Schaal"):
        check_scorer(NoScale(), examples=5)


# expectancy-value


def _pairs(*answers: int | None, belief: Any, evaluation: Any, schaal: Schaal, **more: Any) -> float | None:
    n = len(answers) // 2
    own = _lijst(*((f"i{place}", "kennis", False, None) for place in range(2 * n)), schaal=schaal)
    pairs = [(f"i{2 * place}", f"i{2 * place + 1}") for place in range(n)]
    scorer = scorers.expectancy_value(pairs, belief=belief, evaluation=evaluation, **more)
    return scorer.one(answers, own.items, schaal)


SEVEN = Schaal(minimum=1, maximum=7)


@pytest.mark.parametrize(
    ("belief", "evaluation", "score", "scale"),
    [
        ("unipolar", "bipolar", (7 * 3 + 1 * -3) / 2, "-21–21"),
        ("bipolar", "bipolar", (3 * 3 + -3 * -3) / 2, "-9–9"),
        ("unipolar", "unipolar", (7 * 7 + 1 * 1) / 2, "1–49"),
        ("from_zero", "bipolar", (6 * 3 + 0 * -3) / 2, "-18–18"),
        ("from_zero", "from_zero", (6 * 6 + 0) / 2, "0–36"),
    ],
)
def test_the_coding_decides_what_a_product_says(
    belief: Any, evaluation: Any, score: float, scale: str
) -> None:
    assert _pairs(7, 7, 1, 1, belief=belief, evaluation=evaluation, schaal=SEVEN) == score
    scorer = scorers.expectancy_value([("a", "b")], belief=belief, evaluation=evaluation)
    assert isinstance(scorer, OwnScale)
    assert str(scorer.scale([], SEVEN)) == scale
    assert f"belief {belief}, evaluation {evaluation}" in scorer.name


def test_an_even_number_of_answers_has_no_middle() -> None:
    four = Schaal(minimum=1, maximum=4)
    codes = [
        _pairs(1, answer, belief="unipolar", evaluation="bipolar", schaal=four) for answer in range(1, 5)
    ]
    assert codes == [-3, -1, 1, 3]


def test_only_pairs_of_which_both_are_known_count() -> None:
    coded: dict[str, Any] = {"belief": "unipolar", "evaluation": "bipolar", "schaal": SEVEN}
    assert _pairs(6, 6, 5, None, **coded) == 12.0
    assert _pairs(6, 6, 5, None, None, 2, **coded) is None  # one of three pairs
    assert _pairs(6, 6, 5, None, None, 2, **coded, min_pairs=1) == 12.0
    assert _pairs(6, 6, 5, None, **coded, min_pairs="all") is None


@given(
    st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=1, max_size=6),
    st.sampled_from(["unipolar", "from_zero", "bipolar"]),
)
def test_moving_the_zero_adds_the_sums_of_the_parts(pairs: list[tuple[int, int]], coding: Any) -> None:
    # (b + B) e = b e + B e
    flat = [answer for pair in pairs for answer in pair]
    of = {
        belief: _pairs(*flat, belief=belief, evaluation=coding, schaal=SEVEN)
        for belief in ("unipolar", "bipolar")
    }
    shift = {"unipolar": 0, "from_zero": -1, "bipolar": -4}[coding]
    evaluations = sum(other + shift for _, other in pairs) / len(pairs)
    assert of["unipolar"] is not None
    assert of["bipolar"] == pytest.approx(of["unipolar"] - 4 * evaluations, abs=1e-12)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"belief": "unipolair", "evaluation": "bipolar"}, "unknown-name"),
        ({"belief": "unipolar", "evaluation": None}, "unknown-name"),
        ({"belief": "unipolar", "evaluation": "bipolar", "min_pairs": 0}, "invalid-value"),
    ],
)
def test_a_coding_is_never_guessed(asked: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        scorers.expectancy_value(PAIRS, **asked)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ("k1k2", "invalid-value"),
        ([("k1",)], "invalid-value"),
        ([("k1", 2)], "invalid-value"),
        ([("k1", "k1")], "duplicate-name"),
        ([("k1", "k2"), ("k2", "k3")], "duplicate-name"),
        ([], "missing-field"),
    ],
)
def test_pairs_are_read_strictly(pairs: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        scorers.expectancy_value(pairs, belief="unipolar", evaluation="bipolar")
    assert caught.value.code == code


def test_every_item_of_a_construct_stands_in_a_pair(lijst: Vragenlijst) -> None:
    asked: dict[str, Any] = {"belief": "unipolar", "evaluation": "bipolar"}
    with pytest.raises(InputError, match=r"8 items stand in no pair.*h1, h2, h3, k5, k6"):
        igm.score({}, lijst, scorer=scorers.expectancy_value(PAIRS[:2], **asked))
    for pairs, what in (
        ([*PAIRS, ("k7", "h1")], "an item that is not there"),
        ([*PAIRS, ("a1", "h1")], "two constructs"),
    ):
        with pytest.raises(InputError, match=what):
            igm.score({}, lijst, scorer=scorers.expectancy_value(pairs, **asked))


# graded response


def likelihood(theta: float, answers: Sequence[int | None]) -> float:
    chance = 1.0
    for (a, b), answer in zip(GRADED.values(), answers, strict=True):
        if answer is not None:
            reached = [1.0, *(1 / (1 + math.exp(-a * (theta - one))) for one in b), 0.0]
            chance *= reached[answer - 1] - reached[answer]
    return chance


def graded(**more: Any) -> Any:
    return scorers.graded_response(GRADED, source="proef", n=500, **more)


@pytest.mark.parametrize("answers", [[1, 1, 1], [5, 5, 5], [3, 1, 5], [None, 2, None], [4, None, 4]])
def test_the_score_and_its_uncertainty_are_the_integrals(
    lijst: Vragenlijst, answers: list[int | None]
) -> None:
    from scipy.integrate import quad

    def moment(power: int, centre: float = 0.0) -> float:
        found: float = quad(
            lambda t: (t - centre) ** power * math.exp(-t * t / 2) * likelihood(t, answers),
            -10, 10, epsabs=0, epsrel=1e-11, limit=300,
        )[0]  # fmt: skip
        return found

    mean = moment(1) / moment(0)
    sd = math.sqrt(moment(2, mean) / moment(0))
    row = np.array([[np.nan if answer is None else answer for answer in answers]], dtype=np.float64)
    items = lijst.items_for("context")
    wide = graded(lowest=-10, highest=10, nodes=201).posterior(row, items, LIKERT5)
    assert wide.eap[0] == pytest.approx(mean, abs=1e-10)
    assert wide.sd[0] == pytest.approx(sd, abs=1e-10)
    usual = graded().posterior(row, items, LIKERT5)
    assert usual.eap[0] == pytest.approx(mean, abs=2e-6)  # the ends of -6 to 6 lack so much
    assert graded().one(answers, items, LIKERT5) == usual.eap[0]


def test_the_posterior_goes_with_the_scores(lijst: Vragenlijst) -> None:
    people = [{"a1": 5, "a2": 1, "a3": 5}, {"a1": 3, "a2": 3}, {"a1": 3}, {}]
    scores = igm.score(people, lijst, scorer=together())
    found = scores.posterior("context")
    assert np.array_equal(found.eap, scores["context"], equal_nan=True)
    assert np.isnan(found.sd).tolist() == [False, False, True, True]  # one of three items is too few
    assert found.sd[0] < 1
    assert found.eap[0] > found.eap[1]  # a2 is reversed
    assert repr(found) == "Posterior(n=4)"
    with pytest.raises(InputError, match="'sum' has no posterior"):
        scores.posterior("houding")


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (None, "shape-mismatch"),
        ([1, 2, 3], "invalid-value"),
        (np.ones((2, 2)), "shape-mismatch"),
        (np.ones((1, 3, 1)), "shape-mismatch"),
        (np.array([["a", "b", "c"]]), "not-a-number"),
        ([[1, 2, 6]], "value-out-of-range"),
        ([[1, 2, 0]], "value-out-of-range"),
        ([[1, 2, 2.5]], "value-out-of-range"),
        ([[1, 2, np.inf]], "not-a-number"),
    ],
)
def test_a_posterior_of_what_is_no_answer_is_refused(lijst: Vragenlijst, answers: Any, code: str) -> None:
    with pytest.raises(InputError) as refused:
        graded().posterior(answers, lijst.items_for("context"), LIKERT5)
    assert refused.value.code == code


@pytest.mark.parametrize("items", [None, 3, "a1", [1], ["a1", "a2", "a3"]])
@pytest.mark.parametrize("schaal", [None, 3, "1-5", (1, 5), LIKERT7])
def test_a_posterior_of_other_items_or_on_another_scale_is_refused(
    lijst: Vragenlijst, items: Any, schaal: Any
) -> None:
    row: Any = [[1, 2, None]]
    own = lijst.items_for("context")
    with pytest.raises(InputError):
        graded().posterior(row, items, LIKERT5)
    with pytest.raises(InputError):
        graded().posterior(row, own, schaal)
    assert graded().posterior(row, list(own), LIKERT5).eap.shape == (1,)


def test_parameters_of_few_people_are_refused_with_the_reason() -> None:
    with pytest.raises(
        InputError, match="fewer than 200 people: its thresholds hang on a few answers"
    ) as caught:
        scorers.graded_response(GRADED, source="eigen meting", n=199)
    assert caught.value.code == "value-out-of-range"
    scorers.graded_response(GRADED, source="eigen meting", n=200)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"parameters": {}}, "$.parameters"),
        ({"parameters": {"a1": 1.5}}, "$.parameters.a1"),
        ({"parameters": {"a1": (1.5, "1234")}}, "$.parameters.a1"),
        ({"parameters": {"a1": (float("nan"), (0, 1))}}, "$.parameters.a1"),
        ({"parameters": {"a1": (-1.0, (0, 1))}}, "$.parameters.a1.a"),
        ({"parameters": {"a1": (1.0, (1, 0))}}, "$.parameters.a1.b"),
        ({"parameters": {"a1": (1.0, (0, 0))}}, "$.parameters.a1.b"),
        ({"parameters": {"a1": (1.0, ())}}, "$.parameters.a1.b"),
        ({"parameters": {"a1": (1.0, (0, 50))}}, "$.parameters.a1.b"),
        ({"source": " "}, "$.source"),
        ({"n": 800.5}, "$.n"),
        ({"n": True}, "$.n"),
        ({"nodes": 33}, "$.nodes"),
        ({"lowest": -4}, "$.lowest"),
        ({"highest": 4.0}, "$.highest"),
    ],
)
def test_parameters_are_read_strictly(change: Any, where: str) -> None:
    asked: dict[str, Any] = {"parameters": GRADED, "source": "proef", "n": 800, **change}
    parameters = asked.pop("parameters")
    with pytest.raises(InputError) as caught:
        scorers.graded_response(parameters, **asked)
    assert [problem.where for problem in caught.value.problems] == [where]


def test_items_and_parameters_are_the_same_ones(lijst: Vragenlijst) -> None:
    with pytest.raises(InputError, match="9 items have no parameters"):
        igm.score({}, lijst, scorer=graded())
    other = scorers.graded_response({**GRADED, "a4": (1.0, (0, 1, 2, 3))}, source="proef", n=500)
    with pytest.raises(InputError, match=r"\$\.parameters\.a4"):
        igm.score({}, lijst, scorer=scorers.by_construct({"context": other}, otherwise=scorers.mean()))
    seven = _lijst(*((name, "context", False, None) for name in GRADED), schaal=SEVEN)
    with pytest.raises(InputError, match="7 answers have 6 thresholds"):
        igm.score({}, seven, scorer=graded())


def test_contradicting_answers_of_many_items_still_have_a_score(make_lijst: MakeLijst) -> None:
    names = [f"c{place}" for place in range(60)]
    own = make_lijst(*((name, "context", False, None) for name in names))
    scorer = scorers.graded_response(dict.fromkeys(names, (3.0, (-1, 0, 1, 2))), source="proef", n=900)
    half = {name: 1 if place < 30 else 5 for place, name in enumerate(names)}
    score = igm.score(half, own, scorer=scorer).scores["context"]
    theta = np.linspace(-6, 6, 61)
    log = (
        -theta * theta / 2 - 30 * np.log1p(np.exp(3 * (theta + 1))) - 30 * np.log1p(np.exp(-3 * (theta - 2)))
    )
    mass = np.exp(log - log.max())
    assert score == pytest.approx((theta * mass).sum() / mass.sum(), abs=1e-12)


# by construct


def test_each_construct_has_its_scorer(lijst: Vragenlijst) -> None:
    answers = {item.id: 4 for item in lijst.items}
    profiel = igm.score(answers, lijst, scorer=together())
    assert [str(value.schaal) for value in profiel.known.values()] == ["3–15", "-10–10", "-6–6"]
    assert "kennis expectancy_value (belief unipolar, evaluation bipolar)" in str(profiel.gemaakt_met)
    assert "context graded_response (proef)" in str(profiel.gemaakt_met)


@pytest.mark.parametrize(
    ("given_", "error"),
    [
        ({}, InputError),
        ({"houding": "maen"}, InputError),
        ({"houding": 5}, InputError),
        ({"houdig": scorers.mean()}, UnknownNameError),
        ({"houding": scorers.mean(), "attitude": scorers.sum()}, InputError),
    ],
)
def test_scorers_by_construct_are_read_strictly(given_: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        scorers.by_construct(given_, otherwise=scorers.mean())


def test_a_scorer_for_what_is_not_asked_is_refused(lijst: Vragenlijst) -> None:
    scorer = scorers.by_construct({"intentie": scorers.sum()}, otherwise=scorers.mean())
    with pytest.raises(InputError, match="no item asks intentie"):
        igm.score({}, lijst, scorer=scorer)


@pytest.mark.parametrize("name", ["expectancy_value", "graded_response", "by_construct"])
def test_a_name_alone_does_not_make_them(name: str, lijst: Vragenlijst) -> None:
    with pytest.raises(InputError) as caught:
        igm.score({}, lijst, scorer=name)
    assert caught.value.code == "missing-field"
