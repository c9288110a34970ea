"""A rulebook file gives the kader that Python gives, and tells every fault in it with its path."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import igm
from igm._content import parse_yaml
from igm.boundary import kader, read_kader
from igm.decision import (
    Afwegingskader,
    Condition,
    Fact,
    LeidenUitkomst,
    Question,
    Row,
    Uitkomst,
    antwoord,
    at_least,
    at_most,
    begrip,
    exactly,
    feit,
    known,
    regel,
)
from igm.decision.conditions import Always
from igm.decision.counting import counted
from igm.errors import IgmError, InputError, KaderError, UnknownNameError

TEXT = """
id: klein-voorbeeld
version: "1.0"
titel: Klein voorbeeld
bron: eigen voorbeeld
toelichting: Alleen om te laten zien hoe het werkt.
uitkomsten: {WACHT: wacht, OVERLEG: overleg, BEGIN: begin, VRAAG: vraag}
volgorde: [wacht, overleg, begin]
gunstig: begin
bij_onbekend: vraag
afwegingen: {A1: "Beginnen, tenzij."}
feiten:
  rust: {soort: ja_nee, label: er is rust, toelichting: Vraag wat rust geeft.}
  zorg: {soort: ja_nee, label: er is zorg, gevoelig: true, zonder_melding: false}
  leeftijd: {soort: getal, label: leeftijd, eenheid: jaar, minimum: 0, maximum: 120, geheel: true, veranderbaar: false}
  fase: {soort: keuze, label: fase, opties: [een, twee, drie], geldt_als: zorg}
  geboren: {soort: datum, label: geboren, minimum: 1900-01-01}
  vrij: {soort: ja_nee, label: speelt geen rol}
begrippen:
  volwassen: {feit: leeftijd, ten_minste: 18}
  rustig: {alle: [rust, {begrip: volwassen}]}
vragen:
  kan: {tekst: Kan het nu?, default: ja, toelichting: Kijk naar rust en zorg.}
  last: {tekst: Is er last?, gunstig: nee}
regels:
  r.rust:
    vraag: kan
    als: {begrip: rustig}
    pleit_voor: ja
    omdat: Er is rust.
    bron: eigen voorbeeld
    afweging: A1
  r.zorg:
    vraag: last
    als: {alle: [zorg, {niet: {feit: fase, in: [twee, drie]}}]}
    tenzij: {jong: {jaren_sinds: geboren, kleiner_dan: 27}}
    pleit_tegen: nee
    omdat: Er is zorg.
    bron: eigen voorbeeld
    keuze: De fases zijn van ons.
beslis:
  - {id: twijfel, als: {vraag: kan, in: [twijfel, nee]}, dan: overleg, omdat: Er is twijfel., bron: ook eigen}
  - {id: last, als: {vraag: last, is: ja}, dan: wacht, omdat: Er is last., keuze: Van ons.}
  - {id: anders, als: altijd, dan: begin, omdat: Niets let.}
geen_rol: [vrij]
"""


def data() -> dict[str, Any]:
    return parse_yaml(TEXT, name="klein.yaml")


def in_python() -> Afwegingskader[Uitkomst]:
    names = {"WACHT": "wacht", "OVERLEG": "overleg", "BEGIN": "begin", "VRAAG": "vraag"}
    outcomes = Uitkomst.declare("KleinVoorbeeldUitkomst", names)
    zorg = feit.ja_nee("zorg")
    return Afwegingskader(
        id="klein-voorbeeld",
        version="1.0",
        titel="Klein voorbeeld",
        bron="eigen voorbeeld",
        toelichting="Alleen om te laten zien hoe het werkt.",
        uitkomsten=outcomes,
        volgorde=(outcomes("wacht"), outcomes("overleg"), outcomes("begin")),
        gunstig=outcomes("begin"),
        bij_onbekend=outcomes("vraag"),
        afwegingen={"A1": "Beginnen, tenzij."},
        feiten=[
            Fact.ja_nee("rust", label="er is rust", toelichting="Vraag wat rust geeft."),
            Fact.ja_nee("zorg", label="er is zorg", gevoelig=True, zonder_melding=False),
            Fact.getal(
                "leeftijd",
                label="leeftijd",
                eenheid="jaar",
                minimum=0,
                maximum=120,
                geheel=True,
                veranderbaar=False,
            ),
            Fact.keuze("fase", label="fase", opties=["een", "twee", "drie"], geldt_als="zorg"),
            Fact.datum("geboren", label="geboren", minimum=date(1900, 1, 1), veranderbaar=True),
            Fact.ja_nee("vrij", label="speelt geen rol"),
        ],
        vragen=[
            Question(name="kan", tekst="Kan het nu?", default="ja", toelichting="Kijk naar rust en zorg."),
            Question(name="last", tekst="Is er last?", gunstig="nee"),
        ],
        regels=[
            regel(
                "r.rust",
                vraag="kan",
                als=RUSTIG,
                pleit_voor="ja",
                omdat="Er is rust.",
                bron="eigen voorbeeld",
                afweging="A1",
            ),
            regel(
                "r.zorg",
                vraag="last",
                als=zorg & ~feit.keuze("fase").one_of("twee", "drie"),
                tenzij={"jong": feit.datum("geboren").years() < 27},
                pleit_voor="ja",
                omdat="Er is zorg.",
                bron="eigen voorbeeld",
                keuze="De fases zijn van ons.",
            ),
        ],
        beslis=[
            Row(
                id="twijfel",
                als=antwoord("kan").is_("twijfel", "nee"),
                dan="overleg",
                omdat="Er is twijfel.",
                bron="ook eigen",
            ),
            Row(
                id="last", als=antwoord("last").is_("ja"), dan="wacht", omdat="Er is last.", keuze="Van ons."
            ),
            Row(id="anders", als=Always(), dan="begin", omdat="Niets let."),
        ],
        geen_rol=["vrij"],
    )


def test_a_rulebook_gives_the_same_kader_as_python() -> None:
    assert read_kader(data()).hash == in_python().hash
    assert read_kader(data()) == in_python()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ten_minste: 18", "ten_minste: 19"),
        ("omdat: Er is rust.", "omdat: Er is veel rust."),
        ('"1.0"', '"1.1"'),
        ("gevoelig: true", "gevoelig: false"),
        ("default: ja", "default: nee"),
        ("kleiner_dan: 27", "ten_hoogste: 27"),
        ("geen_rol: [vrij]", "geen_rol: []"),
        ("bron: ook eigen", "bron: elders"),
    ],
)
def test_the_hash_differs_as_soon_as_anything_does(old: str, new: str) -> None:
    assert old in TEXT
    assert read_kader(parse_yaml(TEXT.replace(old, new), name="x")).hash != in_python().hash


@pytest.mark.parametrize("as_text", [True, False])
def test_a_file_is_read_by_its_path(tmp_path: Path, as_text: bool) -> None:
    path = tmp_path / "klein.yaml"
    path.write_text(TEXT, "utf-8")
    assert kader(str(path) if as_text else path) == in_python()


def test_a_rulebook_weighs() -> None:
    klein = read_kader(data())
    casus = klein.casus(
        rust=True, leeftijd=40, zorg=True, fase="een", geboren="1984-01-01", peildatum="2024-03-01"
    )
    afweging = klein.evaluate(casus)
    assert afweging.advies.value == "wacht"
    assert [argument.regel for argument in afweging.voor] == ["r.rust"]
    assert [argument.regel for argument in afweging.tegen] == ["r.zorg"]


# conditions

RUST, ZORG, FASE = feit.ja_nee("rust"), feit.ja_nee("zorg"), feit.keuze("fase")
LEEFTIJD, GEBOREN = feit.getal("leeftijd"), feit.datum("geboren")
VOLWASSEN = begrip("volwassen", LEEFTIJD >= 18)
RUSTIG = begrip("rustig", RUST & VOLWASSEN)
DAY = date(2000, 1, 1)


def as_rule(als: str) -> dict[str, Any]:
    """The rulebook with one rule, which has this condition."""
    book = data()
    read = parse_yaml(f"als: {als}", name="x")["als"]
    book["regels"] = {
        "r.een": {"vraag": "kan", "als": read, "pleit_voor": "nee", "omdat": "Omdat.", "bron": "b"}
    }
    return book


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("rust", RUST),
        ("{niet: rust}", ~RUST),
        ("{niet: {niet: rust}}", RUST),
        ("{alle: [rust]}", RUST),
        ("{alle: [rust, zorg]}", RUST & ZORG),
        ("{alle: [rust, {alle: [zorg, {bekend: fase}]}]}", RUST & ZORG & known(FASE)),
        ("{een_van: [rust, {niet: zorg}]}", RUST | ~ZORG),
        ("{ten_minste: 1, van: [rust, zorg]}", at_least(1, RUST, ZORG)),
        ("{ten_hoogste: 1, van: [rust, zorg]}", at_most(1, RUST, ZORG)),
        ("{feit: rust, is: true}", RUST),
        ("{feit: rust, is: false}", ~RUST),
        ("{feit: leeftijd, kleiner_dan: 27}", LEEFTIJD < 27),
        ("{feit: leeftijd, ten_hoogste: 27}", LEEFTIJD <= 27),
        ("{feit: leeftijd, groter_dan: 27}", LEEFTIJD > 27),
        ("{feit: leeftijd, ten_minste: 27}", LEEFTIJD >= 27),
        ("{feit: leeftijd, ten_minste: 18, kleiner_dan: 27}", (LEEFTIJD >= 18) & (LEEFTIJD < 27)),
        ("{feit: leeftijd, is: 27}", LEEFTIJD.is_(27)),
        ("{feit: leeftijd, in: [28, 27]}", LEEFTIJD.one_of(27, 28)),
        ("{feit: fase, is: een}", FASE.is_("een")),
        ("{feit: fase, in: [twee, een]}", FASE.one_of("een", "twee")),
        ("{feit: geboren, groter_dan: 2000-01-01}", GEBOREN > DAY),
        ("{feit: geboren, is: 2000-01-01}", GEBOREN.is_(DAY)),
        ("{jaren_sinds: geboren, kleiner_dan: 27}", GEBOREN.years() < 27),
        (
            "{jaren_sinds: geboren, ten_minste: 18, ten_hoogste: 26}",
            (GEBOREN.years() >= 18) & (GEBOREN.years() <= 26),
        ),
        ("{bekend: rust}", known(RUST)),
        ("{bekend: leeftijd}", known(LEEFTIJD)),
        ("{bekend: geboren}", known(GEBOREN)),
        ("{ten_minste: 1, ten_hoogste: 1, van: [rust, zorg]}", exactly(1, RUST, ZORG)),
        ("{ten_minste: 1, ten_hoogste: 2, van: [rust, zorg]}", counted(1, 2, [RUST, ZORG])),
        ("{feit: rust, in: [false]}", ~RUST),
        ("{begrip: volwassen}", VOLWASSEN),
        ("{niet: {begrip: rustig}}", ~RUSTIG),
        ("altijd", Always()),
    ],
)
def test_every_form_of_condition_is_read_as_python_writes_it(text: str, condition: Condition) -> None:
    assert read_kader(as_rule(text)).regels[0].als == condition


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("ruts", "unknown-fact", ""),
        ("leeftijd", "fact-kind", ""),
        ("3", "rule-invalid", ""),
        ("null", "rule-invalid", ""),
        ("true", "rule-invalid", ""),
        ("[rust]", "rule-invalid", ""),
        ("{}", "rule-invalid", ""),
        ("{nit: rust}", "rule-invalid", ""),
        ("{niet: ruts}", "unknown-fact", ".niet"),
        ("{niet: rust, alle: [zorg]}", "rule-invalid", ""),
        ("{alle: []}", "rule-invalid", ".alle"),
        ("{alle: rust}", "rule-invalid", ".alle"),
        ("{alle: [rust, ruts]}", "unknown-fact", ".alle[1]"),
        ("{een_van: [{niet: [rust]}]}", "rule-invalid", ".een_van[0].niet"),
        ("{ten_minste: 3, van: [rust, zorg]}", "operand-type", ""),
        ("{ten_minste: true, van: [rust, zorg]}", "operand-type", ""),
        ("{ten_hoogste: veel, van: [rust, zorg]}", "operand-type", ""),
        ("{ten_minste: 1, van: [rust, ruts]}", "unknown-fact", ".van[1]"),
        ("{ten_minste: 2, ten_hoogste: 1, van: [rust, zorg]}", "operand-type", ""),
        ("{ten_minste: 1, van: [rust], of: [zorg]}", "rule-invalid", ""),
        ("{feit: rust, in: [true, false]}", "rule-invalid", ""),
        ("{feit: rust, in: []}", "rule-invalid", ""),
        ("{feit: fase, in: []}", "rule-invalid", ""),
        ("{feit: fase, in: een}", "rule-invalid", ""),
        ("{feit: leeftijd, jaren_sinds: geboren, kleiner_dan: 3}", "rule-invalid", ""),
        ("{feit: leeftijd, kleiner_dan: .nan}", "fact-kind", ""),
        ("{feit: geboren, groter_dan: 2000-01-01 10:00:00}", "fact-kind", ""),
        ("{jaren_sinds: geboren, kleiner_dan: true}", "rule-invalid", ""),
        ("{begrip: [volwassen]}", "unknown-name", ""),
        ("{feit: leeftijd}", "rule-invalid", ""),
        ("{feit: leeftijd, kleiner: 27}", "rule-invalid", ""),
        ("{feit: leeftijd, kleiner_dan: veel}", "fact-kind", ""),
        ("{feit: leeftijd, kleiner_dan: true}", "fact-kind", ""),
        ("{feit: leeftijd, kleiner_dan: 200}", "fact-bounds", ""),
        ("{feit: leeftijd, kleiner_dan: .inf}", "fact-bounds", ""),
        ("{feit: leeftijd, is: .nan}", "fact-kind", ""),
        ("{feit: leeftijd, in: [27, true]}", "fact-kind", ""),
        ("{feit: leeftijd, is: 27.5}", "fact-kind", ""),
        ("{feit: fase, is: vier}", "fact-kind", ""),
        ("{feit: fase, kleiner_dan: 3}", "fact-kind", ""),
        ("{feit: rust, is: ja}", "fact-kind", ""),
        ("{feit: rsut, is: true}", "unknown-fact", ""),
        ("{jaren_sinds: leeftijd, kleiner_dan: 27}", "fact-kind", ""),
        ("{jaren_sinds: geboren, kleiner_dan: veel}", "rule-invalid", ""),
        ("{jaren_sinds: geboren, is: 27}", "rule-invalid", ""),
        ("{jaren_sinds: geboren, kleiner_dan: 200}", "fact-bounds", ""),
        ("{bekend: ruts}", "unknown-fact", ""),
        ("{begrip: volwassene}", "unknown-name", ""),
        ("{vraag: kan, is: ja}", "rule-invalid", ""),
    ],
)
def test_every_fault_in_a_condition_is_told_at_its_path(text: str, code: str, where: str) -> None:
    with pytest.raises(KaderError) as caught:
        read_kader(as_rule(text))
    assert [(p.code, p.where) for p in caught.value.problems] == [(code, f"$.regels['r.een'].als{where}")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{nit: rust}", "Did you mean 'niet'?"),
        ("ruts", "Did you mean 'rust'?"),
        ("{begrip: volwassene}", "Did you mean 'volwassen'?"),
        ("{feit: leeftijd, kleiner: 27}", "Did you mean 'kleiner_dan'?"),
        ("leeftijd", "Write {feit: leeftijd"),
        ("{en: [rust, zorg]}", "Did you mean 'alle'?"),
        ("rust en zorg", "A condition of several facts is written {alle: [...]}"),
        ("{feit: fase, is: [een, twee]}", "Write in: [...] for several values."),
        ("{feit: fase, is: vier}", "It can be een, twee"),
        ("{feit: fase, is: null}", "Write {niet: {bekend: fase}}"),
        ("{feit: fase, kleiner_dan: 3}", "A choice has no order: write is: or in:."),
        ("{feit: rust, kleiner_dan: 3}", "write rust, or {niet: rust}"),
        ("{feit: geboren, kleiner_dan: '2000-01-01'}", "without quotes in YAML"),
        ("{feit: geboren, is: '2000-01-01'}", "without quotes in YAML"),
        ("{feit: geboren, kleiner_dan: 27}", "write {jaren_sinds: geboren, ...}"),
    ],
)
def test_a_fault_says_what_to_write_instead(text: str, said: str) -> None:
    with pytest.raises(KaderError) as caught:
        read_kader(as_rule(text))
    assert said in str(caught.value)
    assert "or None" not in str(caught.value)


def test_what_is_read_of_a_faulty_fact_is_not_told_as_undeclared() -> None:
    faulty = as_rule("leeftijd")
    faulty["feiten"]["rust"]["houdbaar_dagen"] = 0
    faulty["regels"]["r.een"]["als"] = "rust"
    with pytest.raises(KaderError) as caught:
        read_kader(faulty)
    assert [problem.where for problem in caught.value.problems] == ["$.feiten.rust"]


@pytest.mark.parametrize(
    ("als", "fault"),
    [
        ({"vraag": "kna", "is": "nee"}, ("unknown-question", "$.beslis[1].als")),
        ({"vraag": "kan", "is": "misschien"}, ("operand-type", "$.beslis[1].als")),
        ({"vraag": "kan", "is": "onbekend"}, ("operand-type", "$.beslis[1].als")),
        ({"vraag": "kan"}, ("operand-type", "$.beslis[1].als")),
        ({"vraag": "kan", "in": 3}, ("rule-invalid", "$.beslis[1].als")),
        ({"vraag": "kan", "in": []}, ("operand-type", "$.beslis[1].als")),
        ({"vraag": ["kan"], "is": "ja"}, ("rule-invalid", "$.beslis[1].als")),
        ({"vraag": "kan", "is": "ja", "in": ["nee"]}, ("rule-invalid", "$.beslis[1].als")),
        ({"alle": [{"vraag": "kan", "is": "ja"}, "ruts"]}, ("unknown-fact", "$.beslis[1].als.alle[1]")),
    ],
    ids=repr,
)
def test_a_fault_in_a_row_is_told_at_its_path(als: Any, fault: tuple[str, str]) -> None:
    book = data()
    book["beslis"][1]["als"] = als
    with pytest.raises(KaderError) as caught:
        read_kader(book)
    assert [(p.code, p.where) for p in caught.value.problems] == [fault]


# named conditions


def test_a_named_condition_may_be_named_before_it_is_written() -> None:
    book = data()
    book["begrippen"] = dict(reversed(list(book["begrippen"].items())))
    assert read_kader(book).regels == in_python().regels


@pytest.mark.parametrize(
    ("named", "chain"),
    [
        ({"a": {"begrip": "a"}}, "a → a"),
        ({"a": {"niet": {"begrip": "b"}}, "b": {"alle": ["rust", {"begrip": "a"}]}}, "a → b → a"),
        ({"a": {"begrip": "b"}, "b": {"begrip": "c"}, "c": {"begrip": "a"}}, "a → b → c → a"),
    ],
    ids=["one", "two", "three"],
)
def test_named_conditions_in_a_circle_are_refused(named: dict[str, Any], chain: str) -> None:
    book = as_rule("rust")
    book["begrippen"] = named
    with pytest.raises(KaderError) as caught:
        read_kader(book)
    (problem,) = caught.value.problems
    assert problem.code == "rule-invalid"
    assert chain in str(problem)


def test_a_fault_in_a_named_condition_is_told_once_even_when_nothing_uses_it() -> None:
    book = data()
    book["begrippen"]["los"] = {"alle": ["rust", "ruts"]}
    book["begrippen"]["ook"] = {"niet": {"begrip": "los"}}
    with pytest.raises(KaderError) as caught:
        read_kader(book)
    assert [(p.code, p.where) for p in caught.value.problems] == [("unknown-fact", "$.begrippen.los.alle[1]")]


# facts


FACTS = """
rust: {soort: ja_nee, label: er is rust, houdbaar_dagen: 90}
rust_trend: {soort: trend, label: verloop, geldt_als: rust}
vertrouwen: {soort: score, label: vertrouwen, determinant: self-efficacy}
kennis: {soort: score, label: kennis, determinant: kennis, metric: schaal, schaal: {minimum: 1, maximum: 5}}
gesprek: {soort: datum, label: gesprek, toekomst: false}
vorm: {soort: getal, label: vorm, eenheid: r, minimum: -1, maximum: 1, uit: congruentie.profile.keten.shape}
"""


def with_facts(text: str) -> dict[str, Any]:
    book = as_rule("rust")
    book["feiten"] = book["feiten"] | parse_yaml(text, name="x")
    return book


def test_every_kind_of_fact_is_read_as_python_declares_it() -> None:
    found = read_kader(with_facts(FACTS)).feiten
    uit = "congruentie.profile.keten.shape"
    expected = [
        Fact.ja_nee("rust", label="er is rust", houdbaar_dagen=90),
        Fact.trend("rust_trend", label="verloop", geldt_als="rust"),
        Fact.score("vertrouwen", label="vertrouwen", determinant="eigen_effectiviteit"),
        Fact.score("kennis", label="kennis", determinant="kennis", metric="schaal", schaal=igm.LIKERT5),
        Fact.datum("gesprek", label="gesprek", toekomst=False, veranderbaar=True),
        Fact.getal("vorm", label="vorm", eenheid="r", minimum=-1, maximum=1, uit=uit),
    ]
    assert [found[fact.name] for fact in expected] == expected


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("x: {soort: verloop, label: x}", "invalid-value", "$.feiten.x.soort"),
        ("x: {soort: trend, label: x, opties: [a, b]}", "kader-invalid", "$.feiten.x.opties"),
        ("x: {soort: score, label: x}", "unknown-construct", "$.feiten.x.determinant"),
        ("x: {soort: score, label: x, determinant: kenis}", "unknown-construct", "$.feiten.x.determinant"),
        (
            "x: {soort: score, label: x, determinant: kennis, minimum: 0}",
            "kader-invalid",
            "$.feiten.x.minimum",
        ),
        (
            "x: {soort: score, label: x, determinant: kennis, metric: schaal}",
            "kader-invalid",
            "$.feiten.x.schaal",
        ),
        (
            "x: {soort: score, label: x, determinant: kennis, metric: schaal, schaal: {minimum: 5, maximum: 1}}",
            "scale-invalid",
            "$.feiten.x.schaal",
        ),
        ("x: {soort: getal, label: x, determinant: kennis}", "kader-invalid", "$.feiten.x.determinant"),
        ("x: {soort: ja_nee, label: x, houdbaar_dagen: 0}", "kader-invalid", "$.feiten.x"),
        ("x: {soort: ja_nee, label: x, houdbaar_dagen: 2.5}", "kader-invalid", "$.feiten.x"),
        ("x: {soort: ja_nee, label: x, toekomst: false}", "kader-invalid", "$.feiten.x"),
        ("x: {soort: ja_nee, label: x, uit: congruentie.score}", "kader-invalid", "$.feiten.x"),
    ],
)
def test_every_fault_in_a_fact_is_told_at_its_path(text: str, code: str, where: str) -> None:
    with pytest.raises(KaderError) as caught:
        read_kader(with_facts(text))
    assert (code, where) in [(problem.code, problem.where) for problem in caught.value.problems]


# the whole


def test_every_fault_in_a_rulebook_is_told_at_once() -> None:
    book = data()
    book["gunstig"] = "begni"
    book["volgorde"] = ["wacht", "zomaar"]
    book["feiten"]["rust"]["minimum"] = 1
    book["feiten"]["fase"]["opties"] = ["een"]
    book["begrippen"]["volwassen"] = {"feit": "leeftjid", "ten_minste": 18}
    book["regels"]["r.zorg"]["tenzij"] = {"jong": "jnog"}
    book["regels"]["r.zorg"]["pleit_voor"] = "ja"
    book["beslis"][1]["als"] = {"vraag": "last", "is": "zeker"}
    with pytest.raises(KaderError) as caught:
        read_kader(book)
    assert {(p.code, p.where) for p in caught.value.problems} >= {
        ("outcome-unknown", "$.gunstig"),
        ("outcome-unknown", "$.volgorde"),
        ("kader-invalid", "$.feiten.rust"),
        ("kader-invalid", "$.feiten.fase"),
        ("unknown-fact", "$.begrippen.volwassen"),
        ("unknown-fact", "$.regels['r.zorg'].tenzij.jong"),
        ("rule-invalid", "$.regels['r.zorg']"),
        ("operand-type", "$.beslis[1].als"),
    }


def test_every_fault_in_the_shape_is_told_at_once() -> None:
    book = data()
    del book["bron"]
    book["versie"] = book.pop("version")
    book["feiten"]["rust"] = {"soort": "ja", "label": " "}
    book["vragen"]["kan"]["default"] = "misschien"
    book["regels"]["r.rust"]["omdat"] = ""
    book["beslis"][0]["dna"] = "overleg"
    with pytest.raises(KaderError) as caught:
        read_kader(book)
    assert {(p.code, p.where) for p in caught.value.problems} == {
        ("missing-field", "$.bron"),
        ("missing-field", "$.version"),
        ("unknown-field", "$.versie"),
        ("invalid-value", "$.feiten.rust.soort"),
        ("missing-field", "$.feiten.rust.label"),
        ("invalid-value", "$.vragen.kan.default"),
        ("missing-field", "$.regels['r.rust'].omdat"),
        ("unknown-field", "$.beslis[0].dna"),
    }
    assert "Did you mean 'dan'?" in str(caught.value)
    assert "a rulebook has no field 'versie'" in str(caught.value)
    assert "_" not in str(caught.value).split("has no field")[0].rsplit("- ", 1)[-1]


def test_faults_in_conditions_are_told_beside_faults_in_the_shape() -> None:
    book = data()
    del book["bron"]
    book["feiten"]["zorg"]["soort"] = "ja"
    book["begrippen"]["los"] = "ruts"
    book["regels"]["r.rust"] = {"als": {"nit": "rust"}}
    book["regels"]["r.zorg"]["tenzij"] = {"jong": "jnog"}
    book["beslis"][1]["als"] = {"vraag": "last", "is": "zeker"}
    with pytest.raises(KaderError) as caught:
        read_kader(book)
    told = {(p.code, p.where) for p in caught.value.problems}
    assert told >= {
        ("missing-field", "$.bron"),
        ("invalid-value", "$.feiten.zorg.soort"),
        ("unknown-fact", "$.begrippen.los"),
        ("missing-field", "$.regels['r.rust'].omdat"),
        ("rule-invalid", "$.regels['r.rust'].als"),
        ("unknown-fact", "$.regels['r.zorg'].tenzij.jong"),
        ("operand-type", "$.beslis[1].als"),
    }
    # a fact that is declared with a fault is not told as one that is not declared
    assert ("unknown-fact", "$.regels['r.zorg'].als.alle[0]") not in told


@pytest.mark.parametrize("part", ["feiten", "begrippen", "regels", "beslis", "vragen", "uitkomsten"])
@pytest.mark.parametrize("given", [3, "x", [1], {"a": 1}, {1: 2}, None, [["a"]]], ids=repr)
def test_a_part_of_another_shape_never_crashes_the_reader(part: str, given: Any) -> None:
    with pytest.raises(KaderError):
        read_kader(data() | {part: given})


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"volgorde": ["begin", "wacht"]}, ("kader-invalid", "$.volgorde")),
        ({"volgorde": ["wacht", "wacht", "begin"]}, ("duplicate-name", "$.volgorde")),
        ({"geen_rol": ["vrji"]}, ("unknown-fact", "$.geen_rol")),
        ({"geen_rol": ["zorg"]}, ("guard-not-proven", "$.geen_rol.zorg")),
        ({"nooit_tegen": ["zorg"]}, ("guard-not-proven", "$.nooit_tegen.zorg")),
        ({"feiten": {}}, ("invalid-value", "$.feiten")),
        ({"beslis": []}, ("invalid-value", "$.beslis")),
        ({"uitkomsten": {}}, ("invalid-value", "$.uitkomsten")),
        ({"afwegingen": {}}, ("rule-invalid", "$.regels['r.rust']")),
        ({"version": 1}, ("invalid-value", "$.version")),
        ({"id": " "}, ("missing-field", "$.id")),
    ],
    ids=repr,
)
def test_a_fault_in_the_whole_is_told_at_its_path(change: dict[str, Any], fault: tuple[str, str]) -> None:
    with pytest.raises(KaderError) as caught:
        read_kader(data() | change)
    assert [(p.code, p.where) for p in caught.value.problems] == [fault]


def test_reading_leaves_the_mapping_as_it_was() -> None:
    book = data()
    before = copy.deepcopy(book)
    read_kader(book)
    assert book == before


# files

HOSTILE = {
    "alias": "a: &x [1]\nb: *x",
    "laughs": "a: &a [l, l]\nb: &b [*a, *a]\nc: &c [*b, *b]",
    "tag": "a: !!python/object/apply:os.system ['true']",
    "own tag": "a: !thing 1",
    "merge": "a: &x {b: 1}\nc: {<<: *x}",
    "twice": "id: a\nid: b",
    "key": "1: a",
    "octal": "version: 027",
    "sixty": "id: 12:30",
    "deep": "a: " + "[" * 60 + "]" * 60,
    "broken": "a: [1",
    "list": "- a",
    "text": "zomaar",
    "empty": "",
    "two": "a: 1\n---\nb: 2",
    "large": "a: " + "x" * 2_000_001,
    "date": "a: 2024-13-45",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_yaml_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "boek.yaml"
    path.write_text(HOSTILE[name], "utf-8")
    with pytest.raises(InputError) as caught:
        kader(path)
    assert [problem.code for problem in caught.value.problems] == ["file-unreadable"]
    assert "boek.yaml" in str(caught.value)


@pytest.mark.parametrize("raw", [b"\xff\xfea", b"id: \x80", b"id: a\x00b"], ids=repr)
def test_what_is_not_text_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "boek.yml"
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        kader(str(path))
    assert caught.value.code == "file-unreadable"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        kader(tmp_path / "nergens.yaml")


def test_a_folder_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        kader(tmp_path)
    assert str(caught.value).count("[file-unreadable]") == 1
    assert "something that is not a file" in str(caught.value)


def test_named_conditions_load_in_any_order_up_to_the_depth_that_conditions_have() -> None:
    for length, loads in ((90, True), (1500, False)):
        named: dict[str, Any] = {f"n{index}": {"begrip": f"n{index + 1}"} for index in range(length)}
        named |= {f"n{length}": "rust"}
        for order in (named, dict(reversed(named.items()))):
            book = data() | {"begrippen": {**data()["begrippen"], **order}}
            if loads:
                assert read_kader(book) == in_python()
                continue
            with pytest.raises(KaderError) as caught:
                read_kader(book)
            assert {problem.code for problem in caught.value.problems} == {"condition-too-deep"}


# what ships


@cache
def leiden() -> Afwegingskader[LeidenUitkomst]:
    return kader("leiden-2021")


@pytest.mark.parametrize("name", ["leiden-2012", "Leiden-2021", "leiden"])
def test_an_unknown_name_gets_a_suggestion(name: str) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'leiden-2021'") as caught:
        kader(name)
    assert isinstance(caught.value, KeyError)
    assert isinstance(caught.value, IgmError)


def test_a_name_cannot_leave_the_folder() -> None:
    with pytest.raises(UnknownNameError):
        kader("../models/blonk2018")


def test_leiden_loads_with_its_own_outcomes() -> None:
    assert igm.kader is kader
    assert leiden().uitkomsten is LeidenUitkomst
    assert leiden().gunstig is LeidenUitkomst.AANMELDEN
    assert leiden().volgorde == (
        LeidenUitkomst.NIET_NU,
        LeidenUitkomst.DRIEGESPREK,
        LeidenUitkomst.AANMELDEN,
    )
    assert leiden() == kader("leiden-2021")


def test_leiden_survives_pickling() -> None:
    again: Afwegingskader[LeidenUitkomst] = pickle.loads(pickle.dumps(leiden()))  # noqa: S301
    assert again == leiden()
    assert again.uitkomsten is LeidenUitkomst
    assert again.gunstig is LeidenUitkomst.AANMELDEN
    casus = leiden().casus(extern_onderzoek=True)
    assert again.evaluate(casus) == leiden().evaluate(casus)


def test_outcomes_of_another_enumeration_are_refused() -> None:
    with pytest.raises(KaderError) as caught:
        read_kader(data(), LeidenUitkomst)
    assert ("outcome-unknown", "$.uitkomsten") in [(p.code, p.where) for p in caught.value.problems]
