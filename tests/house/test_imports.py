"""``import igm`` is cheap: what is heavy or optional is imported where it is used."""

from __future__ import annotations

import subprocess
import sys
from inspect import unwrap
from types import FunctionType

HEAVY = {
    "dask",
    "duckdb",
    "hypothesis",
    "matplotlib",
    "narwhals",
    "pandas",
    "polars",
    "pyarrow",
    "pyreadstat",
    "pyspark",
    "scipy",
    "sqlalchemy",
}


def modules_after(statement: str) -> set[str]:
    """The top-level names in ``sys.modules`` of a fresh interpreter that ran a statement."""
    program = f"{statement}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return set(done.stdout.split())


def test_import_igm_brings_in_nothing_heavy() -> None:
    loaded = modules_after("import igm")
    assert "igm" in loaded
    assert loaded & HEAVY == set()


def test_using_a_name_of_the_window_brings_in_nothing_heavy() -> None:
    loaded = modules_after("import igm\nfor name in igm.__all__: getattr(igm, name)")
    assert "pydantic" in loaded
    assert loaded & HEAVY == set()


def test_import_gives_no_warning() -> None:
    subprocess.run(
        [sys.executable, "-W", "error", "-c", "import igm; [getattr(igm, name) for name in igm.__all__]"],
        check=True,
    )


def test_every_module_of_the_library_is_there_once() -> None:
    # a module that was collected for its doctests by its path would be another one than the one that others imported
    functions = {
        f"{name}.{attribute}": unwrap(found)
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] == "igm"
        for attribute, found in vars(module).items()
        if isinstance(found, FunctionType) and found.__module__.partition(".")[0] == "igm"
    }
    twice = [
        name
        for name, one in functions.items()
        if one.__globals__ is not vars(sys.modules.get(one.__module__, sys))
    ]
    assert twice == []
