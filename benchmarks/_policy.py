"""The benchmark policy: as a kader, by hand for one case, by hand for arrays; and random cases for it.

Ten facts that are yes, no or unknown. The first rule that is true decides; the first that is unknown at its turn gives
``onvoldoende_informatie``. It is for measuring only, and advises nothing to anybody.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from igm.decision import Afwegingskader, Fact, Row, Uitkomst, at_least, feit
from igm.decision.array_program import ArrayProgram
from igm.decision.conditions import Always

Case: TypeAlias = dict[str, bool | None]
Planes: TypeAlias = NDArray[np.bool_]

FACTS: Final = (
    "motivatie",
    "schulden",
    "woonsituatie",
    "verslaving",
    "taal",
    "verstandelijk",
    "lichamelijk",
    "psychisch",
    "extern_onderzoek",
    "jonger_dan_27",
)
HINDRANCES: Final = FACTS[1:8]
OUTCOMES: Final = ("niet_aanmelden", "overleg", "aanmelden", "wacht", "onvoldoende_informatie")
OFTEN: Final = {"extern_onderzoek": 0.15, "verslaving": 0.2, "motivatie": 0.4}
"""How often a known fact is yes, so that every outcome occurs; 0.4 for the others."""

MOST_UNKNOWN: Final = 0.3
CHUNK: Final = 1 << 19


def policy() -> Afwegingskader[Uitkomst]:
    """The policy as a kader of rows alone."""
    names = {name.upper(): name for name in OUTCOMES}
    outcomes = Uitkomst.declare("Meting", names)
    yes = feit.ja_nee
    hindered = at_least(3, *(yes(name) for name in HINDRANCES))
    return Afwegingskader(
        id="meting",
        version="1",
        titel="Beleid om mee te meten",
        bron="benchmarks",
        uitkomsten=outcomes,
        volgorde=(outcomes("niet_aanmelden"), outcomes("overleg"), outcomes("aanmelden")),
        gunstig=outcomes("aanmelden"),
        bij_onbekend=outcomes("onvoldoende_informatie"),
        feiten=[Fact.ja_nee(name, label=name.replace("_", " ")) for name in FACTS],
        beslis=[
            Row(id="onderzoek", als=yes("extern_onderzoek"), dan="wacht", omdat="Er loopt een onderzoek."),
            Row(id="verslaving", als=yes("verslaving"), dan="niet_aanmelden", omdat="Er is een verslaving."),
            Row(
                id="psychisch_en_wonen",
                als=yes("psychisch") & yes("woonsituatie"),
                dan="niet_aanmelden",
                omdat="Er zijn psychische klachten en er is geen vaste woonplek.",
            ),
            Row(
                id="drie_belemmeringen",
                als=~yes("motivatie") & hindered & ~yes("jonger_dan_27"),
                dan="overleg",
                omdat="Zonder motivatie zijn drie belemmeringen te veel.",
            ),
            Row(id="anders", als=Always(), dan="aanmelden", omdat="Niets staat in de weg."),
        ],
    )


def by_hand(case: Mapping[str, bool | None]) -> str:
    """The policy as a programmer writes it for speed: early returns, each fact looked up once."""
    onderzoek = case["extern_onderzoek"]
    if onderzoek is True:
        return "wacht"
    if onderzoek is None:
        return "onvoldoende_informatie"
    verslaving = case["verslaving"]
    if verslaving is True:
        return "niet_aanmelden"
    if verslaving is None:
        return "onvoldoende_informatie"
    psychisch = case["psychisch"]
    wonen = case["woonsituatie"]
    if psychisch is True and wonen is True:
        return "niet_aanmelden"
    if psychisch is not False and wonen is not False:
        return "onvoldoende_informatie"
    motivatie = case["motivatie"]
    jong = case["jonger_dan_27"]
    if motivatie is True or jong is True:
        return "aanmelden"
    met = (case["schulden"], wonen, case["taal"], case["verstandelijk"], case["lichamelijk"], psychisch)
    if met.count(False) >= 4:  # verslaving is the fifth no
        return "aanmelden"
    if motivatie is False and jong is False and met.count(True) >= 3:
        return "overleg"
    return "onvoldoende_informatie"


def by_hand_arrays(true: Planes, false: Planes) -> NDArray[np.uint8]:
    """The policy as a programmer writes it in NumPy for speed: boolean planes (facts by cases) in, codes out.

    Masks that shut one another out, and arithmetic on bytes: fancy indexing takes ten times as long.
    """
    row = {name: number for number, name in enumerate(FACTS)}
    niet, overleg, aanmelden, wacht, onbekend = range(5)

    trues = np.add.reduce(true[1:8].view(np.uint8), axis=0, dtype=np.uint8)
    falses = np.add.reduce(false[1:8].view(np.uint8), axis=0, dtype=np.uint8)
    onderzoek = true[row["extern_onderzoek"]]
    rest = false[row["extern_onderzoek"]]
    not_now = rest & true[row["verslaving"]]
    rest = rest & false[row["verslaving"]]
    not_now |= rest & true[row["psychisch"]] & true[row["woonsituatie"]]
    rest &= false[row["psychisch"]] | false[row["woonsituatie"]]
    talk = rest & false[row["motivatie"]] & (trues >= 3) & false[row["jonger_dan_27"]]
    go = rest & (true[row["motivatie"]] | (falses >= 5) | true[row["jonger_dan_27"]])

    codes = np.full(true.shape[1], onbekend, dtype=np.uint8)
    for outcome, where in ((wacht, onderzoek), (niet, not_now), (overleg, talk), (aanmelden, go)):
        codes -= where.view(np.uint8) * np.uint8(onbekend - outcome)
    return codes


def random_cases(seed: int, number: int) -> list[Case]:
    """Cases of which 0 to 30 % of the facts are unknown, a share of its own per case."""
    chance = random.Random(seed)
    cases: list[Case] = []
    for _ in range(number):
        unknown = chance.randint(0, int(MOST_UNKNOWN * len(FACTS)))
        case: Case = {name: chance.random() < OFTEN.get(name, 0.4) for name in FACTS}
        for name in chance.sample(FACTS, unknown):
            case[name] = None
        cases.append(case)
    return cases


def random_planes(seed: int, number: int) -> tuple[Planes, Planes]:
    """The same kind of cases as two stacks of boolean planes: is it true, is it false."""
    chance = np.random.default_rng(seed)
    share = chance.uniform(0, MOST_UNKNOWN, number)
    true = np.empty((len(FACTS), number), dtype=np.bool_)
    false = np.empty_like(true)
    for row, name in enumerate(FACTS):
        known = chance.random(number) >= share
        yes = chance.random(number) < OFTEN.get(name, 0.4)
        true[row], false[row] = known & yes, known & ~yes
    return true, false


def kader_planes(kader: Afwegingskader[Any], true: Planes, false: Planes) -> NDArray[np.uint8]:
    """The generated code for codes alone, eight cases to a byte, a chunk at a time; codes as in `OUTCOMES`."""
    program = ArrayProgram.cautious(kader)
    rows = [FACTS.index(atom.fact) for atom in kader.machine.bits.atoms]
    codes = np.empty(true.shape[1], dtype=np.uint8)
    buffers = np.empty((program.buffers, (CHUNK + 7) // 8), dtype=np.uint8)
    for start in range(0, len(codes), CHUNK):
        part = slice(start, start + CHUNK)
        t, f = ([np.packbits(planes[row, part]) for row in rows] for planes in (true, false))
        none = np.zeros_like(t[0])
        *lower, highest = program.digits(t, f, ~none, none, buffers)
        chunk = codes[part]
        chunk[:] = np.unpackbits(highest, count=len(chunk))
        for digit in reversed(lower):
            np.add(chunk, chunk, out=chunk)
            np.bitwise_or(chunk, np.unpackbits(digit, count=len(chunk)), out=chunk)
    return codes


def kader_packed(kader: Afwegingskader[Any], true: NDArray[np.uint8], false: NDArray[np.uint8]) -> list[int]:
    """How many cases have each code, of planes that hold eight cases in a byte; nothing is packed or unpacked."""
    rows = [FACTS.index(atom.fact) for atom in kader.machine.bits.atoms]
    totals = [0] * len(OUTCOMES)
    for start in range(0, true.shape[1], CHUNK // 8):
        part = slice(start, start + CHUNK // 8)
        t, f = ([planes[row, part] for row in rows] for planes in (true, false))
        none = np.zeros_like(t[0])
        decided, stopped = kader.machine.decide_planes(t, f, ~none, none, [])
        numbers = [*kader.machine.numbers, *[kader.machine.unknown] * len(stopped)]
        for number, plane in zip(numbers, [*decided, *stopped], strict=True):
            totals[number] += int(np.bitwise_count(plane).sum(dtype=np.int64))
    return totals


def kader_columns(kader: Afwegingskader[Any], true: Planes, false: Planes, beleid: str) -> NDArray[np.uint8]:
    """The codes of ``kader.evaluate_many``, with a pair of boolean planes per fact."""
    columns = {name: (true[row], false[row]) for row, name in enumerate(FACTS)}
    return kader.evaluate_many(columns, beleid=beleid).codes
