"""Says what Pydantic finds in our words: what was expected, what was given and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from igm.constructs._faults import Location, composed, fault, masked, parts_of, shown
from igm.errors import ERROR_CODES, IgmError, Problem, suggestion

_NUMBER = ("not-a-number", "a number was expected", "Give a finite number, not text, True or False.")
_WHOLE = ("not-a-number", "a whole number was expected", "Give a whole number, not text, True or False.")
_BOOL = ("invalid-value", "True or False was expected", "Give True or False, not text or a number.")
_DATE = ("invalid-value", "a date was expected", "Give a date, such as 2024-10-01.")
_MOMENT = ("invalid-value", "a date and time was expected", "Give one, such as 2024-10-01T09:30:00.")
_MAPPING = ("invalid-value", "a mapping was expected", "Give names with their values.")
LIST: Final = ("invalid-value", "a list was expected", "Give a list, also when there is only one.")
"""Code, what was expected and what to do, for what is no list."""

_EXPECTED: Final[dict[str, tuple[str, str, str]]] = {
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": _BOOL,
    "bool_parsing": _BOOL,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "dict_type": _MAPPING,
    "mapping_type": _MAPPING,
    "tuple_type": LIST,
    "list_type": LIST,
    "set_type": LIST,
    "frozen_set_type": LIST,
    "iterable_type": LIST,
    "invalid_key": ("invalid-value", "a name must be text", "Put the name in quotes."),
    "json_invalid": ("invalid-value", "the text is not JSON", "Mend the JSON at the place named."),
}
_BOUNDS: Final = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "of at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "of at most"),
}
_MODEL_TYPES: Final = {"model_type", "model_attributes_type", "dataclass_type"}
_INTERNAL: Final = re.compile(
    r"\[key\]|(function-(before|after|wrap|plain)|[a-z]*-?enum|lax-or-strict|json-or-python|literal|list|tuple"
    r"|dict|set|frozenset|nullable|is-instance|is-subclass|constrained-[a-z]+|definition-ref|chain)\[.*\]",
    re.DOTALL,
)


def plain_path(loc: Location) -> Location:
    """A path of what the user wrote, without the steps that are Pydantic's own.

    Example:
        >>> plain_path(("waarden", "houding", "function-after[_sound(), Waarde]", "score"))
        ('waarden', 'houding', 'score')
    """
    return tuple(part for part in loc if not (isinstance(part, str) and _INTERNAL.fullmatch(part)))


def worded(kind: str, context: Mapping[str, Any], message: str, value: Any, name: str) -> PydanticCustomError:
    """An error of Pydantic's own in our words.

    Args:
        kind: Pydantic's name for it.
        context: What Pydantic tells beside it.
        message: Pydantic's words, for what has no words here.
        value: What was given.
        name: What to call the model that was asked for.

    Example:
        >>> worded("float_type", {}, "Input should be a valid number", "vier", "Waarde").message()
        "a number was expected: got 'vier'. Give a finite number, not text, True or False."
    """
    if kind in _EXPECTED:
        code, what, do = _EXPECTED[kind]
        return fault(code, what, do, given=str(context["error"]) if kind == "json_invalid" else shown(value))
    if kind == "string_type":
        return fault("invalid-value", "text was expected", _as_text(value), given=shown(value))
    if kind in _MODEL_TYPES:
        do = "Give a mapping from field to value, or the object itself."
        return fault("invalid-value", f"the fields of {name} were expected", do, given=shown(value))
    if kind in {"enum", "literal_error"}:
        return _choice(str(context.get("expected", "")), value)
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        what = f"a number {words} {context[key]} was expected"
        return fault("value-out-of-range", what, "Give a value within the bounds.", given=shown(value))
    if kind in {"too_short", "too_long"}:
        bound, least = ("min_length", "at least") if kind == "too_short" else ("max_length", "at most")
        what = f"{least} {context[bound]} must be given"
        do = "Add what is lacking." if kind == "too_short" else "Leave some out."
        return fault("invalid-value", what, do, given=str(context.get("actual_length", "more")))
    return _raised(context.get("error"), message)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "Put it in quotes: YAML reads a bare yes, no, on or off as True or False."
    return "Put it in quotes." if isinstance(value, (int, float, date)) else "Give text."


def _choice(expected: str, value: Any) -> PydanticCustomError:
    """What is not one of the values that are allowed."""
    known = re.findall(r"'([^']*)'", expected) or [expected]
    if len(known) == 1:
        what, do = f"{known[0]} was expected", f"Give {known[0]}."
        return fault("invalid-value", what, do, given=shown(value))
    do = suggestion(value if isinstance(value, str) else "", known, most=len(known))
    return fault("invalid-value", "one of the allowed values was expected", do, given=shown(value))


def _raised(error: object, message: str) -> PydanticCustomError:
    """What a validator raised itself, or something so rare that it keeps Pydantic's words."""
    if isinstance(error, IgmError):
        first = error.problems[0]
        return fault(first.code, first.what, first.do, given=first.given)
    rest = message.removeprefix("Value error, ").removeprefix("Assertion failed, ").rstrip(".")
    what = f"{rest.removeprefix('Input should be ')} was expected" if rest.startswith("Input ") else rest
    return fault("invalid-value", what, "Mend the value.")


def alternatives(errors: list[PydanticCustomError]) -> PydanticCustomError:
    """One error for a value that is none of the kinds that a field takes."""
    if len(errors) == 1:
        return errors[0]
    kinds: dict[str, None] = {}
    for error in errors:
        what = parts_of(error.context)["what"]
        kind = what.removesuffix(" was expected").removesuffix(" were expected")
        if kind == what:
            return error  # it is of the right kind, and something else is wrong
        kinds[kind] = None
    given = parts_of(errors[0].context).get("given")
    return fault("invalid-value", f"{', or '.join(kinds)} was expected", "Give one of these.", given=given)


def faults_of(
    error: ValidationError, *prefix: int | str, hide: bool = False
) -> list[tuple[Location, PydanticCustomError]]:
    """The faults in an error that a part raised, seen from the whole; ``hide`` leaves out what was given."""
    faults: list[tuple[Location, PydanticCustomError]] = []
    for item in error.errors(include_url=False, include_input=False):
        kept = _kept(item, error.title)
        faults.append(((*prefix, *plain_path(item["loc"])), masked(kept) if hide else kept))
    return faults


def _kept(item: Any, title: str) -> PydanticCustomError:
    """An error of ours as it is, and one of Pydantic's in our words; the value stays out, for no one tagged it."""
    context: Mapping[str, Any] = item.get("ctx") or {}
    if item["type"] in ERROR_CODES and "what" in context:
        return composed(item["type"], parts_of(context))
    told = worded(item["type"], context, item["msg"], None, title)
    parts = parts_of(told.context)
    if item["type"] != "json_invalid":
        parts.pop("given", None)
    return composed(told.type, parts)


def path_of(loc: Location) -> str:
    """A location as Pydantic gives it, as a path.

    Example:
        >>> path_of(("items", 3, "nl")), path_of(("regels", "ons.jong", "als"))
        ('$.items[3].nl', "$.regels['ons.jong'].als")
    """
    plain = (isinstance(part, str) and part.isidentifier() for part in loc)
    return "$" + "".join(
        f".{part}" if named else f"[{part!r}]" for part, named in zip(loc, plain, strict=True)
    )


def problems_of(error: ValidationError) -> list[Problem]:
    """The problems in a ``ValidationError``, as the library's own functions tell them.

    The values themselves stay out: the messages of our own codes name them where they may be named.
    """
    problems: list[Problem] = []
    for loc, found in faults_of(error):
        parts = parts_of(found.context)
        problems.append(Problem(found.type, parts["what"], parts["do"], path_of(loc), parts.get("given")))
    return problems
