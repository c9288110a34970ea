"""``summarise``: mean, standard deviation and number of people per group, small groups suppressed where they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from igm._engines.engine import Engine, FrameT, frame_engine
from igm._engines.group_keys import can_be_key
from igm._engines.grouping import Grouping, grouped
from igm._engines.schema import Schema, key_of, schema_of
from igm.constructs._base import shown
from igm.constructs.model import Construct
from igm.disclosure import DEFAULT_PEOPLE, GroupPurpose, least_people
from igm.errors import InputError, Problems, named, suggestion

_NAMED = 3
_OUT = ("construct", "n", "mean", "sd", "onderdrukt")


def summarise(
    frame: FrameT,
    /,
    by: str | Sequence[str],
    *,
    doel: GroupPurpose = "publiceren",
    minimum_n: int | None = None,
    person: str | None = None,
    values: Sequence[str] | None = None,
) -> FrameT:
    """The mean, the standard deviation and the number of people per construct and group.

    What rests on too few people is suppressed inside the engine, before anything leaves it: mean, standard deviation
    and number are null there, and ``onderdrukt`` is true. For publishing, that also holds where all have the same
    value, for then the mean tells the value of each. Where fewer than ten people may be published about, their mean is
    rounded to one decimal and their standard deviation is null: of so few, both together often tell every answer
    (`igm.disclosure.fixed_share`). Nothing is collected of a frame that waits to be collected.

    When exactly one group of a whole is suppressed, do not publish the total beside the others: the difference would
    tell what was suppressed. Nor publish the same people grouped in two ways.

    Args:
        frame: A frame with scores, as `score` gives it, of any of the six kinds.
        by: The column or columns that make the groups, such as wave and organisation; null is a group of its own, and
            NaN is null.
        doel: ``"publiceren"``, or ``"intern"`` for what stays inside.
        minimum_n: The least number of people; 10 for publishing (never below 5) and 1 inside when left out.
        person: The column that says who it is. The number then counts people, and a person with several rows counts
            once; without it every row counts as a person. Mean and standard deviation are over rows in both cases.
        values: The columns to summarise; the columns that are called as a construct when left out.

    Returns:
        A frame of the same kind with a row per group and construct: the columns of ``by``, ``construct`` (text), ``n``
        (64-bit whole number), ``mean`` and ``sd`` (n − 1 in the denominator; null for a single value) on the scale of
        the scores, and ``onderdrukt``. The order of rows is not fixed.

    Raises:
        InputError: ``unknown-name`` for columns that are not there, ``duplicate-name``, ``missing-field`` when there is
            nothing to group by or to summarise, ``not-a-number`` for columns that hold something else,
            ``value-out-of-range`` for a number of people that is too small to publish, ``invalid-value`` for what is
            no frame, and for columns of nested values or bytes to group by.

    Example:
        >>> import pandas as pd
        >>> scores = pd.DataFrame({"wave": ["T0"] * 3 + ["T1"] * 10, "houding": [3.0] * 7 + [4.0] * 6})
        >>> print(summarise(scores, by="wave").to_string(index=False))
        wave construct    n  mean        sd  onderdrukt
          T0   houding <NA>  <NA>      <NA>        True
          T1   houding   10   3.6  0.516398       False
    """
    engine = frame_engine(frame)
    fewest = least_people(doel, minimum_n)
    schema = schema_of(frame, engine)
    problems = Problems()
    groups = _columns("by", [by] if isinstance(by, str) else by, schema, problems)
    if person is not None:
        _columns("person", [person], schema, problems)
    summed = _values(values, schema, problems)
    _check_keys([*groups, *([] if person is None else [person])], schema, engine, problems)
    _check_free(groups, engine, problems)
    problems.raise_any(InputError)
    asked = Grouping(
        by=tuple(groups),
        values=tuple(schema[name] for name in summed),
        person=person,
        fewest=fewest,
        same=doel == "publiceren",
        exact=DEFAULT_PEOPLE if doel == "publiceren" else 0,
    )
    found: FrameT = grouped(frame, engine, schema, asked)
    return found


def _columns(argument: str, asked: Sequence[str], schema: Schema, problems: Problems) -> list[str]:
    """Names of columns that are there, each once."""
    where = f"$.{argument}"
    given: object = asked
    if isinstance(given, str) or not isinstance(given, Iterable):
        do = "Give a list of names of columns."
        problems.add("invalid-value", "names of columns were expected", do, where=where, given=shown(given))
        return []
    names: list[Any] = list(given)
    for place, name in enumerate(names):
        at = where if argument == "person" else f"{where}[{place}]"
        if not isinstance(name, str) or name not in schema:
            problems.add(
                "unknown-name", "no such column", suggestion(name, schema), where=at, given=shown(name)
            )
        elif name in names[:place]:
            problems.add(
                "duplicate-name", "a column is named twice", "Name it once.", where=at, given=shown(name)
            )
    if not names:
        problems.add("missing-field", "no columns", "Name at least one.", where=where)
    return names


def _values(values: Sequence[str] | None, schema: Schema, problems: Problems) -> list[str]:
    if values is None:
        found = [key.value for key in Construct if key.value in schema]
        if not found:
            do = "Give a frame that igm.score made, or name columns with values=[...]."
            with_prefix = [name for name in schema if name.endswith(tuple(key.value for key in Construct))]
            if with_prefix:
                do = f"With a prefix, name them: values={[named(name) for name in with_prefix[:_NAMED]]}."
            problems.add("missing-field", "no column is called as a construct", do, where="$.values")
    else:
        found = _columns("values", values, schema, problems)
    for name in found:
        if isinstance(name, str) and name in schema and not schema[name].kind.number:
            column = schema[name]
            what, do = f"column {named(name)!r} holds no numbers", "Name columns of numbers."
            given = f"{column.kind.value} ({column.native})"
            problems.add("not-a-number", what, do, where=f"$.{named(name)}", given=given)
    return found


def _check_keys(names: Sequence[Any], schema: Schema, engine: Engine, problems: Problems) -> None:
    for name in names:
        column = schema.get(name) if isinstance(name, str) else None
        if column is not None and not can_be_key(column, engine):
            what, do = (
                f"column {named(name)!r} cannot make groups",
                "Make a column of texts or numbers of it.",
            )
            given = f"{column.kind.value} ({column.native})"
            problems.add("invalid-value", what, do, where=f"$.{named(name)}", given=given)


def _check_free(groups: Sequence[Any], engine: Engine, problems: Problems) -> None:
    for name in groups:
        if isinstance(name, str) and key_of(name, engine) in _OUT:
            what = f"the result has a column {name!r} of its own"
            problems.add("duplicate-name", what, "Rename the column first.", where="$.by", given=shown(name))
