"""The tables of the page on the Leiden kader, made from the kader itself; run it to write them anew.

A test keeps the page equal to what this gives.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import igm
from igm.decision import Rule

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "leiden.md"
PART = re.compile(r"(?P<begin><!-- begin: (?P<name>\w+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)


def tables() -> dict[str, str]:
    """Every table by its name on the page."""
    kader, demo = igm.kader("leiden-2021"), load_demo()
    return {
        "afwegingen": markdown(["", "Basic consideration"], kader.afwegingen.items()),
        "vragen": markdown(
            ["Question", "As it is asked", "Default"],
            [(code(vraag.name), vraag.tekst, vraag.default) for vraag in kader.vragen],
        ),
        "regels": markdown(
            ["Rule", "Elaborates", "Speaks for", "Because", "Unless", "Our own choice"],
            [rule_cells(rule) for rule in kader.regels],
        ),
        "beslis": markdown(
            ["", "When", "Then", "Because", "Source", "Our own choice"],
            [
                (number, code(f"{row.als!r}"), code(row.dan), row.omdat, row.bron, row.keuze)
                for number, row in enumerate(kader.beslis, start=1)
            ],
        ),
        "vignetten": markdown(
            ["", "Motivatie", "Belemmeringen", "Advice", "Main argument"],
            [vignette_cells(demo, number, signs) for number, signs in demo.vignettes().items()],
        ),
        "combinaties": markdown(
            ["Parts", "All of", "And any"],
            [
                (len(shared) + needed, ", ".join(shared), f"{needed} of {', '.join(others)}")
                for shared, others, needed in demo.grouped(demo.smallest_combinations())
            ],
        ),
    }


def rule_cells(rule: Rule) -> tuple[object, ...]:
    """A rule as a row."""
    speaks_for = f"{rule.pleit_voor.label} on {code(rule.vraag)}"
    unless = "; ".join(exception.label for exception in rule.tenzij)
    return code(rule.id), rule.afweging, speaks_for, rule.omdat, unless, rule.keuze


def vignette_cells(demo: ModuleType, number: int, signs: dict[str, bool]) -> tuple[object, ...]:
    """A vignette as a row."""
    afweging = demo.weigh(signs)
    present = ", ".join(name for name in demo.HINDRANCES if signs[name])
    arguments = " ".join(
        f"*{argument.pleit}:* {argument.omdat}" for argument in demo.main_arguments(afweging)
    )
    return number, "ja" if signs["motivatie"] else "nee", present, code(afweging.advies.value), arguments


def code(text: str) -> str:
    """Text as code."""
    return f"`{text}`"


def markdown(headers: list[str], rows: Iterable[Iterable[object]]) -> str:
    """A table in markdown; an empty cell is a dash."""
    shown = [["–" if cell is None or cell == "" else str(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [headers, ["---"] * len(headers), *shown])


def load_demo() -> ModuleType:
    """The demo, which weighs the vignettes."""
    spec = importlib.util.spec_from_file_location("igm_demo", ROOT / "examples" / "demo.py")
    assert spec is not None and spec.loader is not None  # noqa: S101, PT018 (the file is there)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rewritten(page: str) -> str:
    """The page with its tables made anew."""
    made = tables()
    return PART.sub(lambda part: f"{part['begin']}\n{made[part['name']]}\n\n{part['end']}", page)


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text("utf-8")), "utf-8")
