"""Random small kaders with all kinds of fact, and random cases of which only a part is known."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, Literal

import attrs
from hypothesis import strategies as st

from igm.constructs.schaal import LIKERT5
from igm.decision import (
    Afwegingskader,
    Casus,
    Condition,
    Fact,
    FactKind,
    Predicaat,
    Question,
    Row,
    Rule,
    Uitkomst,
    Vangrail,
    VangrailSoort,
    antwoord,
    at_least,
    at_most,
    begrip,
    feit,
    known,
    predicaat,
    regel,
)
from igm.decision.conditions import Always
from igm.errors import KaderError

Route = Uitkomst.declare(
    "Route", {"LAAG": "laag", "MIDDEN": "midden", "HOOG": "hoog", "WACHT": "wacht", "VRAAG": "vraag"}
)
LADDER = (Route("laag"), Route("midden"), Route("hoog"))
PEILDATUM = date(2024, 3, 1)
HELD = 30
"""So many days a value holds that expires."""
OPTIONS = ("rood", "groen", "blauw")
AGES = (0, HELD - 1, HELD, HELD + 1, HELD + 2)
"""Days ago, around the last one on which a value still counts."""
DAYS = st.integers(-120, 120).map(lambda days: PEILDATUM + timedelta(days=days))


def yes_no(*names: str) -> list[Fact]:
    return [Fact.ja_nee(name, label=name) for name in names]


def small(
    facts: Sequence[Fact],
    rows: Sequence[tuple[Condition, str]],
    questions: Sequence[Question] = (),
    rules: Sequence[Rule] = (),
    **more: Any,
) -> Afwegingskader[Uitkomst]:
    """A kader of rows; what no row decides is ``hoog``, what is open is ``vraag``."""
    listed = [*rows, (Always(), "hoog")]
    return Afwegingskader(
        id="klein",
        version="1",
        titel="Klein",
        bron="bron",
        uitkomsten=Route,
        volgorde=LADDER,
        gunstig=LADDER[-1],
        bij_onbekend=Route("vraag"),
        feiten=facts,
        vragen=tuple(questions),
        regels=tuple(rules),
        beslis=tuple(Row(id=f"r{i}", als=als, dan=dan, omdat="o") for i, (als, dan) in enumerate(listed)),
        **more,
    )


@st.composite
def facts(draw: st.DrawFn, *, dates: bool = True, hanging: bool = True, expiring: bool = True) -> list[Fact]:
    """Two to five facts; some hang on a yes/no fact that stands by itself, some ask for the day of today."""
    kinds = [kind for kind in FactKind if dates or kind is not FactKind.DATUM]
    made: list[Fact] = []
    for index in range(draw(st.integers(2, 5))):
        name = f"f{index}"
        bases = [fact.name for fact in made if fact.kind is FactKind.JA_NEE and fact.geldt_als is None]
        base = draw(st.sampled_from([None, *bases])) if hanging else None
        held = draw(st.sampled_from([None, None, None, HELD])) if expiring else None
        match draw(st.sampled_from(kinds)):
            case FactKind.JA_NEE:
                unreported: Literal[False] | None = None
                if held is None and draw(st.integers(0, 3)) == 3:
                    unreported = False
                made.append(
                    Fact.ja_nee(
                        name,
                        label=name,
                        geldt_als=base,
                        zonder_melding=unreported,
                        houdbaar_dagen=held,
                    )
                )
            case FactKind.GETAL if draw(st.integers(0, 3)) == 0:
                scale = draw(st.sampled_from([None, LIKERT5]))
                made.append(
                    Fact.score(
                        name,
                        label=name,
                        determinant="kennis",
                        metric="schaal" if scale else "pomp",
                        schaal=scale,
                        geldt_als=base,
                        houdbaar_dagen=held,
                    )
                )
            case FactKind.GETAL:
                whole = draw(st.booleans())
                low = draw(st.sampled_from([0, -3, 2] if whole else [0, -1.5, 0.25]))
                made.append(
                    Fact.getal(
                        name,
                        label=name,
                        eenheid="x",
                        minimum=low,
                        maximum=low + 5,
                        geheel=whole,
                        geldt_als=base,
                        houdbaar_dagen=held,
                    )
                )
            case FactKind.KEUZE if draw(st.booleans()):
                made.append(Fact.trend(name, label=name, geldt_als=base, houdbaar_dagen=held))
            case FactKind.KEUZE:
                options = OPTIONS[: draw(st.integers(2, 3))]
                made.append(Fact.keuze(name, label=name, opties=options, geldt_als=base, houdbaar_dagen=held))
            case FactKind.DATUM:
                low_day = draw(st.sampled_from([None, PEILDATUM - timedelta(days=150)]))
                high_day = draw(st.sampled_from([None, PEILDATUM + timedelta(days=130)]))
                made.append(
                    Fact.datum(
                        name,
                        label=name,
                        minimum=low_day,
                        maximum=high_day,
                        geldt_als=base,
                        toekomst=draw(st.booleans()) if expiring else True,
                        houdbaar_dagen=held,
                    )
                )
    return made


def _number(fact: Fact) -> st.SearchStrategy[float]:
    low, high = fact.minimum, fact.maximum
    assert isinstance(low, (int, float))
    assert isinstance(high, (int, float))
    if fact.geheel:
        return st.integers(math.ceil(low), math.floor(high))
    return st.integers(0, 20).map(lambda step: low + (high - low) * step / 20)


def _op(draw: st.DrawFn, ref: Any, threshold: object) -> Condition:
    condition: Condition
    match draw(st.sampled_from(["<", "<=", ">", ">="])):
        case "<":
            condition = ref < threshold
        case "<=":
            condition = ref <= threshold
        case ">":
            condition = ref > threshold
        case _:
            condition = ref >= threshold
    return condition


@st.composite
def atoms(draw: st.DrawFn, declared: Sequence[Fact], *, asks_known: bool = True) -> Condition:
    """A condition on one fact."""
    fact = draw(st.sampled_from(declared))
    refs: dict[FactKind, Callable[[str], Any]] = {
        FactKind.JA_NEE: feit.ja_nee,
        FactKind.GETAL: feit.getal,
        FactKind.KEUZE: feit.keuze,
        FactKind.DATUM: feit.datum,
    }
    if asks_known and draw(st.integers(0, 9)) == 0:
        return known(refs[fact.kind](fact.name))
    match fact.kind:
        case FactKind.JA_NEE:
            return feit.ja_nee(fact.name)
        case FactKind.KEUZE:
            values = draw(st.lists(st.sampled_from(fact.opties), min_size=1, max_size=3))
            return feit.keuze(fact.name).one_of(*values)
        case FactKind.GETAL:
            if draw(st.booleans()):
                return feit.getal(fact.name).one_of(*draw(st.lists(_number(fact), min_size=1, max_size=2)))
            return _op(draw, feit.getal(fact.name), draw(_number(fact)))
        case FactKind.DATUM:
            if draw(st.booleans()):
                return _op(draw, feit.datum(fact.name).years(), draw(st.integers(0, 1)))
            if draw(st.booleans()):
                return feit.datum(fact.name).is_(draw(DAYS))
            return _op(draw, feit.datum(fact.name), draw(DAYS))


_REFS: dict[FactKind, Callable[[str], Any]] = {
    FactKind.JA_NEE: feit.ja_nee,
    FactKind.GETAL: feit.getal,
    FactKind.KEUZE: feit.keuze,
    FactKind.DATUM: feit.datum,
}


def _within(fact: Fact, day: date) -> bool:
    return fact.problem(day, "$") is None


@st.composite
def predicates(draw: st.DrawFn, declared: Sequence[Fact]) -> Predicaat:
    """A Python function of one or two facts that says yes, no or nothing, or fails, per cell of what it reads."""
    read = draw(st.lists(st.sampled_from(declared), min_size=1, max_size=2, unique_by=lambda fact: fact.name))
    turns: dict[str, list[Any]] = {}
    for fact in read:
        if fact.kind is FactKind.GETAL:
            turns[fact.name] = draw(st.lists(_number(fact), min_size=1, max_size=2))
        elif fact.kind is FactKind.DATUM:
            inside = DAYS.filter(partial(_within, fact))
            turns[fact.name] = draw(st.lists(inside, min_size=1, max_size=2))
    says = draw(st.lists(st.sampled_from([True, False, True, False, None, "fails"]), min_size=7, max_size=7))

    def function(**values: Any) -> Any:
        place = 0
        for name, value in values.items():
            cell = [(value < turn) + (value <= turn) for turn in turns[name]] if name in turns else [value]
            place = place * 31 + sum(map(ord, repr(cell)))
        if says[place % 7] == "fails":
            raise ZeroDivisionError
        return says[place % 7]

    made = predicaat(
        f"p{draw(st.integers(0, 10**9))}",
        leest=[_REFS[fact.kind](fact.name) for fact in read],
        label="een functie",
        versie="1",
        drempels=turns,
        uitvoeringen=["arrays"],
    )
    return made(function)


@st.composite
def _joined(draw: st.DrawFn, leaves: st.SearchStrategy[Condition], depth: int = 2) -> Condition:
    """One condition, or a few joined, at most ``depth`` levels deep."""
    if depth == 0:
        return draw(leaves)
    inner = _joined(leaves, depth - 1)
    match draw(st.integers(0, 6)):
        case 0 | 1:
            return draw(leaves)
        case 2:
            return ~draw(inner)
        case 3:
            return draw(inner) & draw(leaves)
        case 4:
            return draw(inner) | draw(leaves)
        case 5:
            return begrip(draw(st.sampled_from(["rust", "zorg"])), draw(inner))
        case _:
            count = draw(st.sampled_from([at_least, at_most]))
            return count(draw(st.integers(0, 2)), draw(inner), draw(leaves), draw(leaves))


@st.composite
def _questions(draw: st.DrawFn) -> list[Question]:
    return [
        Question(
            name=f"v{index}",
            tekst=f"Vraag {index}?",
            default=draw(st.sampled_from([None, "ja", "nee", "twijfel"])),
            gunstig=draw(st.sampled_from(["ja", "nee", None])),
        )
        for index in range(draw(st.integers(0, 2)))
    ]


@st.composite
def _rules(
    draw: st.DrawFn, questions: Sequence[Question], leaves: st.SearchStrategy[Condition]
) -> list[Rule]:
    conditions = _joined(leaves)
    return [
        regel(
            f"r{index}",
            vraag=draw(st.sampled_from([question.name for question in questions])),
            als=draw(conditions),
            pleit_voor=draw(st.sampled_from(["ja", "nee"])),
            tenzij=draw(st.dictionaries(st.sampled_from(["een", "twee"]), conditions, max_size=1)),
            omdat="Omdat.",
            bron="bron",
        )
        for index in range(draw(st.integers(0, 4)) if questions else 0)
    ]


@st.composite
def with_priorities(draw: st.DrawFn, rules: Sequence[Rule]) -> list[Rule]:
    """The same rules, some of which go before a rule for the other answer; never in a circle."""
    listed = list(draw(st.permutations(rules)))
    made: list[Rule] = []
    for place, rule in enumerate(listed):
        against = [
            other.id
            for other in listed[place + 1 :]
            if other.vraag == rule.vraag and other.pleit_voor is not rule.pleit_voor
        ]
        before = draw(st.lists(st.sampled_from(against), unique=True)) if against else []
        made.append(attrs.evolve(rule, gaat_voor=before))
    return made


@st.composite
def vangrails(draw: st.DrawFn, conditions: st.SearchStrategy[Condition], most: int = 3) -> list[Vangrail]:
    """Guardrails, which may contradict each other."""
    values = [outcome.value for outcome in Route if outcome is not Route("vraag")]
    made: list[Vangrail] = []
    for index in range(draw(st.integers(0, most))):
        verbiedt = draw(st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True))
        allowed = [outcome.value for outcome in Route if outcome.value not in verbiedt]
        made.append(
            Vangrail(
                id=f"g{index}",
                als=draw(conditions),
                verbiedt=verbiedt,
                anders=draw(st.sampled_from(allowed)),
                omdat="Het moet.",
                bron="bron",
                soort=draw(st.sampled_from(list(VangrailSoort))),
            )
        )
    return made


def restricted(kader: Afwegingskader[Uitkomst], rails: Sequence[Vangrail]) -> Afwegingskader[Uitkomst]:
    """The kader within those of the guardrails, in turn, that do not contradict the ones before them."""
    for rail in rails:
        with contextlib.suppress(KaderError):
            kader = kader.restrict(rail)
    return kader


@st.composite
def kaders(
    draw: st.DrawFn,
    *,
    dates: bool = True,
    hanging: bool = True,
    asks_known: bool = True,
    asks_functions: bool = True,
    expiring: bool = True,
    composed: bool = True,
) -> Afwegingskader[Uitkomst]:
    """A kader without guards; when composed, some rules may go before others and guardrails may restrict it."""
    declared = draw(facts(dates=dates, hanging=hanging, expiring=expiring))
    leaves = atoms(declared, asks_known=asks_known)
    if asks_functions and draw(st.integers(0, 3)) == 0:
        leaves = st.one_of(leaves, leaves, st.just(draw(predicates(declared))))
    questions = draw(_questions())
    row_leaves = leaves
    if questions:
        asked = st.tuples(
            st.sampled_from([question.name for question in questions]),
            st.lists(st.sampled_from(["ja", "nee", "twijfel"]), min_size=1, max_size=2),
        ).map(lambda pair: antwoord(pair[0]).is_(*pair[1]))
        row_leaves = st.one_of(asked, asked, leaves)
    rows = [
        Row(
            id=f"b{index}",
            als=draw(_joined(row_leaves)),
            dan=draw(st.sampled_from([outcome.value for outcome in Route])),
            omdat="Omdat.",
        )
        for index in range(draw(st.integers(1, 4)))
    ]
    if draw(st.booleans()):
        rows.append(Row(id="anders", als=Always(), dan="midden", omdat="Anders."))
    rules = draw(_rules(questions, leaves))
    composed = composed and draw(st.booleans())
    kader = Afwegingskader(
        id="klein",
        version="1",
        titel="Klein",
        bron="bron",
        uitkomsten=Route,
        volgorde=LADDER,
        gunstig=LADDER[-1],
        bij_onbekend=Route("vraag"),
        feiten=declared,
        vragen=tuple(questions),
        regels=tuple(draw(with_priorities(rules)) if composed else rules),
        beslis=tuple(rows),
    )
    return restricted(kader, draw(vangrails(_joined(row_leaves)))) if composed else kader


def values_of(fact: Fact) -> st.SearchStrategy[Any]:
    """Any value that a fact can have."""
    match fact.kind:
        case FactKind.JA_NEE:
            return st.booleans()
        case FactKind.KEUZE:
            return st.sampled_from(fact.opties)
        case FactKind.GETAL:
            return _number(fact)
        case FactKind.DATUM if not fact.toekomst:
            return DAYS.map(lambda day: min(day, PEILDATUM))
        case FactKind.DATUM:
            return DAYS


def dated(
    fact: Fact, values: st.SearchStrategy[Any], *, expired: bool | None = None
) -> st.SearchStrategy[Any]:
    """Values with their day where they expire; some have expired, unless said otherwise."""
    if fact.houdbaar_dagen is None:
        return values
    ages = {True: st.integers(HELD + 1, HELD + 3), False: st.integers(0, HELD), None: st.sampled_from(AGES)}
    return st.builds(
        lambda value, ago: {"waarde": value, "datum": PEILDATUM - timedelta(days=ago)}, values, ages[expired]
    )


@st.composite
def cases(draw: st.DrawFn, kader: Afwegingskader[Any], *, unknown: int = 4, own: bool = True) -> Casus:
    """A case in which a few facts are unknown, and a question or two may have an own answer."""
    most = min(unknown, len(kader.feiten))
    open_facts = draw(
        st.sets(st.sampled_from(list(kader.feiten)), min_size=draw(st.integers(0, most)), max_size=most)
    )
    data: dict[str, Any] = {
        name: draw(dated(fact, values_of(fact), expired=False))
        for name, fact in kader.feiten.items()
        if name not in open_facts
    }
    data |= {
        name: draw(dated(kader.feiten[name], values_of(kader.feiten[name]), expired=True))
        for name in sorted(open_facts)
        if kader.feiten[name].houdbaar_dagen is not None and draw(st.booleans())
    }
    questions = [question.name for question in kader.vragen]
    if own and questions and draw(st.integers(0, 3)) == 0:
        answered = draw(st.sets(st.sampled_from(questions), min_size=1))
        data["antwoorden"] = {
            name: (draw(st.sampled_from(["ja", "nee", "twijfel"])), "Omdat.") for name in sorted(answered)
        }
    return kader.casus(data, peildatum=PEILDATUM)
