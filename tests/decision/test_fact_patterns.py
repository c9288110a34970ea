"""The distinct patterns of a frame: the same on every engine, and no more than a pattern knows."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any
from unittest.mock import patch

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.decision.strategies import PEILDATUM, kaders, small
from tests.decision.test_frames import Row, asked_of, case_of, collecting, frame_of, populations
from tests.frames import every_frame, every_lazy_frame, make

import igm
from igm.decision import Afwegingskader, Fact, FactPatterns, feit
from igm.errors import CollectWarning, InputError

LEIDEN = igm.kader("leiden-2021")
QUICK_ENGINES = ("pandas nullable", "pandas object", "pyarrow", "polars", "polars lazy", "duckdb")


def patterns(kader: Afwegingskader[Any], frame: Any, **more: Any) -> FactPatterns[Any]:
    with collecting():
        return kader.patterns(frame, **more)


def pattern_of(kader: Afwegingskader[Any], casus: Any) -> tuple[Any, ...]:
    """All that a kader tells apart of a case."""
    known = frozenset(name for name in kader.facts_that_count if name in casus.effective)
    return casus.true, casus.false, known, casus.own


def check_patterns(kind: str, kader: Afwegingskader[Any], listed: list[Row]) -> None:
    found = patterns(kader, frame_of(kind, kader, listed), doel="intern", **asked_of(kader))
    cases = [case_of(kader, row) for row in listed]
    wanted = Counter(pattern_of(kader, casus) for casus in cases)
    assert sorted(one.n for one in found) == sorted(wanted.values())
    assert (found.n, found.niet_getoond) == (len(listed), 0)
    told: Counter[Any] = Counter()
    for pattern in found:
        told[
            pattern.advies,
            pattern.voorzichtig,
            tuple(one.regel for one in pattern.voor),
            tuple(one.regel for one in pattern.tegen),
            tuple(one.regel for one in pattern.weerlegd),
            tuple(one.regel for one in pattern.onbeslist),
            tuple((one.feit, one.aandeel) for one in pattern.ontbreekt),
            pattern.ontbreekt_exact,
        ] += pattern.n
    alone: Counter[Any] = Counter()
    for casus in cases:
        afweging = kader.evaluate(casus)
        alone[
            afweging.exact,
            afweging.cautious,
            tuple(one.regel for one in afweging.voor),
            tuple(one.regel for one in afweging.tegen),
            tuple(one.regel for one in afweging.weerlegd),
            tuple(one.regel for one in afweging.onbeslist),
            tuple((one.feit, one.aandeel) for one in afweging.ontbreekt),
            afweging.ontbreekt_exact,
        ] += 1
    assert told == alone


@pytest.mark.parametrize("kind", QUICK_ENGINES)
@settings(max_examples=20, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_rows_of_a_frame_have_the_patterns_of_their_cases(kind: str, data: st.DataObject) -> None:
    kader = data.draw(kaders(asks_functions=False))
    check_patterns(kind, kader, data.draw(populations(kader)))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pyspark", "dask nullable"])
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_the_rows_of_a_distributed_frame_have_the_patterns_of_their_cases(
    kind: str, data: st.DataObject
) -> None:
    kader = data.draw(kaders(asks_functions=False))
    check_patterns(kind, kader, data.draw(populations(kader)))


def with_numbers() -> Afwegingskader[Any]:
    facts = [
        Fact.ja_nee("schulden", label="schulden", gevoelig=True),
        Fact.getal("leeftijd", label="leeftijd", eenheid="jaar", minimum=0, maximum=120, geheel=True),
        Fact.keuze("kleur", label="kleur", opties=("rood", "blauw", "groen")),
    ]
    return small(facts, [(feit.getal("leeftijd") < 27, "midden"), (feit.ja_nee("schulden"), "laag")])


COLUMNS: dict[str, list[Any]] = {
    "leeftijd": [31, 47, 88, 50, 61, 93, 18, 19, None, 33, 44, 55, 66],
    "schulden": [True] * 6 + [None] * 3 + [True] * 4,
}
TYPES = {"leeftijd": pa.float64(), "schulden": pa.bool_()}


@every_frame
def test_patterns_tell_how_many_rows_have_them_and_no_value_of_any_row(kind: str) -> None:
    kind = "dask nullable" if kind == "dask" else kind
    found = patterns(with_numbers(), make(kind, COLUMNS, TYPES), minimum_n=5)
    assert (len(found), found.n, found.niet_getoond) == (1, 13, 3)
    (pattern,) = found
    assert (pattern.n, pattern.advies.value) == (10, "laag")
    assert dict(pattern.condities) == {"leeftijd < 27": False, "schulden": True}
    told = f"{pattern.to_dict()} {pattern.explain()} {pattern} {pattern.explain(taal='en')} {found.to_dict()}"
    for value in filter(None, COLUMNS["leeftijd"]):
        assert not re.search(
            rf"\b{value}\b", told.replace(pattern.to_dict()["afweging"]["kader"]["hash"], "")
        )
    assert pattern.rij is not None
    assert [(use.name, use.value) for use in pattern.rij.feiten] == [("schulden", True)]


@every_frame
def test_patterns_inside_are_all_shown_and_can_be_cut_off(kind: str) -> None:
    kind = "dask nullable" if kind == "dask" else kind
    frame = make(kind, COLUMNS, TYPES)
    found = patterns(with_numbers(), frame, doel="intern")
    assert [one.n for one in found] == [10, 2, 1]
    assert found.niet_getoond == 0
    cut = patterns(with_numbers(), frame, doel="intern", most=1)
    assert ([one.n for one in cut], cut.niet_getoond) == ([10], 3)


def test_the_table_shows_the_first_and_says_of_how_many() -> None:
    found = patterns(with_numbers(), make("polars", COLUMNS, TYPES), doel="intern")
    assert (len(found.table().rows), len(found.table().notes)) == (3, 1)
    first = found.table(most=1)
    assert ([row[0] for row in first.rows], first.notes[-1]) == ([10], "1 van 3 patronen")
    wrong: Any = "alle"
    with pytest.raises(InputError, match="how many to show"):
        found.table(most=wrong)


def test_a_number_that_is_only_known_by_a_condition_is_called_known() -> None:
    frame = make("polars", {"leeftijd": [18.0, 19.0], "schulden": [None, None]}, TYPES)
    (pattern,) = patterns(with_numbers(), frame, doel="intern")
    assert pattern.rij is not None
    (use,) = pattern.rij.feiten
    assert (use.name, use.value, use.shown) == ("leeftijd", None, "bekend")


def test_a_no_that_may_be_assumed_is_not_told_as_reported() -> None:
    frame = make("polars", {"extern_onderzoek": [False, None]}, {"extern_onderzoek": pa.bool_()})
    (pattern,) = patterns(LEIDEN, frame, doel="intern")
    assert pattern.condities["extern_onderzoek"] is False
    stored = pattern.to_dict()["afweging"]
    assert all(use["value"] is not False for part in stored["argumenten"] for use in part["feiten"])


def test_sensitive_facts_are_masked_until_they_are_asked_for() -> None:
    (pattern,) = patterns(LEIDEN, pl.DataFrame({"verslaving": [True] * 12}))
    label = LEIDEN.feiten["verslaving"].label
    (argument,) = pattern.onbeslist
    for shown in (str(pattern), pattern._repr_html_(), pattern.tree().text()):
        assert label not in shown
        assert argument.omdat not in shown
        assert LEIDEN.feiten["verslaving_trend"].label not in shown
    assert f"{label}: ja" in pattern.tree(gevoelig=True).text()
    assert pattern.explain() == pattern.tree(gevoelig=True).text()


def test_what_few_rows_have_does_not_leave_the_engine() -> None:
    collect = pl.LazyFrame.collect
    seen: list[Any] = []

    def watched(*args: Any, **more: Any) -> Any:
        seen.append(collect(*args, **more))
        return seen[-1]

    with patch.object(pl.LazyFrame, "collect", watched):
        patterns(with_numbers(), make("polars lazy", COLUMNS, TYPES), minimum_n=5)
    (held,) = seen  # one query
    assert len(held) == 2
    rows = sorted(held.rows())
    assert rows[0][0] == -1
    assert [row[1] for row in rows] == [3, 10]


@every_lazy_frame
def test_a_lazy_frame_tells_that_it_is_collected_from(kind: str) -> None:
    kind = "dask nullable" if kind == "dask" else kind
    with pytest.warns(CollectWarning, match="1 distinct patterns"):
        with_numbers().patterns(make(kind, COLUMNS, TYPES), minimum_n=5)


@every_frame
def test_wrong_values_are_refused_and_never_become_a_pattern(kind: str) -> None:
    kind = "dask nullable" if kind == "dask" else kind
    given = make(kind, {"leeftijd": [31.0] * 12 + [310.0]}, TYPES)
    with pytest.raises(Exception, match="leeftijd"):
        patterns(with_numbers(), given)


@every_frame
def test_a_frame_without_rows_has_no_patterns(kind: str) -> None:
    kind = "dask nullable" if kind == "dask" else kind
    found = patterns(with_numbers(), make(kind, {"leeftijd": [], "schulden": []}, TYPES), doel="intern")
    assert (len(found), found.n) == (0, 0)


def test_what_is_asked_of_disclosure_is_checked() -> None:
    frame = pl.DataFrame({"leeftijd": [31.0]})
    for more, where in (
        ({"minimum_n": 3}, "minimum_n"),
        ({"doel": "delen"}, "doel"),
        ({"most": 0}, "most"),
        ({"most": True}, "most"),
    ):
        with pytest.raises(InputError, match=rf"\$\.{where}"):
            with_numbers().patterns(frame, **more)
    with pytest.raises(InputError, match="not a frame"):
        with_numbers().patterns([1])


def test_own_answers_have_patterns_too_and_their_arguments_stay_with_the_cases() -> None:
    question = LEIDEN.vragen[0].name
    frame = pl.DataFrame({"motivatie": [True, True, True], "eigen": ["ja", "ja", None]})
    found = LEIDEN.patterns(frame, antwoorden={question: "eigen"}, doel="intern")
    assert [one.n for one in found] == [2, 1]
    answer = next(one for one in found[0].antwoorden if one.vraag == question)
    assert (answer.eigen, answer.argument) == ("ja", "het argument staat bij de zaak")


def test_a_date_counts_from_the_peildatum() -> None:
    kader = small([Fact.datum("begin", label="begin")], [(feit.datum("begin").years() >= 1, "laag")])
    frame = pl.DataFrame({"begin": [date(2020, 1, 1), date(2019, 1, 1), PEILDATUM]})
    found = kader.patterns(frame, peildatum=PEILDATUM, doel="intern")
    assert [(one.n, one.advies.value) for one in found] == [(2, "laag"), (1, "hoog")]
