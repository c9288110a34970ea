"""What is published of groups tells about no person, also by subtraction."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import igm
from igm.disclosure import GroupTable, publishable, small_differences
from igm.errors import InputError


def row(n: Any, mean: float | None = 3.47, sd: float | None = 0.91, **key: Any) -> dict[str, Any]:
    return {**key, "n": n, "mean": mean, "sd": sd}


def states(table: GroupTable) -> list[str]:
    return [cell.state for cell in table.cells]


def test_few_people_are_left_out_and_their_figures_are_nowhere() -> None:
    table = publishable([row(9, 4.56, wave="T0"), row(10, wave="T1")], by="wave")
    assert states(table) == ["suppressed", "shown"]
    assert "4.56" not in repr(table.to_dict()) + str(table) + table._repr_html_() + repr(table.cells[0])
    assert table.cells[0].reason == "few-people"
    assert "reason" not in table.cells[0].to_dict()


def test_inside_everything_stands_unless_asked_otherwise() -> None:
    rows = [row(1, 4.0, None, wave="T0"), row(3, 4.0, 0.0, wave="T1")]
    assert states(publishable(rows, by="wave", doel="intern")) == ["shown", "shown"]
    assert states(publishable(rows, by="wave", doel="intern", minimum_n=2)) == ["suppressed", "shown"]


def test_all_the_same_answer_is_not_told_and_looks_as_any_other() -> None:
    table = publishable([row(40, 5.0, 0.0, wave="T0"), row(3, wave="T1")], by="wave")
    assert states(table) == ["suppressed", "suppressed"]
    lines = table.table("en").text().splitlines()
    assert lines[2].split()[1:] == lines[3].split()[1:] == ["–", "–", "–"]


def test_figures_that_few_sets_fit_are_told_with_less() -> None:
    # nine fives and a four: near the end of the scale one decimal tells as much
    few = publishable([row(10, 4.9, 0.32, wave="T0")], by="wave", schaal=igm.LIKERT5)
    assert states(few) == ["suppressed"]
    rounded = publishable([row(10, 2.9, 1.52, wave="T0")], by="wave", schaal=igm.LIKERT5)
    assert states(rounded) == ["rounded"]
    assert (rounded.cells[0].mean, rounded.cells[0].sd, rounded.cells[0].n) == (2.9, None, 10)
    assert "één decimaal" in str(rounded)
    assert states(publishable([row(10, 4.2, 0.42, wave="T0")], by="wave")) == ["shown"]


def test_what_was_not_checked_is_said() -> None:
    assert publishable([row(12, wave="T0")], by="wave").unchecked == 1
    assert "not checked" in publishable([row(12, wave="T0")], by="wave").table("en").text()
    # no whole answers of all twelve have this mean
    assert publishable([row(12, 3.47, wave="T0")], by="wave", schaal=igm.LIKERT5).unchecked == 1
    assert publishable([row(30, 3.47, 0.9, wave="T0")], by="wave", schaal=igm.LIKERT5, items=2).unchecked == 0


def test_one_left_out_of_a_total_takes_another_with_it() -> None:
    rows = [row(24, plaats="n"), row(6, plaats="z"), row(31, plaats="w"), row(61, plaats="totaal")]
    assert states(publishable(rows, by="plaats")) == ["suppressed", "suppressed", "shown", "shown"]


def test_two_left_out_that_are_few_together_take_a_third() -> None:
    rows = [
        row(4, plaats="n"),
        row(5, plaats="z"),
        row(31, plaats="w"),
        row(40, plaats="o"),
        row(80, plaats="totaal"),
    ]
    assert states(publishable(rows, by="plaats")) == ["suppressed"] * 3 + ["shown"] * 2


def test_a_total_goes_when_nothing_else_is_left() -> None:
    rows = [row(4, plaats="n"), row(12, plaats="totaal")]
    assert states(publishable(rows, by="plaats")) == ["suppressed", "suppressed"]


def test_totals_over_rows_and_columns_are_closed_together() -> None:
    rows = [row(20 if (p, r) != ("n", "c") else 5, plaats=p, rol=r) for p in "nzw" for r in "cpm"]
    rows += [row(60, plaats="totaal", rol=r) for r in "cpm"] + [
        row(60, plaats=p, rol="totaal") for p in "nzw"
    ]
    table = publishable(rows, by=["plaats", "rol"])
    hidden = {tuple(cell.key.values()) for cell in table.cells if cell.state == "suppressed"}
    for plaats in "nzw":
        assert len([one for one in hidden if one[0] == plaats]) != 1
    for rol in "cpm":
        assert len([one for one in hidden if one[1] == rol]) != 1


def test_a_total_is_known_however_it_is_written() -> None:
    rows = [row(24, plaats="n"), row(6, plaats="z"), row(31, plaats="w"), row(61, plaats=" Totaal")]
    assert states(publishable(rows, by="plaats")) == ["suppressed", "suppressed", "shown", "shown"]


def test_few_people_in_none_of_the_groups_of_a_total_are_not_found() -> None:
    rows = [row(14, plaats="n"), row(15, plaats="z"), row(30, plaats="totaal")]
    assert states(publishable(rows, by="plaats")) == ["suppressed", "suppressed", "shown"]


def grid(sizes: list[list[int]]) -> list[dict[str, Any]]:
    """Groups by place and role, with all totals."""
    rows = [row(n, plaats=str(p), rol=str(r)) for p, part in enumerate(sizes) for r, n in enumerate(part)]
    rows += [row(sum(part), plaats=str(p), rol="totaal") for p, part in enumerate(sizes)]
    rows += [row(sum(part), plaats="totaal", rol=str(r)) for r, part in enumerate(zip(*sizes, strict=True))]
    return [*rows, row(sum(map(sum, sizes)), plaats="totaal", rol="totaal")]


def given_away(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """The groups left out whose number follows from all that is told, by adding and subtracting."""
    table = publishable(rows, by=["plaats", "rol"])
    keys = [tuple(cell.key.values()) for cell in table.cells]
    hidden = [place for place, cell in enumerate(table.cells) if cell.state == "suppressed"]
    sums = []
    for whole, key in enumerate(keys):
        for column in (0, 1):
            if key[column] == "totaal":
                parts = [one[column] != "totaal" and one[1 - column] == key[1 - column] for one in keys]
                sums.append([part - (place == whole) for place, part in enumerate(parts)])
    found = np.array(sums, dtype=float)[:, hidden]
    rank = np.linalg.matrix_rank
    whole_rank = rank(found) if hidden else 0
    return [
        keys[place]
        for column, place in enumerate(hidden)
        if rank(np.vstack([found, np.eye(len(hidden))[column]])) == whole_rank
    ]


def test_a_total_left_out_cannot_be_added_up_again() -> None:
    assert given_away(grid([[12, 15], [20, 12], [9, 30], [3, 6]])) == []


def test_all_totals_together_give_nobody_away() -> None:
    assert given_away(grid([[30, 6, 30, 12], [30, 15, 20, 6], [6, 30, 15, 20], [12, 12, 15, 6]])) == []


@given(st.lists(st.lists(st.sampled_from([3, 6, 9, 12, 20]), min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_table_gives_a_group_away(sizes: list[list[int]]) -> None:
    assert given_away(grid(sizes)) == []


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6))
def test_nobody_is_found_by_subtraction(sizes: list[int]) -> None:
    rows = [row(n, plaats=str(place)) for place, n in enumerate(sizes)]
    table = publishable([*rows, row(sum(sizes), plaats="totaal")], by="plaats")
    *parts, whole = table.cells
    gone = [n for n, cell in zip(sizes, parts, strict=True) if cell.state == "suppressed"]
    if whole.state == "shown" and gone:
        assert len(gone) >= 2
        assert sum(gone) >= 10
    assert all(cell.n is None or cell.n >= 10 for cell in table.cells)


def test_people_are_counted_and_not_rows_and_the_smaller_side_counts() -> None:
    rows = [{"wave": "T0", "refs": ["a"] * 30, "mean": 3.0, "sd": 1.0}]
    assert states(publishable(rows, by="wave", people="refs")) == ["suppressed"]
    dyads = [{"wave": "T0", "clients": 40, "managers": 1, "mean": 3.0, "sd": 1.0}]
    assert states(publishable(dyads, by="wave", n=["clients", "managers"])) == ["suppressed"]


def test_two_waves_that_differ_by_one_person_are_not_both_told() -> None:
    everyone = [f"c-{number}" for number in range(20)]
    rows = [
        {"wave": "T0", "refs": everyone, "mean": 3.0, "sd": 1.0},
        {"wave": "T2", "refs": everyone[:19], "mean": 3.2, "sd": 1.0},
        {"wave": "T3", "refs": [f"d-{number}" for number in range(20)], "mean": 3.2, "sd": 1.0},
    ]
    table = publishable(rows, by="wave", people="refs")
    assert states(table) == ["shown", "suppressed", "shown"]
    assert table.cells[1].reason == "differencing"


def test_small_differences_name_nobody() -> None:
    everyone = [f"c-{number}" for number in range(30)]
    found = small_differences({"T0": everyone, "T2": everyone[:18], "T3": everyone[15:]})
    # T0 lacks nobody of the others; whom T2 and T3 lack are many
    assert found == ()
    found = small_differences({"T0": everyone, "T2": everyone[3:]})
    assert [(one.group, one.other, one.only, one.both) for one in found] == [("T0", "T2", 3, 27)]
    assert "c-1" not in repr(found)


@pytest.mark.parametrize(
    ("rows", "options", "code"),
    [
        ([], {}, "missing-field"),
        ([{"wave": "T0"}], {}, "missing-field"),
        ([row(12, wave="T0"), row(12, wave="T0")], {}, "duplicate-name"),
        ([row(-1, wave="T0")], {}, "value-out-of-range"),
        ([row("twaalf", wave="T0")], {}, "not-a-number"),
        ([row("1.000", wave="T0")], {}, "not-a-number"),
        ([row(12, 3.0, -1.0, wave="T0")], {}, "value-out-of-range"),
        ([row(12, wave=["T0"])], {}, "invalid-value"),
        ([{**row(12, wave="T0"), "refs": [float("nan")] * 20}], {"people": "refs"}, "invalid-value"),
        ([{**row(12, wave="T0"), "refs": [None] * 20}], {"people": "refs"}, "invalid-value"),
        ([{**row(12, wave="T0"), "refs": [["c-1"]]}], {"people": "refs"}, "invalid-value"),
        (5, {}, "invalid-value"),
        ([row(12, wave="T0")], {"n": []}, "invalid-value"),
        ([row(12, wave="T0")], {"decimals": "x"}, "not-a-number"),
        ([row(12, wave="T0")], {"schaal": 5}, "invalid-value"),
        ([row(12, wave="T0")], {"total": None}, "invalid-value"),
        ([row(12, float("nan"), wave="T0")], {}, "not-a-number"),
        (["T0"], {}, "invalid-value"),
        ([row(12, wave="T0")], {"minimum_n": 3}, "value-out-of-range"),
        ([{**row(12, wave="T0"), "refs": "abc"}], {"people": "refs"}, "invalid-value"),
    ],
)
def test_tables_that_cannot_be_read_are_refused(rows: Any, options: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError) as caught:
        publishable(rows, by="wave", **options)
    assert caught.value.code == code


def test_a_group_that_is_no_collection_is_refused() -> None:
    with pytest.raises(InputError):
        small_differences({"T0": "abc"})


def test_waves_are_looked_at_apart_only_where_they_are_named() -> None:
    rows = [row(12, wave="T0", people=range(12)), row(11, wave="T1", people=range(11))]
    assert states(publishable(rows, by="wave", people="people")) == ["shown", "suppressed"]
    assert states(publishable(rows, by="wave", people="people", wave="wave")) == ["shown", "shown"]
    rows[1]["wave"] = "Totaal"
    assert states(publishable(rows, by="wave", people="people", wave="wave")) == ["suppressed", "suppressed"]
    with pytest.raises(InputError) as caught:
        publishable(rows, by="wave", people="people", wave="wav")
    assert caught.value.problems[0].where == "$.wave"


def test_a_mean_off_its_scale_is_refused() -> None:
    rows = [{"g": "a", "n": 24, "mean": 9, "sd": 0.8}, {"g": "b", "n": 24, "mean": "0,5", "sd": 0.8}]
    with pytest.raises(InputError) as caught:
        publishable(rows, by="g", schaal=igm.LIKERT5)
    assert [problem.where for problem in caught.value.problems] == ["$[0].mean", "$[1].mean"]
