"""What is asked of a frame: which columns hold which facts, answers and days, checked by name and type at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from igm._engines.column_map import ColumnMap, as_map
from igm._engines.engine import Engine
from igm._engines.output import Keep, kept_names, new_names
from igm._engines.resolved import ResolvedColumns
from igm._engines.schema import ColumnType, Kind, Schema, schema_of
from igm.constructs._base import is_mapping, path_of
from igm.decision.casus_context import read_peildatum
from igm.decision.conditions import FactKind
from igm.decision.fact_codes import TEXTS, FactCodes
from igm.decision.facts import Fact
from igm.decision.frame_facts import FactColumn
from igm.decision.gegeven import plain_value
from igm.decision.one_case import read_policy
from igm.decision.truth import Beleid
from igm.errors import InputError, Problems, named, shown, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

_FITS: Final[Mapping[FactKind, frozenset[Kind]]] = {
    FactKind.JA_NEE: frozenset({Kind.BOOL, Kind.WHOLE, Kind.FLOAT, Kind.EMPTY, Kind.OBJECT}),
    FactKind.GETAL: frozenset({Kind.WHOLE, Kind.FLOAT, Kind.EMPTY, Kind.OBJECT}),
    FactKind.KEUZE: frozenset({Kind.TEXT, Kind.CATEGORY, Kind.EMPTY, Kind.OBJECT}),
    FactKind.DATUM: frozenset({Kind.DATE, Kind.DATETIME, Kind.EMPTY, Kind.OBJECT}),
}
_WANTED: Final[Mapping[FactKind, str]] = {
    FactKind.JA_NEE: "Give a column of true and false, or of 1 and 0",
    FactKind.GETAL: "Give a column of numbers",
    FactKind.KEUZE: "Give a column of texts or categories",
    FactKind.DATUM: "Give a column of dates, without time and time zone",
}
_COULD_BE_CODED: Final[Mapping[FactKind, frozenset[Kind]]] = {
    FactKind.JA_NEE: TEXTS,
    FactKind.GETAL: TEXTS,
    FactKind.KEUZE: frozenset({Kind.WHOLE, Kind.FLOAT}),
    FactKind.DATUM: frozenset(),
}
_IF_EMPTY: Final[Mapping[FactKind, frozenset[Kind]]] = {
    FactKind.JA_NEE: frozenset(),
    FactKind.GETAL: frozenset(),
    FactKind.KEUZE: frozenset({Kind.WHOLE, Kind.FLOAT}),
    FactKind.DATUM: frozenset({Kind.WHOLE, Kind.FLOAT}),
}
"""Columns of nothing have these types in some engines; a value in them is refused."""
_CODED: Final = ", or say in a ColumnMap what its values mean."

LARGEST: Final = 2**53
"""Engines compare whole numbers with numbers that have decimals exactly below this."""


@attrs.frozen(kw_only=True)
class Asked:
    """A frame and what is asked of it.

    Attributes:
        kader: The kader.
        frame: The frame.
        engine: What holds it.
        schema: Its columns.
        resolved: The name of the column of each fact that has one, and what was not found or not used.
        facts: The columns by fact, of facts that count.
        misfits: The columns by fact that cannot hold it; none but where one only looks.
        own: Per question the column with professionals' own answers.
        peildatum: Reference date.
        beleid: What is done with what is not known.
        ontbreekt: Whether is told which unknown facts can still change the advice.
        keep: The caller's columns that stay; all when nothing is said.
        names: What new columns are called.
        empty: The columns by fact that can hold nothing but nulls, for an engine that runs expressions.
    """

    kader: Afwegingskader[Any]
    frame: Any
    engine: Engine
    schema: Schema
    resolved: ResolvedColumns
    facts: Mapping[str, FactColumn]
    misfits: Mapping[str, FactColumn]
    own: Mapping[str, ColumnType]
    peildatum: date | None
    beleid: Beleid
    ontbreekt: bool
    keep: Sequence[str] | None
    names: Mapping[str, str]
    empty: Mapping[str, FactColumn] = attrs.field(factory=dict[str, FactColumn])


def read_request(
    kader: Afwegingskader[Any],
    frame: Any,
    engine: Engine,
    *,
    beleid: Beleid | str = Beleid.CAUTIOUS,
    peildatum: object = None,
    antwoorden: object = None,
    datums: object = None,
    columns: ColumnMap | None = None,
    keep: Keep = True,
    prefix: str = "",
    ontbreekt: bool = False,
    looking: bool = False,
) -> Asked:
    """What is asked of a frame; its values are not looked at.

    Args:
        kader: The kader.
        frame: The frame.
        engine: What holds it.
        beleid: What is done with what is not known.
        peildatum: Reference date.
        antwoorden: The columns with professionals' own answers, by question.
        datums: The columns with the days of values, by fact.
        columns: Which column has which fact, and what values mean.
        keep: Which columns of the frame stay.
        prefix: Put before the names of new columns.
        ontbreekt: Whether is told which unknown facts can still change the advice.
        looking: Whether columns that cannot hold their fact are told, and not refused.

    Raises:
        InputError: With every problem of names and types at once.
    """
    problems = Problems()
    schema = schema_of(frame, engine)
    day = read_peildatum(kader, plain_value(peildatum), problems)
    resolved = _resolved(kader, schema, columns, problems)
    days = _named_columns(kader, datums, "datums", "fact", list(kader.feiten), schema, problems)
    facts = {
        name: _fact_column(kader.feiten[name], schema[column], engine, days.get(name), day, columns)
        for name, column in resolved.columns.items()
    }
    misfits = {name: column for name, column in facts.items() if looking and not _can_hold(column)}
    facts = {name: column for name, column in facts.items() if name not in misfits}
    _check_days(kader, facts, days, problems)
    facts = {
        name: column for name, column in facts.items() if _fits(column, problems) and name in _counting(kader)
    }
    questions = [question.name for question in kader.vragen]
    own = _named_columns(kader, antwoorden, "antwoorden", "question", questions, schema, problems)
    for name, column in own.items():
        if column.kind not in _FITS[FactKind.KEUZE] | _IF_EMPTY[FactKind.KEUZE]:
            do = "Give a column of ja, nee, twijfel and nulls."
            where = path_of(("antwoorden", name))
            problems.add("fact-kind", "not a column of answers", do, where=where, given=column.native)
    policy = read_policy(beleid)
    if ontbreekt and policy is not Beleid.EXACT:
        what = "only the exact policy tells which unknown facts can still change the advice"
        do = 'Give beleid="exact" as well; the cautious advice then stands in `voorzichtig` where it is another one.'
        problems.add("invalid-value", what, do, where="$.ontbreekt", given=f"beleid={policy.value!r}")
    problems.raise_any(InputError)
    # arrays are looked at value by value anyhow
    empty = {
        name: facts.pop(name) for name in list(facts) if engine.by_expression and is_if_empty(facts[name])
    }
    kept = kept_names(schema, keep)
    wanted = output_names(kader, policy, ontbreekt=ontbreekt)
    return Asked(
        kader=kader,
        frame=frame,
        engine=engine,
        schema=schema,
        resolved=resolved,
        facts=facts,
        misfits=misfits,
        own=own,
        peildatum=day,
        beleid=policy,
        ontbreekt=ontbreekt,
        keep=kept,
        names=new_names(schema, engine, wanted, kept, prefix),
        empty=empty,
    )


def _fact_column(
    fact: Fact,
    column: ColumnType,
    engine: Engine,
    day: ColumnType | None,
    peildatum: date | None,
    columns: ColumnMap | None,
) -> FactColumn:
    codes = None if columns is None else FactCodes.of(fact, column, columns.recodes(fact.name))
    return FactColumn(fact, column, engine, day, peildatum, codes)


def output_names(kader: Afwegingskader[Any], beleid: Beleid, *, ontbreekt: bool) -> list[str]:
    """The new columns, in their order."""
    names = ["advies", "rij", "beleid", "open_feiten"]
    names += ["voorzichtig"] if beleid is Beleid.EXACT else []
    names += ["ontbreekt", "ontbreekt_n"] if ontbreekt else []
    names += ["aangenomen"] if assumable(kader) else []
    return names + (["verlopen"] if expirable(kader) else [])


def assumable(kader: Afwegingskader[Any]) -> list[str]:
    """Names of the facts that are read, and taken as no when nothing is reported."""
    return [name for name in kader.facts_read if kader.feiten[name].zonder_melding is False]


def expirable(kader: Afwegingskader[Any]) -> list[str]:
    """Names of the facts that are read, and whose values expire."""
    return [name for name in _counting(kader) if kader.feiten[name].houdbaar_dagen is not None]


def _counting(kader: Afwegingskader[Any]) -> list[str]:
    asked = {name for predicate in kader.predicates.values() for name in predicate.reads}
    return kader.in_order({*kader.facts_that_count, *asked})


def _resolved(
    kader: Afwegingskader[Any], schema: Schema, columns: object, problems: Problems
) -> ResolvedColumns:
    """The column of each fact."""
    try:
        found = as_map(columns).resolve("facts", kader.feiten, schema)
    except InputError as error:
        problems.extend(error.problems)
        return ResolvedColumns("wide", {}, {}, (), ())
    if found.layout == "long":
        do = "Give a frame with a row per case, and a column per fact."
        problems.add("invalid-value", "facts do not come in a long frame", do, where="$.columns.long")
    elif not found.columns:
        looked = ", ".join(_counting(kader)[:8])
        more = len(_counting(kader)) - 8
        looked += f" and {more} more" if more > 0 else ""
        what = f"the frame has no column with a fact of kader {kader.id!r}"
        do = f"Looked for {looked}. Name columns so, or say which is which: columns=igm.ColumnMap(facts=...)."
        there = ", ".join(str(named(name)) for name in list(schema)[:8])
        problems.add("missing-field", what, do, given=there or "no columns")
    return found


def _named_columns(
    kader: Afwegingskader[Any],
    given: object,
    under: str,
    kind: str,
    known: Sequence[str],
    schema: Schema,
    problems: Problems,
) -> dict[str, ColumnType]:
    """Columns by the name of a fact or question, as ``datums`` and ``antwoorden`` give them."""
    if given is None:
        return {}
    if not is_mapping(given):
        do = f"Give {{{kind}: name of a column}}."
        problems.add("invalid-value", "not a mapping", do, where=f"$.{under}", given=shown(given))
        return {}
    found: dict[str, ColumnType] = {}
    for name, column in given.items():
        where = path_of((under, str(named(name))))
        if name not in known:
            what = f"kader {kader.id!r} has no {kind} {named(name)!r}"
            problems.add(f"unknown-{kind}", what, suggestion(name, known), where=where)
        elif not isinstance(column, str) or column not in schema:
            do = suggestion(column, schema)
            problems.add("unknown-name", "no such column", do, where=where, given=shown(column))
        else:
            found[name] = schema[column]
    return found


def _check_days(
    kader: Afwegingskader[Any],
    facts: Mapping[str, FactColumn],
    days: Mapping[str, ColumnType],
    problems: Problems,
) -> None:
    for name, column in days.items():
        fact, where = kader.feiten[name], path_of(("datums", name))
        if fact.houdbaar_dagen is None:
            what, do = f"values of {fact.label!r} do not expire", "Leave these days out."
            problems.add("invalid-value", what, do, where=where)
        elif column.kind not in {Kind.DATE, Kind.DATETIME, Kind.OBJECT} or column.timezone:
            do = f"{_WANTED[FactKind.DATUM]}."
            problems.add("fact-kind", "not a column of days", do, where=where, given=column.native)
    for name, held in facts.items():
        fact = held.fact
        if fact.houdbaar_dagen is not None and name not in days and held.column.kind is not Kind.EMPTY:
            what = f"values of {fact.label!r} hold for {fact.houdbaar_dagen} days, and do not say of which day they are"
            do = f"Give datums={{{name!r}: name of the column with the days}}."
            problems.add("missing-field", what, do, where=path_of(("datums", name)))


def _can_hold(column: FactColumn) -> bool:
    """Whether the kind of a column can hold its fact."""
    fact, kind = column.fact, column.column.kind
    fits = kind in _FITS[fact.kind] or (column.codes is not None and kind in _COULD_BE_CODED[fact.kind])
    return fits and not (kind is Kind.DATETIME and column.column.timezone)


def _fits(column: FactColumn, problems: Problems) -> bool:
    """Whether a column can hold a fact at all; a column of nothing is as good as none."""
    fact, kind = column.fact, column.column.kind
    where, given = path_of((fact.name,)), column.column.native
    if not (_can_hold(column) or is_if_empty(column)):
        what = f"column {named(column.column.name)!r} cannot hold {fact.label!r}"
        coded = _CODED if kind in _COULD_BE_CODED[fact.kind] else "."
        problems.add("fact-kind", what, f"{_WANTED[fact.kind]}{coded}", where=where, given=given)
        return False
    if fact.kind is FactKind.GETAL and column.engine.by_expression and _is_large(fact):
        do = "Declare bounds below 2 to the power 53, or weigh arrays."
        what = f"{fact.label!r} has bounds that {column.engine.value} does not compare exactly"
        problems.add("fact-bounds", what, do, where=where)
        return False
    return kind is not Kind.EMPTY


def is_if_empty(column: FactColumn) -> bool:
    """Whether a column can only belong to a fact as long as it holds nothing."""
    return column.codes is None and column.column.kind in _IF_EMPTY[column.fact.kind]


def _is_large(fact: Fact) -> bool:
    return any(
        abs(bound) >= LARGEST for bound in (fact.minimum, fact.maximum) if isinstance(bound, (int, float))
    )
