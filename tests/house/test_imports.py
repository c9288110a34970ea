"""``import igm`` is cheap: what is heavy or optional is imported where it is used."""

from __future__ import annotations

import subprocess
import sys

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
