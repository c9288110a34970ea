"""The library as a user's type checker sees it; read by mypy --strict and basedpyright, never run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, assert_type

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

import igm
from igm.congruence import (
    Fit,
    Link,
    Precondition,
    RegulatoryFits,
    VoiceRow,
    Zelfsturing,
    preconditions,
    regulatory_fit,
    regulatory_fits,
    two_voices,
    zelfsturing_level,
)
from igm.decision import (
    Afweging,
    Afwegingskader,
    Besluit,
    Casus,
    Cohort,
    Condition,
    Fact,
    LeidenUitkomst,
    Ruimte,
    Rule,
    Stap,
    Uitkomst,
    Vangrail,
    VangrailStand,
    feit,
    regel,
)
from igm.scoring import Composite, FrameReport, ItemScorer, Scores, composites, scorers

# a person, by hand: numbers are enough
gedrag = igm.Gedrag(
    action="solliciteren",
    target="werkgevers in de regio",
    context="met begeleiding",
    time="komende 4 weken",
    doel="betaald werk",
)
client = igm.Client(
    ref="c-017",
    gedrag=gedrag,
    schaal=igm.LIKERT5,
    willen=igm.Willen(houding=4.3, eigen_effectiviteit=3.9, sociale_druk=3.4),
    kunnen=igm.Kunnen(kennis=3.6, belastbaarheid=3.2, context=2.1, zelfregulering=3.9),
)
assert_type(client.profiel, igm.Profiel)
assert_type(client.profiel.pomp["houding"], float)
assert_type(client.profielen[gedrag.key], igm.Profiel)
assert_type(client.model_dump_json(), str)
missing = igm.Kunnen(
    belastbaarheid=igm.Missing.GEWEIGERD, context=igm.Waarde(score=2, schaal=igm.LIKERT7), kennis=None
)
pressed = igm.Willen(sociale_druk=igm.SocialeDruk(score=4, richting=igm.Richting.MEE))
professional = igm.Professional(
    ref="p-3", gedrag=gedrag, schaal=igm.LIKERT7, congruentie_begeleiding=4, kunnen=missing
)
manager = igm.Manager(
    ref="m-1", gedrag=gedrag, schaal=igm.LIKERT7, willen=pressed, verbinding_professional=5.5
)

# a questionnaire: one person, then many; the same call
lijst = igm.vragenlijst("client-participatie")
assert_type(lijst, igm.Vragenlijst)
assert_type(igm.vragenlijst(Path("eigen.yaml")), igm.Vragenlijst)
answers: dict[str, int | None] = {"houding_1": 4, "houding_2": None}
afname = igm.Afname(ref="c-017", antwoorden={"houding_1": 4, "houding_2": igm.Missing.WEET_NIET})
matrix: NDArray[np.int64] = np.ones((3, 54), dtype=np.int64)
assert_type(igm.score(answers, lijst), igm.Profiel)
assert_type(igm.score(afname, lijst, scorer="mean", composite="minimum"), igm.Profiel)
assert_type(igm.score([answers, answers], lijst), Scores)
assert_type(igm.score([afname], lijst, doel="onderzoek"), Scores)
assert_type(igm.score(matrix, lijst), Scores)
people = pd.DataFrame({"houding_1": [4]})
waiting = pl.LazyFrame({"houding_1": [4]})
assert_type(igm.score(people, lijst, columns=igm.ColumnMap(), keep=["ref"], prefix="t0_"), pd.DataFrame)
assert_type(igm.score(waiting, lijst), pl.LazyFrame)
assert_type(igm.check(people, lijst), FrameReport)
assert_type(igm.summarise(waiting, by=["wave"], doel="publiceren", minimum_n=10), pl.LazyFrame)
item_scorer: ItemScorer = scorers.mean()
gate: Composite = composites.gate(50, source="eigen afspraak, 2026")

# a decision
kader = igm.kader("leiden-2021")
assert_type(kader, Afwegingskader[LeidenUitkomst])
assert_type(igm.kader(Path("eigen.yaml")), Afwegingskader[Uitkomst])
casus = kader.casus(motivatie=True, schulden=False, verslaving=None)
assert_type(casus, Casus)
own = kader.casus({"motivatie": False}, antwoorden={"motivatie": ("ja", "Zij begint morgen.")})
afweging = kader.evaluate(casus)
assert_type(afweging, Afweging[LeidenUitkomst])
assert_type(afweging.advies, LeidenUitkomst)
assert_type(kader.evaluate(own, beleid="cautious").voor[0].omdat, str)
assert_type([missing_fact.feit for missing_fact in afweging.ontbreekt], list[str])
assert_type(afweging.explain(voor="client"), str)
assert_type(afweging.to_dict(), dict[str, Any])
stored: Mapping[str, object] = afweging.to_dict()
assert_type(Afweging.from_dict(stored), Afweging[Uitkomst])
moment = datetime(2026, 3, 2, 10, tzinfo=UTC)
besluit = afweging.besluit(door="km-12", keuze="aanmelden", motivering="Zij begint maandag.", wanneer=moment)
assert_type(besluit, Besluit[LeidenUitkomst])
assert_type(besluit.keuze, LeidenUitkomst)

# columns of a frame
kolommen = igm.ColumnMap(items={"houding_1": "V1"}, codes={"*": {"Mee eens": 4}}, missing={99: "geweigerd"})
assert_type(kolommen.resolve("items", ["houding_1"], ["V1"]).columns, Mapping[str, str])
assert_type(igm.ColumnMap.read("kolommen.yaml"), igm.ColumnMap)

# own rules
jong = feit.getal("leeftijd") < 27
assert_type(jong, Condition)
ons = regel(
    "ons.jong",
    vraag="combinatie",
    als=jong & ~feit.ja_nee("schulden"),
    pleit_voor="ja",
    omdat="Jong en zonder schulden.",
    bron="werkafspraak",
)
assert_type(ons, Rule)
eigen = kader.with_rules(
    ons, feiten=[Fact.getal("reistijd", label="reistijd", eenheid="minuten", minimum=0, maximum=300)]
)
assert_type(eigen, Afwegingskader[LeidenUitkomst])

# kaders made of kaders keep their outcomes
overleg = Vangrail(
    id="beleid.schulden",
    als=feit.ja_nee("schulden"),
    verbiedt=["aanmelden"],
    anders="driegesprek",
    omdat="Bij schulden overleggen wij eerst.",
    bron="werkafspraak",
    soort="beleid",
)
binnen = eigen.without("ons.v1").replace(ons).restrict(overleg)
assert_type(binnen, Afwegingskader[LeidenUitkomst])
assert_type(binnen.union(kader, bij_conflict="deze"), Afwegingskader[LeidenUitkomst])
assert_type(binnen.lijn[0], Stap)
assert_type(binnen.evaluate(casus).ruimte, Ruimte[LeidenUitkomst])
assert_type(binnen.evaluate(casus).vangrails[0], VangrailStand)
assert_type(binnen.evaluate(casus).ruimte.toegestaan, tuple[LeidenUitkomst, ...])

# many cases: arrays give a cohort, a frame gives the same kind of frame
zaken = pl.DataFrame({"extern_onderzoek": [True, None]})
assert_type(kader.evaluate_many({"extern_onderzoek": [True, None]}), Cohort[LeidenUitkomst])
assert_type(kader.evaluate_many(zaken), pl.DataFrame)
assert_type(kader.evaluate_many(zaken.lazy(), ontbreekt=False, keep=["extern_onderzoek"]), pl.LazyFrame)
assert_type(kader.check(zaken), FrameReport)

# congruence: what is not known has a type of its own
assert_type(zelfsturing_level(60, cuts=(40, 60)), Zelfsturing | igm.Missing)
assert_type(regulatory_fit("sterk", igm.Missing.WEET_NIET, link="manager-professional").fit, Fit | None)
assert_type(regulatory_fits(["sterk", None], np.array([2, -1])), RegulatoryFits)
assert_type(two_voices(client, client.profiel, margin=1).topics, tuple[VoiceRow, ...] | None)
ploeg = preconditions(
    {"kennis": [4, None]}, at_least={"kennis": 50}, source="eigen", metric="pomp", schaal=igm.LIKERT5
)
assert_type(ploeg["kennis"], Precondition)
keten = igm.congruence.chain(manager=None, professional=client.profiel, client=client, sem={"client": 0.5})
assert_type(keten.links, tuple[Link, Link])
assert_type(keten.links[0].shape, float | None)
assert_type(keten.links[0].is_broken, bool | None)
assert_type(keten.perceived.pomp, float | None)
kader.casus(bronnen=[keten])
