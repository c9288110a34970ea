"""YAML is read in one strict way; nothing that hides a fault gets through."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.steps import steps

from igm._content import MAX_BYTES, MAX_DEPTH, MAX_NODES, parse_yaml, read_file, read_shipped, shipped
from igm.errors import InputError


def refused(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_yaml(text, name="mijn.yaml")
    assert caught.value.code == "file-unreadable"
    assert "mijn.yaml" in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &x [1]\nb: *x", "aliases"),
        ("a: 1\na: 2", "key 'a' occurs twice"),
        ("a: {b: {c: 1, c: 2}}", "key 'c' occurs twice"),
        ("- 1", "a list"),
        ("tekst", "a str"),
        ("", "nothing"),
        ("# alleen commentaar", "nothing"),
        ("1: een", "key 1 is not text"),
        ("ja: x\nno: y", "key False is not text"),
        ("? [a, b]\n: c", "is not text"),
        ("a: 1\n---\nb: 2", "single document"),
        ("a: [1", "line 1"),
        ("a: \tb: c", "line 1"),
        ("<<: {a: 1}", "a merge (<<) is not accepted"),
        ("a: =", "put it in quotes"),
        ("a: 2024-13-45", "month"),
        ("a: \x00", "control characters"),
        ("a: \ud800", "surrogates"),
        ("a: " + "1" * 5000, "digits"),
    ],
)
def test_unsound_text_is_refused_with_the_reason(text: str, told: str) -> None:
    assert told in refused(text)


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system ['true']",
        "!!python/name:os.system",
        "!eigen x",
        "!!binary aGk=",
        "! x",
    ],
)
def test_tags_are_refused(tag: str) -> None:
    assert "tags" in refused(f"a: {tag}")


def test_a_text_that_would_grow_to_billions_is_refused() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    assert "aliases" in refused("\n".join(lines))


@pytest.mark.parametrize("depth", [MAX_DEPTH, 1000, 100_000])
def test_deep_nesting_is_refused_before_anything_is_built(depth: int) -> None:
    assert "deeper than" in refused("a: " + "[" * depth)
    assert "deeper than" in refused("a: " + "{b: " * depth)


def test_nesting_up_to_the_limit_is_read() -> None:
    depth = MAX_DEPTH - 1
    assert parse_yaml("a: " + "[" * depth + "]" * depth, name="x")["a"]


@pytest.mark.parametrize("text", ["027", "-010", "12:30", "1:59:59", "190:20:30.15", "0_7"])
def test_numbers_that_yaml_reads_as_another_number_are_refused(text: str) -> None:
    assert "another number" in refused(f"leeftijd: {text}")
    assert parse_yaml(f"leeftijd: '{text}'", name="x") == {"leeftijd": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("27", 27), ("-3", -3), ("0.5", 0.5), ("1.0", 1.0), ("10:30 uur", "10:30 uur")],
)
def test_plain_numbers_and_texts_are_read(text: str, value: object) -> None:
    assert parse_yaml(f"a: {text}", name="x") == {"a": value}


def test_a_large_text_is_refused() -> None:
    assert f"more than {MAX_BYTES:,} bytes" in refused("a: " + "x" * MAX_BYTES)
    assert f"more than {MAX_BYTES:,} bytes" in refused("a: " + "é" * (MAX_BYTES // 2))


def test_messages_stay_short() -> None:
    assert len(refused(f"{'k' * 100_000}: 1\n{'k' * 100_000}: 2")) < 600


@given(st.text(max_size=60))
def test_any_text_is_a_mapping_or_an_error(text: str) -> None:
    with suppress(InputError):
        assert isinstance(parse_yaml(text, name="x"), dict)


@given(st.text(alphabet="-:{}[],&*!|>'\"%@`#? \n\ta1.0_<=~+eExo", max_size=40))
def test_any_text_of_yaml_signs_is_a_mapping_or_an_error(text: str) -> None:
    with suppress(InputError):
        assert isinstance(parse_yaml(text, name="x"), dict)


LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)


class _WithoutAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


@given(st.dictionaries(st.text(), TREES, max_size=4))
def test_what_is_written_is_read_back(data: dict[str, object]) -> None:
    text = yaml.dump(data, Dumper=_WithoutAliases)
    if "!!" not in text:
        assert parse_yaml(text, name="x") == data


def unopened(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert caught.value.code == "file-unreadable"
    return str(caught.value)


def test_a_file_is_read_with_and_without_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "lijst.yaml"
    for mark in (b"", b"\xef\xbb\xbf"):
        path.write_bytes(mark + "naam: cliënt".encode())
        assert read_file(path) == read_file(str(path)) == {"naam": "cliënt"}


def test_a_file_that_is_not_there_or_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "Check the path" in unopened(tmp_path / "weg.yaml")
    assert "not a file" in unopened(tmp_path)
    assert "Check the path" in unopened(tmp_path / "a\0b.yaml")
    assert "Check the path" in unopened(tmp_path / ("x" * 5000))


@pytest.mark.parametrize("path", [5, None, b"x.yaml", ["x.yaml"]])
def test_what_is_no_path_is_refused(path: Any) -> None:
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert caught.value.code == "file-unreadable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.yaml")
    assert "not a file" in unopened(tmp_path / "pijp.yaml")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "oud.yaml"
    path.write_bytes("naam: cliënt".encode("latin-1"))
    assert "is not UTF-8" in unopened(path)
    path.write_bytes("naam: x".encode("utf-16"))
    assert "is not UTF-8" in unopened(path)


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "groot.yaml"
    path.write_bytes(b"a: " + b"x" * MAX_BYTES)
    assert "Split the file" in unopened(path)


def test_shipped_files_are_named_and_read() -> None:
    assert shipped("models") == sorted(shipped("models"))
    assert read_shipped("models", "blonk2018")["nodes"]["houding"] == "houding"


@pytest.mark.parametrize("name", ["blonk2017", "../models/blonk2018", "blonk2018.yaml", ""])
def test_only_names_that_ship_are_read(name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_shipped("models", name)
    assert caught.value.code == "unknown-name"


def test_more_values_than_people_read_are_refused_before_they_are_built() -> None:
    def listed(values: int) -> str:
        return "a: [" + "1, " * values + "]"

    assert f"more than {MAX_NODES:,} names and values" in refused(listed(MAX_BYTES // 3 - 10))
    most = steps(lambda: parse_yaml(listed(MAX_NODES - 3), name="mijn.yaml"))
    assert steps(lambda: refused(listed(MAX_BYTES // 3 - 10))) < 2 * most


def test_as_many_values_as_are_allowed_are_read() -> None:
    read = parse_yaml("a: [" + "1, " * (MAX_NODES - 3) + "]", name="mijn.yaml")
    assert len(read["a"]) == MAX_NODES - 3


def test_the_place_of_a_fault_names_the_file() -> None:
    with pytest.raises(InputError, match=r"occurs twice in mijn\.yaml, line 2") as caught:
        parse_yaml("a: 1\na: 2", name="mijn.yaml")
    assert "unicode string" not in str(caught.value)
