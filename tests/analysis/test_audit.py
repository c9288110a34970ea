"""An audit says what figures are consistent with, on tables that are sound and on ones that are not."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.steps import steps

import igm
from igm.analysis import AuditReport, Summary, audit, independent, p_range
from igm.analysis.audit_words import CASES, CHECKS, FRAME, VERDICTS
from igm.errors import InputError

LIKERT7 = igm.Schaal(minimum=1, maximum=7)
PUBLISHED = Path(__file__).parents[2] / "examples" / "data" / "wzam_published_tables.csv"


def row(construct: str, wave: Any, n: int, mean: float, sd: float | None, **more: Any) -> dict[str, Any]:
    return {"construct": construct, "wave": wave, "n": n, "mean": mean, "sd": sd, **more}


def verdicts(report: AuditReport, check: Any) -> list[str]:
    return [one.verdict for one in report.of(check)]


def published(**options: Any) -> AuditReport:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return audit(
        rows, schaal="scale_max", by=["organisation", "role"], mark="published_significant", **options
    )


def test_figures_of_real_answers_are_consistent_in_every_way() -> None:
    rng = np.random.default_rng(5)
    rows = []
    for construct in ("houding", "kennis", "context"):
        for wave in ("T0", "T1"):
            answers = rng.integers(1, 8, size=(14, 2)).mean(axis=1)
            rows.append(row(construct, wave, 14, round(answers.mean(), 2), round(answers.std(ddof=1), 2)))
    report = audit(rows, schaal=LIKERT7, items=2)
    assert {one.verdict for one in report.findings} == {"consistent"}
    assert {one.check for one in report.findings} == {"mean", "grim", "grimmer", "n", "sd"}
    assert report.concerns == ()


def test_means_that_whole_answers_cannot_have() -> None:
    report = audit(
        [row("kennis", "T0", 12, 6.63, 0.74), row("context", "T0", 12, 5.88, 1.13)], schaal=LIKERT7, items=1
    )
    assert verdicts(report, "grim") == ["not-consistent", "not-consistent"]
    (together,) = report.of("n")
    assert together.verdict == "not-consistent"
    assert together.figures["fitting"][0] == 8
    assert "n = 8" in together.text("en")


def test_an_sd_that_no_answers_have() -> None:
    report = audit([row("kennis", "T0", 12, 3.88, 3.85), row("kennis", "T1", 12, 3.88, 2.85)], schaal=LIKERT7)
    assert verdicts(report, "sd") == ["not-consistent", "look"]
    assert "91%" in report.of("sd")[1].text("nl")


def test_a_mean_off_its_scale() -> None:
    assert verdicts(audit([row("kennis", "T0", 12, 7.2, 0.5)], schaal=LIKERT7), "mean") == ["not-consistent"]


@pytest.mark.parametrize("equal", [False, True])
def test_the_range_of_p_holds_that_of_every_figure_that_rounds_so(equal: bool) -> None:
    rng = np.random.default_rng(7)
    found = p_range(Summary(5.88, 1.13, 12), Summary(4.9, 1.5, 16), equal_variance=equal)
    assert found is not None
    chances = []
    for _ in range(300):
        off = rng.uniform(-0.005, 0.005, 4)
        one, other = Summary(5.88 + off[0], 1.13 + off[1], 12), Summary(4.9 + off[2], 1.5 + off[3], 16)
        p = independent(one, other, equal_variance=equal).p
        assert p is not None
        chances.append(p)
    assert found.low <= min(chances)
    assert max(chances) <= found.high
    assert found.high - found.low < 3 * (max(chances) - min(chances))


def test_a_range_over_no_difference_reaches_one() -> None:
    found = p_range(Summary(3.0, 1.0, 10), Summary(3.0, 1.0, 10))
    assert found is not None
    assert found.high == 1.0
    assert p_range(Summary(3.0, None, 1), Summary(3.0, 1.0, 10)) is None
    with pytest.raises(InputError):
        p_range(Summary(3.0, 1.0, 10), Summary(3.0, 1.0, 10), decimals=-1)


def test_marks_are_tested_again_from_the_published_figures() -> None:
    report = published(marked=["T2"])
    marks = {one.place("en"): one for one in report.of("mark")}
    against = [name for name, one in marks.items() if one.verdict == "not-consistent"]
    assert against == ["WPI Amsterdam, client, relationship with the professional, T2"]
    low, high = (getattr(marks[against[0]].figures["welch"], end) for end in ("low", "high"))
    exact = independent(Summary(3.43, 1.11, 44), Summary(3.99, 1.03, 39)).p
    assert exact is not None
    assert low < exact < high < 0.05
    for name in ("context and enabling conditions", "connection and communication with the manager"):
        one = marks[f"IJmond Werkt!, professional, {name}, T2"]
        assert (one.verdict, one.case) == ("consistent", "marked-fits")
    part = marks["WPI Amsterdam, professional, context and enabling conditions, T2"]
    assert (part.verdict, part.case) == ("cannot-tell", "mark-part")
    assert part.figures["welch"].low > 0.05


def test_the_published_tables_as_a_whole() -> None:
    report = published()
    assert {one.verdict for one in report.of("mean")} == {"consistent"}
    (twice,) = report.of("repeated")
    assert {twice.where["construct"], twice.figures["other"]["construct"]} == {
        "houding",
        "eigen_effectiviteit",
    }
    assert [(one.where["role"], one.where["construct"]) for one in report.of("level")] == [
        ("client", "context")
    ] * 2
    wide = [one for one in report.of("sd") if one.verdict == "look"]
    assert [(one.where["construct"], one.where["wave"]) for one in wide] == [("sociale_druk", "T2")]


def test_marks_that_do_not_follow_and_those_on_the_limit() -> None:
    rows = [
        row("kennis", "T0", 20, 3.0, 1.0, m="", p=""),
        row("kennis", "T1", 20, 3.1, 1.0, m="*", p="0,75"),
        row("kennis", "T2", 20, 4.5, 1.0, m="no", p="0.2"),
        row("kennis", "T3", 20, 3.64, 1.0, m="*", p=""),
    ]
    report = audit(rows, schaal=LIKERT7, mark="m", p="p")
    assert verdicts(report, "mark") == ["not-consistent", "not-consistent", "depends"]
    assert verdicts(report, "p") == ["consistent", "not-consistent"]


def test_what_cannot_be_tested_is_said() -> None:
    rows = [row("kennis", "T0", 1, 3.0, None, m=""), row("kennis", "T1", 20, 3.1, 1.0, m="*")]
    assert verdicts(audit(rows, schaal=LIKERT7, mark="m"), "mark") == ["cannot-tell"]


def test_text_directions_dates_and_percentages() -> None:
    rows = [row("kennis", "T0", 12, 3.5, 1.0), row("kennis", "T1", 12, 3.25, 1.0)]
    report = audit(
        rows,
        schaal=LIKERT7,
        text=[
            {"construct": "kennis", "wave": "T0", "mean": 3.5},
            {"construct": "kennis", "wave": "T1", "mean": "3,52"},
            {"construct": "kennis", "wave": "T9", "mean": 3.5},
        ],
        claims=[
            {"construct": "kennis", "earlier": "T0", "later": "T1", "direction": "lower"},
            {"construct": "kennis", "earlier": "T0", "later": "T1", "direction": "higher"},
            {"construct": "houding", "earlier": "T0", "later": "T1", "direction": "higher"},
        ],
        dates=[
            {"wave": "T0", "date": "2023-10"},
            {"wave": "T1", "date": "2023-02"},
            {"wave": "T2", "date": date(2024, 1, 9)},
        ],
        percentages=[
            {"label": "a", "percentage": 46, "n": 29},
            {"label": "b", "percentage": 93, "n": 29},
            {"label": "c", "percentage": 33.3, "n": 3},
        ],
    )
    assert verdicts(report, "text") == ["consistent", "not-consistent", "cannot-tell"]
    assert verdicts(report, "claim") == ["consistent", "not-consistent", "cannot-tell"]
    assert verdicts(report, "dates") == ["not-consistent", "consistent"]
    assert verdicts(report, "percentage") == ["not-consistent", "consistent", "consistent"]
    assert 28 in report.of("percentage")[0].figures["fitting"]


def test_a_level_of_its_own_needs_a_gap_that_the_others_lack() -> None:
    means = {"a": 5.0, "b": 5.3, "c": 5.6, "d": 6.0, "e": 2.0}
    rows = [row(name, "T0", 12, mean, 1.0) for name, mean in means.items()]
    assert [one.where["construct"] for one in audit(rows, schaal=LIKERT7).of("level")] == ["e"]
    rows[1]["mean"] = 3.4
    assert audit(rows, schaal=LIKERT7).of("level") == ()
    assert audit(rows[2:], schaal=LIKERT7).of("level") == ()


def test_findings_never_accuse() -> None:
    blame = re.compile(
        r"\b(fout|fouten|error|wrong|false|fraud|frau|cheat|incorrect|onjuist|mistake|vervals)", re.IGNORECASE
    )
    for lang in ("nl", "en"):
        for words in (CASES, CHECKS, FRAME, VERDICTS):
            assert [text for text in words[lang].values() if blame.search(text)] == []


def test_both_languages_say_the_same_cases_with_the_same_figures() -> None:
    for words in (CASES, CHECKS, FRAME, VERDICTS):
        assert list(words["nl"]) == list(words["en"])
    fields = re.compile(r"{(\w+)}")
    for case, text in CASES["nl"].items():
        assert set(fields.findall(text)) == set(fields.findall(CASES["en"][case]))


def test_every_finding_is_said_in_both_languages_and_stored() -> None:
    report = published(items={"context": 1, "zelfreflectie": 1}, bron="a report")
    for one in report.findings:
        assert "{" not in one.text("nl") + one.text("en")
    data = report.to_dict()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["schema_version"] == 1
    assert "\n" not in repr(report)
    assert len(report.table(every=True).rows) == len(report)
    assert "Bron: a report" in report.text()
    assert report._repr_html_().startswith("<table>")
    assert len(str(report)) > 100


@pytest.mark.parametrize(
    ("rows", "options", "code"),
    [
        ([], {}, "missing-field"),
        (["T0"], {}, "invalid-value"),
        ([{"construct": "a"}], {}, "missing-field"),
        ([row("a", "T0", 12, 3.0, 1.0)] * 2, {}, "duplicate-name"),
        ([row("a", "T0", 0, 3.0, 1.0)], {}, "value-out-of-range"),
        ([row("a", "T0", 12, 3.0, -1.0)], {}, "value-out-of-range"),
        ([row("a", "T0", 12, float("inf"), 1.0)], {}, "not-a-number"),
        ([row("a", "T0", 12, 3.0, 1.0)], {"alpha": 2}, "value-out-of-range"),
        ([row("a", "T0", 12, 3.0, 1.0)], {"items": {"b": 2}}, "unknown-name"),
        ([row("a", "T0", 12, 3.0, 1.0)], {"items": 0}, "value-out-of-range"),
        ([row("a", "T0", 12, 3.0, 1.0)], {"waves": ["T1"]}, "unknown-name"),
        ([row("a", "T0", 12, 3.0, 1.0, m="")], {"mark": "m", "marked": ["T9"]}, "unknown-name"),
        ([row("a", "T0", 12, 3.0, 1.0)], {"schaal": "top"}, "missing-field"),
        ([row("a", "T0", 12, 3.0, 1.0)], {"schaal": 7}, "invalid-value"),
        ([row("a", "T0", 12, 3.0, 1.0), row("a", 1, 12, 3.0, 1.0)], {}, "invalid-value"),
        ([row("a", "T0", 12, 3.0, 1.0)], {"dates": [{"wave": "T0", "date": "okt 23"}]}, "invalid-value"),
        (
            [row("a", "T0", 12, 3.0, 1.0)],
            {"claims": [{"construct": "a", "earlier": "T0", "later": "T1", "direction": "up"}]},
            "unknown-name",
        ),
        (
            [row("a", "T0", 12, 3.0, 1.0)],
            {"percentages": [{"label": "x", "percentage": 120, "n": 5}]},
            "value-out-of-range",
        ),
        ([row("a", "T0", 12, 3.125, 1.0)], {}, "invalid-value"),
    ],
)
def test_tables_that_cannot_be_read_are_refused(rows: list[Any], options: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError) as caught:
        audit(rows, **{"schaal": LIKERT7, **options})
    assert caught.value.code == code


def _one(**changed: Any) -> dict[str, Any]:
    return {"construct": "kennis", "wave": "T0", "n": 16, "mean": 5.59, "sd": 1.43, **changed}


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"n": "1.000"}, "$[0].n"),
        ({"n": 10**30}, "$[0].n"),
        ({"items": 10**9}, "$[0].items"),
        ({"p": 1.5}, "$[0].p"),
        ({"mean": 5.591}, "$[0].mean"),
        ({"sd": "1,4312"}, "$[0].sd"),
        ({"mean": "5_9"}, "$[0].mean"),
        ({"wave": ["T0"]}, "$[0].wave"),
        ({"top": 10**20}, "$[0].top"),
    ],
)
def test_figures_that_cannot_be_are_told_at_their_row(changed: dict[str, Any], where: str) -> None:
    with pytest.raises(InputError) as caught:
        audit([{"p": "", "top": 7, **_one(**changed)}], schaal="top", p="p")
    assert [problem.where for problem in caught.value.problems] == [where]


def test_the_number_of_items_of_a_row_is_read() -> None:
    scale = igm.Schaal(minimum=1, maximum=7)
    assert len(audit([_one(items=1)], schaal=scale).of("grim")) == 1
    assert not audit([_one(items="")], schaal=scale).of("grim")


def test_a_mean_off_its_scale_is_told_once() -> None:
    scale = igm.Schaal(minimum=1, maximum=7)
    assert [one.check for one in audit([_one(mean=9)], schaal=scale, items=1).concerns] == ["mean"]


@pytest.mark.parametrize(("mark", "marked"), [("**", True), (None, False), (float("nan"), False)])
def test_marks_are_read_as_files_give_them(mark: object, marked: bool) -> None:
    rows = [_one(mark=mark), _one(wave="T1", mark=mark)]
    found = audit(rows, schaal=igm.Schaal(minimum=1, maximum=7), mark="mark").of("mark")
    assert found[0].case == ("marked-not" if marked else "unmarked-fits")


def test_a_mean_that_whole_answers_cannot_have_is_told_once() -> None:
    report = audit([_one(mean=5.52)], schaal=LIKERT7, items=1)
    assert [one.check for one in report.concerns] == ["grim"]


@pytest.mark.parametrize(
    ("options", "where"),
    [
        *[({"by": given}, "$.by") for given in (None, 5, [["role"]])],
        *[({"construct": given}, "$.construct") for given in (None, ["x"])],
        ({"wave": "construct"}, "$.wave"),
        *[
            ({name: given}, f"$.{name}")
            for name in ("text", "claims", "dates", "percentages")
            for given in (None, 5)
        ],
        *[({"waves": given}, "$.waves") for given in (5, ["T0", "T0"], [["T0"]])],
        ({"mark": "mark", "marked": [["T0"]]}, "$.marked[0]"),
        ({"mark": "mark", "marked": 5}, "$.marked"),
        ({"bron": 5}, "$.bron"),
        ({"items": 10**9}, "$.items"),
        ({"text": [{"construct": "kennis", "wave": ["T0"], "mean": 5.5}]}, "$.text[0].wave"),
        (
            {"claims": [{"construct": "kennis", "earlier": ["T0"], "later": "T1", "direction": "higher"}]},
            "$.claims[0].earlier",
        ),
        ({"dates": [{"wave": ["T0"], "date": "2024-01"}]}, "$.dates[0].wave"),
        ({"dates": [{"wave": "T0", "date": day} for day in ("2024-01", "2024-02")]}, "$.dates[1]"),
        *[
            ({"dates": [{"wave": "T0", "date": day}]}, "$.dates[0].date")
            for day in ("2024-02-31", "2024-13", "0000-01", 202401, None, "2024-²")
        ],
    ],
)
def test_what_cannot_be_asked_of_an_audit_is_refused_where_it_stands(
    options: dict[str, Any], where: str
) -> None:
    with pytest.raises(InputError) as caught:
        audit([_one(mark="")], schaal=LIKERT7, **options)
    assert where in {problem.where for problem in caught.value.problems}


@pytest.mark.parametrize("rows", [None, 5, "T0", _one(), pd.DataFrame([_one()])])
def test_what_is_no_list_of_rows_is_refused_once(rows: Any) -> None:
    with pytest.raises(InputError) as caught:
        audit(rows, schaal=LIKERT7)
    assert [(problem.where, problem.what) for problem in caught.value.problems] == [("$", "no rows")]


@pytest.mark.parametrize(
    "changed", [{"wave": None}, {"wave": float("nan")}, {"construct": " "}, {"construct": []}]
)
def test_rows_without_a_name_are_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        audit([_one(**changed)], schaal=LIKERT7)
    assert [problem.where for problem in caught.value.problems] == [f"$[0].{next(iter(changed))}"]


def test_all_that_is_wrong_with_rows_text_and_dates_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        audit(
            [_one(mean="x"), _one(wave="T1", sd="y")],
            schaal=LIKERT7,
            text=[{"construct": "kennis", "wave": "T0", "mean": "z"}],
            dates=[{"wave": "T0", "date": "?"}],
            percentages=[{"label": "a", "percentage": 120, "n": 5}],
        )
    assert [problem.where for problem in caught.value.problems] == [
        "$[0].mean",
        "$[1].sd",
        "$.text[0].mean",
        "$.dates[0].date",
        "$.percentages[0]",
    ]


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        (
            datetime.fromisoformat("2024-01-01T10:00"),
            datetime.fromisoformat("2024-01-01T12:00"),
            "consistent",
        ),
        ("2024-01-01T10:00", "2024-01-01T09:00", "not-consistent"),
        (datetime(2024, 1, 1, 12, tzinfo=timezone(timedelta(hours=2))), "2024-01-01T11:00", "consistent"),
        ("2024-1", date(2024, 2, 1), "consistent"),
    ],
)
def test_times_on_one_day_have_an_order(first: object, second: object, verdict: str) -> None:
    dates = [{"wave": "T0", "date": first}, {"wave": "T1", "date": second}]
    report = audit([_one(), _one(wave="T1")], schaal=LIKERT7, dates=dates)
    assert verdicts(report, "dates") == [verdict]


@pytest.mark.parametrize(
    ("p", "decimals", "fits"), [("0.55", 2, True), ("0,500", 3, False), (0.5, 1, True), (1e-05, 5, False)]
)
def test_a_chance_is_as_fine_as_it_is_written(p: object, decimals: int, fits: bool) -> None:
    rows = [_one(p=""), _one(wave="T1", mean=5.9, p=p)]  # p lies between 0.530 and 0.559
    (found,) = audit(rows, schaal=LIKERT7, p="p").of("p")
    assert found.figures["p_decimals"] == decimals
    assert (found.verdict == "consistent") is fits


def test_a_small_chance_is_shown_as_it_is_written() -> None:
    (found,) = audit([_one(p=""), _one(wave="T1", p="0.00001")], schaal=LIKERT7, p="p").of("p")
    assert "p = 0.00001 " in found.text("en")


def test_a_percentage_is_as_fine_as_it_is_written() -> None:
    shares = [{"label": "x", "percentage": given, "n": 7} for given in ("14", "14,0", "14,29", 14.3)]
    report = audit([_one()], schaal=LIKERT7, percentages=shares)
    assert verdicts(report, "percentage") == ["consistent", "not-consistent", "consistent", "consistent"]
    assert "14.0%" in report.of("percentage")[1].text("en")


def test_columns_that_were_not_looked_at_are_named() -> None:
    report = audit([_one(item=2, p=0.01), _one(wave="T1", role="x")], schaal=LIKERT7)
    assert report.unread == ("item", "p", "role")
    assert "Columns that were not looked at: item, p, role." in report.text("en")
    assert audit([_one(top=7)], schaal="top").unread == ()


def test_what_does_something_on_a_screen_is_written_out() -> None:
    report = audit([_one(construct="x\x1b[2J", mean=9)], schaal=LIKERT7, bron="y\x1b[2J")
    assert "\x1b" not in report.text() + str(report)


def test_many_rows_with_the_same_figures_are_not_all_set_beside_each_other() -> None:
    rows = [_one(construct=f"c{place}") for place in range(50)]
    assert len(audit(rows, schaal=LIKERT7).of("repeated")) == 49


def test_the_work_of_an_audit_grows_with_its_rows() -> None:
    def work(many: int) -> int:
        means = [round(1.5 + place * 37 % 500 / 100, 2) for place in range(many)]
        rows = [_one(construct=f"c{place}", mean=mean) for place, mean in enumerate(means)]
        return steps(lambda: audit(rows, schaal=LIKERT7, items=2))

    work(200)
    small, large = work(20), work(200)
    assert large < 14 * small
    assert large < 200 * 4_000  # looking at each number of people anew for each row took far more
