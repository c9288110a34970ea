"""Chains of a frame: the same links and figures as one by one, and everything that is wrong told at once."""

from __future__ import annotations

import json
import math
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.congruence.chain_frames import ENGINES, FIVE, SCALES, people, person

from igm.congruence import Chains, chains, similarity
from igm.constructs import LIKERT5, LIKERT7, Construct, Gedrag, Profiel, SocialeDruk, Waarde
from igm.errors import InputError

KINDS = ("manager-professional", "professional-client")
GEDRAG = Gedrag(action="begeleiden", target="mensen", context="gesprekken", time="dit jaar", doel="werk")
every_engine = pytest.mark.parametrize("engine", ENGINES)


def of(rows: list[dict[str, Any]], links: Any = "begeleider", **more: Any) -> Chains:
    asked: dict[str, Any] = {"schaal": SCALES, "metric": "pomp"}
    return chains(pd.DataFrame(rows), links, **(asked | more))


def faults(rows: list[dict[str, Any]], links: Any = "begeleider", **more: Any) -> list[str]:
    with pytest.raises(InputError) as error:
        of(rows, links, **more)
    return [str(problem) for problem in error.value.problems]


def few() -> list[dict[str, Any]]:
    return [
        person("m-1", None, [6, 6, 5, 4, 5]),
        person("p-1", "m-1", [6, 5, 2, 4, 5]),
        person("p-2", "m-1", [5, 5, 4, 4, 4]),
        person("c-1", "p-1", [4, 3, 2, 3, 1]),
        person("c-2", "p-1", [5, 3, 1, 3, 2]),
        person("c-3", "p-2", [2, 2, 4, 3, 5]),
    ]


def profiel(row: dict[str, Any], directions: dict[str, str] | None = None) -> Profiel:
    schaal = SCALES[row["rol"]]
    waarden: dict[str, Any] = {}
    for name in (*FIVE, "sociale_druk"):
        score = row.get(name)
        if score is None:
            continue
        waarden[name] = Waarde(score=score, schaal=schaal)
        if name == "sociale_druk":
            richting: Any = (directions or {}).get(row["rol"])
            waarden[name] = SocialeDruk(score=score, schaal=schaal, richting=richting)
    return Profiel(gedrag=GEDRAG, waarden=waarden)


cell = st.none() | st.integers(1, 5).map(float)
scores = st.lists(cell, min_size=6, max_size=6)
direction = st.sampled_from(["mee", "tegen", None])


@given(
    st.lists(scores, min_size=2, max_size=3),
    st.lists(st.tuples(scores, st.integers(0, 3)), min_size=2, max_size=5),
    st.lists(st.tuples(scores, st.integers(0, 6)), max_size=8),
    st.tuples(direction, direction, direction),
)
def test_chains_of_a_frame_are_as_links_one_by_one(
    managers: Any, professionals: Any, clients: Any, told: Any
) -> None:
    directions = dict(zip(SCALES, told, strict=True))
    rows = [person(f"m-{at}", None, own[:5], sociale_druk=own[5]) for at, own in enumerate(managers)]
    rows += [
        person(f"p-{at}", f"m-{guide}", own[:5], sociale_druk=own[5])
        for at, (own, guide) in enumerate(professionals)
    ]
    rows += [
        person(f"c-{at}", f"p-{guide}", own[:5], sociale_druk=own[5])
        for at, (own, guide) in enumerate(clients)
    ]
    by_ref = {row["ref"]: row for row in rows}
    pairs = [(row["begeleider"], row["ref"]) for row in rows if row["begeleider"] in by_ref]
    stated = {role: one for role, one in directions.items() if one is not None}
    frame = pl.DataFrame(rows, schema_overrides=dict.fromkeys((*FIVE, "sociale_druk"), pl.Float64))
    if not pairs:
        with pytest.raises(InputError, match="no link"):
            chains(frame, "begeleider", schaal=SCALES, metric="pomp", sociale_druk=stated)
        return
    found = chains(frame, "begeleider", schaal=SCALES, metric="pomp", sociale_druk=stated)
    made = [
        (guide, guided, links, at)
        for links in found.links.values()
        for at, (guide, guided) in enumerate(
            zip(links.refs(links.guide), links.refs(links.guided), strict=True)
        )
    ]
    assert sorted((guide, guided) for guide, guided, _, _ in made) == sorted(pairs)
    assert found.unlinked.guide_not_there == len(rows) - len(managers) - len(pairs)
    for guide, guided, links, at in made:
        two = profiel(by_ref[guide], stated), profiel(by_ref[guided], stated)
        differences = dict(zip(links.constructs, links.differences[at].tolist(), strict=True))
        if links.similarities.k[at] < 2:
            with pytest.raises(InputError, match="too-few-constructs"):
                similarity(*two, metric="pomp")
            continue
        alone = similarity(*two, metric="pomp")
        assert links.similarities.k[at] == alone.k
        for name, values in links.similarities.figures.items():
            assert values[at] == alone.figures.get(name) or math.isnan(values[at])
            assert math.isnan(values[at]) == (name in alone.undefined)
        known = {key: value for key, value in differences.items() if not math.isnan(value)}
        assert known == pytest.approx(dict(alone.differences), abs=1e-10)


@every_engine
def test_every_frame_in_memory_gives_the_same(engine: str) -> None:
    rows = people(3)
    columns = {name: [row.get(name) for row in rows] for name in (*rows[1], *rows[0])}
    found = chains(ENGINES[engine](columns), "begeleider", schaal=SCALES, metric="pomp")
    other = of(rows)
    for kind in KINDS:
        assert found[kind].refs(found[kind].guided) == other[kind].refs(other[kind].guided)
        for name, values in found[kind].similarities.figures.items():
            np.testing.assert_array_equal(values, other[kind][name])


@pytest.mark.parametrize("engine", ENGINES)
def test_links_stand_in_a_frame_with_a_row_each(engine: str) -> None:
    made = of(few()).to_frame(engine)
    plain = made if engine == "pandas" else made.to_pandas()
    assert plain["guide"].tolist() == ["m-1", "m-1", "p-1", "p-1", "p-2"]
    assert plain["difference_kennis"].tolist() == pytest.approx([50, 100 / 6, -100 / 12, 100 / 6, -25])
    with pytest.raises(InputError, match="duckdb"):
        of(few()).to_frame("duckdb")


@pytest.mark.parametrize(
    ("lazy", "do"),
    [
        (lambda: pl.LazyFrame(few()), "frame.collect()"),
        (lambda: duckdb.sql("select 'm-1' as ref"), "frame.pl()"),
    ],
)
def test_a_frame_that_waits_is_refused_with_what_to_do(lazy: Any, do: str) -> None:
    with pytest.raises(InputError) as error:
        chains(lazy(), "begeleider", schaal=LIKERT7)
    assert error.value.code == "invalid-value"
    assert do in str(error.value)


def test_pairs_and_a_frame_of_pairs_are_the_same_links_as_the_column() -> None:
    rows = few()
    pairs = [(row["begeleider"], row["ref"]) for row in rows if row["begeleider"]]
    for given_links in (pairs, pd.DataFrame(pairs, columns=["guide", "guided"])):
        found = of(rows, given_links)
        assert repr(found) == repr(of(rows))
        np.testing.assert_array_equal(found[KINDS[1]]["d"], of(rows)[KINDS[1]]["d"])


def test_a_client_with_two_professionals_has_a_link_with_each_and_is_told() -> None:
    pairs = [("m-1", "p-1"), ("m-1", "p-2"), ("p-1", "c-1"), ("p-2", "c-1")]
    found = of(few(), pairs)
    assert found[KINDS[1]].refs(found[KINDS[1]].guide) == ["p-1", "p-2"]
    assert found.unlinked.several_professionals == 1
    assert found.unlinked.clients == 2
    assert "1 clients have more than one professional" in found.table("en").text()
    assert len(found.triads[0]) == 2


def test_who_is_not_in_the_frame_is_counted_and_told() -> None:
    rows = [*few(), person("c-4", "p-9", [1, 2, 3, 4, 5]), person("c-5", None, [1, 2, 3, 4, 5])]
    found = of(rows)
    assert found.unlinked.to_dict() == {
        "guide_not_there": 1,
        "guided_not_there": 0,
        "neither_there": 0,
        "professionals": 0,
        "clients": 1,
        "several_professionals": 0,
        "several_managers": 0,
    }
    text = found.table("en").text()
    assert "1 times who guides is not in the data" in text
    assert "For learning, not for appraisal." in text
    pairs = [("m-1", "p-1"), ("p-1", "c-9"), ("p-8", "c-8")]
    told = of(few(), pairs).unlinked
    assert (told.guided_not_there, told.neither_there) == (1, 1)


def test_a_triad_is_each_whole_chain() -> None:
    found = of(few())
    first, second = found.triads
    managers = found[KINDS[0]].refs(found[KINDS[0]].guide[first])
    clients = found[KINDS[1]].refs(found[KINDS[1]].guided[second])
    assert list(zip(managers, clients, strict=True)) == [("m-1", "c-1"), ("m-1", "c-2"), ("m-1", "c-3")]
    several = [("m-1", "p-1"), ("m-2", "p-1"), ("p-1", "c-1"), ("p-1", "c-2")]
    both = of([*few(), person("m-2", None, [4, 4, 4, 4, 4])], several)
    assert len(both.triads[0]) == 4
    assert both.unlinked.several_managers == 1


def test_waves_are_kept_apart() -> None:
    rows = [row | {"meting": wave} for wave in ("T0", "T1") for row in few()]
    rows = [row for row in rows if (row["ref"], row["meting"]) != ("p-2", "T1")]
    found = of(rows, wave="meting")
    assert found[KINDS[0]].wave.tolist() == [0, 0, 1]
    assert found.unlinked.guide_not_there == 1  # of c-3, at T1
    pairs = pd.DataFrame({"guide": ["m-1"], "guided": ["p-1"], "meting": ["T1"]})
    assert of(rows, pairs, wave="meting")[KINDS[0]].wave.tolist() == [1]
    assert len(of(rows, [("m-1", "p-1")], wave="meting")[KINDS[0]]) == 2
    assert any("unknown wave" in one for one in faults(rows, pairs.assign(meting="T7"), wave="meting"))


def test_all_that_is_wrong_with_people_is_told_at_once_and_not_row_by_row() -> None:
    rows = [*few(), *[person("c-1", "p-1", [9, 9, 9, 9, 9])] * 40]
    rows.append(person("c-7", "p-1", [1, 1, 1, 1, 1]) | {"rol": "clint"})
    rows.append(person("c-8", "p-1", [1, 1, 1, 1, 1]) | {"ref": None})
    rows.append(person("c-9", "p-1", [1, 1, 1, 1, 1]) | {"rol": None})
    told = faults(rows)
    assert len(told) == 9
    assert sum("values outside their scale (40; rows 6, 7, 8, 9, 10)" in one for one in told) == 5
    for part in ("no role in a chain: 'clint'", "'client'", "rows without a person (1; rows 47)"):
        assert any(part in one for one in told), part
    assert any("people who stand in it twice (40;" in one for one in told)
    assert any("rows without a role (1; rows 48)" in one for one in told)


def test_who_guides_themselves_or_one_another_is_refused_together() -> None:
    rows = few()
    pairs = [("p-1", "p-1"), ("c-1", "p-2"), ("p-2", "c-1"), ("m-1", "c-2"), ("c-3", "m-1")]
    told = faults(rows, pairs)
    assert [one.split(",")[0] for one in told] == [
        "people who guide themselves (1; rows 0)",
        "people who guide one another in a circle (2; rows 1",
        "a manager who guides a client (1; rows 3)",
        "a client who guides a manager (1; rows 4)",
    ]


def test_a_long_circle_is_found() -> None:
    rows = [person(f"p-{at}", f"p-{(at + 1) % 50}", [1, 2, 3, 4, 5]) for at in range(50)]
    assert "in a circle (50; rows 0, 1, 2, 3, 4)" in faults(rows)[0]


def test_a_line_of_professionals_is_no_circle() -> None:
    rows = [person(f"p-{at}", f"p-{at + 1}", [1, 2, 3, 4, 5]) for at in range(5)]
    assert faults(rows)[0].startswith("a professional who guides a professional (4;")


@pytest.mark.parametrize(
    ("links", "code"),
    [
        ([("m-1", "p-1"), ("m-1", "p-1")], "duplicate-name"),
        ([("m-1", None)], "missing-field"),
        ([("m-1", "p-1", "c-1")], "shape-mismatch"),
        (7, "invalid-value"),
        ("begleider", "unknown-name"),
        ([("x", "y")], "missing-field"),
        ([], "missing-field"),
        (pd.DataFrame({"guide": ["m-1"]}), "missing-field"),
    ],
)
def test_links_that_cannot_be_are_refused(links: Any, code: str) -> None:
    with pytest.raises(InputError) as error:
        of(few(), links)
    assert {problem.code for problem in error.value.problems} == {code}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"metric": None}, "mixed-scales"),
        ({"metric": "pompp"}, "unknown-name"),
        ({"schaal": 5}, "invalid-value"),
        ({"schaal": {"manager": LIKERT7, "client": LIKERT5}}, "missing-field"),
        ({"schaal": {**SCALES, "boss": LIKERT5}}, "unknown-name"),
        ({"constructs": ["houding"]}, "too-few-constructs"),
        ({"constructs": ["houding", "houdin"]}, "unknown-construct"),
        ({"constructs": ["houding", "belastbaarheid"]}, "unknown-name"),
        ({"margin": -1}, "value-out-of-range"),
        ({"margin": "x"}, "not-a-number"),
        ({"sociale_druk": "omhoog"}, "unknown-name"),
        ({"person": "nobody"}, "unknown-name"),
        ({"perceived": "rol"}, "not-a-number"),
    ],
)
def test_what_is_asked_wrongly_is_refused(more: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError) as error:
        of(few(), **more)
    assert code in {problem.code for problem in error.value.problems}


def test_social_pressure_without_a_direction_is_left_out_and_told() -> None:
    rows = [row | {"sociale_druk": 2.0} for row in few()]
    found = of(rows, sociale_druk={"manager": "mee", "professional": "tegen"})
    assert found.left_out == {KINDS[0]: (), KINDS[1]: (Construct.SOCIALE_DRUK,)}
    assert Construct.SOCIALE_DRUK in found[KINDS[0]].constructs
    assert "professional → client: social pressure; the direction is not known" in found.table("en").text()
    column = list(found[KINDS[0]].constructs).index(Construct.SOCIALE_DRUK)
    assert found[KINDS[0]].differences[:, column] == pytest.approx([100 / 6 - 500 / 6] * 2)


def test_a_sensitive_value_is_not_told_in_an_error() -> None:
    rows = [row | {"belastbaarheid": 77.0} for row in few()]
    told = faults(rows)
    assert any("$.belastbaarheid" in one for one in told)
    assert not any("77" in one for one in told)


def test_what_is_printed_and_stored_names_nobody() -> None:
    found = of(few())
    assert json.loads(json.dumps(found.to_dict())) == found.to_dict()
    assert found.to_dict()["doel"] == "leren"
    for text in (repr(found), str(found), found._repr_html_(), json.dumps(found.to_dict())):
        assert "c-1" not in text
        assert "p-1" not in text
    assert dict(found.n_people) == {"manager": 1, "professional": 2, "client": 3}


def test_one_scale_needs_no_metric() -> None:
    rows = [row for row in few() if row["rol"] != "client"]
    found = of(rows, metric=None)
    assert found.metric == "schaal"
    assert found.schaal == LIKERT7
    assert len(found[KINDS[1]]) == 0


def test_what_is_printed_of_people_tells_nothing_of_one() -> None:
    two = {"ref": ["p-51", "c-73"], "rol": ["professional", "client"], "houding": [4, 4]}
    frame = pd.DataFrame(two | {"belastbaarheid": [2.5, 1.5]})
    found = chains(frame, [("p-51", "c-73")], schaal=LIKERT5)
    assert repr(found.people) == "ChainPeople(n=2, rows=2, waves=1, k=2)"
    assert str(found.people) == repr(found.people)
