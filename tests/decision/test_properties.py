"""What should hold in every case: proven, or broken with a case that shows it."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.decision.strategies import LADDER, Route, atoms, kaders, small, yes_no

import igm
from igm.decision import (
    LEIDEN_EIGENSCHAPPEN,
    Afwegingskader,
    Condition,
    Eigenschap,
    Fact,
    Finding,
    Row,
    antwoord,
    feit,
    regel,
)
from igm.decision.verification_space import Space
from igm.errors import InputError

A, B, C = (feit.ja_nee(name) for name in "abc")
KADER = small(yes_no("a", "b", "c"), [(A & B, "laag"), (B, "midden")])


def broken(kader: Afwegingskader[Any], *properties: Eigenschap) -> tuple[Finding, ...]:
    return tuple(
        found for found in kader.verify(eigenschappen=properties).findings if "property" in found.code
    )


def advise(kader: Afwegingskader[Any], case: Any) -> Any:
    return kader.evaluate(kader.casus(case)).advies


# Leiden


def test_the_properties_of_leiden_are_proven_over_every_case() -> None:
    found = igm.kader("leiden-2021").verify(eigenschappen=LEIDEN_EIGENSCHAPPEN)
    assert (found.ok, found.exact, found.n_cases) == (True, True, 4_718_592)
    assert (
        f"Eigenschappen bewezen: {len(LEIDEN_EIGENSCHAPPEN)} van {len(LEIDEN_EIGENSCHAPPEN)}." in found.note
    )


def test_a_rule_of_ones_own_that_breaks_them_is_found() -> None:
    kader = igm.kader("leiden-2021").with_rules(
        regel("ons.taal", vraag="combinatie", als=feit.ja_nee("taal"), pleit_voor="nee", omdat="x", bron="b"),
        regel("ons.ook", vraag="combinatie", als=~feit.ja_nee("taal"), pleit_voor="ja", omdat="x", bron="b"),
    )
    found = broken(kader, *LEIDEN_EIGENSCHAPPEN)
    alone = next(one for one in found if "leiden.alleen.belemmering" in one.waar)
    assert alone.voorbeeld is not None
    assert advise(kader, alone.voorbeeld).value == "niet_nu"
    for name in ("minder.schulden", "onderzoek"):
        assert not any(name in one.waar for one in found)


# broken and not


def test_never_and_always() -> None:
    good = [
        Eigenschap.nooit("een", als=~B, uitkomst=["laag", "midden"], tekst="Zonder b is het hoog."),
        Eigenschap.altijd("twee", als=~B, uitkomst="hoog", tekst="Zonder b is het hoog."),
        Eigenschap.altijd("drie", als=C & B & A, uitkomst="laag", tekst="c doet er niet toe."),
    ]
    assert broken(KADER, *good) == ()
    [never] = broken(KADER, Eigenschap.nooit("x", als=B, uitkomst="laag", tekst="Met b nooit laag."))
    assert (never.code, never.ernst.value, never.waar) == ("property-broken", "fout", "$.eigenschappen.x")
    assert advise(KADER, never.voorbeeld) is Route("laag")
    [always] = broken(KADER, Eigenschap.altijd("x", als=B, uitkomst="laag", tekst="Met b altijd laag."))
    assert advise(KADER, always.voorbeeld) is Route("midden")
    assert always.voorbeeld is not None
    assert always.voorbeeld["b"] is True


def test_a_step_shows_both_cases() -> None:
    assert broken(KADER, Eigenschap.nooit_lager("x", feit="a", van=True, naar=False, tekst="Minder a.")) == ()
    [found] = broken(KADER, Eigenschap.nooit_lager("x", feit="a", van=False, naar=True, tekst="Meer a."))
    assert (advise(KADER, found.voorbeeld), advise(KADER, found.tweede)) == (Route("midden"), Route("laag"))
    assert broken(KADER, Eigenschap.nooit_lager("x", feit="a", van=False, naar=True, tekst="", als=~B)) == ()


def test_what_hangs_on_a_fact_follows_the_step() -> None:
    trend = Fact.keuze("t", label="t", opties=["beter", "slechter"], geldt_als="a")
    kader = small([*yes_no("a"), trend], [(A & feit.keuze("t").is_("slechter"), "laag")])
    assert broken(kader, Eigenschap.nooit_lager("x", feit="a", van=True, naar=False, tekst="")) == ()
    [found] = broken(kader, Eigenschap.nooit_lager("x", feit="a", van=False, naar=True, tekst=""))
    assert found.tweede == {"a": True, "t": "slechter"}
    assert broken(kader, Eigenschap.nooit_lager("x", feit="t", van="slechter", naar="beter", tekst="")) == ()


def test_a_threshold_of_the_property_itself_is_told_apart() -> None:
    age = Fact.getal("n", label="n", eenheid="x", minimum=0, maximum=10)
    kader = small([age], [(feit.getal("n") < 5, "laag")])
    [found] = broken(
        kader, Eigenschap.altijd("x", als=feit.getal("n") < 6, uitkomst="laag", tekst="Onder 6 laag.")
    )
    assert found.voorbeeld is not None
    assert 5 <= found.voorbeeld["n"] < 6


def test_too_many_cases_are_sampled_and_said_to_be() -> None:
    names = [f"f{index}" for index in range(26)]
    everyone: Condition = feit.ja_nee(names[0])
    for name in names[1:]:
        everyone = everyone & feit.ja_nee(name)
    kader = small(yes_no(*names), [(everyone, "laag")])
    steps = Eigenschap.nooit_lager("y", feit="f0", van=True, naar=False, tekst="")
    [one, two] = broken(kader, Eigenschap.altijd("x", als=~everyone, uitkomst="hoog", tekst=""), steps)
    assert {one.code, two.code} == {"property-not-proven"}
    [found] = broken(kader, Eigenschap.nooit("x", als=feit.ja_nee("f1"), uitkomst="hoog", tekst=""))
    assert found.code == "property-broken"
    assert advise(kader, found.voorbeeld) is Route("hoog")


@given(kaders(dates=False, asks_known=False, expiring=False), st.data())
@settings(max_examples=40, deadline=None)
def test_exactly_what_weighing_every_case_shows(kader: Afwegingskader[Any], data: st.DataObject) -> None:
    name, outcome = data.draw(st.sampled_from(list(kader.feiten))), data.draw(st.sampled_from(LADDER))
    als = data.draw(atoms([kader.feiten[name]], asks_known=False))
    row = Row(id="er bij", als=als, dan="vraag", omdat="o")
    wider = attrs.evolve(kader, beslis=(*kader.beslis, row))
    space = Space.of(wider, list(wider.facts_read), None)
    assert space is not None
    assume(space.table.size <= 150)
    cases = [case for place in range(space.table.size) if (case := space.example(1 << place)) is not None]
    meant = small(list(kader.feiten.values()), [(als, "laag")])
    wrong = [
        case for case in cases if advise(meant, case) is Route("laag") and advise(kader, case) is outcome
    ]
    found = broken(kader, Eigenschap.nooit("x", als=als, uitkomst=outcome.value, tekst=""))
    assert bool(found) == bool(wrong)
    if found:
        assert dict(found[0].voorbeeld or {}) in wrong


# wrong properties


@pytest.mark.parametrize(
    ("prop", "code"),
    [
        (Eigenschap.nooit("x", als=feit.ja_nee("d"), uitkomst="laag", tekst=""), "unknown-fact"),
        (Eigenschap.nooit("x", als=A, uitkomst="loog", tekst=""), "outcome-unknown"),
        (Eigenschap.nooit("x", als=A, uitkomst=[], tekst=""), "missing-field"),
        (Eigenschap.nooit("X y", als=A, uitkomst="laag", tekst=""), "invalid-value"),
        (Eigenschap.nooit("x", als=antwoord("v").is_("ja"), uitkomst="laag", tekst=""), "invalid-value"),
        (Eigenschap.nooit("x", als=True, uitkomst="laag", tekst=""), "invalid-value"),  # type: ignore[arg-type]
        (Eigenschap.nooit_lager("x", feit="d", van=True, naar=False, tekst=""), "unknown-fact"),
        (Eigenschap.nooit_lager("x", feit="a", van="ja", naar=False, tekst=""), "fact-kind"),
        ("x", "invalid-value"),
    ],
)
def test_a_property_that_cannot_be_meant_is_refused(prop: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        KADER.verify(eigenschappen=[prop])
    assert caught.value.code == code


def test_it_shows_what_it_says() -> None:
    assert repr(Eigenschap.nooit("x", als=A, uitkomst="laag", tekst="Nooit.")) == "Eigenschap('x': Nooit.)"
