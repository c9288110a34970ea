"""The examples run, and the README quotes what they are and what they print."""

from __future__ import annotations

import csv
import importlib.util
import itertools
import math
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import igm
from igm.decision import LeidenUitkomst

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
DEMO_WIDTH = 100
QUICKSTART_LINES = 20


@cache
def printed_by(name: str) -> str:
    """What a script prints when it is started as a reader starts it, but without a network."""
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONWARNINGS": "error"}
    guard = "import socket; socket.socket = None; import runpy, sys; runpy.run_path(sys.argv[1], run_name='__main__')"
    command = [sys.executable, "-c", guard, str(EXAMPLES / name)]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


@cache
def demo() -> ModuleType:
    """The demo as a module, to look at its steps."""
    spec = importlib.util.spec_from_file_location("igm_demo", EXAMPLES / "demo.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def quoted(language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )


def test_the_readme_quotes_the_quickstart_and_what_it_prints() -> None:
    assert (EXAMPLES / "quickstart.py").read_text("utf-8") in quoted("python")
    assert printed_by("quickstart.py") in quoted("text")


@pytest.mark.slow
def test_the_readme_quotes_the_frames_and_what_they_print() -> None:
    assert (EXAMPLES / "frames.py").read_text("utf-8") in quoted("python")
    command = [sys.executable, "-W", "error", str(EXAMPLES / "frames.py")]
    # Spark says on the error stream how it starts
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout in quoted("text")


def test_the_quickstart_is_quick_to_read() -> None:
    lines = (EXAMPLES / "quickstart.py").read_text("utf-8").splitlines()
    assert 10 <= len([line for line in lines if line.strip()]) <= QUICKSTART_LINES


def test_the_demo_fits_a_terminal() -> None:
    lines = printed_by("demo.py").splitlines()
    assert len(lines) > DEMO_WIDTH
    assert [line for line in lines if len(line) > DEMO_WIDTH] == []


def test_the_demo_prints_its_assumption_before_the_first_advice_on_a_vignette() -> None:
    text = " ".join(printed_by("demo.py").split())
    assert text.index(demo().ASSUMPTIONS) < text.index("NIET_NU")


def step(number: int) -> str:
    """What one step of the demo prints."""
    after = printed_by("demo.py").split(f"\n{number}. ", 1)[1]
    return after.split(f"\n{number + 1}. ", 1)[0]


def test_the_demo_shows_the_bottlenecks_of_the_client_lowest_first_with_what_is_missing() -> None:
    lines = step(1).split("\nKnelpunten\n", 1)[1].splitlines()
    assert lines[0].split() == ["construct", "score", "schaal", "POMP", "items", "opmerking"]
    at = {
        name: next(place for place, line in enumerate(lines) if line.startswith(name))
        for name in ("context en", "geloof in", "zelfregulering", "belastbaarheid", "sociale druk")
    }
    assert list(at) == sorted(at, key=lambda name: at[name])
    assert lines[at["context en"]].split()[3:6] == ["2,00", "1–5", "25,0"]
    assert "geweigerd" in lines[at["belastbaarheid"]]
    assert "apart; richting onbekend" in lines[at["sociale druk"]]


def test_the_demo_says_that_what_was_refused_is_not_asked_again() -> None:
    lines = step(1).splitlines()
    assert "  - belastbaarheid: geweigerd; is not asked again" in lines
    asked = [line for line in lines if line.endswith("niet gevraagd; may be asked")]
    assert any("invloed van professional op zelfregulering" in line for line in asked)


def test_the_demo_gives_every_vignette_its_argument_in_the_direction_of_its_advice() -> None:
    found = re.split(r"^ ?(\d+)  (?=[A-Z_]+ )", step(3).split("\nTogether: ")[0], flags=re.MULTILINE)[1:]
    blocks = dict(zip(map(int, found[::2]), found[1::2], strict=True))
    assert list(blocks) == list(range(1, 15))
    ways = {"NIET_NU": {"tegen"}, "DRIEGESPREK": {"voor", "tegen"}, "AANMELDEN": {"voor"}}
    for number, block in blocks.items():
        told = re.findall(r"^ +- (voor|tegen): \S", block, flags=re.MULTILINE)
        assert len(told) == len(set(told)), number
        assert set(told) == ways[block.split()[0]], number


def test_the_demo_shows_the_published_figures_with_n_and_sd() -> None:
    lines = printed_by("demo.py").splitlines()
    # 3.63 (1.50) and 5.88 (1.13) on 1 to 7
    assert [line.split()[-6:] for line in lines if line.startswith("context en randvoorwaarden   ")][-1] == [
        "43,8", "25,0", "16", "81,3", "18,8", "12",
    ]  # fmt: skip
    assert sum(line.startswith("apart: sociale druk") for line in lines) == 1


def test_the_fourteen_vignettes_get_at_least_three_different_advices() -> None:
    found = {number: demo().weigh(signs).advies for number, signs in demo().vignettes().items()}
    assert list(found) == list(range(1, 15))
    assert len(set(found.values())) >= 3
    assert set(found.values()) <= {
        LeidenUitkomst.NIET_NU,
        LeidenUitkomst.DRIEGESPREK,
        LeidenUitkomst.AANMELDEN,
    }


def test_the_vignettes_are_weighed_with_nothing_left_open() -> None:
    kader = igm.kader("leiden-2021")
    for signs in demo().vignettes().values():
        afweging = demo().weigh(signs)
        unknown = set(kader.facts_read) - {use.name for use in afweging.feiten}
        assert all(kader.feiten[name].geldt_als is not None for name in unknown)
        assert [aanname.feit for aanname in afweging.aannames] == ["extern_onderzoek"]


def test_the_smallest_combinations_are_smallest_and_are_all_there_are() -> None:
    module = demo()
    found = module.smallest_combinations()
    assert all(module.gives_niet_nu(combination) for combination in found)
    assert not any(
        module.gives_niet_nu(combination - {part}) for combination in found for part in combination
    )
    parts = ("geen motivatie", "aanpassing_te_veel", *module.HINDRANCES)
    everything = (frozenset(chosen) for size in range(10) for chosen in itertools.combinations(parts, size))
    above = {chosen for chosen in everything if any(smaller <= chosen for smaller in found)}
    assert all(module.gives_niet_nu(chosen) for chosen in above)
    # "any 2 of" is said of every such choice
    counts = [math.comb(len(others), needed) for _, others, needed in module.grouped(found)]
    assert sum(counts) == len(found)


def test_what_is_made_unknown_matters_only_where_it_can_turn_the_advice() -> None:
    text = printed_by("demo.py")
    after = text[text.index("Now psychisch is not known") :]
    stays, turns = after.split("Now verslaving is not known")
    assert "stays the same" in " ".join(stays.split())
    assert "ontbreekt" not in stays
    assert "MEER_WETEN" in turns
    assert "ontbreekt: een verslaving belemmert een traject" in turns


def test_the_audit_prints_what_its_page_quotes() -> None:
    page = (ROOT / "docs" / "explanation" / "published-tables.md").read_text("utf-8")
    printed = printed_by("audit.py").strip().splitlines()
    quoted_lines = "\n".join(re.findall(r"^```text\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)).splitlines()
    assert len(quoted_lines) > 20
    assert [line for line in quoted_lines if line not in printed] == []
    concerns = [line for line in printed if ", T" in line.partition(": ")[0]]
    assert [line for line in concerns if line not in quoted_lines] == []


def test_the_chain_is_on_a_card_in_a_figure_and_in_an_advice() -> None:
    lines = printed_by("congruence.py").splitlines()
    assert [line for line in lines if len(line) > DEMO_WIDTH] == []
    text = " ".join(" ".join(lines).split())
    assert "breekt in de schakel manager → professional, bij context en randvoorwaarden" in text
    assert "in de schakel professional → cliënt, bij kennis en vaardigheden." in text
    assert "Om van te leren, niet om te beoordelen." in text
    assert text.index("De figuur staat in keten.svg.") < text.index("Advies: PRAAT")


def test_strangers_in_the_example_look_congruent_too() -> None:
    rows = [line.split() for line in printed_by("congruence.py").splitlines()]
    means = [
        float(row[-1].replace(",", "."))
        for row in rows
        if row[:2] in (["eigen", "duo's"], ["alle", "andere"])
    ]
    assert len(means) == 2
    assert min(means) > 0.5


DATA_FILES = [
    "wzam_published_tables.csv",
    "wzam_text_figures.csv",
    "wzam_waves.csv",
    "leiden_vignettes.csv",
    "client_c-017.json",
]


@pytest.mark.parametrize("name", DATA_FILES)
def test_every_data_file_has_its_source(name: str) -> None:
    assert f"`{name}`" in (EXAMPLES / "data" / "README.md").read_text("utf-8")


def test_the_published_figures_lie_on_their_scales_and_name_known_constructs() -> None:
    with (EXAMPLES / "data" / "wzam_published_tables.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows != []
    for row in rows:
        assert igm.construct(row["construct"]).value == row["construct"]
        igm.Schaal(minimum=1, maximum=int(row["scale_max"])).pomp(float(row["mean"]))
        assert int(row["n"]) > 0
