from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.fake_plugins import offered_by

from igm import _plugins
from igm.constructs.vragenlijst import Vragenlijst
from igm.errors import InputError, PluginWarning, UnknownNameError
from igm.scoring import composite, composites, names, registry, score, scorer, scorers
from igm.scoring.protocols import FloatArray

ROOT = Path(__file__).parents[2]


class Highest:
    """A scorer as a third party would write it."""

    name = "highest"

    def one(self, answers: Sequence[int | None], items: object, schaal: object, /) -> float | None:
        return float(max(answer for answer in answers if answer is not None))

    def many(self, answers: FloatArray, items: object, schaal: object, /) -> FloatArray:
        highest: FloatArray = np.nanmax(answers, axis=1)
        return highest


ready = Highest()


def needs_level(level: int) -> Highest:
    raise AssertionError(level)


def makes_nothing() -> None:
    return None


not_a_part = 4


@pytest.fixture
def plugins(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[importlib.metadata.EntryPoint]]:
    """The entry points that are installed, as far as the library can see; a list to fill."""
    yield from offered_by(__name__, monkeypatch)


def _point(name: str, value: str, group: str = registry.SCORERS) -> importlib.metadata.EntryPoint:
    return importlib.metadata.EntryPoint(name=name, value=value, group=group)


def test_own_parts_are_found_by_name() -> None:
    assert scorer("mean") == scorers.mean()
    assert composite("minimum") == composites.minimum()
    given = scorers.mean()
    assert scorer(given) is given


@pytest.mark.parametrize("name", ["gate", "weighted"])
def test_a_name_is_not_enough_for_what_needs_arguments(name: str) -> None:
    with pytest.raises(InputError) as caught:
        composite(name)
    assert caught.value.code == "missing-field"
    assert f"{'threshold' if name == 'gate' else 'weights'}=..." in caught.value.problems[0].do


def test_gate_as_a_name_is_a_clear_error_in_score(lijst: Vragenlijst) -> None:
    with pytest.raises(InputError, match=r"threshold=\.\.\."):
        score({}, lijst, composite="gate")
    with pytest.raises(InputError, match=r"weights=\.\.\."):
        score({}, lijst, scorer="weighted")


def test_an_unknown_name_gets_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'minimum'"):
        composite("minimun")
    with pytest.raises(UnknownNameError, match=r"\$\.scorer"):
        scorer("gate")
    with pytest.raises(UnknownNameError, match="unknown group"):
        names("igm.other")


@pytest.mark.parametrize("given", [scorers.mean, Highest, 3, None, composites.mean()])
def test_what_is_neither_a_name_nor_a_scorer_is_refused(given: Any) -> None:
    with pytest.raises(InputError, match="not a scorer"):
        scorer(given)


def test_plugins_are_found_as_an_object_or_as_what_makes_one(
    plugins: list[importlib.metadata.EntryPoint], lijst: Vragenlijst
) -> None:
    plugins += [_point("highest", "fake_plugin:ready"), _point("best", "fake_plugin:Highest")]
    assert scorer("highest") is ready
    assert isinstance(scorer("best"), Highest)
    own = ("by_construct", "expectancy_value", "graded_response", "mean", "pomp", "sum", "weighted")
    assert names(registry.SCORERS) == tuple(sorted(("best", "highest", *own)))
    assert score({"h1": 2, "h2": 1}, lijst, scorer="best").scores["houding"] == 5.0


@pytest.mark.parametrize("value", ["no_such_module:x", "fake_plugin:no_such_name", "fake_plugin:not_a_part"])
def test_a_broken_plugin_is_skipped_with_a_warning(
    plugins: list[importlib.metadata.EntryPoint], value: str
) -> None:
    plugins += [_point("broken", value), _point("highest", "fake_plugin:ready")]
    with pytest.warns(PluginWarning, match="'broken'"):
        assert scorer("highest") is ready
    with pytest.raises(UnknownNameError):
        scorer("broken")


@pytest.mark.parametrize("name", ["mean", "highest"])
def test_a_plugin_cannot_take_a_name(plugins: list[importlib.metadata.EntryPoint], name: str) -> None:
    plugins += [_point("highest", "fake_plugin:ready"), _point(name, "fake_plugin:zzz")]
    with pytest.warns(PluginWarning, match="its name is taken"):
        assert scorer("highest") is ready
    assert scorer("mean") == scorers.mean()


def test_a_plugin_that_makes_something_else_is_told(plugins: list[importlib.metadata.EntryPoint]) -> None:
    plugins += [_point("nothing", "fake_plugin:makes_nothing"), _point("level", "fake_plugin:needs_level")]
    with pytest.raises(InputError, match="plugin-invalid"):
        scorer("nothing")
    with pytest.raises(InputError, match=r"level=\.\.\."):
        scorer("level")


def test_plugins_can_be_switched_off(
    plugins: list[importlib.metadata.EntryPoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    plugins.append(_point("highest", "fake_plugin:ready"))
    monkeypatch.setenv(_plugins.DISABLE, "1")
    with pytest.raises(UnknownNameError):
        scorer("highest")
    assert scorer("mean").name == "mean"
    monkeypatch.setenv(_plugins.DISABLE, "0")
    assert scorer("highest") is ready


def test_groups_are_apart(plugins: list[importlib.metadata.EntryPoint]) -> None:
    plugins.append(_point("highest", "fake_plugin:ready"))
    with pytest.raises(UnknownNameError):
        composite("highest")


def test_own_parts_need_no_scan_of_entry_points() -> None:
    code = (
        "import importlib.metadata as m\n"
        "real = m.entry_points\n"
        "def boom(**asked):\n"
        "    if asked.get('group', '').startswith('igm.'): raise SystemExit('scanned')\n"
        "    return real(**asked)\n"
        "m.entry_points = boom\n"
        "from igm.scoring import composite, scorer\n"
        "print(scorer('mean').name, composite('minimum').name)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "mean minimum\n"), done.stderr


def test_the_declared_entry_points_are_the_own_parts() -> None:
    # as declared: what is installed beside a working copy can be of an earlier one
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    for group in (registry.SCORERS, registry.COMPOSITES):
        points = [
            importlib.metadata.EntryPoint(name, value, group) for name, value in declared[group].items()
        ]
        assert {point.name for point in points} == set(registry._GROUPS[group].own)
        assert all(point.load() is registry._GROUPS[group].own[point.name] for point in points)
        installed = [
            point for point in importlib.metadata.entry_points(group=group) if point.value.startswith("igm.")
        ]
        assert {point.name for point in installed} <= set(declared[group])
        assert installed
