"""The figure of a chain: three profiles on one axis, which gaps are marked, and what stands in words beside it."""

from __future__ import annotations

import io
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.congruence.people import GEDRAG, client, manager, professional, profiel

from igm.congruence import Chain
from igm.congruence import chain as lay
from igm.congruence.chain_lines import Lines
from igm.constructs import LIKERT5, Construct, Richting, SocialeDruk
from igm.errors import InputError, MissingDependencyError
from igm.plotting import Plot, chain
from igm.plotting._plot import COLOURS, MARKERS


def keten(**more: Any) -> Chain:
    given: dict[str, Any] = {
        "manager": manager(),
        "professional": professional(),
        "client": client(),
        "metric": "pomp",
    }
    return lay(**(given | more))


def axes(plot: Plot) -> Any:
    return plot.figure.axes[0]


def points(plot: Plot) -> dict[str, list[float]]:
    """Where the sign of each party stands, by its mark, from top to bottom."""
    lines = [
        line for line in axes(plot).get_lines() if line.get_marker() in MARKERS and len(line.get_xdata())
    ]
    marks = {line.get_marker() for line in lines}
    return {mark: [line.get_xdata()[0] for line in lines if line.get_marker() == mark] for mark in marks}


def strong(plot: Plot) -> list[tuple[float, float]]:
    """From where to where the thick lines run."""
    lines = [
        line for line in axes(plot).get_lines() if len(line.get_xdata())
    ]  # a legend has lines without any
    return [tuple(line.get_xdata()) for line in lines if line.get_linewidth() > 3]


def beside(plot: Plot) -> list[str]:
    """The texts that stand to the right of the axis."""
    return [" ".join(text.get_text().split()) for text in axes(plot).texts]


def test_every_party_stands_at_its_value_under_its_own_sign() -> None:
    plot = chain(keten(), mask=False)
    values = keten().values
    for role, mark in zip(("manager", "professional", "client"), MARKERS, strict=False):
        assert points(plot)[mark] == pytest.approx(list(values[role].values()))  # type: ignore[index]
    assert axes(plot).get_xlim() == (0.0, 100.0)
    assert axes(plot).get_xlabel() == "POMP, van 0 tot 100"


def test_the_thick_lines_are_the_breaks() -> None:
    assert strong(chain(keten(margin=20))) == [pytest.approx((100 * 4 / 6, 0.0))]
    text = beside(chain(keten(margin=20)))
    assert "+66,67 (breuk, grootste)" in text
    assert sum("breuk" in one for one in text) == 1


def test_without_a_rule_the_thick_lines_are_the_largest_of_each_link_and_no_break() -> None:
    plot = chain(keten())
    assert len(strong(plot)) == 3  # two tie in the first link
    assert sum("grootste" in one for one in beside(plot)) == 3
    assert not any("breuk" in one for one in beside(plot))
    legend = [text.get_text() for text in axes(plot).get_legend().get_texts()]
    assert legend == ["manager", "professional", "cliënt", "grootste verschil van een schakel", "verschil"]


def test_what_is_not_known_to_be_a_break_is_dotted_and_said() -> None:
    plot = chain(keten(sem={"professional": {"kennis": 0.2}, "client": {"kennis": 0.2}}), lang="en")
    styles = {line.get_linestyle() for line in axes(plot).get_lines()}
    assert ":" in styles
    assert "−16.67 (not known)" in beside(plot)
    assert "a difference, not known whether it is a break" in [
        text.get_text() for text in axes(plot).get_legend().get_texts()
    ]


def test_the_same_score_hides_nobody() -> None:
    same = profiel(houding=4, kennis=4)
    plot = chain(lay(manager=same, professional=same, client=same))
    lines = [
        line for line in axes(plot).get_lines() if line.get_marker() in MARKERS and len(line.get_xdata())
    ]
    assert len(lines) == len({line.get_ydata()[0] for line in lines}) == 6
    assert strong(plot) == []
    assert axes(plot).get_xlim() == (1.0, 7.0)
    assert axes(plot).get_xlabel() == "Schaal 1–7"


def test_sensitive_constructs_are_masked_unless_asked_for() -> None:
    plot = chain(keten(margin=20))
    assert "•••" in beside(plot)
    assert all(len(found) == 5 for found in points(plot).values())
    assert any("afgeschermd: belastbaarheid" in note for note in plot.notes)
    whole = chain(keten(margin=20), mask=False)
    assert all(len(found) == 6 for found in points(whole).values())
    assert "•••" not in whole.alt + " ".join(beside(whole))


def test_a_masked_figure_is_the_same_whatever_the_sensitive_values_are() -> None:
    def drawn(last: int) -> tuple[str, tuple[str, ...], list[str], list[tuple[float, float]]]:
        one = profiel(houding=4, kennis=3, belastbaarheid=last)
        other = profiel(houding=5, kennis=3, belastbaarheid=4)
        plot = chain(lay(manager=one, professional=other, client=one, margin=1))
        return plot.alt, plot.notes, beside(plot), strong(plot)

    assert drawn(1) == drawn(4) == drawn(7)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_description_says_what_the_figure_says(lang: Any) -> None:
    plot = chain(keten(margin=20), lang=lang)
    for note in plot.notes:
        assert note in plot.alt
    for told in beside(plot):
        assert told in plot.alt
    purpose = {"nl": "Om van te leren, niet om te beoordelen.", "en": "For learning, not for appraisal."}
    assert plot.notes[0].startswith(purpose[lang])
    people = {"nl": "3 mensen (n = 3) en 2 van de 2 schakels", "en": "3 people (n = 3) and 2 of the 2 links"}
    assert people[lang] in plot.alt
    assert "POMP" in plot.alt


def test_who_is_missing_is_not_drawn_and_named() -> None:
    plot = chain(keten(manager=None))
    assert set(points(plot)) == {MARKERS[1], MARKERS[2]}
    assert any("de manager ontbreekt" in note for note in plot.notes)
    assert "manager min professional" not in beside(plot)


def test_some_constructs_in_their_own_order_and_the_rest_is_named() -> None:
    plot = chain(keten(), constructs=["kennis", "houding"], lang="en")
    assert [text.get_text() for text in axes(plot).get_yticklabels()] == ["knowledge and skills", "attitude"]
    note = next(note for note in plot.notes if note.startswith("Not drawn"))
    assert "self-efficacy" in note
    assert "attitude" not in note


def test_pressure_that_is_turned_round_is_said() -> None:
    druk = SocialeDruk(score=2, schaal=LIKERT5, richting=Richting.TEGEN)
    one = profiel(schaal=LIKERT5, houding=4)
    against = one.model_copy(update={"waarden": {**one.waarden, Construct.SOCIALE_DRUK: druk}})
    plot = chain(lay(manager=against, professional=against, client=None), lang="en")
    assert any("turned round" in note for note in plot.notes)


def test_no_text_lies_over_another() -> None:
    plot = chain(keten(sem={"professional": {"kennis": 0.2}}), lang="nl", mask=False)
    drawn: Any = plot.figure
    drawn.draw_without_rendering()
    texts = [*axes(plot).texts, *axes(plot).get_yticklabels(), *axes(plot).get_legend().get_texts()]
    boxes = [text.get_window_extent() for text in texts if text.get_text()]
    assert len(boxes) > 15
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    width, height = drawn.canvas.get_width_height()
    assert all(box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height for box in boxes)


def test_in_grey_the_signs_still_differ() -> None:
    plot = chain(keten())
    assert len({line.get_marker() for line in axes(plot).get_lines() if line.get_color() in COLOURS[:3]}) == 3
    out = io.BytesIO()
    plot.figure.savefig(out, format="png")
    with Image.open(out) as image:
        assert np.asarray(image.convert("L")).min() < 60


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"constructs": ["sociale_druk"]}, "unknown-name"),
        ({"constructs": ["kennnis"]}, "unknown-construct"),
        ({"constructs": ["kennis", "kennis"]}, "duplicate-name"),
        ({"constructs": ["belastbaarheid"]}, "missing-field"),
        ({"lang": "de"}, "unknown-name"),
    ],
)
def test_what_cannot_be_drawn_is_refused(asked: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        chain(keten(), **asked)
    assert caught.value.problems[0].code == code


def test_a_chain_in_which_nothing_is_compared_is_refused() -> None:
    with pytest.raises(InputError, match="nothing that can be drawn is compared"):
        chain(lay(professional=professional()))
    with pytest.raises(InputError, match="nothing to draw"):
        chain("keten")  # type: ignore[arg-type]


def test_without_matplotlib_the_line_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("igm.plotting._plot.find_spec", lambda _name: None)
    with pytest.raises(MissingDependencyError, match=r"\[plot\]"):
        chain(keten())


def test_who_is_missing_has_no_sign_in_the_legend_and_no_column() -> None:
    plot = chain(keten(manager=None), lang="en")
    legend = [text.get_text() for text in axes(plot).get_legend().get_texts()]
    assert legend[:2] == ["professional", "client"]
    masked = len([one for one in beside(chain(keten(), lang="en")) if one == "•••"])
    assert [one for one in beside(plot) if one == "•••"] == ["•••"] * (masked // 2)
    assert masked >= 2


def test_that_each_answered_about_an_own_behaviour_stands_below_the_figure() -> None:
    several = keten(client=client(gedrag=GEDRAG.model_copy(update={"action": "solliciteren"})))
    (said,) = Lines(several, "en", mask=True).own()
    assert said in chain(several, lang="en").notes
    assert said not in chain(keten(), lang="en").notes
