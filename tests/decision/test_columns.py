"""Many cases at once: every row says what its case alone says; what is wrong is counted and named."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.decision.strategies import OPTIONS, PEILDATUM, Route, dated, kaders, small, values_of, yes_no
from tests.steps import steps

import igm
from igm.decision import (
    Afwegingskader,
    Cohort,
    Fact,
    FactKind,
    Question,
    Vangrail,
    antwoord,
    columns,
    feit,
    known,
    regel,
)
from igm.decision import population as population_module
from igm.errors import MASK, IgmError, InputError, PredicateWarning

A, B = (feit.ja_nee(name) for name in "ab")
AGE = Fact.getal("leeftijd", label="leeftijd", eenheid="jaar", minimum=0, maximum=120, geheel=True)
DAY = Fact.datum("dag", label="dag", minimum=date(2000, 1, 1))
COLOUR = Fact.keuze("kleur", label="kleur", opties=OPTIONS)


def all_kinds() -> Afwegingskader[Any]:
    facts = [*yes_no("a", "b"), AGE, DAY, COLOUR]
    rows = [
        (A & (feit.getal("leeftijd") < 27), "laag"),
        (B & feit.keuze("kleur").is_("rood"), "midden"),
        (feit.datum("dag").years() >= 2, "wacht"),
    ]
    return small(facts, rows)


KINDS = all_kinds()


def wrong(data: Any, kader: Afwegingskader[Any] = KINDS, **more: Any) -> tuple[Any, ...]:
    with pytest.raises(InputError) as caught:
        kader.evaluate_many({"peildatum": PEILDATUM, **data} if isinstance(data, dict) else data, **more)
    return caught.value.problems


# every row as its case alone


@st.composite
def people(draw: st.DrawFn, kader: Afwegingskader[Any]) -> list[dict[str, Any]]:
    size = draw(st.integers(1, 12))
    unknown = draw(st.sampled_from([0.0, 0.3, 0.7]))
    shares = st.floats(0, 1)
    return [
        {
            name: None if draw(shares) < unknown else draw(dated(fact, values_of(fact)))
            for name, fact in kader.feiten.items()
        }
        for _ in range(size)
    ]


def as_column(draw: Callable[..., Any], fact: Fact, values: list[Any]) -> Any:
    """The values in one of the forms that a column may have."""
    gaps = np.array([value is None for value in values])
    filled = [value if value is not None else next(filter_known(values), None) for value in values]
    forms: list[Any] = [np.array(values, dtype=object), list(values)]
    match fact.kind:
        case FactKind.JA_NEE:
            forms.append((np.array([v is True for v in values]), np.array([v is False for v in values])))
            forms.append(np.array([np.nan if v is None else float(v) for v in values]))
            if not gaps.all():
                forms.append(np.ma.MaskedArray(np.array(filled, dtype=bool), mask=gaps))
            if not gaps.any():
                forms.append(np.array(values, dtype=bool))
        case FactKind.GETAL:
            forms.append(np.array([np.nan if v is None else v for v in values], dtype=float))
            if not gaps.all():
                forms.append(np.ma.MaskedArray(np.array(filled), mask=gaps))
            if fact.geheel and not gaps.any():
                forms.append(np.array(values, dtype=np.int16))
        case FactKind.DATUM:
            forms.append(np.array(["NaT" if v is None else v for v in values], dtype="datetime64[D]"))
            forms.append(np.array(["NaT" if v is None else v for v in values], dtype="datetime64[s]"))
        case FactKind.KEUZE:
            if not gaps.all():
                forms.append(np.ma.MaskedArray(np.array(filled, dtype=np.str_), mask=gaps))
            forms.append(np.array(["weet_niet" if v is None else v for v in values]))
    return draw(st.sampled_from(forms))


def plain(value: Any) -> Any:
    return value["waarde"] if isinstance(value, dict) else value


def of_day(value: Any) -> Any:
    return value["datum"] if isinstance(value, dict) else None


def as_days(draw: Callable[..., Any], days: list[date | None]) -> Any:
    """The days in one of the forms that a column of them may have."""
    stamps = np.array(["NaT" if day is None else day for day in days], dtype="datetime64[D]")
    texts = [None if day is None else day.isoformat() for day in days]
    forms = [stamps, stamps.astype("datetime64[s]"), days, texts, np.array(days, dtype=object)]
    return draw(st.sampled_from(forms))


def filter_known(values: list[Any]) -> Any:
    return (value for value in values if value is not None)


def own_answers(
    data: st.DataObject, kader: Afwegingskader[Any], n: int
) -> tuple[list[dict[str, str]], dict[str, list[str | None]]]:
    """Own answers to some questions: by case, and as columns."""
    answers: list[dict[str, str]] = [{} for _ in range(n)]
    own: dict[str, list[str | None]] = {}
    for question in kader.vragen:
        if data.draw(st.integers(0, 3)) == 0:
            said = st.sampled_from([None, "ja", "nee", "twijfel"])
            own[question.name] = [data.draw(said) for _ in range(n)]
            for row, answer in enumerate(own[question.name]):
                if answer is not None:
                    answers[row][question.name] = answer
    return answers, own


def told(kader: Afwegingskader[Any], number: int) -> str | None:
    """How an argument names a row; below zero no row decides."""
    if number < 0:
        return None
    row = kader.beslis[number]
    return f"vangrail:{row.vangrails[-1]}" if row.vangrails else f"beslis:{row.id}"


def assert_rows_as_cases(data: st.DataObject, beleid: str) -> None:
    kader = data.draw(kaders())
    cases = data.draw(people(kader))
    given_columns: dict[str, Any] = {"peildatum": PEILDATUM}
    datums: dict[str, Any] = {}
    for name, fact in kader.feiten.items():
        values = [plain(case[name]) for case in cases]
        if len(given_columns) == 1 or any(value is not None for value in values):
            given_columns[name] = as_column(data.draw, fact, values)
            if fact.houdbaar_dagen is not None:
                datums[name] = as_days(data.draw, [of_day(case[name]) for case in cases])
    answers, own = own_answers(data, kader, len(cases))
    warnings.simplefilter("ignore", PredicateWarning)
    cohort = kader.evaluate_many(given_columns, beleid=beleid, antwoorden=own, datums=datums)
    missing = cohort.missing_counts()
    assumed: dict[str, int] = {}
    expired: dict[str, int] = {}
    for row, (case, own_row) in enumerate(zip(cases, answers, strict=True)):
        casus = kader.casus(
            case,
            peildatum=PEILDATUM,
            antwoorden={name: (answer, "Omdat.") for name, answer in own_row.items()},
        )
        alone = kader.evaluate(casus, beleid=beleid)
        assert cohort.outcomes[cohort.codes[row]] is alone.advies
        assert (None if alone.rij is None else alone.rij.regel) == told(kader, cohort.rows[row])
        assert missing[row] == len(alone.ontbreekt)
        for name in casus.verlopen:
            expired[name] = expired.get(name, 0) + 1
        for assumption in alone.aannames:
            assumed[assumption.feit] = assumed.get(assumption.feit, 0) + 1
    assert dict(cohort.aangenomen) == assumed
    assert dict(cohort.verlopen) == expired
    assert kader.count(given_columns, beleid=beleid, antwoorden=own, datums=datums) == cohort.counts()


@pytest.mark.parametrize("beleid", ["cautious", "exact"])
@settings(max_examples=120)
@given(data=st.data())
def test_every_row_says_what_its_case_alone_says(data: st.DataObject, beleid: str) -> None:
    assert_rows_as_cases(data, beleid)


@pytest.mark.slow
@pytest.mark.parametrize("beleid", ["cautious", "exact"])
@settings(max_examples=2000)
@given(data=st.data())
def test_thousands_of_kaders_say_of_rows_what_they_say_of_cases(data: st.DataObject, beleid: str) -> None:
    assert_rows_as_cases(data, beleid)


def test_chunks_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    kader = igm.kader("leiden-2021")
    rng = np.random.default_rng(20)
    switches = [name for name, fact in kader.feiten.items() if fact.kind is FactKind.JA_NEE]
    data = {name: rng.choice(np.array([True, False, None]), 1003) for name in switches}
    whole = kader.evaluate_many(data, beleid="exact")
    monkeypatch.setattr(population_module, "CHUNK", 64)
    parts = kader.evaluate_many(data, beleid="exact")
    assert parts.codes.tolist() == whole.codes.tolist()
    assert parts.rows.tolist() == whole.rows.tolist()
    assert parts.missing_counts().tolist() == whole.missing_counts().tolist()
    assert kader.count(data) == kader.evaluate_many(data).counts()
    assert len(set(whole.codes.tolist())) > 2


@settings(max_examples=60)
@given(data=st.data())
def test_what_if_counts_the_cases_that_move(data: st.DataObject) -> None:
    kader = data.draw(kaders())
    cases = data.draw(people(kader))
    name = data.draw(st.sampled_from(list(kader.feiten)))
    value = data.draw(st.one_of(st.none(), values_of(kader.feiten[name])))
    given_columns = {
        fact: np.array([plain(case[fact]) for case in cases], dtype=object) for fact in kader.feiten
    }
    datums = {
        fact: [of_day(case[fact]) for case in cases]
        for fact, declared in kader.feiten.items()
        if declared.houdbaar_dagen is not None
    }
    beleid = data.draw(st.sampled_from(["cautious", "exact"]))
    everyone = {**given_columns, "peildatum": PEILDATUM}
    table = kader.what_if(everyone, {name: value}, beleid=beleid, datums=datums)
    assert f"beleid: {beleid}" in table.notes[0]
    moves = {row[0]: row[1:-1] for row in table.rows[:-1]}
    expected = {outcome.label: [0] * len(Route) for outcome in Route}
    for case in cases:
        before = kader.casus(case, peildatum=PEILDATUM)
        after = before.with_facts({name: value}, kader)
        advice, other = (kader.evaluate(casus, beleid=beleid).advies for casus in (before, after))
        expected[advice.label][list(Route).index(other)] += 1
    assert {label: list(counts) for label, counts in moves.items()} == expected
    assert table.rows[-1][-1] == len(cases)


# what is wrong


def test_a_wrong_value_far_down_is_named() -> None:
    n, row = 10**6, 731_204
    ages: NDArray[Any] = np.full(n, 31, dtype=object)
    ages[row] = "31"
    (problem,) = wrong({"leeftijd": ages, "a": np.ones(n, dtype=bool)})
    assert (problem.code, problem.where, problem.given) == ("fact-kind", "$.leeftijd[731204]", "'31'")


def test_a_row_is_a_few_steps() -> None:
    n = 10**4
    ages: NDArray[Any] = np.full(n, 31, dtype=object)
    cases = {"leeftijd": ages, "a": np.ones(n, dtype=bool), "peildatum": PEILDATUM}
    KINDS.evaluate_many(cases)
    assert steps(lambda: KINDS.evaluate_many(cases)) < 10 * n


def test_wrong_values_far_down_are_named_in_every_kind_of_column() -> None:
    n, row = 10**6, 731_204

    def column(value: Any, wrong_value: Any, kind: Any) -> NDArray[Any]:
        values = np.full(n, value, dtype=kind)
        values[row] = values[row + 1] = values[row + 5] = values[n - 1] = wrong_value
        return values

    columns_given = {
        "a": column(1.0, 2.0, float),
        "leeftijd": column(31.0, np.inf, float),
        "dag": column(np.datetime64("2020-01-01"), np.datetime64("1999-12-31"), "datetime64[D]"),
    }
    found = wrong(columns_given)
    told = [problem.where for problem in found]
    for name in columns_given:
        assert told.count(f"$.{name}") == 1  # that there are four in all
        assert {f"$.{name}[{place}]" for place in (row, row + 1, row + 5)} <= set(told)
    assert [problem.what.split()[0] for problem in found if "cannot be used" in problem.what] == ["4"] * 3


def test_the_first_of_many_are_named_and_all_are_counted() -> None:
    ages = np.arange(0, 1000)
    problems = wrong({"leeftijd": ages, "a": np.full(1000, 2)})
    assert [problem.where for problem in problems] == [
        "$.a[0]",
        "$.a[1]",
        "$.a[2]",
        "$.a",
        "$.leeftijd[121]",
        "$.leeftijd[122]",
        "$.leeftijd[123]",
        "$.leeftijd",
    ]
    assert {problem.code for problem in problems[:4]} == {"fact-kind"}
    assert {problem.code for problem in problems[4:]} == {"fact-bounds"}
    assert "1000 values" in problems[3].what
    assert "879 values" in problems[7].what


@pytest.mark.parametrize(
    ("name", "column", "code"),
    [
        ("leeftijd", np.array([31.0, np.inf]), "fact-kind"),
        ("leeftijd", np.array([31.0, -np.inf]), "fact-kind"),
        ("leeftijd", np.array([31.0, 31.5]), "fact-kind"),
        ("leeftijd", np.array([31.0, 121.0], dtype=np.float32), "fact-bounds"),
        ("leeftijd", np.array([31, -1], dtype=np.int8), "fact-bounds"),
        ("leeftijd", np.array([31, 2**64 - 1], dtype=np.uint64), "fact-bounds"),
        ("leeftijd", np.array([31, True], dtype=object), "fact-kind"),
        ("leeftijd", np.array([31, [31]], dtype=object), "fact-kind"),
        ("leeftijd", np.array([None, b"31"], dtype=object), "fact-kind"),
        ("leeftijd", np.array(["NaT", 31], dtype="timedelta64[ns]"), "fact-kind"),
        ("a", np.array([1.0, 2.0]), "fact-kind"),
        ("a", np.array([True, 1], dtype=object), "fact-kind"),
        ("kleur", np.array(["rood", "paars"]), "fact-kind"),
        ("kleur", np.array([np.nan, 1.0]), "fact-kind"),
        ("dag", np.array(["2020-01-01", "1999-12-31"], dtype="datetime64[D]"), "fact-bounds"),
        ("dag", np.array(["2020-01-01T00:00", "2020-01-01T10:00"], dtype="datetime64[s]"), "fact-kind"),
        ("dag", np.array(["2020-01-01", "20200-01-01"], dtype="datetime64[D]"), "fact-kind"),
        ("dag", np.array(["2020-01-01", "gisteren"]), "fact-kind"),
    ],
)
def test_what_a_fact_cannot_be_is_refused(name: str, column: NDArray[Any], code: str) -> None:
    (problem,) = wrong({name: column})
    assert (problem.code, problem.where) == (code, f"$.{name}[1]")


def test_wrong_columns_are_told_together() -> None:
    problems = wrong(
        {
            "leeftyd": [1, 2],
            "leeftijd": 31,
            "a": np.ones((2, 2), dtype=bool),
            "b": (np.ones(2, dtype=bool), np.ones(2)),
            "kleur": ["rood", "rood", "rood"],
            "dag": [None] * 4,
            "peildatum": PEILDATUM,
        }
    )
    assert [(problem.code, problem.where) for problem in problems] == [
        ("unknown-fact", "$.leeftyd"),
        ("shape-mismatch", "$.a"),
        ("fact-kind", "$.b"),
        ("invalid-value", "$.leeftijd"),
        ("shape-mismatch", "$.kleur"),
    ]
    assert problems[0].do == "Did you mean 'leeftijd'?"


def test_columns_of_unequal_length_are_refused() -> None:
    (problem,) = wrong({"a": [True] * 3, "b": [True] * 3, "kleur": [None] * 4})
    assert (problem.code, problem.where, problem.given) == ("shape-mismatch", "$.kleur", "4 rows")


def test_a_case_that_is_both_yes_and_no_is_refused() -> None:
    yes, no = np.array([True, False, True]), np.array([False, False, True])
    (problem,) = wrong({"a": (yes, no)})
    assert (problem.code, problem.where) == ("fact-kind", "$.a[2]")


def test_what_is_masked_in_two_planes_is_refused() -> None:
    yes, no = np.ma.MaskedArray([True, True], mask=[True, False]), np.array([False, False])
    (problem,) = wrong({"a": (yes, no)})
    assert (problem.code, problem.where) == ("fact-kind", "$.a")
    assert KINDS.evaluate_many({"a": (np.ma.MaskedArray([True]), no[:1]), "peildatum": PEILDATUM}).n == 1


class Series:
    """A column of another library."""

    def __init__(self, values: Any) -> None:
        self.values = values

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        if isinstance(self.values, Exception):
            raise self.values
        return self.values


class NAType:
    """What a frame has where nothing is known: comparing it says nothing."""

    def __eq__(self, other: object) -> Any:
        return self

    __hash__ = object.__hash__
    __ne__ = __eq__

    def __bool__(self) -> bool:
        raise TypeError("ambiguous")


class NaTType(datetime):
    """No moment of a frame, which is a datetime."""

    def __ne__(self, other: object) -> bool:
        return True


def test_what_another_library_leaves_out_is_unknown() -> None:
    nothing, no_day = NAType(), NaTType(1, 1, 1)
    masked = np.ma.MaskedArray([True, True], mask=[True, False])
    data = {"a": Series(masked), "b": [nothing, True], "leeftijd": [nothing, 20], "dag": [no_day, no_day]}
    assert KINDS.evaluate_many({**data, "peildatum": PEILDATUM}).advies.tolist() == ["vraag", "laag"]
    kader = small(yes_no("a"), [(antwoord("v").is_("nee"), "laag")], [Question(name="v", tekst="Wat?")])
    found = kader.evaluate_many({"a": [None, None]}, antwoorden={"v": [nothing, "nee"]})
    assert found.advies.tolist() == ["vraag", "laag"]


@pytest.mark.parametrize("values", [ValueError("geheim"), [True]])
def test_a_column_that_cannot_become_an_array_is_refused_without_what_it_says(values: Any) -> None:
    (problem,) = wrong({"a": Series(values)})
    assert (problem.code, problem.where, problem.given) == ("invalid-value", "$.a", "Series")


def test_an_own_answer_that_is_no_text_is_refused_by_row() -> None:
    kader = small(yes_no("a"), [(antwoord("v").is_("nee"), "laag")], [Question(name="v", tekst="Wat?")])
    problems = wrong({"a": [True, None]}, kader, antwoorden={"v": [None, np.array([1, 2])]})
    assert [problem.where for problem in problems] == ["$.antwoorden.v[1]"]


def test_a_change_is_read_as_a_value_of_a_case() -> None:
    data = {"a": [True, True], "leeftijd": [20, 50], "dag": ["2020-01-01"] * 2, "peildatum": PEILDATUM}
    tables = [
        KINDS.what_if(data, {"dag": day})
        for day in (date(2020, 1, 1), "2020-01-01", np.datetime64("2020-01-01"))
    ]
    assert tables[0] == tables[1] == tables[2]
    assert KINDS.what_if(data, {"a": np.bool_(False)}) == KINDS.what_if(data, {"a": False})
    with pytest.raises(InputError) as caught:
        KINDS.what_if(data, {"peildatum": PEILDATUM})
    assert [problem.where for problem in caught.value.problems] == ["$.change.peildatum"]
    assert "Did you mean" not in caught.value.problems[0].do


def test_sensitive_values_are_not_repeated() -> None:
    kader = igm.kader("leiden-2021")
    secret = next(name for name, fact in kader.feiten.items() if fact.gevoelig and fact.geldt_als is None)
    problems = wrong({secret: np.array([None, "geheim"], dtype=object)}, kader)
    assert problems[0].given == MASK
    assert "geheim" not in "".join(map(str, problems))


@pytest.mark.parametrize("data", [None, 5, [], {}, {"peildatum": PEILDATUM}])
def test_what_is_no_columns_is_refused(data: Any) -> None:
    with pytest.raises(IgmError):
        KINDS.evaluate_many(data)


def test_a_kader_that_reads_dates_asks_for_one_day() -> None:
    for day in ({}, {"peildatum": "morgen"}):
        with pytest.raises(InputError):
            KINDS.evaluate_many({"a": [True], **day})
    assert KINDS.evaluate_many({"a": [None], "peildatum": np.datetime64("2024-03-01")}).n == 1


def test_own_answers_are_checked() -> None:
    question = Question(name="v", tekst="Wat?", default="ja")
    rule = regel("r", vraag="v", als=A, pleit_voor="nee", omdat="o", bron="b")
    kader = small(yes_no("a"), [(antwoord("v").is_("nee"), "laag")], [question], [rule])
    data = {"a": [None, False, True]}
    cohort = kader.evaluate_many(data, antwoorden={"v": ["nee", "nee", None]})
    assert cohort.advies.tolist() == ["laag", "laag", "laag"]
    bad: list[tuple[Any, str]] = [
        ({"v": ["misschien", None, None]}, "$.antwoorden.v[0]"),
        ({"v": ["nee"]}, "$.antwoorden.v"),
        ({"w": ["nee", None, None]}, "$.antwoorden.w"),
        ("nee", "$.antwoorden"),
    ]
    for answers, where in bad:
        (problem,) = wrong(data, kader, antwoorden=answers)
        assert problem.where == where


def test_an_unknown_policy_is_refused() -> None:
    assert wrong({"a": [True]}, beleid="kans")[0].code == "unknown-name"


@pytest.mark.parametrize("change", [{}, None, {"leeftyd": 1}, {"leeftijd": 500}])
def test_a_change_that_cannot_be_is_refused(change: Any) -> None:
    with pytest.raises(InputError):
        KINDS.what_if({"a": [True], "peildatum": PEILDATUM}, change)


# what is unknown


def test_what_is_not_there_is_unknown_and_only_what_is_declared_so_is_taken_as_no() -> None:
    facts = [Fact.ja_nee("a", label="a", zonder_melding=False), *yes_no("b")]
    kader = small(facts, [(A, "laag"), (B, "midden")])
    cohort = kader.evaluate_many({"a": np.array([True, None, "weet_niet"], dtype=object)})
    assert cohort.advies.tolist() == ["laag", "vraag", "vraag"]
    # who does not know did report it
    assert dict(cohort.aangenomen) == {"a": 1}
    assert cohort.rows.tolist() == [0, -2, -1]
    assert cohort.missing_counts().tolist() == [0, 1, 2]
    assert dict(kader.evaluate_many({"b": [True, False]}).aangenomen) == {"a": 2}


def test_what_hangs_on_an_absent_fact_does_not_apply() -> None:
    facts = [*yes_no("a"), Fact.keuze("t", label="t", opties=OPTIONS, geldt_als="a")]
    kader = small(facts, [(feit.keuze("t").is_("rood"), "laag"), (known(feit.keuze("t")), "midden")])
    cohort = kader.evaluate_many({"a": [True, False, None], "t": ["rood", None, None]}, beleid="cautious")
    assert cohort.advies.tolist() == ["laag", "midden", "vraag"]


def test_what_is_masked_is_not_read() -> None:
    ages = np.ma.MaskedArray(np.array([31, 999]), mask=[False, True])
    assert KINDS.evaluate_many({"leeftijd": ages, "peildatum": PEILDATUM}).n == 2


# the result


def test_a_cohort_tells_what_it_holds_and_cannot_be_changed() -> None:
    data = {"a": np.array([True, False]), "b": [None, True], "leeftijd": [20, 30], "kleur": ["rood", "rood"]}
    cohort: Cohort[Any] = KINDS.evaluate_many({**data, "peildatum": PEILDATUM})
    assert repr(cohort) == "Cohort('klein 1', n=2: LAAG 1, MIDDEN 1)"
    assert cohort.to_dict()["counts"] == {"laag": 1, "midden": 1, "hoog": 0, "wacht": 0, "vraag": 0}
    assert cohort.to_dict()["codes"] == cohort.codes.tolist()
    assert [row[1] for row in cohort.table().rows] == [1, 1, 0, 0, 0]
    assert "<table" in cohort._repr_html_()
    assert str(cohort) == cohort.table().text()
    for array in (cohort.codes, cohort.rows):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    copied = pickle.loads(pickle.dumps(cohort))  # noqa: S301 (our own)
    assert copied.missing_counts().tolist() == cohort.missing_counts().tolist()
    assert copied.to_dict() == cohort.to_dict()


def test_rows_have_their_ids_and_open_cases_have_none() -> None:
    rail = Vangrail(
        id="wet.a",
        als=feit.ja_nee("b"),
        verbiedt=["laag"],
        anders="midden",
        omdat="o",
        bron="b",
        soort="wet",
    )
    kader = small(yes_no("a", "b"), [(feit.ja_nee("a"), "laag")], vangrails=[rail])
    columns = {"a": [True, True, True, None, False], "b": [False, True, None, False, False]}
    for beleid in ("cautious", "exact"):
        cohort = kader.evaluate_many(columns, beleid=beleid)
        expected = [kader.beslis[row].id if row >= 0 else "" for row in cohort.rows.tolist()]
        assert cohort.row_ids().tolist() == expected
        assert [bool(name) for name in expected] == [True, True, False, False, True]
        assert expected[1].endswith("/wet.a")


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int64", "uint64", "float32", "float64"])
def test_in_a_column_of_numbers_one_is_yes_and_zero_is_no(dtype: str) -> None:
    kader = small(yes_no("a"), [(feit.ja_nee("a"), "laag"), (~feit.ja_nee("a"), "midden")])
    assert kader.evaluate_many({"a": np.array([1, 0], dtype)}).row_ids().tolist() == ["r0", "r1"]
    masked = np.ma.MaskedArray(np.array([7, 0], dtype), [True, False])
    assert kader.evaluate_many({"a": masked}).row_ids().tolist() == ["", "r1"]
    (problem,) = wrong({"a": np.array([1, 0, 2], dtype)})
    assert problem.where == "$.a[2]"
    assert "1 is yes and 0 is no" in problem.do


def test_nobody_is_a_cohort_too() -> None:
    cohort = KINDS.evaluate_many({"a": np.array([], dtype=bool), "peildatum": PEILDATUM}, beleid="exact")
    assert (cohort.n, cohort.rows.tolist(), cohort.missing_counts().tolist()) == (0, [], [])
    assert sum(cohort.counts().values()) == 0
    assert repr(cohort) == "Cohort('klein 1', n=0)"


def test_a_chunk_is_a_whole_number_of_bytes() -> None:
    assert columns.CHUNK % 8 == 0
