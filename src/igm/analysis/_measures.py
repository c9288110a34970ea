"""The reliability and standard deviation of each change: one number, numbers by construct, or what was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from igm.analysis._pairs import Pair
from igm.analysis.samples import usable
from igm.constructs._base import is_mapping, shown
from igm.constructs.model import found_construct
from igm.errors import Problems, named, suggestion
from igm.scoring.reliabilities import MANY, Reliabilities, Reliability


@attrs.frozen
class Measures:
    """What a change is set beside.

    Attributes:
        reliability: One number, or numbers by construct.
        sd: The same; ``None`` when it is still to come from the scores.
        notes: Where they come from, where that is known.
        n: Of how many people.
        left: The constructs that have no number of their own.
    """

    reliability: Any
    sd: Any
    notes: tuple[str, ...] = ()
    n: tuple[int, ...] = ()
    left: frozenset[str] = frozenset()

    def lacks(self, label: str) -> bool:
        """Whether there is no number for a construct, so that it is not compared."""
        return label in self.left


def measures_of(
    reliability: Any, sd: Any, pairs: Sequence[Pair], *, by_construct: bool, problems: Problems
) -> Measures:
    """The numbers for these changes; what names nothing, and a lack of all numbers, is told once."""
    if isinstance(reliability, Reliabilities):
        if not by_construct:
            do = "Give the number of the construct, such as found['houding'].alpha."
            what = "reliabilities by construct go with scores by construct"
            problems.add("invalid-value", what, do, where="$.reliability", given="Reliabilities")
            return Measures(0.5, sd)
        _check_scales(reliability, sd, pairs, problems)
        found = _measured(reliability, sd, pairs)
    else:
        found = Measures(reliability, sd)
    return _with_left(found, pairs, problems) if by_construct else found


def _measured(given: Reliabilities, sd: Any, pairs: Sequence[Pair]) -> Measures:
    """Alpha by pairs, and where no standard deviation was given that of the same scores."""
    asked = {
        found_construct(pair.label) for pair in pairs if pair.before is not None or pair.after is not None
    }
    rows = [row for row in given if _sound(row)]
    most = min(
        [note.figures[0] for note in given.notes if note.code == "repeated-people"], default=given.n_people
    )
    n = tuple(min(row.n, most) for row in rows if row.construct in asked)
    notes = ("alpha" if sd is not None else "alpha-sd", *(("few",) if n and min(n) < MANY else ()))
    own = {row.construct.value: row.sd for row in rows} if sd is None else sd
    return Measures({row.construct.value: row.alpha for row in rows}, own, notes, n)


def _sound(row: Reliability) -> bool:
    """Whether a measurement error can follow: alpha may be absent, negative or 1, and people may not differ."""
    return row.alpha is not None and 0 <= row.alpha < 1 and bool(row.sd)


def _check_scales(given: Reliabilities, sd: Any, pairs: Sequence[Pair], problems: Problems) -> None:
    if sd is not None:
        return
    own = given.schaal
    for schaal in {str(pair.schaal): pair.schaal for pair in pairs if pair.schaal is not None}.values():
        if (schaal.minimum, schaal.maximum) != (own.minimum, own.maximum):
            do = "Give sd=, on the scale of the scores."
            what = "the standard deviation is on another scale than the scores"
            problems.add("mixed-scales", what, do, where="$.sd", given=f"{own} beside {schaal}")


def _with_left(found: Measures, pairs: Sequence[Pair], problems: Problems) -> Measures:
    labels = [pair.label for pair in pairs]
    given = {"reliability": found.reliability, "sd": found.sd}
    by_name = {name: one for name, one in given.items() if is_mapping(one)}
    for name, one in by_name.items():
        for key in one:
            if key not in labels and found_construct(key) is None:
                where = f"$.{name}.{named(key)}"
                problems.add("unknown-name", "there is no score of it", suggestion(key, labels), where=where)
    left = frozenset(label for label in labels if any(not _keys(label, one) for one in by_name.values()))
    scored = {pair.label for pair in pairs if pair.before is not None or pair.after is not None}
    if scored and scored <= left:
        do = "Give it for one of them, or one number for all."
        names = ", ".join(sorted(scored))
        for name in by_name:
            what = f"no {name} for any construct that has a score"
            problems.add("missing-field", what, do, where=f"$.{name}", given=f"scores of {names}")
    return attrs.evolve(found, left=left)


def _keys(label: str, given: Mapping[Any, Any]) -> list[Any]:
    wanted = found_construct(label)
    return [key for key in given if key == label or (wanted is not None and found_construct(key) is wanted)]


def number_for(label: str, given: Any, name: str, problems: Problems) -> Any:
    """The number for a construct, of one number or of numbers by construct."""
    if not is_mapping(given):
        return given
    if keys := _keys(label, given):
        return given[keys[0]]
    do = "Give a number; numbers by construct go with scores by construct."
    problems.add("invalid-value", "not a number", do, where=f"$.{name}", given="a mapping")
    return 0.5


def check_part(name: str, value: object, problems: Problems) -> None:
    """Tell what is wrong with a number that a method needs."""
    where = f"$.{name}"
    if value is None:
        problems.add("missing-field", "the method needs it", f"Give {name}=.", where=where)
    elif not usable(value):
        do = "Give a number" + (
            ", such as found['houding'].alpha." if isinstance(value, Reliability) else "."
        )
        problems.add("not-a-number", "not a number", do, where=where, given=shown(value))
    elif name.startswith("reliability") and not 0 <= value < 1:
        do = "Give one of at least 0 and below 1; a negative alpha says that the items do not go together."
        problems.add("value-out-of-range", "a reliability", do, where=where, given=shown(value))
    elif name.startswith("sd") and value <= 0:
        do = "Give one above 0; where nobody differs there is nothing to set a change beside."
        problems.add("value-out-of-range", "a standard deviation", do, where=where, given=shown(value))
    elif name == "r" and not -1 <= value <= 1:
        do = "Give one from -1 to 1."
        problems.add("value-out-of-range", "a correlation", do, where=where, given=shown(value))
