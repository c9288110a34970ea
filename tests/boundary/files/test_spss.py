"""SPSS files keep their labels and every code for no answer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import igm
from igm._engines.libraries import library
from igm.constructs import Missing
from igm.errors import InputError, MissingDependencyError

pyreadstat: Any = library("pyreadstat")


def written(folder: Path, data: dict[str, list[Any]], name: str = "t0.sav", **options: Any) -> Path:
    path = folder / name
    pyreadstat.write_sav(pl.DataFrame(data, strict=False), str(path), **options)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(
        tmp_path,
        {
            "houding_1": [1.0, 5.0, 97.0, 98.0, 99.0, None],
            "inkomen": [1250.5, -9.0, -3.0, 800.0, None, 0.0],
            "naam": ["André", "", "x", "y", "z", None],
            "dag": [dt.date(2026, 3, 2), None, dt.date(2026, 3, 3), None, None, None],
        },
        column_labels={"houding_1": "Het is goed voor mij"},
        variable_value_labels={
            "houding_1": {1: "oneens", 5: "eens", 97: "N.v.t.", 98: "Weet niet", 99: "onleesbaar"}
        },
        missing_ranges={"houding_1": [97, 98, 99], "inkomen": [{"lo": -9, "hi": -1}]},
    )


def test_values_are_those_of_the_file_and_labels_come_along(path: Path) -> None:
    file = igm.read_spss(path)
    assert file.to_dict()["columns"] == {
        "houding_1": [1, 5, 97, 98, 99, None],
        "inkomen": [1250.5, -9.0, -3.0, 800.0, None, 0.0],
        "naam": ["André", None, "x", "y", "z", None],
        "dag": ["2026-03-02", None, "2026-03-03", None, None, None],
    }
    assert file.labels == {"houding_1": "Het is goed voor mij"}
    assert file.value_labels["houding_1"][98.0] == "Weet niet"
    assert [column.kind for column in file.data.values()] == ["whole", "number", "text", "moment"]
    assert (file.report.form, file.report.encoding, file.report.rows) == ("SPSS", "UTF-8", 6)


def test_every_code_for_no_answer_is_kept_and_told(path: Path) -> None:
    file = igm.read_spss(path)
    assert file.codes["houding_1"] == {
        97.0: Missing.NIET_VAN_TOEPASSING,
        98.0: Missing.WEET_NIET,
        99.0: Missing.NIET_GEVRAAGD,
    }
    assert file.codes["inkomen"] == {-9.0: Missing.NIET_GEVRAAGD, -3.0: Missing.NIET_GEVRAAGD}
    assert file.report.notes == (
        (
            "houding_1: declared as missing 97, 98, 99; suggested: 97 (N.v.t.) as niet_van_toepassing, "
            "98 (Weet niet) as weet_niet, 99 (onleesbaar): names no kind, taken as niet_gevraagd"
        ),
        "inkomen: declared as missing -9 to -1; suggested: -9 as niet_gevraagd, -3 as niet_gevraagd",
    )


def test_the_map_gives_each_code_its_kind_and_what_is_given_goes_before(path: Path) -> None:
    file = igm.read_spss(path)
    own = file.column_map(["houding_1"], missing={99: "verloren"})
    kinds = {code.number: code.means for code in own.recodes("houding_1")}
    assert kinds == {97: Missing.NIET_VAN_TOEPASSING, 98: Missing.WEET_NIET, 99: Missing.VERLOREN}
    assert igm.ColumnMap.from_dict(own.to_dict()) == own


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_a_frame_has_the_same_rows(path: Path, kind: Any) -> None:
    frame = igm.read_spss(path).frame(kind)
    assert frame.shape == (6, 4)
    assert list(frame["houding_1"].to_numpy()[:5]) == [1, 5, 97, 98, 99]


def test_a_compressed_file_is_read_too(tmp_path: Path) -> None:
    path = written(tmp_path, {"a": [1.0, 2.0]}, name="t0.zsav", compress=True)
    assert igm.read_spss(path)["a"].tolist() == [1, 2]


def test_a_file_without_rows_is_one(tmp_path: Path) -> None:
    path = tmp_path / "leeg.sav"
    pyreadstat.write_sav(pl.DataFrame({"a": [1.0], "b": ["x"]}).clear(), str(path))
    file = igm.read_spss(path)
    assert (len(file), file.names) == (0, ("a", "b"))


@pytest.mark.parametrize(
    ("name", "content"),
    [("t0.sav", b""), ("t0.sav", b"$FL2 no"), ("t0.sav", b"a;b\n1;2\n"), ("t0.csv", b"a;b")],
)
def test_what_is_no_spss_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match="file-unreadable"):
        igm.read_spss(tmp_path / name)


def test_a_file_that_was_cut_short_is_refused(path: Path) -> None:
    whole = path.read_bytes()
    for part in (len(whole) // 2, len(whole) - 5):
        path.write_bytes(whole[:part])
        with pytest.raises(InputError, match="file-unreadable"):
            igm.read_spss(path)


def test_a_folder_and_no_file_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.sav"):
        with pytest.raises(InputError, match="cannot be opened"):
            igm.read_spss(path)


def test_without_the_extra_the_line_that_installs_it_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("igm.boundary.files._spss.find_spec", lambda name: None)
    with pytest.raises(MissingDependencyError, match=r"pip install -c constraints.txt '\.\[spss\]'"):
        igm.read_spss(path)


def test_progress_is_told_per_column(path: Path) -> None:
    told: list[tuple[int, int]] = []
    igm.read_spss(path, voortgang=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from([1, 2, 3, 4, 5, 97, 98, 99, None]), min_size=1, max_size=20),
    st.lists(st.sampled_from([97, 98, 99]), unique=True, max_size=3),
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, answers: list[int | None], missing: list[int]
) -> None:
    given: dict[str, Any] = {"missing_ranges": {"a": missing}} if missing else {}
    floats = [None if answer is None else float(answer) for answer in answers]
    path = written(tmp_path_factory.mktemp("sav"), {"a": [*floats, 1.0]}, **given)
    file = igm.read_spss(path)
    assert file.to_dict()["columns"] == {"a": [*answers, 1]}
    assert set(file.codes.get("a", {})) == set(missing)


REVERSED = {
    1: "Helemaal mee eens",
    2: "Mee eens",
    3: "Niet mee eens, niet mee oneens",
    4: "Mee oneens",
    5: "Helemaal mee oneens",
}


def test_labels_that_contradict_the_scale_are_followed_and_told(tmp_path: Path) -> None:
    lijst = igm.vragenlijst("client-participatie")
    names = [item.id for item in lijst.items_for("houding")]
    data: dict[str, list[Any]] = {name: [1.0, 5.0, 9.0] for name in names}
    labels = {name: {**REVERSED, 9: "weet niet"} for name in names}
    file = igm.read_spss(written(tmp_path, data, variable_value_labels=labels))
    kolommen = file.column_map(lijst)
    means = {code.number: code.means for code in kolommen.recodes(names[0])}
    assert means == {9: Missing.WEET_NIET, 1: 5, 2: 4, 3: 3, 4: 2, 5: 1}
    some = f"{', '.join(names[:3])} and {len(names) - 3} more"
    assert kolommen.notes[0] == f"{some}: label 'helemaal mee eens' stands at 1; on the scale it is 5"
    assert len(kolommen.notes) == 4
    # three items are about what speaks for it, and one about what speaks against it
    assert igm.score(file.frame("polars"), lijst, columns=kolommen)["houding"].to_list() == [4.0, 2.0, None]
    own = file.column_map(lijst, codes={names[0]: {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}})
    assert {code.number: code.means for code in own.recodes(names[0])}[5] == 5
    assert igm.ColumnMap.from_dict(own.to_dict()) == own


def test_a_value_that_contradicting_labels_do_not_place_is_refused_where_it_is_used(tmp_path: Path) -> None:
    lijst = igm.vragenlijst("client-participatie")
    labels = {"houding_1": {1: "Helemaal mee eens", 2: "eens", 5: "Helemaal mee oneens"}}
    file = igm.read_spss(written(tmp_path, {"houding_1": [1.0, 5.0, 2.0]}, variable_value_labels=labels))
    kolommen = file.column_map(lijst)
    assert kolommen.notes[-1] == (
        "houding_1: 2 (eens), 3 (geen label), 4 (geen label) cannot be placed: "
        "refused where it occurs, until codes= says what it means"
    )
    for kind in ("pandas", "polars", "pyarrow"):
        with pytest.raises(InputError, match="houding_1"):
            igm.score(file.frame(kind), lijst, columns=kolommen, min_valid=1)
    whole = file.column_map(lijst, codes={"houding_1": {2: 4, 3: 3, 4: 2}})
    assert not any("cannot be placed" in note for note in whole.notes)
    assert igm.score(file.frame("polars"), lijst, columns=whole, min_valid=1)["houding"].to_list() == [
        5,
        1,
        4,
    ]


def test_labels_that_agree_with_the_scale_need_nothing_and_those_that_match_in_part_are_told(
    tmp_path: Path,
) -> None:
    right = {1: "Helemaal mee oneens", 5: "Helemaal mee eens"}
    labels = {"houding_1": right, "houding_2": {1: "zeer oneens", 5: "Helemaal mee eens"}}
    data: dict[str, list[Any]] = {"houding_1": [1.0, 5.0], "houding_2": [1.0, 5.0]}
    kolommen = igm.read_spss(written(tmp_path, data, variable_value_labels=labels)).column_map(
        igm.vragenlijst("client-participatie")
    )
    assert kolommen.codes == {}
    assert kolommen.notes == (
        (
            "houding_2: 1 of 2 labels are words that mean something here, not 1 (zeer oneens); "
            "values are taken as they stand"
        ),
    )


def test_labels_of_a_yes_no_fact_are_followed_too(tmp_path: Path) -> None:
    data: dict[str, list[Any]] = {"schulden": [1.0, 2.0], "taal": [0.0, 1.0]}
    labels = {"schulden": {1: "ja", 2: "nee"}, "taal": {0: "nee", 1: "ja"}}
    kolommen = igm.read_spss(written(tmp_path, data, variable_value_labels=labels)).column_map(
        igm.kader("leiden-2021")
    )
    assert {code.number: code.means for code in kolommen.recodes("schulden")} == {1: True, 2: False}
    assert kolommen.recodes("taal") == ()
    assert kolommen.notes == ("schulden: label 'nee' stands at 2; on the scale it is no",)


def test_columns_with_the_same_codes_for_no_answer_are_told_together(tmp_path: Path) -> None:
    names = ("a", "b")
    path = written(
        tmp_path,
        {name: [1.0, 99.0] for name in names},
        variable_value_labels={name: {99: "weigert"} for name in names},
        missing_ranges={name: [99] for name in names},
    )
    assert igm.read_spss(path).report.notes == (
        "a, b: declared as missing 99; suggested: 99 (weigert) as geweigerd",
    )


def test_moments_that_are_declared_as_missing_are_told_and_suggest_nothing(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {
            "dag": [dt.date(2024, 1, 1), dt.date(1900, 1, 1)],
            "tijd": [dt.datetime.fromisoformat("2024-01-01T00:00:00"), None],
        },
        missing_ranges={"dag": [{"lo": 0, "hi": 10_000_000_000}], "tijd": [12_345.0]},
    )
    file = igm.read_spss(path)
    assert file.codes == {"dag": {}, "tijd": {}}
    assert file.column_map(["dag", "tijd"]).codes == {}
    assert [note.split(";")[1] for note in file.report.notes] == [
        " suggested: none, for a map names no dates"
    ] * 2
    assert "1582-10-14 to " in file.report.notes[0]


def test_a_number_too_large_to_be_whole_stays_what_it_is(tmp_path: Path) -> None:
    large = [1.0, 1e300, -(2.0**70)]
    file = igm.read_spss(written(tmp_path, {"v": large, "w": [1.0, 2.0, 2.0**53]}))
    assert [column.kind for column in file.data.values()] == ["number", "whole"]
    assert list(file["v"]) == large
