"""Guardrails: what law, policy or programme demands, whatever the weighing says."""

from __future__ import annotations

import itertools
import json
import pickle
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.decision.strategies import (
    LADDER,
    Route,
    _joined,
    atoms,
    cases,
    facts,
    kaders,
    small,
    vangrails,
    yes_no,
)

from igm.decision import (
    Afweging,
    AfwegingDocument,
    Afwegingskader,
    Besluit,
    Fact,
    Question,
    Vangrail,
    VangrailSoort,
    antwoord,
    feit,
    known,
    predicaat,
    regel,
)
from igm.decision.conditions import Always, Condition
from igm.decision.reference import reference_outcome
from igm.decision.truth import Uitkomst
from igm.errors import MASK, IgmError, InputError, KaderError

A, B, C = (feit.ja_nee(name) for name in "abc")


def test_a_client_reads_what_settles_the_advice_as_laid_down_with_its_facts() -> None:
    kader = klein(rail("wet.b", B, ["hoog"], "midden"))
    settled = kader.evaluate(kader.casus(a=False, b=True))
    assert settled.vangrails[0].beslist
    text = settled.explain(voor="client")
    laid_down = "Dit ligt vast in de wet, in beleid of in het programma:\n- Omdat wet.b.\n"
    assert laid_down in text
    assert "Dit vraagt nu aandacht" not in text
    assert "\n- b: ja\n" in text
    holds = kader.evaluate(kader.casus(a=True, b=True))
    assert not holds.vangrails[0].beslist
    assert laid_down in holds.explain(voor="client")
    assert "\n- b: ja\n" in holds.explain(voor="client")


def test_a_client_does_not_read_a_sensitive_guardrail_in_what_is_masked() -> None:
    facts = [*yes_no("a"), Fact.ja_nee("b", label="b", gevoelig=True)]
    kader = small(facts, [(A, "laag")], vangrails=[rail("wet.b", B, ["hoog"], "midden")])
    settled = kader.evaluate(kader.casus(a=False, b=True))
    assert "Omdat wet.b" in settled.explain(voor="client")
    assert "Omdat wet.b" not in settled.tree(voor="client").text()


def test_what_a_guarded_guardrail_may_not_read_is_told_with_a_way_out() -> None:
    with pytest.raises(KaderError, match="as a fact of its own") as caught:
        klein(rail("wet.b", B, ["hoog"], "midden"), nooit_tegen=["b"])
    assert caught.value.code == "guard-not-proven"


def rail(name: str, als: Any, verbiedt: Any, anders: Any, **more: Any) -> Vangrail:
    given = {"omdat": f"Omdat {name}.", "bron": "wet, art. 1", "soort": "wet", **more}
    return Vangrail(id=name, als=als, verbiedt=verbiedt, anders=anders, **given)


def klein(*rails: Vangrail, **more: Any) -> Afwegingskader[Uitkomst]:
    """``laag`` where a, else ``hoog``."""
    return small(yes_no("a", "b", "c"), [(A, "laag")], vangrails=rails, **more)


def advice(kader: Afwegingskader[Uitkomst], beleid: str = "exact", **facts: Any) -> str:
    return kader.evaluate(kader.casus(facts), beleid=beleid).advies.value


def told(error: pytest.ExceptionInfo[KaderError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in error.value.problems]


# meaning


def test_where_it_holds_what_it_forbids_is_not_advised() -> None:
    kader = klein(rail("g", B, ["hoog"], "midden"))
    assert advice(kader, a=False, b=True) == "midden"
    assert advice(kader, a=False, b=False) == "hoog"
    assert advice(kader, a=True, b=True) == "laag"


@pytest.mark.parametrize("beleid", ["exact", "cautious"])
def test_where_it_is_open_and_the_outcome_would_be_forbidden_the_advice_is_open(beleid: str) -> None:
    kader = klein(rail("g", B, ["hoog"], "midden"))
    assert advice(kader, beleid, a=False) == "vraag"
    assert advice(kader, beleid, a=True) == "laag"
    assert [entry.feit for entry in kader.evaluate(kader.casus(a=False)).ontbreekt] == ["b"]


def test_where_every_completion_agrees_the_advice_is_sure() -> None:
    kader = klein(rail("g", B, ["hoog"], "midden"), rail("h", ~B, ["hoog"], "midden"))
    assert advice(kader, a=False) == "midden"
    assert advice(kader, "cautious", a=False) == "vraag"


def test_a_later_one_speaks_about_what_an_earlier_one_gives() -> None:
    kader = klein(rail("een", B, ["hoog"], "midden"), rail("twee", C, ["midden"], "laag"))
    assert advice(kader, a=False, b=True, c=True) == "laag"
    assert advice(kader, a=False, b=True, c=False) == "midden"
    assert advice(kader, a=False, b=False, c=True) == "hoog"
    stands = kader.evaluate(kader.casus(a=False, b=True, c=True)).vangrails
    assert [(stand.id, stand.beslist) for stand in stands] == [("een", True), ("twee", True)]


def test_it_may_read_answers_also_own_ones() -> None:
    kader = small(
        yes_no("a"),
        [],
        [Question(name="past", tekst="Past het?", default="ja")],
        [regel("r", vraag="past", als=A, pleit_voor="nee", omdat="Omdat.", bron="b")],
        vangrails=[rail("g", antwoord("past").is_("nee"), ["hoog"], "laag")],
    )
    assert (advice(kader, a=True), advice(kader, a=False)) == ("laag", "hoog")
    own = kader.casus(a=False, antwoorden={"past": ("nee", "Zij wil niet.")})
    assert kader.evaluate(own).advies is Route("laag")


def test_it_may_always_hold() -> None:
    kader = klein(rail("een", Always(), ["hoog"], "midden"), rail("twee", B, ["midden"], "laag"))
    assert advice(kader, a=False, b=False) == "midden"
    with pytest.raises(KaderError, match="contradict"):
        klein(rail("twee", Always(), ["midden"], "laag"), rail("een", Always(), ["hoog"], "midden"))


def test_one_that_reads_a_date_asks_for_a_day_also_when_it_can_change_no_advice() -> None:
    jong = rail("g", feit.datum("d").years() < 27, ["wacht"], "midden")
    kader = small([Fact.datum("d", label="d"), *yes_no("a")], [(A, "laag")], vangrails=[jong])
    with pytest.raises(InputError) as caught:
        kader.casus(a=True, d="2010-01-01")
    assert caught.value.code == "peildatum-missing"
    afweging = kader.evaluate(kader.casus(a=True, d="2010-01-01", peildatum="2026-01-01"))
    assert [stand.open for stand in afweging.vangrails] == [False]
    assert Route("wacht") in afweging.ruimte.verboden


def test_one_that_asks_a_function_tells_what_that_says_also_when_it_can_change_no_advice() -> None:
    @predicaat("ons.p", label="p", versie="1", leest=[B])
    def asked(b: bool) -> bool:
        return b

    idle = klein(rail("g", asked, ["wacht"], "midden"))
    assert [stand.open for stand in idle.evaluate(idle.casus(a=True, b=True)).vangrails] == [False]
    assert idle.evaluate(idle.casus(a=True, b=False)).vangrails == ()
    acting = klein(rail("g", asked, ["hoog"], "midden"))
    assert advice(acting, a=False, b=True) == "midden"
    assert advice(acting, a=False) == "vraag"
    with pytest.raises(KaderError, match="contradict"):
        klein(rail("een", asked, ["midden"], "hoog"), rail("twee", B, ["hoog"], "midden"))


# what is refused


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": "Wet 1"}, "id"),
        ({"id": 3}, "id"),
        ({"als": True}, "als"),
        ({"verbiedt": []}, "verbiedt"),
        ({"verbiedt": [3]}, "verbiedt"),
        ({"verbiedt": 3}, "verbiedt"),
        ({"verbiedt": None}, "verbiedt"),
        ({"verbiedt": ["hoog", "hoog"]}, "verbiedt"),
        ({"anders": "hoog"}, "anders"),
        ({"anders": ""}, "anders"),
        ({"anders": None}, "anders"),
        ({"omdat": " "}, "omdat"),
        ({"bron": 3}, "bron"),
        ({"soort": "gewoonte"}, "soort"),
        ({"soort": None}, "soort"),
        ({"soort": ["wet"]}, "soort"),
    ],
)
def test_what_is_wrong_with_one_is_told(changes: dict[str, Any], field: str) -> None:
    right: dict[str, Any] = {
        "id": "g", "als": A, "verbiedt": ["hoog"], "anders": "laag", "omdat": "o", "bron": "b", "soort": "wet",
    }  # fmt: skip
    assert Vangrail(**right).soort is VangrailSoort.WET
    with pytest.raises(KaderError) as caught:
        Vangrail(**{**right, **changes})
    (problem,) = caught.value.problems
    assert problem.code == "vangrail-invalid"
    assert problem.where.endswith(f".{field}")


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(KaderError) as caught:
        Vangrail(id="", als=3, verbiedt=[], anders="", omdat="", bron="", soort="")  # type: ignore[arg-type]
    assert len(caught.value.problems) == 7


def test_outcomes_may_be_given_as_members() -> None:
    made = rail("g", B, [Route("hoog")], Route("laag"))
    assert (made.verbiedt, made.anders, type(made.anders)) == (("hoog",), "laag", str)
    assert rail("g", B, Route("hoog"), "laag") == made


def test_what_does_not_fit_the_kader_is_told_at_once() -> None:
    rails = [
        rail("een", B, ["hog"], "lag"),
        rail("twee", feit.ja_nee("d"), ["hoog", "vraag"], "laag"),
        rail("twee", antwoord("past").is_("ja"), ["hoog"], "laag"),
    ]
    with pytest.raises(KaderError) as caught:
        klein(*rails)
    assert sorted(told(caught)) == [
        ("duplicate-name", "$.vangrails.twee"),
        ("outcome-unknown", "$.vangrails.een.anders"),
        ("outcome-unknown", "$.vangrails.een.verbiedt"),
        ("unknown-fact", "$.vangrails.twee.als"),
        ("unknown-question", "$.vangrails.twee.als"),
        ("vangrail-invalid", "$.vangrails.twee.verbiedt"),
    ]


@pytest.mark.parametrize("given", ["g", 3, None, {"id": "g"}])
def test_what_is_no_guardrail_is_refused(given: Any) -> None:
    with pytest.raises(KaderError) as caught:
        klein().restrict(given)
    assert caught.value.code == "vangrail-invalid"
    with pytest.raises(KaderError):
        klein(given)


def test_a_contradiction_is_refused_with_a_case() -> None:
    with pytest.raises(KaderError) as caught:
        klein(rail("een", B, ["midden"], "hoog"), rail("twee", C, ["hoog"], "midden"))
    assert told(caught) == [("vangrail-invalid", "$.vangrails.twee")]
    text = str(caught.value)
    assert "'twee' gives what 'een' forbids" in text
    assert "a=False, b=True, c=True" in text
    # in the other order nothing forbidden is left
    kader = klein(rail("twee", C, ["hoog"], "midden"), rail("een", B, ["midden"], "laag"))
    assert advice(kader, a=False, b=True, c=True) == "laag"


def test_what_never_both_holds_does_not_contradict() -> None:
    kader = klein(rail("een", B, ["midden"], "hoog"), rail("twee", C & ~B, ["hoog"], "midden"))
    assert advice(kader, a=False, b=False, c=True) == "midden"


def test_that_something_is_unknown_can_be_part_of_a_contradiction() -> None:
    with pytest.raises(KaderError, match="contradict"):
        klein(rail("een", ~known(B), ["midden"], "hoog"), rail("twee", C, ["hoog"], "midden"))


def test_a_value_that_is_given_although_it_does_not_apply_can_be_part_of_one() -> None:
    facts = [*yes_no("a"), Fact.ja_nee("b", label="b", geldt_als="a"), *yes_no("c")]
    with pytest.raises(KaderError, match="contradict"):
        small(
            facts,
            [],
            vangrails=[rail("een", B & ~A, ["midden"], "hoog"), rail("twee", C, ["hoog"], "midden")],
        )


def test_own_answers_can_be_part_of_a_contradiction() -> None:
    # no rule ever says nee, a professional can
    past = Question(name="past", tekst="Past het?", default="ja")
    said = antwoord("past").is_("nee")
    with pytest.raises(KaderError, match="answer past='NEE'"):
        small(
            yes_no("c"),
            [],
            [past],
            vangrails=[rail("een", said, ["midden"], "hoog"), rail("twee", C, ["hoog"], "midden")],
        )


def test_what_cannot_be_proven_is_refused() -> None:
    day = feit.datum("d")
    with pytest.raises(KaderError, match="cannot be proven: they hang on dates"):
        small(
            [Fact.datum("d", label="d"), *yes_no("c")],
            [],
            vangrails=[
                rail("een", day.years() < 27, ["midden"], "hoog"),
                rail("twee", C & (day.years() > 30), ["hoog"], "midden"),
            ],
        )


def test_rows_that_multiply_beyond_measure_are_refused() -> None:
    names = [f"f{i}" for i in range(24)]
    rails = [
        rail(
            f"g{i}",
            feit.ja_nee(name),
            [Route("hoog" if i % 2 else "midden"), "laag"],
            "midden" if i % 2 else "hoog",
        )
        for i, name in enumerate(names)
    ]
    with pytest.raises(KaderError):
        small(yes_no(*names), [(feit.ja_nee("f0"), "laag")], vangrails=rails)


def test_guards_are_proven_over_the_whole() -> None:
    with pytest.raises(KaderError) as caught:
        klein(nooit_tegen=["b"]).restrict(rail("g", B, ["hoog"], "laag"))
    assert told(caught) == [("guard-not-proven", "$.nooit_tegen.b")]
    assert "guardrail g reads it" in str(caught.value)
    with pytest.raises(KaderError):
        klein(geen_rol=["b"]).restrict(rail("g", B, ["hoog"], "laag"))
    up = klein(nooit_tegen=["b"]).restrict(rail("g", B, ["laag"], "hoog"))
    assert advice(up, a=True, b=True) == "hoog"


# what an advice tells


def test_an_advice_tells_which_hold_and_what_room_remains() -> None:
    kader = klein(rail("een", B, ["hoog"], "midden", soort="beleid"), rail("twee", C, ["laag"], "wacht"))
    afweging = kader.evaluate(kader.casus(a=False, b=True))
    een, twee = afweging.vangrails
    assert (een.id, een.soort, een.open, een.beslist, een.bron) == (
        "een",
        "beleid",
        False,
        True,
        "wet, art. 1",
    )
    assert [use.name for use in een.feiten] == ["b"]
    assert (twee.open, twee.beslist) == (True, False)
    assert afweging.ruimte.to_dict() == {
        "toegestaan": ["midden", "wacht", "vraag"], "onzeker": ["laag"], "verboden": ["hoog"],
    }  # fmt: skip
    assert afweging.rij is not None
    assert (afweging.rij.regel, afweging.rij.omdat) == ("vangrail:een", "Omdat een.")
    assert afweging.rij in afweging.argumenten
    text = str(afweging)
    assert "vangrail geldt (1)" in text
    assert "bepaalt het advies" in text
    assert "ruimte: toegestaan midden, wacht, vraag; onzeker laag; verboden hoog" in text
    assert "nog niet bekend (1)" in text
    assert "Dit ligt misschien vast" in afweging.explain(voor="client")


def test_one_that_does_not_hold_is_not_told() -> None:
    kader = klein(rail("een", B, ["hoog"], "midden"))
    afweging = kader.evaluate(kader.casus(a=False, b=False))
    assert afweging.vangrails == ()
    assert afweging.ruimte.toegestaan == tuple(Route)
    assert "vangrail" not in str(afweging)
    assert "ruimte" not in str(afweging)


def test_one_about_sensitive_facts_is_masked() -> None:
    facts = [*yes_no("a"), Fact.ja_nee("b", label="b", gevoelig=True)]
    kader = small(facts, [(A, "laag")], vangrails=[rail("een", B, ["hoog"], "midden")])
    afweging = kader.evaluate(kader.casus(a=False, b=True))
    text = str(afweging)
    for secret in ("Omdat een.", "verboden", "b: ja"):
        assert secret not in text
        assert secret in afweging.explain()
    assert "ruimte: (over gevoelige gegevens; explain() toont ze)" in text
    assert "Omdat" not in repr(afweging.vangrails)
    assert MASK in repr(afweging.vangrails[0].feiten)
    besluit = afweging.besluit(door="km-1", keuze="hoog", motivering="Zij redt het zelf wel.")
    assert "buiten de ruimte" in str(besluit)
    assert "Omdat een." not in str(besluit)
    assert "Omdat een. [wet een; wet, art. 1]" in besluit.explain()


def test_it_is_stored_and_read_again() -> None:
    kader = klein(rail("een", B, ["hoog"], "midden"), rail("twee", C, ["laag"], "wacht"))
    afweging = kader.evaluate(kader.casus(a=False, b=True))
    stored = json.loads(json.dumps(afweging.to_dict()))
    again = Afweging.from_dict(stored)
    assert again == afweging
    assert again.ruimte == afweging.ruimte
    assert str(again) == str(afweging)
    assert pickle.loads(pickle.dumps(afweging)) == afweging  # noqa: S301 (made here)
    AfwegingDocument.model_validate(stored)
    # an advice that was stored before there were guardrails has none
    del stored["vangrails"]
    assert Afweging.from_dict(stored).vangrails == ()
    stored["vangrails"] = [{"id": "een", "soort": "gewoonte"}]
    with pytest.raises(InputError) as caught:
        Afweging.from_dict(stored)
    assert any(problem.where.startswith("$.vangrails[0].soort") for problem in caught.value.problems)


def test_a_choice_outside_the_room_is_flagged_and_not_stopped() -> None:
    kader = klein(rail("een", B, ["hoog"], "midden"), rail("twee", C, ["laag"], "wacht"))
    afweging = kader.evaluate(kader.casus(a=False, b=True))

    def decided(keuze: str) -> Besluit[Uitkomst]:
        moment = datetime(2026, 3, 2, 10, tzinfo=UTC)
        return afweging.besluit(door="km-1", keuze=keuze, motivering="Zij kan dit heel goed.", wanneer=moment)

    outside = decided("hoog")
    assert outside.afwijking
    assert [stand.id for stand in outside.buiten_ruimte] == ["een"]
    assert "let op: deze keuze valt buiten de ruimte: Omdat een. [wet een; wet, art. 1]" in str(
        outside
    ).replace("\n│  ", " ")
    perhaps = decided("laag")
    assert perhaps.buiten_ruimte == ()
    assert "misschien buiten de ruimte" in str(perhaps)
    assert "buiten de ruimte" not in str(decided("midden"))
    assert Besluit.from_dict(json.loads(json.dumps(outside.to_dict()))) == outside


def test_results_are_immutable_and_short() -> None:
    kader = klein(rail("een", B, ["hoog"], "midden"))
    afweging = kader.evaluate(kader.casus(a=False, b=True))
    for thing in (kader.vangrails[0], afweging.vangrails[0], afweging.ruimte):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            thing.id = "x"  # type: ignore[misc, union-attr]
        assert "\n" not in repr(thing)
        assert len(repr(thing)) < 200
        assert hash(thing) == hash(attrs.evolve(thing))


# verification


def test_one_that_never_does_anything_is_found_by_its_own_name() -> None:
    kader = klein(rail("een", B & A, ["hoog"], "midden"), rail("twee", B, ["wacht"], "midden"))
    found = {one.waar: one for one in kader.verify().findings if one.code == "idle-guardrail"}
    assert set(found) == {"$.vangrails.een", "$.vangrails.twee"}
    assert {one.ernst for one in found.values()} == {"waarschuwing"}


def test_one_that_does_something_only_with_own_answers_is_a_remark() -> None:
    past = Question(name="past", tekst="Past het?", default="ja")
    kader = small(
        yes_no("a"),
        [(A, "laag")],
        [past],
        vangrails=[rail("g", antwoord("past").is_("nee"), ["hoog"], "laag")],
    )
    (found,) = (one for one in kader.verify().findings if one.code == "idle-guardrail")
    assert found.ernst == "opmerking"


def test_findings_name_rows_as_a_person_wrote_them() -> None:
    kader = small(
        yes_no("a", "b"),
        [(A, "laag"), (A & B, "midden")],
        vangrails=[rail("g", B, ["laag", "hoog"], "wacht")],
    )
    rows = [one.waar for one in kader.verify().findings if one.code == "unreachable-row"]
    assert rows == ["$.beslis[1]"]


# properties


@settings(max_examples=150)
@given(st.data())
def test_what_is_forbidden_is_never_advised_and_the_rest_stays(data: st.DataObject) -> None:
    kader = data.draw(kaders())
    bare = attrs.evolve(kader, vangrails=())
    casus = data.draw(cases(kader))
    for beleid in ("exact", "cautious"):
        afweging = kader.evaluate(casus, beleid=beleid)
        assert afweging.advies not in afweging.ruimte.verboden
        before = bare.evaluate(bare.casus(casus.to_dict()), beleid=beleid).advies
        if before not in {*afweging.ruimte.verboden, *afweging.ruimte.onzeker}:
            # where today's evaluation is open, ways to fill in that differed may now agree
            if beleid == "exact" and before is not kader.bij_onbekend:
                assert afweging.advies in {before, kader.bij_onbekend}
            assert beleid == "exact" or afweging.advies is before
    assert set(afweging.ruimte.toegestaan) >= {kader.bij_onbekend}
    stands = {stand.id: stand.open for stand in afweging.vangrails}
    room = afweging.ruimte
    assert sorted((*room.toegestaan, *room.onzeker, *room.verboden)) == sorted(Route)
    for one in kader.vangrails:
        if one.id in stands and not stands[one.id]:
            assert {Route(value) for value in one.verbiedt} <= set(room.verboden)


@settings(max_examples=150)
@given(st.data())
def test_guardrails_are_refused_exactly_when_a_case_gets_what_one_forbids(data: st.DataObject) -> None:
    # facts only, so that every case can be tried; order and overlap are free
    declared = data.draw(facts(dates=False, hanging=False, expiring=False))
    leaves = _joined(atoms(declared, asks_known=False))
    rows: list[tuple[Condition, str]] = [(data.draw(leaves), data.draw(st.sampled_from(["laag", "midden"])))]
    rails = data.draw(vangrails(leaves))
    plain = small(declared, rows)
    options = [plain_values(fact) for fact in declared]
    combinations = list(itertools.product(*options))
    assume(len(combinations) <= 400)
    broken = False
    for values in combinations:
        case = dict(zip((fact.name for fact in declared), values, strict=True))
        outcome = reference_outcome(plain, plain.casus(case)).value
        holding = [one for one in rails if holds(declared, one.als, case)]
        for one in holding:
            outcome = one.anders if outcome in one.verbiedt else outcome
        broken = broken or any(outcome in one.verbiedt for one in holding)
    try:
        small(declared, rows, vangrails=rails)
    except IgmError:
        assert broken
    else:
        assert not broken


def plain_values(fact: Fact) -> list[Any]:
    if fact.opties:
        return list(fact.opties)
    if fact.minimum is None:
        return [False, True]
    low, high = float(fact.minimum), float(fact.maximum)  # type: ignore[arg-type]
    steps = [low + (high - low) * step / 40 for step in range(41)]
    return [step for step in steps if not fact.geheel or step == int(step)]


def holds(declared: list[Fact], als: Condition, case: dict[str, Any]) -> bool:
    asking = small(declared, [(als, "laag"), (Always(), "hoog")])
    return reference_outcome(asking, asking.casus(case)) is LADDER[0]
