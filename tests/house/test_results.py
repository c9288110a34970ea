"""Every result can be printed in one line, stored as JSON and shown in a notebook."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest

import igm
from igm import analysis, boundary, congruence, constructs, decision, disclosure, scoring
from igm.analysis import (
    AuditReport,
    Effectmeting,
    Goal,
    GoalAttainment,
    ProgressReport,
    ReliableChange,
    ReliableChanges,
    ReportTable,
    Series,
    WaveComparisons,
    compare_published,
    effectmeting,
    goal_attainment,
    progress_report,
    report_published,
    series,
)
from igm.boundary import Codebook, Exchange, FileReport, FileTable, ParquetFile, codebook, to_fhir
from igm.constructs import LIKERT5, CompositeValue, CoverageMatrix, GedragsModel, Knelpunten
from igm.decision import (
    Afweging,
    Besluit,
    Bewijs,
    Cohort,
    Counterfactuals,
    FactPattern,
    FactPatterns,
    Verification,
)
from igm.disclosure import GroupTable, Reconstruction
from igm.scoring import (
    CodingSensitivity,
    FrameReport,
    Interpretation,
    Interpretations,
    Norm,
    Scores,
    coding_sensitivity,
)

PEOPLE = {"Client", "Professional", "Manager"}
DESCRIBED = {"Afwegingskader", "Vragenlijst", *PEOPLE}
"""What is given, and not computed: it has a table, and Pydantic or a file of its own to store it."""


@cache
def files() -> dict[type, Any]:
    """What is read from files, of which nothing is asked once the files are gone."""
    with TemporaryDirectory() as folder:
        text, parquet = Path(folder) / "t0.csv", Path(folder) / "t0.parquet"
        text.write_text("ref,houding_1\nc-1,4\nc-2,\n", encoding="utf-8")
        table = igm.read_csv(text)
        table.frame("polars").write_parquet(parquet)
        return {FileTable: table, FileReport: table.report, ParquetFile: igm.read_parquet(parquet)}


@cache
def results() -> dict[type, Any]:
    lijst = igm.vragenlijst("client-participatie")
    answers = {item.id: 4 for item in lijst.items if item.construct is not igm.Construct.CONTEXT}
    gedrag = igm.Gedrag(action="solliciteren", target="werkgevers", context="alleen", time="nu", doel="werk")
    profiel = igm.score(answers, lijst, gedrag=gedrag)
    kader = igm.kader("leiden-2021")
    afweging = kader.evaluate(kader.casus(extern_onderzoek=True, verslaving=True, ref="c-017"))
    besluit = afweging.besluit(
        door="km-12",
        keuze="aanhouden",
        motivering="De keuringsarts is gevraagd; wij wachten op zijn brief.",
        wanneer=datetime(2026, 3, 2, 10, tzinfo=UTC),
    )
    wave = {"construct": "houding", "n": 20, "sd": 1.0}
    waves = [wave | {"wave": "T0", "mean": 3.0}, wave | {"wave": "T1", "mean": 3.5}]
    patronen = kader.patterns(pd.DataFrame({"extern_onderzoek": [True] * 12}))
    return {
        **files(),
        igm.Profiel: profiel,
        Knelpunten: profiel.knelpunten(),
        CompositeValue: profiel.composites["kunnen"],
        Scores: igm.score([answers, {}], lijst, gedrag=gedrag),
        Norm: igm.norm("schaaluiteinden"),
        CodingSensitivity: coding_sensitivity(
            [answers] * 9, lijst, [("houding_1", "houding_2")], belief="unipolar", evaluation="bipolar"
        ),
        Interpretation: igm.interpret(profiel, norm="schaaluiteinden"),
        Interpretations: igm.interpret(igm.score([answers] * 9, lijst), norm="ijmond-werkt-client-t0"),
        CoverageMatrix: igm.coverage(),
        GedragsModel: igm.model(),
        Afweging: afweging,
        Besluit: besluit,
        Bewijs: afweging.bewijs(),
        Counterfactuals: afweging.tegenfeitelijk(),
        Cohort: kader.evaluate_many({"extern_onderzoek": [True, None]}),
        FactPatterns: patronen,
        FactPattern: patronen[0],
        scoring.Reliabilities: igm.reliability([answers, {}], lijst),
        scoring.Reliability: igm.reliability([answers, {"houding_1": 2, "houding_2": 3}], lijst)["houding"],
        scoring.ItemQualities: scoring.item_quality([answers, {}], lijst),
        scoring.ResponseQuality: scoring.response_quality([answers, {}], lijst),
        scoring.ICCs: scoring.icc([[4, 4], [1, 2], [3, 4]]),
        FrameReport: kader.check(pd.DataFrame({"extern_onderzoek": [1.0, 7.0]})),
        Verification: kader.verify(),
        Exchange: to_fhir(lijst),
        Codebook: codebook(lijst),
        WaveComparisons: compare_published(waves, bron="own"),
        ReportTable: report_published(waves, bron="own"),
        AuditReport: analysis.audit(waves, schaal=LIKERT5),
        GroupTable: disclosure.publishable(waves, by="wave"),
        Reconstruction: disclosure.reconstruct(3.0, 1.0, 20, LIKERT5, decimals=1),
        Series: series([2, 3, 2, None, 4, 5], ["A"] * 4 + ["B"] * 2, moments=list(range(6)), name="kennis"),
        GoalAttainment: goal_attainment([Goal("bellen", 1, levels={1: "elke dag"}), Goal("op tijd komen")]),
        ProgressReport: progress_report(profiel, profiel, belemmeringen={"kinderopvang": ("nee", "ja")}),
        Effectmeting: effectmeting([profiel, profiel], ["voor", "coaching"], reliability=0.8, sd=1.0),
        congruence.Preconditions: congruence.preconditions(
            [profiel], at_least={"kennis": 50}, metric="pomp", source="own"
        ),
        congruence.Chains: chain_links(),
        congruence.GroupSummaries: congruence.group_summaries(chain_links(), doel="intern"),
        congruence.ChainBreaks: congruence.chain_breaks(chain_links(), doel="intern"),
        congruence.LinkChanges: congruence.link_change(chain_links(), "T0", "T1", doel="intern"),
        congruence.PerceivedAndDerived: congruence.perceived_beside_derived(chain_links(), doel="intern"),
        congruence.OwnLinks: congruence.per_professional(chain_links(), "p-1", eigenaar="p-1")[0],
        congruence.RegulatoryFit: congruence.regulatory_fit("sterk", "hoog"),
        congruence.RegulatoryFits: congruence.regulatory_fits(["sterk", "los"], ["hoog", None]),
        congruence.Similarities: congruence.similarities(
            [[4, 3], [2, 2]], [[3, 1], [2, 2]], constructs=["houding", "kennis"], schaal=LIKERT5
        ),
        congruence.NormativeSimilarity: congruence.normative_similarity(
            [[1, 2, 3, 4, 5]] * 2, [[2, 2, 3, 4, 5]] * 2
        ),
        congruence.PseudoDyads: congruence.pseudo_dyads(
            [[1, 2, 3, 4, 5]] * 2, [[2, 2, 3, 4, 5]] * 2, groups=["m", "m"]
        ),
        congruence.SimilarityIntervals: congruence.similarity_intervals(profiel, profiel, sem=0.3, rng=1),
        congruence.Chain: congruence.chain(manager=profiel, client=profiel),
        congruence.ClusterInterval: congruence.cluster_interval([0.3, 0.5, 0.4], ["m", "m", "n"], rng=1),
        congruence.ShrunkenMeans: congruence.shrunken_means([0.3, 0.5, 0.4], ["m", "m", "n"]),
        congruence.PartnerPermutation: congruence.partner_permutation(
            [[1, 2, 3, 4, 5], [5, 2, 3, 4, 1]], [[2, 2, 3, 4, 5], [5, 3, 3, 4, 1]], rng=1
        ),
        congruence.ProfileSimilarity: congruence.similarity(profiel, profiel),
        congruence.TwoVoices: congruence.two_voices(profiel, profiel),
        ReliableChange: igm.reliable_change(2.1, 3.6, reliability=0.84, sd=0.9),
        ReliableChanges: igm.reliable_change(profiel, profiel, reliability=0.84, sd=0.9),
    }


def chain_links() -> congruence.Chains:
    roles = {"m": "manager", "p": "professional", "c": "client"}
    guides = {"m-1": None, "p-1": "m-1", "p-2": "m-1", "c-1": "p-1", "c-2": "p-2"}
    seen = {"houding": 4, "kennis": 2, "congruentie_begeleiding": 3}
    rows = [
        {"meting": wave, "ref": ref, "rol": roles[ref[0]], "begeleider": guide, **seen}
        for wave in ("T0", "T1")
        for ref, guide in guides.items()
    ]
    return congruence.chains(pd.DataFrame(rows), "begeleider", schaal=LIKERT5, wave="meting")


KINDS = sorted(results(), key=lambda kind: kind.__name__)
every_result = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)


def test_every_public_result_is_here() -> None:
    shown = {
        thing
        for module in (analysis, boundary, congruence, constructs, decision, disclosure, scoring)
        for thing in map(vars(module).get, module.__all__)
        if isinstance(thing, type) and (hasattr(thing, "_repr_html_") or hasattr(thing, "tree"))
    }
    assert {kind.__name__ for kind in shown} - DESCRIBED == {kind.__name__ for kind in KINDS}


@every_result
def test_a_result_is_told_in_one_line_with_its_name(kind: type) -> None:
    text = repr(results()[kind])
    assert text.startswith(f"{kind.__name__}(")
    assert "\n" not in text
    assert len(text) < 200


@every_result
def test_a_result_is_stored_as_json(kind: type) -> None:
    data = results()[kind].to_dict()
    assert isinstance(data, dict)
    assert json.loads(json.dumps(data, allow_nan=False)) == data


@every_result
def test_a_result_is_shown_in_a_notebook(kind: type) -> None:
    html = results()[kind]._repr_html_()
    assert html.startswith("<")
    assert html.endswith(">")


@every_result
def test_a_result_prints_more_than_an_object_at_an_address(kind: type) -> None:
    text = str(results()[kind])
    assert text
    assert "object at 0x" not in text


def test_a_composite_that_could_tell_something_sensitive_is_masked_in_a_notebook_and_stored_as_it_is() -> (
    None
):
    value = CompositeValue(
        name="kunnen",
        value=2.5,
        metric="schaal",
        schaal=LIKERT5,
        made_by="mean",
        state="complete",  # type: ignore[arg-type]
        used=("belastbaarheid",),  # type: ignore[arg-type]
    )
    assert "2.5" not in value._repr_html_()
    assert value.to_dict()["value"] == 2.5
    assert CompositeValue.model_validate(value.to_dict()) == value


def test_the_name_of_a_composite_is_escaped_in_a_notebook() -> None:
    value = CompositeValue(name="<b>", value=None, metric="pomp", made_by="own", state="empty")  # type: ignore[arg-type]
    assert "<b>" not in value._repr_html_()


def test_a_variant_of_the_model_is_stored_whole_and_printed_as_its_table() -> None:
    for variant in ("blonk2018", "fa2010", "leiden2021"):
        found = igm.model(variant)
        data = found.to_dict()
        edges = tuple(constructs.Edge(**edge) for edge in data.pop("edges"))
        assert GedragsModel(**{**data, "edges": edges, "notes": tuple(data["notes"])}) == found
        assert str(found) == found.table().text()
        assert set(found.nodes_en) <= set(found.nodes)
