"""Delimited text is read as it was meant, says what was found, and is refused by line where it cannot be."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import igm
from igm.boundary.files import _rows
from igm.errors import InputError, MissingDependencyError, UnknownNameError


def written(folder: Path, content: str | bytes, name: str = "t0.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def problems(path: Path, **options: Any) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        igm.read_csv(path, **options)
    return [(problem.where.removeprefix(f"{path.name}, "), problem.code) for problem in caught.value.problems]


def plain(file: Any) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = file.to_dict()["columns"]
    return columns


def test_a_dutch_file_is_read_and_what_was_found_is_told(tmp_path: Path) -> None:
    file = igm.read_csv(
        written(tmp_path, "ref;één;uren\r\nc-1;4;1,5\r\n\r\nc-2;;-20,25\r\n", encoding="cp1252")
    )
    assert plain(file) == {"ref": ["c-1", "c-2"], "één": [4, None], "uren": [1.5, -20.25]}
    report = file.report
    assert (report.rows, report.columns, report.header_rows) == (2, 3, 1)
    assert (report.delimiter, report.decimal, report.encoding) == (
        ";",
        ",",
        "Windows-1252 (not UTF-8, by line 1)",
    )
    assert report.skipped == ("1 empty line",)
    assert "empty line" in str(report)


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_each_delimiter_is_found(tmp_path: Path, sign: str) -> None:
    file = igm.read_csv(written(tmp_path, f"a{sign}b\n1{sign}2\n3{sign}4\n"))
    assert plain(file) == {"a": [1, 3], "b": [2, 4]}
    assert file.report.delimiter == sign


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8, with a byte order mark"),
        ("utf-16", "UTF-16, by its byte order mark"),
        ("utf-32", "UTF-32, by its byte order mark"),
        ("cp1252", "Windows-1252 (not UTF-8, by line 2)"),
    ],
)
def test_each_encoding_is_found(tmp_path: Path, encoding: str, told: str) -> None:
    file = igm.read_csv(written(tmp_path, "a;b\nrené;€\n", encoding=encoding))
    assert plain(file) == {"a": ["rené"], "b": ["€"]}
    assert file.report.encoding == told


def test_an_encoding_can_be_given(tmp_path: Path) -> None:
    path = written(tmp_path, "a;b\nrené;1\n", encoding="cp850")
    file = igm.read_csv(path, encoding="cp850")
    assert plain(file)["a"] == ["rené"]
    assert file.report.encoding == "cp850, as given"
    utf16 = written(tmp_path, "a;b\nrené;1\n", name="u.csv", encoding="utf-16-le")
    assert plain(igm.read_csv(utf16, encoding="utf-16-le"))["a"] == ["rené"]


def test_a_byte_order_mark_goes_with_the_encoding_that_is_given_or_is_refused(tmp_path: Path) -> None:
    for mark, same in [("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("utf-16", "utf-16-le")]:
        file = igm.read_csv(written(tmp_path, "a;b\né;1\n", encoding=mark), encoding=same)
        assert (file.names, file.report.encoding) == (("a", "b"), f"{same}, as given")
    marked = written(tmp_path, "a;b\né;1\n", encoding="utf-8-sig")
    with pytest.raises(InputError, match="the byte order mark says UTF-8, and encoding= says cp1252"):
        igm.read_csv(marked, encoding="cp1252")


def test_what_a_spreadsheet_says_of_the_delimiter_is_read_and_told(tmp_path: Path) -> None:
    file = igm.read_csv(written(tmp_path, "sep=|\na|b;c\n1|2\n"))
    assert plain(file) == {"a": [1], "b;c": [2]}
    assert file.report.skipped == ("the first line, which only says the delimiter",)


def test_one_column_needs_no_delimiter(tmp_path: Path) -> None:
    file = igm.read_csv(written(tmp_path, "score\n3,5\n4\n"))
    assert plain(file) == {"score": [3.5, 4.0]}
    assert file.report.delimiter is None


def test_a_header_alone_is_a_file_without_rows(tmp_path: Path) -> None:
    file = igm.read_csv(written(tmp_path, "a;b\n"))
    assert (len(file), file.names) == (0, ("a", "b"))
    for kind in ("pandas", "polars", "pyarrow"):
        assert file.frame(kind).shape == (0, 2)


def test_what_looks_like_a_name_is_no_number(tmp_path: Path) -> None:
    file = igm.read_csv(
        written(tmp_path, "code;bsn;lang;exp;sign\n007;0612;1234567890123456;1e2;+5\n1;2;3;2E-1;-6\n")
    )
    assert [column.kind for column in file.data.values()] == ["text", "text", "text", "number", "whole"]
    assert plain(file)["exp"] == [100.0, 0.2]


def test_formulas_stay_texts_and_are_told(tmp_path: Path) -> None:
    file = igm.read_csv(written(tmp_path, 'a;b\n=1+1;"=HYPERLINK(""x"")"\n@SUM(A1);2\n'))
    assert plain(file)["a"] == ["=1+1", "@SUM(A1)"]
    assert file.report.notes[0].startswith("3 different cells look like formulas")


def test_texts_that_count_as_empty_are_given_and_otherwise_told(tmp_path: Path) -> None:
    path = written(tmp_path, "a;b\n1;x\nNA;y\n3;z\n4;w")
    assert "empty=['NA'] reads it as numbers" in igm.read_csv(path).report.notes[0]
    file = igm.read_csv(path, empty=["NA"])
    assert plain(file)["a"] == [1, None, 3, 4]
    assert file.report.notes == ()


def test_what_a_cell_says_is_not_repeated_in_the_report(tmp_path: Path) -> None:
    path = written(tmp_path, "a;b\n1;x\nverslaafd;y\n3;z\n4;w")
    assert "verslaafd" not in str(igm.read_csv(path).report)


def test_rows_that_are_ragged_are_told_by_line_and_counted(tmp_path: Path) -> None:
    text = 'a;b;c\n1;2;3\n1;2\n"x\ny";2;3\n1;2;3;4\n'
    assert problems(written(tmp_path, text)) == [("line 3", "file-unreadable"), ("line 6", "file-unreadable")]
    many = "a;b\n1;2\n" + "1\n" * 50
    with pytest.raises(
        InputError, match="50 lines cannot be used, of which the first 20 are named"
    ) as caught:
        igm.read_csv(written(tmp_path, many))
    assert len(caught.value.problems) == 21


def test_ragged_rows_far_into_a_file_are_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_rows, "CHUNK", 100)
    rows = ["1;2"] * 1000
    rows[700] = "1;2;3"
    rows[900] = "1"
    assert problems(written(tmp_path, "a;b\n" + "\n".join(rows))) == [
        ("line 702", "file-unreadable"),
        ("line 902", "file-unreadable"),
    ]


def test_names_of_columns_are_checked_together_with_the_rows(tmp_path: Path) -> None:
    assert problems(written(tmp_path, "a;;a\n1;2;3\n1;2\n")) == [
        ("line 1", "missing-field"),
        ("line 1", "duplicate-name"),
        ("line 3", "file-unreadable"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('a;b\n1;2\n"x;3\n4;5\n', 3, "a quote that is not closed"),
        ('a;b\n1;2\n"x"y;3\n', 3, "quotes that make no sense"),
        ('a;b\n1;2\n"' + "x" * 200_000 + '";3\n', 3, "a cell of more than 131,072 signs"),
    ],
)
def test_quotes_that_make_no_sense_are_told_by_the_line_where_their_row_starts(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        igm.read_csv(written(tmp_path, text))
    assert [problem.where for problem in caught.value.problems] == [f"t0.csv, line {line}"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", [("$", "file-unreadable")]),
        (b"\xef\xbb\xbf", [("line 1", "file-unreadable")]),
        (b"\n\n\n", [("line 1", "file-unreadable")]),
        (b"a;b\n1;\x002\n", [("line 2", "file-unreadable")]),
        ("a;b\n1;2\n".encode("utf-16-le"), [("line 1", "file-unreadable")]),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", [("line 3", "file-unreadable")]),
        (b"\xe9;b\n1;\x00\n", [("line 2", "file-unreadable")]),
        (b"a;b\n\x81;1\nx;2\n\x8d;3\n", [("line 2", "file-unreadable"), ("line 4", "file-unreadable")]),
        ("a;b\né;1\n".encode() + b"\xe9;2\n", [("line 3", "file-ambiguous")]),
        ("a;b\n1;2\n".encode("utf-16")[:-1], [("line 2", "file-unreadable")]),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, expected: list[tuple[str, str]]) -> None:
    assert problems(written(tmp_path, content)) == expected


def test_bytes_that_are_not_of_the_given_encoding_are_told_by_line(tmp_path: Path) -> None:
    path = written(tmp_path, "a;b\nx;1\né;2\né;3\n", encoding="cp1252")
    assert problems(path, encoding="utf-8") == [("line 3", "file-unreadable"), ("line 4", "file-unreadable")]


def test_a_bad_byte_far_into_a_file_is_told_by_its_line(tmp_path: Path) -> None:
    lines = [b"x;1"] * 400_000
    lines[399_000] = b"\x81;2"
    path = written(tmp_path, b"a;b\n" + b"\n".join(lines))
    assert path.stat().st_size > 2**20
    assert problems(path) == [("line 399002", "file-unreadable")]
    assert problems(path, encoding="utf-8") == [("line 399002", "file-unreadable")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a;b,c\n1;2,3\n", r"Pass delimiter=';' or delimiter=','\."),
        ("a,b;c\n1;2,3\n", "several signs fit"),
        ("a;b\n1,5;1.5\n2,5;2.5\n", "a has decimal commas and b has decimal points"),
        ("a;b\n1.500;1\n2.250;2\n", r"can be decimals or thousands.*Pass decimal='\.'"),
        ('a,b\n"1,500",1\n', r"can be decimals or thousands"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_what_to_pass(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        igm.read_csv(written(tmp_path, text))
    assert caught.value.code == "file-ambiguous"


def test_what_was_ambiguous_is_read_when_it_is_given(tmp_path: Path) -> None:
    thousands = written(tmp_path, "a;b\n1.500;1\n2.250;2\n")
    assert plain(igm.read_csv(thousands, decimal="."))["a"] == [1.5, 2.25]
    assert plain(igm.read_csv(thousands, decimal=","))["a"] == ["1.500", "2.250"]
    two = written(tmp_path, "a;b,c\n1;2,3\n")
    assert igm.read_csv(two, delimiter=";").names == ("a", "b,c")
    assert igm.read_csv(two, delimiter=",").names == ("a;b", "c")


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ({"delimiter": ";;"}, "$.delimiter"),
        ({"delimiter": '"'}, "$.delimiter"),
        ({"delimiter": 3}, "$.delimiter"),
        ({"decimal": "'"}, "$.decimal"),
        ({"encoding": "utf-99"}, "$.encoding"),
        ({"encoding": "base64"}, "$.encoding"),
        ({"encoding": 8}, "$.encoding"),
        ({"empty": "NA"}, "$.empty"),
        ({"empty": [1]}, "$.empty"),
        ({"voortgang": "ja"}, "$.voortgang"),
    ],
)
def test_arguments_of_another_form_are_refused(tmp_path: Path, options: Any, where: str) -> None:
    with pytest.raises(InputError) as caught:
        igm.read_csv(written(tmp_path, "a;b\n1;2\n"), **options)
    assert [problem.where for problem in caught.value.problems] == [where]


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    strange: list[Any] = [tmp_path, tmp_path / "none.csv", "a\0b", tmp_path / "pipe", 5]
    for path in strange:
        with pytest.raises(InputError, match="file-unreadable"):
            igm.read_csv(path)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_one(tmp_path: Path, end: str) -> None:
    assert plain(igm.read_csv(written(tmp_path, end.join(["a;b", "1;2", "3;4"])))) == {
        "a": [1, 3],
        "b": [2, 4],
    }


def test_mixed_line_ends_are_all_read(tmp_path: Path) -> None:
    file = igm.read_csv(written(tmp_path, 'a;b\r\n1;"x\ny"\n3;"p\r\nq"\r5;z'))
    assert plain(file) == {"a": [1, 3, 5], "b": ["x\ny", "p\r\nq", "z"]}


def test_progress_is_told_in_even_steps_up_to_the_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "a;b\n" + "1;2\n" * 600_000)
    told: list[tuple[int, int]] = []
    igm.read_csv(path, voortgang=lambda done, total: told.append((done, total)))
    assert told == [(step, 100) for step in range(1, 101)]
    igm.read_csv(path)
    assert capsys.readouterr() == ("", "")


def test_each_library_gets_a_frame_with_stated_types(tmp_path: Path) -> None:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    file = igm.read_csv(written(tmp_path, "heel;getal;tekst\n1;1,5;x\n;;\n3;2;z\n"))
    expected: list[list[Any]] = [[1, None, 3], [1.5, None, 2.0], ["x", None, "z"]]
    polars = file.frame("polars")
    assert polars.schema == {"heel": pl.Int64, "getal": pl.Float64, "tekst": pl.String}
    assert [column.to_list() for column in polars.get_columns()] == expected
    arrow = file.frame("pyarrow")
    assert arrow.schema.types == [pa.int64(), pa.float64(), pa.string()]
    assert [column.to_pylist() for column in arrow.columns] == expected
    pandas = file.frame("pandas")
    assert [str(kind) for kind in pandas.dtypes] == ["Int64", "Float64", "string"]
    assert [[None if pd.isna(cell) else cell for cell in pandas[name]] for name in pandas] == expected


def test_another_library_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = igm.read_csv(written(tmp_path, "a;b\n1;2\n"))
    with pytest.raises(InputError, match="Did you mean 'polars'"):
        file.frame(cast("Any", "polar"))
    monkeypatch.setattr("igm._engines.libraries.find_spec", lambda name: None)
    with pytest.raises(MissingDependencyError, match="pip install polars"):
        file.frame("polars")


def test_a_column_is_asked_for_by_name_and_cannot_be_changed(tmp_path: Path) -> None:
    file = igm.read_csv(written(tmp_path, "houding_1;b\n1;2\n"))
    with pytest.raises(UnknownNameError, match="Did you mean 'houding_1'"):
        file["huoding_1"]
    with pytest.raises(ValueError, match="read-only"):
        file["houding_1"][0] = 5
    frame = file.frame("pandas")
    frame.loc[0, "houding_1"] = 5
    assert file["houding_1"].tolist() == [1]


# What is written is read back.

cells = st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
western = st.text(st.sampled_from("abcéëïöüÀ€ñ 'x\";,\t|\n"), max_size=12)
texts = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]).flatmap(
    lambda encoding: st.tuples(st.just(encoding), cells)
) | st.tuples(st.just("cp1252"), western)


def is_text(cell: str) -> bool:
    """Whether a cell that is written alone is read as a text."""
    return bool(cell.strip(" \t\n\r\x0b\x0c")) and not any(sign.isdigit() for sign in cell)


@given(st.data(), st.sampled_from([";", ",", "\t", "|"]), st.sampled_from(["\n", "\r\n"]), st.integers(1, 30))
def test_texts_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, sign: str, end: str, n: int
) -> None:
    encoding, _ = data.draw(texts)
    column = (western if encoding == "cp1252" else cells).filter(is_text)
    rows = data.draw(st.lists(st.tuples(column, column), min_size=n, max_size=n))
    stream = io.StringIO()
    # Python's writer leaves a return bare when lines end otherwise
    bare = any("\r" in cell for row in rows for cell in row)
    writer = csv.writer(
        stream, delimiter=sign, lineterminator=end, quoting=csv.QUOTE_ALL if bare else csv.QUOTE_MINIMAL
    )
    writer.writerows([("één", "twee"), *rows])
    path = written(tmp_path_factory.mktemp("csv"), stream.getvalue(), encoding=encoding)
    file = igm.read_csv(path, delimiter=sign, encoding=None if encoding != "cp1252" else "cp1252")
    assert plain(file) == {"één": [row[0] for row in rows], "twee": [row[1] for row in rows]}


numbers = st.one_of(st.none(), st.integers(-(10**6), 10**6), st.decimals(-1000, 1000, places=2).map(float))


@given(st.lists(st.tuples(st.integers(1, 7) | st.none(), numbers), min_size=1, max_size=40), st.booleans())
def test_numbers_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int | None, float | None]], dutch: bool
) -> None:
    decimal, sign = (",", ";") if dutch else (".", ",")
    body = "\n".join(
        sign.join("" if cell is None else str(cell).replace(".", decimal) for cell in row) for row in rows
    )
    path = written(tmp_path_factory.mktemp("csv"), f"antwoord{sign}bedrag\n{body}\n")
    file = igm.read_csv(path)
    if file.report.decimal is not None:
        assert file.report.decimal == decimal
    assert plain(file)["antwoord"] == [row[0] for row in rows]
    assert plain(file)["bedrag"] == [row[1] for row in rows]


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = written(tmp_path_factory.mktemp("csv"), content)
    try:
        file = igm.read_csv(path)
    except InputError:
        return
    assert {len(column.values) for column in file.data.values()} == {len(file)}


def test_chunks_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    body = "\n".join(
        f"{a};{b}" for a, b in zip(rng.integers(1, 6, 500), rng.integers(1, 10**9, 500), strict=True)
    )
    path = written(tmp_path, f"a;b\n{body}\nx;1\n")
    whole = plain(igm.read_csv(path))
    monkeypatch.setattr(_rows, "CHUNK", 7)
    assert plain(igm.read_csv(path)) == whole
    assert whole["a"][-1] == "x"


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_a_quote_that_is_not_closed_hides_no_delimiter(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "t0.csv"
    path.write_text(f'ref{sign}motivatie\nc-1{sign}"4\nc-2{sign}5\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"a quote that is not closed, at t0.csv, line 2"):
        igm.read_csv(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_file_without_the_mark_that_its_encoding_asks_for_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(InputError) as caught:
        igm.read_csv(written(tmp_path, "a;b\n1;2\n"), encoding=encoding)
    assert [(one.code, one.where) for one in caught.value.problems] == [("file-unreadable", "t0.csv, line 1")]


@pytest.mark.parametrize(
    ("start", "form", "do"),
    [
        (b"PK\x03\x04\x14\x00", "a workbook or a zip file", "Save the sheet as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1", "an old workbook", "Save the sheet as CSV"),
        (b"\x1f\x8b\x08\x00", "a gzip file", "Unpack it"),
        (b"$FL2@(#)", "an SPSS file", "read_spss"),
        (b"PAR1\x15", "a Parquet file", "read_parquet"),
    ],
)
def test_a_file_of_another_form_is_refused_with_what_to_do(
    tmp_path: Path, start: bytes, form: str, do: str
) -> None:
    with pytest.raises(InputError) as caught:
        igm.read_csv(written(tmp_path, start))
    problem = caught.value.problems[0]
    assert (problem.code, problem.given, do in problem.do) == ("file-unreadable", form, True)


@pytest.mark.parametrize(
    "text",
    [
        "Export van 1 januari\n\na;b;c\n1;2;3\n",
        "Export\na\tb\n1\t2\n",
        "Export\na,b,c\n1,2,3\n",
    ],
)
def test_a_line_above_the_header_is_not_taken_for_the_header(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as caught:
        igm.read_csv(written(tmp_path, text))
    assert (caught.value.code, caught.value.problems[0].where) == ("file-ambiguous", "t0.csv, line 1")


@pytest.mark.parametrize("text", ["naam\nJan, Piet\nKees, Klaas\n", "uren\n1,5\n2,5\n", "a\nb;c\nd\n"])
def test_one_column_of_texts_with_signs_in_them_is_one_column(tmp_path: Path, text: str) -> None:
    assert len(igm.read_csv(written(tmp_path, text)).names) == 1


def test_one_column_can_be_said_to_be_one(tmp_path: Path) -> None:
    path = written(tmp_path, "naam\nJan; Piet\nKees; Klaas\n")
    assert list(igm.read_csv(path, delimiter="\t")["naam"]) == ["Jan; Piet", "Kees; Klaas"]


def test_codes_with_a_capital_e_are_no_numbers(tmp_path: Path) -> None:
    file = igm.read_csv(written(tmp_path, "ref;waarde\n1E5;1.5E5\n12E3;1E+05\n100000;2e-3\n"))
    assert list(file["ref"]) == ["1E5", "12E3", "100000"]
    assert list(file["waarde"]) == [150_000, 100_000, 0.002]


@pytest.mark.parametrize("cells", [("1.500,25", "2.000"), ("1 500,5", "2\u00a0250"), ("1'500.25", "12")])
def test_numbers_with_signs_between_thousands_are_told(tmp_path: Path, cells: tuple[str, str]) -> None:
    file = igm.read_csv(written(tmp_path, "a;naam\n" + "".join(f"{cell};x\n" for cell in cells)))
    assert file.data["a"].kind == "text"
    assert [note.split(";")[0] for note in file.report.notes] == [
        "a is read as text: numbers with a sign between thousands"
    ]


def test_the_line_that_says_the_delimiter_may_have_capitals(tmp_path: Path) -> None:
    assert igm.read_csv(written(tmp_path, "SEP=|\na|b\n1|2\n")).names == ("a", "b")
