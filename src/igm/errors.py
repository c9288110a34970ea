"""Errors and warnings: one sentence shape, stable codes, all problems of one input at once.

Every problem says *what* is wrong, *where* (a path such as ``$.antwoorden.houding_2``), what was *given* and what to
*do*. An error holds one problem or several; catch the class, or look at ``error.code`` and ``error.problems``.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, Self

import attrs

MASK: Final = "•••"
"""What a sensitive value looks like wherever it is not asked for."""

ERROR_CODES: Final[dict[str, str]] = {
    "ambiguous-profile": "a person holds several profiles (or none) and one was asked for without naming a behaviour",
    "answer-not-whole": "an answer is not a whole number",
    "answer-out-of-range": "an answer lies outside the scale of the questionnaire",
    "condition-has-no-truth": "a condition was used as if it were true or false",
    "condition-too-deep": "conditions are nested deeper than the limit",
    "consent-missing": "people without valid consent were offered for research",
    "decision-incomplete": "a decision lacks a person, a choice or an argument in own words",
    "duplicate-name": "a name occurs twice where it must be unique",
    "fact-bounds": "a fact, or a threshold on it, lies outside the bounds that the fact declares",
    "fact-kind": "a fact is used as another kind than it was declared",
    "file-ambiguous": "how a file is to be read cannot be told for certain, and is not guessed",
    "file-unreadable": "a file cannot be read, or is not what its format demands",
    "guard-not-proven": "a guard (geen_rol or nooit_tegen) does not hold, or cannot be proven",
    "incomplete-behaviour": "a profile lacks its behaviour or the goal that the behaviour serves",
    "invalid-value": "a value is not of the form that the field asks for",
    "kader-conflict": "two kaders that are joined say different things under one name",
    "kader-invalid": "an afwegingskader is not complete or contradicts itself",
    "migration-unknown": "a stored result has a schema version that this release cannot read",
    "missing-dependency": "a package that a part of the library needs is not installed",
    "missing-field": "a required field is absent",
    "mixed-scales": "values on different scales are combined without a declared metric",
    "not-a-number": "a number was expected; NaN, infinity, text, True and False are not numbers here",
    "operand-type": "an operand of a condition has the wrong type",
    "outcome-unknown": "an outcome is not one that the kader declares",
    "peildatum-missing": "a kader that reads dates needs a reference date",
    "plugin-invalid": "what an entry point names cannot be used as a plug-in",
    "predicate-invalid": "a Python function cannot be used as a condition, or not for this",
    "ref-is-bsn": "a reference looks like a citizen service number",
    "rule-invalid": "a rule is not complete or contradicts itself",
    "scale-invalid": "a scale's bounds or anchors do not fit together",
    "shape-mismatch": "an array does not have the shape that the questionnaire asks for",
    "too-few-constructs": "two profiles have too few constructs in common to compare",
    "unknown-construct": "a construct that the model does not know",
    "unknown-fact": "a fact that the kader does not declare",
    "unknown-field": "a field that does not exist",
    "unknown-item": "an item that the questionnaire does not have",
    "unknown-name": "a name that the library does not know",
    "unknown-question": "a question that the kader does not ask",
    "value-out-of-range": "a value lies outside its scale or bounds",
    "vangrail-invalid": "a guardrail is not complete, or guardrails contradict each other",
    "weights-invalid": "weights are negative, sum to zero or name something else than they weigh",
}
"""Every code with its meaning in one line; ``docs/reference/errors.md`` has a heading for each."""


def _known_code(_: object, __: object, value: str) -> None:
    if value not in ERROR_CODES:
        raise LookupError(f"undocumented error code {value!r}: add it to ERROR_CODES and to the errors page")


@attrs.frozen
class Problem:
    """One thing that is wrong with an input.

    Attributes:
        code: Stable kebab-case code, a key of [ERROR_CODES][igm.errors.ERROR_CODES].
        what: What is wrong.
        do: What to do about it.
        where: Path into the input; ``$`` is the input as a whole.
        given: What was given, as text; sensitive values arrive here masked.

    Example:
        >>> print(Problem("answer-out-of-range", "answer outside the scale", "Give 1 to 5.", "$.houding_2", "9"))
        answer outside the scale, at $.houding_2: got 9. Give 1 to 5. [answer-out-of-range]
    """

    code: str = attrs.field(validator=_known_code)
    what: str
    do: str
    where: str = "$"
    given: str | None = None

    def __str__(self) -> str:
        given = "" if self.given is None else f": got {self.given}"
        return f"{self.what}, at {self.where}{given}. {self.do} [{self.code}]"

    def under(self, prefix: str) -> Problem:
        """The same problem, seen from a larger input in which ``prefix`` is the path to this one.

        Example:
            >>> Problem("not-a-number", "not a number", "Give a number.", "$.score").under("$.people[3]").where
            '$.people[3].score'
        """
        return attrs.evolve(self, where=prefix + self.where.removeprefix("$"))


class IgmError(Exception):
    """Base of all errors that the library raises itself.

    Args:
        *problems: What is wrong; at least one.

    Example:
        >>> error = IgmError(Problem("not-a-number", "not a number", "Give a number.", given="'4'"))
        >>> error.code
        'not-a-number'
        >>> print(error)
        not a number, at $: got '4'. Give a number. [not-a-number]
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems: tuple[Problem, ...] = problems

    @classmethod
    def of(cls, code: str, what: str, do: str, *, where: str = "$", given: str | None = None) -> Self:
        """An error with a single problem."""
        return cls(Problem(code, what, do, where, given))

    @property
    def code(self) -> str:
        """The code of the first problem."""
        return self.problems[0].code

    def __str__(self) -> str:
        if len(self.problems) == 1:
            return str(self.problems[0])
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        return f"{len(self.problems)} problems:\n{lines}"


class InputError(IgmError, ValueError):
    """What came in cannot be used as it is."""


class UnknownNameError(IgmError, KeyError):
    """A name that does not exist; the message suggests the nearest that does."""


class AmbiguousProfileError(IgmError, LookupError):
    """One profile was asked for where there are several, or none."""


class ConsentError(IgmError, ValueError):
    """People who gave no valid consent were offered for research; they are counted, not named."""


class KaderError(IgmError, ValueError):
    """An afwegingskader, a rule or a condition is not sound, so it does not load."""


class OperandError(IgmError, TypeError):
    """An operator of a condition got something that it cannot work with."""


class TruthinessError(IgmError, TypeError):
    """A condition was used as a Python truth value (``if condition:``), which would decide what is not known."""


class MissingDependencyError(IgmError, ImportError):
    """A package that a part of the library needs is not installed; the message holds the line that installs it."""

    @classmethod
    def of_extra(cls, package: str, extra: str) -> Self:
        """The error for a package that comes with an extra of this library."""
        return cls.for_what(f"igm.{extra} needs {package}", extra)

    @classmethod
    def for_what(cls, what: str, extra: str, otherwise: str = "") -> Self:
        """The error for what needs a package that comes with an extra of this library.

        The library is on no package index, so the line installs from a clone of it: by its name alone, pip would take
        whatever somebody else put there under that name.
        """
        do = f"Install it, in the folder of igm: python -m pip install -c constraints.txt '.[{extra}]'{otherwise}."
        return cls.of("missing-dependency", what, do, given="no such package")


class IgmWarning(UserWarning):
    """Base of all warnings that the library gives."""


class PluginWarning(IgmWarning):
    """A plug-in could not be loaded and was skipped."""


class PredicateWarning(IgmWarning):
    """A Python function that a kader asks failed on some cases, which count as unknown there."""


class CollectWarning(IgmWarning):
    """A query on a lazy frame had to be run, and only its distinct patterns of facts were collected."""


class Problems:
    """Collects the problems of one input, so that all are told at once.

    Example:
        >>> problems = Problems()
        >>> problems.add("missing-field", "ref is missing", "Give a pseudonymous ref.", where="$.ref")
        >>> len(problems)
        1
        >>> problems.raise_any(InputError)
        Traceback (most recent call last):
        ...
        igm.errors.InputError: ref is missing, at $.ref. Give a pseudonymous ref. [missing-field]
    """

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def __len__(self) -> int:
        return len(self._problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._problems)

    def add(self, code: str, what: str, do: str, *, where: str = "$", given: str | None = None) -> None:
        """Note one problem."""
        self._problems.append(Problem(code, what, do, where, given))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems that were found elsewhere."""
        self._problems.extend(problems)

    def raise_any(self, error: type[IgmError]) -> None:
        """Raise ``error`` with all problems, if there are any."""
        if self._problems:
            raise error(*self._problems)


_BSN_DIGITS: Final = 9
_BSN_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_BSN_NAMES: Final = {"", "bsn", "bsnnr", "burgerservicenummer", "sofinummer"}
_LONGEST: Final = 60
_LARGEST: Final = 10**18
LARGE: Final = "a very large number"
"""Stands for a whole number of more digits than anyone reads, or than Python writes out."""


def is_bsn_like(value: object) -> bool:
    """Whether a value can be read as a citizen service number: nine digits that pass the eleven-test.

    Signs, spaces and marks between the digits make no difference, and neither do zeros in front, a fraction of zero
    behind (``.0``) or the word BSN. Any other letter makes it something else: ``c-111222333`` is a pseudonym.

    Args:
        value: Text or a number.

    Returns:
        True when the nine digits, weighted 9, 8, 7, 6, 5, 4, 3, 2 and −1, add up to a multiple of eleven.

    Example:
        >>> is_bsn_like("1112.22.333"), is_bsn_like("BSN 0111222333"), is_bsn_like(111222333.0)
        (True, True, True)
        >>> is_bsn_like("111222334"), is_bsn_like("c-111222333")
        (False, False)
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return False
    if isinstance(value, int) and abs(value) > _LARGEST:
        return False
    text = unicodedata.normalize("NFKC", str(value)).casefold().strip()
    if "".join(sign for sign in text if unicodedata.category(sign)[0] == "L") not in _BSN_NAMES:
        return False
    whole, _, fraction = text.replace(",", ".").rpartition(".")
    return _passes(text) or (not fraction.strip("0") and _passes(whole))


def _passes(text: str) -> bool:
    digits = [int(sign) for sign in text if sign.isdecimal()]
    front, bare = digits[:-_BSN_DIGITS], digits[-_BSN_DIGITS:]
    if len(bare) != _BSN_DIGITS or any(front):
        return False
    return sum(weight * digit for weight, digit in zip(_BSN_WEIGHTS, bare, strict=True)) % 11 == 0


def shown(value: object) -> str:
    """What was given, in short: a text or a number as it is, of anything else only the kind.

    It never fails, and it does not repeat what can be read as a citizen service number.

    Example:
        >>> shown("ja"), shown([1, 2]), shown({"a": 1}), shown(10**5000), shown("111222333")
        ("'ja'", 'a list', 'a mapping', 'a very large number', '•••')
    """
    if isinstance(value, int) and abs(value) > _LARGEST:
        return LARGE
    if is_bsn_like(value):
        return MASK
    if isinstance(value, str):
        return repr(str(value[: 2 * _LONGEST]))[:_LONGEST]
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)[:_LONGEST]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "a mapping"
    name = "list" if isinstance(value, (list, tuple)) else type(value).__name__.lstrip("_")
    return f"{'an' if name[:1].lower() in tuple('aeiou') else 'a'} {name}"


def named(name: object) -> str:
    """A name in a path or a sentence; it is masked when it can be read as a citizen service number.

    Example:
        >>> named("houding_1"), named("111222333"), named(5)
        ('houding_1', '•••', '5')
    """
    if not isinstance(name, str) or is_bsn_like(name):
        return shown(name)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def suggestion(name: object, known: Iterable[str], *, most: int = 8) -> str:
    """What to write instead of an unknown name: the nearest known one, else the known ones.

    Args:
        name: What was given; nothing is near to what is no text, or a very long one.
        known: What exists.
        most: How many known names to list when none is near.

    Returns:
        A sentence for the *what to do* part of a problem.

    Example:
        >>> suggestion("huoding", ["houding", "kennis"])
        "Did you mean 'houding'?"
        >>> suggestion("xyz", ["houding", "kennis"])
        'Known: houding, kennis.'
    """
    names = sorted(str(name) for name in known)
    short = isinstance(name, str) and len(name) <= 2 * _LONGEST
    near = difflib.get_close_matches(str(name).casefold(), names, n=1, cutoff=0.6) if short else []
    if near:
        return f"Did you mean {near[0]!r}?"
    if not names:
        return "There are none here."
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return f"Known: {', '.join(names[:most])}{rest}."
