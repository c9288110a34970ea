"""Norms are cited data that must be named; scores are set beside them, never stretched to fit."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.scoring.conftest import MakeProfiel

import igm
from igm.constructs import LIKERT5, LIKERT7, Construct, Missing, Profiel, Schaal, Vragenlijst, Waarde
from igm.errors import MASK, InputError, UnknownNameError
from igm.scoring import Norm, scorers, shipped_norms

PUBLISHED = Path(__file__).parents[2] / "examples" / "data" / "wzam_published_tables.csv"
BASE: Mapping[str, Any] = {
    "id": "team-west",
    "version": "1.0",
    "titel": {"nl": "Team West", "en": "Team West"},
    "populatie": {"nl": "48 cliënten", "en": "48 clients"},
    "status": {"nl": "eigen meting", "en": "own measurement"},
    "bron": "jaarverslag 2026, tabel 3",
}
GROUP = {
    **BASE,
    "schaal": {"minimum": 1, "maximum": 5},
    "groep": {"attitude": {"mean": 3.9, "sd": 0.8, "n": 48}},
}
CUTS = {
    **BASE,
    "grenzen": {
        "houding": [
            {"vanaf": 0, "nl": "laag", "en": "low"},
            {"vanaf": 50, "nl": "midden", "en": "middle"},
            {"vanaf": 75, "nl": "hoog", "en": "high"},
        ]
    },
}


# what ships


def test_every_shipped_norm_is_cited_and_says_what_it_is_not() -> None:
    found = shipped_norms()
    assert len(found) == 5
    for one in found:
        assert one.bron.startswith("Knelange, L., et al. (2025)")
        assert one.status["nl"].startswith("geen norm")
        assert one.status["en"].startswith("no norm")
        assert igm.norm(one.id) is one
        assert Norm.model_validate(one.to_dict()) == one


def test_figures_of_groups_are_those_that_were_published() -> None:
    files = {"WPI Amsterdam": "wpi-amsterdam", "IJmond Werkt!": "ijmond-werkt"}
    with PUBLISHED.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["wave"] == "T0"]
    seen = 0
    for row in rows:
        norm = igm.norm(f"{files[row['organisation']]}-{row['role']}-t0")
        own = norm.groep[Construct(row["construct"])]
        assert (own.mean, own.sd, own.n) == (float(row["mean"]), float(row["sd"]), int(row["n"]))
        assert norm.schaal is not None
        assert norm.schaal.maximum == int(row["scale_max"])
        seen += 1
    assert seen == sum(len(one.groep) for one in shipped_norms()) == 54


def test_social_pressure_is_called_neither_helping_nor_hindering() -> None:
    assert Construct.SOCIALE_DRUK not in igm.norm("schaaluiteinden").constructs
    profiel = igm.score(
        {f"sociale_druk_{place}": 5 for place in (1, 2)}, igm.vragenlijst("client-participatie")
    )
    text = igm.interpret(profiel, norm="ijmond-werkt-client-t0").text("sociale_druk", "en")
    assert "its level only" in text


# none by default


@pytest.mark.parametrize("given_", [None, "nederland", "schaaluiteinde", 3])
def test_a_norm_is_named_and_the_error_lists_the_names(make_profiel: MakeProfiel, given_: Any) -> None:
    with pytest.raises(InputError) as caught:
        igm.interpret(make_profiel({"houding": 3}), norm=given_)
    (problem,) = caught.value.problems
    assert problem.code == ("missing-field" if given_ is None else "unknown-name")
    assert problem.where == "$.norm"
    assert all(one.id in problem.do for one in shipped_norms())


def test_only_scores_are_read() -> None:
    for given_ in ({"houding": 3}, 3.0, None, [1, 2]):
        wrong: Any = given_
        with pytest.raises(InputError, match="neither a profile nor scores"):
            igm.interpret(wrong, norm="schaaluiteinden")


# what is read, and what is not


@given(st.floats(1, 5))
def test_a_place_in_a_group_is_its_distance_from_the_mean(make_profiel: MakeProfiel, score: float) -> None:
    reading = igm.interpret(make_profiel({"houding": score}), norm=Norm.model_validate(GROUP))["houding"]
    z = (score - 3.9) / 0.8
    assert reading.z == z
    assert reading.place == (0 if z < -1 else 2 if z > 1 else 1)
    assert reading.reason is None


@pytest.mark.parametrize(
    ("score", "schaal", "text"),
    [
        (1, LIKERT5, "low"),
        (2.99, LIKERT5, "low"),
        (3, LIKERT5, "middle"),
        (4, LIKERT7, "middle"),
        (4, LIKERT5, "high"),
        (5.5, LIKERT7, "high"),
        (7, LIKERT7, "high"),
    ],
)
def test_a_score_on_a_cut_off_lies_above_it(
    make_profiel: MakeProfiel, score: float, schaal: Schaal, text: str
) -> None:
    profiel = make_profiel({"houding": Waarde(score=score, schaal=schaal)})
    assert igm.interpret(profiel, norm=Norm.model_validate(CUTS)).text("houding", "en") == text


def test_a_norm_is_not_stretched_to_another_scale(make_profiel: MakeProfiel) -> None:
    seven = make_profiel({"houding": Waarde(score=5, schaal=LIKERT7)})
    reading = igm.interpret(seven, norm=Norm.model_validate(GROUP))["houding"]
    assert (reading.place, reading.z, reading.reason) == (None, None, "other-scale")
    summed = igm.score(
        {f"houding_{k}": 4 for k in (1, 2)}, igm.vragenlijst("client-participatie"), scorer="sum"
    )
    for name in ("schaaluiteinden", "ijmond-werkt-client-t0"):
        found = igm.interpret(summed, norm=name)
        assert found["houding"].reason == "other-scale"
        assert "1–5" in found.text("houding")
    labelled = make_profiel(
        {"houding": Waarde(score=4, schaal=Schaal(minimum=1, maximum=5, anchors={"1": "nooit"}))}
    )
    assert igm.interpret(labelled, norm=Norm.model_validate(GROUP))["houding"].place == 1


def test_a_score_of_a_model_is_not_read_by_the_middle_of_a_scale() -> None:
    lijst = igm.vragenlijst("client-participatie")
    parameters: dict[str, Any] = {item.id: (1.5, (-2, -1, 0, 1)) for item in lijst.items_for("kennis")}
    kennis = scorers.graded_response(parameters, source="proef", n=800)
    scorer = scorers.by_construct({"kennis": kennis}, otherwise=scorers.mean())
    profiel = igm.score({"kennis_1": 5, "kennis_2": 5}, lijst, scorer=scorer)
    assert igm.interpret(profiel, norm="schaaluiteinden")["kennis"].reason == "other-scale"


def test_what_is_missing_and_what_has_no_norm_says_so(make_profiel: MakeProfiel) -> None:
    profiel = make_profiel({"kennis": 3.0, "houding": Missing.GEWEIGERD})
    found = igm.interpret(profiel, norm=Norm.model_validate(GROUP))
    assert [(one.construct.value, one.reason) for one in found] == [
        ("houding", "missing"),
        ("kennis", "no-norm"),
    ]
    assert found["attitude"].score is None
    assert len(found) == 2
    with pytest.raises(UnknownNameError, match="no score was read"):
        found["intentie"]


def test_sensitive_scores_are_masked_unless_asked_for(make_profiel: MakeProfiel) -> None:
    group = {**GROUP, "groep": {"belastbaarheid": {"mean": 3, "sd": 1.5, "n": 40}}}
    found = igm.interpret(make_profiel({"belastbaarheid": 1.23}), norm=Norm.model_validate(group))
    for text in (str(found), found._repr_html_(), repr(found)):
        assert "1,23" not in text
        assert "1.23" not in text
        assert "meer dan" not in text
    assert MASK in str(found)
    assert "1,23" in found.table().text()
    assert found.to_dict()["readings"][0]["score"] == 1.23


# many people


def test_many_people_are_read_as_one_by_one() -> None:
    lijst = igm.vragenlijst("client-participatie")
    rng = np.random.default_rng(3)
    answers = rng.integers(1, 6, (60, len(lijst.items))).astype(float)
    answers[rng.random(answers.shape) < 0.3] = np.nan
    scores = igm.score(answers, lijst)
    for name in ("schaaluiteinden", "ijmond-werkt-client-t0"):
        found = igm.interpret(scores, norm=name)
        for key in ("kennis", "context"):
            places = [found.person(row)[key].place for row in range(len(found))]
            counts = found.counts(key, doel="intern")
            assert counts == tuple(places.count(place) for place in range(len(counts or ())))
        assert found.person(7) == igm.interpret(scores.profiel(7), norm=name)


def _scores(high: int, low: int, lijst: Vragenlijst) -> Any:
    rows = [[5] * len(lijst.items)] * high + [[1] * len(lijst.items)] * low
    plain = Vragenlijst.model_validate(
        {**lijst.model_dump(), "items": [{**item.model_dump(), "reversed": False} for item in lijst.items]}
    )
    return igm.interpret(igm.score(np.array(rows), plain), norm="schaaluiteinden")


@pytest.mark.parametrize(
    ("high", "low", "counts"), [(12, 11, (11, 12)), (30, 9, None), (30, 0, None), (9, 9, None)]
)
def test_counts_of_few_people_are_not_published(high: int, low: int, counts: Any) -> None:
    found = _scores(high, low, igm.vragenlijst("client-participatie"))
    assert found.counts("kennis") == counts
    assert found.counts("kennis", doel="intern") == (low, high)
    assert found.to_dict()["counts"]["kennis"] == (None if counts is None else list(counts))
    assert ("not shown" in found.table("en").text()) is (counts is None)
    assert found.counts("sociale_druk", doel="intern") is None
    with pytest.raises(InputError, match="too few people to publish"):
        found.counts("kennis", minimum_n=3)


# a norm of one's own


def test_a_norm_of_ones_own_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "west.yaml"
    path.write_text(
        "id: west\nversion: '1'\ntitel: {nl: West, en: West}\npopulatie: {nl: n, en: n}\nstatus: {nl: s, en: s}\n"
        "bron: eigen\nschaal: {minimum: 1, maximum: 5}\ngroep:\n  houding: {mean: 3.5, sd: 1, n: 40}\n",
        encoding="utf-8",
    )
    profiel = igm.score({"houding_1": 5, "houding_2": 5}, igm.vragenlijst("client-participatie"))
    for given_ in (path, str(path), igm.norm(path)):
        assert igm.interpret(profiel, norm=given_)["houding"].z == 1.5
    with pytest.raises(InputError, match="file-unreadable"):
        igm.interpret(profiel, norm=tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("change", "where", "code"),
    [
        ({"groep": {}}, ("grenzen",), "missing-field"),
        ({"grenzen": {"houding": [{"vanaf": 1, "nl": "x", "en": "x"}]}}, ("grenzen",), "missing-field"),
        ({"schaal": None}, ("schaal",), "missing-field"),
        ({"bron": " "}, ("bron",), "missing-field"),
        ({"titel": {"nl": "x"}}, ("titel", "en"), "missing-field"),
        ({"groep": {"houdig": {"mean": 3, "sd": 1, "n": 9}}}, ("groep", "houdig"), "unknown-construct"),
        (
            {"groep": {"houding": {"mean": 6, "sd": 1, "n": 9}}},
            ("groep", "houding", "mean"),
            "value-out-of-range",
        ),
        (
            {"groep": {"houding": {"mean": 3, "sd": 0, "n": 9}}},
            ("groep", "houding", "sd"),
            "value-out-of-range",
        ),
        ({"schalen": [{"minimum": 1, "maximum": 5}]}, ("schalen",), "invalid-value"),
        ({"norm": 1}, ("norm",), "unknown-field"),
    ],
)
def test_a_norm_is_read_strictly(change: Any, where: tuple[str, ...], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Norm.model_validate({**GROUP, **change})
    assert [(error["loc"], error["type"]) for error in caught.value.errors()] == [(where, code)]


@pytest.mark.parametrize(
    ("starts", "code"),
    [([], "value-out-of-range"), ([10, 50], "value-out-of-range"), ([0, 50, 50], "value-out-of-range"),
     ([0, 120], "value-out-of-range")],
)  # fmt: skip
def test_cut_offs_rise_from_the_lowest_score_on(starts: list[float], code: str) -> None:
    cuts = [{"vanaf": start, "nl": "x", "en": "x"} for start in starts]
    with pytest.raises(ValidationError) as caught:
        Norm.model_validate({**CUTS, "grenzen": {"houding": cuts}})
    assert {error["type"] for error in caught.value.errors()} == {code}


def test_norms_show_their_figures_with_where_they_come_from() -> None:
    for one in shipped_norms():
        for lang in ("nl", "en"):
            text = one.table(lang).text()
            assert "Knelange" in text
            assert one.id in text
    assert "from 50: in the middle" in igm.norm("schaaluiteinden").table("en").text().replace("\n", " ")
    assert str(igm.norm("schaaluiteinden")).startswith("Aan welke kant")


def test_profiles_of_other_makers_are_read_too(make_profiel: MakeProfiel) -> None:
    profiel: Profiel = make_profiel({"houding": 3.9})
    found = igm.interpret(profiel, norm=Norm.model_validate(GROUP))
    assert found["houding"].z == 0
    assert found.gemaakt_met is None


def test_tables_show_what_has_a_score_and_name_the_rest_in_a_note() -> None:
    lijst = igm.vragenlijst("client-participatie")
    answers = {"kennis_1": 4, "kennis_2": 3}
    one = igm.interpret(igm.score(answers, lijst), norm="schaaluiteinden")
    many = igm.interpret(igm.score([answers] * 20, lijst), norm="schaaluiteinden")
    for table in (one.table("en"), many.table("en")):
        assert [row[0] for row in table.rows] == ["knowledge and skills"]
        assert table.notes[0].startswith("no score: attitude, self-efficacy, ")
    full = igm.interpret(igm.score({item.id: 4 for item in lijst.items}, lijst), norm="schaaluiteinden")
    assert not any(note.startswith("geen score") for note in full.table().notes)
    assert {reading.reason for reading in one} == {None, "missing"}  # the readings keep all


@pytest.mark.parametrize("minimum_n", [np.int64(12), np.uint8(12), 12])
def test_a_number_of_people_may_be_one_of_numpy(minimum_n: Any) -> None:
    lijst = igm.vragenlijst("client-participatie")
    people = [{"kennis_1": 4 if place % 2 else 1, "kennis_2": 3} for place in range(30)]
    found = igm.interpret(igm.score(people, lijst), norm="schaaluiteinden")
    assert found.counts("kennis", minimum_n=minimum_n) == (15, 15)
    assert found.counts("kennis", minimum_n=minimum_n + 4) is None


@pytest.mark.parametrize(
    ("figures", "field", "what"),
    [
        ({"mean": 3, "sd": 9, "n": 40}, "sd", "above 2.08, the most that is possible"),
        ({"mean": 5, "sd": 1, "n": 40}, "sd", "the most that is possible"),
        ({"mean": 3, "sd": 1e-320, "n": 40}, "sd", "zero or less"),
        ({"mean": 3, "sd": 1, "n": 1}, "n", "a group of one person"),
    ],
)
def test_figures_that_no_group_can_have_are_refused(figures: dict[str, Any], field: str, what: str) -> None:
    with pytest.raises(ValidationError, match=what) as refused:
        Norm.model_validate({**GROUP, "groep": {"houding": figures}})
    assert refused.value.errors()[0]["loc"][-1] == field
    most = {"mean": 3.0, "sd": 2.03, "n": 40}
    assert Norm.model_validate({**GROUP, "groep": {"houding": most}}).groep[Construct.HOUDING].sd == 2.03


def test_a_frame_with_codes_and_refs_goes_to_profiles_and_a_norm() -> None:
    lijst = igm.vragenlijst("client-participatie")
    frame = pd.DataFrame(
        {
            "respondent": ["a", "b", "a"],
            "golf": ["T0", "T0", "T1"],
            "kennis_1": pd.array([4, 99, 3], dtype="Int64"),
            "kennis_2": pd.array([3, 2, None], dtype="Int64"),
        }
    )
    columns = igm.ColumnMap(missing={99: "geweigerd"})
    first = frame[frame["golf"] == "T0"]
    scores = igm.scoring.Scores.of_frame(first, lijst, columns=columns, min_valid=1)
    assert scores.refs == ("a", "b")
    assert scores["kennis"].tolist() == [3.5, 2.0]
    assert scores.profiel(1).ref == "b"
    assert igm.interpret(scores, norm="schaaluiteinden").person(0)["kennis"].score == 3.5
    with pytest.raises(InputError, match="2 people in 3 rows"):
        igm.scoring.Scores.of_frame(frame, lijst, columns=columns)
    named = igm.scoring.Scores.of_frame(frame, lijst, columns=columns, person=["a0", "b0", "a1"])
    assert named.refs == ("a0", "b0", "a1")
    anything: Any = igm.interpret
    with pytest.raises(InputError, match="of_frame"):
        anything(frame, norm="schaaluiteinden")
    of_frame: Any = igm.scoring.Scores.of_frame
    with pytest.raises(InputError, match="not a frame"):
        of_frame([{}], lijst)


def test_a_table_says_from_how_many_people_on_it_shows() -> None:
    lijst = igm.vragenlijst("client-participatie")
    scores = igm.score([{"kennis_1": 4, "kennis_2": 3}] * 5, lijst)
    found = igm.interpret(scores, norm="schaaluiteinden")
    said = 'at least 10 people per group; for what stays inside, give doel="intern"'
    assert said in found.table("en").notes[1]
    assert not any("at least" in note for note in found.table("en", doel="intern").notes)


def test_a_decimal_comma_in_a_file_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "west.yaml"
    path.write_text("groep:\n  houding: {mean: 3,9, sd: 0.8, n: 48}\n", "utf-8")
    with pytest.raises(InputError, match=r"3,9 is no number; write a decimal point: 3\.9"):
        igm.norm(path)
