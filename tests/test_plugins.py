"""Kaders and rules that installed packages offer."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from tests.fake_plugins import offered_by

import igm
from igm import _plugins
from igm.decision import Rule, rule_plugins
from igm.errors import IgmError, KaderError, PluginWarning, UnknownNameError

LEIDEN = igm.kader("leiden-2021")
BOOK = Path(str(files("igm") / "content" / "kaders" / "leiden-2021.yaml"))


def ready() -> Any:
    return LEIDEN


def as_path() -> Path:
    return BOOK


def as_text() -> str:
    return str(BOOK)


def number() -> int:
    return 4


def failing() -> None:
    raise ZeroDivisionError("oops")


def unsound() -> Any:
    return igm.read_kader({"id": "leeg"})


def one_rule() -> Rule:
    return LEIDEN.regels[0]


def two_rules() -> Iterator[Rule]:
    return iter(LEIDEN.regels[:2])


def no_rules() -> list[Any]:
    return [LEIDEN.regels[0], "rule"]


not_callable = 4


@pytest.fixture
def plugins(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[importlib.metadata.EntryPoint]]:
    """The entry points that are installed, as far as the library can see; a list to fill."""
    yield from offered_by(__name__, monkeypatch)


def point(name: str, value: str, group: str = "igm.kaders") -> importlib.metadata.EntryPoint:
    return importlib.metadata.EntryPoint(name=name, value=f"fake_plugin:{value}", group=group)


@pytest.mark.parametrize("maker", ["ready", "as_path", "as_text"])
def test_a_kader_comes_from_a_plugin(plugins: list[importlib.metadata.EntryPoint], maker: str) -> None:
    plugins.append(point("eigen", maker))
    found = igm.kader("eigen")
    assert (found.id, len(found.regels)) == (LEIDEN.id, len(LEIDEN.regels))


def test_an_unknown_kader_gets_the_name_of_a_plugin_as_suggestion(
    plugins: list[importlib.metadata.EntryPoint],
) -> None:
    plugins.append(point("voorbeeld-rust", "ready"))
    with pytest.raises(UnknownNameError, match="Did you mean 'voorbeeld-rust'"):
        igm.kader("voorbeeld-rus")


@pytest.mark.parametrize(("maker", "told"), [("number", "got 4"), ("failing", "ZeroDivisionError: oops")])
def test_a_plugin_that_gives_no_kader_is_told(
    plugins: list[importlib.metadata.EntryPoint], maker: str, told: str
) -> None:
    plugins.append(point("eigen", maker))
    with pytest.raises(KaderError, match=told) as caught:
        igm.kader("eigen")
    assert caught.value.code == "plugin-invalid"


def test_an_unsound_kader_says_itself_what_is_wrong(plugins: list[importlib.metadata.EntryPoint]) -> None:
    plugins.append(point("eigen", "unsound"))
    with pytest.raises(IgmError) as caught:
        igm.kader("eigen")
    assert {problem.code for problem in caught.value.problems} == {"missing-field"}


@pytest.mark.parametrize("value", ["no_such_name", "not_callable"])
def test_a_broken_kader_plugin_is_skipped_with_a_warning(
    plugins: list[importlib.metadata.EntryPoint], value: str
) -> None:
    plugins += [point("stuk", value), point("eigen", "ready")]
    with pytest.warns(PluginWarning, match="'stuk'"):
        assert igm.kader("eigen") == LEIDEN


def test_no_plugin_takes_the_name_of_a_shipped_kader(plugins: list[importlib.metadata.EntryPoint]) -> None:
    plugins += [point("leiden-2021", "number"), point("eigen", "ready")]
    assert igm.kader("leiden-2021") == LEIDEN  # without a look at the plug-ins
    with pytest.warns(PluginWarning, match="its name is taken"):
        igm.kader("eigen")


def test_rules_are_listed_by_the_name_of_their_plugin(plugins: list[importlib.metadata.EntryPoint]) -> None:
    plugins += [point("een", "one_rule", "igm.rules"), point("twee", "two_rules", "igm.rules")]
    assert rule_plugins() == {"een": LEIDEN.regels[:1], "twee": LEIDEN.regels[:2]}


@pytest.mark.parametrize("value", ["no_rules", "number", "failing", "no_such_name"])
def test_a_broken_rule_plugin_is_skipped_with_a_warning(
    plugins: list[importlib.metadata.EntryPoint], value: str
) -> None:
    plugins += [point("stuk", value, "igm.rules"), point("een", "one_rule", "igm.rules")]
    with pytest.warns(PluginWarning, match="'stuk' .igm.rules"):
        assert set(rule_plugins()) == {"een"}


def test_plugins_can_be_switched_off(
    plugins: list[importlib.metadata.EntryPoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    plugins += [point("eigen", "ready"), point("een", "one_rule", "igm.rules")]
    monkeypatch.setenv(_plugins.DISABLE, "1")
    assert rule_plugins() == {}
    with pytest.raises(UnknownNameError):
        igm.kader("eigen")
