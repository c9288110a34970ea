"""A named condition means what it names, shows its name, and costs nothing."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.decision.strategies import _joined, small, yes_no

from igm.decision import Afwegingskader, Condition, antwoord, at_least, begrip, feit
from igm.decision.begrippen import Begrip, bare
from igm.decision.conditions import MAX_DEPTH, MAX_SIZE, Always, And, Count, Not, Or
from igm.decision.reference import reference_outcome
from igm.errors import KaderError, OperandError

A, B, C = (feit.ja_nee(name) for name in "abc")
LEAVES: st.SearchStrategy[Condition] = st.sampled_from([A, B, C])


def without_names(condition: Condition) -> Condition:
    """The condition written out with the operators of Python."""
    match condition:
        case Begrip(part=part):
            return without_names(part)
        case Not(part=part):
            return ~without_names(part)
        case And(parts=parts) | Or(parts=parts):
            first, *rest = map(without_names, parts)
            for part in rest:
                first = first & part if isinstance(condition, And) else first | part
            return first
        case Count(parts=parts, least=least, most=most):
            return Count(tuple(map(without_names, parts)), least, most)
        case _:
            return condition


def kader_of(condition: Condition) -> Afwegingskader[Any]:
    return small(yes_no("a", "b", "c"), [(condition, "laag")])


def code(kader: Afwegingskader[Any]) -> list[str]:
    """The generated code, without the headline that holds the hash."""
    return [*kader.source().splitlines()[1:], *kader.machine.plane_source.splitlines()[1:]]


@given(_joined(LEAVES, 3))
def test_generated_code_is_the_same_as_without_names(condition: Condition) -> None:
    written = without_names(condition)
    assert bare(condition) == written
    assert code(kader_of(condition)) == code(kader_of(written))


@given(
    _joined(LEAVES, 3), st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in "abc"})
)
def test_a_name_changes_no_advice(condition: Condition, facts: dict[str, bool | None]) -> None:
    named, written = kader_of(begrip("alles", condition)), kader_of(without_names(condition))
    advice = named.evaluate(named.casus(facts)).advies
    assert advice is written.evaluate(written.casus(facts)).advies
    assert advice is reference_outcome(named, named.casus(facts))


def test_what_has_no_names_stays_itself() -> None:
    condition = (A & ~B) | at_least(1, B, C)
    assert bare(condition) is condition


def test_its_name_is_shown_in_its_place() -> None:
    rust = begrip(" weinig rust ", A | B)
    assert repr(rust) == "«weinig rust»"
    assert repr(C & ~rust) == "(c en niet «weinig rust»)"
    assert rust.part == A | B
    assert rust.facts == {"a", "b"}
    assert pickle.loads(pickle.dumps(rust)) == rust  # noqa: S301 (our own)


def test_two_names_are_two_conditions_and_two_kaders() -> None:
    assert begrip("x", A) == begrip("x", A)
    assert begrip("x", A) != begrip("y", A)
    assert len({kader_of(condition).hash for condition in (A, begrip("x", A), begrip("y", A))}) == 3


@pytest.mark.parametrize(
    ("name", "condition"),
    [("", A), ("  ", A), (3, A), (None, A), ("x", True), ("x", feit.getal("n")), ("x", None)],
)
def test_a_name_has_words_and_a_condition(name: Any, condition: Any) -> None:
    with pytest.raises(OperandError) as caught:
        begrip(name, condition)
    assert caught.value.code == "operand-type"


def test_a_name_counts_as_a_level_and_as_a_part() -> None:
    deep: Condition = A
    for level in range(MAX_DEPTH):
        deep = begrip(f"b{level}", deep)
    with pytest.raises(KaderError) as caught:
        begrip("one more", deep)
    assert caught.value.code == "condition-too-deep"
    wide = at_least(1, *[A] * (MAX_SIZE - 2))
    begrip("fits", wide)
    with pytest.raises(KaderError):
        begrip("too much", begrip("fits", wide))


def test_a_name_may_stand_for_answers_in_a_row_but_not_in_a_rule() -> None:
    with pytest.raises(KaderError, match="not asked"):
        kader_of(begrip("v", antwoord("v").is_("ja")))
    kader = kader_of(begrip("altijd", Always()))
    assert kader.evaluate(kader.casus()).advies.value == "laag"
