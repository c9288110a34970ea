"""``predicaat``: makes a condition of a Python function, after checking what it declares."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias, cast

import numpy as np

from igm.constructs._base import is_mapping, path_of
from igm.decision.conditions import FactKind
from igm.decision.predicate import Function, Predicaat, Uitvoering, named
from igm.decision.refs import Ref, kind_of
from igm.decision.rules import RULE_ID
from igm.errors import KaderError, Problems, shown, suggestion


def predicaat(
    id: str,  # noqa: A002 (as a rule, a predicate has an id)
    /,
    *,
    leest: Sequence[Ref],
    label: str,
    versie: str,
    drempels: Mapping[str, Iterable[float | date]] | None = None,
    arrays: Function | None = None,
    uitvoeringen: Iterable[Uitvoering | str] = (Uitvoering.GEVAL,),
) -> Callable[[Function], Predicaat]:
    """Make a condition of a Python function.

    Prefer plain conditions: they can be shown, proven and run everywhere. A predicate is for what they cannot say. What
    it reads and where it turns is declared, because everything that looks ahead (what is missing, what would change the
    advice, guards, checks) relies on it: between two thresholds the answer may not change.

    Args:
        id: Dotted and stable: lower case, digits, underscores and dots.
        leest: The facts that it reads, such as ``feit.getal("reistijd")``; the function takes them by name.
        label: What people read.
        versie: Change it whenever the function answers otherwise.
        drempels: Per number or date that it reads, the values at which its answer can turn.
        arrays: The same function on NumPy arrays (bool, numbers, text, ``datetime64[D]``), one row per case, that
            returns an array of bool. When it raises, the rows are asked one by one.
        uitvoeringen: ``"geval"`` (one case), and ``"arrays"`` when many cases may be asked, one by one when there is no
            ``arrays``.

    Returns:
        What makes a [Predicaat][igm.decision.Predicaat] of the function.

    Raises:
        KaderError: ``predicate-invalid``, with all that is wrong.

    Example:
        >>> from igm.decision import feit, regel
        >>> @predicaat("ons.even_jaar", leest=[feit.datum("start")], label="gestart in een even jaar", versie="1",
        ...            drempels={"start": [date(year, 1, 1) for year in range(2020, 2030)]})
        ... def even_jaar(start: date) -> bool:
        ...     return start.year % 2 == 0
        >>> regel("ons.even", vraag="start", als=even_jaar, pleit_voor="ja", omdat="Even jaren.", bron="voorbeeld")
        Rule('ons.even': gestart in een even jaar pleit voor JA op 'start')
    """
    problems = Problems()
    where = path_of(("predicaten", id))

    def wrong(what: str, do: str, given: object) -> None:
        problems.add("predicate-invalid", what, do, where=where, given=shown(given))

    if not isinstance(cast("object", id), str) or not RULE_ID.match(id):
        wrong("a predicate's id cannot be used", "Use lower case, digits, underscores and dots.", id)
    for name, text in (("label", label), ("versie", versie)):
        if not isinstance(cast("object", text), str) or not text.strip():
            wrong(f"{name} is empty", "Say what people read, and which version it is.", text)
    refs = tuple(leest) if isinstance(cast("object", leest), (list, tuple)) else ()
    kinds = [kind_of(ref) for ref in refs]
    if not refs or None in kinds:
        wrong("leest does not name facts", "Give leest=[feit.getal('reistijd'), feit.ja_nee('auto')].", leest)
        refs = ()
    reads = tuple((ref.fact, kind) for ref, kind in zip(refs, kinds, strict=False) if kind is not None)
    if len(dict(reads)) < len(reads):
        wrong("leest names a fact twice", "Name every fact once.", [name for name, _ in reads])
    turns = _turns(drempels, dict(reads), wrong)
    runs = _runs(uitvoeringen, arrays, wrong)
    problems.raise_any(KaderError)

    def made(function: Function) -> Predicaat:
        _check_function(function, [name for name, _ in reads], where)
        return Predicaat(
            named(id),
            id=id,
            versie=versie,
            label=label,
            leest=reads,
            drempels=turns,
            functie=function,
            arrays=arrays,
            uitvoeringen=runs,
        )

    return made


_Wrong: TypeAlias = Callable[[str, str, object], None]


def _turns(
    given: object, reads: Mapping[str, FactKind], wrong: _Wrong
) -> tuple[tuple[str, tuple[float | date, ...]], ...]:
    """The thresholds per number or date, in order."""
    do = "Give drempels={'reistijd': [60]}: the values at which the answer can turn."
    if given is not None and not is_mapping(given):
        wrong("drempels is not a mapping", do, given)
        return ()
    found: dict[str, tuple[float | date, ...]] = {}
    for name, raw in (given or {}).items():
        kind = reads.get(name) if isinstance(name, str) else None
        if kind not in {FactKind.GETAL, FactKind.DATUM}:
            wrong("drempels names no number or date that is read", suggestion(str(name), reads), name)
            continue
        values = _listed(raw)
        if not values or not all(_is_turn(kind, value) for value in values):
            kinds = "dates: datetime.date values" if kind is FactKind.DATUM else "finite numbers"
            wrong(f"the thresholds of {name!r} cannot be used", f"Give a list of {kinds}, at least one.", raw)
            continue
        found[name] = tuple(sorted(set(values)))
    for name, kind in reads.items():
        if kind in {FactKind.GETAL, FactKind.DATUM} and not (is_mapping(given) and name in given):
            wrong(f"{name!r} is read without thresholds", do, None)
    return tuple(found.items())


def _listed(given: object) -> list[Any]:
    """What is in a collection; nothing for what is none."""
    if isinstance(given, (list, tuple, set, frozenset, range)):
        return list(cast("Iterable[Any]", given))
    return []


def _is_turn(kind: FactKind | None, value: object) -> bool:
    if kind is FactKind.DATUM:
        return type(value) is date
    return type(value) is int or (isinstance(value, float) and np.isfinite(value))


def _runs(given: object, arrays: object, wrong: _Wrong) -> tuple[Uitvoering, ...]:
    names = [run.value for run in Uitvoering]
    listed = _listed(given) or [given]
    unknown = [run for run in listed if run not in names]
    for run in unknown:
        wrong("an unknown way to run", suggestion(str(run), names), run)
    if arrays is not None and not callable(arrays):
        wrong("arrays is not a function", "Give a function on NumPy arrays, or leave it out.", arrays)
    found = {Uitvoering.GEVAL, *(Uitvoering(run) for run in listed if run not in unknown)}
    found |= {Uitvoering.ARRAYS} if arrays is not None else set()
    return tuple(run for run in Uitvoering if run in found)


def _check_function(function: object, names: Sequence[str], where: str) -> None:
    """Refuse what cannot be called with the facts by name."""
    do = f"Write def ...({', '.join(names)}) -> bool."
    if not callable(function):
        raise KaderError.of("predicate-invalid", "not a function", do, where=where, given=shown(function))
    given, what = shown(function), ""
    try:
        inspect.signature(function).bind(**dict.fromkeys(names))
    except TypeError as error:
        what, given = "the function does not take the facts by name", str(error)
    except ValueError:  # what is built in does not always say what it takes
        what = "the function does not say what it takes"
    if not what and _answers_later(function):
        what = "a function that answers later, or more than once"
    if not what and type(function).__hash__ is None:
        what = "a function that cannot be told apart from others: it has no hash"
    if what:
        raise KaderError.of("predicate-invalid", what, do, where=where, given=given)


def _answers_later(function: object) -> bool:
    """Whether calling it gives a coroutine or a generator, which is neither yes nor no."""
    kind: Any = type(function)
    called = (function, getattr(function, "func", None), kind.__call__)
    tests = (inspect.iscoroutinefunction, inspect.isgeneratorfunction, inspect.isasyncgenfunction)
    return any(test(one) for one in called for test in tests)
