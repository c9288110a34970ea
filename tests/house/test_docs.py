"""Every public name is documented, with an example that runs, and can be found in the reference."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

import igm

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "igm"
REFERENCE = ROOT / "docs" / "reference"
WINDOW_LINES = 90
MODULE_LINES = 350
EXCUSE = f"longer than {MODULE_LINES} lines because"


def public_modules() -> list[ModuleType]:
    """The window, what stands directly under it without an underscore, and the modules that these export."""
    names = [module.name for module in pkgutil.iter_modules(igm.__path__, "igm.")]
    top = [igm, *(importlib.import_module(name) for name in names if not name.startswith("igm._"))]
    inner = [getattr(module, name, None) for module in top for name in getattr(module, "__all__", ())]
    return list(dict.fromkeys([*top, *(module for module in inner if isinstance(module, ModuleType))]))


def exported(module: ModuleType) -> list[str]:
    """The names in ``__all__``; of a single module without one, what it defines itself."""
    if hasattr(module, "__all__") or hasattr(module, "__path__"):
        return list(getattr(module, "__all__", ()))
    own = [
        name for name, thing in vars(module).items() if getattr(thing, "__module__", "") == module.__name__
    ]
    return sorted((name for name in own if not name.startswith("_")), key=in_order)


def in_order(name: str) -> tuple[int, str]:
    """Constants, classes, the rest, as the linter sorts ``__all__``."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


@cache
def attribute_docs() -> dict[str, str]:
    """The text that follows an assignment at the top of a module, by the assigned name."""
    found: dict[str, str] = {}
    for path in SRC.rglob("*.py"):
        body = ast.parse(path.read_text("utf-8")).body
        for node, after in pairwise(body):
            targets: list[ast.expr] = []
            if isinstance(node, ast.Assign):
                targets = node.targets
            elif isinstance(node, ast.AnnAssign):
                targets = [node.target]
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                found |= {
                    target.id: after.value.value
                    for target in targets
                    if isinstance(target, ast.Name) and isinstance(after.value.value, str)
                }
    return found


PUBLIC = [(module.__name__, name) for module in public_modules() for name in exported(module)]


def test_every_package_says_what_it_exports() -> None:
    silent = [
        module.__name__
        for module in public_modules()
        if hasattr(module, "__path__")
        and list(pkgutil.iter_modules(module.__path__))
        and not exported(module)
    ]
    assert silent == []


@pytest.mark.parametrize("module", public_modules(), ids=lambda module: module.__name__)
def test_exports_are_sorted_and_exist(module: ModuleType) -> None:
    names = exported(module)
    assert names == sorted(set(names), key=in_order)
    assert [name for name in names if not hasattr(module, name)] == []


@pytest.mark.parametrize(("module", "name"), PUBLIC)
def test_every_public_name_is_documented_with_an_example(module: str, name: str) -> None:
    if name == "__version__":
        return
    thing = getattr(importlib.import_module(module), name, None)
    if isinstance(thing, ModuleType):
        assert thing.__doc__
    elif inspect.isclass(thing) or inspect.isroutine(thing) or hasattr(thing, "__wrapped__"):
        # a docstring of its own, not the one of its base
        doc = thing.__dict__.get("__doc__") if inspect.isclass(thing) else thing.__doc__
        assert doc, f"{module}.{name} has no docstring"
        # the example of an error stands with what raises it
        is_error = inspect.isclass(thing) and issubclass(thing, BaseException)
        assert is_error or ">>>" in doc, f"the docstring of {module}.{name} has no example"
    else:
        assert attribute_docs().get(name), f"{module}.{name} has no text under its assignment"


@pytest.mark.parametrize("module", public_modules(), ids=lambda module: module.__name__)
def test_every_public_module_has_its_reference_page(module: ModuleType) -> None:
    if module is igm or not exported(module):
        return
    pages = [
        path for path in REFERENCE.glob("*.md") if f"\n::: {module.__name__}\n" in path.read_text("utf-8")
    ]
    assert len(pages) == 1, f"one page of the reference holds '::: {module.__name__}'"
    assert "members:" not in pages[0].read_text("utf-8"), "the page shows all that its modules export"


def test_functions_named_as_their_module_have_an_entry_of_their_own() -> None:
    # the documentation tool takes igm.constructs.model to be the module
    text = "\n".join(path.read_text("utf-8") for path in REFERENCE.glob("*.md"))
    things = {f"{module}.{name}": getattr(importlib.import_module(module), name) for module, name in PUBLIC}
    shadowed = [
        f"{thing.__module__}.{thing.__name__}"
        for path, thing in things.items()
        if inspect.isfunction(thing) and thing.__module__ == path
    ]
    assert shadowed != []
    assert [path for path in shadowed if f"\n::: {path}\n" not in text] == []


def test_the_reference_of_the_window_links_every_name_once() -> None:
    page = (REFERENCE / "igm.md").read_text("utf-8")
    linked = re.findall(r"^\| \[`(\w+)`\]\[igm\.[\w.]+\] \|", page, flags=re.MULTILINE)
    assert len(linked) == len(set(linked))
    public = {
        name
        for name in igm.__all__
        if name != "__version__" and not isinstance(getattr(igm, name), ModuleType)
    }
    assert public - set(linked) == set(), "no row in docs/reference/igm.md"
    assert set(linked) - public == set(), "a row in docs/reference/igm.md for what is not in the window"


def test_the_window_is_only_a_window() -> None:
    assert len((SRC / "__init__.py").read_text("utf-8").splitlines()) < WINDOW_LINES


def test_modules_can_be_read_in_one_sitting() -> None:
    long = []
    for path in SRC.rglob("*.py"):
        source = path.read_text("utf-8")
        lines = len(source.splitlines())
        if lines > MODULE_LINES and EXCUSE not in " ".join(
            (ast.get_docstring(ast.parse(source)) or "").lower().split()
        ):
            long.append(f"{path.relative_to(SRC)}: {lines}")
    assert long == [], f"split, or say in the module's docstring: {EXCUSE} ..."


def test_examples_in_markdown_are_ones_that_run() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    fences = {
        (page.name, language)
        for page in pages
        for language in re.findall(r"^ *```([^\s`]+)", page.read_text("utf-8"), re.MULTILINE)
    }
    assert {
        (name, language) for name, language in fences if language in {"py", "python3", "py3", "ipython"}
    } == set()
