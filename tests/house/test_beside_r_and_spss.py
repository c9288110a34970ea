"""Every function that computes a statistic has a row on the page that names the same elsewhere."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import igm
from igm import analysis, disclosure, scoring
from igm.scoring import scorers

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "beside-r-and-spss.md"
FETCHES = {"check", "names", "norm", "scorer", "shipped_norms"}
"""What only fetches something by its name, or reads columns."""
PASSES_ON = {
    "by_construct",
    "compare_published",
    "composite",
    "interpret",
    "report_published",
    "report_table",
    "score",
    "summarise",
}
"""What computes by what it is given, or by others: each of these, and each norm, names its own source."""
REFERENCE = re.compile(r"[A-Z][^\W\d_]+(?: [^.:;]{0,60}|,)? ?(?:et al\.,? )?\(?(?:18|19|20)\d\d\b")
"""Somebody's name and, not far behind it, a year."""


def called() -> set[str]:
    """The names in the first column of the tables, without what stands before their last dot."""
    firsts = [line.split("|")[1] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    paths = [path for first in firsts for path in re.findall(r"`([A-Za-z_][\w.]*)", first)]
    return {path.removeprefix("igm.").removeprefix("scorers.").split(".")[0] for path in paths}


def statistics() -> set[str]:
    shown = {
        name
        for module in (analysis, scoring, disclosure)
        for name in module.__all__
        if inspect.isfunction(getattr(module, name))
    }
    own = {
        name
        for name, thing in vars(scorers).items()
        if inspect.isfunction(thing) and thing.__module__ == scorers.__name__ and not name.startswith("_")
    }
    return (shown - FETCHES) | own


def test_every_statistic_has_a_row() -> None:
    assert sorted(statistics() - called()) == []


def docstrings() -> dict[str, str]:
    homes = (scorers, analysis, scoring, disclosure)
    return {
        name: inspect.getdoc(next(getattr(home, name) for home in homes if hasattr(home, name))) or ""
        for name in statistics()
    }


@pytest.mark.parametrize("name", sorted(statistics() - PASSES_ON))
def test_every_statistic_names_who_found_it_or_where_its_formula_stands(name: str) -> None:
    told = docstrings()
    own = told[name].split("Args:")[0]
    others = [told[other] for other in re.findall(r"(?<!`)`(\w+)`(?!`)", own) if other in told]
    assert any(REFERENCE.search(" ".join(text.split("Args:")[0].split())) for text in (own, *others))


def test_no_row_names_what_is_not_there() -> None:
    homes = (igm, analysis, scoring, disclosure, scorers)
    assert sorted(name for name in called() if not any(hasattr(home, name) for home in homes)) == []


def test_every_r_call_that_was_not_run_is_marked() -> None:
    run = {"stats", "effectsize", "Partiallyoverlapping", "psych", "multilevel", "semTools"}
    run |= {"clinicalsignificance", "package"}  # the last one stands for any
    loose = re.findall(r"`(\w+)::[^`]+`(?!°)", PAGE.read_text("utf-8"))
    assert set(loose) <= run
