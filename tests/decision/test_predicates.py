"""Python functions as conditions: asked only when all is known, looked ahead of, and never able to stop the rest."""

from __future__ import annotations

import pickle
from datetime import date
from functools import cache, partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decision.strategies import PEILDATUM, cases, kaders, predicates, small, yes_no

import igm
from igm.decision import (
    Afwegingskader,
    Fact,
    Predicaat,
    Question,
    Uitvoering,
    antwoord,
    feit,
    predicaat,
    regel,
)
from igm.decision.reference import reference_missing, reference_outcome
from igm.decision.refs import Ref
from igm.errors import InputError, KaderError, PredicateWarning

REISTIJD = Fact.getal("reistijd", label="reistijd", eenheid="min", minimum=0, maximum=300)
FACTS = [*yes_no("auto", "rust"), REISTIJD]
READS: list[Ref] = [feit.getal("reistijd"), feit.ja_nee("auto")]


@predicaat(
    "ons.bereikbaar",
    label="de werkplek is bereikbaar",
    versie="1",
    leest=READS,
    drempels={"reistijd": [60, 200]},
    uitvoeringen=["geval", "arrays"],
)
def bereikbaar(reistijd: float, auto: bool) -> bool:
    """Fails above 200 minutes, as a table that ends there would."""
    if reistijd > 200:
        raise LookupError("001122 staat niet in de tabel")
    return auto or reistijd <= 60


def bereikbaar_arrays(reistijd: Any, auto: Any) -> Any:
    if (reistijd > 200).any():
        raise LookupError
    return auto | (reistijd <= 60)


def one_case(reistijd: float, auto: bool) -> bool:
    return auto or reistijd <= 60


SINGLE = predicaat("ons.geval", label="per geval", versie="1", leest=READS, drempels={"reistijd": [60]})(
    one_case
)
KADER = small(FACTS, [(bereikbaar & feit.ja_nee("rust"), "midden")])


def advise(kader: Afwegingskader[Any] = KADER, **facts: Any) -> Any:
    return kader.evaluate(kader.casus(facts))


# meaning


def test_thresholds_of_a_date_are_days() -> None:
    days: Any = ["2000-01-01"]
    with pytest.raises(KaderError, match=r"Give a list of dates: datetime\.date values"):
        predicaat("p.a", label="p", versie="1", leest=[feit.datum("dag")], drempels={"dag": days})


def test_it_is_asked_when_all_that_it_reads_is_known() -> None:
    assert advise(auto=False, reistijd=45, rust=True).advies.value == "midden"
    assert advise(auto=False, reistijd=61, rust=True).advies.value == "hoog"
    assert advise(auto=True, reistijd=61, rust=True).advies.value == "midden"


def test_until_then_it_is_open_and_what_matters_is_listed() -> None:
    afweging = advise(auto=False, rust=True)
    assert afweging.advies.value == "vraag"
    assert [entry.feit for entry in afweging.ontbreekt] == ["reistijd"]


def test_what_cannot_matter_is_not_listed() -> None:
    assert [entry.feit for entry in advise(rust=False).ontbreekt] == []
    low = predicaat("laag", label="laag", versie="1", leest=READS, drempels={"reistijd": [60]})(one_case)
    kader = small(FACTS, [(low, "midden")])
    # with a car every travelling time will do
    assert advise(kader, auto=True).ontbreekt == ()
    assert advise(kader, auto=True).advies.value == "midden"


def test_a_fact_that_does_not_apply_makes_it_false() -> None:
    facts = [
        *yes_no("werk"),
        Fact.getal("uren", label="uren", eenheid="uur", minimum=0, maximum=60, geldt_als="werk"),
    ]
    veel = predicaat("veel", label="veel", versie="1", leest=[feit.getal("uren")], drempels={"uren": [30]})(
        lambda uren: uren > 30
    )
    kader = small(facts, [(~veel, "midden")])
    assert advise(kader, werk=False).advies.value == "midden"
    assert advise(kader, werk=True).advies.value == "vraag"


def test_its_inputs_are_what_a_rule_reads() -> None:
    assert (bereikbaar & feit.ja_nee("rust")).facts == {"reistijd", "auto", "rust"}
    assert set(KADER.facts_read) == {"reistijd", "auto", "rust"}


def test_guards_see_through_it() -> None:
    with pytest.raises(KaderError) as caught:
        small(FACTS, [(bereikbaar, "laag")], geen_rol=("auto",))
    assert caught.value.code == "guard-not-proven"
    with pytest.raises(KaderError):
        small(FACTS, [(bereikbaar, "laag")], nooit_tegen=("reistijd",))


def test_a_date_can_be_read_with_its_thresholds() -> None:
    start = Fact.datum("start", label="start", minimum=date(2020, 1, 1), maximum=date(2023, 12, 31))
    even = predicaat(
        "even",
        label="even jaar",
        versie="1",
        leest=[feit.datum("start")],
        drempels={"start": [date(year, 1, 1) for year in (2021, 2022, 2023)]},
    )(lambda start: start.year % 2 == 0)
    kader = small([start], [(even, "midden")])
    afweging = kader.evaluate(kader.casus(start=date(2022, 5, 1), peildatum=PEILDATUM))
    assert afweging.advies.value == "midden"
    assert kader.evaluate(kader.casus(peildatum=PEILDATUM)).ontbreekt[0].feit == "start"


# failing


def failing_kader() -> Afwegingskader[Any]:
    rules = [
        regel("een", vraag="v", als=bereikbaar, pleit_voor="ja", omdat="Bereikbaar.", bron="b"),
        regel("twee", vraag="w", als=feit.ja_nee("rust"), pleit_voor="nee", omdat="Rust.", bron="b"),
    ]
    questions = [Question(name="v", tekst="V?", default="nee"), Question(name="w", tekst="W?", default="ja")]
    rows = [(antwoord("w").is_("nee"), "laag"), (antwoord("v").is_("ja"), "midden")]
    return small(FACTS, rows, questions, rules)


def test_a_function_that_raises_is_reported_and_other_rules_go_on() -> None:
    kader = failing_kader()
    afweging = kader.evaluate(kader.casus(auto=False, reistijd=250, rust=True, ref="c-017"))
    assert afweging.advies.value == "laag"
    assert [argument.regel for argument in afweging.argumenten] == ["twee"]
    [failed] = afweging.mislukt
    assert (failed.predicaat, failed.fout, failed.regels, failed.ref) == (
        "ons.bereikbaar",
        "LookupError",
        ("een",),
        "c-017",
    )
    for text in (str(afweging), afweging.explain(voor="professional"), afweging.explain(voor="client")):
        assert "de werkplek is bereikbaar" in text
        assert "001122" not in text
    assert "c-017" in str(afweging)


def test_a_failure_on_sensitive_facts_is_told_only_when_asked_for() -> None:
    class VerslavingError(Exception):
        pass

    def weigh(zorg: bool) -> bool:
        raise VerslavingError

    secret = Fact.ja_nee("zorg", label="krijgt zorg", gevoelig=True)
    asks = predicaat("ons.zorg", label="past bij de zorg", versie="1", leest=[feit.ja_nee("zorg")])(weigh)
    kader = small([secret], [(asks, "midden")])
    afweging = kader.evaluate(kader.casus(zorg=True, ref="c-017"))
    shown = [str(afweging), repr(afweging.mislukt), afweging._repr_html_(), repr(kader.casus(zorg=True))]
    shown += [
        afweging.tree(voor=voor, taal=taal).text()
        for voor in ("client", "professional", "audit")
        for taal in ("nl", "en")
    ]
    for text in shown:
        assert "VerslavingError" not in text
    assert "past bij de zorg" not in str(afweging)
    assert "niet gewogen bij zaak c-017" in str(afweging)
    assert "VerslavingError" in afweging.explain(voor="professional")
    assert type(afweging).from_dict(afweging.to_dict()).mislukt == afweging.mislukt


def test_what_a_failing_function_leaves_open_is_not_no() -> None:
    kader = failing_kader()
    afweging = kader.evaluate(kader.casus(auto=False, reistijd=250, rust=False))
    assert afweging.answer("v").suggestie.value == "onbekend"
    assert afweging.advies.value == "vraag"


def test_a_failure_is_stored_and_read_back() -> None:
    kader = failing_kader()
    afweging = kader.evaluate(kader.casus(auto=False, reistijd=250, rust=True, ref="c-017"))
    assert type(afweging).from_dict(afweging.to_dict()).mislukt == afweging.mislukt


@pytest.mark.parametrize("said", [1, "ja", 0.5, [], np.float64(1)])
def test_an_answer_that_is_no_truth_value_is_a_failure(said: Any) -> None:
    odd = predicaat("raar", label="raar", versie="1", leest=[feit.ja_nee("auto")])(lambda auto: said)
    afweging = advise(small(FACTS, [(odd, "midden")]), auto=True)
    assert afweging.advies.value == "vraag"
    assert len(afweging.mislukt) == 1


def test_nothing_is_an_answer_that_leaves_it_open() -> None:
    shy = predicaat("stil", label="stil", versie="1", leest=[feit.ja_nee("auto")])(lambda auto: None)
    afweging = advise(small(FACTS, [(shy, "midden")]), auto=True)
    assert (afweging.advies.value, afweging.mislukt) == ("vraag", ())


def test_verification_finds_where_it_fails() -> None:
    [finding] = [found for found in KADER.verify().findings if found.code == "silent-predicate"]
    assert finding.waar == "$.predicaten['ons.bereikbaar']"
    assert finding.voorbeeld is not None
    assert advise(**finding.voorbeeld).mislukt


# looking ahead


def test_what_would_change_the_advice() -> None:
    found = advise(auto=False, reistijd=90, rust=True).tegenfeitelijk()
    assert {tuple(change.feit for change in one.changes) for one in found.sets} >= {("auto",), ("reistijd",)}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_the_engine_agrees_with_the_reference(data: st.DataObject) -> None:
    kader = data.draw(kaders(dates=False).filter(lambda kader: kader.predicates))
    casus = data.draw(cases(kader, unknown=3))
    for beleid in ("exact", "cautious"):
        assert kader.evaluate(casus, beleid=beleid).advies is reference_outcome(kader, casus, beleid=beleid)
    listed = {entry.feit: entry.aandeel for entry in kader.evaluate(casus).ontbreekt}
    assert listed == pytest.approx(reference_missing(kader, casus))


# arrays


def table(n: int = 400) -> dict[str, Any]:
    chance = np.random.default_rng(7)
    unknown = chance.random(n) < 0.3
    return {
        "reistijd": np.where(unknown, np.nan, chance.integers(0, 260, n).astype(float)),
        "auto": chance.choice(np.array([None, True, False], dtype=object), n),
        "rust": chance.random(n) < 0.7,
    }


@pytest.mark.parametrize("beleid", ["cautious", "exact"])
@pytest.mark.parametrize("arrays", [None, bereikbaar_arrays])
def test_many_cases_as_each_alone(beleid: str, arrays: Any) -> None:
    made = predicaat(
        "ons.bereikbaar",
        label="bereikbaar",
        versie="1",
        leest=READS,
        drempels={"reistijd": [60, 200]},
        arrays=arrays,
        uitvoeringen=["arrays"],
    )(bereikbaar.functie)
    kader, columns = small(FACTS, [(made & feit.ja_nee("rust"), "midden")]), table()
    cohort = kader.evaluate_many(columns, beleid=beleid)
    failed = 0
    for row, advies in enumerate(cohort.advies.tolist()):
        case = {name: column[row] for name, column in columns.items()}
        casus = kader.casus({name: None if value != value else value for name, value in case.items()})
        failed += len(casus.mislukt)
        assert advies == kader.evaluate(casus, beleid=beleid).advies.value
    assert cohort.mislukt == {"ons.bereikbaar": failed}
    assert failed
    assert f"mislukte bij {failed} gevallen" in str(cohort)
    assert cohort.to_dict()["mislukt"] == {"ons.bereikbaar": failed}


def test_what_does_not_apply_settles_a_row_as_it_settles_a_case() -> None:
    facts = [*yes_no("werk"), Fact.ja_nee("auto", label="auto", geldt_als="werk"), REISTIJD]
    kader = small(facts, [(bereikbaar, "laag"), (feit.ja_nee("werk"), "midden")])
    alone = kader.evaluate(kader.casus(werk=False))
    assert (alone.advies.value, alone.ontbreekt) == ("hoog", ())
    cohort = kader.evaluate_many({"werk": [False]})
    assert (cohort.advies.tolist(), cohort.missing_counts().tolist()) == (["hoog"], [0])
    exact = kader.evaluate_many({"werk": [False], "auto": [None]}, beleid="exact")
    assert exact.advies.tolist() == ["hoog"]


def test_what_does_not_apply_leaves_nothing_to_ask_where_a_row_stays_open() -> None:
    facts = [*yes_no("werk", "rust"), Fact.ja_nee("auto", label="auto", geldt_als="werk"), REISTIJD]
    kader = small(facts, [(bereikbaar & feit.ja_nee("rust"), "laag"), (feit.ja_nee("rust"), "midden")])
    alone = kader.evaluate(kader.casus(werk=False))
    assert [entry.feit for entry in alone.ontbreekt] == ["rust"]
    assert kader.evaluate_many({"werk": [False]}).missing_counts().tolist() == [1]


def test_arrays_are_used_when_they_can() -> None:
    called: list[int] = []

    def on_arrays(reistijd: Any, auto: Any) -> Any:
        called.append(len(auto))
        return auto | (reistijd <= 60)

    made = predicaat(
        "ons.snel", label="snel", versie="1", leest=READS, drempels={"reistijd": [60]}, arrays=on_arrays
    )(lambda reistijd, auto: pytest.fail("asked one by one"))
    kader = small(FACTS, [(made, "midden")])
    assert kader.evaluate_many({"reistijd": [30, None, 90], "auto": [False, True, False]}).mislukt == {}
    assert called == [2]


def spoils(reistijd: Any, auto: Any) -> Any:
    auto[:] = True
    raise LookupError


def masks(reistijd: Any, auto: Any) -> Any:
    return np.ma.MaskedArray(auto, mask=True)


@pytest.mark.parametrize("arrays", [spoils, masks])
def test_arrays_that_cannot_be_used_change_nothing_of_what_is_asked_one_by_one(arrays: Any) -> None:
    made = predicaat(
        "ons.stuk", label="stuk", versie="1", leest=READS, drempels={"reistijd": [60]}, arrays=arrays
    )(one_case)
    kader = small(FACTS, [(made, "midden")])
    cohort = kader.evaluate_many({"reistijd": [90, 30], "auto": [False, False]})
    assert cohort.advies.tolist() == ["hoog", "midden"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_whoever_stops_the_program_stops_it(error: type[BaseException]) -> None:
    def stops(**_: Any) -> bool:
        raise error

    made = predicaat(
        "ons.stop", label="stop", versie="1", leest=READS, drempels={"reistijd": [60]}, arrays=stops
    )(stops)
    kader = small(FACTS, [(made, "midden")])
    with pytest.raises(error):
        advise(kader, reistijd=30, auto=False)
    with pytest.raises(error):
        kader.evaluate_many({"reistijd": [30], "auto": [False]})


def test_counting_warns_of_failures() -> None:
    with pytest.warns(PredicateWarning, match=r"ons\.bereikbaar mislukte bij 1 gevallen"):
        KADER.count({"reistijd": [250.0], "auto": [False], "rust": [True]})


def test_what_if_asks_again() -> None:
    columns = {"reistijd": [90.0, 250.0], "auto": [False, False], "rust": [True, True]}
    moved = KADER.what_if(columns, {"reistijd": 30})
    assert "mislukte bij 1 gevallen" in moved.text()
    assert moved.notes[-1] == "2 van 2 krijgen een ander advies"


def test_a_predicate_for_one_case_is_refused_by_name() -> None:
    kader = small(FACTS, [(SINGLE, "midden")])
    with pytest.raises(InputError, match=r"ons\.geval") as caught:
        kader.evaluate_many({"auto": [True]})
    assert caught.value.code == "predicate-invalid"


# declaring


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"leest": []}, "leest does not name facts"),
        ({"leest": ["reistijd"]}, "leest does not name facts"),
        ({"leest": [*READS, feit.ja_nee("auto")]}, "names a fact twice"),
        ({"drempels": None}, "read without thresholds"),
        ({"drempels": {"reistijd": [float("inf")]}}, "cannot be used"),
        ({"drempels": {"reistijd": []}}, "cannot be used"),
        ({"drempels": {"reistijd": [60], "auto": [1]}}, "names no number or date"),
        ({"drempels": [60]}, "not a mapping"),
        ({"versie": " "}, "versie is empty"),
        ({"label": 3}, "label is empty"),
        ({"uitvoeringen": ["spark"]}, "unknown way to run"),
        ({"arrays": 3}, "arrays is not a function"),
    ],
)
def test_what_is_declared_is_checked(changes: dict[str, Any], said: str) -> None:
    good: dict[str, Any] = {"leest": READS, "label": "x", "versie": "1", "drempels": {"reistijd": [60]}}
    with pytest.raises(KaderError, match=said) as caught:
        predicaat("ons.x", **{**good, **changes})
    assert {problem.code for problem in caught.value.problems} == {"predicate-invalid"}


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(KaderError) as caught:
        predicaat("Ons X", leest=[], label="", versie="")
    assert len(caught.value.problems) == 4


def test_the_function_takes_the_facts_by_name() -> None:
    maker = predicaat("ons.x", leest=[feit.ja_nee("auto")], label="x", versie="1")
    with pytest.raises(KaderError, match="does not take the facts by name"):
        maker(lambda wagen: True)
    with pytest.raises(KaderError, match="not a function"):
        maker("auto")  # type: ignore[arg-type]


class Asked:
    """An object that can be called."""

    def __call__(self, auto: bool) -> bool:
        return auto


class Equal(Asked):
    """One that equals others, and so has no hash."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Equal)

    __hash__ = None  # type: ignore[assignment]


def of_two(auto: bool, wanted: bool) -> bool:
    return auto is wanted


async def later(auto: bool) -> bool:
    return auto


def one_by_one(auto: bool) -> Any:
    yield auto


@pytest.mark.parametrize(
    "function",
    [Asked(), Asked().__call__, partial(of_two, wanted=True), cache(partial(of_two, wanted=True))],
    ids=["object", "method", "partial", "cache"],
)
def test_whatever_can_be_called_and_says_yes_or_no_will_do(function: Any) -> None:
    maker = predicaat("ons.x", leest=[feit.ja_nee("auto")], label="x", versie="1", uitvoeringen=["arrays"])
    kader, again = (small(yes_no("auto"), [(maker(function), "laag")]) for _ in range(2))
    assert kader.hash == again.hash
    assert advise(kader, auto=True).advies.value == "laag"
    assert kader.evaluate_many({"auto": [True, False]}).advies.tolist() == ["laag", "hoog"]


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (later, "answers later"),
        (partial(later), "answers later"),
        (one_by_one, "answers later"),
        (max, "does not say what it takes"),
        (Equal(), "has no hash"),
    ],
)
def test_what_cannot_say_yes_or_no_at_once_is_refused(function: Any, said: str) -> None:
    maker = predicaat("ons.x", leest=[feit.ja_nee("auto")], label="x", versie="1")
    with pytest.raises(KaderError, match=said):
        maker(function)


def test_a_kader_checks_what_it_reads() -> None:
    with pytest.raises(KaderError) as caught:
        small(yes_no("reistijd"), [(bereikbaar, "midden")])
    assert {problem.code for problem in caught.value.problems} == {"unknown-fact", "fact-kind"}
    far = predicaat(
        "ver", label="ver", versie="1", leest=[feit.getal("reistijd")], drempels={"reistijd": [900]}
    )
    with pytest.raises(KaderError, match="outside its bounds"):
        small(FACTS, [(far(lambda reistijd: reistijd > 900), "midden")])


def test_two_functions_of_one_id_are_refused() -> None:
    maker = predicaat("x", label="x", versie="1", leest=[feit.ja_nee("auto")])
    with pytest.raises(KaderError, match="two predicates have the id"):
        small(FACTS, [(maker(lambda auto: auto), "midden"), (maker(lambda auto: not auto), "laag")])


# identity


def test_a_kader_with_a_predicate_can_be_pickled() -> None:
    copy = pickle.loads(pickle.dumps(KADER))  # noqa: S301 (made here)
    assert copy == KADER
    assert copy.evaluate(copy.casus(auto=True, reistijd=1, rust=True)).advies.value == "midden"
    again = pickle.loads(pickle.dumps(SINGLE))  # noqa: S301 (made here)
    assert (again, again.functie) == (SINGLE, one_case)


def test_a_function_that_cannot_be_found_again_cannot_be_pickled() -> None:
    local = predicaat("x", label="x", versie="1", leest=[feit.ja_nee("auto")])(lambda auto: auto)
    with pytest.raises(pickle.PicklingError, match="top level of a module"):
        pickle.dumps(local)


def test_another_version_is_another_kader() -> None:
    def kader(versie: str) -> Afwegingskader[Any]:
        made = predicaat("x", label="x", versie=versie, leest=READS, drempels={"reistijd": [60]})(one_case)
        return small(FACTS, [(made, "midden")])

    assert kader("1") == kader("1")
    assert kader("1") != kader("2")


def test_it_can_still_be_called() -> None:
    assert bereikbaar(reistijd=3, auto=False) is True
    assert isinstance(bereikbaar, Predicaat)
    assert bereikbaar.uitvoeringen == (Uitvoering.GEVAL, Uitvoering.ARRAYS)


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_a_random_predicate_reads_and_answers_by_cell(data: st.DataObject) -> None:
    made = data.draw(predicates(FACTS))
    assert set(made.reads) <= {fact.name for fact in FACTS}
    assert made.answer({}) is None


def test_it_goes_into_a_shipped_kader() -> None:
    leiden = igm.kader("leiden-2021")
    made = predicaat(
        "ons.druk", label="veel tegelijk", versie="1", leest=[feit.ja_nee("schulden"), feit.ja_nee("taal")]
    )(lambda schulden, taal: schulden and taal)
    ours = leiden.with_rules(
        regel(
            "ons.druk", vraag="omstandigheden", als=made, pleit_voor="nee", omdat="Veel tegelijk.", bron="b"
        )
    )
    afweging = ours.evaluate(ours.casus(schulden=True, taal=True))
    assert "ons.druk" in {argument.regel for argument in afweging.tegen}


def test_a_function_may_read_a_trend() -> None:
    @predicaat("ons.beter", label="het gaat beter", versie="1", leest=[feit.trend("t")])
    def beter(t: str) -> bool:
        return t == "verbeterd"

    kader = small([Fact.trend("t", label="t")], [(beter, "laag")])
    assert kader.evaluate(kader.casus(t="verbeterd")).advies.value == "laag"
    assert kader.evaluate(kader.casus(t="stabiel")).advies.value == "hoog"
