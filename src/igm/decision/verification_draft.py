"""Verification of a kader that may not load yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, cast

import attrs

from igm.constructs._base import is_mapping, path_of
from igm.decision.findings import Ernst, Finding, Verification
from igm.decision.guards import leaving_out, lower
from igm.decision.kader import Afwegingskader
from igm.decision.priority import without_dangling
from igm.decision.rules import Rule
from igm.decision.shapes import listed
from igm.decision.vangrails import Vangrail
from igm.decision.verification import reference_day, verify
from igm.decision.verification_space import Space
from igm.errors import InputError, KaderError, Problem, suggestion

_GUARDS = ("geen_rol", "nooit_tegen")
_LISTED: Final = ("regels", "beslis", "vangrails")
_UNPROVEN = "guard-not-proven"


def verify_draft(
    draft: Mapping[str, Any] | None = None, /, *, peildatum: date | str | None = None, **parts: Any
) -> Verification:
    """Verify a kader that may not load yet: what keeps it from loading, and what is wrong with the rest.

    What does not load is told as a ``fout`` with its error code. Rules and rows that cannot be read are left out, and
    guards that are not proven are set aside; what then remains is verified as by ``kader.verify()``.

    Args:
        draft: The parts, by the names that `Afwegingskader` takes; or give them as keywords.
        peildatum: Reference date, where dates are read: a date, or text such as ``"2026-03-02"``.
        **parts: The parts as keywords, instead of or beside ``draft``.

    Returns:
        The findings. When nothing could be weighed, ``n_cases`` is 0.

    Raises:
        InputError: ``peildatum-missing`` when dates are read and no reference date is given; ``invalid-value`` for a
            rulebook, which ``igm.kader`` or ``igm.read_kader`` reads.

    Example:
        >>> from igm.decision import Fact, Row, Uitkomst, feit, verify_draft
        >>> Start = Uitkomst.declare("Start", {"WACHT": "wacht", "BEGIN": "begin"})
        >>> found = verify_draft(
        ...     id="klein", version="1", titel="Klein", bron="voorbeeld", uitkomsten=Start,
        ...     volgorde=(Start("wacht"), Start("begin")), gunstig=Start("begin"), bij_onbekend=Start("wacht"),
        ...     feiten=[Fact.ja_nee("rust", label="er is rust")], geen_rol=["rust"],
        ...     beslis=[Row(id="rust", als=feit.ja_nee("rust"), dan="begin", omdat="Er is rust.")],
        ... )
        >>> for finding in found.of("fout"):
        ...     print(finding)
        fout bij $.geen_rol.rust: 'rust' staat in geen_rol en speelt een rol [guard]; voorbeeld: rust=True
        fout bij $.beslis: alles is bekend, maar geen rij beslist en de uitkomst is WACHT [gap]; voorbeeld: rust=False
    """
    given = {**_parts(draft), **parts}
    errors, kader, left_out = _loaded(given)
    found = [Finding(error.code, Ernst.FOUT, error.where, f"{error.what}. {error.do}") for error in errors]
    if kader is None:
        note = "Niet doorgerekend: eerst moet worden hersteld wat het laden tegenhoudt."
        return Verification(None, found, 0, exact=False, note=note)
    kader, unproven = _with_guards(kader, given)
    rest = verify(kader, peildatum)
    day = reference_day(kader, peildatum)
    space = Space.of(kader, kader.facts_read, day, unknown=kader.facts_in_known) if unproven else None
    found += _guards(kader, unproven, space)
    note = rest.note
    if left_out:
        note += f" Weggelaten, omdat het niet te gebruiken is: {', '.join(left_out)}."
    reference = None if found else rest.kader
    return Verification(reference, [*found, *rest.findings], rest.n_cases, exact=rest.exact, note=note)


def _parts(draft: object) -> Mapping[str, Any]:
    """The parts as they are given; of a rulebook the conditions are not read here."""
    if draft is None:
        return {}
    rules = draft.get("regels") if is_mapping(draft) else None
    if not is_mapping(draft) or "begrippen" in draft or is_mapping(rules):
        do = "Give what Afwegingskader takes. Of a rulebook, igm.kader(path) or igm.read_kader(data) tells all faults."
        what = "a draft is the parts of a kader in Python"
        raise InputError.of("invalid-value", what, do, given=type(draft).__name__)
    return cast("Mapping[str, Any]", draft)


def _loaded(
    given: Mapping[str, Any],
) -> tuple[list[Problem], Afwegingskader[Any] | None, list[str]]:
    """What keeps a draft from loading, what loads of it without its guards, and which parts had to go."""
    errors = list(_misnamed(given))
    if errors:
        return errors, None, []
    try:
        parts: dict[str, Any] = {
            **given,
            **{field: listed(given.get(field, ()), field) for field in _LISTED},
        }
    except KaderError as error:
        return list(error.problems), None, []
    left_out: list[str] = []
    while True:
        try:
            return errors, Afwegingskader(**parts), left_out
        except KaderError as error:
            found = error.problems
        errors += [one for one in found if one.code != _UNPROVEN and one not in errors]
        aside = [guard for guard in _GUARDS if any(one.where.startswith(f"$.{guard}") for one in found)]
        parts |= dict.fromkeys(aside, ())
        gone = list(_unusable(parts, found))
        for field in _LISTED:
            kept = enumerate(parts[field])
            parts[field] = tuple(part for place, part in kept if (field, place) not in gone)
        if gone:  # a priority over a rule that was left out is not wrong
            parts["regels"] = without_dangling(parts["regels"])
        left_out += [path_of(place) for place in gone]
        explained = len(aside) + len(gone)
        if not explained or not parts["beslis"]:
            return errors, None, []


def _misnamed(given: Mapping[str, Any]) -> Iterator[Problem]:
    fields = {field.name: field for field in attrs.fields(Afwegingskader)}
    for name in given:
        if name not in fields:
            do = suggestion(name, fields)
            yield Problem("unknown-field", "a kader has no such part", do, path_of((name,)))
    for name, field in fields.items():
        if field.default is attrs.NOTHING and name not in given:
            yield Problem("missing-field", f"{name} is missing", "Give it.", path_of((name,)))


def _unusable(parts: Mapping[str, Any], problems: Iterable[Problem]) -> Iterator[tuple[str, int]]:
    """Rules, rows and guardrails that problems point to, by their place."""
    wheres = [problem.where for problem in problems]
    for field in _LISTED:
        for place, part in enumerate(parts[field]):
            paths = [path_of((field, place))]
            if isinstance(part, (Rule, Vangrail)):
                paths.append(path_of((field, part.id)))
            if any(_within(where, path) for where in wheres for path in paths):
                yield field, place


def _within(where: str, path: str) -> bool:
    return where == path or where.startswith((f"{path}.", f"{path}["))


def _with_guards(
    kader: Afwegingskader[Any], given: Mapping[str, Any]
) -> tuple[Afwegingskader[Any], list[Problem]]:
    """The kader with the guards that hold, and what is wrong with the others."""
    wanted: dict[str, list[str]] = {}
    for guard in _GUARDS:
        names = given.get(guard, ())
        listed = [names] if isinstance(names, str) else list(names)
        wanted[guard] = [name for name in listed if name in kader.feiten]
    try:
        return _guarded(kader, wanted), []
    except KaderError as error:
        problems = list(error.problems)
    failed = {problem.where for problem in problems}
    for guard, names in wanted.items():
        wanted[guard] = [name for name in names if f"$.{guard}.{name}" not in failed]
    return _guarded(kader, wanted), problems


def _guarded(kader: Afwegingskader[Any], guards: Mapping[str, list[str]]) -> Afwegingskader[Any]:
    return attrs.evolve(kader, geen_rol=guards["geen_rol"], nooit_tegen=guards["nooit_tegen"])


def _guards(
    kader: Afwegingskader[Any], problems: Iterable[Problem], space: Space | None
) -> Iterator[Finding]:
    for problem in problems:
        _, guard, fact = problem.where.split(".")
        example = None
        if space is not None:
            example = _role(fact, space) if guard == "geen_rol" else _harm(kader, fact, space)
        wat = f"{fact!r} staat in {guard}, maar dat is niet te bewijzen: {problem.what}"
        if example is not None:
            effect = "speelt een rol" if guard == "geen_rol" else "telt tegen iemand"
            wat = f"{fact!r} staat in {guard} en {effect}"
        yield Finding("guard", Ernst.FOUT, problem.where, wat, example)


def _role(fact: str, space: Space) -> dict[str, Any] | None:
    """A complete case in which another value of a fact gives another outcome."""
    index = space.table.place[fact]
    outcomes = space.per_cell(index)
    for first, *rest in space.table.found[index].groups(fact):
        for other in rest:
            for one, two in zip(outcomes[first], outcomes[other], strict=True):
                if one ^ two:
                    return space.example(one ^ two, {index: other})
    return None


def _harm(kader: Afwegingskader[Any], fact: str, space: Space) -> dict[str, Any] | None:
    """A complete case that gets a lower outcome than without the rules that read a fact, or only their exceptions."""
    now = space.outcomes()
    for other in leaving_out(kader, fact):
        if other is None:  # without it every case is open
            before = [
                space.full if outcome is kader.bij_onbekend else 0 for outcome in kader.machine.outcomes
            ]
        else:
            before = space.outcomes(other)
        harmed = lower(kader, before, now) & space.complete
        if harmed:
            return space.example(harmed)
    return None
