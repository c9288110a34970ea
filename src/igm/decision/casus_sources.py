"""A case made of all that it may be made of: facts by hand, a client, profiles, and other sources of readings."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from pydantic import ValidationError

from igm.constructs._base import is_mapping, is_number, path_of, problems_of, shown
from igm.constructs.model import Construct
from igm.constructs.personen import Client
from igm.constructs.profiel import Profiel
from igm.constructs.waarde import Missing
from igm.decision.casus import Casus, read_casus, read_plain, read_with_care
from igm.decision.casus_model import CasusModel, given_facts
from igm.decision.facts import Fact
from igm.decision.gegeven import Gegeven, VanKenmerk
from igm.decision.reading_names import PROFILE
from igm.decision.sources import FactSource, Reading, profile_readings
from igm.errors import InputError, Problem, Problems, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

_CONSTRUCTS: Final = frozenset(key.value for key in Construct)
_NEAR: Final = 0.75


def make_casus(
    kader: Afwegingskader[Any],
    data: Mapping[str, Any] | CasusModel | Client | Profiel | None,
    facts: Mapping[str, Any],
    bronnen: Iterable[Profiel | FactSource],
) -> Casus:
    """A case; see ``kader.casus``."""
    if isinstance(data, dict) and not facts and isinstance(bronnen, tuple) and not bronnen:
        plain = read_plain(kader, dict(data))
        return read_with_care(kader, given_facts(data)) if plain is None else plain
    given = given_facts(data)
    problems = Problems()
    double = sorted(given.keys() & facts.keys())
    problems.extend(
        Problem("duplicate-name", "a fact is given twice", "Give it once.", path_of((name,)))
        for name in double
    )
    given |= facts
    given_sources = not isinstance(bronnen, (list, tuple)) or len(bronnen)
    if given_sources or isinstance(data, (Client, Profiel)):
        _fill(kader, given, list(_sources(kader, data, bronnen, problems)), problems)
    if not len(problems):
        return read_casus(kader, given)
    try:
        read_casus(kader, given)
    except InputError as error:
        problems.extend(error.problems)
    raise InputError(*problems)


def _sources(
    kader: Afwegingskader[Any], data: object, bronnen: object, problems: Problems
) -> Iterable[tuple[str, object]]:
    """Every source with its path."""
    listed: Sequence[object] = cast("Sequence[object]", bronnen) if isinstance(bronnen, (list, tuple)) else ()
    if not isinstance(bronnen, (list, tuple)):
        do = "Give a list: bronnen=[profiel]."
        problems.add(
            "invalid-value", "bronnen is not a list of sources", do, where="$.bronnen", given=shown(bronnen)
        )
    if isinstance(data, Profiel):
        yield "$", data
    takes_scores = any((fact.uit or "").startswith(f"{PROFILE}.") for fact in kader.feiten.values())
    if isinstance(data, Client) and takes_scores and not any(isinstance(one, Profiel) for one in listed):
        profielen = data.profielen
        if len(profielen) == 1:
            yield "$.profiel", data.profiel
        elif profielen:
            what = f"the client has {len(profielen)} profiles, and the kader takes scores of one"
            do = "Say which: kader.casus(client, bronnen=[client.profielen[key]])."
            problems.add("ambiguous-profile", what, do, where="$.profielen", given=", ".join(profielen))
    for index, source in enumerate(listed):
        yield path_of(("bronnen", index)), source


def _fill(
    kader: Afwegingskader[Any], given: dict[str, Any], sources: list[tuple[str, object]], problems: Problems
) -> None:
    """Add to the facts what the sources give; what does not fit together goes to ``problems``."""
    takers: dict[str, list[Fact]] = {}
    for fact in kader.feiten.values():
        if fact.uit is not None:
            takers.setdefault(fact.uit, []).append(fact)
    seen: dict[str, str] = {}
    for where, source in sources:
        readings = _readings(source, where, problems)
        _same_person(given, source, where, problems)
        misspelt = _misspelt(takers, readings)
        for name, near in misspelt.items():
            what = "a fact takes a reading that this source does not have"
            do = f"Did you mean uit={near!r}?"
            problems.add("unknown-name", what, do, where=where, given=name)
        if readings and takers.keys().isdisjoint(readings) and not misspelt and where != "$.profiel":
            what = f"kader {kader.id!r} takes nothing from this source"
            do = f"Leave it out. {_nearest(readings, takers)}"
            problems.add("unknown-name", what, do, where=where, given=type(source).__name__)
        for name in [name for name in takers if name in readings]:
            if name in seen:
                do = "Give one source for it, such as the profile of one behaviour."
                what = f"{name!r} comes from two sources, also from {seen[name]}"
                problems.add("duplicate-name", what, do, where=where)
                continue
            seen[name] = where
            for fact in takers[name]:
                _take(fact, readings[name], given, where, problems)


def _readings(source: object, where: str, problems: Problems) -> Mapping[str, Reading]:
    if isinstance(source, Profiel):
        return profile_readings(source)
    if isinstance(source, FactSource) and not isinstance(source, type):
        return dict(_sound(source.readings(), where, problems))
    do = "Give a Profiel, or something with a method readings() that returns readings by name."
    problems.add("invalid-value", "not a source of facts", do, where=where, given=type(source).__name__)
    return {}


def _sound(given: object, where: str, problems: Problems) -> Iterator[tuple[str, Reading]]:
    """The readings of a source that others wrote, as far as they are readings."""
    if not is_mapping(given):
        do = "Let readings() give a mapping of names to Reading(...)."
        problems.add("invalid-value", "readings() gives no mapping", do, where=where, given=shown(given))
        return
    for name, reading in given.items():
        if not isinstance(name, str) or not isinstance(reading, Reading):
            do = "Give each reading a name, as in {'congruentie.profile.shape': Reading(...)}."
            given_as = f"{shown(name)}: {type(reading).__name__}"
            problems.add("invalid-value", "not a reading by its name", do, where=where, given=given_as)
        elif not all(one is None or is_number(one) for one in (reading.minimum, reading.maximum)):
            do = "Give its lowest and highest value as numbers, or leave both out."
            what = f"the scale of reading {name!r} is not one of numbers"
            problems.add("invalid-value", what, do, where=where)
        else:
            yield name, reading


def _same_person(given: dict[str, Any], source: object, where: str, problems: Problems) -> None:
    """A source that says of whom it is, is of the person of the case."""
    ref = getattr(source, "ref", None)
    if not isinstance(ref, str) or isinstance(source, type):
        return
    if given.get("ref") is None:
        given["ref"] = ref
    elif given["ref"] != ref:
        is_profile = isinstance(source, Profiel)
        what = "a profile of another person" if is_profile else "a source about another person"
        do = f"Give {'the profile' if is_profile else 'one'} of the same person, or one without a ref."
        problems.add("invalid-value", what, do, where=f"{where}.ref", given=ref)


def _misspelt(takers: Iterable[str], readings: Mapping[str, object]) -> dict[str, str]:
    """The readings that facts take and the source gives under nearly the same name.

    A construct that was not compared is no slip: a source may leave it out, and the fact stays unknown.
    """
    found: dict[str, str] = {}
    for name in takers:
        if name not in readings:
            near = next((one for one in readings if _is_slip(name.split("."), one.split("."))), None)
            if near is not None:
                found[name] = near
    return found


def _is_slip(asked: list[str], given: list[str]) -> bool:
    return len(asked) == len(given) and all(
        part == other or (part not in _CONSTRUCTS and _is_near(part, other))
        for part, other in zip(asked, given, strict=True)
    )


def _is_near(part: str, other: str) -> bool:
    # "d2_elevation" is another figure than "elevation": a slip hardly changes how long a word is
    return abs(len(part) - len(other)) <= 1 and difflib.SequenceMatcher(None, part, other).ratio() >= _NEAR


def _nearest(readings: Iterable[str], takers: Mapping[str, object]) -> str:
    if not takers:
        return "Its facts take no readings: they declare no uit=."
    return suggestion(next(iter(readings)), takers)


def _take(fact: Fact, reading: Reading, given: dict[str, Any], source: str, problems: Problems) -> None:
    where = f"{source}{reading.where}"
    value = reading.value
    if value is None or value is Missing.NIET_GEVRAAGD:
        return
    if given.get(fact.name) is not None:
        what = f"{fact.label!r} is given by hand, and {fact.uit!r} gives it too"
        do = "Give it once: leave it out, or leave the source out."
        problems.add("duplicate-name", what, do, where=path_of((fact.name,)))
        return
    scale = (reading.minimum, reading.maximum)
    if not isinstance(value, Missing) and scale not in {(None, None), (fact.minimum, fact.maximum)}:
        what = f"{fact.label!r} is declared from {fact.minimum} to {fact.maximum} and comes on another scale"
        do = "Declare the fact on the scale that it comes on, with schaal=, or with metric='pomp'."
        problems.add("mixed-scales", what, do, where=where, given=f"from {scale[0]} to {scale[1]}")
        return
    origin: dict[str, Any] = {
        "bron": reading.bron,
        "datum": reading.datum,
        "door": reading.door,
        "toelichting": reading.toelichting,
    }
    try:
        given[fact.name] = VanKenmerk(Gegeven(waarde=value, **origin), where)
    except ValidationError as error:
        problems.extend(problem.under(where) for problem in problems_of(error))
