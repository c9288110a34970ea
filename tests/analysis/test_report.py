"""Report tables: what stands in a cell, what is left out of every form, and what no form can be broken with."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any, cast

import attrs
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import igm
from igm._display import Language
from igm.analysis import ReportTable, compare_waves, report_published, report_table
from igm.disclosure import GroupPurpose
from igm.errors import InputError, MissingDependencyError

LOW = [2.0, 2.5, 3.0, 3.5]
HIGH = [3.5, 4.5, 4.0, 5.0]


def frame(n: int = 12, small: int = 0, site: str = "noord") -> dict[str, list[Any]]:
    """Two waves of the same people at one site, and as many as asked at another."""
    rows: list[tuple[Any, ...]] = []
    for wave, scores in (("T0", LOW), ("T1", HIGH)):
        rows += [(f"a{i}", wave, site, scores[i % 4], LOW[(i * 3) % 4]) for i in range(n)]
        rows += [(f"b{i}", wave, "zuid", scores[i % 4], LOW[i % 4]) for i in range(small)]
    names = ("ref", "wave", "site", "houding", "kennis")
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def published(**other: Any) -> list[dict[str, Any]]:
    row = {"org": "IJmond", "construct": "context", "wave": "T0", "n": 16, "mean": 3.63, "sd": 1.50} | other
    return [row, row | {"wave": "T2", "n": 12, "mean": 5.88, "sd": 1.13}]


def forms(table: ReportTable) -> dict[str, str]:
    """All forms of a table."""
    return {
        "text": table.text(),
        "markdown": table.markdown(),
        "html": table.html(),
        "latex": table.latex(),
        "csv": table.csv(),
        "great": table.great_table().as_raw_html(),
        "dict": json.dumps(table.to_dict()),
        "repr": repr(table),
    }


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_a_table_is_the_same_from_every_frame_and_ties_marks_to_their_test(make: Any) -> None:
    table = report_table(make(frame()), wave="wave", person="ref", schaal=igm.LIKERT5)
    assert [(cell.construct, cell.wave, cell.n, cell.mean, cell.sd, cell.marks) for cell in table.cells] == [
        ("houding", "T0", 12, 2.75, 0.58, ()),
        ("houding", "T1", 12, 4.25, 0.58, ("a",)),
        ("kennis", "T0", 12, 2.75, 0.58, ()),
        ("kennis", "T1", 12, 2.75, 0.58, ()),
    ]
    assert [(mark.letter, mark.verdict, mark.method) for mark in table.marks] == [("a", "higher", "paired")]
    assert "4,25 (0,58) [a]" in table.text("nl")
    assert "4.25 (0.58) [a]" in table.text("en")
    assert "Schaal 1–5." in table.text()


def test_marks_have_the_chance_that_the_comparison_adjusted() -> None:
    data = pd.DataFrame(frame())
    compared = compare_waves(data, wave="wave", person="ref", adjust="bh", family="construct")
    table = report_table(data, wave="wave", person="ref", comparisons=compared)
    assert table.marks[0].p_adjusted == compared.rows[0].p_adjusted
    assert table.tests is not None
    assert (table.tests.adjust, table.tests.family) == ("bh", "construct")
    assert "Benjamini-Hochberg" in table.text("en")


def test_comparisons_of_something_else_are_refused() -> None:
    data = pd.DataFrame(frame(small=12))
    compared = compare_waves(data, wave="wave", by="site")
    with pytest.raises(InputError, match="not in the table"):
        report_table(data, wave="wave", comparisons=compared, values=["houding"])


def test_a_small_cell_is_in_no_form_and_its_tests_have_no_mark() -> None:
    data = pd.DataFrame(frame(small=7))
    table = report_table(data, wave="wave", by="site", person="ref")
    small = [cell for cell in table.cells if cell.group["site"] == "zuid"]
    assert {cell.state for cell in small} == {"suppressed"}
    assert {(cell.n, cell.mean, cell.sd, cell.marks) for cell in small} == {(None, None, None, ())}
    assert {mark.group["site"] for mark in table.marks} == {"noord"}
    known = report_table(data, wave="wave", by="site", person="ref", doel="intern")
    hidden = [cell for cell in known.cells if cell.group["site"] == "zuid"]
    assert {cell.n for cell in hidden} == {7}
    for name, form in forms(table).items():
        for cell in hidden:
            assert cell.text() not in form, name
            assert repr(cell.mean) not in form, name
    assert "minder dan 10 mensen" in table.text()
    assert "fewer than 10 people" in table.text("en")
    assert "Alleen voor intern gebruik" in known.text()


def test_whether_a_test_that_is_left_out_showed_something_is_not_told() -> None:
    flat = frame(small=7)
    flat["houding"] = [3.0 + (place % 3) / 2 for place in range(len(flat["houding"]))]
    tables = [report_table(pd.DataFrame(one), wave="wave", by="site") for one in (frame(small=7), flat)]
    assert [table.notes for table in tables] == [("rows", "withheld")] * 2
    assert [table.unchecked for table in tables] == [("houding", "kennis")] * 2


def test_below_ten_people_there_is_no_sd_and_no_exact_chance() -> None:
    table = report_table(pd.DataFrame(frame(n=8)), wave="wave", person="ref", minimum_n=5)
    assert [cell.text() for cell in table.cells] == ["2,8", "4,2", "2,8", "2,8"]
    assert {cell.sd for cell in table.cells} == {None}
    assert table.marks[0].p_adjusted is None
    assert "p aangepast < 0,05" in table.text()
    assert "0.5" not in json.dumps(table.to_dict()["cells"])


def test_a_cell_in_which_all_answered_the_same_is_left_out() -> None:
    data = frame()
    data["kennis"] = [4.0] * len(data["kennis"])
    table = report_table(pd.DataFrame(data), wave="wave", person="ref", marks=False)
    assert [cell.state for cell in table.cells] == ["shown", "shown", "suppressed", "suppressed"]


def test_people_are_counted_and_a_person_twice_in_a_wave_is_refused() -> None:
    data = frame()
    data["ref"] = ["same"] * len(data["ref"])
    with pytest.raises(InputError, match="in a wave twice"):
        report_table(pd.DataFrame(data), wave="wave", person="ref")
    assert "elke rij telt als één mens" in report_table(pd.DataFrame(frame()), wave="wave").text()


def test_a_number_of_items_may_be_one_of_numpy() -> None:
    data, items = pd.DataFrame(frame()), np.int64(4)
    asked: Any = {"wave": "wave", "schaal": igm.LIKERT5}
    assert report_table(data, items=items, **asked) == report_table(data, items=4, **asked)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="how many items"):
        report_table(data, items=np.int64(0), **asked)  # type: ignore[arg-type]


def test_what_was_not_measured_is_not_what_is_left_out() -> None:
    data = pd.DataFrame(frame(small=12))
    data = data[~((data.site == "zuid") & (data.wave == "T1"))]
    states = {(c.group["site"], c.wave): c.state for c in report_table(data, wave="wave", by="site").cells}
    assert states["zuid", "T1"] == "empty"
    assert states["zuid", "T0"] == "shown"


def test_what_subtraction_would_tell_is_left_out_too() -> None:
    sites = ["noord"] * 12 + ["zuid"] * 7 + ["west"] * 11
    scores = [1.0 + (place * 7 % 9) / 2 for place in range(30)]
    data = {"wave": ["T0"] * 60, "site": sites + ["totaal"] * 30, "houding": scores * 2}
    table = report_table(pd.DataFrame(data), wave="wave", by="site", schaal=igm.LIKERT5, items=2)
    states = {cell.group["site"]: cell.state for cell in table.cells}
    assert states == {"noord": "shown", "zuid": "suppressed", "west": "suppressed", "totaal": "shown"}
    assert {cell.n for cell in table.cells if cell.state == "suppressed"} == {None}


def two_waves(change: float) -> pd.DataFrame:
    """Twenty people, and all but one of them again, who changed by so much up or down."""
    refs = [f"p{place}" for place in range(20)]
    scores = [1.0 + (place * 7 % 9) / 2 for place in range(20)]
    later = [min(max(one + change * (-1) ** place, 1), 5) for place, one in enumerate(scores[1:])]
    waves = ["T0"] * 20 + ["T1"] * 19
    return pd.DataFrame({"ref": refs + refs[1:], "wave": waves, "site": "noord", "houding": scores + later})


def test_waves_that_differ_by_few_people_are_told_with_what_not_to_publish() -> None:
    asked: dict[str, Any] = {"wave": "wave", "by": "site", "schaal": igm.LIKERT5, "items": 2}
    table = report_table(two_waves(1.0), person="ref", **asked)
    assert [cell.state for cell in table.cells] == ["shown", "shown"]
    assert [one.to_dict() for one in table.between] == [
        {"group": {"site": "noord"}, "earlier": "T0", "later": "T1", "people": 1}
    ]
    assert "noord, T0 and T1 (1)." in table.text("en", width=1000)
    assert "Publish no figures of just those people" in table.text("en", width=1000)
    out = report_table(two_waves(1.0), person="ref", between_waves="leave_out", **asked)
    assert [cell.state for cell in out.cells] == ["shown", "suppressed"]
    assert out.between == ()
    unknown = report_table(two_waves(1.0), **asked)
    assert ([cell.state for cell in unknown.cells], unknown.between) == (["shown", "shown"], ())


def test_a_wave_that_hardly_differs_from_another_without_a_few_is_left_out_always() -> None:
    table = report_table(two_waves(0.0), wave="wave", person="ref", schaal=igm.LIKERT5, items=2)
    assert [cell.state for cell in table.cells] == ["shown", "suppressed"]


def test_within_a_wave_groups_that_differ_by_few_people_are_not_both_told() -> None:
    data = two_waves(1.0)
    nested = data[data.ref != "p5"].assign(site="zonder p5")
    table = report_table(
        pd.concat([data, nested]), wave="wave", by="site", person="ref", schaal=igm.LIKERT5, items=2
    )
    assert [cell.state for cell in table.cells] == ["shown", "shown", "suppressed", "suppressed"]
    assert "almost the same people as another figure" in table.text("en", width=1000)


def test_all_waves_together_are_no_wave() -> None:
    data = two_waves(1.0)
    both = data[data.wave == "T0"].assign(wave="totaal")
    rows = pd.concat([data[data.wave == "T0"].iloc[:-1], both])
    table = report_table(rows, wave="wave", person="ref", waves=["T0", "totaal"], schaal=igm.LIKERT5, items=2)
    assert "suppressed" in {cell.state for cell in table.cells}


def test_items_come_from_the_questionnaire_and_the_construct_that_does_not_fit_is_named() -> None:
    lijst = igm.vragenlijst("client-participatie")
    data = pd.DataFrame(
        {"wave": ["T0"] * 12, "houding": [1.0, 2.25, 3.5, 4.75] * 3, "kennis": [1.2, 2.4, 3.6, 4.4] * 3}
    )
    table = report_table(data, wave="wave", schaal=igm.LIKERT5, items={"houding": 4, "kennis": 1})
    assert table.unchecked == ("kennis",)
    assert "does not fit: knowledge and skills." in table.text("en", width=1000)
    many = lijst.n_items[igm.Construct.HOUDING]
    assert report_table(
        data[["wave", "houding"]], wave="wave", schaal=igm.LIKERT5, items=lijst
    ) == report_table(data[["wave", "houding"]], wave="wave", schaal=igm.LIKERT5, items=many)


def test_figures_that_few_sets_of_answers_fit_have_no_sd() -> None:
    answers = [5.0] * 9 + [4.0] * 2 + [1.0]
    data = pd.DataFrame({"wave": ["T0"] * 12, "houding": answers})
    cell = report_table(data, wave="wave", schaal=igm.LIKERT5).cells[0]
    assert (cell.state, cell.sd) in {("rounded", None), ("suppressed", None)}
    assert report_table(data, wave="wave").unchecked == ("houding",)


def test_one_wave_is_a_table_without_tests() -> None:
    data = pd.DataFrame(frame())
    table = report_table(data[data.wave == "T0"], wave="wave")
    assert table.tests is None
    assert table.waves == ("T0",)


def test_published_figures_stand_as_they_are_with_their_source() -> None:
    rows = [row | {"n": 7} for row in published()]
    table = report_published(rows, bron="Rapport 2025", by="org", schaal=igm.LIKERT7)
    assert [cell.n for cell in table.cells] == [7, 7]
    assert [cell.text("en") for cell in table.cells] == ["3.63 (1.50)", "5.88 (1.13)"]
    assert "Bron: Rapport 2025" in table.text()
    assert "intern" not in table.text()


def left_out(doel: GroupPurpose = "publiceren") -> ReportTable:
    """A table with a cell of every state."""
    data = pd.DataFrame(frame(small=8))
    data.loc[(data.site == "zuid") & (data.wave == "T1"), "kennis"] = None
    few = pd.DataFrame({"ref": ["c1"], "wave": ["T1"], "site": ["west"], "houding": [3.0], "kennis": [4.0]})
    table = pd.concat([data, few])
    return report_table(
        table, wave="wave", by="site", person="ref", schaal=igm.LIKERT5, items=2, doel=doel,
        minimum_n=8 if doel == "publiceren" else None,
    )  # fmt: skip


@pytest.mark.parametrize("doel", ["publiceren", "intern"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_table_written_as_csv_reads_back_as_the_same_table(lang: Language, doel: GroupPurpose) -> None:
    table = left_out(doel)
    states = {"shown", "empty"} | ({"rounded", "suppressed"} if doel == "publiceren" else set())
    assert {cell.state for cell in table.cells} == states
    rows = csv.DictReader(io.StringIO(table.csv(lang)), delimiter=";" if lang == "nl" else ",")
    again = report_published(rows, bron="eigen tabel", by="site", schaal=igm.LIKERT5)
    assert [attrs.evolve(cell, marks=()) for cell in again.cells] == [
        attrs.evolve(cell, marks=()) for cell in table.cells
    ]
    assert ("×: weggelaten in de bron." in again.text()) == (doel == "publiceren")
    assert again.csv(lang).splitlines()[0] == table.csv(lang).splitlines()[0]


@pytest.mark.parametrize(
    "row",
    [
        {"state": "shown", "sd": ""},
        {"state": "", "sd": None},
        {"state": "rounded", "mean": "", "sd": ""},
        {"state": "rounded", "n": "0", "sd": ""},
        {"state": "suppressed", "sd": ""},
        {"state": "suppressed", "n": "", "sd": ""},
        {"wave": []},
        {"org": {}},
        {"state": [], "sd": ""},
        {"state": "wrong", "n": "", "mean": "", "sd": ""},
        {"state": "rounded", "mean": "9", "sd": ""},
    ],
)
def test_figures_are_lacking_only_where_a_row_says_so(row: dict[str, Any]) -> None:
    rows = published()
    with pytest.raises(InputError):
        report_published([rows[0] | row, rows[1]], bron="x", by="org", schaal=igm.LIKERT7)


def test_below_the_table_stands_every_reason_for_leaving_out_that_was_looked_at() -> None:
    data = pd.DataFrame(frame(small=7))
    bare = report_table(data, wave="wave", by="site").text("en", width=1000)
    assert (
        "×: left out, for one of these reasons: there are fewer than 10 people; everyone has the same score. "
        in bare
    )
    sums = data.assign(site="totaal", ref="t" + data.ref)
    full = report_table(pd.concat([data, sums]), wave="wave", by="site", person="ref", schaal=igm.LIKERT5)
    text = full.text("en", width=1000)
    for reason in ("few answers fit the figures", "almost the same people", "can be found from a total"):
        assert reason in text
        assert reason not in bare
    assert "Which reason holds where is not said" in text


def test_inside_the_reason_is_said_and_who_never_answered_is_not_a_small_group() -> None:
    text = left_out("intern").text("en", width=1000)
    assert "×" not in text
    assert "–: never asked, or nobody has a score." in text
    assert "Without SD: one person has no spread." in text
    asked = report_table(pd.DataFrame(frame(small=7)), wave="wave", by="site", doel="intern", minimum_n=8)
    assert "×: left out, because there are fewer than 8 people." in asked.text("en", width=1000)


def test_what_is_left_out_has_its_number_left_out_and_is_not_called_never_asked() -> None:
    lines = [line.split() for line in left_out().text("en").splitlines()]
    assert ["west", "attitude", "–", "–", "×", "×"] in lines


def test_labels_of_a_scale_that_are_dutch_stand_in_dutch_tables_only() -> None:
    schaal = igm.Schaal(minimum=1, maximum=7, anchors={"1": "nooit", "7": "altijd"})
    table = report_published(published(), bron="x", by="org", schaal=schaal)
    assert "Schaal 1–7 (1 = nooit; 7 = altijd)." in table.text()
    assert "Scale 1–7." in table.text("en")


def test_all_that_is_wrong_with_published_rows_is_told_at_once() -> None:
    rows = [*published(sd=-1.0), published()[0], {"wave": "T0"}]
    with pytest.raises(InputError) as caught:
        report_published(rows, bron=" ", by="org")
    assert {"missing-field", "value-out-of-range"} <= {problem.code for problem in caught.value.problems}
    assert len(caught.value.problems) > 3


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"by": "construct"}, "duplicate-name"),
        ({"by": ["site", "site"]}, "duplicate-name"),
        ({"by": "sit"}, "unknown-name"),
        ({"minimum_n": 3}, "value-out-of-range"),
        ({"items": {"houdig": 3}}, "unknown-name"),
        ({"items": 0}, "value-out-of-range"),
        ({"between_waves": "leaveout"}, "unknown-name"),
        ({"items": "4"}, "value-out-of-range"),
        ({"items": {"houding": 2.5}}, "value-out-of-range"),
        ({"schaal": 5}, "invalid-value"),
        ({"comparisons": []}, "invalid-value"),
        ({"schaal": igm.Schaal(minimum=10, maximum=20)}, "value-out-of-range"),
        ({"doel": "open"}, "unknown-name"),
    ],
)
def test_what_cannot_be_a_table_is_refused(asked: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError) as caught:
        report_table(pd.DataFrame(frame()), wave="wave", **asked)
    assert caught.value.problems[0].code == code


HOSTILE = [
    "=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "</td><script>x</script>",
    "a & b_c% $x$ #1 {y} ~ ^ \\input{z}", "[a] *b*", "a | b\nc", '"; =1',
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_out_of_a_form(name: str) -> None:
    rows = [row | {"org": name, "construct": name} for row in published()]
    table = report_published(rows, bron=name if name.strip() else "x", by="org")
    assert "<script" not in table.html() + table.markdown() + table.great_table().as_raw_html()
    cells = [cell for row in csv.reader(io.StringIO(table.csv()), delimiter=";") for cell in row]
    assert [cell for cell in cells if cell.strip()[:1] in set("=+-@＝")] == []
    assert all("\n" not in cell for cell in cells)
    lines = table.latex().splitlines()
    bare = re.compile(r"(?<!\\)[&]")
    body = [line for line in lines if line.endswith(r"\\") and "multicolumn" not in line]
    assert {len(bare.findall(line)) for line in body} == {5}
    assert not re.search(r"(?<!\\)[%#]|\\input|\\\\\s*[\[*]", "".join(lines))


class Cells(HTMLParser):
    """Counts the cells of each row, wide ones as often as they are wide."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[int] = []
        self.scopes: set[str | None] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append(0)
        if tag in {"td", "th"}:
            self.rows[-1] += int(dict(attrs).get("colspan") or 1)
        if tag == "th":
            self.scopes.add(dict(attrs).get("scope"))


def test_html_has_headers_that_a_screen_reader_can_follow() -> None:
    reader = Cells()
    reader.feed(report_published(published(), bron="x", by="org").html())
    assert reader.rows == [6, 4, 6]
    assert reader.scopes == {"col", "colgroup", "row"}


def test_latex_is_a_table_of_booktabs() -> None:
    text = report_published(published(), bron="x", by="org").latex()
    for part in (r"\toprule", r"\midrule", r"\bottomrule", r"\cmidrule(lr){3-4}", r"\textsuperscript{a}"):
        assert part in text
    assert text.count(r"\begin{") == text.count(r"\end{") == 2


def test_a_day_is_written_without_midnight() -> None:
    rows = [row | {"wave": datetime(2024, at + 1, 1, tzinfo=UTC)} for at, row in enumerate(published())]
    assert report_published(rows, bron="x", by="org").sheet().waves == ("2024-01-01", "2024-02-01")


def test_every_form_refuses_a_language_that_it_has_not() -> None:
    table, other = report_published(published(), bron="x", by="org"), cast("Language", "de")
    written = (table.text, table.markdown, table.html, table.latex, table.csv, table.great_table)
    for form in (*written, table.cells[0].text):
        with pytest.raises(InputError, match="unknown language"):
            form(other)


@pytest.mark.parametrize("n", [1, 7, 12])
def test_every_form_is_made_of_few_people_of_many_constructs_and_of_nobody(n: int) -> None:
    names = [f"c{at}" for at in range(60)]
    data = pd.DataFrame({"wave": ["T0"] * n} | {name: [3.0] * n for name in names})
    data["c0"] = float("nan")
    for doel in ("publiceren", "intern"):
        table = report_table(data, wave="wave", values=names, doel=doel, schaal=igm.LIKERT5)
        assert table.cells[0].state == ("suppressed" if doel == "publiceren" else "empty")
        assert all(forms(table).values())


SPECIAL = [
    "&",
    "%",
    "$",
    "#",
    "_",
    "{",
    "}",
    "~",
    "^",
    "\\",
    "\\\\",
    "a\nb",
    "$x$",
    "\\end{table}",
    "[2]",
    "*",
    "%}",
]


@pytest.mark.parametrize("name", SPECIAL)
@pytest.mark.parametrize("waves", [["T0"], ["T0", "T1"], ["T0", "T1", "T2"]])
def test_latex_has_as_many_cells_in_every_row_and_nothing_bare(name: str, waves: list[str]) -> None:
    rows = [published(org=name, construct=name)[0] | {"wave": wave + name} for wave in waves]
    table = report_published(rows, bron=name, by="org", schaal=igm.LIKERT7)
    text = table.latex("nl", title=name)
    for line in text.splitlines():
        if line.endswith(r" \\"):
            wide = sum(int(many) - 1 for many in re.findall(r"\\multicolumn\{(\d+)\}", line))
            assert len(re.findall(r"(?<!\\)&", line)) + wide + 1 == 2 + 2 * len(waves)
    own = re.sub(r"\$n\$|\$\\(rightarrow|geq|leq)\$|\\\\$|(?<!\\)&", "", text, flags=re.MULTILINE)
    assert re.search(r"(?<!\\)[%$#_~^&]", own) is None
    opened = re.sub(r"\\[{}]", "", text)
    assert opened.count("{") == opened.count("}")
    assert re.findall(r"\\(?:begin|end)\{(\w+)\}", text) == ["table", "tabular", "tabular", "table"]
    commands = set(re.findall(r"\\([A-Za-z]+)", text))
    known = {
        "begin", "end", "centering", "caption", "toprule", "midrule", "bottomrule", "cmidrule", "multicolumn", "par",
        "footnotesize", "textbackslash", "textasciitilde", "textasciicircum",
    }  # fmt: skip
    assert commands <= known


def test_csv_follows_the_language_and_reads_back() -> None:
    table = report_published(published(), bron="x", by="org")
    dutch, english = table.csv("nl"), table.csv("en")
    assert pd.read_csv(io.StringIO(dutch), sep=";", decimal=",")["mean"].tolist() == [3.63, 5.88]
    assert pd.read_csv(io.StringIO(english))["mean"].tolist() == [3.63, 5.88]
    assert table.csv("en", sep="\t").startswith("org\tconstruct\twave\tn\tmean\tsd\tstate\tmarks")
    with pytest.raises(InputError, match="separator"):
        table.csv(sep="|")


def test_many_marks_have_letters_of_their_own() -> None:
    rows = [row for number in range(30) for row in published(org=f"o{number:02}")]
    table = report_published(rows, bron="x", by="org")
    letters = [mark.letter for mark in table.marks]
    assert len(set(letters)) == 30
    assert letters[:2] + letters[25:28] == ["a", "b", "z", "aa", "ab"]


def test_without_great_tables_the_line_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    table = report_published(published(), bron="x")
    monkeypatch.setattr("igm.analysis._report_output.find_spec", lambda _name: None)
    with pytest.raises(MissingDependencyError, match=r"\[tables\]"):
        table.great_table()


def test_not_shown_is_never_called_no_difference() -> None:
    languages: tuple[Language, ...] = ("nl", "en")
    for lang in languages:
        text = report_published(published(sd=9.0), bron="x").text(lang).casefold()
        assert "geen verschil" not in text
        assert "no difference" not in text
        assert "no effect" not in text


@pytest.mark.parametrize("title", [3, pd.NA, ["x"], b"x", True])
@pytest.mark.parametrize("form", ["text", "markdown", "html", "latex", "great_table"])
def test_a_title_is_text(form: str, title: Any) -> None:
    table = report_published(published(), bron="rapport")
    with pytest.raises(InputError, match="no text") as refused:
        getattr(table, form)("en", title=title)
    assert refused.value.problems[0].where == "$.title"


@pytest.mark.parametrize("width", [None, "80", 80.5, pd.NA, True, [80]])
def test_a_width_is_a_whole_number(width: Any) -> None:
    table = report_published(published(), bron="rapport")
    with pytest.raises(InputError, match="a width"):
        table.text(width=width)
    with pytest.raises(InputError, match="a width"):
        table.table().text(width)


@pytest.mark.parametrize("marks", [pd.NA, "no", 3, [], None])
def test_marks_are_asked_for_or_not(marks: Any) -> None:
    with pytest.raises(InputError, match="neither yes nor no"):
        report_published(published(), bron="rapport", marks=marks)


def test_what_a_spreadsheet_may_not_compute_reads_back_as_it_was() -> None:
    names = ["=noord", "-zuid", "'s Gravenhage", "'west'"]
    rows = [row | {"org": name} for name in names for row in published()]
    table = report_published(rows, bron="rapport", by="org", marks=False)
    written = list(csv.DictReader(io.StringIO(table.csv("en"))))
    assert {row["org"] for row in written} == {"'=noord", "'-zuid", "'s Gravenhage", "'west'"}
    again = report_published(written, bron="rapport", by="org", marks=False)
    assert [dict(cell.group) for cell in again.cells] == [dict(cell.group) for cell in table.cells]
