"""Facts in a rulebook file: what they declare, read into the same facts that Python makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import ValidationError

from igm.constructs._base import IgmModel, Text, path_of, problems_of
from igm.constructs.schaal import Schaal
from igm.decision.conditions import FactKind
from igm.decision.facts import Fact
from igm.errors import IgmError, Problems


class FactText(IgmModel):
    """A fact as a rulebook declares it."""

    spoken = "a fact of a rulebook"

    soort: FactKind | Literal["trend", "score"]
    label: Text
    eenheid: Text | None = None
    minimum: Any = None
    maximum: Any = None
    geheel: bool = False
    opties: tuple[Text, ...] = ()
    veranderbaar: bool = True
    gevoelig: bool = False
    zonder_melding: Literal[False] | None = None
    geldt_als: Text | None = None
    toelichting: Text | None = None
    vraag: Text | None = None
    houdbaar_dagen: Any = None
    toekomst: bool = True
    uit: Text | None = None
    determinant: Text | None = None
    metric: Text | None = None
    schaal: Any = None


_SCORE: Final = frozenset({"determinant", "metric", "schaal"})
_COMMON: Final = frozenset(
    {"soort", "label", "veranderbaar", "gevoelig", "geldt_als", "toelichting", "vraag", "houdbaar_dagen"}
)
_KEYS: Final = {
    "trend": _COMMON | {"uit"},
    "score": _COMMON | _SCORE,
}


def read_facts(texts: Mapping[str, FactText], problems: Problems) -> list[Fact]:
    """The facts, as far as they are sound.

    Args:
        texts: What is declared, by name.
        problems: Where faults go.
    """
    facts: list[Fact] = []
    for name, entry in texts.items():
        where = path_of(("feiten", name))
        kind = str(entry.soort)
        given = {key: getattr(entry, key) for key in entry.model_fields_set if key != "soort"}
        strange = sorted(given.keys() - _KEYS.get(kind, FactText.model_fields.keys() - _SCORE))
        for key in strange:
            what = f"{key} does not belong to a fact of soort {kind}"
            problems.add("kader-invalid", what, "Leave it out.", where=f"{where}.{key}")
        if strange:
            continue
        try:
            facts.append(_read(name, kind, given, where))
        except IgmError as error:
            problems.extend(error.problems)
        except TypeError:
            do = "Give bounds of the fact's own kind."
            problems.add("kader-invalid", "the bounds do not fit the fact", do, where=where)
    return facts


def _read(name: str, kind: str, given: dict[str, Any], where: str) -> Fact:
    if kind == "trend":
        return Fact.trend(name, **given)
    if kind != "score":
        return Fact(name=name, kind=FactKind(kind), **given)
    scale = given.pop("schaal", None)
    if scale is not None:
        try:
            given["schaal"] = Schaal.model_validate(scale)
        except ValidationError as error:
            raise IgmError(*(problem.under(f"{where}.schaal") for problem in problems_of(error))) from None
    given.setdefault("determinant", None)
    return Fact.score(name, **given)
