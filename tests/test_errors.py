"""Every problem in one sentence shape, all problems of one input at once, with codes that are documented."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igm.errors import (
    ERROR_CODES,
    AmbiguousProfileError,
    ConsentError,
    IgmError,
    IgmWarning,
    InputError,
    KaderError,
    OperandError,
    PluginWarning,
    Problem,
    Problems,
    TruthinessError,
    UnknownNameError,
    named,
    shown,
    suggestion,
)

FIRST = Problem("value-out-of-range", "value outside its scale", "Give 1 to 5.", "$.score", "9")
SECOND = Problem("missing-field", "ref is missing", "Give it.", "$.ref")


def test_one_sentence_says_what_where_given_and_what_to_do() -> None:
    assert str(FIRST) == "value outside its scale, at $.score: got 9. Give 1 to 5. [value-out-of-range]"
    assert str(SECOND) == "ref is missing, at $.ref. Give it. [missing-field]"


@given(
    st.sampled_from(sorted(ERROR_CODES)),
    st.text(min_size=1),
    st.text(min_size=1),
    st.none() | st.text(min_size=1),
)
def test_every_part_of_a_problem_is_told(code: str, what: str, do: str, given: str | None) -> None:
    told = "" if given is None else f": got {given}"
    assert str(Problem(code, what, do, "$.a", given)) == f"{what}, at $.a{told}. {do} [{code}]"


def test_an_input_as_a_whole_is_the_default_place() -> None:
    assert Problem("missing-field", "ref is missing", "Give it.").where == "$"


@pytest.mark.parametrize(
    ("where", "expected"),
    [("$", "$.people[3]"), ("$.score", "$.people[3].score"), ("$[0].id", "$.people[3][0].id")],
)
def test_a_problem_seen_from_a_larger_input(where: str, expected: str) -> None:
    inner = Problem("not-a-number", "not a number", "Give a number.", where, "'a'")
    outer = inner.under("$.people[3]")
    assert outer == Problem("not-a-number", "not a number", "Give a number.", expected, "'a'")
    assert inner.where == where


def test_an_undocumented_code_is_refused() -> None:
    with pytest.raises(LookupError, match="undocumented error code 'typo-made'"):
        Problem("typo-made", "what", "do")
    with pytest.raises(LookupError, match="undocumented"):
        InputError.of("typo-made", "what", "do")


def test_several_problems_are_told_together_and_the_first_gives_the_code() -> None:
    error = InputError(FIRST, SECOND)
    assert str(error) == f"2 problems:\n  - {FIRST}\n  - {SECOND}"
    assert error.code == "value-out-of-range"
    assert error.problems == (FIRST, SECOND)


def test_a_single_problem_is_told_as_it_is() -> None:
    error = InputError.of("missing-field", "ref is missing", "Give it.", where="$.ref")
    assert str(error) == str(SECOND)
    assert error.problems == (SECOND,)


def test_a_key_error_of_ours_reads_as_a_sentence_without_quotes() -> None:
    error = UnknownNameError.of("unknown-name", "unknown kader", "Did you mean 'a'?", given="'b'")
    assert str(error) == "unknown kader, at $: got 'b'. Did you mean 'a'? [unknown-name]"


@pytest.mark.parametrize(
    ("cls", "builtin"),
    [
        (InputError, ValueError),
        (UnknownNameError, KeyError),
        (AmbiguousProfileError, LookupError),
        (ConsentError, ValueError),
        (KaderError, ValueError),
        (OperandError, TypeError),
        (TruthinessError, TypeError),
    ],
)
def test_errors_are_caught_as_the_builtin_that_people_expect(
    cls: type[IgmError], builtin: type[Exception]
) -> None:
    with pytest.raises(builtin) as caught:
        raise cls(FIRST)
    assert isinstance(caught.value, IgmError)


def test_warnings_can_be_filtered_as_one() -> None:
    with pytest.warns(IgmWarning, match="skipped"):
        _warn()


def _warn() -> None:
    import warnings

    warnings.warn("skipped", PluginWarning, stacklevel=2)


@pytest.mark.parametrize("cls", [IgmError, InputError, UnknownNameError, KaderError, OperandError])
@pytest.mark.parametrize("problems", [(FIRST,), (FIRST, SECOND)], ids=["one", "two"])
def test_errors_survive_pickling_and_copying(cls: type[IgmError], problems: tuple[Problem, ...]) -> None:
    error = cls(*problems)
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert type(again) is cls
        assert again.problems == problems
        assert str(again) == str(error)


def test_problems_are_collected_and_raised_at_once() -> None:
    problems = Problems()
    problems.raise_any(InputError)
    problems.add("missing-field", "ref is missing", "Give it.", where="$.ref")
    problems.extend([FIRST])
    assert len(problems) == 2
    assert list(problems) == [SECOND, FIRST]
    with pytest.raises(KaderError) as caught:
        problems.raise_any(KaderError)
    assert caught.value.problems == (SECOND, FIRST)


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("huoding", ["houding", "kennis"], "Did you mean 'houding'?"),
        ("HOUDING", ["houding", "kennis"], "Did you mean 'houding'?"),
        ("xyz", ["kennis", "houding"], "Known: houding, kennis."),
        ("xyz", [], "There are none here."),
        ("xyz", "abcdefghijk", "Known: a, b, c, d, e, f, g, h and 3 more."),
    ],
)
def test_a_suggestion_names_the_nearest_or_what_exists(name: str, known: list[str], said: str) -> None:
    assert suggestion(name, known) == said


def test_how_many_known_names_are_listed_can_be_chosen() -> None:
    assert suggestion("xyz", "abc", most=2) == "Known: a, b and 1 more."


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.lists(st.integers()), st.binary()))
def test_what_was_given_is_shown_in_short(value: object) -> None:
    assert 0 < len(shown(value)) <= 60


@pytest.mark.parametrize(
    "value", [10**5000, -(10**5000), "x" * 10**6, object(), [10**5000], {"a": 10**5000}], ids=range(6)
)
def test_showing_never_fails(value: object) -> None:
    assert len(shown(value)) <= 60
    assert len(named(5)) <= 60
    assert suggestion(value, ["houding"]) == "Known: houding."
