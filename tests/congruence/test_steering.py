"""Steering and self-regulation: the nine cells, their source, and levels under any name that they have."""

from __future__ import annotations

import itertools

import pytest

from igm.congruence import Fit, FitDirection, Sturing, Zelfsturing, fit_table
from igm.congruence.steering import Cell, cells, content, meaning
from igm.errors import InputError

# as the adapted reproduction prints them: rows high, intermediate, low; columns strong, shared, loose
PUBLISHED = {
    Zelfsturing.HOOG: "destructieve_frictie destructieve_frictie congruent",
    Zelfsturing.MIDDEN: "destructieve_frictie congruent constructieve_frictie",
    Zelfsturing.LAAG: "congruent constructieve_frictie destructieve_frictie",
}
COLUMNS = (Sturing.STERK, Sturing.GEDEELD, Sturing.LOS)


def test_the_nine_cells_are_those_of_the_cited_table() -> None:
    assert set(cells()) == set(itertools.product(Sturing, Zelfsturing))
    for zelfsturing, row in PUBLISHED.items():
        assert [cells()[sturing, zelfsturing].fit.value for sturing in COLUMNS] == row.split()


@pytest.mark.parametrize("cell", cells().values(), ids=lambda cell: f"{cell.sturing}-{cell.zelfsturing}")
def test_the_direction_of_a_cell_follows_from_both_levels(cell: Cell) -> None:
    # full steering fits no self-regulation, and the other way round
    asked = len(Zelfsturing) - 1 - tuple(Zelfsturing).index(cell.zelfsturing)
    steps = tuple(Sturing).index(cell.sturing) - asked
    direction = (
        FitDirection.PASSEND if steps == 0 else FitDirection.MEER if steps > 0 else FitDirection.MINDER
    )
    assert cell.direction is direction
    assert (cell.fit is Fit.CONGRUENT) == (steps == 0)
    # only one step less is thought to challenge
    assert (cell.fit is Fit.CONSTRUCTIEVE_FRICTIE) == (steps == -1)


def test_the_table_says_that_it_was_not_verified_and_why() -> None:
    assert content()["verified"] is False
    for lang, said in (
        ("nl", "Niet geverifieerd in het artikel zelf"),
        ("en", "Not verified in the paper itself"),
    ):
        text = " ".join(fit_table(lang).text(2000).split())  # type: ignore[arg-type]
        assert said in text
        assert "Vermunt, J. D., & Verloop, N. (1999)" in text
        assert "9(3), 257–280" in text
        assert "Higher Education Teaching and Learning Guide" in text


def test_the_table_shows_every_cell_with_its_direction() -> None:
    table = fit_table("en")
    assert [column.header for column in table.columns][1:] == ["strong", "shared", "loose"]
    for row, level in zip(table.rows, (Zelfsturing.HOOG, Zelfsturing.MIDDEN, Zelfsturing.LAAG), strict=True):
        assert row[0] == f"{level.label('en')} ({level.rotterdam('en')})"
        for told, sturing in zip(row[1:], COLUMNS, strict=True):
            cell = cells()[sturing, level]
            assert told == f"{cell.fit.label('en')}: {cell.direction.label('en')}"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_destructive_never_stands_without_saying_that_it_is_about_the_combination(lang: str) -> None:
    about = content()["combination"][lang]
    assert about in fit_table(lang).notes  # type: ignore[arg-type]
    for cell in cells().values():
        told = meaning(cell.fit, cell.direction, lang)  # type: ignore[arg-type]
        assert told
        assert (about in told) == (cell.fit is Fit.DESTRUCTIEVE_FRICTIE)


def test_rotterdams_names_belong_to_levels() -> None:
    assert [one.rotterdam() for one in Zelfsturing] == ["toetser", "co-producent", "regievoerder"]


def test_another_language_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        fit_table("de")  # type: ignore[arg-type]
    assert caught.value.code == "unknown-name"
