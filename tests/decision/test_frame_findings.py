"""What is wrong with a column as such is told by a look, on every engine, and refused where a frame is weighed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from tests.decision.test_frames_input import DAY, frame, kader, usable
from tests.frames import LAZY, every_frame, make

import igm
from igm.errors import InputError

LEIDEN = igm.kader("leiden-2021")
QUESTION = LEIDEN.vragen[0].name


@every_frame
@pytest.mark.parametrize("own", [[True, False, None], ["ja", "nee", "twijfel"]])
def test_own_answers_of_another_kind_are_told_and_not_refused(kind: str, own: list[Any]) -> None:
    given = make(usable(kind), {"extern_onderzoek": [True, None, False], "eigen": own})
    report = LEIDEN.check(given, antwoorden={QUESTION: "eigen"})
    found = report[f"antwoorden.{QUESTION}"]
    if own[0] == "ja" or kind in {"pandas", "pandas object"}:  # an object may hold answers
        assert not found.finding
        assert report.ok is (own[0] == "ja")
    else:
        assert "not a column of answers" in found.finding
        assert "Give a column of ja, nee, twijfel and nulls." in found.finding
        assert not report.ok
    counts = (found.usable, found.missing, found.unusable)
    assert counts == ((3, 0, 0) if own[0] == "ja" else (0, 1, 2))
    assert report["extern_onderzoek"].usable == 2
    assert report.queries == (kind in LAZY or kind == "pyspark")


@every_frame
def test_a_fact_that_expires_without_its_days_is_told_and_not_refused(kind: str) -> None:
    report = kader().check(frame(kind), peildatum=DAY)
    assert "hold for 30 days" in report["rust"].finding
    assert "datums={'rust': name of the column with the days}" in report["rust"].finding
    assert (report["rust"].unusable, report["rust"].values) == (3, ())  # the values as such are good
    assert (report.unusable, report.ok) == ({"rust": 3}, False)
    with pytest.raises(InputError, match=r"\$\.datums\.rust"):
        kader().evaluate_many(frame(kind), peildatum=DAY)


@every_frame
def test_days_of_another_kind_are_told_and_not_refused(kind: str) -> None:
    if kind in {"pandas object", "dask"}:
        return  # an object may hold days
    report = kader().check(frame(kind), peildatum=DAY, datums={"rust": "leeftijd"})
    assert "not a column of days" in report["rust"].finding
    assert report.unusable == {"rust": 3}
    with pytest.raises(InputError, match="not a column of days"):
        kader().evaluate_many(frame(kind), peildatum=DAY, datums={"rust": "leeftijd"})


def test_a_column_that_cannot_hold_its_fact_is_a_finding_whatever_it_holds() -> None:
    given = pd.DataFrame({"extern_onderzoek": pd.array([None, None], dtype="string")})
    report = LEIDEN.check(given)
    assert "cannot hold" in report["extern_onderzoek"].finding
    assert not report.unusable
    assert not report.ok
    with pytest.raises(InputError, match="cannot hold"):
        LEIDEN.evaluate_many(given)


def test_all_findings_are_told_at_once_and_shown() -> None:
    given = frame("pandas").assign(schulden=pd.array(["x", "y", "z"], dtype="string"))
    report = kader().check(given, peildatum=DAY)
    assert [one.name for one in report.columns if one.finding] == ["schulden", "rust"]
    assert "rust: values of 'rust' hold for 30 days" in str(report)
    told = {one["name"]: one["finding"] for one in report.to_dict()["columns"]}
    assert told["leeftijd"] == ""
    assert "fact-kind" in told["schulden"]


def test_names_that_are_not_there_are_still_refused() -> None:
    with pytest.raises(InputError) as caught:
        kader().check(frame("pandas"), peildatum=DAY, datums={"rust": "dagen", "schulden": "dag"})
    assert {problem.where for problem in caught.value.problems} == {"$.datums.rust", "$.datums.schulden"}
