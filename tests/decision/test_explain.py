"""An advice is explained to three readers in two languages; what is masked is not told in another way."""

from __future__ import annotations

import html
import json
import operator
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.decision.strategies import cases, kaders, small, values_of

import igm
from igm import Bron, Missing
from igm.decision import (
    Afweging,
    Afwegingskader,
    Bewijs,
    Casus,
    Fact,
    Gegeven,
    LeidenUitkomst,
    check_language,
    feit,
    regel,
)
from igm.decision.frame import DUTCH, ENGLISH, FRAMES, Frame
from igm.decision.reference import reference_outcome
from igm.errors import MASK, InputError

READERS = ("client", "professional", "audit")
HOSTILE = "<script>alert('x')</script> & \"quotes\" {0} {} %s | `code`\n- list"
SLOW = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@cache
def leiden() -> Afwegingskader[LeidenUitkomst]:
    return igm.kader("leiden-2021")


@st.composite
def leiden_cases(draw: st.DrawFn) -> Casus:
    """Any case of Leiden of which at most five facts that count are unknown."""
    kader = leiden()
    data: dict[str, Any] = {name: draw(values_of(fact)) for name, fact in kader.feiten.items()}
    for name in draw(st.sets(st.sampled_from(kader.facts_that_count), max_size=5)):
        data[name] = draw(st.sampled_from([None, *Missing]))
    if draw(st.booleans()):
        own = draw(st.sampled_from(["ja", "nee", "twijfel"]))
        data["antwoorden"] = {"combinatie": (own, "Dit hebben wij samen besproken.")}
    return kader.casus(data)


@st.composite
def told(draw: st.DrawFn) -> Afweging[Any]:
    """An advice of a random kader, with sensitive facts, origins, notes and reasons for what is missing."""
    kader = draw(kaders())
    secret = draw(st.sets(st.sampled_from(list(kader.feiten))))
    kader = attrs.evolve(
        kader,
        feiten=[attrs.evolve(fact, gevoelig=name in secret) for name, fact in kader.feiten.items()],
    )
    data = draw(cases(kader)).to_dict()
    for name in draw(st.sets(st.sampled_from(list(kader.feiten)), max_size=2)):
        value = data.get(name)
        if value is None or isinstance(value, dict):
            data[name] = draw(st.sampled_from([None, *Missing]))
        else:
            note = draw(st.sampled_from([None, "zo gezegd, met een lange toelichting " * 4, "kort"]))
            source = draw(st.sampled_from([None, *Bron]))
            data[name] = Gegeven(waarde=value, bron=source, datum=date(2024, 1, 2), toelichting=note)
    return kader.evaluate(kader.casus(data), beleid=draw(st.sampled_from(["exact", "cautious"])))


# one text, whichever way it is made


@SLOW
@given(told(), st.sampled_from(["nl", "en"]))
def test_the_text_that_is_put_together_is_that_of_the_tree(afweging: Afweging[Any], taal: str) -> None:
    assert afweging.explain(taal=taal) == afweging.tree(taal=taal, gevoelig=True).text()


@SLOW
@given(leiden_cases(), st.sampled_from(["nl", "en"]))
def test_so_it_is_for_leiden(casus: Casus, taal: str) -> None:
    afweging = leiden().evaluate(casus)
    assert afweging.explain(taal=taal) == afweging.tree(taal=taal, gevoelig=True).text()


def test_a_number_is_told_as_it_was_given() -> None:
    kader = igm.kader("leiden-2021")
    for leeftijd in (26, 26.0, 25, 26):
        advice = kader.evaluate(kader.casus(motivatie=True, leeftijd=leeftijd))
        assert f"leeftijd: {leeftijd} jaar" in advice.explain()
        assert f"age: {leeftijd} years" in advice.explain(taal="en")


@SLOW
@given(told())
def test_what_was_stored_reads_the_same(afweging: Afweging[Any]) -> None:
    again = Afweging.from_dict(json.loads(json.dumps(afweging.to_dict())))
    for voor in ("client", "professional"):
        for taal in ("nl", "en"):
            assert again.explain(voor=voor, taal=taal) == afweging.explain(voor=voor, taal=taal)


@SLOW
@given(leiden_cases())
def test_a_stored_advice_reads_the_same_in_english_without_its_kader(casus: Casus) -> None:
    afweging = leiden().evaluate(casus)
    stored = json.loads(json.dumps(afweging.to_dict()))
    again = Afweging.from_dict(stored)
    assert again.to_dict() == stored
    for voor in ("client", "professional"):
        assert again.explain(voor=voor, taal="en") == afweging.explain(voor=voor, taal="en")


# readers and languages


def words_of(frame: Frame, *names: str) -> list[str]:
    """The stretches of words in the texts of a frame."""
    texts = [getattr(frame, name) for name in names]
    return [part.strip() for text in texts for part in re.split(r"\{\}", text) if len(part.strip()) > 7]


CLIENT = [field.name for field in attrs.fields(Frame) if field.name.startswith("client_")]
REASONS = ["any_completion", "may_change"]


@SLOW
@given(leiden_cases())
def test_a_client_reads_one_language_without_blame_or_codes(casus: Casus) -> None:
    afweging = leiden().evaluate(casus)
    own = [answer.argument for answer in afweging.antwoorden if answer.argument]
    for taal, other in (("nl", ENGLISH), ("en", DUTCH)):
        text = afweging.explain(voor="client", taal=taal)
        assert check_language(text) == ()
        assert [words for words in words_of(other, *CLIENT, *REASONS) if words in text] == []
        assert "(nl)" not in text
        assert "leiden" not in text
        assert "TNO" not in text
        assert "_" not in text
        said = text
        for words in own:
            said = said.replace(words, "")
        foreign = r"\b(de|het|een|niet|wij|u)\b" if taal == "en" else r"\b(the|is not|we|you|yes)\b"
        assert not re.search(foreign, said)


def test_the_two_frames_say_the_same_things() -> None:
    for field in attrs.fields(Frame):
        dutch, english = getattr(DUTCH, field.name), getattr(ENGLISH, field.name)
        if isinstance(dutch, str):
            assert dutch.count("{}") == english.count("{}"), field.name
        else:
            assert set(dutch) == set(english), field.name


def test_the_frames_do_not_blame() -> None:
    for frame in FRAMES.values():
        for field in attrs.fields(Frame):
            notes = check_language(str(getattr(frame, field.name)))
            assert [note for note in notes if note.soort == "oordeel"] == []


def test_a_client_sees_the_facts_that_the_reasons_rest_on_and_can_put_them_right() -> None:
    kader = leiden()
    text = kader.evaluate(kader.casus(extern_onderzoek=True)).explain(voor="client", taal="en")
    assert text.splitlines() == [
        "The advice is: wait.",
        "Outside expertise is called in; there is no decision yet.",
        "We work with these facts. If something is not right, please say so:",
        "- outside expertise is called in: yes",
        "This is advice. A person takes the decision. You can always ask questions or put something right.",
    ]


def test_what_has_no_translation_is_dutch_and_says_so() -> None:
    kader = leiden().with_rules(
        regel(
            "ons.rust",
            vraag="combinatie",
            als=feit.ja_nee("rust"),
            pleit_voor="ja",
            omdat="Er is rust.",
            bron="ons",
        ),
        feiten=[Fact.ja_nee("rust", label="er is rust")],
    )
    text = kader.evaluate(kader.casus(rust=True, motivatie=True)).explain(taal="en")
    assert "Er is rust. (nl) [ons.rust; ons]" in text
    assert "er is rust (nl): yes" in text
    assert "The client wants to work. [" in text
    assert "(nl)" not in kader.evaluate(kader.casus(rust=True)).explain()


@pytest.mark.parametrize("call", ["explain", "tree"])
def test_unknown_readers_and_languages_are_told_together(call: str) -> None:
    afweging = leiden().evaluate(leiden().casus())
    with pytest.raises(InputError) as caught:
        getattr(afweging, call)(voor="clients", taal="fr")
    found = [(problem.code, problem.where) for problem in caught.value.problems]
    assert found == [("unknown-name", "$.voor"), ("unknown-name", "$.taal")]
    with pytest.raises(InputError, match=r"\$\.taal"):
        afweging.bewijs(taal="EN")
    for wrong in (None, 3, ["nl"]):
        with pytest.raises(InputError, match="unknown language"):
            getattr(afweging, call)(taal=wrong)


# forms


@pytest.mark.parametrize("voor", READERS)
@pytest.mark.parametrize("taal", ["nl", "en"])
def test_own_words_cannot_break_out_of_a_form(voor: str, taal: str) -> None:
    kader = leiden()
    note = Gegeven(waarde=True, toelichting=HOSTILE)
    casus = kader.casus(motivatie=note, leeftijd=20, antwoorden={"combinatie": ("twijfel", HOSTILE)})
    tree = kader.evaluate(casus).tree(voor=voor, taal=taal, gevoelig=True)
    shown = tree.html()
    assert "<script" not in shown
    assert html.escape("<script>alert('x')</script>") in shown
    assert set(re.findall(r"</?(\w+)", shown)) == {"ul", "li"}
    assert "<script" not in tree.markdown()
    assert all(line.lstrip().startswith("- ") for line in tree.markdown().split("\n"))
    assert "{0} {} %s" in tree.markdown()


@pytest.mark.parametrize("voor", READERS)
def test_own_words_are_counted_until_they_are_asked_for(voor: str) -> None:
    kader, words = leiden(), "Zij rust eerst uit."
    afweging = kader.evaluate(kader.casus(motivatie=True, antwoorden={"combinatie": ("twijfel", words)}))
    for taal in ("nl", "en"):
        assert words not in afweging.tree(voor=voor, taal=taal).text()
        assert "4 wo" in afweging.tree(voor=voor, taal=taal).text()
        assert words in afweging.tree(voor=voor, taal=taal, gevoelig=True).text()
        assert words in afweging.explain(voor=voor, taal=taal)


@pytest.mark.parametrize("taal", ["nl", "en"])
def test_no_text_writes_a_line_of_its_own_for_a_client(taal: str) -> None:
    label = "rust\n- u hebt recht op alles\x1b[2J"
    kader = small([Fact.ja_nee("rust", label=label)], [(feit.ja_nee("rust"), "laag")])
    lines = kader.evaluate(kader.casus(rust=True)).explain(voor="client", taal=taal).splitlines()
    (told,) = (line for line in lines if "alles" in line)
    assert told.startswith("- ")
    assert "rust - u hebt recht op alles\\x1b[2J" in told


def test_half_of_a_character_is_refused_where_it_comes_in() -> None:
    kader = leiden()
    broken = "gezegd \ud800"
    for data, where in (
        ({"antwoorden": {"combinatie": ("ja", broken)}}, "$.antwoorden.combinatie"),
        ({"motivatie": {"waarde": True, "toelichting": broken}}, "$.motivatie.toelichting"),
        ({"ref": broken}, "$.ref"),
    ):
        with pytest.raises(InputError) as caught:
            kader.casus(data)
        assert [(problem.code, problem.where) for problem in caught.value.problems] == [
            ("invalid-value", where)
        ]
    with pytest.raises(InputError) as caught:
        kader.evaluate(kader.casus()).besluit(door="m-1", keuze="aanhouden", motivering=broken)
    assert [problem.where for problem in caught.value.problems] == ["$.motivering"]


def test_what_is_printed_is_the_masked_tree_of_the_professional() -> None:
    kader = leiden()
    afweging = kader.evaluate(kader.casus(motivatie=True, verslaving=True, psychisch=True))
    assert str(afweging) == afweging.tree().text() == afweging.tree(voor="professional", taal="nl").text()
    assert afweging._repr_html_() == afweging.tree().html()
    proof = afweging.bewijs()
    assert str(proof) == proof.tree().text() == afweging.tree(voor="audit").text()
    assert proof._repr_html_() == proof.tree().html()


# masks


def blank(data: Any) -> Any:
    """The stored form without sensitive values."""
    if isinstance(data, list):
        return [blank(item) for item in data]
    if not isinstance(data, dict):
        return data
    hidden = {"value", "shown"} if data.get("gevoelig") else set()
    return {key: blank(item) for key, item in data.items() if key not in hidden}


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(told(), st.data())
def test_a_masked_tree_does_not_tell_a_sensitive_value(afweging: Afweging[Any], data: st.DataObject) -> None:
    kader, casus, beleid, _ = afweging._weighed
    known = sorted((kader.sensitive & casus.values.keys()) - casus.herkomst.keys() - set(casus.aangenomen))
    if not known:
        return
    name = data.draw(st.sampled_from(known))
    other = casus.with_facts({name: data.draw(values_of(kader.feiten[name]))}, kader)
    same = kader.evaluate(other, beleid=beleid)
    if blank(same.to_dict()) != blank(afweging.to_dict()):
        return
    for voor in READERS:
        assert same.tree(voor=voor).text() == afweging.tree(voor=voor).text()
        assert same.tree(voor=voor).html() == afweging.tree(voor=voor).html()


@SLOW
@given(leiden_cases(), st.sampled_from(["nl", "en"]))
def test_no_sensitive_value_or_reason_stands_in_a_masked_tree(casus: Casus, taal: str) -> None:
    kader = leiden()
    afweging = kader.evaluate(casus)
    full = [*afweging.argumenten, *afweging.weerlegd, *afweging.onbeslist]
    reasons = [argument.omdat for argument in full if argument.gevoelig]
    for voor in READERS:
        shown = " ".join(afweging.tree(voor=voor, taal=taal).markdown().split())
        assert [omdat for omdat in reasons if omdat in shown] == []
        for name in kader.sensitive & set(kader.facts_that_count):
            label = (
                kader.feiten[name].label if taal == "nl" else kader.vertalingen["en"][f"feiten.{name}.label"]
            )
            for value in ("ja", "nee", "yes", "no", "onbekend", "unknown", "niet van", "does not"):
                assert f"{label}: {value}" not in shown


def test_an_audit_keeps_every_place_where_something_sensitive_is_masked() -> None:
    kader = leiden()
    one = kader.evaluate(kader.casus(motivatie=True, verslaving=True)).tree(voor="audit").text()
    assert f"een verslaving belemmert een traject: {MASK}" in one
    assert all(rule.id in one for rule in kader.regels)
    assert all(row.id in one for row in kader.beslis)


def test_a_fact_that_hangs_on_a_sensitive_one_does_not_tell_that_one() -> None:
    facts = [
        Fact.ja_nee("gebruik", label="gebruik", gevoelig=True),
        Fact.ja_nee("verloop", label="verloop", geldt_als="gebruik"),
    ]
    kader = small(facts, [(feit.ja_nee("verloop"), "laag")])
    trees = [kader.evaluate(kader.casus(gebruik=value)).tree(voor="audit") for value in (False, None)]
    told_of = [
        [part for part in tree.children if part.label.startswith(("feiten", "beslis"))] for tree in trees
    ]
    assert len(told_of[0]) == 2
    assert told_of[0] == told_of[1]


# proof

_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TRUTH = {"onwaar": 0, "onbekend": 1, "waar": 2}


def plain(soort: str, value: Any) -> Any:
    return date.fromisoformat(value) if soort == "datum" and isinstance(value, str) else value


class Auditor:
    """Works out an advice from the JSON of its proof, and from nothing else."""

    def __init__(self, proof: dict[str, Any]) -> None:
        self.proof = proof
        self.facts = {fact["name"]: fact for fact in proof["feiten"]}
        self.answers = {question["name"]: question["telt"] for question in proof["vragen"]}

    def atom(self, node: dict[str, Any]) -> int:
        fact = self.facts[node["feit"]]
        kind = fact["soort"]
        if node["soort"] == "bekend":
            return 2 if fact["waarde"] is not None or not fact["geldt"] else 0
        if not fact["geldt"]:
            return 0
        if fact["waarde"] is None:
            return 1
        value = plain(kind, fact["waarde"])
        wanted = [plain(kind, each) for each in node["waarden"]]
        match node["soort"]:
            case "ja_nee":
                found = value is True
            case "waarde":
                found = value in wanted
            case "leeftijd":
                day = date.fromisoformat(self.proof["peildatum"])
                years = day.year - value.year - ((day.month, day.day) < (value.month, value.day))
                found = _OPERATORS[node["teken"]](years, node["waarden"][0])
            case _:
                found = _OPERATORS[node["teken"]](value, wanted[0])
        return 2 if found else 0

    def truth(self, node: dict[str, Any]) -> int:
        parts = [self.truth(part) for part in node["delen"]]
        match node["soort"]:
            case "altijd":
                found = 2
            case "predicaat":
                found = _TRUTH[node["waarheid"]]
            case "antwoord":
                given_ = self.answers[node["vraag"]]
                found = 1 if given_ == "onbekend" else 2 * (given_ in node["waarden"])
            case "begrip":
                found = parts[0]
            case "niet":
                found = 2 - parts[0]
            case "alle":
                found = min(parts)
            case "een_van":
                found = max(parts)
            case "telling":
                least, most = node["minstens"], node["hoogstens"]
                most = len(parts) if most is None else most
                sure, can = parts.count(2), len(parts) - parts.count(0)
                possible, certain = least <= can and sure <= most, least <= sure and can <= most
                found = int(possible) + int(certain)
            case _:
                found = self.atom(node)
        assert found == _TRUTH[node["waarheid"]], node
        return found

    def answer(self, question: dict[str, Any]) -> str:
        sides = {"ja": 0, "nee": 0}
        for rule in question["regels"]:
            counts = min([self.truth(rule["als"]), *(2 - self.truth(t["als"]) for t in rule["tenzij"])])
            assert counts == _TRUTH[rule["telt"]]
            sides[rule["pleit_voor"]] = max(counts, sides[rule["pleit_voor"]])
        if 1 in sides.values():
            return "onbekend"
        if sides["ja"] and sides["nee"]:
            return "twijfel"
        if sides["ja"] or sides["nee"]:
            return "ja" if sides["ja"] else "nee"
        return question["default"] or "onbekend"

    def advice(self) -> tuple[str, str, str]:
        for question in self.proof["vragen"]:
            assert self.answer(question) == question["suggestie"]
            assert question["telt"] == (question["eigen"] or question["suggestie"])
        cautious = self.proof["bij_onbekend"]
        for row in self.proof["beslis"]:
            truth = self.truth(row["als"])
            assert truth == _TRUTH[row["waarheid"]]
            if truth:
                cautious = row["dan"] if truth == 2 else cautious
                break
        exact = cautious
        if self.proof["ontbreekt_exact"]:
            reached = self.proof["bereikbaar"]
            exact = reached[0] if len(reached) == 1 else self.proof["bij_onbekend"]
        return (exact if self.proof["beleid"] == "exact" else cautious), exact, cautious


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(told(), st.sampled_from(["nl", "en"]))
def test_the_advice_can_be_worked_out_from_its_proof_alone(afweging: Afweging[Any], taal: str) -> None:
    proof = json.loads(afweging.explain(voor="audit", taal=taal))
    jsonschema.validate(proof, Bewijs.model_json_schema(mode="serialization"))
    advies, exact, cautious = Auditor(proof).advice()
    assert (advies, exact, cautious) == (
        afweging.advies.value,
        afweging.exact.value,
        afweging.cautious.value,
    )
    kader, casus, beleid, _ = afweging._weighed
    assert advies == reference_outcome(kader, casus, beleid=beleid).value
    assert Bewijs.from_dict(proof) == afweging.bewijs(taal=taal)


@settings(max_examples=20)
@given(leiden_cases())
def test_the_proof_of_leiden_is_complete(casus: Casus) -> None:
    kader = leiden()
    afweging = kader.evaluate(casus)
    proof = afweging.bewijs().to_dict()
    assert Auditor(proof).advice()[0] == afweging.advies.value
    assert [row["id"] for row in proof["beslis"]] == [row.id for row in kader.beslis]
    rules = [rule["id"] for question in proof["vragen"] for rule in question["regels"]]
    assert sorted(rules) == sorted(rule.id for rule in kader.regels)
    assert (proof["kader"]["hash"], proof["igm"]) == (kader.hash, igm.__version__)
    assert {fact["name"] for fact in proof["feiten"]} == set(kader.facts_that_count)
    missing = {entry["feit"]: entry["aandeel"] for entry in proof["ontbreekt"]}
    assert missing == {entry.feit: entry.aandeel for entry in afweging.ontbreekt}


def test_a_proof_says_where_facts_come_from_and_what_was_assumed() -> None:
    kader = leiden()
    given_ = Gegeven(waarde=True, bron=Bron.DESKUNDIGE, datum=date(2024, 10, 1), toelichting="zegt hij")
    casus = kader.casus(verslaving=given_, taal=Missing.GEWEIGERD, ref="c-017")
    facts = {fact.name: fact for fact in kader.evaluate(casus).bewijs(taal="en").feiten}
    found = facts["verslaving"]
    assert (found.waarde, found.bron, found.datum, found.toelichting) == (
        True,
        "expert",
        date(2024, 10, 1),
        "zegt hij",
    )
    assert facts["extern_onderzoek"].aangenomen
    assert facts["taal"].reden == "refused"
    assert (facts["taal_trend"].geldt, facts["taal_trend"].geldt_als) == (True, "taal")
    assert "zegt hij" not in repr(found)


def test_a_stored_advice_has_no_proof() -> None:
    stored = Afweging.from_dict(leiden().evaluate(leiden().casus()).to_dict())
    for call in (
        stored.bewijs,
        lambda: stored.explain(voor="audit"),
        lambda: stored.tree(voor="audit"),
    ):
        with pytest.raises(InputError) as caught:
            call()
        assert [problem.code for problem in caught.value.problems] == ["kader-invalid"]


def test_a_proof_that_was_tampered_with_is_refused() -> None:
    proof = leiden().evaluate(leiden().casus(motivatie=True)).bewijs().to_dict()
    with pytest.raises(InputError):
        Bewijs.from_dict([])  # type: ignore[arg-type]
    for wrong in ({"schema_version": 2}, {"beleid": "hoopvol"}, {"extra": 1}):
        with pytest.raises(InputError):
            Bewijs.from_dict(proof | wrong)
