"""What is asked of a frame: which columns hold which facts, answers and days, checked by name and type at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from igm._engines.column_map import ColumnMap, as_map
from igm._engines.engine import Engine
from igm._engines.output import Keep, kept_names, new_names
from igm._engines.resolved import ResolvedColumns
from igm._engines.schema import ColumnType, Kind, Schema, schema_of
from igm._progress import Voortgang, check_progress
from igm.constructs._base import is_mapping, path_of
from igm.decision.casus_context import read_peildatum
from igm.decision.fact_codes import FactCodes
from igm.decision.facts import Fact
from igm.decision.frame_facts import FactColumn
from igm.decision.frame_kinds import (
    answers_problem,
    bounds_problem,
    can_hold,
    days_problem,
    is_if_empty,
    kind_problem,
)
from igm.decision.gegeven import plain_value
from igm.decision.one_case import read_policy
from igm.decision.truth import Beleid
from igm.errors import InputError, Problem, Problems, named, shown, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


@attrs.frozen(kw_only=True)
class Given:
    """A frame, and what is said of its columns.

    Attributes:
        frame: The frame.
        engine: What holds it.
        antwoorden: The columns with professionals' own answers, by question.
        datums: The columns with the days of values, by fact.
        peildatum: Reference date.
        columns: Which column has which fact, and what values mean.
    """

    frame: Any
    engine: Engine
    antwoorden: object = None
    datums: object = None
    peildatum: object = None
    columns: ColumnMap | None = None


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
        misfits: The columns by fact of which no value can be used; none but where one only looks.
        findings: What is wrong with columns as such, by fact, or by ``antwoorden.`` and question; none but where one
            only looks.
        own: Per question the column with professionals' own answers.
        peildatum: Reference date.
        beleid: What is done with what is not known.
        ontbreekt: Whether is told which unknown facts can still change the advice.
        keep: The caller's columns that stay; all when nothing is said.
        names: What new columns are called.
        empty: The columns by fact that can hold nothing but nulls, for an engine that runs expressions.
        voortgang: Who is told how many patterns were weighed.
    """

    kader: Afwegingskader[Any]
    frame: Any
    engine: Engine
    schema: Schema
    resolved: ResolvedColumns
    facts: Mapping[str, FactColumn]
    misfits: Mapping[str, FactColumn]
    findings: Mapping[str, Problem]
    own: Mapping[str, ColumnType]
    peildatum: date | None
    beleid: Beleid
    ontbreekt: bool
    keep: Sequence[str] | None
    names: Mapping[str, str]
    empty: Mapping[str, FactColumn] = attrs.field(factory=dict[str, FactColumn])
    voortgang: Voortgang = False

    @property
    def kept(self) -> Sequence[str]:
        """The caller's columns that stay, by name."""
        return list(self.schema) if self.keep is None else self.keep

    @property
    def looked_at(self) -> list[ColumnType]:
        """The columns that are read, and those of which is only seen that they can hold nothing."""
        return [*self.read, *(column.column for column in (*self.misfits.values(), *self.empty.values()))]

    @property
    def read(self) -> list[ColumnType]:
        """The columns with facts, days and own answers."""
        held = list(self.facts.values())
        days = [column.day for column in held if column.day is not None]
        return [*(column.column for column in held), *days, *self.own.values()]


def read_request(
    kader: Afwegingskader[Any],
    given: Given,
    *,
    beleid: Beleid | str = Beleid.CAUTIOUS,
    keep: Keep = False,
    prefix: str = "",
    ontbreekt: bool = False,
    voortgang: Voortgang = False,
    looking: bool = False,
) -> Asked:
    """What is asked of a frame; its values are not looked at.

    Args:
        kader: The kader.
        given: The frame, and what is said of its columns.
        beleid: What is done with what is not known.
        keep: Which columns of the frame stay.
        prefix: Put before the names of new columns.
        ontbreekt: Whether is told which unknown facts can still change the advice.
        voortgang: Who is told how many patterns were weighed.
        looking: Whether what is wrong with a column as such is told, and not refused.

    Raises:
        InputError: With every problem of names and types at once.
    """
    check_progress(voortgang)
    problems = Problems()
    engine = given.engine
    schema = schema_of(given.frame, engine)
    peildatum = read_peildatum(kader, plain_value(given.peildatum), problems)
    resolved = _resolved(kader, schema, given.columns, problems)
    days = _named_columns(kader, given.datums, "datums", "fact", list(kader.feiten), schema, problems)
    _refuse_idle_days(kader, days, problems)
    facts = {
        name: _fact_column(
            kader.feiten[name], schema[column], engine, days.get(name), peildatum, given.columns
        )
        for name, column in resolved.columns.items()
    }
    questions = [question.name for question in kader.vragen]
    own = _named_columns(kader, given.antwoorden, "antwoorden", "question", questions, schema, problems)
    findings = _findings(facts, own)
    if not looking:
        problems.extend(findings.values())
    misfits = {
        name: column
        for name, column in facts.items()
        if looking and (name in findings or not can_hold(column))
    }
    counting = _counting(kader)
    facts = {name: column for name, column in facts.items() if name not in findings and name not in misfits}
    problems.extend(filter(None, map(bounds_problem, facts.values())))
    facts = {
        name: column
        for name, column in facts.items()
        if column.column.kind is not Kind.EMPTY and name in counting
    }
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
        frame=given.frame,
        engine=engine,
        schema=schema,
        resolved=resolved,
        facts=facts,
        misfits=misfits,
        findings=findings,
        own=own,
        peildatum=peildatum,
        beleid=policy,
        ontbreekt=ontbreekt,
        keep=kept,
        names=new_names(schema, engine, wanted, kept, prefix),
        empty=empty,
        voortgang=voortgang,
    )


def _findings(facts: Mapping[str, FactColumn], own: Mapping[str, ColumnType]) -> dict[str, Problem]:
    """What is wrong with the columns as such: of each fact the first thing, and of each question."""
    found = {name: kind_problem(column) or days_problem(column) for name, column in facts.items()}
    found |= {f"antwoorden.{name}": answers_problem(name, column) for name, column in own.items()}
    return {name: problem for name, problem in found.items() if problem is not None}


def _refuse_idle_days(kader: Afwegingskader[Any], days: Iterable[str], problems: Problems) -> None:
    for name in days:
        fact = kader.feiten[name]
        if fact.houdbaar_dagen is None:
            what, do = f"values of {fact.label!r} do not expire", "Leave these days out."
            problems.add("invalid-value", what, do, where=path_of(("datums", name)))


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
