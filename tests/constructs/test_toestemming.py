from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from igm.constructs import Scope, Toestemming, refuse_without_consent
from igm.errors import ConsentError

DAY = date(2024, 10, 1)
YES = Toestemming(scope=Scope.ONDERZOEK, datum=DAY)
WITHDRAWN = Toestemming(scope=Scope.ONDERZOEK, datum=DAY, ingetrokken=date(2024, 11, 1))
CARE = Toestemming(scope=Scope.BEGELEIDING, datum=DAY)


def test_withdrawing_makes_it_invalid_from_the_same_day_on() -> None:
    assert YES.valid
    assert not WITHDRAWN.valid
    assert not Toestemming(scope=Scope.ONDERZOEK, datum=DAY, ingetrokken=DAY).valid


def test_withdrawing_before_giving_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        Toestemming(scope=Scope.ONDERZOEK, datum=DAY, ingetrokken=date(2024, 9, 30))
    [item] = caught.value.errors()
    assert (item["loc"], item["type"]) == (("ingetrokken",), "value-out-of-range")


@pytest.mark.parametrize("wrong", ["gisteren", 20241001, "2024-10-01T12:00", None])
def test_a_day_is_a_date_without_a_time(wrong: object) -> None:
    with pytest.raises(ValidationError):
        Toestemming.model_validate({"scope": "onderzoek", "datum": wrong})


@given(st.lists(st.lists(st.sampled_from([YES, WITHDRAWN, CARE]), max_size=3)))
def test_people_without_valid_research_consent_are_counted(people: list[list[Toestemming]]) -> None:
    lacking = sum(YES not in consents for consents in people)
    if not lacking:
        refuse_without_consent(people)
        return
    with pytest.raises(ConsentError, match=f"{lacking} of {len(people)} people") as caught:
        refuse_without_consent(iter(people))
    assert caught.value.code == "consent-missing"


def test_consent_to_guidance_is_no_consent_to_research() -> None:
    with pytest.raises(ConsentError, match="1 of 1"):
        refuse_without_consent([[CARE]])


def test_consent_given_anew_after_withdrawal_counts() -> None:
    refuse_without_consent([[WITHDRAWN, YES]])
