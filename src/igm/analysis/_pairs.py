"""Two scores of the same: of people in two rows, or of the constructs of one person."""

from __future__ import annotations

import math
from typing import Any

import attrs

from igm.analysis.samples import is_missing, matched, usable
from igm.constructs._base import is_mapping, plain_number, shown
from igm.constructs.model import found_construct
from igm.constructs.profiel import Profiel
from igm.constructs.schaal import Schaal
from igm.disclosure.figures import check_schaal
from igm.errors import MASK, InputError, Problems, named


@attrs.frozen
class Pair:
    """A score at two moments.

    Attributes:
        label: Of what, or whose.
        before: The first; ``None`` when missing.
        after: The second.
        schaal: The scale of both.
    """

    label: str
    before: float | None
    after: float | None
    schaal: Schaal | None


def people(before: Any, after: Any, schaal: Schaal | None) -> list[Pair]:
    """Two rows of scores, of the same people in the same order."""
    do = "Give both scores of the same people, with None where one is missing."
    first, second = matched(before, after, do, ("before", "after"))
    problems = _on_a_scale(schaal)
    pairs: list[Pair] = []
    for place, (one, other) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        for name, score in (("before", one), ("after", other)):
            _on_scale(score, schaal, f"$.{name}[{place}]", problems, hide=False)
        pairs.append(Pair("", _known(one), _known(other), schaal))
    problems.raise_any(InputError)
    return pairs


def two_profiles(before: Any, after: Any, schaal: Schaal | None) -> list[Pair]:
    """The constructs that are in either of two profiles, or of two mappings by construct."""
    problems = _on_a_scale(schaal)
    _same_person(before, after, problems)
    first, second = _scores(before, "$.before", problems), _scores(after, "$.after", problems)
    pairs: list[Pair] = []
    for name in dict.fromkeys([*first, *second]):
        (one, its), (other, others) = first.get(name, (None, None)), second.get(name, (None, None))
        scale = its or others or schaal
        if its is not None and others is not None and _bounds(its) != _bounds(others):
            do = "Score both on one scale, or compare percents of maximum possible."
            given = f"{its} and {others}"
            problems.add("mixed-scales", "a construct is on two scales", do, where=f"$.{name}", given=given)
        found = found_construct(name)
        hide = found is not None and found.info.sensitive
        for where, score in ((f"$.before.{named(name)}", one), (f"$.after.{named(name)}", other)):
            _on_scale(math.nan if score is None else score, scale, where, problems, hide=hide)
        pairs.append(Pair(name, one, other, scale))
    problems.raise_any(InputError)
    return pairs


def _same_person(before: Any, after: Any, problems: Problems) -> None:
    """Profiles of another person or of other behaviour cannot be set beside each other."""
    if not isinstance(before, Profiel) or not isinstance(after, Profiel):
        return
    if before.ref is not None and after.ref is not None and before.ref != after.ref:
        do = "Give two profiles of one person."
        given = f"{named(before.ref)} and {named(after.ref)}"
        problems.add("invalid-value", "profiles of two people", do, where="$.after.ref", given=given)
    if before.gedrag.key != after.gedrag.key:
        do = "Give two profiles of one behaviour: a change is of one behaviour only."
        given = f"{before.gedrag.key} and {after.gedrag.key}"
        problems.add("invalid-value", "profiles of two behaviours", do, where="$.after.gedrag", given=given)


def _scores(given: Any, where: str, problems: Problems) -> dict[str, tuple[float | None, Schaal | None]]:
    if isinstance(given, Profiel):
        missing: dict[str, tuple[float | None, Schaal | None]] = {
            key.value: (None, None) for key in given.waarden
        }
        return missing | {key.value: (value.score, value.schaal) for key, value in given.known.items()}
    if not is_mapping(given):
        do = "Give scores by construct at both moments, or two profiles."
        problems.add("invalid-value", "not scores by construct", do, where=where, given=shown(given))
        return {}
    found: dict[str, tuple[float | None, Schaal | None]] = {}
    for key, value in given.items():
        what = found_construct(key)
        name = str(key) if what is None else what.value
        score: object = plain_number(value)
        if name in found:
            do = "Give it once."
            problems.add("duplicate-name", "a construct under two names", do, where=f"{where}.{named(name)}")
        if is_missing(score):
            found[name] = (None, None)
            continue
        if usable(score):
            found[name] = (float(score), None)
            continue
        hide = what is not None and what.info.sensitive
        told = MASK if hide else shown(score)
        do = "Give finite numbers up to 1e50, with None where one is missing."
        problems.add("not-a-number", "not a score", do, where=f"{where}.{named(name)}", given=told)
    return found


def _on_a_scale(schaal: object) -> Problems:
    """No problems yet; what is no scale is refused, because no score can be set beside it."""
    problems = Problems()
    if schaal is not None:
        check_schaal(schaal, problems)
    problems.raise_any(InputError)
    return problems


def _known(score: float) -> float | None:
    return None if math.isnan(score) else score


def _bounds(schaal: Schaal) -> tuple[int, int]:
    return schaal.minimum, schaal.maximum


def _on_scale(score: float, schaal: Schaal | None, where: str, problems: Problems, *, hide: bool) -> None:
    if schaal is None or math.isnan(score) or score in schaal:
        return
    do = f"Give a number from {schaal.minimum} to {schaal.maximum}."
    given = MASK if hide else shown(score)
    problems.add("value-out-of-range", "value outside its scale", do, where=where, given=given)
