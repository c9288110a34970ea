"""The error codes, their page, their use and their classes say the same."""

from __future__ import annotations

import ast
import importlib
import pickle
import pkgutil
import re
from pathlib import Path
from typing import TypeVar

import pytest

import igm
from igm.errors import ERROR_CODES, IgmError, IgmWarning, Problem

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "errors.md").read_text("utf-8")
CODE = re.compile(r"[a-z]+(-[a-z]+)*")
Raised = TypeVar("Raised", IgmError, IgmWarning)


def sections() -> dict[str, str]:
    """The text under each second-level heading of the errors page."""
    parts = re.split(r"^## (.+)$", PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def codes_in_source() -> set[str]:
    """Every known code that occurs as a text in the source, the list of codes itself apart."""
    found: set[str] = set()
    for path in (ROOT / "src" / "igm").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        the_list = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and node.target.id == "ERROR_CODES"
        ]
        inside = {id(inner) for node in the_list for inner in ast.walk(node)}
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside
        }
    return found & set(ERROR_CODES)


def every_class(base: type[Raised]) -> list[type[Raised]]:
    """All classes of the library under a base, in whatever module they stand."""
    for module in pkgutil.walk_packages(igm.__path__, "igm."):
        importlib.import_module(module.name)
    found: list[type[Raised]] = []
    queue: list[type[Raised]] = [base]
    while queue:
        for cls in queue.pop().__subclasses__():
            if cls.__module__.startswith("igm"):
                found.append(cls)
                queue.append(cls)
    return found


def test_codes_are_kebab_case_and_sorted() -> None:
    assert list(ERROR_CODES) == sorted(ERROR_CODES)
    assert [code for code in ERROR_CODES if not CODE.fullmatch(code)] == []


def test_every_code_has_its_heading_and_no_heading_is_without_code() -> None:
    assert re.findall(r"^## (.+)$", PAGE, flags=re.MULTILINE) == list(ERROR_CODES)


@pytest.mark.parametrize("code", ERROR_CODES)
def test_every_section_tells_meaning_cause_and_cure(code: str) -> None:
    labels = re.findall(r"^\*\*(.+?)\.\*\* \S", sections()[code], flags=re.MULTILINE)
    assert labels == ["Meaning", "Typical cause", "What to do"]


def test_every_code_is_raised_somewhere() -> None:
    assert sorted(set(ERROR_CODES) - codes_in_source()) == []


def test_every_error_is_also_a_builtin_that_people_catch() -> None:
    builtin = (ValueError, LookupError, TypeError, ImportError, OSError, ArithmeticError, RuntimeError)
    classes = every_class(IgmError)
    assert len(classes) >= 5
    assert [cls.__name__ for cls in classes if not issubclass(cls, builtin)] == []


def test_every_warning_can_be_filtered_as_one() -> None:
    assert issubclass(IgmWarning, UserWarning)
    names = [cls.__name__ for cls in every_class(IgmWarning)]
    assert [name for name in names if not name.endswith("Warning")] == []


def test_errors_survive_pickling() -> None:
    problems = (
        Problem("value-out-of-range", "value outside its scale", "Give 1 to 5.", "$.score", "9"),
        Problem("missing-field", "ref is missing", "Give it.", "$.ref"),
    )
    classes: list[type[IgmError]] = [IgmError, *every_class(IgmError)]
    for cls in classes:
        for chosen in (problems[:1], problems):
            error = cls(*chosen)
            again = pickle.loads(pickle.dumps(error))  # noqa: S301 (made one line above)
            assert type(again) is cls
            assert again.problems == chosen
            assert str(again) == str(error)
            assert again.code == "value-out-of-range"
