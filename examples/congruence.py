"""Who guides whom: a chain on a card, in a figure and as a fact, and what seven dyads of a team can tell.

Everybody here is made up. It is for learning, not for appraisal, and a person decides.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

import igm
from igm.congruence import Chain, normative_similarity, pseudo_dyads
from igm.decision import Afwegingskader, Fact, Row, Uitkomst, feit
from igm.decision.conditions import Always
from igm.plotting import chain as draw_chain

GEDRAG = igm.Gedrag(
    action="begeleiden", target="mensen", context="in gesprekken", time="dit jaar", doel="participatie"
)
NAMES = ("houding", "eigen_effectiviteit", "kennis", "belastbaarheid", "context", "zelfregulering")
SEED = 2026


def profile(scores: tuple[float, ...], schaal: igm.Schaal, congruentie: float | None = None) -> igm.Profiel:
    """A profile of six determinants, and what a professional answers about congruence."""
    given: dict[str, float] = dict(zip(NAMES, scores, strict=True))
    if congruentie is not None:
        given["congruentie_begeleiding"] = congruentie
    waarden = {igm.construct(name): igm.Waarde(score=score, schaal=schaal) for name, score in given.items()}
    return igm.Profiel(gedrag=GEDRAG, waarden=waarden)


def one_chain() -> Chain:
    """A manager, a professional and a client; the client answered on another scale."""
    return igm.congruence.chain(
        manager=profile((6, 5.5, 6, 5, 3.5, 5), igm.LIKERT7),
        professional=profile((6, 5, 5.5, 5, 2, 5), igm.LIKERT7, congruentie=5),
        client=profile((4, 3.5, 2, 3.5, 2, 3.5), igm.LIKERT5),
        metric="pomp",
        margin=20,
        sturing={"professional-client": "los"},
        zelfsturing={"professional-client": "midden"},
    )


def talk() -> Afwegingskader[Uitkomst]:
    """A kader that asks for a talk where the chain breaks; its one fact is filled by the chain."""
    gesprek = Uitkomst.declare("Gesprek", {"PRAAT": "praat", "VERDER": "verder", "VRAAG": "vraag"})
    breuk = Fact.ja_nee(
        "breuk",
        label="de keten breekt tussen professional en cliënt",
        uit="congruentie.profile.professional-client.broken",
        gevoelig=True,
    )
    return Afwegingskader(
        id="gesprek",
        version="1",
        titel="Een gesprek over begeleiden",
        bron="voorbeeld",
        uitkomsten=gesprek,
        volgorde=(gesprek("praat"), gesprek("verder")),
        gunstig=gesprek("verder"),
        bij_onbekend=gesprek("vraag"),
        feiten=[breuk],
        beslis=[
            Row(
                id="breuk",
                als=feit.ja_nee("breuk"),
                dan="praat",
                omdat="Er is een verschil om over te praten.",
            ),
            Row(id="anders", als=Always(), dan="verder", omdat="Geen verschil is zo groot als afgesproken."),
        ],
    )


def team() -> None:
    """Seven professionals and seven clients who have nothing to do with one another look congruent too."""
    draw = np.random.default_rng(SEED)
    usual = np.array([6.0, 5.0, 4.5, 5.0, 4.5, 3.0, 4.5])
    one, other = (np.clip(np.round(2 * (usual + draw.normal(0, 0.8, (7, 7)))) / 2, 1, 7) for _ in range(2))
    print(pseudo_dyads(one, other).table(), end="\n\n")
    distinctive = normative_similarity(one, other).distinctive
    print("Wat van elk paar zelf is (r):", ", ".join(f"{r:.2f}" for r in np.sort(distinctive)))


def main() -> None:
    """One chain on a card, in a figure and as a fact; then a team."""
    keten = one_chain()
    print(keten, end="\n\n")
    with tempfile.TemporaryDirectory() as folder:
        path = draw_chain(keten).save(Path(folder) / "keten.svg")
        print(f"De figuur staat in {path.name}.", end="\n\n")
    kader = talk()
    afweging = kader.evaluate(kader.casus(bronnen=[keten]))
    print(f"Advies: {afweging.advies.label}", end="\n\n")
    team()


if __name__ == "__main__":
    main()
