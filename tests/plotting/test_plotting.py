"""Figures: what stands in them, where their axes end, and that they draw only what may be told."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from PIL import Image

import igm
from igm._display import Language
from igm.analysis import ReportTable, Summary, report_published, report_table
from igm.errors import InputError, MissingDependencyError
from igm.plotting import Plot, distribution, likert, profile, waves
from igm.plotting._answers import _ink
from igm.plotting._plot import COLOURS, MARKERS, style

LIJST = igm.vragenlijst("client-participatie")
EVEN = [{"houding_1": 1 + place % 5, "houding_4": 1 + place % 5} for place in range(40)]


def published(orgs: tuple[str, ...] = ("noord",), **other: Any) -> ReportTable:
    rows = [
        {"org": org, "construct": name, "wave": wave, "n": n, "mean": mean + place, "sd": 1.2} | other
        for place, org in enumerate(orgs)
        for name in ("context", "sociale_druk")
        for wave, n, mean in (("T0", 16, 3.6), ("T2", 12, 4.9))
    ]
    return report_published(rows, bron="Rapport 2025", by="org", schaal=igm.LIKERT7)


def small() -> ReportTable:
    sites = ["noord"] * 12 + ["zuid"] * 7
    scores = [1.5 + (place % 5) / 2 for place in range(19)]
    data = {"site": sites * 2, "wave": ["T0"] * 19 + ["T1"] * 19, "houding": scores + scores[::-1]}
    return report_table(pd.DataFrame(data), wave="wave", by="site", schaal=igm.LIKERT5)


NO_TABLE: Any = "table"
PERSON = igm.score({"houding_1": 4, "houding_2": 5}, LIJST)

MAKERS: dict[str, Callable[..., Plot]] = {
    "profile": lambda **asked: profile(published(), wave="T2", **asked),
    "waves": lambda **asked: waves(published(), **asked),
    "likert": lambda **asked: likert(EVEN, LIJST, items=["houding_1"], **asked),
    "distribution": lambda **asked: distribution(EVEN, LIJST, items=["houding_1"], **asked),
}
every_figure = pytest.mark.parametrize("name", sorted(MAKERS))


def texts(plot: Plot) -> str:
    """All that stands in a figure."""
    import matplotlib.text

    plot.figure.draw_without_rendering()
    found: Any = plot.figure.findobj(matplotlib.text.Text)
    return "\n".join(one.get_text() for one in found)


@every_figure
@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_a_figure_is_written_with_its_description_in_it(name: str, kind: str, tmp_path: Path) -> None:
    plot = MAKERS[name](lang="en")
    path = plot.save(tmp_path / f"figure.{kind}")
    assert path.stat().st_size > 1000
    if kind == "svg":
        text = path.read_text("utf-8")
        ET.fromstring(text)  # noqa: S314 (the figure that this test has just drawn)
        assert plot.title in text
        assert plot.alt.partition(". ")[2][:20] in text
        assert "<text" in text  # texts stay texts, to be read aloud and searched
    if kind == "png":
        with Image.open(path) as image:
            assert image.info["Description"].startswith(plot.title)


@every_figure
def test_a_figure_has_a_title_labels_and_an_alt_text_in_both_languages(name: str) -> None:
    dutch, english = MAKERS[name](lang="nl"), MAKERS[name](lang="en")
    assert dutch.alt != english.alt
    for plot in (dutch, english):
        axes: Any = plot.figure.axes[0]
        assert axes.get_xlabel() or axes.get_ylabel()
        assert plot.title in texts(plot)
        assert "n = " in plot.alt
        assert "n = " in texts(plot)
    own = MAKERS[name](title="Own", alt="In words.")
    assert (own.title, own.alt) == ("Own", "In words.")


@every_figure
def test_a_figure_leaves_no_chart_junk_and_no_open_figure(name: str) -> None:
    axes: Any = MAKERS[name]().figure.axes[0]
    assert not axes.spines["top"].get_visible()
    assert not axes.spines["right"].get_visible()
    assert not any(line.get_visible() for line in axes.get_xgridlines())


def test_figures_need_no_display_and_no_pyplot() -> None:
    program = (
        "import sys, igm; from igm.plotting import likert; "
        "l = igm.vragenlijst('client-participatie'); "
        "likert([{'houding_1': 1 + i % 5} for i in range(40)], l, items=['houding_1'])._repr_html_(); "
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_profile_draws_means_with_their_intervals_on_the_whole_scale() -> None:
    plot = profile(published(), wave="T2", lang="en")
    axes: Any = plot.figure.axes[0]
    assert axes.get_xlim() == (1.0, 7.0)
    interval = Summary(4.9, 1.2, 12).interval()
    assert interval is not None
    lines = [tuple(line.get_xdata()) for line in axes.get_lines()]
    assert (interval.low, interval.high) in lines
    assert (4.9,) in lines
    assert [text.get_text() for text in axes.get_yticklabels()][1] == "social pressure\n(n = 12)"


def test_social_pressure_has_an_open_sign_and_a_note() -> None:
    plot = profile(published(), wave="T2", lang="en")
    axes: Any = plot.figure.axes[0]
    faces = [line.get_markerfacecolor() for line in axes.get_lines() if line.get_marker() == "o"]
    assert "white" in faces
    assert any("does not help by itself" in note for note in plot.notes)


def test_groups_differ_in_colour_and_in_sign() -> None:
    axes: Any = waves(published(("noord", "zuid"))).figure.axes[0]
    drawn = [line for line in axes.get_lines() if line.get_marker() in MARKERS]
    assert len({line.get_color() for line in drawn}) == len({line.get_marker() for line in drawn}) == 2
    names = [text.get_text() for text in axes.get_legend().get_texts()]
    assert names == ["noord (n = 16, 12)", "zuid (n = 16, 12)"]


SEEN_AS = {  # Machado, Oliveira & Fernandes 2009, on linear RGB, at full severity
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


@pytest.mark.parametrize("kind", SEEN_AS)
def test_colours_are_told_apart_by_who_is_colour_blind(kind: str) -> None:
    linear = np.array([to_rgb(colour) for colour in COLOURS]) ** 2.2
    there = np.clip(linear @ np.array(SEEN_AS[kind]).T, 0, 1) ** (1 / 2.2)
    for one, other in combinations(there, 2):
        assert np.linalg.norm(one - other) > 0.12


def test_there_is_a_sign_per_colour() -> None:
    assert len(set(MARKERS)) == len(set(COLOURS)) == len(MARKERS) == len(COLOURS)


def test_waves_have_the_ends_of_the_scale_and_a_line_that_follows_the_means() -> None:
    plot = waves(published(), constructs=["context"])
    assert len(plot.figure.axes) == 1
    axes: Any = plot.figure.axes[0]
    assert axes.get_ylim() == (1.0, 7.0)
    assert list(axes.get_lines()[0].get_ydata()) == [3.6, 4.9]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["T0\nn = 16", "T2\nn = 12"]


def test_what_a_table_leaves_out_is_not_drawn() -> None:
    for plot in (waves(small(), lang="en"), profile(small(), wave="T1", lang="en")):
        assert "n = 7" not in plot.alt + texts(plot)
        assert "zuid" not in plot.alt
        assert any("left out" in note for note in plot.notes)


@pytest.mark.parametrize(("lang", "start"), [("nl", "Hier mag niets"), ("en", "Nothing may be shown here")])
def test_where_nothing_may_be_shown_the_figure_says_so_and_why(lang: Language, start: str) -> None:
    data = pd.DataFrame(
        {"site": ["a", "b"] * 14, "wave": ["T0"] * 14 + ["T1"] * 14, "houding": [2.0, 3.0, 4.0, 5.0] * 7}
    )
    table = report_table(data, wave="wave", by="site", schaal=igm.LIKERT5)
    for plot in (waves(table, lang=lang), profile(table, wave="T1", lang=lang)):
        axes: Any = plot.figure.axes[0]
        assert axes.get_legend() is None
        assert start in " ".join(text.get_text() for text in axes.texts).replace("\n", " ")
        assert start in plot.alt


def test_why_nothing_is_shown_of_published_figures_is_another_reason() -> None:
    row = {"construct": "context", "n": None, "mean": None, "sd": None}
    for state, reason in (("suppressed", "left out in the source"), ("empty", "there are no scores")):
        rows = [row | {"wave": wave, "state": state} for wave in ("T0", "T1")]
        plot = waves(report_published(rows, bron="x", schaal=igm.LIKERT7), lang="en")
        assert reason in plot.alt


def test_a_group_that_is_left_out_is_not_in_the_legend_and_has_no_number() -> None:
    axes: Any = waves(small()).figure.axes[0]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["noord (n = 12, 12)"]
    axes = profile(small(), wave="T1").figure.axes[0]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["noord"]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["houding\n(n = 12, ×)"]


def test_no_two_series_have_both_colour_and_sign_in_common() -> None:
    assert len({style(place) for place in range(49)}) == 49


@every_figure
def test_no_text_is_outside_the_figure(name: str) -> None:
    plot = MAKERS[name](lang="nl", title="Een titel die langer is dan er op een regel past " * 3)
    made: Any = plot.figure
    made.draw_without_rendering()
    whole = made.bbox
    for text in (made._suptitle, made._supxlabel):  # matplotlib has no public way to these
        if text is not None:
            box = text.get_window_extent()
            assert whole.x0 <= box.x0
            assert box.x1 <= whole.x1


def test_notes_of_a_narrow_figure_fold_within_it() -> None:
    made: Any = waves(small()).figure
    made.draw_without_rendering()
    assert made._supxlabel.get_window_extent().x1 <= made.bbox.x1


@pytest.mark.parametrize(("colour", "ink"), [((0.835, 0.369, 0.0), "black"), ((0.0, 0.447, 0.698), "white")])
def test_shares_are_written_in_the_ink_that_can_be_read(colour: tuple[float, ...], ink: str) -> None:
    assert _ink(colour) == ink


def test_answers_that_are_taken_together_are_named_below_their_bar() -> None:
    people = [{"houding_1": answer} for answer in [1] * 2 + [2] * 6 + [3] * 5 + [4] * 9 + [5] * 1]
    axes: Any = distribution(people, LIJST, items=["houding_1"]).figure.axes[0]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["1–2", "3", "4–5"]


def test_a_figure_of_names_with_control_characters_is_still_well_formed(tmp_path: Path) -> None:
    plot = waves(published(("\x1b[2J", "شمال")), title="a\x00b")
    ET.fromstring(plot.save(tmp_path / "figure.svg").read_text("utf-8"))  # noqa: S314 (the figure that this test has just drawn)


@pytest.mark.parametrize("schaal", [igm.Schaal(minimum=1, maximum=2), igm.Schaal(minimum=0, maximum=10)])
def test_scales_of_two_and_of_eleven_answers_are_drawn(schaal: igm.Schaal) -> None:
    lijst = LIJST.model_copy(update={"schaal": schaal, "anchors_en": {}})
    low, high = int(schaal.minimum), int(schaal.maximum)
    people = [{"houding_1": low + place % (high - low + 1)} for place in range(110)]
    axes: Any = likert(people, lijst, items="houding_1").figure.axes[0]
    assert sum(bar.get_width() for bar in axes.patches) == pytest.approx(100)
    assert axes.patches[0].get_x() == pytest.approx(-50)


def test_figures_leave_the_settings_of_matplotlib_as_they_are(tmp_path: Path) -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    for make in MAKERS.values():
        make().save(tmp_path / "figure.svg")
    assert dict(mpl.rcParams) == before


def test_a_mean_without_sd_has_no_interval_and_a_note() -> None:
    data = {"wave": ["T0"] * 8, "houding": [1.0, 2.0, 3.0, 4.0] * 2}
    table = report_table(pd.DataFrame(data), wave="wave", schaal=igm.LIKERT5, minimum_n=5)
    plot = profile(table, lang="en")
    assert plot.alt.endswith("attitude (n = 8): 2.50.")
    assert plot.notes == (
        "Without an interval, because the standard deviation cannot be published: attitude.",
    )


def test_the_profile_of_a_person_has_the_error_of_measurement() -> None:
    person = igm.score({"houding_1": 4, "houding_2": 5, "kennis_1": 2, "kennis_2": 3}, LIJST)
    plot = profile(person, sem={"houding": 0.3}, lang="en")
    axes: Any = plot.figure.axes[0]
    low, high = axes.get_lines()[0].get_xdata()
    assert (low + high) / 2 == 4.5
    assert high - low == pytest.approx(2 * 1.959964 * 0.3)
    assert "2 of 4 items" in plot.alt


def test_likert_bars_lie_around_the_middle() -> None:
    axes: Any = likert(EVEN, LIJST, items=["houding_1"]).figure.axes[0]
    bars = [(round(bar.get_x(), 6), round(bar.get_width(), 6)) for bar in axes.patches]
    assert bars == [(-50, 20), (-30, 20), (-10, 20), (10, 20), (30, 20)]
    assert axes.get_xlim() == (-100.0, 100.0)
    assert next(text.get_text() for text in axes.get_legend().get_texts()) == "1 = helemaal mee oneens"


def test_answers_of_few_people_are_taken_together_or_left_out() -> None:
    people = [{"houding_1": answer} for answer in [1] * 2 + [2] * 6 + [3] * 5 + [4] * 9 + [5] * 1]
    people = [one | {"houding_2": 4} for one in people]
    plot = likert(people, LIJST, items=["houding_1", "houding_2"], lang="en")
    assert "1–2 35%, 3 22%, 4–5 43%" in plot.alt
    assert any(note.endswith("taken together: houding_1.") for note in plot.notes)
    assert any(note.endswith("about persons: houding_2.") for note in plot.notes)
    inside = distribution(people, LIJST, items=["houding_1", "houding_2"], lang="en", doel="intern")
    axes: Any = inside.figure.axes[1]
    assert [bar.get_height() for bar in axes.patches] == [0, 0, 0, 100, 0]
    assert "For use inside only." in inside.notes


def test_nothing_is_drawn_when_nothing_may_be_told() -> None:
    with pytest.raises(InputError, match="no item that may be shown"):
        likert([{"houding_1": 3}] * 9, LIJST, items=["houding_1"])


def test_items_that_are_worded_the_other_way_are_not_turned_in_silence() -> None:
    plot = likert(EVEN, LIJST, items=["houding_4"], lang="en")
    assert any("not turned" in note for note in plot.notes)


@pytest.mark.parametrize(
    ("draw", "code"),
    [
        (lambda: profile(published()), "missing-field"),
        (lambda: profile(published(), wave="T9"), "unknown-name"),
        (lambda: profile(published(), wave="T0", constructs=["kennnis"]), "unknown-name"),
        (lambda: profile(NO_TABLE), "invalid-value"),
        (lambda: waves(NO_TABLE), "invalid-value"),
        (lambda: profile(published(), wave="T0", level=95), "value-out-of-range"),
        (lambda: likert(EVEN, LIJST, items=["houding_9"]), "unknown-item"),
        (lambda: likert(EVEN, LIJST, minimum_n=2), "value-out-of-range"),
        (lambda: likert(EVEN, LIJST, items=["houding_1", "houding_1"]), "duplicate-name"),
        (lambda: likert(EVEN, NO_TABLE), "invalid-value"),
        (lambda: waves(published(), constructs=[]), "missing-field"),
        (lambda: waves(published(), constructs=["context", "context"]), "duplicate-name"),
        (lambda: profile(PERSON, sem=NO_TABLE), "invalid-value"),
        (lambda: MAKERS["waves"]().save("figure.bmp"), "invalid-value"),
        (lambda: MAKERS["waves"]().save("figure.png", dpi=0), "value-out-of-range"),
        (lambda: MAKERS["waves"]().save("figure.png", dpi=10**9), "value-out-of-range"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw: Callable[[], object], code: str) -> None:
    with pytest.raises(InputError) as caught:
        draw()
    assert caught.value.problems[0].code == code


def test_a_person_on_two_scales_is_not_drawn_on_one_axis() -> None:
    gedrag = igm.Gedrag(action="bellen", target="werkgevers", context="alleen", time="nu", doel="werk")
    waarden = {
        "houding": igm.Waarde(score=4, schaal=igm.LIKERT5),
        "kennis": igm.Waarde(score=4, schaal=igm.LIKERT7),
    }
    with pytest.raises(InputError, match="several scales"):
        profile(igm.Profiel(gedrag=gedrag, waarden=waarden))


def test_names_with_dollars_are_no_formulas(tmp_path: Path) -> None:
    plot = waves(published(("$\\frac{1}$", "a & <b>")), title="$x_1$ & <y>")
    ET.fromstring(plot.save(tmp_path / "figure.svg").read_text("utf-8"))  # noqa: S314 (the figure that this test has just drawn)
    assert "<b>" not in plot._repr_html_()


def test_without_matplotlib_the_line_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("igm.plotting._plot.find_spec", lambda _name: None)
    for make in MAKERS.values():
        with pytest.raises(MissingDependencyError, match=r"\[plot\]"):
            make()


def test_a_figure_is_told_in_one_line_and_shown_in_a_notebook() -> None:
    plot = MAKERS["profile"]()
    assert repr(plot) == f"Plot('Scores per construct', notes={len(plot.notes)})"
    assert plot._repr_html_().startswith('<img alt="Scores per construct.')
    assert json.dumps(plot.notes)


@pytest.mark.parametrize(
    ("options", "where", "code"),
    [
        ({"title": 3}, "$.title", "invalid-value"),
        ({"title": pd.NA}, "$.title", "invalid-value"),
        ({"alt": ["x"]}, "$.alt", "invalid-value"),
        ({"items": 3}, "$.items", "invalid-value"),
        ({"items": pd.NA}, "$.items", "invalid-value"),
    ],
)
def test_titles_and_items_of_another_kind_are_refused(options: dict[str, Any], where: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        likert(EVEN, LIJST, **({"items": ["houding_1"]} | options))
    assert (refused.value.code, refused.value.problems[0].where) == (code, where)


def test_a_figure_without_items_to_show_asks_what_would_help() -> None:
    with pytest.raises(InputError, match="doel='intern'"):
        likert(EVEN[:3], LIJST, items=["houding_1"])
    with pytest.raises(InputError, match="a lower minimum_n") as refused:
        likert(EVEN[:3], LIJST, items=["houding_1"], doel="intern", minimum_n=10)
    assert "intern" not in str(refused.value)


@pytest.mark.parametrize("path", [3, None, pd.NA, b"x.svg"])
def test_a_figure_is_saved_under_a_path(path: Any, tmp_path: Path) -> None:
    plot = likert(EVEN, LIJST, items=["houding_1"])
    with pytest.raises(InputError) as refused:
        plot.save(path)
    assert refused.value.problems[0].where == "$.path"
    with pytest.raises(InputError, match="20 to 1200"):
        plot.save(tmp_path / "x.png", dpi=3)


def test_drawing_loads_no_pyplot() -> None:
    code = (
        "import sys, igm; from igm.plotting import likert;"
        "p = likert([{'houding_1': 1 + i % 5} for i in range(60)], igm.vragenlijst('client-participatie'),"
        " items=['houding_1']); p._repr_html_(); print('matplotlib.pyplot' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
