"""Groups of chains: right by hand, and nothing that tells of a person."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.congruence.chain_frames import FIVE, SCALES, people, person

from igm.congruence import (
    Chains,
    chain_breaks,
    chains,
    group_summaries,
    link_change,
    per_professional,
    perceived_beside_derived,
    shrunken_means,
)
from igm.constructs import LIKERT5, LIKERT7, Construct
from igm.errors import InputError
from igm.scoring import icc_groups, rwg

KINDS = ("manager-professional", "professional-client")


def of(rows: list[dict[str, Any]], links: Any = "begeleider", **more: Any) -> Chains:
    asked: dict[str, Any] = {"schaal": SCALES, "metric": "pomp"}
    return chains(pd.DataFrame(rows), links, **(asked | more))


def flat(rows: list[dict[str, Any]], **more: Any) -> Any:
    return of(rows, **more).to_frame("pandas")


def row_of(found: Any, kind: str, figure: str, level: str = "all", **key: Any) -> Any:
    return next(
        row
        for row in found.figures
        if (row.kind, row.figure, row.level) == (kind, figure, level)
        and all(getattr(row, name) == value for name, value in key.items())
    )


def test_a_group_counts_each_professional_once_and_says_how_sure_its_mean_is() -> None:
    rows = people(1, managers=4, professionals=3, clients=2)
    rows += [person(f"c-0-0-{n}", "p-0-0", [5, 1, 5, 1, 5]) for n in range(10, 30)]
    found = group_summaries(of(rows), figures=["elevation"], doel="intern")
    links = flat(rows).query("link == 'professional-client'")
    own = links.groupby("guide")["elevation"].mean()
    row = row_of(found, KINDS[1], "elevation")
    assert (row.n_professionals, row.n_links, row.n_others) == (12, 44, 44)
    assert row.mean == pytest.approx(own.mean(), abs=1e-10)
    assert row.median == pytest.approx(own.median(), abs=1e-10)
    manager = own.index.str.slice(2, 3)
    sums = (own - own.mean()).groupby(manager).sum()
    half = stats.t.ppf(0.975, 3) * math.sqrt(4 / 3 * (sums**2).sum()) / 12
    assert row.interval.low == pytest.approx(row.mean - half, abs=1e-9)
    team = row_of(found, KINDS[1], "elevation", "team", team="m-1")
    three = own[manager == "1"]
    low, high = stats.t.interval(0.95, 2, three.mean(), three.std(ddof=1) / math.sqrt(3))
    assert (team.interval.low, team.interval.high) == pytest.approx((low, high), abs=1e-9)


def test_figures_of_teams_are_those_of_the_functions_that_make_them() -> None:
    rows = people(2, managers=3, professionals=4, clients=1)
    found = group_summaries(of(rows), figures=["d"], doel="intern")
    links = flat(rows).query("link == 'manager-professional'")
    shrunk = {one.group: one.shrunk for one in shrunken_means(links["d"], links["guide"])}
    icc = icc_groups(links["d"], links["guide"])
    for team, value in shrunk.items():
        assert row_of(found, KINDS[0], "d", "team", team=team).shrunk == pytest.approx(value, abs=1e-10)
    across = next(one for one in found.across if (one.kind, one.name) == (KINDS[0], "d"))
    assert (across.icc1, across.icc2, across.n_teams) == (icc.icc1, icc.icc2, 3)
    professionals = [row for row in rows if row["rol"] == "professional"]
    answers = [row["kennis"] for row in professionals]
    teams = [row["begeleider"] for row in professionals]
    for one in rwg(answers, teams, schaal=LIKERT7):
        told = next(row for row in found.within if (row.construct, row.team) == ("kennis", one.group))
        assert (told.rwg, told.raw, told.n_professionals) == (one.value, one.raw, 4)
    between = next(one for one in found.across if (one.kind, one.name) == (None, "kennis"))
    assert between.icc1 == icc_groups(answers, teams).icc1


def test_a_team_of_one_manager_is_never_published_and_a_professional_alone_is_shown_nowhere() -> None:
    rows = people(3, managers=12, professionals=11, clients=2)
    found = group_summaries(of(rows))
    assert {row.state for row in found.figures if row.level == "team"} == {"suppressed"}
    assert {row.state for row in found.within} == {"suppressed"}
    assert row_of(found, KINDS[1], "elevation").n_professionals == 132
    alone = people(3, managers=2, professionals=1, clients=12)
    inside = group_summaries(of(alone), doel="intern")
    assert {row.state for row in inside.figures if row.level == "team"} == {"suppressed"}
    by_ref = [row | {"organisatie": row["ref"]} for row in people(3, managers=2, professionals=3)]
    each = group_summaries(of(by_ref, by="organisatie"), doel="intern")
    assert {row.state for row in each.figures if row.level == "organisation"} == {"suppressed"}


def test_an_organisation_with_one_manager_is_not_published() -> None:
    rows = people(4, managers=1, professionals=20, clients=2)
    found = group_summaries(of(rows))
    assert {row.state for row in found.figures} == {"suppressed"}
    assert {one.median for one in chain_breaks(of(rows)).rows if one.kind == KINDS[0]} == {None}


def test_people_are_counted_and_not_links() -> None:
    rows = people(5, managers=3, professionals=2, clients=0)
    pairs = [(row["begeleider"], row["ref"]) for row in rows if row["begeleider"]]
    rows += [person(f"c-{n}", None, [1, 2, 3, 4, 5]) for n in range(8)]
    many = [(f"p-{m}-{p}", f"c-{n}") for m in range(3) for p in range(2) for n in range(8)]
    found = group_summaries(of(rows, pairs + many))  # 48 links, and 6 professionals
    assert {row.state for row in found.figures} == {"suppressed"}
    assert {row.median for row in chain_breaks(of(rows, pairs + many)).rows} == {None}


def test_a_total_does_not_tell_what_was_left_out() -> None:
    sizes = {"a": 12, "b": 14, "c": 3}
    rows: list[dict[str, Any]] = []
    for name, managers in sizes.items():
        for row in people(6, managers=managers, professionals=2, clients=1):
            guide = row["begeleider"]
            rows.append(
                row
                | {
                    "ref": f"{row['ref']}-{name}",
                    "begeleider": guide and f"{guide}-{name}",
                    "organisatie": name,
                }
            )
    found = group_summaries(of(rows, by="organisatie"), figures=["elevation"])
    told = {
        row.organisation: row.state
        for row in found.figures
        if row.level == "organisation" and row.kind == KINDS[0]
    }
    assert told == {"a": "suppressed", "b": "shown", "c": "suppressed"}
    assert row_of(found, KINDS[0], "elevation").state == "shown"
    assert "–" in found.table("en").text(200)
    nameless = [
        row | {"organisatie": None if row["organisatie"] == "c" else row["organisatie"]} for row in rows
    ]
    rest = group_summaries(of(nameless, by="organisatie"), figures=["elevation"])
    states = [row.state for row in rest.figures if row.level == "organisation" and row.kind == KINDS[0]]
    assert states == ["suppressed", "shown"]  # who has no organisation would be found by subtraction


def test_a_team_that_is_called_as_a_total_is_a_team() -> None:
    rows = [row | {"team": "totaal"} for row in people(7, managers=12, professionals=2)]
    found = group_summaries(of(rows, team="team"), figures=["elevation"])
    assert row_of(found, KINDS[0], "elevation", "team").team == "totaal"
    assert row_of(found, KINDS[0], "elevation", "team").state == "shown"


@given(st.integers(0, 10**6), st.integers(1, 7), st.integers(1, 5), st.integers(0, 3), st.integers(1, 3))
def test_what_is_published_is_about_enough_people_of_either_party(
    seed: int, managers: int, professionals: int, clients: int, organisations: int
) -> None:
    rows = people(
        seed, managers=managers, professionals=professionals, clients=clients, organisations=organisations
    )
    made = of(rows, by="organisatie", team="team")
    found = group_summaries(made, minimum_n=5)
    for row in found.figures:
        assert (row.state == "suppressed") == (row.mean is None) == (row.n_links is None)
        if row.n_professionals is not None and row.n_others is not None:
            assert min(row.n_professionals, row.n_others) >= 5
            assert round(row.mean or 0, 2) == (row.mean or 0)
    for one in chain_breaks(made, minimum_n=5).rows:
        assert one.n_guides is None or min(one.n_guides, one.n_guided or 0) >= 5
    for told in perceived_beside_derived(made, minimum_n=5).rows:
        assert told.n_professionals is None or min(told.n_professionals, told.n_others or 0) >= 5


def test_breaks_are_medians_per_link_and_construct() -> None:
    rows = people(8, managers=11, professionals=3, clients=2)
    made = of(rows, margin=30)
    inside = chain_breaks(made, doel="intern")
    links = flat(rows)
    for row in inside.rows:
        own = links.query("link == @row.kind")[f"difference_{row.construct.value}"]
        assert row.median == pytest.approx(own.median(), abs=1e-10)
        assert row.n_beyond == (own.abs() > 30 + 1e-9).sum()
        assert row.n_links == len(own)
    (largest,) = inside.largest
    assert abs(largest.median or 0) == max(abs(row.median or 0) for row in inside.rows)
    text = chain_breaks(made).table("en").text(120)
    assert "The largest median: " in text
    assert f"n = {largest.n_links} links" in text
    assert "For learning, not for appraisal." in text


def test_how_many_are_beyond_is_not_told_of_few() -> None:
    scores = [[5.0] * 5 if m else [1.0, 5, 5, 5, 5] for m in range(12)]
    rows = [person(f"m-{m}", None, [5] * 5) for m in range(12)]
    rows += [person(f"p-{m}", f"m-{m}", own) for m, own in enumerate(scores)]
    found = chain_breaks(of(rows, margin=10))
    first = found.rows[0]
    assert (first.construct, first.n_links, first.n_beyond) == (Construct.HOUDING, 12, None)
    assert chain_breaks(of(rows, margin=10), doel="intern").rows[0].n_beyond == 1
    assert found.rows[1].median is None  # everybody the same
    assert found.largest == ()  # the median of houding is zero


def two_waves(leave: int = 0, managers: int = 12) -> list[dict[str, Any]]:
    rows = [row | {"meting": "T0"} for row in people(9, managers=managers, professionals=2, clients=1)]
    later = [row | {"meting": "T1"} for row in people(10, managers=managers, professionals=2, clients=1)]
    gone = {f"p-{m}-0" for m in range(leave)}
    return rows + [row for row in later if row["ref"] not in gone]


def test_change_is_of_the_same_links() -> None:
    rows = two_waves(leave=3)
    found = link_change(of(rows, wave="meting"), "T0", "T1", figures=["d"], doel="intern")
    links = flat(rows, wave="meting").query("link == 'manager-professional'")
    wide = links.pivot_table(index="guided", columns="wave", values="d")
    change = (wide["T1"] - wide["T0"]).dropna()
    row = found.rows[0]
    assert (row.n_links, row.n_first_only, row.n_second_only, row.n_others) == (21, 3, 0, 12)
    assert row.mean == pytest.approx(change.mean(), abs=1e-10)
    assert row.interval is not None
    assert "The same two people at both waves" in found.table("en").text()
    back = link_change(of(rows, wave="meting"), "T1", "T0", figures=["d"], doel="intern").rows[0]
    assert back.mean == pytest.approx(-change.mean(), abs=1e-10)


def test_a_change_that_would_tell_of_those_who_left_is_not_published() -> None:
    made = link_change(of(two_waves(leave=3), wave="meting"), "T0", "T1", figures=["d"])
    assert [row.reason for row in made.rows] == ["differencing", "differencing"]
    assert "reason" not in made.to_dict()["rows"][0]
    stayed = link_change(of(two_waves(), wave="meting"), "T0", "T1", figures=["d"]).rows[0]
    assert (stayed.n_links, stayed.reason) == (24, None)


def test_waves_that_are_not_there_are_refused() -> None:
    made = of(two_waves(), wave="meting")
    for first, second, code in (("T0", "T9", "unknown-name"), ("T0", "T0", "duplicate-name")):
        with pytest.raises(InputError) as error:
            link_change(made, first, second)
        assert error.value.code == code
    with pytest.raises(InputError, match="wave="):
        link_change(of(people(1)), "T0", "T1")


def test_perceived_and_derived_go_side_by_side() -> None:
    rows = people(11, managers=12, professionals=2, clients=2)
    found = perceived_beside_derived(of(rows), doel="intern")
    links = flat(rows).query("link == 'manager-professional'").set_index("guided")
    perceived = pd.Series({row["ref"]: row.get("congruentie_begeleiding") for row in rows})
    pomp = (perceived[links.index] - 1) * 100 / 6
    likeness = 100 - links["mean_absolute_difference"]
    row = found.rows[0]
    r = stats.pearsonr(pomp, likeness)
    assert row.r == pytest.approx(r.statistic, abs=1e-10)
    told = r.confidence_interval(0.95)
    assert row.interval is not None
    assert (row.interval.low, row.interval.high) == pytest.approx((told.low, told.high), abs=1e-6)
    assert row.gap == pytest.approx((pomp - likeness).mean(), abs=1e-10)
    assert {one.derived for one in found.rows} == {"likeness", "shape", "ccc"}
    assert all(one.gap is None for one in found.rows if one.derived != "likeness")


def test_no_correlation_of_few_or_of_what_does_not_vary() -> None:
    few = perceived_beside_derived(of(people(12, managers=2, professionals=2)), doel="intern")
    assert {row.reason for row in few.rows} == {"few-people"}
    same = [
        row | ({"congruentie_begeleiding": 4.0} if row["rol"] == "professional" else {})
        for row in people(12, managers=12, professionals=2)
    ]
    row = perceived_beside_derived(of(same)).rows[0]
    assert (row.reason, row.r, row.gap) == ("no-spread", None, None)
    without = [{key: row[key] for key in ("ref", "rol", "begeleider", *FIVE)} for row in people(1)]
    with pytest.raises(InputError, match="perceived="):
        perceived_beside_derived(of(without))


def test_figures_per_professional_are_for_that_professional_alone() -> None:
    made = of(people(13, managers=1, professionals=2, clients=6))
    for eigenaar in (None, "m-0", "p-0-1", ["p-0-0"]):
        with pytest.raises(InputError) as error:
            per_professional(made, "p-0-0", eigenaar=eigenaar)
        assert "for learning, not for appraisal" in str(error.value)
        assert "p-0-0" not in str(error.value)
    with pytest.raises(InputError, match="nobody who guides clients"):
        per_professional(made, "m-0", eigenaar="m-0")
    (own,) = per_professional(made, "p-0-0", eigenaar="p-0-0")
    links = flat(people(13, managers=1, professionals=2, clients=6)).query("guide == 'p-0-0'")
    assert own.differences[Construct.KENNIS] == pytest.approx(links["difference_kennis"].mean())
    assert "om van te leren, niet om te beoordelen" in str(own).lower()
    (few,) = per_professional(of(people(13, clients=4)), "p-0-0", eigenaar="p-0-0")
    assert few.withheld
    assert not few.figures
    assert not few.differences


def test_a_sensitive_construct_is_masked_where_it_is_printed() -> None:
    rows = [row | {"belastbaarheid": float(1 + at % 5)} for at, row in enumerate(people(14, clients=6))]
    (own,) = per_professional(of(rows), "p-0-0", eigenaar="p-0-0")
    assert "•••" in str(own)
    assert "•••" in repr(own.differences)
    assert "•••" not in own.table("en").text()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_result_says_what_it_is_for(lang: Any) -> None:
    rows = two_waves()
    made = of(rows, wave="meting", margin=20)
    results: list[Any] = [
        group_summaries(made),
        chain_breaks(made),
        link_change(made, "T0", "T1"),
        perceived_beside_derived(made),
    ]
    learning = {"nl": "Om van te leren, niet om te beoordelen.", "en": "For learning, not for appraisal."}
    for found in results:
        assert learning[lang] in found.table(lang).text(200)
        assert json.loads(json.dumps(found.to_dict()))["voor"] == "leren"
        assert "m-0" not in repr(found)
    assert learning[lang] in results[0].agreement_table(lang).text(200)


def test_what_is_asked_of_groups_wrongly_is_refused() -> None:
    made = of(people(15))
    for more, code in (
        ({"figures": ["elevatoin"]}, "unknown-name"),
        ({"minimum_n": 2}, "value-out-of-range"),
        ({"doel": "wereld"}, "unknown-name"),
        ({"level": 2}, "value-out-of-range"),
    ):
        asked: Any = more
        with pytest.raises(InputError) as error:
            group_summaries(made, **asked)
        assert error.value.code == code
    assert np.isfinite(made[KINDS[0]]["elevation"]).all()
    assert LIKERT5 is SCALES["client"]


def test_breaks_name_the_largest_median_and_the_most_links_beyond_with_their_wave() -> None:
    # on houding few are far apart and most are near; on kennis all lie apart, by just more than the margin
    rows: list[dict[str, Any]] = []
    for wave in ("T0", "T1"):
        for n in range(12):
            rows.append({"ref": f"m-{n}", "rol": "manager", "houding": 5, "kennis": 5, "wave": wave})
            own = {"houding": 1 if n < 7 and wave == "T1" else 5, "kennis": 4, "begeleider": f"m-{n}"}
            rows.append({"ref": f"p-{n}", "rol": "professional", "wave": wave, **own})
    made = chains(pd.DataFrame(rows), "begeleider", schaal=LIKERT5, wave="wave", metric="pomp", margin=20)
    found = chain_breaks(made, doel="intern")
    assert [(row.wave, row.construct.value) for row in found.largest] == [("T1", "houding")]
    assert [(row.wave, row.construct.value) for row in found.most_beyond] == [
        ("T0", "kennis"),
        ("T1", "kennis"),
    ]
    text = found.table("en").text(200)
    assert "The largest median: T1, manager → professional, attitude: +100.00 (n = 12 links)." in text
    assert "Most links beyond the margin, of what is shown: T0, manager → professional, knowledge" in text
    assert ": 12 of 12." in text
    assert "Links and whole chains are added up over 2 waves." in made.table("en").text(200)


def test_intervals_on_few_managers_are_told_with_caution() -> None:
    made = of(people(3, managers=4, professionals=3, clients=2))
    found = group_summaries(made, figures=["elevation"], doel="intern")
    assert row_of(found, KINDS[1], "elevation").n_clusters == 4
    text = found.table("en").text(200)
    assert "rests on fewer than 10 groups (the fewest: 3): likely too narrow." in text
    assert "elevation: who guides minus who is guided" in text
    many = group_summaries(of(people(3, managers=11, professionals=1)), figures=["elevation"], doel="intern")
    assert "likely too narrow" not in many.table("en").text(200)


def test_when_nothing_may_be_shown_one_line_says_so() -> None:
    made = of(people(3, managers=3, professionals=3, clients=2))
    found = group_summaries(made, figures=["elevation"])
    assert found.n_suppressed == len(found.figures) > 0
    text = found.table("en").text(200)
    assert (
        "Nothing can be shown: 9 professionals, 3 managers, 18 clients; every figure is about at least 10"
        in text
    )
    assert "m-0" not in text
    assert "Nothing can be shown: 9 professionals" in chain_breaks(made).table("en").text(200)
    twice = [row | {"wave": wave} for wave in ("T0", "T1") for row in people(3, managers=3, professionals=3)]
    changes = link_change(of(twice, wave="wave"), "T0", "T1").table("en").text(200)
    assert "Nothing can be shown: 9 professionals" in changes
    assert "manager →" not in changes


def test_an_icc_below_zero_says_what_that_means() -> None:
    alike = [person("m-0", None, [5] * 5), person("m-1", None, [5] * 5)]
    spread = ([1] * 5, [7] * 5, [1] * 5, [7] * 5)
    alike += [person(f"p-{n % 2}-{n}", f"m-{n % 2}", spread[n // 2]) for n in range(4)]
    found = group_summaries(of(alike), doel="intern")
    assert any((one.icc1 or 0) < 0 for one in found.across)
    assert "ICC below zero: within teams no more agreement than by chance." in found.agreement_table(
        "en"
    ).text(200)


@pytest.mark.parametrize("wrong", [None, 5, "chains", [], {"links": 1}, pd.DataFrame({"ref": ["c-1"]})])
def test_what_is_no_chains_is_refused(wrong: Any) -> None:
    calls: list[Any] = [
        chain_breaks,
        group_summaries,
        perceived_beside_derived,
        lambda given: link_change(given, "T0", "T1"),
        lambda given: per_professional(given, "p-1", eigenaar="p-1"),
    ]
    for call in calls:
        with pytest.raises(InputError, match=r"not chains, at \$\.chains"):
            call(wrong)
