"""Exports of LimeSurvey and Qualtrics, made by hand in their form: nothing of them is lost or guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import igm
from igm.constructs import Missing
from igm.errors import InputError

EXPORTS = Path(__file__).parents[2] / "data" / "exports"
SHORT = [*igm.vragenlijst("client-participatie").items_for("houding")[:2]]
LIJST = igm.Vragenlijst.model_validate(
    dict(igm.vragenlijst("client-participatie")) | {"id": "kort", "items": SHORT}
)

ANCHORS = {
    "helemaal mee oneens": 1,
    "mee oneens": 2,
    "niet mee eens, niet mee oneens": 3,
    "mee eens": 4,
    "helemaal mee eens": 5,
}


def meanings(kolommen: igm.ColumnMap, name: str) -> dict[str, object]:
    return {code.text: code.means for code in kolommen.recodes(name)}


def test_a_limesurvey_export_of_codes() -> None:
    file = igm.read_limesurvey(EXPORTS / "limesurvey-codes.csv")
    assert len(file) == 4
    assert file["houding[SQ001]"].tolist() == ["A4", "A1", "A2", "A4"]
    assert file["werk[other]"].tolist() == [None, None, "vrijwilliger, twee dagen\nin de week", None]
    assert file.report.encoding == "UTF-8, with a byte order mark"
    assert file.report.notes == (
        "answers: codes",
        "responses that were not finished: 1 of 4; they are kept",
        "A1 suggests 1, A2 suggests 2 and so on in 4 columns: check the order of the answers",
        "werk: 1 times -oth-, an answer in own words; it suggests nothing",
    )


def test_the_map_of_a_limesurvey_export_pairs_codes_with_items_and_says_what_they_mean() -> None:
    file = igm.read_limesurvey(EXPORTS / "limesurvey-codes.csv")
    kolommen = file.column_map([*(item.id for item in LIJST.items), "kennis_1", "kennis_2", "werk"])
    assert kolommen.items == {
        "houding_1": "houding[SQ001]",
        "houding_2": "houding[SQ002]",
        "kennis_1": "kennis1",
    }
    assert meanings(kolommen, "houding_1") == {
        "a1": 1,
        "a2": 2,
        "a3": 3,
        "a4": 4,
        "a5": 5,
        "n/a": Missing.NIET_GEVRAAGD,
    }
    assert meanings(kolommen, "houding_2") == meanings(kolommen, "houding_1")
    assert "-oth-" not in meanings(kolommen, "werk")


def test_a_yes_no_fact_of_a_limesurvey_export_is_unknown_where_nothing_was_ticked() -> None:
    file = igm.read_limesurvey(EXPORTS / "limesurvey-codes.csv")
    kader = igm.kader("leiden-2021")
    kolommen = file.column_map(kader, facts={"schulden": "hulp[SQ001]"})
    assert meanings(kolommen, "schulden") == {"y": True}


def test_a_limesurvey_export_in_full_with_codes_and_texts_as_headings() -> None:
    file = igm.read_limesurvey(EXPORTS / "limesurvey-full.csv")
    assert file.names == ("id", "submitdate", "houding[SQ001]", "houding[SQ002]")
    assert file.labels["houding[SQ001]"] == "Wat vind je? [Het is goed voor mij; echt]"
    assert file.report.notes[:2] == (
        "answers: full texts, or numbers",
        "responses that were not finished: 1 of 3; they are kept",
    )
    kolommen = file.column_map(LIJST)
    known = ANCHORS | {"n/a": Missing.NIET_GEVRAAGD, "weet niet": Missing.WEET_NIET}
    assert meanings(kolommen, "houding_1") == meanings(kolommen, "houding_2") == known
    assert [*kolommen.codes] == ["*"]


def test_headings_of_texts_alone_need_to_be_told_what_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text('"Antwoord ID","Datum ingezonden","Wat vind je?"\n"1","","A2"\n', encoding="utf-8")
    with pytest.raises(InputError, match="Export with question codes as headings"):
        igm.read_limesurvey(path)
    file = igm.read_limesurvey(path, submitdate="Datum ingezonden")
    assert file.report.notes[1] == "responses that were not finished: 1 of 1; they are kept"


def test_a_pair_that_could_be_another_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text('"id","submitdate","houding1","houding[SQ001]"\n"1","","A2","A3"\n', encoding="utf-8")
    assert igm.read_limesurvey(path).column_map(["houding_1"]).items == {}
    path.write_text('"id","submitdate","werk12"\n"1","","A2"\n', encoding="utf-8")
    assert igm.read_limesurvey(path).column_map(["werk_12", "werk_1_2"]).items == {"werk_12": "werk12"}


def test_codes_beside_other_texts_suggest_nothing(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_text('"id","submitdate","q1"\n"1","","A2"\n"2","","A4 papier"\n', encoding="utf-8")
    assert igm.read_limesurvey(path).codes == {}


def test_a_qualtrics_export_of_values() -> None:
    file = igm.read_qualtrics(EXPORTS / "qualtrics-values.csv")
    assert (len(file), file.report.header_rows) == (3, 3)
    assert file["houding_1"].tolist() == [4, 1, 5]
    assert file.labels["houding_1"] == "Wat vind je? - Het is goed voor mij,\r\nals ik stappen zet"
    assert file.report.notes == (
        "answers: numeric values",
        "responses that were not finished: 1 of 3; they are kept",
        "responses of a preview or test: 1; they are kept",
        "-99 in 1 column suggests niet_gevraagd: seen and not answered",
    )
    assert meanings(file.column_map(LIJST), "houding_2") == {"-99": Missing.NIET_GEVRAAGD}


def test_a_qualtrics_export_of_texts_with_tabs_in_utf_16() -> None:
    file = igm.read_qualtrics(EXPORTS / "qualtrics-texts.tsv")
    assert (file.report.delimiter, file.report.encoding) == ("\t", "UTF-16, by its byte order mark")
    assert file["toelichting"].tolist() == [None, "café", None]
    assert file.report.notes[:3] == (
        "answers: choice texts",
        "responses that were not finished: 1 of 3; they are kept",
        "responses of a preview or test: 1; they are kept",
    )
    kolommen = file.column_map(LIJST)
    assert meanings(kolommen, "houding_1") == ANCHORS | {"weet niet": Missing.WEET_NIET}
    assert meanings(kolommen, "houding_2") == meanings(kolommen, "houding_1")


@pytest.mark.parametrize(
    "text",
    ["a,b\n1,2\n", "a,b\nx,y\n1,2\n", 'a,b\nx,y\n"{""ImportId"":""q""}",2\n', "a,b\nx,y\n[1],[2]\n"],
)
def test_a_file_without_the_ids_of_qualtrics_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "no.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="the third row holds no ids of Qualtrics"):
        igm.read_qualtrics(path)


def test_a_ragged_header_of_qualtrics_is_told_by_line(tmp_path: Path) -> None:
    path = tmp_path / "no.csv"
    path.write_text('a,b\nx\n"{""ImportId"":""q""}","{""ImportId"":""r""}"\n1,2\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        igm.read_qualtrics(path, delimiter=",")
    assert [problem.where for problem in caught.value.problems] == ["no.csv, line 2"]


def test_the_map_takes_names_patterns_and_codes_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "t0.csv"
    path.write_text("V1;t0_houding_2\nMee eens;eens\nweet niet;oneens\n", encoding="utf-8")
    kolommen = igm.read_csv(path).column_map(
        LIJST,
        items={"houding_1": "V1"},
        pattern="t0_{name}",
        codes={"houding_1": {"mee eens": 3}, "*": {"eens": 4, "oneens": 2}},
    )
    assert meanings(kolommen, "houding_1") == {
        "weet niet": Missing.WEET_NIET,
        "mee eens": 3,
        "eens": 4,
        "oneens": 2,
    }
    assert meanings(kolommen, "houding_2") == {"weet niet": Missing.WEET_NIET, "eens": 4, "oneens": 2}
    with pytest.raises(InputError, match="no such column"):
        igm.read_csv(path).column_map(LIJST, items={"houding_1": "V2"})


def test_one_map_of_a_file_serves_a_questionnaire_and_a_kader(tmp_path: Path) -> None:
    path = tmp_path / "zaken.csv"
    path.write_text(
        "V1;houding_2;heeft schulden;motivatie\n"
        "Mee eens;Mee oneens;ja;nee\n"
        "Helemaal mee eens;weet niet;weet niet;ja\n"
    )
    kader = igm.kader("leiden-2021")
    file = igm.read_csv(path)
    kolommen = file.column_map(
        LIJST,
        kader,
        items={"houding_1": "V1"},
        facts={"schulden": "heeft schulden"},
        codes={"motivatie": {"nee": False}},
    )
    assert kolommen.items == {"houding_1": "V1"}
    assert kolommen.facts == {"schulden": "heeft schulden", "motivatie": "motivatie"}
    frame = file.frame("polars")
    scores = igm.score(frame, LIJST, columns=kolommen, min_valid=1)
    assert scores["houding"].to_list() == [3.0, 5.0]
    advice = kader.evaluate_many(scores, columns=kolommen)
    assert advice["advies"].to_list() == ["meer_weten", "meer_weten"]
    for wrong in ((), (LIJST, ["houding_1"])):
        with pytest.raises(InputError, match="for one questionnaire, one kader or both"):
            file.column_map(*wrong)


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
@pytest.mark.parametrize(
    ("name", "read", "scores", "n_valid"),
    [
        ("limesurvey-codes.csv", igm.read_limesurvey, [4.5, 1.0, 2.5, 4.0], [2, 1, 2, 1]),
        ("limesurvey-full.csv", igm.read_limesurvey, [4.5, 1.0, 3.0], [2, 1, 1]),
        ("qualtrics-values.csv", igm.read_qualtrics, [4.0, 1.0, 3.5], [1, 1, 2]),
        ("qualtrics-texts.tsv", igm.read_qualtrics, [4.0, 1.0, 3.5], [1, 1, 2]),
    ],
)
def test_from_an_export_to_scores(
    name: str, read: Any, scores: list[float], n_valid: list[int], kind: Any
) -> None:
    file = read(EXPORTS / name)
    scored = igm.score(file.frame(kind), LIJST, columns=file.column_map(LIJST))
    assert scored["houding"].to_numpy().tolist() == scores
    assert scored["houding_n"].to_numpy().tolist() == n_valid
    assert list(scored.columns if kind != "pyarrow" else scored.column_names)[: len(file.names)] == list(
        file.names
    )


def test_what_stays_without_a_meaning_is_refused_where_it_is_used(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text('"id","submitdate","houding1"\n"1","","A2"\n"2","","-oth-"\n', encoding="utf-8")
    file = igm.read_limesurvey(path)
    with pytest.raises(InputError, match="houding"):
        igm.score(file.frame("polars"), LIJST, columns=file.column_map(LIJST))


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_from_a_file_of_facts_to_advice(tmp_path: Path, kind: Any) -> None:
    path = tmp_path / "feiten.csv"
    path.write_text(
        "ref;extern_onderzoek;verslaving;heeft schulden\na;Ja;nee;weet niet\nb;nee;Ja;ja\nc;;;\n",
        encoding="utf-8",
    )
    kader = igm.kader("leiden-2021")
    file = igm.read_csv(path)
    kolommen = file.column_map(kader, facts={"schulden": "heeft schulden"})
    assert meanings(kolommen, "schulden") == {"weet niet": Missing.WEET_NIET, "ja": True}
    weighed = kader.evaluate_many(file.frame(kind), beleid="cautious", columns=kolommen)
    facts: list[dict[str, Any]] = [
        {"extern_onderzoek": True, "verslaving": False, "schulden": "weet_niet"},
        {"extern_onderzoek": False, "verslaving": True, "schulden": True},
        {},
    ]
    expected = [kader.evaluate(kader.casus(one), beleid="cautious").advies.value for one in facts]
    found = weighed["advies"]
    assert (found.to_pylist() if kind == "pyarrow" else found.to_list()) == expected


def test_answer_codes_of_two_digits_are_answer_codes(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text('"id","submitdate","houding[SQ001]"\n"1","","AO02"\n"2","","AO05"\n', encoding="utf-8")
    file = igm.read_limesurvey(path)
    assert file.report.notes[2].startswith("AO01 suggests 1, AO02 suggests 2")
    kolommen = file.column_map(LIJST)
    assert meanings(kolommen, "houding_1") == {f"ao0{place}": place for place in range(1, 6)}
    assert igm.score(file.frame("polars"), LIJST, columns=kolommen, min_valid=1)["houding"].to_list() == [
        2.0,
        5.0,
    ]


def test_a_map_of_one_wave_reads_the_answers_of_the_next(tmp_path: Path) -> None:
    first, second = tmp_path / "t0.csv", tmp_path / "t1.csv"
    first.write_text("houding_1;houding_2\nMee eens;mee eens\n", encoding="utf-8")
    second.write_text("houding_1;houding_2\nMee oneens;helemaal mee eens\n", encoding="utf-8")
    kolommen = igm.read_csv(first).column_map(LIJST)
    assert kolommen.to_dict()["codes"].keys() == {"*"}
    frame = igm.read_csv(second).frame("polars")
    assert igm.score(frame, LIJST, columns=kolommen)["houding"].to_list() == [3.5]


def test_a_text_that_missing_names_is_left_to_it(tmp_path: Path) -> None:
    path = tmp_path / "t0.csv"
    path.write_text("houding_1;houding_2\nMee eens;weet niet\n", encoding="utf-8")
    kolommen = igm.read_csv(path).column_map(LIJST, missing={"weet niet": "geweigerd"})
    assert meanings(kolommen, "houding_2") == ANCHORS | {"weet niet": Missing.GEWEIGERD}


def test_seen_and_not_answered_is_suggested_with_choice_texts_too(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text(
        'Finished,houding_1\nFinished,Goed\n"{""ImportId"":""f""}","{""ImportId"":""q""}"\nTrue,Mee eens\nTrue,-99\n',
        encoding="utf-8",
    )
    file = igm.read_qualtrics(path)
    assert file.report.notes[-1] == "-99 in 1 column suggests niet_gevraagd: seen and not answered"
    scored = igm.score(file.frame("polars"), LIJST, columns=file.column_map(LIJST), min_valid=1)
    assert scored["houding"].to_list() == [4.0, None]


def test_a_map_that_finds_nothing_says_so(tmp_path: Path) -> None:
    path = tmp_path / "t0.csv"
    path.write_text("Q3_1;Q3_2\n4;5\n", encoding="utf-8")
    assert igm.read_csv(path).column_map(LIJST).notes == ("0 of 2 items found; columns are Q3_1, Q3_2",)


def test_a_code_beyond_the_scale_is_told_and_gets_no_meaning(tmp_path: Path) -> None:
    path = tmp_path / "zes.csv"
    path.write_text('"id","submitdate","houding[SQ001]"\n"1","2026-03-02","A4"\n"2","2026-03-02","A6"\n')
    file = igm.read_limesurvey(path)
    lijst = igm.vragenlijst("client-participatie")
    kolommen = file.column_map(lijst)
    (note,) = kolommen.notes
    assert note.startswith(
        "houding[SQ001]: A6 suggests 6, which is no answer on the scale: refused where it occurs"
    )
    assert meanings(kolommen, "houding_1") == {f"a{answer}": answer for answer in range(1, 6)}
    with pytest.raises(InputError, match="answer has no meaning"):
        igm.score(file.frame("polars"), lijst, columns=kolommen)
    own = file.column_map(lijst, codes={"*": {"A6": "weet_niet"}})
    assert own.notes == ()
    assert igm.score(file.frame("polars"), lijst, columns=own)["houding_n"].to_list() == [1, 0]


IDS = '"{""ImportId"":""finished""}","{""ImportId"":""QID1""}"\n'


def test_several_choices_in_a_cell_are_not_read_as_a_number_with_decimals(tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    path.write_text(f'Finished,houding_1\nF,V\n{IDS}True,"1,2"\nTrue,3\n', "utf-8")
    with pytest.raises(InputError) as caught:
        igm.read_qualtrics(path)
    assert (caught.value.code, caught.value.problems[0].where) == ("file-ambiguous", "$.decimal")
    assert list(igm.read_qualtrics(path, decimal=".")["houding_1"]) == ["1,2", "3"]
    assert list(igm.read_qualtrics(path, decimal=",")["houding_1"]) == [1.2, 3]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("Waar", "Onwaar"), ["responses that were not finished: 1 of 2; they are kept"]),
        (
            ("klaar", "0"),
            [
                "responses that were not finished: 1 of 2; they are kept",
                "responses of which Finished says neither yes nor no: 1 of 2",
            ],
        ),
    ],
)
def test_what_finished_says_in_other_words_is_read_or_told(
    tmp_path: Path, cells: tuple[str, str], told: list[str]
) -> None:
    path = tmp_path / "survey.csv"
    path.write_text(f"Finished,houding_1\nF,V\n{IDS}" + "".join(f"{cell},3\n" for cell in cells), "utf-8")
    assert list(igm.read_qualtrics(path).report.notes[1:]) == told
