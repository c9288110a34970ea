"""The modules depend on one another in one direction, as pyproject.toml says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "igm"


def imports(source: str) -> set[str]:
    """The absolute names of the modules that a source imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found.add(node.module)
    return found


def test_layers_hold(capsys: pytest.CaptureFixture[str]) -> None:
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert code == 0, capsys.readouterr().out


@pytest.mark.parametrize(("package", "sibling"), [("scoring", "igm.decision"), ("decision", "igm.scoring")])
def test_siblings_never_import_one_another(package: str, sibling: str) -> None:
    # also under TYPE_CHECKING, which the contract leaves out
    guilty = [
        str(path.relative_to(SRC))
        for path in (SRC / package).rglob("*.py")
        if any(name == sibling or name.startswith(f"{sibling}.") for name in imports(path.read_text("utf-8")))
    ]
    assert guilty == []


def test_nothing_inside_imports_the_window() -> None:
    guilty = [
        str(path.relative_to(SRC))
        for path in SRC.rglob("*.py")
        if path != SRC / "__init__.py" and "igm" in imports(path.read_text("utf-8"))
    ]
    assert guilty == []


def test_imports_are_absolute() -> None:
    guilty = [
        f"{path.relative_to(SRC)}:{node.lineno}"
        for path in SRC.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert guilty == []
