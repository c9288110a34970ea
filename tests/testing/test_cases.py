"""Generated cases fit any kader, and reach what conditions tell apart."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decision.strategies import kaders, small, yes_no

import igm
from igm.decision import Casus, Fact, FactKind, feit
from igm.errors import InputError
from igm.testing import cases
from igm.testing._cases import countable_cases, filled_in


@settings(max_examples=100)
@given(st.data())
def test_every_kader_gets_cases_and_completions(data: st.DataObject) -> None:
    kader = data.draw(kaders())
    casus = data.draw(cases(kader))
    assert (casus.kader_hash, casus.peildatum is None and kader.reads_dates) == (kader.hash, False)
    draw: Any = data.draw
    full = filled_in(draw, kader, casus)
    for name, fact in kader.feiten.items():
        assert name in full.values or full.values.get(fact.geldt_als or "") is False
        assert name not in casus.values or casus.values[name] == full.values[name]


@settings(max_examples=100)
@given(st.data())
def test_without_unknown_only_what_does_not_apply_is_absent(data: st.DataObject) -> None:
    kader = data.draw(kaders())
    casus = data.draw(cases(kader, unknown=False, own=False))
    absent = [fact for name, fact in kader.feiten.items() if name not in casus.values]
    assert [fact.name for fact in absent if casus.values.get(fact.geldt_als or "") is not False] == []
    assert casus.antwoorden == {}


def seen(strategy: st.SearchStrategy[Casus]) -> list[Casus]:
    found: list[Casus] = []

    @settings(max_examples=150)
    @given(strategy)
    def collect(casus: Casus) -> None:
        found.append(casus)

    collect()
    return found


def test_cases_reach_both_sides_of_thresholds_reasons_sources_and_own_answers() -> None:
    number = Fact.getal("n", label="n", eenheid="x", minimum=0, maximum=1000)
    born = Fact.datum("d", label="d")
    n, d = feit.getal("n"), feit.datum("d")
    kader = small([number, born], [(n < 3.5, "laag"), (n.is_(7), "midden"), (d.years() < 27, "midden")])
    found = seen(cases(kader))
    numbers = {casus.values.get("n") for casus in found}
    assert {0, 3.5, 7, 1000, None} <= numbers
    assert any(isinstance(value, (int, float)) and value < 3.5 for value in numbers)
    ages = {
        kader.evaluate(casus.with_facts({"n": 4}, kader), beleid="cautious").advies.value for casus in found
    }
    assert ages == {"midden", "hoog", "vraag"}
    assert any(casus.missing for casus in found)
    assert any(casus.herkomst for casus in found)
    leiden = seen(cases(igm.kader("leiden-2021")))
    assert any(casus.antwoorden for casus in leiden)
    assert not any(casus.antwoorden for casus in seen(cases(igm.kader("leiden-2021"), own=False)))


def test_countable_cases_leave_little_open() -> None:
    wide = Fact.getal("breed", label="b", eenheid="x", minimum=0, maximum=10**9, geheel=True)
    kader = small(
        [wide, *yes_no("a", "b", "c")], [(feit.getal("breed") > 5, "laag"), (feit.ja_nee("a"), "laag")]
    )
    found = seen(countable_cases(kader, 2))
    assert all("breed" in casus.values for casus in found)
    assert any("a" not in casus.values for casus in found)


def test_only_a_kader_has_cases() -> None:
    wrong: Any = "leiden-2021"
    with pytest.raises(InputError, match=r"not a kader, at \$\.kader"):
        cases(wrong)


def test_every_kind_of_fact_is_filled_with_its_own_kind() -> None:
    facts = [
        *yes_no("a"),
        Fact.keuze("k", label="k", opties=("een", "twee")),
        Fact.getal("n", label="n", eenheid="x", minimum=-2, maximum=2, geheel=True),
        Fact.datum("d", label="d", minimum=date(2020, 1, 1), maximum=date(2020, 2, 1)),
    ]
    kader = small(facts, [(feit.ja_nee("a"), "laag")])
    kinds = {fact.kind for fact in facts}
    assert kinds == set(FactKind)
    for casus in seen(cases(kader, unknown=False)):
        assert all(kader.feiten[name].problem(value, "$") is None for name, value in casus.values.items())


def test_cases_have_values_that_expired_and_days_up_to_today_only() -> None:
    facts = [
        Fact.ja_nee("rust", label="rust", houdbaar_dagen=30),
        Fact.trend("t", label="t", geldt_als="rust"),
        Fact.score("s", label="s", determinant="kennis", metric="schaal", schaal=igm.LIKERT5),
        Fact.datum("d", label="d", toekomst=False, minimum=date(2000, 1, 1)),
    ]
    kader = small(facts, [(feit.ja_nee("rust") & feit.trend("t").is_worsened(), "laag")])
    found = seen(cases(kader))
    assert {bool(casus.verlopen) for casus in found} == {True, False}
    held = [
        (casus.peildatum - casus.herkomst["rust"].datum).days
        for casus in found
        if "rust" in casus.values and casus.peildatum and casus.herkomst["rust"].datum
    ]
    assert {0, 30} <= set(held) <= set(range(31))
    days = [(casus.values["d"], casus.peildatum) for casus in found if "d" in casus.values]
    assert any(day == last for day, last in days)
    assert all(isinstance(day, date) and last is not None and day <= last for day, last in days)
    assert {1, 5} <= {casus.values.get("s") for casus in found}
    assert not any(casus.verlopen for casus in seen(cases(kader, unknown=False)))


WITHOUT = """
import sys
sys.modules["hypothesis"] = None
import igm, igm.testing as testing
from igm.errors import IgmError
from igm.scoring import composites, scorers
kader = igm.kader("leiden-2021")
for call in (
    lambda: testing.cases(kader),
    lambda: testing.check_kader(kader),
    lambda: testing.check_rule(kader.regels[0], kader),
    lambda: testing.check_scorer(scorers.mean()),
    lambda: testing.check_composite(composites.mean()),
):
    try:
        call()
    except ImportError as error:
        assert isinstance(error, IgmError)
        print(type(error).__name__, error.code, str(error))
"""


def test_without_hypothesis_the_error_holds_the_line_that_installs_it() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 5
    for line in lines:
        assert line.startswith("MissingDependencyError missing-dependency")
        assert "pip install -c constraints.txt '.[testing]'" in line


def test_importing_the_checks_does_not_import_hypothesis() -> None:
    code = "import sys, igm.testing; sys.exit('hypothesis' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
