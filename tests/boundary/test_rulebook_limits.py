"""What a rulebook may not do: crash the reader, be read as something else, or unfold without end."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from igm.boundary import kader, read_kader
from igm.decision import Afwegingskader, feit
from igm.decision.begrippen import bare
from igm.errors import InputError, KaderError


def book(als: Any = "rust", **changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "id": "klein",
        "version": "1",
        "titel": "Klein",
        "bron": "team",
        "uitkomsten": {"START": "start", "WACHT": "wacht"},
        "volgorde": ["wacht", "start"],
        "gunstig": "start",
        "bij_onbekend": "wacht",
        "feiten": {
            "rust": {"soort": "ja_nee", "label": "rust"},
            "n": {"soort": "getal", "label": "n", "eenheid": "x", "minimum": 0, "maximum": 9},
            "d": {"soort": "datum", "label": "d"},
        },
        "vragen": {"v": {"tekst": "Wat?"}},
        "beslis": [
            {"id": "een", "als": als, "dan": "start", "omdat": "Omdat."},
            {"id": "anders", "als": "altijd", "dan": "wacht", "omdat": "Anders."},
        ],
    }
    return whole | changes


def from_file(folder: Path, data: dict[str, Any]) -> Afwegingskader[Any]:
    file = folder / "boek.yaml"
    file.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return kader(file)


def doubled(levels: int) -> dict[str, Any]:
    """Named conditions of which each holds the one before twice."""
    named: dict[str, Any] = {"n0": {"alle": ["rust", "rust"]}}
    for level in range(1, levels):
        twice = [{"begrip": f"n{level - 1}"}] * 2
        named[f"n{level}"] = {"een_van" if level % 2 else "alle": [dict(part) for part in twice]}
    return named


def chained(length: int) -> dict[str, Any]:
    """Named conditions of which each names the next, so that reading the first reads all."""
    named: dict[str, Any] = {f"n{index}": {"begrip": f"n{index + 1}"} for index in range(length)}
    return named | {f"n{length}": "rust"}


def test_named_conditions_may_hold_others_several_levels_deep(tmp_path: Path) -> None:
    deep = from_file(tmp_path, book({"begrip": "n7"}, begrippen=doubled(8)))
    assert deep.evaluate(deep.casus(rust=True)).advies.value == "start"
    long = from_file(tmp_path, book({"begrip": "n0"}, begrippen=chained(40)))
    assert bare(long.beslis[0].als) == feit.ja_nee("rust")
    assert long.source().splitlines()[1:] == read_kader(book("rust")).source().splitlines()[1:]


def test_named_conditions_that_unfold_to_very_many_are_refused(tmp_path: Path) -> None:
    # a file of 30 lines could hold a billion conditions
    with pytest.raises(KaderError):
        from_file(tmp_path, book({"begrip": "n14"}, begrippen=doubled(15)))


def test_a_long_chain_of_named_conditions_is_read_or_refused(tmp_path: Path) -> None:
    data = book("rust", begrippen=chained(1000))
    try:
        assert from_file(tmp_path, data) == read_kader(book("rust"))
    except KaderError as error:
        assert "$.begrippen" in str(error)  # noqa: PT017


@pytest.mark.parametrize("form", ["niet", "alle"])
def test_a_mapping_that_nests_too_deep_is_refused(form: str) -> None:
    raw: Any = "rust"
    for _ in range(2000):
        raw = {form: raw if form == "niet" else [raw]}
    with pytest.raises((KaderError, InputError)):
        read_kader(book(raw))


@pytest.mark.parametrize(
    "als",
    [
        {"feit": "rust", "in": [True, False]},
        {"feit": "rust", "in": [False, True]},
        {"vraag": "v", "is": "ja", "in": ["nee"]},
        {"jaren_sinds": "d", "feit": "n", "kleiner_dan": 3},
    ],
    ids=str,
)
def test_nothing_in_a_condition_is_left_out_silently(als: dict[str, Any]) -> None:
    with pytest.raises(KaderError):
        read_kader(book(als))


@pytest.mark.parametrize("als", [{"feit": "n", "in": []}, {"vraag": "v", "in": []}], ids=str)
def test_a_list_of_nothing_is_refused(als: dict[str, Any]) -> None:
    with pytest.raises(KaderError):
        read_kader(book(als))


@pytest.mark.parametrize(
    "als",
    [
        {"feit": "n", "kleiner_dan": float("nan")},
        {"feit": "d", "kleiner_dan": datetime(2024, 3, 1, tzinfo=UTC)},
        {"jaren_sinds": "d", "kleiner_dan": True},
    ],
    ids=str,
)
def test_a_threshold_is_of_the_kind_of_the_fact(als: dict[str, Any]) -> None:
    with pytest.raises(KaderError):
        read_kader(book(als))


@pytest.mark.parametrize(
    "als",
    [{"feit": "rust", "in": []}, {"vraag": "v", "in": 5}, {"begrip": ["n0"]}, {"begrip": {}}],
    ids=str,
)
def test_a_condition_of_another_shape_is_refused(als: dict[str, Any]) -> None:
    with pytest.raises(KaderError):
        read_kader(book(als))


@pytest.mark.parametrize("name", ["mro", "_x_", ""])
def test_a_name_of_an_outcome_is_a_name(name: str) -> None:
    with pytest.raises(KaderError):
        read_kader(book(uitkomsten={name: "start", "WACHT": "wacht"}))


def test_two_outcomes_with_one_value_are_refused() -> None:
    with pytest.raises(KaderError):
        read_kader(book(uitkomsten={"START": "start", "BEGIN": "start", "WACHT": "wacht"}))


@pytest.mark.parametrize("data", [None, [1], "id: klein", 3], ids=repr)
def test_what_is_not_a_mapping_is_refused(data: Any) -> None:
    with pytest.raises((KaderError, InputError)):
        read_kader(data)


@pytest.mark.parametrize(
    "bounds",
    [
        {},
        {"minimum": "a", "maximum": "b"},
        {"minimum": False, "maximum": True},
        {"minimum": date(2020, 1, 1), "maximum": date(2021, 1, 1)},
        {"minimum": 0, "maximum": float("inf")},
    ],
    ids=str,
)
def test_bounds_of_a_number_are_numbers(bounds: dict[str, Any]) -> None:
    facts = {
        "rust": {"soort": "ja_nee", "label": "rust"},
        "n": {"soort": "getal", "label": "n", "eenheid": "x", **bounds},
    }
    with pytest.raises(KaderError):
        read_kader(book(feiten=facts))


@pytest.mark.parametrize("count", [1.0, "een", 3, -1, True, None])
def test_a_count_that_does_not_fit_is_told_at_its_path(count: Any) -> None:
    with pytest.raises(KaderError) as caught:
        read_kader(book({"alle": ["rust", {"ten_minste": count, "van": ["rust", "rust"]}]}))
    assert [problem.where for problem in caught.value.problems] == ["$.beslis[0].als.alle[1]"]


def test_yes_and_no_without_quotes_are_not_answers(tmp_path: Path) -> None:
    # YAML reads a bare no as false
    file = tmp_path / "boek.yaml"
    text = yaml.safe_dump(book({"vraag": "v", "is": "nee"}), sort_keys=False)
    file.write_text(text.replace("is: nee", "is: no"), encoding="utf-8")
    with pytest.raises(KaderError, match="ja, nee or twijfel"):
        kader(file)
