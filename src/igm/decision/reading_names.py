"""Names of readings: what a fact takes from a profile or from another source, such as ``profiel.houding.pomp``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, get_args

from igm.constructs._base import path_of, shown
from igm.constructs.composite import Metric
from igm.constructs.model import Construct, construct, found_construct
from igm.constructs.schaal import Schaal
from igm.decision.conditions import FactKind
from igm.errors import KaderError, Problems, UnknownNameError, suggestion

if TYPE_CHECKING:
    from igm.decision.facts import Fact

READING: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_-]+)+\Z")
"""Two parts or more with dots between them; the first says what kind of source it is."""

PROFILE: Final = "profiel"
CONGRUENCE: Final = "congruentie"
KINDS_OF_CONGRUENCE: Final = ("perceived", "profile", "regulatory_fit")
"""Three kinds, three names: what a professional answers, how alike two profiles are, and how steering fits."""

METRICS: Final[tuple[str, ...]] = get_args(Metric)


def profile_name(key: Construct, metric: str) -> str:
    """The name of a score of a profile."""
    return f"{PROFILE}.{key.value}.{metric}"


def name_misfits(fact: Fact) -> Iterator[tuple[str, str, object]]:
    """What is wrong with the name of the reading that a fact takes."""
    name: object = fact.uit
    if name is None:
        return
    if not isinstance(name, str) or not READING.match(name):
        do = "Give parts in lower case with dots between them, such as 'profiel.houding.pomp'."
        yield ("uit is not the name of a reading", do, name)
        return
    first, *rest = name.split(".")
    if first == CONGRUENCE and rest[0] not in KINDS_OF_CONGRUENCE:
        do = f"Say which: {', '.join(f'{CONGRUENCE}.{kind}...' for kind in KINDS_OF_CONGRUENCE)}."
        yield ("a reading of congruence does not say which kind", do, name)
    if first != PROFILE:
        return
    key = found_construct(rest[0])
    if key is None or key.value != rest[0]:
        yield ("uit names no construct", suggestion(rest[0], [key.value for key in Construct]), name)
    elif len(rest) != 2 or rest[1] not in METRICS or fact.kind is not FactKind.GETAL:
        do = f"Use Fact.score({fact.name!r}, determinant={rest[0]!r}, metric='pomp' or 'schaal')."
        yield ("uit is not a score of a profile", do, name)
    elif rest[1] == "pomp" and (fact.minimum, fact.maximum) != (0, 100):
        do = "Give minimum=0 and maximum=100, or use Fact.score(...)."
        yield ("percent of maximum possible lies from 0 to 100", do, (fact.minimum, fact.maximum))


def score_parts(
    name: str, determinant: object, metric: object, schaal: object, more: Mapping[str, Any]
) -> dict[str, Any]:
    """What follows for a fact from the construct and the metric that it takes from a profile."""
    problems = Problems()
    where = path_of(("feiten", name))
    key: Construct | None = None
    try:
        key = construct(determinant, where=f"{where}.determinant")  # type: ignore[arg-type]
    except UnknownNameError as error:
        problems.extend(error.problems)

    def wrong(part: str, what: str, do: str, given: object) -> None:
        problems.add("kader-invalid", what, do, where=f"{where}.{part}", given=shown(given))

    if metric not in METRICS:
        wrong("metric", "an unknown metric", "Give 'pomp', or 'schaal' with schaal=.", metric)
    elif metric == "schaal" and not isinstance(schaal, Schaal):
        wrong(
            "schaal", "a score on its own scale does not say which", "Give schaal=, such as LIKERT5.", schaal
        )
    elif metric == "pomp" and schaal is not None:
        wrong("schaal", "percent of maximum possible has no other scale", "Leave schaal out.", schaal)
    if "uit" in more:
        wrong("uit", "what a score takes follows from its determinant", "Leave uit out.", more["uit"])
    problems.raise_any(KaderError)
    assert key is not None  # noqa: S101 (raised above)
    parts = {"gevoelig": key.info.sensitive, **more, "uit": profile_name(key, str(metric))}
    if isinstance(schaal, Schaal):
        return {
            "eenheid": f"op schaal {schaal}",
            "minimum": schaal.minimum,
            "maximum": schaal.maximum,
            **parts,
        }
    return {"eenheid": "POMP", "minimum": 0, "maximum": 100, **parts}
