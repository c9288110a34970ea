"""From a person's answers to an argued advice, in five steps; ``make demo`` runs it.

Offline; half a minute the first time, seconds after that. The client in step 1 is invented; steps 2 to 5 use
published material (``data/README.md``).
"""

from __future__ import annotations

import csv
import itertools
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import igm
from igm.decision import Afweging, Afwegingskader, Argument, LeidenUitkomst

Signs = Mapping[str, bool]
"""Which of a vignette's characteristics someone has: motivation, and what hinders a path to work."""

DATA = Path(__file__).parent / "data"
WIDTH = 100

HINDRANCES = ("schulden", "woonsituatie", "verslaving", "taal", "verstandelijk", "lichamelijk", "psychisch")
NOTHING_ELSE = {"aanknopingspunt": False, "terugval": False, "aanpassing_te_veel": False, "leeftijd": 40}
ASSUMPTIONS = (
    "The vignettes say little, so every advice below is given under the assumption that nothing else is going on:"
    " external expertise is not reported (and is then taken as absent), all trends are stabiel, no relapse is"
    " expected, nothing was found yet that gets someone moving, the adaptations are not too much for an employer,"
    " age 40 (27 or older), and the wish to work is realistic where there is one."
    " The columns sociaal and eerder_traject are not read: the framework left them out in the end."
)


def main() -> None:
    """Run all steps."""
    show_client()
    show_published_waves()
    show_vignettes()
    show_smallest_combinations()
    show_one_vignette_in_full(6)


# 1. A person's answers become a profile.


def show_client() -> None:
    """Score an invented client: the profile, its bottlenecks, and what is missing."""
    heading("1. One client's answers become a profile")
    lijst = igm.vragenlijst("client-participatie")
    afname = igm.Afname.model_validate_json((DATA / "client_c-017.json").read_text("utf-8"))
    profiel = igm.score(afname, lijst)
    say(f"Client {profiel.ref} is invented. The questionnaire is {lijst.id} {lijst.version}, {lijst.status}.")
    show(str(profiel.table()))
    say("Where to look first. Not a verdict: what is missing may be lower, and druk can help or hinder.")
    show(str(profiel.knelpunten().table()))
    say("What is missing, and whether to ask again:")
    for construct, why in profiel.gaps.items():
        again = "may be asked" if why.ask_again else "is not asked again"
        bullet(f"{construct.label()}: {why.label()}; {again}")


# 2. A published table is read and put on one scale.


def show_published_waves() -> None:
    """Put the professionals of IJmond Werkt! at T0 and T2 side by side on 0 to 100."""
    heading("2. A published table, read on a scale of 0 to 100")
    say("Professionals of IJmond Werkt!, answers on 1-7 shown as percent of maximum possible (POMP).")
    druk = igm.Construct.SOCIALE_DRUK
    waves = published_waves("IJmond Werkt!", "professional", ("T0", "T2"))
    print(f"{'':<48}{'T0':>8}{'sd':>8}{'n':>5}{'':>5}{'T2':>8}{'sd':>8}{'n':>5}")
    for construct, cells in waves.items():
        if construct is not druk:
            print(wave_line(construct.label(), cells))
    print(wave_line(f"apart: {druk.label()}", waves[druk]))
    say("Sociale druk stands apart: its number says how strong it is, not whether it helps.")
    say("The people at T0 and T2 are partly others, and no test is done here: do not read a change into it.")
    say("Source: We zijn allemaal mensen, interim report 2025 (ZINZIZ, Meetellen); published figures.")


Cell = tuple[float, float, int]
"""Mean and standard deviation on 0 to 100, and n."""


def published_waves(
    organisation: str, role: str, waves: tuple[str, ...]
) -> dict[igm.Construct, dict[str, Cell]]:
    """Published figures on 0 to 100, by construct and wave."""
    found: dict[igm.Construct, dict[str, Cell]] = {}
    for row in read_rows("wzam_published_tables.csv"):
        if (row["organisation"], row["role"]) == (organisation, role) and row["wave"] in waves:
            schaal = igm.Schaal(minimum=1, maximum=int(row["scale_max"]))
            cell = schaal.pomp(float(row["mean"])), schaal.pomp_width(float(row["sd"])), int(row["n"])
            found.setdefault(igm.construct(row["construct"]), {})[row["wave"]] = cell
    return found


def wave_line(label: str, cells: Mapping[str, Cell]) -> str:
    """One line of the table with two waves, with decimal commas as in the other tables."""
    shown = "     ".join(f"{mean:>8.1f}{sd:>8.1f}{n:>5}" for mean, sd, n in cells.values())
    return f"{label:<48}{shown.replace('.', ',')}"


# 3. Published cases get an advice with its arguments.


def show_vignettes() -> None:
    """Weigh the fourteen vignettes of the Leiden choice experiment."""
    heading("3. The fourteen vignettes of Leiden, weighed")
    kader = leiden()
    say(f"{kader!r}: {kader.titel}.")
    say(ASSUMPTIONS)
    counts: Counter[str] = Counter()
    for number, signs in vignettes().items():
        afweging = weigh(signs)
        counts[afweging.advies.label] += 1
        hang(f"{number:>2}  {afweging.advies.label:<12} {described(signs)}", indent=17)
        for argument in main_arguments(afweging):
            bullet(f"{argument.pleit}: {argument.omdat}", indent=17)
    say("Together: " + ", ".join(f"{count} x {label}" for label, count in counts.most_common()) + ".")


@cache
def leiden() -> Afwegingskader[LeidenUitkomst]:
    """The Leiden kader, read once."""
    return igm.kader("leiden-2021")


def vignettes() -> dict[int, Signs]:
    """The published vignettes: which characteristics each has."""
    return {
        int(row["vignette"]): {name: row[name] == "1" for name in ("motivatie", *HINDRANCES)}
        for row in read_rows("leiden_vignettes.csv")
    }


def facts_of(signs: Signs) -> dict[str, bool | int | str | None]:
    """The facts of a case about which nothing else is known to be going on."""
    trends = {f"{name}_trend": "stabiel" for name in signs if name == "motivatie" or signs[name]}
    realistic = {"motivatie_realistisch": True} if signs["motivatie"] else {}
    return {**NOTHING_ELSE, **trends, **realistic, **signs}


def weigh(signs: Signs, **changes: bool | str | None) -> Afweging[LeidenUitkomst]:
    """The advice on a case, with some facts changed; ``None`` makes a fact unknown."""
    kader = leiden()
    return kader.evaluate(kader.casus(facts_of(signs) | changes))


def main_arguments(afweging: Afweging[LeidenUitkomst]) -> Iterator[Argument]:
    """The first argument each way on the question that decides, the one on combinations."""
    for arguments in (afweging.voor, afweging.tegen):
        yield from [argument for argument in arguments if argument.vraag == "combinatie"][:1]


def described(signs: Signs) -> str:
    """A vignette in a few words."""
    hindrances = ", ".join(name for name in HINDRANCES if signs[name])
    return f"motivatie: {'ja' if signs['motivatie'] else 'nee'}; belemmeringen: {hindrances or 'geen'}"


# 4. What does it take before the advice is niet_nu?


def show_smallest_combinations() -> None:
    """Search the smallest combinations that give ``niet_nu``."""
    heading("4. The smallest combinations that give NIET_NU")
    say("Under the same assumption, every combination was tried of: no motivation, the seven hindrances, and")
    say("adaptations that together are too much to expect of an employer. No part may be left out of these:")
    for shared, others, needed in grouped(smallest_combinations()):
        parts = [*shared, f"any {needed} of: {', '.join(others)}"]
        bullet(f"{len(shared) + needed} parts: " + " + ".join(parts))
    say("So no hindrance alone and no lack of motivation alone is ever enough.")


Combination = frozenset[str]


def smallest_combinations() -> list[Combination]:
    """Combinations that give ``niet_nu`` and no longer do when any one part is left out; smallest first."""
    parts = ("geen motivatie", "aanpassing_te_veel", *HINDRANCES)
    found: list[Combination] = []
    for size in range(len(parts) + 1):
        for chosen in map(frozenset, itertools.combinations(parts, size)):
            if not any(smaller <= chosen for smaller in found) and gives_niet_nu(chosen):
                found.append(chosen)
    return found


def gives_niet_nu(combination: Combination) -> bool:
    """Whether the advice on someone with exactly these is ``niet_nu``."""
    signs = {"motivatie": "geen motivatie" not in combination}
    signs |= {name: name in combination for name in HINDRANCES}
    afweging = weigh(signs, aanpassing_te_veel="aanpassing_te_veel" in combination)
    return afweging.advies is LeidenUitkomst.NIET_NU


def grouped(combinations: list[Combination]) -> Iterator[tuple[list[str], list[str], int]]:
    """Combinations that differ in their hindrances only: what they share, which hindrances, and how many."""
    by_rest: dict[tuple[Combination, int], Counter[str]] = {}
    for combination in combinations:
        hindrances = combination & set(HINDRANCES)
        key = combination - hindrances, len(hindrances)
        by_rest.setdefault(key, Counter()).update(hindrances)
    for (rest, needed), seen in by_rest.items():
        yield sorted(rest), [name for name in HINDRANCES if name in seen], needed


# 5. One case in full, and what happens when something is not known.


def show_one_vignette_in_full(number: int) -> None:
    """Explain one vignette, then make one fact unknown and say what then matters."""
    signs = vignettes()[number]
    heading(f"5. Vignette {number} in full, and what matters when something is not known")
    print(weigh(signs).explain())
    for unknown in ("psychisch", "verslaving"):
        afweging = weigh(signs, **{unknown: None, f"{unknown}_trend": None})
        say(f"Now {unknown} is not known, nor how it develops. Advice: {afweging.advies.label}.")
        if not afweging.ontbreekt:
            bullet("whatever it turns out to be, this advice stays the same: there is no need to ask for it")
        for missing in afweging.ontbreekt:
            bullet(
                f"ontbreekt: {missing.label} (turns the advice in {missing.aandeel:.0%} of the ways to fill in)"
            )
    say("The library advises; a person decides, with afweging.besluit(door=..., keuze=..., motivering=...).")


# Reading and printing.


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a data file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def heading(text: str) -> None:
    """A line that starts a step."""
    print(f"\n{text}\n{'=' * len(text)}")


def say(text: str) -> None:
    """A paragraph."""
    print(textwrap.fill(text, WIDTH))


def show(text: str) -> None:
    """Lines as they are; only what is too long, such as the title of a table, is wrapped."""
    for line in text.splitlines():
        print(line if len(line) <= WIDTH else textwrap.fill(line, WIDTH))
    print()


def bullet(text: str, *, indent: int = 2) -> None:
    """An entry of a list."""
    hang(f"{'':{indent}}- {text}", indent=indent + 2)


def hang(text: str, *, indent: int) -> None:
    """A line of which all that does not fit goes below, indented."""
    print(textwrap.fill(text, WIDTH, subsequent_indent=" " * indent))


if __name__ == "__main__":
    main()
