"""How far a verification is: a function is told, or a bar is shown."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from tests.decision.strategies import small, yes_no

from igm.decision import Afwegingskader, feit
from igm.errors import InputError, MissingDependencyError


@pytest.fixture
def kader() -> Afwegingskader[Any]:
    return small(yes_no("a", "b"), [(feit.ja_nee("a") & feit.ja_nee("b"), "laag")])


def test_a_function_is_told_every_step(kader: Afwegingskader[Any]) -> None:
    told: list[tuple[int, int]] = []
    found = kader.verify(voortgang=lambda done, total: told.append((done, total)))
    total = told[0][1]
    assert total > 2
    assert told == [(done, total) for done in range(1, total + 1)]
    assert found == kader.verify()


def test_nothing_is_shown_unless_asked(
    kader: Afwegingskader[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    kader.verify()
    assert capsys.readouterr() == ("", "")


def test_a_bar_is_shown(kader: Afwegingskader[Any], capsys: pytest.CaptureFixture[str]) -> None:
    kader.verify(voortgang=True)
    shown = capsys.readouterr().err
    assert "verify klein: 100%" in shown


def test_without_tqdm_the_line_that_installs_it_is_told(
    kader: Afwegingskader[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with pytest.raises(MissingDependencyError, match=r"pip install -c constraints.txt '\.\[progress\]'"):
        kader.verify(voortgang=True)


def test_another_progress_is_refused(kader: Afwegingskader[Any]) -> None:
    wrong: Any = "ja"
    with pytest.raises(InputError, match=r"\$\.voortgang"):
        kader.verify(voortgang=wrong)
