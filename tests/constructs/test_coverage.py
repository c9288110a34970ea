"""What is asked of whom, and of what figures are published."""

from __future__ import annotations

import json

import pytest

from igm.constructs.coverage import coverage
from igm.constructs.item import Role
from igm.constructs.model import DETERMINANTS, Construct
from igm.constructs.vragenlijst import shipped_vragenlijsten
from igm.errors import InputError, UnknownNameError


def test_every_construct_meets_every_role_once() -> None:
    pairs = [(cell.construct, cell.role) for cell in coverage().cells]
    assert len(pairs) == len(set(pairs)) == len(Construct) * len(Role)


def test_the_counts_are_those_of_the_questionnaires() -> None:
    total = sum(len(lijst) for lijst in shipped_vragenlijsten())
    assert sum(cell.n_items for cell in coverage().cells) == total
    assert coverage().cell("attitude", "client").n_items == 4
    assert coverage().cell(Construct.GEDRAG, Role.PROFESSIONAL).n_items == 0


def test_figures_are_published_of_clients_and_professionals_only() -> None:
    published = {
        role: {cell.construct for cell in coverage().cells if cell.published and cell.role is role}
        for role in Role
    }
    assert published[Role.MANAGER] == set()
    assert set(DETERMINANTS) < published[Role.CLIENT]
    assert set(DETERMINANTS) < published[Role.PROFESSIONAL]
    assert (len(published[Role.CLIENT]), len(published[Role.PROFESSIONAL])) == (15, 13)


def test_what_has_published_figures_is_asked() -> None:
    assert all(cell.n_items for cell in coverage().cells if cell.published)


def test_a_cell_is_found_by_any_name_and_unknown_names_are_refused() -> None:
    assert coverage().cell("sociale norm", "manager").n_items > 0
    with pytest.raises(UnknownNameError):
        coverage().cell("huoding", "client")
    with pytest.raises(InputError, match="Did you mean 'client'"):
        coverage().cell("houding", "clientt")


def test_it_shows_itself() -> None:
    matrix = coverage()
    assert repr(matrix) == "CoverageMatrix(24 constructs, 3 roles, 37 cells asked, 28 with published figures)"
    table = matrix.table()
    assert len(table.rows) == len(Construct)
    assert ("houding", "willen", "4 *", "4 *", "4") in table.rows
    assert ("doel", "doel", None, None, None) in table.rows
    assert "Knelange" in str(matrix)
    assert "*: the source publishes figures" in matrix.table("en").text(200)
    assert matrix._repr_html_().startswith("<table>")


def test_it_is_ready_for_json() -> None:
    data = json.loads(json.dumps(coverage().to_dict()))
    assert {"construct": "houding", "role": "manager", "n_items": 4, "published": False} in data["cells"]
    assert data["source"]
