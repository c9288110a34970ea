from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from igm.constructs import Client, Ref
from igm.constructs.ref import is_bsn_like

REFS: TypeAdapter[str] = TypeAdapter(Ref)
nine_digits = st.text("0123456789", min_size=9, max_size=9)


def passes(digits: str) -> bool:
    first = sum(int(digit) * (9 - place) for place, digit in enumerate(digits[:8]))
    return (first - int(digits[8])) % 11 == 0


@given(nine_digits)
def test_nine_digits_are_refused_exactly_when_they_pass_the_eleven_test(digits: str) -> None:
    assert is_bsn_like(digits) is passes(digits)
    assert is_bsn_like(int("1" + digits[1:])) is passes("1" + digits[1:])


@pytest.mark.parametrize(
    "written",
    [
        "111222333",
        "111.222.333",
        "1112 22 333",
        "111-222-333",
        " 111222333 ",
        "１１１２２２３３３",
        111222333,
    ],
)
def test_a_citizen_service_number_is_refused_however_written_and_never_repeated(written: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Client.model_validate({"ref": written})
    [item] = caught.value.errors()
    assert (item["loc"], item["type"]) == (("ref",), "ref-is-bsn")
    for text in (str(caught.value), repr(caught.value), repr(item), caught.value.json()):
        assert "111" not in text
        assert str(written) not in text


@pytest.mark.parametrize("accepted", ["c-017", "111222334", "11122233", "x111222333", "cliënt 7", "1"])
def test_other_references_are_kept_as_they_are(accepted: str) -> None:
    assert REFS.validate_python(accepted) == accepted


@pytest.mark.parametrize(
    ("wrong", "code"),
    [("", "missing-field"), ("  ", "missing-field"), (" c-1", "invalid-value"), (17, "invalid-value")],
)
def test_a_reference_is_text_without_spaces_around_it(wrong: object, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Client.model_validate({"ref": wrong})
    assert [item["type"] for item in caught.value.errors()] == [code]


@pytest.mark.parametrize(
    "written",
    [
        "111|222|333",
        "111+222+333",
        "111222333$",
        "111222333\u20e3",
        "BSN111222333",
        "bsn: 111 222 333",
        "burgerservicenummer 111222333",
        "111222333.0",
        "111222333,00",
        "111222333.",
        "0111222333",
        "00 111222333",
        "\uff11\uff11\uff11222333",
        " 111222333 ",
    ],
)
def test_a_number_is_recognised_however_it_is_written(written: str) -> None:
    assert is_bsn_like(written)
    with pytest.raises(ValidationError) as caught:
        Client(ref=written)
    assert "222" not in f"{caught.value} {caught.value.errors()}"


@pytest.mark.parametrize(
    "other",
    ["c-111222333", "111222333a", "111222333.5", "1111222333", "11122233", "111222334", "", ".", "0", "bsn"],
)
def test_other_texts_are_no_such_number(other: str) -> None:
    assert not is_bsn_like(other)
