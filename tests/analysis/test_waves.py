"""Waves compared: which test fits, what is said of it, and what is refused."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from scipy import stats

import igm
from igm._display import Language
from igm.analysis import (
    Summary,
    WaveComparisons,
    compare_published,
    compare_waves,
    independent,
    paired,
    partly_overlapping,
    report_table,
)
from igm.analysis._wave_cells import polarisation
from igm.analysis._wave_order import in_order
from igm.errors import InputError

ROWS = [
    ("a", "T0", "W", 2.0, 4.0), ("b", "T0", "W", 3.0, 3.0), ("c", "T0", "W", 2.5, 3.5), ("d", "T0", "W", 3.5, None),
    ("e", "T0", "W", 4.0, 2.0), ("a", "T1", "W", 3.0, 4.5), ("b", "T1", "W", 3.5, 3.0), ("c", "T1", "W", 3.5, 3.0),
    ("d", "T1", "W", 4.0, 4.0), ("f", "T1", "W", 4.5, 2.5), ("g", "T0", "Z", 1.0, 1.0), ("h", "T0", "Z", 5.0, 5.0),
    ("g", "T1", "Z", 5.0, 2.0), ("h", "T1", "Z", 1.0, 4.0),
]  # fmt: skip
NAMES = ("ref", "wave", "org", "houding", "kennis")


def columns() -> dict[str, list[Any]]:
    return {name: [row[place] for row in ROWS] for place, name in enumerate(NAMES)}


FRAMES: dict[str, Any] = {
    "pandas": lambda: pd.DataFrame(columns()),
    "pandas, nullable": lambda: pd.DataFrame(columns()).convert_dtypes(),
    "Polars": lambda: pl.DataFrame(columns()),
    "PyArrow": lambda: pa.table(columns()),
}


def compared(**arguments: Any) -> WaveComparisons:
    asked: dict[str, Any] = {"wave": "wave", "person": "ref", "by": "org", "schaal": igm.LIKERT5} | arguments
    return compare_waves(FRAMES["pandas"](), **asked)


@pytest.mark.parametrize("kind", FRAMES)
def test_every_frame_in_memory_gives_the_same(kind: str) -> None:
    found = compare_waves(FRAMES[kind](), wave="wave", person="ref", by=["org"], schaal=igm.LIKERT5)
    assert found.to_dict() == compared().to_dict()
    assert [(row.group["org"], row.construct) for row in found.rows] == [
        ("W", "houding"), ("W", "kennis"), ("Z", "houding"), ("Z", "kennis"),
    ]  # fmt: skip


def test_who_is_in_both_waves_decides_which_test_it_is() -> None:
    houding, _, everyone, _ = compared().rows
    assert houding.difference == partly_overlapping(
        [3.0, 3.5, 3.5, 4.0, None, 4.5], [2.0, 3.0, 2.5, 3.5, 4.0, None]
    )
    assert everyone.difference == paired([5.0, 1.0], [1.0, 5.0])
    assert houding.within is not None
    assert houding.leavers == independent([4.0], [2.0, 3.0, 2.5, 3.5])
    strangers = compared(person=None)
    assert strangers.notes == ("no-person",)
    assert strangers.rows[0].difference == independent([3.0, 3.5, 3.5, 4.0, 4.5], [2.0, 3.0, 2.5, 3.5, 4.0])
    assert "niet bekend" in strangers.text()


def test_chances_are_adjusted_in_the_family_that_is_said() -> None:
    everything = compared()
    assert {row.n_tests for row in everything.rows} == {4}
    for row in everything.rows:
        assert row.difference is not None
        assert row.p_adjusted is not None
        assert row.difference.p is not None
        assert row.p_adjusted >= row.difference.p
    assert {row.n_tests for row in compared(family="group").rows} == {2}
    alone = compared(family="construct")
    assert {row.n_tests for row in alone.rows} == {1}
    assert [row.p_adjusted for row in alone.rows] == [
        row.difference.p for row in alone.rows if row.difference
    ]
    assert "aantal toetsen 4" in everything.text()
    assert "niet aangepast voor het aantal toetsen (4)" in compared(adjust="none").text()
    assert "Benjamini" in compared(adjust="bh").text("en")


def test_what_stands_out_by_itself_only_is_said_to() -> None:
    row = compared().rows[0]
    assert row.difference is not None
    assert row.difference.p is not None
    assert row.p_adjusted is not None
    assert row.difference.p < 0.05 < row.p_adjusted
    assert "samen 4" in row.text()
    assert "samen" not in compared(family="construct").rows[0].text()


def test_three_waves_are_three_comparisons() -> None:
    rng = np.random.default_rng(7)
    frame = pd.DataFrame(
        {
            "wave": np.repeat([0, 1, 2], 12),
            "ref": np.tile(np.arange(12), 3),
            "houding": rng.integers(1, 6, 36),
        }
    )
    found = compare_waves(frame, wave="wave", person="ref")
    assert [(row.earlier, row.later) for row in found.rows] == [(0, 1), (0, 2), (1, 2)]
    turned = compare_waves(frame, wave="wave", person="ref", waves=[2, 0])
    assert [(row.earlier, row.later) for row in turned.rows] == [(2, 0)]
    assert turned.rows[0].difference is not None
    assert found.rows[1].difference is not None
    assert turned.rows[0].difference.estimate == -found.rows[1].difference.estimate


def test_nothing_says_that_there_is_no_effect_and_spread_is_no_trend() -> None:
    found = compared()
    for lang, forbidden in (("nl", ("geen effect", "geen verschil")), ("en", ("no effect", "no difference"))):
        wanted: Any = lang
        text = found.text(wanted)
        assert not any(words in text for words in forbidden)
    apart = found.rows[2]
    assert apart.apart
    assert "geen trend" in apart.text()
    assert "trend" not in found.rows[0].text()
    assert found.rows[2].verdict == "not-shown"
    assert "niet aangetoond" in found.rows[2].text()


def test_answers_at_both_ends_lie_as_far_apart_as_can_be() -> None:
    assert polarisation(Summary.of([1, 5, 1, 5]), igm.LIKERT5) == pytest.approx(1)
    assert polarisation(Summary.of([3, 3, 3]), igm.LIKERT5) == 0
    assert polarisation(Summary.of([5, 5]), igm.LIKERT5) is None
    assert polarisation(Summary.of([1, 5]), None) is None
    # the published table that the model's own sources read as a trend: 89 % of what is possible
    assert polarisation(Summary(3.88, 2.85, 20), igm.LIKERT7) == pytest.approx(0.93, abs=0.05)


def test_waves_without_scores_and_without_spread_say_so() -> None:
    frame = pd.DataFrame(
        {"wave": ["T0"] * 3 + ["T1"] * 3, "houding": [3.0] * 6, "kennis": [1.0, 2, 3] + [None] * 3}
    )
    found = compare_waves(frame, wave="wave")
    assert [row.verdict for row in found.rows] == ["no-test", "no-test"]
    assert found.rows[0].difference is not None
    assert found.rows[0].difference.undefined == "no-spread"
    assert found.rows[1].difference is None
    assert "spreiding" in found.rows[0].text()
    assert "niemand" in found.rows[1].text()
    assert {row.n_tests for row in found.rows} == {0}
    assert "geen scores" in found.table().text(200)


def test_the_table_and_its_forms() -> None:
    found = compared()
    text = found.table("en").text(240)
    assert "T0 → T1" in text
    assert "partly the same people" in text
    assert json.loads(json.dumps(found.to_dict()))["rows"][0]["difference"]["n_pairs"] == 4
    assert repr(found) == "WaveComparisons(comparisons=4, shown=0, adjust='holm')"
    assert "<table>" in found._repr_html_()
    assert len(found) == 4


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ({"wave": "golf"}, ["unknown-name"]),
        ({"wave": "golf", "person": "wie", "by": ["waar"]}, ["unknown-name"] * 3),
        ({"values": ["org"]}, ["not-a-number"]),
        ({"values": 5}, ["invalid-value"]),
        ({"by": None, "values": "houdin"}, ["invalid-value", "unknown-name"]),
        ({"by": ["org", "wave", "org", ["ref"]]}, ["unknown-name", "duplicate-name", "duplicate-name"]),
        ({"by": "ref"}, ["duplicate-name"]),
        ({"wave": None, "person": ["ref"]}, ["unknown-name"] * 2),
        ({"waves": "T0"}, ["invalid-value"]),
        ({"waves": 3}, ["invalid-value"]),
        ({"waves": [["T0"], pd.NA, np.array(["T0", "T1"])]}, ["unknown-name"] * 3),
        ({"schaal": 5}, ["invalid-value"]),
        ({"values": []}, []),
        ({"waves": ["T0"]}, ["missing-field"]),
        ({"waves": ["T0", "T9"]}, ["unknown-name"]),
        ({"waves": ["T0", "T0"]}, ["duplicate-name"]),
        (
            {"adjust": "holmes", "family": "table", "alpha": 5},
            ["unknown-name", "unknown-name", "value-out-of-range"],
        ),
        ({"level": 95}, ["value-out-of-range"]),
        ({"schaal": igm.Schaal(minimum=1, maximum=2)}, ["value-out-of-range"] * 2),
    ],
)
def test_what_cannot_be_asked_is_refused_all_at_once(arguments: dict[str, Any], codes: list[str]) -> None:
    if not codes:
        assert len(compared(**arguments)) == 0
        return
    with pytest.raises(InputError) as caught:
        compared(**arguments)
    assert [one.code for one in caught.value.problems] == codes


def test_rows_of_no_wave_and_nobody_and_people_twice_are_told_together() -> None:
    frame = pd.DataFrame(
        {
            "wave": ["T0", None, "T1", "T1", "T0"],
            "ref": ["a", "b", None, "c", "a"],
            "houding": [1.0, 2, 3, 4, 5],
        }
    )
    with pytest.raises(InputError) as caught:
        compare_waves(frame, wave="wave", person="ref")
    assert [(one.code, one.where) for one in caught.value.problems] == [
        ("missing-field", "$.wave"), ("missing-field", "$.ref"), ("duplicate-name", "$.ref"),
    ]  # fmt: skip


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame({"wave": [], "houding": []}), [1, 2], None])
def test_empty_frames_and_no_frames_are_refused(frame: Any) -> None:
    with pytest.raises(InputError):
        compare_waves(frame, wave="wave")


def test_infinite_scores_and_waiting_frames_are_refused() -> None:
    for far in (math.inf, 1e200):
        with pytest.raises(InputError, match="not-a-number"):
            compare_waves(pd.DataFrame({"wave": [0, 1], "houding": [1.0, far]}), wave="wave")
    with pytest.raises(InputError, match="collect"):
        compare_waves(pl.LazyFrame(columns()), wave="wave")


def test_published_figures_are_compared_as_other_people() -> None:
    rows: list[dict[str, Any]] = [
        {"wave": "T0", "org": "W", "construct": "context", "n": "37", "mean": "4,82", "sd": "1.35"},
        {"wave": "T2", "org": "W", "construct": "context", "n": 29.0, "mean": 5.42, "sd": 1.17},
        {"wave": "T0", "org": "W", "construct": "houding", "n": 37, "mean": 5.84, "sd": 1.17},
    ]
    found = compare_published(rows, bron="een tabel", by="org")
    assert found.rows[0].difference == independent(Summary(5.42, 1.17, 29), Summary(4.82, 1.35, 37))
    assert found.rows[1].difference is None
    assert "een tabel" in found.text()
    assert found.notes == ("published",)


def test_every_fault_of_published_rows_is_told() -> None:
    rows: Any = [
        {"wave": "T0", "construct": "context", "n": 0, "mean": 4.82, "sd": -1},
        {"wave": "T0", "construct": "houding", "n": 37, "mean": "veel", "sd": 1.17},
        {"wave": "T0", "construct": "kennis", "n": 37, "mean": 4.0},
        3,
    ]
    with pytest.raises(InputError) as caught:
        compare_published(rows, bron=" ")
    assert [one.where for one in caught.value.problems] == [
        "$.bron",
        "$[0].sd",
        "$[0].n",
        "$[1].mean",
        "$[2].sd",
        "$[3]",
    ]
    twice = [
        {"wave": when, "construct": "context", "n": 7, "mean": 4.0, "sd": 1.0} for when in ("T0", "T0", "T1")
    ]
    with pytest.raises(InputError, match="duplicate-name"):
        compare_published(twice, bron="een tabel")


def test_a_published_mean_outside_the_scale_is_refused() -> None:
    rows = [
        {"wave": when, "construct": "context", "n": 12, "mean": mean, "sd": 1.1}
        for when, mean in (("T0", "7,63"), ("T1", "5,88"))
    ]
    with pytest.raises(InputError, match="this one is 1–7") as caught:
        compare_published(rows, bron="een tabel", schaal=igm.LIKERT7)
    assert [(one.code, one.where) for one in caught.value.problems] == [("value-out-of-range", "$[0].mean")]
    assert len(compare_published(rows, bron="een tabel")) == 1


def test_scores_outside_the_scale_are_told_by_their_rows() -> None:
    low: list[float | None] = [0.0, 2.0, 3.0, 0.5, 9.0, None, 8.0, -1.0, 7.0, 3.0]
    frame = pd.DataFrame(
        {"wave": ["T0", "T1"] * 5, "houding": low, "kennis": [5.0, 1.0] * 5, "eigen": [2.0, 6] * 5}
    )
    with pytest.raises(InputError) as caught:
        compare_waves(frame, wave="wave", schaal=igm.LIKERT5, values=["houding", "kennis", "eigen"])
    assert [(one.where, one.what) for one in caught.value.problems] == [
        ("$.houding", "scores outside the scale (6; rows 0, 3, 4, 6, 7)"),
        ("$.eigen", "scores outside the scale (5; rows 1, 3, 5, 7, 9)"),
    ]
    assert len(compare_waves(frame, wave="wave", schaal=igm.LIKERT5, values="kennis")) == 1


@pytest.mark.parametrize(
    ("moments", "order"),
    [
        (["T10", "T2", "T1"], ["T1", "T2", "T10"]),
        (["week 10", "week 9", "week 09"], ["week 09", "week 9", "week 10"]),
        (["2024-10-01", "2024-9-30"], ["2024-9-30", "2024-10-01"]),
        (["nameting", "2", "10", "T"], ["2", "10", "T", "nameting"]),
        (["T" + "9" * 5000, "T1" + "0" * 5000], ["T" + "9" * 5000, "T1" + "0" * 5000]),
        ([10, 2], [2, 10]),
    ],
)
def test_waves_are_in_the_order_of_the_numbers_in_their_names(moments: list[Any], order: list[Any]) -> None:
    rows = [{"wave": one, "construct": "houding", "n": 9, "mean": 3.0, "sd": 1.0} for one in moments]
    found = compare_published(rows, bron="een tabel")
    assert [row.later for row in found.rows[: len(order) - 1]] == order[1:]
    frame = pd.DataFrame({"wave": moments * 2, "houding": [1.0, 2.0] * len(moments)})
    table = report_table(frame, wave="wave", doel="intern", marks=False)
    assert [cell.wave for cell in table.cells] == order
    assert in_order(moments) == order


def test_a_column_of_as_many_waves_as_people_is_refused_before_any_pair_is_compared() -> None:
    frame = pd.DataFrame({"wave": range(5000), "houding": [3.0] * 5000})
    with pytest.raises(InputError, match="too many waves") as caught:
        compare_waves(frame, wave="wave")
    assert caught.value.code == "value-out-of-range"
    assert len(compare_waves(frame, wave="wave", waves=[7, 9])) == 1


@pytest.mark.parametrize("column", ["wave", "ref", "org"])
@pytest.mark.parametrize("kind", ["pandas", "Polars"])
def test_lists_name_no_wave_and_nobody(column: str, kind: str) -> None:
    data: dict[str, Any] = {**columns(), column: [[1], [2]] * 7}
    frame: Any = pd.DataFrame(data) if kind == "pandas" else pl.DataFrame(data)
    with pytest.raises(InputError) as caught:
        compare_waves(frame, wave="wave", person="ref", by="org")
    assert (caught.value.code, caught.value.problems[0].where) == ("invalid-value", f"$.{column}[0]")


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_an_ordered_column_says_which_wave_came_first(engine: str) -> None:
    data = {"ref": list("abcabc"), "houding": [1.0, 2.0, 3.0, 3.0, 4.0, 4.0]}
    moments, order = ["voormeting"] * 3 + ["nameting"] * 3, ["voormeting", "nameting", "later"]
    frame: Any = (
        pd.DataFrame({**data, "wave": pd.Categorical(moments, categories=order, ordered=True)})
        if engine == "pandas"
        else pl.DataFrame({**data, "wave": moments}, schema_overrides={"wave": pl.Enum(order)})
    )
    (row,) = compare_waves(frame, wave="wave", person="ref").rows
    assert (row.earlier, row.later) == ("voormeting", "nameting")
    assert row.difference is not None
    assert row.difference.estimate > 0
    table = report_table(frame, wave="wave", person="ref", doel="intern")
    assert [cell.wave for cell in table.cells] == ["voormeting", "nameting"]


def test_a_column_without_order_is_sorted() -> None:
    data = {"ref": list("abab"), "houding": [1.0, 2.0, 3.0, 3.0], "wave": ["T0", "T0", "T1", "T1"]}
    frame = pd.DataFrame(data).astype({"wave": pd.CategoricalDtype(["T1", "T0"])})
    (row,) = compare_waves(frame, wave="wave", person="ref").rows
    assert (row.earlier, row.later) == ("T0", "T1")


def test_a_published_row_of_one_person_with_a_standard_deviation_is_refused_by_its_place() -> None:
    rows = [
        {"wave": "T0", "construct": "houding", "mean": 3, "sd": 0.5, "n": 1},
        {"wave": "T1", "construct": "houding", "mean": 3, "sd": 0.4, "n": 9},
    ]
    with pytest.raises(InputError) as refused:
        compare_published(rows, bron="Verslag")
    assert [(one.code, one.where) for one in refused.value.problems] == [("invalid-value", "$[0].sd")]


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_table_names_tests_in_one_word_and_says_below_what_it_stands_for(
    lang: Language, width: int
) -> None:
    scores = [1.0, 2.0, 2.5, 3.0, 4.0]
    rows = {"ref": [*range(5), *range(5), *range(2, 7)], "wave": ["T0"] * 5 + ["T1"] * 5 + ["T2"] * 5}
    data = pd.DataFrame(rows | {"kennis": [*scores, 3.0, 3.5, 2.0, 4.0, 4.5, *scores[::-1]]})
    table = compare_waves(data, wave="wave", person="ref").table(lang)
    short = {"nl": ["gepaard", "deels gepaard"], "en": ["paired", "part paired"]}[lang]
    assert [row[-1] for row in table.rows] == [short[0], short[1], short[1]]
    assert [note.partition(":")[0] for note in table.notes[:2]] == short
    lines = table.text(width).splitlines()
    assert max(map(len, lines)) <= width
    assert (
        sum(line.startswith(("kennis", "knowledge")) for line in lines) == 6
    )  # two parts, a line per comparison


def partly_the_same(n: int, again: int) -> pd.DataFrame:
    """People of whom some come again with nearly the score that they had, and others come once."""
    rows = [(f"p{k}", "T0", 2 + (k * 7 % 9) / 3) for k in range(n)]
    rows += [(f"p{k}", "T1", 2 + (k * 7 % 9) / 3 + (k % 2) / 10) for k in range(n - again, 2 * n - again)]
    return pd.DataFrame(rows, columns=["ref", "wave", "houding"])


def test_what_could_have_been_found_is_of_the_test_itself() -> None:
    row = compare_waves(partly_the_same(20, 16), wave="wave", person="ref").rows[0]
    assert row.difference is not None
    assert row.detectable is not None
    test = row.difference
    assert test.df is not None
    assert test.se is not None
    # the shift, in standard errors, of a t with these degrees of freedom that lies outside its bounds 4 times out of 5
    edge = stats.t.ppf(0.975, test.df)
    shift = row.detectable.raw / test.se
    assert 1 - stats.nct.cdf(edge, test.df, shift) == pytest.approx(0.8, abs=1e-3)
    others = compare_waves(partly_the_same(20, 16), wave="wave").rows[0]
    assert others.detectable is not None
    assert row.detectable.raw < others.detectable.raw / 2
    assert "looked at by itself, have been found 4 times out of 5" in row.text("en")


def test_the_least_that_is_found_is_larger_for_a_smaller_alpha() -> None:
    found = [
        compare_waves(partly_the_same(20, 16), wave="wave", person="ref", alpha=a).rows[0]
        for a in (0.05, 0.01)
    ]
    first, second = (one.detectable for one in found)
    assert first is not None
    assert second is not None
    assert first.raw < second.raw
    assert compare_waves(partly_the_same(20, 16), wave="wave", alpha=0.9).rows[0].detectable is None


def test_words_tell_who_was_there_and_g_and_who_left() -> None:
    row = compare_waves(partly_the_same(20, 16), wave="wave", person="ref").rows[0]
    text = row.text()
    assert "20 en 20 mensen, 16 in beide." in text
    assert "Hedges' g is" in text
    assert "niet meer meedeed (4 mensen)" in text
    assert str(row) == text
    assert repr(row).startswith("WaveComparison('houding', T0 → T1, not-shown, difference=")
    assert len(repr(row)) < 100


def test_sentences_about_fewer_than_ten_people_stay_inside() -> None:
    small = compare_waves(partly_the_same(9, 7), wave="wave", person="ref").rows[0]
    assert small.inside
    assert small.text("en").endswith("For use inside only, because this is also about fewer than 10 people.")
    large = partly_the_same(20, 16)
    assert not compare_waves(large, wave="wave", person="ref").rows[0].inside
    # those four left with a score that nobody else had
    gone = large.assign(houding=[6.5 + k / 10 if k < 4 else 2 + (k % 5) / 4 for k in range(40)])
    row = compare_waves(gone, wave="wave", person="ref").rows[0]
    assert (row.left, row.inside) == ("higher", True)
    figures = {"construct": "houding", "n": 7, "sd": 1.0}
    published = [figures | {"wave": 0, "mean": 3.0}, figures | {"wave": 1, "mean": 4.0}]
    assert not compare_published(published, bron="own").rows[0].inside
