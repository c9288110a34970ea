"""The codebook names every column of scored data, and its formulas compute our scores."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boundary.fhir_strategies import afnames, lijsten

import igm
from igm.boundary import codebook
from igm.constructs import Missing, Waarde
from igm.constructs.vragenlijst import shipped_vragenlijsten
from igm.errors import InputError

LIJST = igm.vragenlijst("client-participatie")
PLAIN = {"id", "version", "licentie", "bron", "status"}


def guarded(text: str) -> str:
    """A text as it stands in CSV: a spreadsheet computes none."""
    return f"'{text}" if text[0] in "=+-@\t\r\n" else text


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_spreadsheet_computes_no_text_of_a_codebook(start: str) -> None:
    data = LIJST.model_dump(mode="json")
    text = f'{start}HYPERLINK("x";"klik") | een\ntwee'
    data |= {"bron": text, "items": [data["items"][0] | {"nl": text, "facet": text}]}
    data["schaal"] |= {"minimum": -2, "maximum": 2, "anchors": {"-2": "oneens"}}
    book = codebook(igm.Vragenlijst.model_validate(data | {"anchors_en": {}}))
    row = next(csv.DictReader(io.StringIO(book.csv(sep=";"), newline=""), delimiter=";"))
    assert (row["text_nl"], row["facet"], row["source"]) == (f"'{text}",) * 3
    assert (row["minimum"], row["anchors_nl"]) == ("-2", "'-2 = oneens")  # a number stays one
    assert book.rows()[0]["text_nl"] == text
    assert all(line.count(" | ") == 5 for line in book.items().markdown().splitlines() if "HYPER" in line)


@given(lijsten(), st.sampled_from([",", ";", "\t"]))
def test_csv_holds_every_column_of_any_questionnaire(lijst: igm.Vragenlijst, sep: str) -> None:
    book = codebook(lijst)
    read = list(csv.DictReader(io.StringIO(book.csv(sep=sep), newline=""), delimiter=sep))
    expected = [item.id for item in lijst.items]
    for key in lijst.constructs:
        expected += [key.value, f"{key.value}_n"]
    assert [row["column"] for row in read] == [guarded(name) for name in expected]
    assert [row["text_nl"] for row in read][: len(lijst)] == [guarded(item.nl) for item in lijst.items]
    assert [row["reversed"] == "yes" for row in read][: len(lijst)] == [item.reversed for item in lijst.items]
    assert {row["version"] for row in read} == {guarded(lijst.version)}


@pytest.mark.parametrize("lijst", shipped_vragenlijsten(), ids=lambda lijst: lijst.id)
@pytest.mark.parametrize("rule", ["half", "all", 1])
def test_formulas_are_those_of_the_scores(lijst: igm.Vragenlijst, rule: Any) -> None:
    answers = {item.id: 1 + place % 4 for place, item in enumerate(lijst.items) if place % 3}
    profiel = igm.score(answers, lijst, min_valid=rule)
    for row in codebook(lijst, min_valid=rule).rows():
        if row["kind"] != "score":
            continue
        found = re.fullmatch(r"mean of (.*); at least (\d+) of (\d+) answered", str(row["formula"]))
        assert found is not None
        values: list[int] = []
        for term in found[1].split(", "):
            ends, minus, name = term.rpartition(" - ")
            if name in answers:
                values.append(int(ends) - answers[name] if minus else answers[name])
        waarde = profiel.waarden[igm.construct(str(row["construct"]))]
        expected = sum(values) / len(values) if len(values) >= int(found[2]) else None
        assert (waarde.score if isinstance(waarde, Waarde) else None) == expected


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_markdown_holds_items_scores_and_where_it_comes_from(lang: Any) -> None:
    text = html.unescape(codebook(LIJST).markdown(lang))
    for item in LIJST.items:
        assert item.nl in text
        assert item.en in text
    for field in PLAIN:
        assert getattr(LIJST, field) in text
    for kind in Missing:
        assert kind.value in text
    assert "6 - houding_4" in text
    assert LIJST.gedrag.text(lang) in text


def test_a_codebook_is_plain_data_too() -> None:
    data = codebook(LIJST).to_dict()
    assert json.loads(json.dumps(data)) == data
    assert len(data["columns"]) == len(LIJST) + 2 * len(LIJST.constructs)


@given(st.data())
def test_bounds_of_a_column_hold_its_values(data: st.DataObject) -> None:
    lijst = data.draw(lijsten())
    profiel = igm.score(data.draw(afnames(lijst)), lijst)
    rows = {row["column"]: row for row in codebook(lijst).rows() if row["kind"] != "item"}
    for key, waarde in profiel.waarden.items():
        if isinstance(waarde, Waarde):
            low, high = rows[key.value]["minimum"], rows[key.value]["maximum"]
            assert isinstance(low, int)
            assert isinstance(high, int)
            assert low <= waarde.score <= high
            assert waarde.n_items == rows[f"{key.value}_n"]["maximum"]


@pytest.mark.parametrize("given", [None, "client-participatie", 3])
def test_only_a_questionnaire_has_a_codebook(given: Any) -> None:
    with pytest.raises(InputError, match="not a Vragenlijst"):
        codebook(given)


@pytest.mark.parametrize("rule", ["most", 0, 99])
def test_a_rule_that_cannot_be_met_is_refused(rule: Any) -> None:
    with pytest.raises(InputError):
        codebook(LIJST, min_valid=rule)


@pytest.mark.parametrize("sep", ["", "||", "a", None])
def test_another_separator_is_refused(sep: Any) -> None:
    with pytest.raises(InputError, match="not a separator"):
        codebook(LIJST).csv(sep=sep)
