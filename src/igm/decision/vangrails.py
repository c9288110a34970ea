"""``Vangrail``: what law, policy or programme demands, whatever the weighing says.

When a kader is built, a row of ``beslis`` whose outcome a guardrail forbids gets a derived row before it: where the
row and the guardrail both hold, the advice is what the guardrail gives instead. So whatever weighs a kader, weighs
guardrails too. Derived rows are made anew each time a kader is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from igm.constructs._base import path_of
from igm.decision.conditions import Condition
from igm.decision.rules import RULE_ID, Row
from igm.decision.shapes import faults, is_text
from igm.errors import KaderError, Problems, shown, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

MAX_ROWS: Final = 2_000
"""Guardrails that forbid what others give multiply rows; more than this is refused."""


class VangrailSoort(StrEnum):
    """What a guardrail rests on.

    Example:
        >>> VangrailSoort("wet")
        <VangrailSoort.WET: 'wet'>
    """

    WET = "wet"
    BELEID = "beleid"
    PROGRAMMA = "programma"


def _outcomes(given: object) -> tuple[str, ...]:
    """Values of outcomes; what cannot be one stays, so that it is told."""
    if isinstance(given, str):
        return (str(given),)
    try:
        listed = tuple(cast("Iterable[object]", given))
    except TypeError:
        return (cast("str", given),)
    return tuple(str(value) if isinstance(value, str) else cast("str", value) for value in listed)


def _outcome(given: str) -> str:
    return str(given) if isinstance(given, str) else given


def _kind(given: VangrailSoort | str) -> VangrailSoort:
    found = {kind.value: kind for kind in VangrailSoort}
    return found.get(given, cast("VangrailSoort", given)) if isinstance(given, str) else given


@attrs.frozen(kw_only=True, repr=False)
class Vangrail:
    """A guardrail: where its condition holds, some outcomes are not allowed.

    Attributes:
        id: Dotted and stable, such as ``wet.zoektermijn``.
        als: When it holds: a condition on facts, and on answers where it must be.
        verbiedt: The outcomes that are then not allowed, as values.
        anders: The outcome that is advised instead.
        omdat: The reason, as people read it.
        bron: Where it comes from: article, policy, programme.
        soort: ``wet``, ``beleid`` or ``programma``.
        keuze: What in it is a choice of the kader's makers, not of the source.

    Raises:
        KaderError: ``vangrail-invalid``, with all that is wrong.

    Example:
        >>> import igm
        >>> from igm.decision import feit
        >>> overleg = Vangrail(id="beleid.schulden", als=feit.ja_nee("schulden"), verbiedt=["aanmelden"],
        ...                    anders="driegesprek", soort="beleid", bron="voorbeeld",
        ...                    omdat="Bij schulden overleggen wij eerst.")
        >>> kader = igm.kader("leiden-2021").restrict(overleg)
        >>> kader.vangrails
        (Vangrail('beleid.schulden': schulden verbiedt aanmelden; anders driegesprek),)
    """

    id: str
    als: Condition
    verbiedt: tuple[str, ...] = attrs.field(converter=_outcomes)
    anders: str = attrs.field(converter=_outcome)
    omdat: str
    bron: str
    soort: VangrailSoort = attrs.field(converter=_kind)
    keuze: str | None = None

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        where = path_of(("vangrails", self.id if isinstance(cast("object", self.id), str) else "?"))

        def wrong(what: str, do: str, field: str, given: object) -> None:
            problems.add("vangrail-invalid", what, do, where=f"{where}.{field}", given=shown(given))

        if not isinstance(cast("object", self.id), str) or not RULE_ID.match(self.id):
            do = "Use lower case, digits, underscores and dots: 'wet.zoektijd'."
            wrong("a guardrail's id cannot be used", do, "id", self.id)
        if not isinstance(cast("object", self.als), Condition):
            do = "Give a condition such as feit.ja_nee('schulden'); compare with .is_(...), not with ==."
            wrong("als is not a condition", do, "als", self.als)
        for name in ("anders", "omdat", "bron"):
            text: object = getattr(self, name)
            if not is_text(text):
                wrong(f"{name} is empty", "Say what is advised instead, why, and on what source.", name, text)
        for what, do in _wrong_outcomes(self.verbiedt):
            wrong(what, do, "verbiedt", self.verbiedt)
        if isinstance(cast("object", self.anders), str) and self.anders in self.verbiedt:
            do = "Advise an outcome that it does not forbid."
            wrong("a guardrail gives what it forbids", do, "anders", self.anders)
        for name, what, do, _ in faults(self, notes=("keuze",)):
            wrong(what, do, name, self.keuze)
        if not isinstance(cast("object", self.soort), VangrailSoort):
            do = suggestion(self.soort, list(VangrailSoort))
            wrong("soort is not one of wet, beleid, programma", do, "soort", self.soort)
        problems.raise_any(KaderError)

    def __repr__(self) -> str:
        forbidden = ", ".join(self.verbiedt)
        return f"Vangrail({self.id!r}: {self.als!r} verbiedt {forbidden}; anders {self.anders})"


def _wrong_outcomes(verbiedt: tuple[object, ...]) -> Iterator[tuple[str, str]]:
    if not verbiedt or not all(isinstance(one, str) for one in verbiedt):
        yield (
            "verbiedt names no outcome",
            "Name the outcomes that it forbids, at least one: verbiedt=['aanmelden'].",
        )
    elif len(set(verbiedt)) != len(verbiedt):
        yield "verbiedt names an outcome twice", "Keep one."


def written_rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows as a person wrote them, without those that guardrails gave."""
    return tuple(row for row in rows if not row.vangrails)


def is_derived(row: Row) -> bool:
    """Whether a row looks as those do that guardrails make: named after the row, and after them in their order."""
    made: object = row.vangrails
    if not isinstance(made, tuple) or not made or not isinstance(cast("object", row.id), str):
        return False
    return row.id.endswith("".join(f"/{one}" for one in cast("tuple[object, ...]", made)))


def with_vangrails(rows: Iterable[Row], vangrails: Sequence[Vangrail]) -> tuple[Row, ...]:
    """Rows as written, each after the rows that say what guardrails make of it.

    Guardrails speak in their order: a later one also speaks about what an earlier one gives.

    Raises:
        KaderError: ``vangrail-invalid`` when they multiply the rows beyond measure.
    """
    found: list[Row] = []
    for row in rows:
        ranked = [row]
        for vangrail in vangrails:
            ranked = [made for one in ranked for made in _restricted(one, vangrail)]
            if len(found) + len(ranked) > MAX_ROWS:
                raise KaderError.of(
                    "vangrail-invalid",
                    f"guardrails make more than {MAX_ROWS:,} rows of beslis, because they forbid what others give",
                    "Let guardrails that forbid the same give the same outcome instead.",
                    where=path_of(("vangrails", vangrail.id)),
                )
        found += ranked
    return tuple(found)


def _restricted(row: Row, vangrail: Vangrail) -> tuple[Row, ...]:
    if row.dan not in vangrail.verbiedt:
        return (row,)
    derived = Row(
        id=f"{row.id}/{vangrail.id}",
        als=row.als & vangrail.als,
        dan=vangrail.anders,
        omdat=vangrail.omdat,
        bron=vangrail.bron,
        keuze=vangrail.keuze,
        vangrails=(*row.vangrails, vangrail.id),
    )
    return (derived, row)


def check_vangrails(kader: Afwegingskader[Any], problems: Problems) -> None:
    """Note guardrails with the same id, and outcomes that are not there or cannot be forbidden."""
    values = kader.outcome_values
    ids = [vangrail.id for vangrail in kader.vangrails]
    for double in sorted({name for name in ids if ids.count(name) > 1}):
        where = path_of(("vangrails", double))
        problems.add("duplicate-name", "two guardrails have the same id", "Give each its own.", where=where)
    for vangrail in kader.vangrails:
        where = path_of(("vangrails", vangrail.id))
        named = [("anders", vangrail.anders), *(("verbiedt", value) for value in vangrail.verbiedt)]
        for field, value in named:
            if value not in values:
                problems.add(
                    "outcome-unknown",
                    f"{field} of a guardrail is not a declared outcome",
                    suggestion(value, values),
                    where=f"{where}.{field}",
                    given=repr(value),
                )
        if kader.bij_onbekend in vangrail.verbiedt:
            problems.add(
                "vangrail-invalid",
                "a guardrail forbids the outcome for what is not known",
                "Leave it out of verbiedt: what is not known must be able to stay open.",
                where=f"{where}.verbiedt",
                given=repr(str(kader.bij_onbekend)),
            )
