"""What comes in is refused rather than changed, told in our words, and not told when it may be sensitive."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError
from tests.steps import steps

from igm.constructs.afname import Afname
from igm.constructs.composite import CompositeState, CompositeValue
from igm.constructs.coverage import coverage
from igm.constructs.determinanten import Kunnen, Willen
from igm.constructs.gedrag import Gedrag
from igm.constructs.kenmerk import Kenmerk, Trend
from igm.constructs.model import Construct, construct, model
from igm.constructs.personen import Client
from igm.constructs.profiel import Profiel
from igm.constructs.schaal import LIKERT5, Schaal
from igm.constructs.vragenlijst import vragenlijst
from igm.constructs.waarde import Bron, DrukBron, Missing, Waarde
from igm.errors import IgmError, InputError

LIJST = vragenlijst("client-participatie")
GEDRAG = Gedrag(action="bellen", target="werkgevers", context="thuis", time="deze week", doel="werk")
PROFIEL = Profiel(gedrag=GEDRAG, waarden={Construct.KENNIS: Waarde(score=3, schaal=LIKERT5)})
VALUE: dict[str, Any] = {
    "name": "willen",
    "value": 4.0,
    "metric": "pomp",
    "made_by": "mean",
    "state": "complete",
}
BSN = "111222333"


def refusal(make: Callable[[], object]) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        make()
    return caught.value


def told(error: ValidationError) -> str:
    return f"{error} {error!r} {error.errors()} {error.json()}"


def codes(error: ValidationError) -> list[str]:
    return [item["type"] for item in error.errors()]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Afname(ref="c", antwoorden={"houding_1": 4, " houding_1": 2}),
        lambda: Client(ref="c", kenmerken={"schulden": True, "schulden ": False}),
        lambda: Waarde(score=3, facetten={"ervaring": 2, "ervaring\t": 3}),
        lambda: Profiel(
            gedrag=GEDRAG,
            waarden={},
            composites={"a": CompositeValue(**VALUE), "a ": CompositeValue(**VALUE)},
        ),
        lambda: Schaal(minimum=1, maximum=5, anchors={"1": "nee", "1 ": "ja"}),
    ],
)
def test_names_that_differ_in_spaces_only_do_not_replace_one_another(make: Callable[[], object]) -> None:
    assert codes(refusal(make)) == ["duplicate-name"]


@pytest.mark.parametrize(
    "wrong",
    [
        Decimal(3),
        Fraction(3),
        np.array(3),
        np.array(3.0),
        np.timedelta64(3),
        np.datetime64(3, "D"),
        3 + 0j,
        10**400,
    ],
)
def test_a_value_is_a_plain_number_wherever_it_is_given(wrong: Any) -> None:
    assert codes(refusal(lambda: Waarde(score=wrong))) == ["not-a-number"]
    assert codes(refusal(lambda: Willen(houding=wrong))) == ["not-a-number"]


def test_a_duration_is_no_answer() -> None:
    with pytest.raises(InputError, match="not-a-number"):
        LIJST.check({"houding_1": np.timedelta64(3)})


@pytest.mark.parametrize("wrong", [2**53 + 1, -(2**53) - 1, np.int64(2**53 + 1)])
def test_a_whole_number_is_not_rounded(wrong: Any) -> None:
    assert codes(refusal(lambda: Waarde(score=wrong))) == ["invalid-value"]
    assert codes(refusal(lambda: Willen(houding=wrong))) == ["invalid-value"]


def test_large_numbers_that_are_exact_are_kept() -> None:
    assert Waarde(score=2**53).score == 2**53
    assert Waarde(score=2**60).score == 2**60


@pytest.mark.parametrize("name", ["x", "-1", "2001", "01", "1.0", "+1", "", "9" * 5000, "²"])
def test_anchors_of_a_wide_scale_are_answers_on_it(name: str) -> None:
    assert codes(refusal(lambda: Schaal(minimum=0, maximum=2000, anchors={name: "y"}))) == ["scale-invalid"]
    Schaal(minimum=-5, maximum=2000, anchors={"0": "a", "2000": "b", "-5": "c"})


@pytest.mark.parametrize("bound", [2**53 + 1, 10**400, 10**5000], ids=["off", "large", "huge"])
def test_bounds_that_a_float_cannot_hold_are_refused(bound: int) -> None:
    assert codes(refusal(lambda: Schaal(minimum=1, maximum=bound))) == ["scale-invalid"]
    assert codes(refusal(lambda: Schaal(minimum=-bound, maximum=1))) == ["scale-invalid"]


BROKEN = f'{{"ref":"{BSN}","kunnen":"heroine",broken'


@pytest.mark.parametrize("text", [BROKEN, BROKEN.encode(), b"\xffheroine", "heroine", 5, None])
def test_broken_json_is_refused_without_the_text(text: Any) -> None:
    error = refusal(lambda: Client.model_validate_json(text))
    assert codes(error) == ["invalid-value"]
    assert "heroine" not in told(error)
    assert BSN not in told(error)
    assert "the text is not JSON" in str(error)
    assert error.__cause__ is None
    assert error.__context__ is None


def test_sound_json_is_read_and_told_as_ever() -> None:
    client = Client(ref="c", kenmerken={"schulden": True})
    assert Client.model_validate_json(client.model_dump_json()) == client
    assert codes(refusal(lambda: Client.model_validate_json('{"ref": "c", "gedra": 5}'))) == ["unknown-field"]
    assert codes(refusal(lambda: Client.model_validate_json('"heroine"'))) == ["invalid-value"]


WITH_BELASTBAARHEID = {**VALUE, "value": "2,4", "used": ["belastbaarheid"]}


@pytest.mark.parametrize(
    "make",
    [
        lambda: Client.model_validate({"ref": "c", "kunnen": "2,4"}),
        lambda: Client.model_validate({"ref": "c", "kunnen": {"belastbaarheid": "2,4"}}),
        lambda: Client.model_validate({"ref": "c", "kenmerken": "2,4"}),
        lambda: Client.model_validate({"ref": "c", "kenmerken": {"a": "2,4"}}),
        lambda: Client.model_validate({"ref": "c", "andere_profielen": "2,4"}),
        lambda: Client.model_validate({"ref": "c", "andere_profielen": ["2,4"]}),
        lambda: Client.model_validate("2,4"),
        lambda: Client.model_validate_json('"2,4"'),
        lambda: Client.model_validate_strings("2,4"),
        lambda: Kunnen.model_validate("2,4"),
        lambda: Kenmerk.model_validate("2,4"),
        lambda: Kenmerk.model_validate({"bron": "2,4"}),
        lambda: Kenmerk.model_validate({"datum": "2,4"}),
        lambda: CompositeValue.model_validate(WITH_BELASTBAARHEID),
        lambda: Profiel.model_validate({"gedrag": GEDRAG, "waarden": "2,4"}),
        lambda: Profiel.model_validate(
            {"gedrag": GEDRAG, "waarden": {}, "composites": {"a": WITH_BELASTBAARHEID}}
        ),
        lambda: Profiel.model_validate({"gedrag": GEDRAG, "waarden": {}, "composites": {"a": "2,4"}}),
    ],
)
def test_what_may_be_sensitive_is_not_repeated(make: Callable[[], object]) -> None:
    assert "2,4" not in told(refusal(make))


def test_what_is_not_sensitive_is_repeated_so_that_it_can_be_found() -> None:
    assert "got 'vier'" in str(refusal(lambda: Kunnen.model_validate({"kennis": "vier"})))
    assert "got 'vier'" in str(
        refusal(lambda: Client.model_validate({"ref": "c", "kunnen": {"kennis": "vier"}}))
    )


def test_values_of_a_group_are_masked_when_printed_and_are_there_when_asked_for() -> None:
    waarden = Kunnen(kennis=3.6, belastbaarheid=3.2).waarden()
    assert "3.2" not in repr(waarden)
    assert "3.6" in repr(waarden)
    assert waarden[Construct.BELASTBAARHEID] == Waarde(score=3.2)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Client.model_validate({"ref": "c", BSN: 3}),
        lambda: Client.model_validate({"ref": "c", "willen": {BSN: 3}}),
        lambda: Client.model_validate({"ref": "c", "willen": {int(BSN): 3}}),
        lambda: Willen.model_validate({"houding": BSN}),
        lambda: Profiel.model_validate({"gedrag": GEDRAG, "waarden": {BSN: 3}}),
        lambda: Profiel.model_validate({"gedrag": GEDRAG, "waarden": {int(BSN): 3}}),
        lambda: Waarde.model_validate(
            {"score": 3, "schaal": {"minimum": 1, "maximum": 5, "anchors": {BSN: "a"}}}
        ),
        lambda: Waarde.model_validate({"score": 3, "facetten": {BSN: "a"}}),
        lambda: LIJST.check({BSN: 3}),
        lambda: LIJST.check({int(BSN): 3}),  # type: ignore[dict-item]
        lambda: LIJST.check({"houding_1": BSN}),
        lambda: LIJST.item(BSN),
        lambda: construct(BSN),
        lambda: vragenlijst(BSN),
    ],
)
def test_a_citizen_service_number_in_the_wrong_place_is_not_repeated(make: Callable[[], object]) -> None:
    with pytest.raises((ValidationError, IgmError)) as caught:
        make()
    error = caught.value
    assert BSN not in (told(error) if isinstance(error, ValidationError) else f"{error} {error!r}")


def test_an_assignment_is_refused_in_our_words() -> None:
    client = Client(ref="c")
    for change in (
        lambda: setattr(client, "ref", "heroine"),
        lambda: setattr(client, "naam", "heroine"),
        lambda: delattr(client, "ref"),
    ):
        error = refusal(change)
        assert codes(error) == ["invalid-value"]
        assert "heroine" not in told(error)
        assert "model_copy" in str(error)
    assert client.ref == "c"


HUGE = 10**5000


CALLS: list[Callable[[Any], object]] = [
    vragenlijst,
    LIJST.item,
    LIJST.check,
    lambda wrong: LIJST.check({"houding_1": wrong}),
    construct,
    model,
    lambda wrong: coverage().cell("houding", wrong),
    lambda wrong: PROFIEL[wrong],
    lambda wrong: PROFIEL.scores[wrong],
    lambda wrong: PROFIEL.knelpunten(most=-HUGE if wrong == HUGE else wrong),
    lambda wrong: PROFIEL.knelpunten(metric=wrong),
    lambda wrong: Profiel.from_dict({"schema_version": wrong}),
    LIKERT5.pomp,
    LIKERT5.reverse,
    LIKERT5.check,
    LIKERT5.pomp_width,
]


@pytest.mark.parametrize("call", CALLS, ids=range(len(CALLS)))
@pytest.mark.parametrize(
    "wrong", [[], "x" * 10**6, HUGE, 4j, object()], ids=["list", "long", "huge", "j", "o"]
)
def test_only_errors_of_ours_come_out(call: Callable[[Any], object], wrong: Any) -> None:
    with pytest.raises(IgmError) as caught:
        call(wrong)
    assert len(str(caught.value)) < 5000


SPEAKERS: list[Callable[[Any], object]] = [
    Missing.VERLOREN.label,
    Bron.KLANT.label,
    DrukBron.WET.label,
    Trend.STABIEL.label,
    CompositeState.OPEN.label,
    Construct.HOUDING.label,
    LIJST.items[0].text,
    LIJST.table,
    coverage().table,
    PROFIEL.table,
    PROFIEL.knelpunten().table,
    Client(ref="c").table,
]


@pytest.mark.parametrize("speak", SPEAKERS)
def test_a_language_that_is_not_there_is_refused_and_the_others_are_not(
    speak: Callable[[Any], object],
) -> None:
    unknown: tuple[object, ...] = ("fr", "NL", None, 5, [])
    for wrong in unknown:
        with pytest.raises(InputError) as caught:
            speak(wrong)
        assert caught.value.code == "unknown-name"
    assert speak("nl")
    assert speak("en")


def test_membership_of_a_scale_is_for_numbers() -> None:
    assert 3 in LIKERT5
    assert 2.5 in LIKERT5
    assert np.int64(5) in LIKERT5
    others: tuple[object, ...] = ("x", None, [], True, float("nan"), 6, HUGE, 3j)
    for wrong in others:
        assert wrong not in LIKERT5


def test_the_model_cannot_be_written_to() -> None:
    for texts in (Construct.HOUDING.info.label, Construct.HOUDING.info.definition, model().nodes):
        with pytest.raises(TypeError):
            texts["nl"] = "X"  # type: ignore[index]
    assert hash(Construct.HOUDING.info) == hash(Construct.HOUDING.info)
    assert hash(model()) == hash(model())


def unknown(number_of: int, name: str = "houding ") -> dict[str, int]:
    return {f"{name}{number}": 3 for number in range(number_of)}


def test_many_unknown_items_are_counted_and_not_all_worded() -> None:
    with pytest.raises(InputError) as caught:
        LIJST.check(unknown(10_000))
    assert steps(lambda: LIJST.check(unknown(10_000))) < 20 * steps(lambda: LIJST.check(unknown(1_000)))
    assert len(caught.value.problems) == 21
    assert "10000 answers" in str(caught.value)


def test_few_problems_are_all_told() -> None:
    with pytest.raises(InputError) as caught:
        LIJST.check({f"houding {number}": 3 for number in range(20)})
    assert len(caught.value.problems) == 20


@pytest.mark.parametrize(
    "make",
    [
        lambda many: Profiel.model_validate({"gedrag": GEDRAG, "waarden": many}),
        Willen.model_validate,
        lambda many: Client.model_validate({"ref": "c", "willen": many}),
        lambda many: Client.model_validate({"ref": "c", **many}),
    ],
)
def test_many_unknown_names_are_no_more_work_each(make: Callable[[Any], object]) -> None:
    error = refusal(lambda: make(unknown(10_000, "houdin")))
    few, many = (steps(partial(make, unknown(n, "houdin"))) for n in (1_000, 10_000))
    assert many < 20 * few
    assert "Did you mean 'houding'?" in str(error) or "Known: " in str(error)


def test_a_misspelt_other_name_is_told_in_a_profile() -> None:
    error = refusal(lambda: Profiel.model_validate({"gedrag": GEDRAG, "waarden": {"atitude": 3}}))
    assert "Did you mean 'attitude'?" in str(error)
