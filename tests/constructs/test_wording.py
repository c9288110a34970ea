"""What people read when an input cannot be used: our words, their path, one thing to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, StrictBool, StrictInt, TypeAdapter, ValidationError, field_validator

from igm.constructs import (
    LIKERT5,
    Afname,
    Bron,
    Caseload,
    Client,
    CompositeValue,
    Gedrag,
    Item,
    Kenmerk,
    Kunnen,
    Profiel,
    SocialeDruk,
    Toestemming,
    Vragenlijst,
    Waarde,
    Willen,
    vragenlijst,
)
from igm.constructs._base import SENSITIVE, IgmModel, ListOf, Text, problems_of
from igm.constructs._wording import plain_path
from igm.errors import InputError, Problem

GEDRAG = Gedrag(action="a", target="b", context="c", time="d", doel="e")
PYDANTIC = ("Input should", "validat", "function-", "pydantic", "instance of", "dictionary", "_RuleText")


def problems(model: type[IgmModel], data: object) -> list[Problem]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return problems_of(caught.value)


def problem(model: type[IgmModel], data: object) -> Problem:
    (only,) = problems(model, data)
    return only


@pytest.mark.parametrize(
    ("model", "data", "what", "given", "do"),
    [
        (Caseload, {"doelgroep": 3}, "text was expected", "3", "Put it in quotes."),
        (Caseload, {"doelgroep": date(2024, 10, 1)}, "text was expected", "2024-10-01", "Put it in quotes."),
        (
            Caseload,
            {"doelgroep": False},
            "text was expected",
            "False",
            "Put it in quotes: YAML reads a bare yes, no, on or off as True or False.",
        ),
        (Caseload, {"doelgroep": ["x"]}, "text was expected", "a list", "Give text."),
        (
            Caseload,
            {"aantal": 2.5},
            "a whole number was expected",
            "2.5",
            "Give a whole number, not text, True or False.",
        ),
        (
            Caseload,
            {"aantal": -1},
            "a number of at least 0 was expected",
            "-1",
            "Give a value within the bounds.",
        ),
        (
            Waarde,
            {"score": "vier"},
            "a number was expected",
            "'vier'",
            "Give a finite number, not text, True or False.",
        ),
        (
            Waarde,
            {"score": 1, "bron": "klan"},
            "one of the allowed values was expected",
            "'klan'",
            "Did you mean 'klant'?",
        ),
        (
            Waarde,
            {"score": 1, "datum": "2024-13-01"},
            "a date was expected",
            "'2024-13-01'",
            "Give a date, such as 2024-10-01.",
        ),
        (
            Waarde,
            {"score": 1, "facetten": 3},
            "a mapping was expected",
            "3",
            "Give names with their values.",
        ),
        (
            Client,
            {"ref": "c", "willen": 3},
            "the fields of Willen were expected",
            "3",
            "Give a mapping from field to value, or the object itself.",
        ),
        (Client, {"ref": "c", "rol": "manager"}, "client was expected", "'manager'", "Give client."),
        (
            Item,
            {"id": "a", "construct": "houding", "nl": "x", "en": "x", "reversed": "ja"},
            "True or False was expected",
            "'ja'",
            "Give True or False, not text or a number.",
        ),
        (
            Item,
            {"id": "a", "construct": False, "nl": "x", "en": "x"},
            "unknown construct",
            "False",
            "Give its name as text, such as 'houding'.",
        ),
        (Caseload, [1], "the fields of Caseload were expected", "a list", None),
        (Caseload, {"aantal": 10**5000}, None, None, None),
    ],
)
def test_a_problem_says_what_was_expected_what_was_given_and_what_to_do(
    model: type[IgmModel], data: object, what: str | None, given: str | None, do: str | None
) -> None:
    if what is None:
        assert isinstance(model.model_validate(data), model)
        return
    found = problem(model, data)
    assert (found.what, found.given) == (what, given)
    assert do is None or found.do == do


anything: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.dates()
    | st.just(GEDRAG),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=2)
    ),
    max_leaves=4,
)
MODELS = (
    Afname,
    Caseload,
    Client,
    CompositeValue,
    Gedrag,
    Item,
    Kenmerk,
    Profiel,
    SocialeDruk,
    Toestemming,
    Vragenlijst,
    Waarde,
    Willen,
)


@given(st.sampled_from(MODELS), st.data())
def test_no_input_gets_words_or_paths_of_pydantic(model: type[IgmModel], data: st.DataObject) -> None:
    fields = data.draw(st.dictionaries(st.sampled_from(list(model.model_fields)), anything, max_size=4))
    try:
        model.model_validate(fields)
    except ValidationError as error:
        for found in problems_of(error):
            text = str(found)
            if not any(word in repr(fields) for word in PYDANTIC):
                assert not [word for word in PYDANTIC if word in text], text
            assert found.do.endswith((".", "?"))
            assert not found.what.endswith(".")
            assert found.where.count("[") == found.where.count("]")


def test_a_value_of_several_kinds_gets_one_problem_at_its_own_path() -> None:
    class Feit(IgmModel):
        waarde: StrictBool | StrictInt | Annotated[date, Field(strict=True)] | None = None

    found = problem(Feit, {"waarde": [1]})
    assert found.where == "$.waarde"
    assert found.what == "True or False, or a whole number, or a date was expected"
    assert found.given == "a list"


@pytest.mark.parametrize("name", ["int", "str", "q[1]", "Waarde", "value"])
def test_names_of_the_user_stay_in_the_path(name: str) -> None:
    found = problem(Waarde, {"score": 1, "facetten": {name: "x"}})
    assert found.where == ("$.facetten['q[1]']" if name == "q[1]" else f"$.facetten.{name}")
    assert plain_path(("antwoorden", name)) == ("antwoorden", name)


def test_a_model_can_say_what_it_is_called_and_never_shows_an_underscore() -> None:
    class _RuleText(IgmModel):
        spoken: ClassVar[str] = "a rule"
        tekst: Text

    class _PartText(_RuleText):
        extra: Text = "x"

    class _BookText(IgmModel):
        regels: ListOf[_RuleText] = ()
        delen: dict[str, _PartText] = Field(default={})

    assert problem(_RuleText, {"tekst": "x", "teksd": "y"}).what == "a rule has no field 'teksd'"
    found = {one.where: one.what for one in problems(_BookText, {"regels": [3], "delen": {"x": 3}, "y": 1})}
    assert found == {
        "$.regels[0]": "the fields of a rule were expected",
        "$.delen.x": "the fields of PartText were expected",
        "$.y": "BookText has no field 'y'",
    }


def test_sensitive_values_and_what_resembles_them_stay_out() -> None:
    found = problem(Kenmerk, {"aanwezig": True, "trend": "verslechterd"})
    assert found.given == "•••"
    assert "verergerd" in found.do or found.do == "Check the spelling."
    near = problem(Kenmerk, {"aanwezig": True, "trend": "verbeterdd"})
    assert near.do == "Check the spelling."
    assert problem(Kunnen, {"belastbaarheid": {"score": "zwaar"}}).given == "•••"
    assert problem(Kenmerk, {"aanwezig": 1, "toelichting": None}).given == "•••"
    assert "112" not in str(problem(Afname, {"ref": 111222333, "antwoorden": {}}))


def test_what_an_own_validator_raises_keeps_its_words_and_its_code() -> None:
    class Own(IgmModel):
        a: int = 0
        b: Annotated[int, Field(json_schema_extra=SENSITIVE)] = 0

        @field_validator("a", "b")
        @classmethod
        def _known(cls, value: int) -> int:
            if value == 1:
                raise ValueError("one is not enough")
            if value == 2:
                raise InputError.of("unknown-item", "no such item", "Give another.", given="2")
            return value

    assert str(problem(Own, {"a": 1})) == "one is not enough, at $.a. Mend the value. [invalid-value]"
    assert str(problem(Own, {"a": 2})) == "no such item, at $.a: got 2. Give another. [unknown-item]"
    assert problem(Own, {"b": 1}).what == "the value cannot be used"


def test_errors_from_outside_a_model_are_in_our_words_without_the_value() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Literal["ja", "nee"]).validate_python("misschien")
    (found,) = problems_of(caught.value)
    assert found.what == "one of the allowed values was expected"
    assert found.given is None
    with pytest.raises(ValidationError) as caught:
        Caseload.model_validate_json("{")
    assert problems_of(caught.value)[0].what == "the text is not JSON"


@pytest.mark.parametrize(
    ("model", "data", "where"),
    [
        (
            Client,
            {"ref": "c", "toestemmingen": Toestemming(scope="onderzoek", datum="2024-10-01")},  # type: ignore[arg-type]
            "$.toestemmingen",
        ),
        (Client, {"ref": "c", "andere_profielen": Profiel(gedrag=GEDRAG, waarden={})}, "$.andere_profielen"),
        (Client, {"ref": "c", "andere_profielen": {"gedrag": GEDRAG}}, "$.andere_profielen"),
        (SocialeDruk, {"score": 3, "van": "naasten"}, "$.van"),
        (
            CompositeValue,
            {
                "name": "w",
                "value": None,
                "metric": "pomp",
                "made_by": "m",
                "state": "empty",
                "used": "houding",
            },
            "$.used",
        ),
    ],
)
def test_a_single_object_where_a_list_is_wanted_is_one_problem(
    model: type[IgmModel], data: Mapping[str, Any], where: str
) -> None:
    found = problem(model, data)
    assert (found.where, found.what) == (where, "a list was expected")
    assert found.do == "Give a list, also when there is only one."


def test_a_questionnaire_with_many_faults_tells_each_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "eigen.yaml"
    path.write_text(
        """
id: 3
version: 1.0
titel: {nl: Proef}
rol: klant
gedrag: {action: 1, target: no, context: x, time: dagelijks}
schaal: {minimum: 1, maximum: "5", anchors: {"1": yes}}
status: concept
licentie: no
bron:
items:
  - {id: a, construct: huoding, nl: x, en: y, reversed: "ja", extra: 1}
  - {id: 4, construct: no, nl: x}
  - foo
""",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        vragenlijst(path)
    found = {one.where: one for one in caught.value.problems}
    assert len(found) == len(caught.value.problems)
    assert list(found) == [
        "$.id",
        "$.version",
        "$.rol",
        "$.gedrag.action",
        "$.gedrag.target",
        "$.gedrag.doel",
        "$.schaal.maximum",
        "$.schaal.anchors['1']",
        "$.licentie",
        "$.bron",
        "$.items[0].construct",
        "$.items[0].reversed",
        "$.items[0].extra",
        "$.items[1].id",
        "$.items[1].construct",
        "$.items[1].en",
        "$.items[2]",
        "$.titel.en",
    ]
    assert "in quotes" in found["$.licentie"].do
    assert "in quotes" in found["$.version"].do
    assert str(found["$.gedrag.doel"]) == "doel is missing, at $.gedrag.doel. Give it. [incomplete-behaviour]"
    assert not [word for word in PYDANTIC if word in str(caught.value)]


def test_too_few_items_are_told_only_when_that_is_what_is_wrong() -> None:
    given: dict[str, Any] = {"items": []}
    assert "at least 1 must be given" in [one.what for one in problems(Vragenlijst, given)]
    assert "at least 1 must be given" not in [one.what for one in problems(Vragenlijst, {"items": [3]})]


# copies


def test_a_copy_is_checked_like_the_constructor() -> None:
    client = Client(ref="c", gedrag=GEDRAG, schaal=LIKERT5, willen=Willen(houding=3))
    with pytest.raises(ValidationError) as caught:
        client.model_copy(update={"willen": {"houding": 99}})
    assert [error["loc"] for error in caught.value.errors()] == [("willen", "houding")]
    with pytest.raises(ValidationError, match="has no field"):
        client.model_copy(update={"wilen": {}})
    copy = client.model_copy(update={"willen": {"attitude": 4}})
    assert copy == Client(ref="c", gedrag=GEDRAG, schaal=LIKERT5, willen=Willen(houding=4))
    assert copy.model_fields_set == client.model_fields_set
    assert client.model_copy() == client.model_copy(deep=True) == client
    assert client.model_copy(update={"ref": "d"}, deep=True).ref == "d"


def test_a_copy_of_a_group_takes_any_name() -> None:
    willen = Willen(houding=3, sociale_druk=2)
    assert willen.model_copy(update={"attitude": 4}) == Willen(houding=4, sociale_druk=2)
    with pytest.raises(ValidationError, match="two names"):
        willen.model_copy(update={"attitude": 4, "houding": 4})


def test_an_instance_goes_into_another_model_as_it_is() -> None:
    waarde = Waarde(score=3, schaal=LIKERT5, bron=Bron.KLANT)
    profiel = Profiel(gedrag=GEDRAG, waarden={"houding": waarde})
    assert profiel.waarden["houding"] is waarde  # type: ignore[index]
    assert waarde.schaal is LIKERT5
    assert profiel.gedrag is GEDRAG
    assert Waarde.model_validate(waarde) is waarde
