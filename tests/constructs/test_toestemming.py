from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from igm.constructs import Scope, Toestemming, refuse_without_consent
from igm.constructs.toestemming import has_consent
from igm.errors import ConsentError, InputError

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
    lacking = sum(YES not in consents or WITHDRAWN in consents for consents in people)
    if not lacking:
        refuse_without_consent(people)
        return
    with pytest.raises(ConsentError, match=f"{lacking} of {len(people)} people") as caught:
        refuse_without_consent(iter(people))
    assert caught.value.code == "consent-missing"


def test_consent_to_guidance_is_no_consent_to_research() -> None:
    with pytest.raises(ConsentError, match="1 of 1"):
        refuse_without_consent([[CARE]])


ANEW = Toestemming(scope=Scope.ONDERZOEK, datum=date(2024, 11, 2))
EARLIER = Toestemming(scope=Scope.ONDERZOEK, datum=date(2024, 1, 1))
BETWEEN = Toestemming(scope=Scope.ONDERZOEK, datum=date(2024, 10, 15))
ON_THAT_DAY = Toestemming(scope=Scope.ONDERZOEK, datum=date(2024, 11, 1))
CARE_WITHDRAWN = Toestemming(scope=Scope.BEGELEIDING, datum=DAY, ingetrokken=date(2024, 12, 1))


@pytest.mark.parametrize("others", [[], [EARLIER], [YES], [BETWEEN], [ON_THAT_DAY], [EARLIER, BETWEEN, CARE]])
def test_a_withdrawal_ends_what_was_given_before_or_on_the_same_day(others: list[Toestemming]) -> None:
    for consents in ([*others, WITHDRAWN], [WITHDRAWN, *others]):
        assert not has_consent(consents, Scope.ONDERZOEK)
        with pytest.raises(ConsentError, match="1 of 1"):
            refuse_without_consent([consents])


@pytest.mark.parametrize(
    "consents", [[WITHDRAWN, ANEW], [ANEW, WITHDRAWN], [EARLIER, YES], [YES, CARE_WITHDRAWN]]
)
def test_consent_of_a_later_day_or_without_a_withdrawal_counts(consents: list[Toestemming]) -> None:
    assert has_consent(consents, Scope.ONDERZOEK)
    refuse_without_consent([consents])


@pytest.mark.parametrize(
    "wrong", [5, None, "ja", {"c-1": [YES]}, YES, [5], [YES], [[YES, 5]], ["ja"], [{"a": YES}]]
)
def test_what_holds_no_consents_is_refused_in_our_words(wrong: Any) -> None:
    with pytest.raises(InputError) as caught:
        refuse_without_consent(wrong)
    assert caught.value.code == "invalid-value"
