from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from igm import constructs
from igm.constructs import (
    LIKERT5,
    LIKERT7,
    Bron,
    Caseload,
    Client,
    Construct,
    Doen,
    Gedrag,
    Invloed,
    Kenmerk,
    Kunnen,
    Manager,
    Missing,
    Professional,
    Profiel,
    Richting,
    Scope,
    SocialeDruk,
    Toestemming,
    Trend,
    Waarde,
    Willen,
)
from igm.constructs._base import IgmModel
from igm.errors import ERROR_CODES, AmbiguousProfileError, InputError

GEDRAG = Gedrag(
    action="solliciteren",
    target="werkgevers in de regio",
    context="met begeleiding",
    time="komende 4 weken",
    doel="betaald werk",
)
OTHER = Gedrag(action="sporten", target="thuis", context="alleen", time="elke week", doel="fit zijn")
DAY = date(2024, 10, 1)


def codes(error: ValidationError) -> list[tuple[tuple[int | str, ...], str]]:
    return [(item["loc"], item["type"]) for item in error.errors()]


def design_client() -> Client:
    return Client(
        ref="c-017",
        gedrag=GEDRAG,
        schaal=LIKERT5,
        willen=Willen(houding=4.3, eigen_effectiviteit=3.9, sociale_druk=3.4),
        kunnen=Kunnen(kennis=3.6, belastbaarheid=3.2, context=2.1, zelfregulering=3.9),
    )


def full_client() -> Client:
    return Client(
        ref="c-017",
        gedrag=GEDRAG,
        schaal=LIKERT5,
        willen=Willen(
            houding=Waarde(score=4, facetten={"nut": 4.5}, bron=Bron.KLANT, datum=DAY, zekerheid=0.8),
            eigen_effectiviteit=Missing.WEET_NIET,
            sociale_druk=SocialeDruk(score=3.4, richting=Richting.TEGEN, belang=0.5),
        ),
        kunnen=Kunnen(kennis=Waarde(score=6.5, schaal=LIKERT7, n_valid=3, n_items=4), belastbaarheid=2.125),
        doen=Doen(gedrag=3),
        intentie=4,
        invloed=Invloed(kennis=3, belastbaarheid_context=1.625),
        relatie=Missing.GEWEIGERD,
        kenmerken={
            "schulden": True,
            "verslaving": Missing.GEWEIGERD,
            "taal": Kenmerk(aanwezig=False, trend=Trend.STABIEL),
        },
        toestemmingen=[Toestemming(scope=Scope.ONDERZOEK, datum=DAY)],
        andere_profielen=[Profiel(gedrag=OTHER, waarden={"kennis": Waarde(score=2, schaal=LIKERT7)})],
    )


def people() -> list[Client | Professional | Manager]:
    return [
        design_client(),
        full_client(),
        Client(ref="c-1"),
        Professional(
            ref="p-1",
            gedrag=GEDRAG,
            schaal=LIKERT7,
            doen=Doen(vakmanschap=6, zelfreflectie=5, beinvloeden=4),
            communicatie_client=5,
            congruentie_begeleiding=np.float64(4),
            verbinding_manager=3,
            caseload=Caseload(aantal=60, doelgroep="statushouders"),
        ),
        Manager(
            ref="m-1", gedrag=GEDRAG, schaal=LIKERT7, communicatie_professional=5, verbinding_professional=6
        ),
    ]


MODELS = sorted(
    (
        thing
        for thing in vars(constructs).values()
        if isinstance(thing, type) and issubclass(thing, BaseModel) and thing is not IgmModel
    ),
    key=lambda model: model.__name__,
)


def test_the_example_of_the_design_works_as_written() -> None:
    client = design_client()
    assert client.profiel.pomp["houding"] == 82.5
    assert Client.model_validate_json(client.model_dump_json()) == client
    assert client.profiel["sociale_druk"] == SocialeDruk(score=3.4, schaal=LIKERT5)


@pytest.mark.parametrize("person", people(), ids=repr)
def test_people_survive_json_dumps_pickle_and_copy(person: Client | Professional | Manager) -> None:
    for twin in (
        type(person).model_validate_json(person.model_dump_json()),
        type(person).model_validate(person.model_dump()),
        type(person).model_validate(person.model_dump(mode="json")),
        type(person).model_validate(dict(person)),
        type(person)(**dict(person)),
        pickle.loads(pickle.dumps(person)),  # noqa: S301 (our own bytes)
        copy.deepcopy(person),
    ):
        assert twin == person
        assert hash(twin) == hash(person)
        assert twin.profielen == person.profielen
        assert twin.model_dump_json() == person.model_dump_json()


numbers = st.one_of(
    st.none(), st.integers(-1, 7), st.floats(0, 6), st.sampled_from(list(Missing)), st.booleans()
)


@given(numbers, numbers, numbers, st.sampled_from([None, LIKERT5]), st.sampled_from([None, GEDRAG]))
def test_the_constructor_and_validation_agree(
    houding: Any, druk: Any, intentie: Any, schaal: Any, gedrag: Any
) -> None:
    data: dict[str, Any] = {
        "ref": "c-1",
        "gedrag": gedrag,
        "schaal": schaal,
        "willen": {"houding": houding, "sociale_druk": druk},
        "intentie": intentie,
    }
    makers: list[Callable[[], Client]] = [lambda: Client(**data), lambda: Client.model_validate(data)]
    found: list[object] = []
    for make in makers:
        try:
            found.append(make())
        except ValidationError as error:
            found.append(codes(error))
    assert found[0] == found[1]
    if isinstance(found[0], Client):
        assert found[0].schaal == schaal
        houding = found[0].willen.houding
        assert not isinstance(houding, Waarde) or houding.schaal is None, "values stay as they were given"


def test_values_off_the_scale_are_told_at_their_full_path_all_at_once() -> None:
    with pytest.raises(ValidationError) as caught:
        Client(
            ref="c-1",
            gedrag=GEDRAG,
            schaal=LIKERT5,
            willen=Willen(houding=9, sociale_druk=0),
            kunnen=Kunnen(belastbaarheid=9.125, context=Waarde(score=6.5, schaal=LIKERT7), kennis=2),
            doen=Doen(gedrag=Waarde(score=3, facetten={"vaak": 8})),
            intentie=7,
            invloed=Invloed(kennis=6),
        )
    assert codes(caught.value) == [
        (("willen", "houding"), "value-out-of-range"),
        (("willen", "sociale_druk"), "value-out-of-range"),
        (("kunnen", "belastbaarheid"), "value-out-of-range"),
        (("doen", "gedrag", "facetten", "vaak"), "value-out-of-range"),
        (("invloed", "kennis"), "value-out-of-range"),
        (("intentie",), "value-out-of-range"),
    ]
    assert "got 9.0" in str(caught.value)
    assert "9.125" not in str(caught.value) + repr(caught.value.errors())


def test_values_off_the_scale_are_told_beside_faults_in_other_fields() -> None:
    with pytest.raises(ValidationError) as caught:
        Client.model_validate(
            {
                "ref": "",
                "gedrag": dict(GEDRAG),
                "schaal": {"minimum": 1, "maximum": 5},
                "willen": {"attitude": 9, "eigen_effectiviteit": "veel"},
                "kunnen": {"belastbaarheid": 9.125},
                "kenmerken": {"schulden": "misschien"},
            }
        )
    assert set(codes(caught.value)) == {
        (("ref",), "missing-field"),
        (("willen", "eigen_effectiviteit"), "not-a-number"),
        (("kenmerken", "schulden"), "invalid-value"),
        (("willen", "houding"), "value-out-of-range"),
        (("kunnen", "belastbaarheid"), "value-out-of-range"),
    }
    text = str(caught.value) + repr(caught.value.errors())
    assert "9.125" not in text
    assert "misschien" not in text


def test_values_need_a_behaviour_with_its_goal_and_a_scale() -> None:
    with pytest.raises(ValidationError) as caught:
        Client(ref="c-1", willen=Willen(houding=3))
    assert codes(caught.value) == [(("gedrag",), "incomplete-behaviour"), (("schaal",), "missing-field")]
    with pytest.raises(ValidationError) as caught:
        Client.model_validate({"ref": "c-1", "gedrag": {**dict(GEDRAG), "doel": ""}})
    assert codes(caught.value) == [(("gedrag", "doel"), "incomplete-behaviour")]
    own = Client(ref="c-1", gedrag=GEDRAG, willen=Willen(houding=Waarde(score=3, schaal=LIKERT5)))
    assert own.profiel.pomp["houding"] == 50


def test_the_scale_of_the_person_stands_in_only_where_a_value_has_none() -> None:
    client = full_client()
    profiel = client.profielen[GEDRAG.key]
    assert profiel["kennis"] == client.kunnen.kennis
    houding = profiel["houding"]
    assert isinstance(houding, Waarde)
    assert houding.schaal == LIKERT5
    assert houding.facetten == {"nut": 4.5}
    assert profiel["eigen_effectiviteit"] is Missing.WEET_NIET
    assert profiel["relatie_professional"] is Missing.GEWEIGERD
    assert profiel["context"] is Missing.NIET_GEVRAAGD


def test_each_role_holds_its_own_constructs() -> None:
    by_role = {person.rol: set(person.profiel.waarden) for person in people() if len(person.profielen) == 1}
    assert {
        Construct.VAKMANSCHAP,
        Construct.CONGRUENTIE_BEGELEIDING,
        Construct.VERBINDING_MANAGER,
    } <= by_role["professional"]
    assert by_role["manager"] == {Construct.COMMUNICATIE_PROFESSIONAL, Construct.VERBINDING_PROFESSIONAL}
    with pytest.raises(ValidationError) as caught:
        Manager.model_validate({"ref": "m-1", "intentie": 3})
    assert codes(caught.value) == [(("intentie",), "unknown-field")]


def test_several_profiles_are_kept_by_behaviour_and_none_is_chosen_silently() -> None:
    client = full_client()
    assert list(client.profielen) == [GEDRAG.key, OTHER.key]
    with pytest.raises(AmbiguousProfileError) as caught:
        _ = client.profiel
    assert GEDRAG.key in str(caught.value)
    assert OTHER.key in str(caught.value)
    with pytest.raises(AmbiguousProfileError, match="there are 0"):
        _ = Client(ref="c-1", gedrag=GEDRAG).profiel
    with pytest.raises(TypeError):
        client.profielen["x"] = client.profielen[OTHER.key]  # type: ignore[index]


def test_a_profile_is_added_to_a_checked_copy() -> None:
    client = design_client()
    other = Profiel(ref="c-017", gedrag=OTHER, waarden={})
    more = client.with_profiel(other)
    assert client.andere_profielen == ()
    assert list(more.profielen) == [GEDRAG.key, OTHER.key]
    for wrong, code, where in (
        (other, "duplicate-name", "$.andere_profielen[1].gedrag"),
        (Profiel(gedrag=GEDRAG, waarden={}), "duplicate-name", "$.andere_profielen[1].gedrag"),
        (
            Profiel(ref="c-018", gedrag=Gedrag(**{**dict(OTHER), "time": "nu"}), waarden={}),
            "invalid-value",
            "$.andere_profielen[1].ref",
        ),
    ):
        with pytest.raises(InputError) as caught:
            more.with_profiel(wrong)
        assert [(problem.code, problem.where) for problem in caught.value.problems] == [(code, where)]


def test_only_a_refusal_still_makes_a_profile_so_that_it_is_not_lost() -> None:
    client = Client(ref="c-1", gedrag=GEDRAG, willen=Willen(houding=Missing.GEWEIGERD))
    assert client.profiel.gaps[Construct.HOUDING] is Missing.GEWEIGERD


SECRETS = ("2.125", "2,12", "2.12", "1.625", "1,62", "28,1", "15,6", "schulden", "verslaving")


def test_showing_a_person_masks_what_is_sensitive_and_asking_does_not() -> None:
    client = full_client()
    profiel = client.profielen[GEDRAG.key]
    shown: list[object] = [client, [client], client.kunnen, client.invloed, profiel, dict(client.profielen)]
    for text in (*map(repr, shown), *map(str, shown), client._repr_html_(), profiel._repr_html_()):
        assert not [secret for secret in SECRETS if secret in text]
    assert "•••" in str(client)
    assert "True" not in repr(client.kenmerken)
    assert "schulden: ja" in str(client.table())
    assert "refused" in str(client.table("en"))
    dumped = client.model_dump_json()
    assert "2.125" in dumped
    assert "schulden" in dumped


def test_a_case_load_is_shown_with_the_professional() -> None:
    person = Professional(
        ref="p-1", caseload=Caseload(aantal=60, doelgroep="statushouders", toelichting="half")
    )
    assert "60 (statushouders): half" in str(person)
    for wrong, code in (
        (-1, "value-out-of-range"),
        (True, "not-a-number"),
        (1.5, "not-a-number"),
        ("6", "not-a-number"),
    ):
        with pytest.raises(ValidationError) as caught:
            Caseload.model_validate({"aantal": wrong})
        assert [code_ for _, code_ in codes(caught.value)] == [code]


@pytest.mark.parametrize("wrong", [1, 0, "ja", "True", 1.0, [True]])
def test_a_characteristic_is_true_false_or_missing_and_nothing_else(wrong: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Client.model_validate({"ref": "c-1", "kenmerken": {"schulden": wrong}})
    assert codes(caught.value) == [(("kenmerken", "schulden"), "invalid-value")]
    with pytest.raises(ValidationError) as caught:
        Kenmerk.model_validate({"aanwezig": wrong})
    assert codes(caught.value) == [(("aanwezig",), "invalid-value")]


def test_characteristics_may_be_bare_and_cannot_be_written_to() -> None:
    client = Client(ref="c-1", kenmerken={"a": True, "b": False, "c": None, "d": Missing.WEET_NIET})
    assert [kenmerk.aanwezig for kenmerk in client.kenmerken.values()] == [
        True,
        False,
        None,
        Missing.WEET_NIET,
    ]
    with pytest.raises(TypeError):
        client.kenmerken["a"] = Kenmerk()  # type: ignore[index]


def test_models_cannot_be_changed() -> None:
    for person in people():
        with pytest.raises(ValidationError):
            person.ref = "x"


@pytest.mark.parametrize("mode", ["validation", "serialization"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_has_a_sound_json_schema(model: type[BaseModel], mode: Any) -> None:
    schema = model.model_json_schema(mode=mode)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert ">>>" not in str(schema.get("description", "")), "Python examples are of no use to other languages"


@pytest.mark.parametrize("person", people(), ids=repr)
def test_a_dumped_person_fits_its_schema_in_both_modes(person: Client | Professional | Manager) -> None:
    dumped = person.model_dump(mode="json")
    for mode in ("validation", "serialization"):
        schema = type(person).model_json_schema(mode=mode)
        jsonschema.Draft202012Validator(schema).validate(dumped)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(schema).validate({**dumped, "willen": {"houding": "veel"}})


def test_the_schema_says_which_fields_are_sensitive() -> None:
    schema = Client.model_json_schema()
    assert schema["properties"]["kenmerken"]["x-gevoelig"] is True
    assert schema["$defs"]["Kunnen"]["properties"]["belastbaarheid"]["x-gevoelig"] is True
    assert "x-gevoelig" not in schema["$defs"]["Kunnen"]["properties"]["kennis"]


def test_every_error_has_a_code_of_ours() -> None:
    with pytest.raises(ValidationError) as caught:
        Client.model_validate(
            {
                "rol": "manager",
                "ref": 5,
                "gedrag": "x",
                "schaal": 5,
                "willen": 3,
                "toestemmingen": {"x": 1},
                "andere_profielen": [1],
                "kenmerken": 4,
            }
        )
    assert {item["type"] for item in caught.value.errors()} <= set(ERROR_CODES)
    assert {item["loc"][0] for item in caught.value.errors()} == {
        "rol",
        "ref",
        "gedrag",
        "schaal",
        "willen",
        "toestemmingen",
        "andere_profielen",
        "kenmerken",
    }
