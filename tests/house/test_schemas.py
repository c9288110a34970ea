"""Every published model shows in its JSON Schema what it takes, and what it shows is taken."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel

import igm
from igm import constructs
from igm.boundary import LongLayout
from igm.decision import Afweging, AfwegingDocument, Besluit, BesluitDocument
from igm.decision.casus_model import CasusModel

KADERS = ("leiden-2021",)
MODELS: list[type[BaseModel]] = [
    *(
        thing
        for thing in map(vars(constructs).get, constructs.__all__)
        if isinstance(thing, type) and issubclass(thing, BaseModel)
    ),
    AfwegingDocument,
    BesluitDocument,
    igm.ColumnMap,
    LongLayout,
    *(igm.kader(name).casus_model for name in KADERS),
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_examples_in_the_schema_are_sound(model: type[BaseModel]) -> None:
    schema = model.model_json_schema()
    assert schema["examples"]
    for example in schema["examples"]:
        jsonschema.Draft202012Validator(schema).validate(example)
        dumped = model.model_validate(example).model_dump(
            mode="json", exclude_unset=issubclass(model, CasusModel)
        )
        jsonschema.Draft202012Validator(model.model_json_schema(mode="serialization")).validate(dumped)


@pytest.mark.parametrize("name", KADERS)
def test_the_example_of_a_case_has_every_fact_and_is_weighed(name: str) -> None:
    kader = igm.kader(name)
    (example,) = kader.casus_model.model_json_schema()["examples"]
    assert set(kader.feiten) == set(example) - {"ref", "peildatum"}
    casus = kader.casus(kader.casus_model.model_validate(example))
    assert set(casus.values) == set(kader.feiten)
    assert kader.evaluate(casus).advies in kader.uitkomsten


@pytest.mark.parametrize("name", KADERS)
def test_every_example_of_a_fact_is_taken(name: str) -> None:
    kader = igm.kader(name)
    schema = kader.casus_model.model_json_schema()
    for fact in kader.feiten:
        found: list[Any] = schema["properties"][fact]["examples"]
        assert found
        for example in found:
            jsonschema.Draft202012Validator(schema).validate({fact: example})
            kader.casus({fact: example})


def test_a_case_with_numbers_and_dates_has_an_example_too() -> None:
    from igm.decision import Fact

    leiden = igm.kader("leiden-2021")
    more = leiden.with_rules(
        feiten=[
            Fact.getal("reistijd", label="reistijd", eenheid="uur", minimum=0, maximum=2.5),
            Fact.datum("start", label="start"),
        ]
    )
    (example,) = more.casus_model.model_json_schema()["examples"]
    assert (example["reistijd"], example["start"]) == (1.25, "2024-10-01")
    assert more.casus(more.casus_model.model_validate(example)).values["reistijd"] == 1.25


def test_the_stored_examples_are_read_and_written_alike() -> None:
    (advice,) = AfwegingDocument.model_json_schema()["examples"]
    (decision,) = BesluitDocument.model_json_schema()["examples"]
    assert Afweging.from_dict(advice).to_dict() == advice
    assert Besluit.from_dict(decision).to_dict() == decision
