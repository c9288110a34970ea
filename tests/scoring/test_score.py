from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from igm.constructs.afname import Afname
from igm.constructs.composite import CompositeState
from igm.constructs.gedrag import Gedrag
from igm.constructs.profiel import Profiel
from igm.constructs.toestemming import Scope, Toestemming
from igm.constructs.vragenlijst import Vragenlijst, vragenlijst
from igm.constructs.waarde import Bron, Missing, SocialeDruk, Waarde
from igm.errors import ConsentError, InputError
from igm.scoring import composites, score, scorers
from igm.scoring.protocols import FloatArray

FULL = {"h1": 4, "h2": 1, "b1": 3, "b2": 2, "b3": 2, "d1": 5}
GIVEN = Toestemming(scope=Scope.ONDERZOEK, datum="2024-01-01")  # type: ignore[arg-type]


class Lowest:
    """A scorer as a third party would write it."""

    name = "lowest"

    def one(self, answers: Sequence[int | None], items: object, schaal: object, /) -> float | None:
        return float(min(answer for answer in answers if answer is not None))

    def many(self, answers: FloatArray, items: object, schaal: object, /) -> FloatArray:
        lowest: FloatArray = np.nanmin(answers, axis=1)
        return lowest


def test_a_person_gets_values_with_their_n_scale_and_source(lijst: Vragenlijst) -> None:
    profiel = score(FULL, lijst)
    houding = profiel["houding"]
    assert isinstance(houding, Waarde)
    assert (houding.score, houding.n_valid, houding.n_items) == (4.5, 2, 2)
    assert (houding.schaal, houding.bron, houding.datum) == (lijst.schaal, Bron.INSTRUMENT, None)
    assert profiel.gedrag == lijst.gedrag
    assert profiel.gemaakt_met == "proef 1; scorer mean; half valid"
    druk = profiel["sociale_druk"]
    assert isinstance(druk, SocialeDruk)
    assert (druk.score, druk.richting) == (5.0, None)


def test_facets_are_means_of_their_keyed_items(lijst: Vragenlijst) -> None:
    profiel = score(FULL, lijst)
    houding, belastbaarheid = profiel["houding"], profiel["belastbaarheid"]
    assert isinstance(houding, Waarde)
    assert isinstance(belastbaarheid, Waarde)
    assert houding.facetten == {"instrumenteel": 4.0, "ervaring": 5.0}
    assert belastbaarheid.facetten == {"fysiek": 3.0}
    partly = score({"h1": 4, "b1": 3, "b3": 2}, lijst)["houding"]
    assert isinstance(partly, Waarde)
    assert partly.facetten == {"instrumenteel": 4.0}


def test_a_facet_follows_the_missing_rule_too(lijst: Vragenlijst) -> None:
    with_half = score({"b1": 3, "b2": 2}, lijst)["belastbaarheid"]
    with_two = score({"b1": 3, "b2": 2, "h1": 1, "h2": 1, "d1": 1}, lijst, min_valid="half")["belastbaarheid"]
    assert isinstance(with_half, Waarde)
    assert with_half.facetten == {"fysiek": 2.0}
    assert with_half == with_two
    assert score({"b1": 3, "b2": 2}, lijst, min_valid="all")["belastbaarheid"] is Missing.NIET_GEVRAAGD


def test_below_the_rule_there_is_no_score_but_a_reason(lijst: Vragenlijst) -> None:
    assert score({"b1": 3}, lijst)["belastbaarheid"] is Missing.NIET_GEVRAAGD
    refused = {"b1": 3, "b2": Missing.GEWEIGERD, "b3": Missing.GEWEIGERD}
    assert score(refused, lijst)["belastbaarheid"] is Missing.GEWEIGERD
    assert score({**refused, "b3": "weet_niet"}, lijst)["belastbaarheid"] is Missing.WEET_NIET
    assert score({**refused, "b3": None}, lijst)["belastbaarheid"] is Missing.NIET_GEVRAAGD


def test_nobody_gets_a_score_from_zero_items(lijst: Vragenlijst) -> None:
    profiel = score({}, lijst)
    assert dict(profiel.scores) == {}
    assert {value.state for value in profiel.composites.values()} == {CompositeState.EMPTY}
    assert np.isnan(score([{}], lijst).values).all()


def test_a_midpoint_is_an_answer_and_missing_is_not_a_midpoint(lijst: Vragenlijst) -> None:
    known = score({"h1": 5, "h2": 3}, lijst)["houding"]
    missing = score({"h1": 5, "h2": "weet_niet"}, lijst)["houding"]
    assert isinstance(known, Waarde)
    assert isinstance(missing, Waarde)
    assert (known.score, known.n_valid) == (4.0, 2)
    assert (missing.score, missing.n_valid) == (5.0, 1)


def test_reversal_uses_the_stated_bounds_whatever_was_answered(lijst: Vragenlijst) -> None:
    nobody_answered_five = [{"h1": 3, "h2": answer} for answer in (1, 2, 3)]
    assert score(nobody_answered_five, lijst)["houding"].tolist() == [4.0, 3.5, 3.0]


def test_an_afname_brings_its_reference_and_date(lijst: Vragenlijst) -> None:
    afname = Afname(ref="c-1", antwoorden=FULL, datum="2024-10-01")  # type: ignore[arg-type]
    profiel = score(afname, lijst)
    houding = profiel["houding"]
    assert profiel.ref == "c-1"
    assert isinstance(houding, Waarde)
    assert houding.datum == afname.datum
    scores = score([afname, FULL], lijst)
    assert scores.refs == ("c-1", None)
    assert scores.datums == (afname.datum, None)
    assert scores.profiel(0) == profiel


def test_the_behaviour_can_be_told(lijst: Vragenlijst) -> None:
    other = Gedrag(action="bellen", target="werkgevers", context="alleen", time="morgen", doel="werk")
    assert score(FULL, lijst, gedrag=other).gedrag == other
    assert score([FULL], lijst, gedrag=other).profiel(0).gedrag == other


def test_composites_are_in_the_profile(lijst: Vragenlijst) -> None:
    willen = score(FULL, lijst).composites["willen"]
    assert (willen.value, willen.state) == (4.5, CompositeState.PARTIAL)
    gated = score(FULL, lijst, composite=composites.gate(60)).composites
    assert gated["willen_kunnen"].state is CompositeState.CLOSED
    profiel = score(FULL, lijst, composite="minimum")
    assert profiel.composites["willen_kunnen"].value == 3.0
    assert Profiel.from_dict(profiel.to_dict()) == profiel


def test_weights_are_checked_against_the_questionnaire_and_named(lijst: Vragenlijst) -> None:
    weights = {item.id: 1 for item in lijst.items} | {"h1": 3}
    profiel = score(FULL, lijst, scorer=scorers.weighted(weights, source="Proef 2020"))
    assert profiel.scores["houding"] == 4.25
    assert profiel.gemaakt_met == "proef 1; scorer weighted (Proef 2020); half valid"
    with pytest.raises(InputError, match="weights-invalid"):
        score(FULL, lijst, scorer=scorers.weighted({"h1": 1}, source="Proef 2020"))


def test_a_scorer_of_a_third_party_works_as_the_own_ones(lijst: Vragenlijst) -> None:
    people = [FULL, {"b1": 4, "b2": 5}, {}]
    scores = score(people, lijst, scorer=Lowest())
    assert scores["belastbaarheid"].tolist()[:2] == [2.0, 4.0]
    assert np.isnan(scores.values[2]).all()
    assert scores.profiel(0) == score(FULL, lijst, scorer=Lowest())
    assert "lowest" in scores.gemaakt_met


class _Wrong(Lowest):
    name = "wrong"

    def __init__(self, gives: Any) -> None:
        self.gives = gives

    def one(self, answers: Sequence[int | None], items: object, schaal: object, /) -> Any:
        return self.gives

    def many(self, answers: FloatArray, items: object, schaal: object, /) -> Any:
        return np.full(len(answers), np.nan if self.gives is None else self.gives)


@pytest.mark.parametrize("gives", [9.0, float("inf"), None, "4", True])
def test_a_scorer_that_gives_no_score_on_the_scale_is_told(lijst: Vragenlijst, gives: Any) -> None:
    for data in (FULL, [FULL]):
        with pytest.raises(InputError) as caught:
            score(data, lijst, scorer=_Wrong(gives))
        assert caught.value.code == "plugin-invalid"
        assert "'wrong'" in str(caught.value)


def test_a_scorer_may_say_that_what_is_there_is_not_enough(lijst: Vragenlijst) -> None:
    person = {"h1": 4, "h2": "geweigerd", "b1": 1, "b2": 1, "b3": 1, "d1": 1}
    only_houding = vragenlijst_of(lijst, "h1", "h2")
    profiel = score({"h1": 4, "h2": "geweigerd"}, only_houding, scorer=_Wrong(None))
    assert profiel["houding"] is Missing.GEWEIGERD
    assert np.isnan(score([{"h1": person["h1"]}], only_houding, scorer=_Wrong(None)).values).all()


def vragenlijst_of(lijst: Vragenlijst, *names: str) -> Vragenlijst:
    return lijst.model_copy(update={"items": tuple(lijst.item(name) for name in names)})


class _WrongShape(Lowest):
    def many(self, answers: FloatArray, items: object, schaal: object, /) -> Any:
        return [1.0]


class _WrongComposite:
    name = "wrong"

    def combine(self, profiel: Profiel, /) -> Any:
        return {"willen": 3.0}


def test_parts_that_give_another_kind_of_thing_are_told(lijst: Vragenlijst) -> None:
    with pytest.raises(InputError, match="plugin-invalid"):
        score([FULL], lijst, scorer=_WrongShape())
    with pytest.raises(InputError, match="no composite values"):
        score(FULL, lijst, composite=_WrongComposite())


def test_a_list_tells_the_problems_of_all_people_at_once(lijst: Vragenlijst) -> None:
    people: list[dict[str, float]] = [{"h1": 1}, {"h1": 9, "zz": 1}, {"h1": 1}, {"h2": 1.5, "b1": 77}]
    with pytest.raises(InputError) as caught:
        score(people, lijst)
    problems = {problem.where: problem.code for problem in caught.value.problems}
    assert problems == {
        "$[1].antwoorden.h1": "answer-out-of-range",
        "$[1].antwoorden.zz": "unknown-item",
        "$[3].antwoorden.h2": "answer-not-whole",
        "$[3].antwoorden.b1": "answer-out-of-range",
    }
    assert "77" not in str(caught.value)


def test_many_problems_are_counted(lijst: Vragenlijst) -> None:
    with pytest.raises(InputError) as caught:
        score([{"h1": 9, "h2": 9, "d1": 9}] * 50, lijst)
    assert len(caught.value.problems) == 21
    assert "150 answers" in caught.value.problems[-1].what


def test_someone_twice_in_one_list_is_refused(lijst: Vragenlijst) -> None:
    one, other = Afname(ref="c-1", antwoorden=FULL), Afname(ref="c-2", antwoorden=FULL)
    with pytest.raises(InputError) as caught:
        score([one, other, one], lijst)
    assert (caught.value.code, caught.value.problems[0].where) == ("duplicate-name", "$[2].ref")
    assert len(score([FULL, FULL, one, other], lijst)) == 4


@pytest.mark.parametrize("data", ["abc", b"abc", 3, None, {1, 2}, (person for person in [FULL])])
def test_data_of_another_kind_is_refused(lijst: Vragenlijst, data: Any) -> None:
    with pytest.raises(InputError, match="data of another kind"):
        score(data, lijst)


def test_a_list_of_something_else_than_people_is_refused(lijst: Vragenlijst) -> None:
    with pytest.raises(InputError) as caught:
        score([FULL, [1, 2], 3], lijst)  # type: ignore[list-item]
    assert [problem.where for problem in caught.value.problems] == ["$[1]", "$[2]"]


def test_other_arguments_are_checked(lijst: Vragenlijst) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"gedrag": "oefenen"}, "not a Gedrag"),
        ({"doel": "publiceren"}, "unknown purpose"),
        ({"items": ["h1"]}, "items goes with an array"),
        ({"min_valid": 2}, "sociale_druk has"),
    ]
    for options, message in wrong:
        with pytest.raises(InputError, match=message):
            score(FULL, lijst, **options)
    with pytest.raises(InputError, match="not a Vragenlijst"):
        score(FULL, "client-participatie")  # type: ignore[call-overload]


def test_research_refuses_people_without_consent_by_count_only(lijst: Vragenlijst) -> None:
    yes = Afname(ref="c-1", antwoorden=FULL, toestemmingen=(GIVEN,))
    no = Afname(ref="c-2", antwoorden={"h1": 99})
    assert score(yes, lijst, doel="onderzoek").scores["houding"] == 4.5
    assert len(score([yes], lijst, doel="onderzoek")) == 1
    with pytest.raises(ConsentError, match="1 of 2") as caught:
        score([yes, no], lijst, doel="onderzoek")
    assert "c-2" not in str(caught.value)
    for data in (FULL, no, np.ones((1, 6))):
        with pytest.raises(ConsentError, match="1 of 1"):
            score(data, lijst, doel="onderzoek")


def test_an_empty_list_has_nobody(lijst: Vragenlijst) -> None:
    scores = score([], lijst)
    assert (len(scores), scores.values.shape) == (0, (0, 3))


def test_the_shipped_questionnaires_score() -> None:
    for name in ("client-participatie", "professional-begeleiden", "manager-begeleiden"):
        lijst = vragenlijst(name)
        top = {
            item.id: lijst.schaal.minimum if item.reversed else lijst.schaal.maximum for item in lijst.items
        }
        profiel = score(top, lijst)
        assert set(profiel.pomp.values()) == {100.0}
        assert set(profiel.known) == set(lijst.constructs)


def test_a_consent_does_not_reach_back_to_answers_of_before_it(lijst: Vragenlijst) -> None:
    for datum, counts in (("2024-09-30", False), ("2024-10-01", True), ("2025-01-01", True), (None, True)):
        one = Afname.model_validate(
            {
                "ref": "c-1",
                "antwoorden": FULL,
                "datum": datum,
                "toestemmingen": [{"scope": "onderzoek", "datum": "2024-10-01"}],
            }
        )
        if counts:
            assert score(one, lijst, doel="onderzoek") == score(one, lijst)
        else:
            with pytest.raises(ConsentError, match="by the day of the answers"):
                score(one, lijst, doel="onderzoek")
            with pytest.raises(ConsentError, match="1 of 1"):
                score([one], lijst, doel="onderzoek")


def test_two_questionnaires_of_one_name_are_scored_each_on_its_own(lijst: Vragenlijst) -> None:
    turned = lijst.model_copy(
        update={"items": [item.model_copy(update={"reversed": False}) for item in lijst.items]}
    )
    assert hash(turned) == hash(lijst)
    assert score(FULL, lijst)["houding"].score == 4.5  # type: ignore[union-attr]
    assert score(FULL, turned)["houding"].score == 2.5  # type: ignore[union-attr]
