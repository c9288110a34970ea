"""A value holds for so many days; after that it is unknown, and that is told everywhere."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from tests.decision.strategies import PEILDATUM, Route, small, yes_no
from tests.steps import steps

import igm
from igm.constructs import Client, Kenmerk
from igm.decision import Afweging, Fact, Gegeven, feit, known
from igm.decision.fact_checks import LONGEST
from igm.errors import MASK, InputError, KaderError

RUST = Fact.ja_nee("rust", label="er is rust", houdbaar_dagen=30)
TREND = Fact.trend(
    "zorg_trend", label="verloop van de zorg", geldt_als="zorg", gevoelig=True, houdbaar_dagen=30
)
KADER = small(
    [RUST, *yes_no("zorg"), TREND, Fact.getal("uren", label="uren", eenheid="uur", minimum=0, maximum=40)],
    [(feit.ja_nee("rust"), "midden"), (feit.trend("zorg_trend").is_worsened(), "laag")],
)


def ago(days: int, value: Any = True, **more: Any) -> dict[str, Any]:
    return {"waarde": value, "datum": PEILDATUM - timedelta(days=days), **more}


def problems(**facts: Any) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        KADER.casus({"peildatum": PEILDATUM, **facts})
    return [(problem.code, problem.where) for problem in caught.value.problems]


@pytest.mark.parametrize("days", [0, -1, 1.5, True, "30", LONGEST + 1])
def test_a_value_holds_a_whole_number_of_days(days: Any) -> None:
    with pytest.raises(KaderError) as caught:
        Fact.ja_nee("a", label="a", houdbaar_dagen=days)
    assert caught.value.code == "kader-invalid"
    Fact.ja_nee("a", label="a", houdbaar_dagen=LONGEST)


def test_what_is_no_when_nothing_is_reported_does_not_expire() -> None:
    with pytest.raises(KaderError, match="does not expire"):
        Fact.ja_nee("a", label="a", zonder_melding=False, houdbaar_dagen=3)


@pytest.mark.parametrize(("days", "counts"), [(0, True), (29, True), (30, True), (31, False), (4000, False)])
@pytest.mark.parametrize("value", [True, False])
def test_on_its_last_day_a_value_still_counts(days: int, counts: bool, value: bool) -> None:
    casus = KADER.casus(rust=ago(days, value), peildatum=PEILDATUM, zorg=False)
    assert casus.values.get("rust") is (value if counts else None)
    assert dict(casus.verlopen) == ({} if counts else {"rust": PEILDATUM - timedelta(days=days)})
    advice = KADER.evaluate(casus)
    assert [entry.feit for entry in advice.ontbreekt] == ([] if counts else ["rust"])
    assert advice.advies is (Route("midden" if value else "hoog") if counts else Route("vraag"))


def test_an_expired_value_is_told_everywhere_and_its_value_nowhere() -> None:
    advice = KADER.evaluate(KADER.casus(rust=ago(31, door="km-12"), peildatum=PEILDATUM, zorg=False))
    (entry,) = advice.verlopen
    said = "verlopen: gemeten op 2024-01-30, langer dan 30 dagen geleden"
    assert entry.reden == said
    assert f"er is rust: {said}" in str(advice)
    assert said in advice.explain()
    assert "er is rust (van 2024-01-30)" in advice.explain(voor="client")
    stored = json.loads(json.dumps(advice.to_dict()))
    assert stored["verlopen"] == [
        {"feit": "rust", "label": "er is rust", "datum": "2024-01-30", "houdbaar_dagen": 30, "onthult": False}
    ]
    assert Afweging.from_dict(stored) == advice
    assert all(use["name"] != "rust" for use in stored["feiten"])
    del stored["verlopen"]  # an advice that was stored without it
    assert Afweging.from_dict(stored).verlopen == ()


def test_that_a_sensitive_course_expired_is_masked_because_it_tells_what_it_hangs_on() -> None:
    casus = KADER.casus(zorg_trend=ago(31, "verergerd"), rust=ago(1, value=False), peildatum=PEILDATUM)
    advice = KADER.evaluate(casus)
    assert "verloop van de zorg: verlopen" not in str(advice)
    assert "verlopen: 1 feit (over gevoelige gegevens" in str(advice)
    assert "verloop van de zorg: verlopen" in advice.explain()


def test_a_value_without_its_day_or_of_tomorrow_is_refused() -> None:
    assert problems(rust=True) == [("missing-field", "$.rust")]
    assert problems(rust={"waarde": True}) == [("missing-field", "$.rust.datum")]
    assert problems(rust=Gegeven(waarde=True)) == [("missing-field", "$.rust.datum")]
    assert problems(rust=ago(-1)) == [("fact-bounds", "$.rust.datum")]
    assert problems(rust=ago(-1), zorg_trend="stabiel", uren=41) == [
        ("fact-bounds", "$.rust.datum"),
        ("missing-field", "$.zorg_trend"),
        ("fact-bounds", "$.uren"),
    ]


def test_the_day_is_asked_for_even_when_no_condition_reads_a_date() -> None:
    with pytest.raises(InputError) as caught:
        KADER.casus(uren=3)
    assert caught.value.code == "peildatum-missing"
    assert not KADER.reads_dates
    assert KADER.needs_peildatum


def test_why_a_value_is_missing_needs_no_day_and_does_not_expire() -> None:
    casus = KADER.casus(rust="geweigerd", zorg_trend=None, peildatum=PEILDATUM)
    assert casus.missing["rust"].value == "geweigerd"
    assert not KADER.evaluate(casus).ontbreekt[0].opnieuw_vragen
    assert not casus.verlopen


def test_a_case_with_an_expired_value_comes_back_from_json() -> None:
    casus = KADER.casus(
        rust=ago(31), zorg=True, zorg_trend=ago(3, "stabiel", bron="klant"), peildatum=PEILDATUM
    )
    stored = json.loads(json.dumps(casus.to_dict()))
    assert KADER.casus(stored) == casus
    received = KADER.casus_model.model_validate_json(json.dumps(stored))
    assert KADER.casus(received) == casus
    # and is weighed again on a day on which more of it has expired
    assert set(KADER.casus({**stored, "peildatum": "2025-03-01"}).verlopen) == {"rust", "zorg_trend"}


def test_what_a_client_brings_has_its_own_day() -> None:
    noted = Kenmerk(aanwezig=True, datum=PEILDATUM - timedelta(days=40))
    client = Client(ref="c-1", kenmerken={"rust": noted, "zorg": True})
    assert set(KADER.casus(client, peildatum=PEILDATUM).verlopen) == {"rust"}
    with pytest.raises(InputError) as caught:
        KADER.casus(Client(ref="c-1", kenmerken={"rust": True}), peildatum=PEILDATUM)
    assert caught.value.problems[0].where == "$.kenmerken.rust.datum"


def test_known_is_false_of_what_has_expired() -> None:
    kader = small([RUST], [(~known(feit.ja_nee("rust")), "laag")])
    casus = kader.casus(rust=ago(31), peildatum=PEILDATUM)
    assert kader.evaluate(casus, beleid="cautious").advies is Route("laag")


def test_what_hangs_on_an_expired_no_may_apply_again() -> None:
    base = Fact.ja_nee("zorg", label="zorg", houdbaar_dagen=30)
    course = Fact.trend("t", label="t", geldt_als="zorg")
    kader = small([base, course], [(feit.trend("t").is_worsened(), "laag")])
    fresh, old = (kader.casus(zorg=ago(days, value=False), peildatum=PEILDATUM) for days in (1, 31))
    assert kader.evaluate(fresh).advies is Route("hoog")
    assert kader.evaluate(old).advies is Route("vraag")


def test_changes_and_verification_do_not_ask_for_days() -> None:
    advice = KADER.evaluate(KADER.casus(rust=ago(3), zorg=False, peildatum=PEILDATUM))
    assert advice.tegenfeitelijk().sets
    assert KADER.verify().exact
    changed = KADER.casus(rust=ago(31), peildatum=PEILDATUM).with_facts({"rust": False, "uren": 3}, KADER)
    assert changed.values["rust"] is False
    assert not changed.verlopen


# many cases


def many(columns: dict[str, Any], **more: Any) -> Any:
    return KADER.evaluate_many({"peildatum": PEILDATUM, **columns}, **more)


def many_problems(columns: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        many(columns, **more)
    return [(problem.code, problem.where) for problem in caught.value.problems]


OLD, NEW, LATE = (PEILDATUM - timedelta(days=days) for days in (31, 30, -1))


def test_days_are_asked_for_by_name_and_counted_by_row() -> None:
    assert many_problems({"rust": [True, False]}) == [("missing-field", "$.datums.rust")]
    assert many_problems({"rust": [True, False]}, datums={"rust": [NEW]}) == [
        ("shape-mismatch", "$.datums.rust")
    ]
    assert many_problems({"rust": [True]}, datums={"rust": [NEW], "rsut": [NEW], "uren": [NEW]}) == [
        ("unknown-fact", "$.datums.rsut"),
        ("invalid-value", "$.datums.uren"),
    ]
    assert many_problems({"rust": [True]}, datums=[NEW]) == [("invalid-value", "$.datums")]
    found = many_problems(
        {"rust": [True] * 6 + [None]}, datums={"rust": [NEW, None, LATE, None, None, OLD, None]}
    )
    assert found == [
        ("missing-field", "$.datums.rust[1]"),
        ("fact-bounds", "$.datums.rust[2]"),
        ("missing-field", "$.datums.rust[3]"),
        ("missing-field", "$.datums.rust"),
    ]


def test_every_day_is_read_once_however_many_values_it_has() -> None:
    n = 10**4
    data = {"rust": np.ones(n, dtype=bool), "peildatum": PEILDATUM}
    days = [NEW, OLD] * (n // 2)
    KADER.evaluate_many(data, datums={"rust": days})
    assert steps(lambda: KADER.evaluate_many(data, datums={"rust": days})) < 2 * n


def test_a_day_that_no_calendar_has_is_named_by_its_row() -> None:
    days = np.array([NEW, "20000-01-01", "-0044-03-15"], dtype="datetime64[D]")
    assert many_problems({"rust": [True] * 3}, datums={"rust": days}) == [
        ("fact-kind", "$.datums.rust[1]"),
        ("fact-kind", "$.datums.rust[2]"),
    ]


def test_what_stands_in_the_place_of_a_day_is_masked_where_the_fact_is_sensitive() -> None:
    secret = Fact.getal(
        "uren", label="uren", eenheid="uur", minimum=0, maximum=80, houdbaar_dagen=30, gevoelig=True
    )
    kader = small([secret], [(feit.getal("uren") > 3, "laag")])
    with pytest.raises(InputError) as caught:
        kader.evaluate_many({"uren": [37], "peildatum": PEILDATUM}, datums={"uren": [37]})
    assert [problem.given for problem in caught.value.problems] == [MASK]


@pytest.mark.parametrize(
    "days", [[NEW, "gisteren"], [NEW, 3], [NEW, np.datetime64("2024-01-01T10:00")], [NEW, True]], ids=str
)
def test_what_is_no_day_is_named_by_its_row(days: list[Any]) -> None:
    column = np.array(days, dtype=object)
    assert many_problems({"rust": [True, True]}, datums={"rust": column}) == [
        ("fact-kind", "$.datums.rust[1]")
    ]


def test_a_late_day_far_down_is_named_and_all_are_counted() -> None:
    n, row = 300_000, 280_001  # in the second stretch that is read
    days = np.full(n, np.datetime64(NEW), dtype="datetime64[D]")
    days[row] = np.datetime64(LATE)
    assert many_problems({"rust": np.ones(n, dtype=bool)}, datums={"rust": days}) == [
        ("fact-bounds", f"$.datums.rust[{row}]")
    ]
    days[row] = np.datetime64(OLD)
    cohort = many({"rust": np.ones(n, dtype=bool)}, datums={"rust": days})
    assert dict(cohort.verlopen) == {"rust": 1}
    assert cohort.to_dict()["verlopen"] == {"rust": 1}
    assert "verlopen, er is rust: 1" in str(cohort)
    assert np.flatnonzero(cohort.codes != cohort.codes[0]).tolist() == [row]


def test_masked_days_are_no_days() -> None:
    days = np.ma.MaskedArray(np.array([NEW, NEW], dtype="datetime64[D]"), mask=[False, True])
    assert many_problems({"rust": [True, True]}, datums={"rust": days}) == [
        ("missing-field", "$.datums.rust[1]")
    ]
    assert many({"rust": [True, None]}, datums={"rust": days}).n == 2


def test_a_change_to_all_counts_from_today() -> None:
    table = KADER.what_if({"rust": [True], "peildatum": PEILDATUM}, {"rust": False}, datums={"rust": [OLD]})
    assert table.notes[-1] == "0 van 1 krijgen een ander advies"
    assert igm.kader("leiden-2021").needs_peildatum is False


def test_a_day_in_the_future_is_refused_and_never_thought_of() -> None:
    day = Fact.datum("d", label="start", toekomst=False, minimum=date(2000, 1, 1))
    kader = small([day], [(feit.datum("d") > PEILDATUM, "laag")])
    with pytest.raises(InputError) as caught:
        kader.casus(d=LATE, peildatum=PEILDATUM)
    assert [(p.code, p.where) for p in caught.value.problems] == [("fact-bounds", "$.d")]
    # no day after the reference date is a completion: the advice is sure
    advice = kader.evaluate(kader.casus(peildatum=PEILDATUM))
    assert (advice.advies, advice.ontbreekt) == (Route("hoog"), ())
    kader.casus(d=PEILDATUM, peildatum=PEILDATUM)
    with pytest.raises(InputError) as caught:
        kader.casus(peildatum=date(1999, 12, 31))
    assert [(p.code, p.where) for p in caught.value.problems] == [("fact-bounds", "$.peildatum")]
    with pytest.raises(InputError, match="not after the peildatum"):
        kader.verify(peildatum=date(1999, 12, 31))


@pytest.mark.parametrize("kind", ["datetime64[D]", object])
def test_days_in_the_future_are_named_by_row_and_column_and_counted(kind: Any) -> None:
    kader = small([Fact.datum("d", label="start", toekomst=False)], [(feit.datum("d").years() > 3, "laag")])
    days = np.full(20, NEW, dtype=kind)
    days[5:10] = LATE
    with pytest.raises(InputError) as caught:
        kader.evaluate_many({"d": days, "peildatum": PEILDATUM})
    assert [(p.code, p.where) for p in caught.value.problems] == [
        ("fact-bounds", "$.d[5]"),
        ("fact-bounds", "$.d[6]"),
        ("fact-bounds", "$.d[7]"),
        ("fact-bounds", "$.d"),
    ]
    assert "5 values" in str(caught.value)


def test_only_a_date_can_lie_in_the_future() -> None:
    with pytest.raises(KaderError):
        Fact(name="a", kind="ja_nee", label="a", toekomst=False)
    with pytest.raises(KaderError):
        Fact.datum("a", label="a", toekomst="nee")  # type: ignore[arg-type]
