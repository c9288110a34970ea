"""Facts are declared once, and say what they can be."""

from __future__ import annotations

import itertools
import pickle
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.decision.strategies import PEILDATUM, atoms, facts, small, values_of

from igm.decision import Condition, Fact, FactKind, feit, known
from igm.decision.atoms import holds, years_between
from igm.decision.completions import representatives
from igm.decision.conditions import Atom
from igm.decision.facts import FactValue
from igm.errors import MASK, KaderError

JA_NEE = Fact.ja_nee("schulden", label="schulden")
LEEFTIJD = Fact.getal("leeftijd", label="leeftijd", eenheid="jaar", minimum=0, maximum=120, geheel=True)
UREN = Fact.getal("uren", label="uren", eenheid="uur", minimum=0.5, maximum=40)
TREND = Fact.keuze("trend", label="verloop", opties=("beter", "slechter"))
DATUM = Fact.datum("start", label="start", minimum=date(2000, 1, 1), maximum=date(2030, 1, 1))
VRIJ = Fact.datum("vrij", label="vrij")
MIDNIGHT = datetime(2024, 3, 1)  # noqa: DTZ001 (it is refused)


# declaring


@pytest.mark.parametrize(
    "name", ["", "Schulden", "schulden!", "2e", "a-b", "a b", "é", "ref", "peildatum", "antwoorden", 3, None]
)
def test_a_name_is_lower_case_and_free(name: Any) -> None:
    with pytest.raises(KaderError) as caught:
        Fact.ja_nee(name, label="iets")
    assert caught.value.code == "kader-invalid"
    assert f"$.feiten.{name}" in str(caught.value)


@pytest.mark.parametrize("label", ["", "  ", None, 3])
def test_a_fact_has_a_label(label: Any) -> None:
    with pytest.raises(KaderError, match="label"):
        Fact.ja_nee("a", label=label)


@pytest.mark.parametrize("options", [(), ("een",), ("een", "een")])
def test_a_choice_has_two_different_options(options: tuple[str, ...]) -> None:
    with pytest.raises(KaderError, match="two different options"):
        Fact.keuze("a", label="a", opties=options)


@pytest.mark.parametrize(("minimum", "maximum"), [(5, 5), (5, 4), (date(2024, 1, 2), date(2024, 1, 1))])
def test_a_minimum_lies_below_the_maximum(minimum: Any, maximum: Any) -> None:
    kind = FactKind.DATUM if isinstance(minimum, date) else FactKind.GETAL
    with pytest.raises(KaderError, match="minimum is not below"):
        Fact(name="a", kind=kind, label="a", eenheid="x", minimum=minimum, maximum=maximum)


def test_parts_that_belong_to_another_kind_are_refused_together() -> None:
    with pytest.raises(KaderError) as caught:
        Fact(name="A", kind="ja_nee", label="", minimum=1, opties=("x", "y"))
    assert {problem.what for problem in caught.value.problems} == {
        "a fact's name cannot be used",
        "a fact has no label",
        "only a choice has options",
        "only a number or a date has bounds",
    }


def test_only_a_yes_no_fact_can_be_taken_as_no() -> None:
    assert Fact.ja_nee("a", label="a", zonder_melding=False).zonder_melding is False
    with pytest.raises(KaderError, match="zonder_melding"):
        Fact(name="a", kind=FactKind.KEUZE, label="a", opties=("x", "y"), zonder_melding=False)
    with pytest.raises(KaderError, match="zonder_melding"):
        Fact.ja_nee("a", label="a", zonder_melding=True)  # type: ignore[arg-type]


def test_a_fact_cannot_be_changed_and_equals_its_copy() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        LEEFTIJD.maximum = 200  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(LEEFTIJD)) == LEEFTIJD  # noqa: S301
    assert len({TREND, Fact.keuze("trend", label="verloop", opties=["beter", "slechter"])}) == 1


# values


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        (JA_NEE, True),
        (JA_NEE, False),
        (LEEFTIJD, 0),
        (LEEFTIJD, 120),
        (LEEFTIJD, 27.0),
        (UREN, 0.5),
        (UREN, 12.25),
        (TREND, "beter"),
        (DATUM, date(2000, 1, 1)),
        (DATUM, date(2030, 1, 1)),
        (VRIJ, date.min),
        (VRIJ, date.max),
    ],
)
def test_what_lies_within_its_declaration_is_fine(fact: Fact, value: object) -> None:
    assert fact.problem(value, "$") is None


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        (JA_NEE, 1, "fact-kind"),
        (JA_NEE, "ja", "fact-kind"),
        (JA_NEE, None, "fact-kind"),
        (LEEFTIJD, True, "fact-kind"),
        (LEEFTIJD, "27", "fact-kind"),
        (LEEFTIJD, 27.5, "fact-kind"),
        (LEEFTIJD, float("nan"), "fact-kind"),
        (LEEFTIJD, float("inf"), "fact-kind"),
        (LEEFTIJD, Decimal(27), "fact-kind"),
        (LEEFTIJD, np.array([27]), "fact-kind"),
        (LEEFTIJD, -1, "fact-bounds"),
        (LEEFTIJD, 121, "fact-bounds"),
        (UREN, 0.49, "fact-bounds"),
        (UREN, 1e308, "fact-bounds"),
        (TREND, "Beter", "fact-kind"),
        (TREND, 1, "fact-kind"),
        (DATUM, MIDNIGHT, "fact-kind"),
        (DATUM, "2024-03-01", "fact-kind"),
        (DATUM, date(1999, 12, 31), "fact-bounds"),
        (DATUM, date(2030, 1, 2), "fact-bounds"),
    ],
)
def test_what_does_not_fit_is_named_with_what_can_be(fact: Fact, value: object, code: str) -> None:
    problem = fact.problem(value, "$.hier")
    assert problem is not None
    assert (problem.code, problem.where, problem.given) == (code, "$.hier", repr(value))
    assert fact.admissible in problem.do


def test_a_number_beyond_every_float_lies_outside_the_bounds() -> None:
    problem = LEEFTIJD.problem(10**400, "$")
    assert problem is not None
    assert problem.code == "fact-bounds"


def test_a_sensitive_value_is_masked_in_what_is_wrong_with_it() -> None:
    fact = Fact.getal("glazen", label="glazen", eenheid="per dag", minimum=0, maximum=50, gevoelig=True)
    for value in (99, "veel"):
        problem = fact.problem(value, "$")
        assert problem is not None
        assert problem.given == MASK
        assert str(value) not in str(problem)


@pytest.mark.parametrize(
    ("fact", "value", "shown"),
    [
        (JA_NEE, True, "ja"),
        (JA_NEE, False, "nee"),
        (JA_NEE, None, "onbekend"),
        (LEEFTIJD, 27, "27 jaar"),
        (TREND, "beter", "beter"),
        (DATUM, date(2024, 3, 1), "2024-03-01"),
    ],
)
def test_a_value_is_shown_with_its_unit(fact: Fact, value: object, shown: str) -> None:
    assert fact.shown(value) == shown


# use in conditions


@pytest.mark.parametrize(
    ("fact", "condition", "code"),
    [
        (JA_NEE, feit.getal("schulden") < 3, "fact-kind"),
        (LEEFTIJD, feit.ja_nee("leeftijd"), "fact-kind"),
        (LEEFTIJD, feit.datum("leeftijd").years() < 3, "fact-kind"),
        (LEEFTIJD, feit.getal("leeftijd") < 121, "fact-bounds"),
        (LEEFTIJD, feit.getal("leeftijd") >= -1, "fact-bounds"),
        (LEEFTIJD, feit.getal("leeftijd").is_(27.5), "fact-bounds"),
        (TREND, feit.keuze("trend").is_("betre"), "fact-bounds"),
        (DATUM, feit.datum("start") < date(1999, 1, 1), "fact-bounds"),
        (DATUM, feit.datum("start").years() < 151, "fact-bounds"),
        (DATUM, feit.datum("start").years() > -1, "fact-bounds"),
    ],
)
def test_a_condition_that_does_not_fit_the_fact_is_told(fact: Fact, condition: Condition, code: str) -> None:
    assert isinstance(condition, Atom)
    problem = fact.use_problem(condition, "$.als")
    assert problem is not None
    assert (problem.code, problem.where, problem.given) == (code, "$.als", repr(condition))


def test_an_option_that_does_not_exist_gets_a_suggestion() -> None:
    condition = feit.keuze("trend").one_of("beter", "slecter")
    assert isinstance(condition, Atom)
    problem = TREND.use_problem(condition, "$")
    assert problem is not None
    assert problem.do == "Did you mean 'slechter'?"


@given(st.data())
def test_conditions_within_the_declaration_are_fine(data: st.DataObject) -> None:
    declared = data.draw(facts())
    condition = data.draw(atoms(declared))
    assert isinstance(condition, Atom)
    fact = next(fact for fact in declared if fact.name == condition.fact)
    if fact.kind is not FactKind.DATUM or (fact.minimum is None and fact.maximum is None):
        assert fact.use_problem(condition, "$") is None
    assert fact.problem(data.draw(values_of(fact)), "$") is None


# cells


@given(st.data())
def test_every_value_has_a_representative_that_no_condition_tells_from_it(data: st.DataObject) -> None:
    declared = data.draw(facts(hanging=False))
    fact = data.draw(st.sampled_from(declared))
    read = [
        condition
        for condition in data.draw(st.lists(atoms([fact]), max_size=4))
        if isinstance(condition, Atom)
    ]
    chosen = representatives(fact, read, PEILDATUM)

    def seen(value: FactValue) -> list[bool]:
        return [holds(atom, value, PEILDATUM) for atom in read]

    value = data.draw(values_of(fact))
    assert seen(value) in [seen(cell) for cell in chosen]
    assert [cell for cell in chosen if fact.problem(cell, "$")] == []
    assert len(set(chosen)) == len(chosen)
    if fact.kind in {FactKind.GETAL, FactKind.DATUM}:
        assert list(chosen) == sorted(chosen)
        assert all(seen(left) != seen(right) for left, right in itertools.pairwise(chosen))


@pytest.mark.parametrize(
    ("fact", "conditions", "cells"),
    [
        (JA_NEE, [feit.ja_nee("schulden")], (False, True)),
        (TREND, [], ("beter", "slechter")),
        (LEEFTIJD, [], (0,)),
        (LEEFTIJD, [feit.getal("leeftijd") < 27], (0, 27)),
        (LEEFTIJD, [feit.getal("leeftijd") < 27, feit.getal("leeftijd") <= 27], (0, 27, 28)),
        (LEEFTIJD, [feit.getal("leeftijd").is_(120)], (0, 120)),
        (UREN, [feit.getal("uren").is_(12)], (0.5, 12, 26.0)),
    ],
    ids=str,
)
def test_a_cell_lies_between_thresholds(
    fact: Fact, conditions: list[Atom], cells: tuple[FactValue, ...]
) -> None:
    assert representatives(fact, conditions, None) == cells


# years


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(1997, 3, 1), date(2024, 2, 29), 26),
        (date(1997, 3, 1), date(2024, 3, 1), 27),
        (date(2000, 2, 29), date(2023, 2, 28), 22),
        (date(2000, 2, 29), date(2024, 2, 29), 24),
        (date(2024, 3, 1), date(2024, 3, 1), 0),
        (date(2024, 3, 2), date(2024, 3, 1), -1),
    ],
)
def test_years_are_birthdays_that_have_passed(start: date, end: date, years: int) -> None:
    assert years_between(start, end) == years


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_years_never_fall_as_time_goes_by(start: date, end: date) -> None:
    assert years_between(start, end) <= years_between(start, date.fromordinal(end.toordinal() + 1))
    assert abs((end - start).days / 365.2425 - years_between(start, end)) < 1.01


# declarations that cannot be meant


def _number(**parts: Any) -> Fact:
    return Fact(
        name="n", kind=FactKind.GETAL, label="n", **{"eenheid": "x", "minimum": 0, "maximum": 5, **parts}
    )


@pytest.mark.parametrize(
    "parts",
    [
        {"minimum": None},
        {"maximum": None},
        {"minimum": float("nan")},
        {"maximum": float("inf")},
        {"minimum": "0", "maximum": "5"},
        {"minimum": False, "maximum": True},
        {"minimum": date(2020, 1, 1), "maximum": date(2021, 1, 1)},
        {"minimum": 0.25, "maximum": 0.75, "geheel": True},
        {"eenheid": None},
        {"eenheid": " "},
    ],
    ids=str,
)
def test_a_number_has_finite_bounds_and_a_unit(parts: dict[str, Any]) -> None:
    with pytest.raises(KaderError):
        _number(**parts)


def test_a_date_has_dates_as_bounds() -> None:
    with pytest.raises(KaderError):
        Fact(name="d", kind=FactKind.DATUM, label="d", minimum=3, maximum=9)
    with pytest.raises(KaderError):
        Fact.datum("d", label="d", minimum=MIDNIGHT)


@pytest.mark.parametrize("options", ["ab", (1, 2), ("a", ""), ("a", None)])
def test_options_are_texts(options: Any) -> None:
    with pytest.raises(KaderError):
        Fact.keuze("k", label="k", opties=options)


# trends


def test_a_trend_is_a_choice_of_three() -> None:
    trend = Fact.trend("t", label="verloop", geldt_als="a", gevoelig=True)
    assert trend == Fact.keuze(
        "t", label="verloop", opties=("verbeterd", "stabiel", "verergerd"), geldt_als="a", gevoelig=True
    )
    ref = feit.trend("t")
    conditions = {
        "verbeterd": ref.is_improved(),
        "stabiel": ref.is_stable(),
        "verergerd": ref.is_worsened(),
    }
    for option, condition in conditions.items():
        assert condition == feit.keuze("t").is_(option)
        assert trend.use_problem(cast("Atom", condition), "$") is None
    assert repr(known(ref)) == "bekend(t)"


def test_a_trend_has_no_other_comparison_and_no_other_fact_is_one() -> None:
    ref: Any = feit.trend("t")
    for name in ("is_", "one_of", "between", "__lt__"):
        assert name not in vars(type(ref))
    with pytest.raises(TypeError):
        _ = ref < 3
    for fact in (TREND, JA_NEE, LEEFTIJD):
        problem = fact.use_problem(cast("Atom", feit.trend(fact.name).is_improved()), "$.regels.r.als")
        assert problem is not None
        assert problem.code == ("fact-bounds" if fact is TREND else "fact-kind")
    impossible = Fact.trend("t", label="t").use_problem(cast("Atom", feit.keuze("t").is_("beter")), "$")
    assert impossible is not None
    assert (impossible.code, "verbeterd" in impossible.do) == ("fact-bounds", True)


# what a fact tells of itself


def test_the_list_to_ask_for_tells_of_days_and_sources() -> None:
    facts = [
        Fact.ja_nee("rust", label="rust", houdbaar_dagen=30),
        Fact.datum("dag", label="dag", toekomst=False),
        Fact.score("kennis", label="kennis", determinant="kennis"),
    ]
    rows = {row[0]: row for row in small(facts, []).table().rows}
    assert rows["rust"][-1] == "30 dagen houdbaar"
    assert rows["dag"][3] == "a date such as 2024-10-01, not after the peildatum"
    assert rows["dag"][4] == "niet veranderbaar, niet in de toekomst"
    assert rows["kennis"][-1] == "uit profiel.kennis.pomp"
