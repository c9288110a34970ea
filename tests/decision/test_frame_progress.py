"""How far the weighing of distinct patterns is: a function is told, or a bar is shown."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest
from tests.frames import every_frame, make, rows

import igm
from igm.decision import patterns
from igm.decision.weighing import relevance
from igm.errors import CollectWarning, InputError

LEIDEN = igm.kader("leiden-2021")
COLUMNS: dict[str, list[Any]] = {
    "key": list(range(6)),
    "extern_onderzoek": [True, None, False, None, False, None],
    "motivatie": [None, True, True, True, False, True],
}
EXACT: dict[str, Any] = {"beleid": "exact", "ontbreekt": True}


def weigh(kind: str, **more: Any) -> Any:
    nullable = {"dask": "dask nullable"}.get(kind, kind)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CollectWarning)
        return LEIDEN.evaluate_many(make(nullable, COLUMNS), **more)


@every_frame
def test_a_function_is_told_of_every_pattern(kind: str) -> None:
    if kind.startswith("dask"):
        with pytest.raises(InputError, match=r"ProgressBar.*\$\.voortgang|\$\.voortgang.*ProgressBar"):
            weigh(kind, **EXACT, voortgang=lambda done, total: None)
        return
    told: list[tuple[int, int]] = []
    made = weigh(kind, **EXACT, voortgang=lambda done, total: told.append((done, total)))
    total = told[0][1]
    assert told == [(done, total) for done in range(1, total + 1)]
    # row 0 is decided; rows 1, 2, 3 and 5 have one pattern, since what is not reported is taken as no
    assert total == 2
    assert rows(made) == rows(weigh(kind, **EXACT))


@pytest.mark.parametrize("kind", ["pandas", "polars"])
def test_no_pattern_is_weighed_twice(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    weighed: list[object] = []

    def counted(*given: Any) -> Any:
        weighed.append(given)
        return relevance(*given)

    monkeypatch.setattr(patterns, "relevance", counted)
    weigh(kind, **EXACT, voortgang=lambda done, total: told.append(total))
    assert len(weighed) == len(told) == told[0]


@pytest.mark.parametrize("kind", ["pandas", "polars", "polars lazy", "duckdb"])
def test_nothing_is_told_where_nothing_is_weighed_one_by_one(kind: str) -> None:
    told: list[int] = []
    weigh(kind, voortgang=lambda done, total: told.append(total))
    assert not told


def test_arrays_tell_it_too() -> None:
    told: list[tuple[int, int]] = []
    own = {LEIDEN.vragen[0].name: [None, "ja", None]}
    columns = {"extern_onderzoek": np.array([True, False, False])}
    found = LEIDEN.evaluate_many(
        columns, beleid="exact", antwoorden=own, voortgang=lambda done, total: told.append((done, total))
    )
    assert told == [(1, 2), (2, 2)]
    assert (
        found.codes.tolist() == LEIDEN.evaluate_many(columns, beleid="exact", antwoorden=own).codes.tolist()
    )


@pytest.mark.parametrize("kind", ["pandas", "polars"])
def test_nothing_is_shown_unless_asked(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    weigh(kind, **EXACT)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("kind", ["pandas", "polars"])
def test_a_bar_is_shown(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    weigh(kind, **EXACT, voortgang=True)
    assert "weigh leiden-2021: 100%" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["pandas", "polars", "dask"])
def test_another_progress_is_refused(kind: str) -> None:
    wrong: Any = "ja"
    with pytest.raises(InputError, match=r"\$\.voortgang"):
        weigh(kind, **EXACT, voortgang="ja")
    with pytest.raises(InputError, match=r"\$\.voortgang"):
        LEIDEN.evaluate_many({"extern_onderzoek": [True]}, voortgang=wrong)
