"""Reports on one person: what is told per determinant, in which words, and what stays masked until it is asked for."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igm.analysis import (
    Effectmeting,
    Goal,
    ProgressReport,
    effectmeting,
    goal_attainment,
    progress_report,
    reliable_change,
)
from igm.constructs import (
    LIKERT5,
    LIKERT7,
    Construct,
    Gedrag,
    Missing,
    Profiel,
    Richting,
    SocialeDruk,
    Waarde,
)
from igm.errors import MASK, InputError

GEDRAG = Gedrag(action="solliciteren", target="werkgevers", context="alleen", time="nu", doel="werk")


def w(score: float, **rest: Any) -> Waarde:
    return Waarde(score=score, schaal=LIKERT5, **rest)


def profiel(ref: str = "c-017", **waarden: Any) -> Profiel:
    return Profiel(ref=ref, gedrag=GEDRAG, waarden=waarden)


def druk(score: float) -> SocialeDruk:
    return SocialeDruk(score=score, schaal=LIKERT5, richting=Richting.TEGEN)


THEN = profiel(
    houding=w(2.3, facetten={"ervaring": 2.0}),
    eigen_effectiviteit=w(4.8),
    sociale_druk=druk(4.5),
    kennis=w(3.0),
    belastbaarheid=w(2.0),
    context=Missing.GEWEIGERD,
    zelfregulering=Missing.NIET_GEVRAAGD,
)
NOW = profiel(
    houding=w(3.9, facetten={"ervaring": 4.0}),
    eigen_effectiviteit=w(4.9),
    sociale_druk=druk(2.5),
    kennis=w(3.0),
    belastbaarheid=w(1.0),
    context=w(3.0),
)
RELIABILITY = {"attitude": 0.84, "eigen_effectiviteit": 0.8, "sociale_druk": 0.7, "kennis": 0.7}


def report(**rest: Any) -> ProgressReport:
    given_: dict[str, Any] = {"reliability": RELIABILITY, "sd": 0.9}
    return progress_report(THEN, NOW, **(given_ | rest))


def test_each_determinant_is_told_as_what_is_known_of_it() -> None:
    found = report()
    assert {row.construct.value: row.state for row in found.rows} == {
        "houding": "rise",
        "eigen_effectiviteit": "cannot-show",
        "sociale_druk": "fall",
        "kennis": "not-shown",
        "belastbaarheid": "untested",
        "context": "missing",
    }
    assert found.not_asked == (Construct.ZELFREGULERING,)
    assert found.n_tested == 4
    assert found.false_alarm == pytest.approx(1 - 0.95**4)
    alone = reliable_change(2.3, 3.9, reliability=0.84, sd=0.9, schaal=LIKERT5)
    reliable = found["houding"].reliable
    assert reliable is not None
    assert (reliable.rci, reliable.interval) == (alone.rci, alone.interval)
    with pytest.raises(KeyError):
        found["doel"]


def test_the_report_says_then_now_what_changed_and_what_next() -> None:
    found = report(vervolg={"attitude": "Samen een vacature kiezen."}, moments=("maart", "september"))
    text = found.text()
    block = text[text.index("houding") : text.index("geloof in eigen kunnen")]
    for line in (
        "Toen: 2,30 (schaal 1–5)",
        "Nu: 3,90 (schaal 1–5)",
        "Verandering: 1,60 hoger. Dat is meer dan door meetfouten te verwachten is.",
        "Onderdelen: ervaring van 2,00 naar 4,00",
        "Vervolg: Samen een vacature kiezen.",
    ):
        assert line in block
    assert "Toen is maart. Nu is september." in text
    assert "tegen het gedrag in" in text
    assert "Meet later nog een keer. Dan is er iets om mee te vergelijken." in text
    assert "19%" in text
    assert "besluiten" in text
    english = found.text("en")
    assert "Change: 1.60 higher. That is more than errors of measurement would give." in english
    assert "Not asked: self-regulation." in english
    assert max(map(len, text.splitlines())) <= 100


NOT_NEUTRAL = re.compile(
    r"verbeter|verslecht|goed|slecht|helaas|gelukkig|vooruit|achteruit|beter|improv|worse|better|good|bad|"
    r"geen verandering|geen effect|no change|no effect",
    re.IGNORECASE,
)


@given(st.floats(1, 5), st.floats(1, 5), st.sampled_from(["nl", "en"]))
def test_no_report_praises_blames_or_says_that_nothing_changed(one: float, other: float, lang: Any) -> None:
    then, now = (
        profiel(houding=w(one), sociale_druk=druk(one)),
        profiel(houding=w(other), sociale_druk=druk(other)),
    )
    options: list[dict[str, Any]] = [{}, {"reliability": 0.8, "sd": 0.9}]
    for rest in options:
        found = progress_report(then, now, **rest)
        assert not NOT_NEUTRAL.search(found.text(lang)), found.text(lang)
        assert not NOT_NEUTRAL.search(found.html(lang))
        assert not NOT_NEUTRAL.search(found.table(lang).text())


@given(st.floats(1, 5), st.floats(1, 5))
def test_the_proposal_is_the_same_whichever_way_a_score_went(one: float, other: float) -> None:
    def last_line(then: float, now: float) -> str:
        found = progress_report(
            profiel(sociale_druk=druk(then)), profiel(sociale_druk=druk(now)), reliability=0.8, sd=0.9
        )
        return found["sociale_druk"].item("nl", mask=False).lines[-1][1]

    assert last_line(one, other) == last_line(other, one)


def test_a_missing_answer_is_asked_again_only_when_it_may_be() -> None:
    asked = {
        Missing.WEET_NIET: "Vraag het de volgende keer.",
        Missing.VERLOREN: "Vraag het de volgende keer.",
        Missing.GEWEIGERD: "Vraag dit niet opnieuw.",
        Missing.NIET_VAN_TOEPASSING: "Vraag dit niet opnieuw.",
    }
    for why, expected in asked.items():
        found = progress_report(profiel(kennis=w(3)), profiel(kennis=why))
        assert found["kennis"].item("nl", mask=False).lines[-1][1] == expected
        assert "Nog geen aanwijzing." in found.text()


def test_what_is_printed_masks_and_what_is_asked_for_does_not() -> None:
    found = report(
        belemmeringen={"schulden": ("bij de kredietbank", "afbetaald")},
        vervolg={"belastbaarheid": "minder uren"},
        reliability=0.8,
    )
    for printed in (str(found), found._repr_html_(), repr(found), repr(found["belastbaarheid"])):
        assert not any(
            hidden in printed for hidden in ("kredietbank", "schulden", "minder uren", "1,00 lager")
        )
    assert MASK in str(found)
    for asked in (found.text(), found.html()):
        assert all(shown in asked for shown in ("kredietbank", "schulden", "minder uren", "1,00 lager"))
    assert MASK not in found.table().text()


def test_html_holds_nothing_that_was_typed_as_html() -> None:
    found = report(vervolg={"houding": "<script>x</script>"}, belemmeringen={"<b>": ("<i>", "&")})
    html = found.html("en")
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html
    assert html.startswith('<article lang="en">')
    assert html.endswith("</article>")
    assert html.count("<section>") == html.count("</section>") == 3


def test_goals_and_barriers_have_their_own_part() -> None:
    goals = [Goal("bellen", 1, start=-1), Goal("cursus")]
    found = report(doelen=goals, belemmeringen={"kinderopvang": ("geen plek", "twee dagen")})
    assert found.goals == goal_attainment(goals)
    assert "PRAKTISCHE BELEMMERINGEN\nkinderopvang\n  Toen: geen plek\n  Nu: twee dagen" in found.text()
    assert "T = 60,0" in found.text()
    assert report(doelen=goal_attainment(goals)).goals == found.goals
    assert found.to_dict()["schema_version"] == 1


def test_what_does_not_fit_is_refused_all_at_once() -> None:
    anything: Any = progress_report
    other = Gedrag(action="bellen", target="werkgevers", context="alleen", time="nu", doel="werk")
    now = Profiel(ref="c-9", gedrag=other, waarden={"kennis": Waarde(score=3, schaal=LIKERT7)})
    with pytest.raises(InputError) as error:
        anything(THEN, now, reliability=0.8, vervolg={"huoding": "x"}, belemmeringen={"a": "b"})
    assert sorted(problem.code for problem in error.value.problems) == [
        "invalid-value",
        "invalid-value",
        "invalid-value",
        "missing-field",
        "mixed-scales",
        "unknown-construct",
    ]
    with pytest.raises(InputError, match="not a profile"):
        anything({"houding": 3}, THEN)
    with pytest.raises(InputError) as error:
        anything(THEN, NOW, reliability={"houding": 0.8, "kennis": 1.2}, sd={"kennis": 0.9})
    assert error.value.problems[0].where == "$.sd.houding"
    with pytest.raises(InputError) as error:
        anything(THEN, NOW, reliability={"houding": 1.0, "kennis": 1.2}, sd=0.9)
    assert [problem.where for problem in error.value.problems] == [
        "$.houding.reliability",
        "$.kennis.reliability",
    ]


def measured(*scores: float | None, belastbaarheid: float | None = None) -> list[Profiel]:
    load: dict[str, Any] = {} if belastbaarheid is None else {"belastbaarheid": w(belastbaarheid)}
    return [profiel(kennis=Missing.WEET_NIET if one is None else w(one), **load) for one in scores]


def test_the_effect_measurement_puts_three_things_side_by_side() -> None:
    profielen = measured(2.0, 2.3, 2.0, 2.3, 3.7, 3.3, 3.7, 4.0, belastbaarheid=2.0)
    found = effectmeting(
        profielen,
        ["voor"] * 4 + ["coaching"] * 4,
        moments=list(range(8)),
        reliability={"kennis": 0.84},
        sd=0.9,
        doelen=[Goal("bellen", 1)],
    )
    assert found.shown == (Construct.KENNIS,)
    assert found.no_evidence == ()
    assert found.series[Construct.KENNIS].comparisons[0].verdict == "improved"
    assert found.progress["kennis"].state == "rise"
    text = found.text()
    assert "Van voor naar coaching: het gemiddelde ging van 2,15 naar 3,67" in " ".join(text.split())
    assert "T = 60,0" in text
    assert "Dit zegt niet waardoor het komt." in text
    assert not NOT_NEUTRAL.search(found.table().text())
    assert not NOT_NEUTRAL.search(text)
    assert str(found).count(MASK) == 5
    assert MASK in found._repr_html_()
    assert MASK not in text


def test_no_evidence_yet_is_an_answer() -> None:
    few = effectmeting(measured(2, 2, 5, 5), ["voor", "voor", "coaching", "coaching"])
    assert (few.shown, few.no_evidence) == ((), (Construct.KENNIS,))
    assert "Nog geen aanwijzing: kennis en vaardigheden." in few.text()
    one_phase = effectmeting(measured(2, None), ["voor", "voor"], reliability=0.8, sd=0.9)
    assert one_phase.no_evidence == (Construct.KENNIS,)
    assert "één fase" in one_phase.text()
    assert "fase" in one_phase.table().text()
    tested = effectmeting(measured(2, 2.2), ["voor", "coaching"], reliability=0.8, sd=0.9)
    assert (tested.shown, tested.no_evidence) == ((), ())
    assert isinstance(tested, Effectmeting)
    assert tested.to_dict()["no_evidence"] == []


def test_other_people_and_too_few_profiles_are_refused() -> None:
    anything: Any = effectmeting
    with pytest.raises(InputError) as error:
        anything([THEN, NOW, profiel("c-2", kennis=w(2)), profiel("c-3", kennis=w(2))], ["a"] * 4)
    assert [problem.where for problem in error.value.problems] == [
        "$.profielen[2].after.ref",
        "$.profielen[3].after.ref",
    ]
    with pytest.raises(InputError, match="missing-field"):
        anything([THEN], ["a"])
    with pytest.raises(InputError, match="not a profile"):
        anything([THEN, 3], ["a", "b"])
    with pytest.raises(InputError, match="shape-mismatch"):
        anything([THEN, NOW], ["a"])
    with pytest.raises(InputError, match="out of order"):
        anything([THEN, NOW], ["a", "b"], moments=[2, 1])


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        *[({"vervolg": given_}, "$.vervolg") for given_ in (["x"], 5, "x")],
        *[({"vervolg": {"houding": given_}}, "$.vervolg.houding") for given_ in (5, "", None)],
        ({"vervolg": {"houding": "a", "attitude": "b"}}, "$.vervolg.attitude"),
        *[({"belemmeringen": given_}, "$.belemmeringen") for given_ in (["x"], 5)],
        ({"belemmeringen": {5: ("a", "b")}}, "$.belemmeringen.5"),
        ({"belemmeringen": {"vervoer": ("a", 5)}}, "$.belemmeringen.vervoer"),
        *[({"moments": given_}, "$.moments") for given_ in (5, "maart", ("maart",), ("maart", None), "mm")],
        ({"level": 95}, "$.level"),
        *[({"doelen": given_}, "$.doelen") for given_ in (5, "x", Goal("bellen"))],
        ({"doelen": ["x"]}, "$.doelen[0]"),
    ],
)
def test_what_is_no_part_of_a_report_is_refused_where_it_stands(wrong: dict[str, Any], where: str) -> None:
    with pytest.raises(InputError) as caught:
        progress_report(THEN, NOW, **wrong)
    assert where in {problem.where for problem in caught.value.problems}


def test_all_that_is_wrong_with_a_report_is_told_at_once() -> None:
    wrong: Any = {"vervolg": 5, "belemmeringen": 5, "moments": 5, "level": 95, "doelen": 5}
    with pytest.raises(InputError) as caught:
        progress_report(THEN, NOW, **wrong)
    assert [problem.where for problem in caught.value.problems] == [
        f"$.{name}" for name in ("level", "vervolg", "belemmeringen", "moments", "doelen")
    ]


def test_a_next_step_is_told_of_what_was_not_asked_too() -> None:
    then, now = profiel(kennis=w(2.0)), profiel(kennis=w(3.0))
    report = progress_report(then, now, vervolg={"context": "Vraag naar het vervoer."})
    assert "Vraag naar het vervoer." in report.text()
    assert Construct.CONTEXT in report.not_asked


def test_sensitive_steps_stay_masked_in_errors() -> None:
    sensitive = next(one for one in Construct if one.info.sensitive)
    wrong: Any = {sensitive.value: 5150}
    with pytest.raises(InputError) as caught:
        progress_report(THEN, NOW, vervolg=wrong)
    assert "5150" not in str(caught.value)


@pytest.mark.parametrize(
    ("profielen", "phases", "rest", "where"),
    [
        *[(given_, ["A", "B"], {}, "$.profielen") for given_ in (None, 5, NOW, "x")],
        *[([THEN, NOW], phases, {}, "$.phases") for phases in (None, 5, {"A": 1, "B": 2}, ["A"], [])],
        *[([THEN, NOW], ["A", "B"], {"moments": moments}, "$.moments") for moments in (5, ["T0"], "ab")],
        ([THEN, NOW], ["A", "B"], {"alpha": 9, "level": 9}, "$.alpha"),
        ([THEN, NOW], ["A", "B"], {"alpha": 9, "level": 9}, "$.level"),
    ],
)
def test_what_cannot_be_followed_is_refused_where_it_stands(
    profielen: Any, phases: Any, rest: dict[str, Any], where: str
) -> None:
    with pytest.raises(InputError) as caught:
        effectmeting(profielen, phases, **rest)
    assert where in {problem.where for problem in caught.value.problems}


def test_profiles_can_come_one_after_the_other() -> None:
    given_: Any = iter([THEN, NOW])
    assert len(effectmeting(given_, ["voor", "coaching"]).phases) == 2


def test_a_report_can_be_of_chosen_constructs() -> None:
    report = progress_report(_profiel(2.0, 3.0), _profiel(3.0, 3.0), constructs=["knowledge and skills"])
    assert [row.construct.value for row in report.rows] == ["kennis"]
    assert (report.is_part, report.not_asked) == (True, ())
    assert "Dit verslag gaat over een deel van wat gevraagd is." in report.text()
    assert not progress_report(_profiel(2.0, 3.0), _profiel(3.0, 3.0)).is_part


def test_a_next_step_for_what_is_not_chosen_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        progress_report(
            _profiel(2.0, 3.0),
            _profiel(3.0, 3.0),
            constructs=["kennis", "kenis"],
            vervolg={"houding": "Samen bellen."},
        )
    codes = [(problem.code, problem.where) for problem in caught.value.problems]
    assert codes == [("unknown-construct", "$.constructs[1]"), ("invalid-value", "$.vervolg.houding")]


def test_a_reliability_that_is_not_known_is_told_once() -> None:
    one, other = _profiel(2.0, 3.0), _profiel(3.0, 4.0)
    text = " ".join(progress_report(one, other).text().split())
    assert text.count("de betrouwbaarheid is niet gegeven") == 1
    assert text.count("Of dit meer is dan een meetfout, is niet bekend.") == 2
    text = " ".join(
        progress_report(one, other, reliability={"kennis": 0.8}, sd={"kennis": 1.0}).text().split()
    )
    assert "Niet bekend is hoe groot de meetfout is van: houding." in text
    assert "de betrouwbaarheid is niet gegeven" not in text.replace("De betrouwbaarheid daarvan", "")


def _profiel(kennis: float, houding: float) -> Profiel:
    return Profiel(gedrag=GEDRAG, waarden={"kennis": w(kennis), "houding": w(houding)})
