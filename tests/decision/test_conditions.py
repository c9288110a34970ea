"""Conditions describe; they compose with operators and are never true or false by themselves."""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.decision.strategies import small, yes_no

from igm.decision import Antwoord, Condition, Truth, antwoord, at_least, at_most, exactly, feit, known
from igm.decision.conditions import MAX_DEPTH, Always, And, Count, JaNee, Not, Or
from igm.decision.counting import counted
from igm.errors import IgmError, KaderError, OperandError, TruthinessError

A, B, C = (feit.ja_nee(name) for name in "abc")
leeftijd = feit.getal("leeftijd")
# a type checker refuses most misuse; here it must be refused when it runs
x: Any = A
y: Any = B
age: Any = leeftijd
DAY = date(2024, 3, 1)

EVERY_KIND: list[Condition] = [
    A,
    A.is_(False),
    leeftijd < 27,
    leeftijd.one_of(1, 2),
    leeftijd.between(18, 26),
    feit.keuze("trend").is_("verbeterd"),
    feit.datum("geboren") >= DAY,
    feit.datum("geboren").is_(DAY),
    feit.datum("geboren").years() < 27,
    known(leeftijd),
    antwoord("v").is_("nee", "twijfel"),
    Always(),
    A & B,
    A | B,
    ~(A & B),
    at_least(2, A, B, C),
    at_most(1, A, B),
    exactly(1, A, B),
]
kinds = st.sampled_from(EVERY_KIND)


# no truth value


def _used_as_python(condition: Any) -> None:
    if condition:
        pytest.fail("a condition decided what is not known")


@pytest.mark.parametrize("condition", EVERY_KIND, ids=repr)
def test_a_condition_is_neither_true_nor_false(condition: Condition) -> None:
    with pytest.raises(TruthinessError) as caught:
        _used_as_python(condition)
    assert caught.value.code == "condition-has-no-truth"
    assert repr(condition) in str(caught.value)
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize(
    "use",
    [
        lambda: x and y,
        lambda: x or y,
        lambda: not x,
        lambda: 18 <= age < 27,
        lambda: any([x, y]),
        lambda: all([x, y]),
        lambda: C if x else y,
        lambda: [part for part in (x, y) if part],
        lambda: bool(x),
    ],
)
def test_every_way_to_ask_for_its_truth_raises(use: Callable[[], object]) -> None:
    with pytest.raises(TruthinessError):
        use()


# operands


@pytest.mark.parametrize(
    "use",
    [
        lambda: age < 27 & ~x,
        lambda: age < 27 | x,
        lambda: ~x & age,
        lambda: x & True,
        lambda: True & x,
        lambda: x | None,
        lambda: 1 | x,
        lambda: x & "b",
        lambda: x & (age == 27),
        lambda: at_least(1, x, age),
        lambda: known(age < 27),
        lambda: known("leeftijd"),  # type: ignore[arg-type]
    ],
)
def test_operands_that_are_not_conditions_are_refused(use: Callable[[], object]) -> None:
    with pytest.raises(OperandError) as caught:
        use()
    assert isinstance(caught.value, TypeError)
    assert caught.value.code == "operand-type"


def test_a_forgotten_parenthesis_is_told_how_to_mend() -> None:
    with pytest.raises(TypeError, match="in parentheses"):
        27 & ~feit.ja_nee("schulden") > leeftijd  # noqa: B015
    assert repr((leeftijd < 27) & ~feit.ja_nee("schulden")) == "(leeftijd < 27 en niet schulden)"


@pytest.mark.parametrize(
    "value", [True, "27", None, Decimal(27), float("nan"), float("inf"), DAY, A, np.array([1])]
)
def test_a_number_is_compared_with_a_finite_number(value: Any) -> None:
    for use in (
        lambda: leeftijd < value,
        lambda: leeftijd >= value,
        lambda: leeftijd.is_(value),
        lambda: leeftijd.between(0, value),
    ):
        with pytest.raises(OperandError):
            use()


MIDNIGHT = datetime(2024, 3, 1)  # noqa: DTZ001 (it is refused)


@pytest.mark.parametrize("value", [MIDNIGHT, "2024-03-01", 2024, None, np.datetime64("2024-03-01")])
def test_a_date_is_compared_with_a_date_without_time(value: Any) -> None:
    for use in (
        lambda: feit.datum("d") < value,
        lambda: feit.datum("d").is_(value),
        lambda: feit.datum("d").between(value, value),
    ):
        with pytest.raises(OperandError):
            use()


@pytest.mark.parametrize("value", [27.0, True, "27", None, DAY])
def test_years_are_whole(value: Any) -> None:
    with pytest.raises(OperandError):
        feit.datum("d").years() < value  # noqa: B015


@pytest.mark.parametrize("value", [1, None, True, ["a"]])
def test_a_choice_is_text(value: Any) -> None:
    with pytest.raises(OperandError):
        feit.keuze("k").is_(value)
    with pytest.raises(OperandError):
        feit.keuze("k").one_of("a", value)


@pytest.mark.parametrize("value", [1, 0, "ja", None, np.True_])
def test_yes_and_no_are_true_and_false(value: Any) -> None:
    with pytest.raises(OperandError):
        A.is_(value)
    assert A.is_(True) == A
    assert A.is_(False) == ~A


def test_bounds_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(OperandError, match="reversed"):
        leeftijd.between(26, 18)
    with pytest.raises(OperandError, match="reversed"):
        feit.datum("d").between(date(2025, 1, 1), DAY)


@pytest.mark.parametrize(
    "make",
    [
        leeftijd.one_of,
        lambda: feit.keuze("k").one_of(),
        lambda: antwoord("v").is_(),
        lambda: leeftijd < 10**400,
        lambda: leeftijd < float("inf"),
        lambda: counted(2, 1, [A, B]),
        lambda: counted(0, 3, [A, B]),
        lambda: exactly(3, A, B),
    ],
)
def test_a_condition_that_no_value_can_meet_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(OperandError):
        make()


@pytest.mark.parametrize("k", [0, 1, 2])
def test_exactly_counts_at_least_and_at_most(k: int) -> None:
    kader = small(yes_no("a", "b"), [(exactly(k, A, B), "laag")])
    both = small(yes_no("a", "b"), [(at_least(k, A, B) & at_most(k, A, B), "laag")])
    for a in (True, False, None):
        for b in (True, False, None):
            advies = kader.evaluate(kader.casus(a=a, b=b)).advies
            assert advies is both.evaluate(both.casus(a=a, b=b)).advies
            if a is not None and b is not None:
                assert (advies.value == "laag") is (a + b == k)


@pytest.mark.parametrize("count", [-1, 3, 1.0, True, "1", None])
def test_a_count_fits_what_is_counted(count: Any) -> None:
    for make in (at_least, at_most):
        with pytest.raises(OperandError):
            make(count, A, B)


@pytest.mark.parametrize("answer", ["onbekend", "misschien", "", None, Antwoord.ONBEKEND])
def test_a_question_is_never_asked_to_be_open(answer: Any) -> None:
    with pytest.raises(OperandError, match="ja, nee or twijfel"):
        antwoord("v").is_("ja", answer)


def test_answers_are_taken_in_any_order_and_case() -> None:
    assert antwoord("v").is_("JA", Antwoord.NEE, "ja") == antwoord("v").is_("nee", "ja")


# structure


@given(kinds, kinds)
def test_equal_means_that_they_read_the_same(left: Condition, right: Condition) -> None:
    assert (left == right) is (repr(left) == repr(right))
    if left == right:
        assert hash(left) == hash(right)


@given(kinds, kinds, kinds)
def test_and_and_or_flatten_and_keep_their_order(one: Condition, two: Condition, three: Condition) -> None:
    assert (one & two) & three == one & (two & three)
    assert (one | two) | three == one | (two | three)
    assert repr(A & (B & C)) == "(a en b en c)"
    assert A & B != B & A
    both = (A & B) | C
    assert isinstance(both, Or)
    assert both.parts == (A & B, C)


@given(kinds)
def test_denying_twice_gives_the_condition_back(condition: Condition) -> None:
    assert ~~condition == condition
    assert ~condition != condition


@given(kinds, kinds)
def test_they_can_be_hashed_and_pickled(left: Condition, right: Condition) -> None:
    condition = ~(left & right) | at_least(1, left, ~right)
    assert pickle.loads(pickle.dumps(condition)) == condition  # noqa: S301
    assert {condition: 1}[~(left & right) | at_least(1, left, ~right)] == 1


def test_they_cannot_be_changed() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        A.fact = "b"  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        (A & B).parts = ()  # type: ignore[attr-defined]


def test_a_condition_names_the_facts_that_it_reads() -> None:
    condition = (A & known(leeftijd)) | ~at_least(1, feit.keuze("k").is_("x"), antwoord("v").is_("ja"))
    assert condition.facts == {"a", "leeftijd", "k"}
    assert Always().facts == frozenset()


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (leeftijd.between(18, 26), "(leeftijd >= 18 en leeftijd <= 26)"),
        (leeftijd.is_(3), "leeftijd is 3"),
        (leeftijd.one_of(3, 1, 3), "leeftijd in (1, 3)"),
        (feit.keuze("k").one_of("b", "a"), "k in (a, b)"),
        (feit.datum("d") <= DAY, "d <= 2024-03-01"),
        (feit.datum("d").years() >= 27, "jaren sinds d >= 27"),
        (~(A | B), "niet (a of b)"),
        (at_most(1, A, ~B), "ten hoogste 1 van (a, niet b)"),
        (antwoord("v").is_("nee", "twijfel"), "antwoord v is NEE of TWIJFEL"),
        (known(A), "bekend(a)"),
    ],
)
def test_a_condition_reads_as_a_sentence(condition: Condition, text: str) -> None:
    assert repr(condition) == text


# size


def nested(levels: int) -> Condition:
    def wrap(inner: Condition, level: int) -> Condition:
        return inner & B if level % 2 else inner | C

    start: Condition = A
    return functools.reduce(wrap, range(levels), start)


def test_a_hundred_levels_are_fine_and_one_more_is_refused() -> None:
    condition = nested(MAX_DEPTH)
    kader = small(yes_no("a", "b", "c"), [(condition, "laag")])
    assert kader.evaluate(kader.casus(a=True, b=True, c=True)).advies.value == "laag"
    assert pickle.loads(pickle.dumps(condition)) == condition  # noqa: S301
    assert len(repr(condition)) > MAX_DEPTH
    deeper: list[Callable[[], Condition]] = [
        lambda: (condition & A) | B,
        lambda: ~condition,
        lambda: at_least(1, condition),
    ]
    for make in deeper:
        with pytest.raises(KaderError) as caught:
            make()
        assert caught.value.code == "condition-too-deep"


def test_ten_thousand_side_by_side_are_fine() -> None:
    both: Condition = A
    either: Condition = A
    for _ in range(10_000):
        both, either = both & B, either | B
    assert isinstance(both, And)
    assert isinstance(either, Or)
    assert len(both.parts) == len(either.parts) == 10_001
    many = at_least(2, *([A, B] * 5_000))
    kader = small(yes_no("a", "b"), [(both & many, "laag"), (~either, "midden")])
    assert kader.evaluate(kader.casus(a=True, b=True)).advies.value == "laag"
    assert kader.evaluate(kader.casus(a=False, b=False)).advies.value == "midden"


# meaning


@pytest.mark.parametrize(
    ("condition", "truths"),
    [
        (A & B, "T F U / F F F / U F U"),
        (A | B, "T T T / T F U / T U U"),
        (at_least(1, A, B), "T T T / T F U / T U U"),
        (at_least(2, A, B), "T F U / F F F / U F U"),
        (at_most(0, A, B), "F F F / F T U / F U U"),
        (at_most(1, A, B), "F T U / T T T / U T U"),
        (at_least(0, A, B), "T T T / T T T / T T T"),
        (~A & ~B, "F F F / F T U / F U U"),
        (known(A) & B, "T F U / T F U / F F F"),
    ],
    ids=repr,
)
def test_what_is_unknown_stays_unknown_until_the_rest_decides(condition: Condition, truths: str) -> None:
    # rows: a is true, false, unknown; columns: b likewise
    kader = small(yes_no("a", "b"), [(condition, "laag")])
    advice = {"T": "laag", "F": "hoog", "U": "vraag"}
    expected = [advice[sign] for sign in truths.replace("/", " ").split()]
    values = (True, False, None)
    found = [
        kader.evaluate(kader.casus(a=a, b=b), beleid="cautious").advies.value for a in values for b in values
    ]
    assert found == expected


def test_truth_is_read_from_what_is_true_and_what_is_false() -> None:
    assert [Truth.of(1, 0), Truth.of(0, 1), Truth.of(0, 0)] == [Truth.TRUE, Truth.FALSE, Truth.UNKNOWN]


def test_the_parts_can_be_walked() -> None:
    condition = ~(A & at_least(1, B, C))
    found = [type(node) for node in condition.walk()]
    assert found == [Not, And, JaNee, Count, JaNee, JaNee]


def test_errors_of_conditions_are_errors_of_the_library() -> None:
    assert issubclass(TruthinessError, IgmError)
    assert issubclass(OperandError, IgmError)


@pytest.mark.parametrize(
    "ref", [leeftijd, feit.keuze("k"), feit.datum("d"), feit.datum("d").years()], ids=str
)
def test_a_reference_has_no_truth_value_of_its_own(ref: object) -> None:
    with pytest.raises(TruthinessError, match="Compare it"):
        bool(ref)


@pytest.mark.parametrize("others", [3, 80])
def test_a_repeated_part_counts_as_often_as_it_stands(others: int) -> None:
    rest = [f"f{index}" for index in range(others)]
    kader = small(yes_no("a", *rest), [(at_least(3, A, A, A, *map(feit.ja_nee, rest)), "laag")])
    for beleid in ("exact", "cautious"):
        casus = kader.casus(dict.fromkeys(rest, False), a=True)
        assert kader.evaluate(casus, beleid=beleid).advies.value == "laag"
