"""What is installed is what is written: version, types, content, licence."""

from __future__ import annotations

import os
import re
import zipfile
from importlib.metadata import metadata, version
from pathlib import Path

import pytest
from hatchling.build import build_wheel

import igm

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    home = Path.cwd()
    os.chdir(ROOT)
    try:
        name = build_wheel(str(folder))
    finally:
        os.chdir(home)
    return set(zipfile.ZipFile(folder / name).namelist())


def test_version_is_told_once() -> None:
    assert igm.__version__ == version("igm")
    assert f"version: {igm.__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


def test_this_version_or_what_comes_next_is_in_the_changelog() -> None:
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)
    assert headings[0] == "Unreleased" or headings[0] == igm.__version__
    assert len(headings) == len(set(headings))


def test_licence_is_named_and_shipped(wheel: set[str]) -> None:
    assert metadata("igm")["License-Expression"] == "Apache-2.0"
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
    assert [name for name in wheel if name.endswith("dist-info/licenses/LICENSE")] != []


def test_types_ship(wheel: set[str]) -> None:
    assert "igm/py.typed" in wheel


def test_the_wheel_holds_the_package_and_its_content_and_nothing_else(wheel: set[str]) -> None:
    written = {
        path.relative_to(SRC).as_posix()
        for path in (SRC / "igm").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in wheel if ".dist-info/" not in name} == written
    assert [name for name in written if name.startswith("igm/content/") and name.endswith(".yaml")] != []


def test_pins_are_plain() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", pin)] == []
    names = [pin.partition("==")[0].casefold().replace("_", "-") for pin in pins]
    assert len(names) == len(set(names))
