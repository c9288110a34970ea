"""On what the roles of a chain answer: the scale of each, and which way social pressure points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from igm.congruence.chain_parties import ROLES, ChainRole
from igm.constructs._base import is_mapping, shown
from igm.constructs.composite import Metric
from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Richting
from igm.errors import Problems, suggestion

IntArray: TypeAlias = NDArray[np.intp]


def by_role(given: object, argument: str, problems: Problems) -> dict[ChainRole, Any]:
    """Something for each role: given once, or by role."""
    if not is_mapping(given):
        found = cast("dict[ChainRole, Any]", dict.fromkeys(ROLES, given))
    else:
        found = {}
        for key, value in given.items():
            role = next((one for one in ROLES if one == key), None)
            if role is None:
                do = suggestion(key, ROLES)
                problems.add(
                    "unknown-name", "no role in a chain", do, where=f"$.{argument}", given=shown(key)
                )
            else:
                found[role] = value
    if argument == "schaal":
        for role, value in found.items():
            if not isinstance(value, Schaal):
                do = "Give a Schaal, such as igm.LIKERT5, or one per role."
                where = f"$.schaal.{role}" if is_mapping(given) else "$.schaal"
                problems.add("invalid-value", "not a scale", do, where=where, given=shown(value))
                if not is_mapping(given):
                    break
    return found


def directions_of(given: object, problems: Problems) -> list[Richting | None]:
    """Which way social pressure points for each role; ``None`` where it was not told."""
    found = by_role(given, "sociale_druk", problems)
    read: list[Richting | None] = []
    known = {one.value: one for one in Richting}
    for role in ROLES:
        value = found.get(role)
        if value is None:
            read.append(None)
        elif isinstance(value, str) and value in known:
            read.append(known[value])
        else:
            read.append(None)
            if is_mapping(given) or role == ROLES[0]:
                do = suggestion(value, list(known))
                what = "no direction of social pressure"
                problems.add("unknown-name", what, do, where="$.sociale_druk", given=shown(value))
    return read


def scales_of(
    role: IntArray, scales: Mapping[ChainRole, Schaal], metric: Metric | None, problems: Problems
) -> list[Schaal]:
    """The scale of each role; a role that nobody has takes that of another."""
    there: list[ChainRole] = [one for place, one in enumerate(ROLES) if (role == place).any()]
    for one in there:
        if one not in scales:
            do = f"Give schaal={{{one!r}: igm.LIKERT5, ...}}."
            problems.add("missing-field", "a role without a scale", do, where=f"$.schaal.{one}")
    bounds = {(scales[one].minimum, scales[one].maximum) for one in there if one in scales}
    if metric != "pomp" and len(bounds) > 1:
        do = 'Give metric="pomp" to compare percents of maximum possible.'
        told = ", ".join(f"{low:g}-{high:g}" for low, high in sorted(bounds))
        what = "the roles answer on different scales"
        problems.add("mixed-scales", what, do, where="$.schaal", given=told)
    shared = next((scales[one] for one in there if one in scales), Schaal(minimum=0, maximum=1))
    return [scales.get(one, shared) if one in there else shared for one in ROLES]
