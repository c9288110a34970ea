"""``Exchange``: what was made for another system or from it, with everything that did not come along."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final, Generic, TypeVar

import attrs
from pydantic import BaseModel

from igm._display import Language, Table
from igm.constructs._base import is_mapping, known_language

T = TypeVar("T")

SCHEMA_VERSION: Final = 1
"""The form of what `Exchange.to_dict` gives."""


@attrs.frozen
class Loss:
    """One thing that does not come along, or not as it was.

    Attributes:
        what: What it is.
        where: Where it stands in what was given; ``$`` is the whole.
        why: Why it does not come along, or what was done instead.
        kept: Whether it is in the file all the same, in a form that only this library reads.

    Example:
        >>> print(Loss("facets of items", "$.items", "FHIR has no place for them", kept=True))
        facets of items, at $.items: FHIR has no place for them (kept for this library)
    """

    what: str
    where: str
    why: str
    kept: bool = False

    def __str__(self) -> str:
        kept = " (kept for this library)" if self.kept else ""
        return f"{self.what}, at {self.where}: {self.why}{kept}"


def _all(losses: Iterable[Loss]) -> tuple[Loss, ...]:
    return tuple(losses)


@attrs.frozen
class Exchange(Generic[T]):
    """What an exchange with another system gave, and the report of what was lost in it.

    Attributes:
        result: A FHIR resource as plain data, or what was read from one.
        losses: Everything that did not come along, or not as it was; empty when nothing was lost.

    Example:
        >>> from igm.boundary import to_fhir
        >>> from igm.constructs import vragenlijst
        >>> exchange = to_fhir(vragenlijst("client-participatie"))
        >>> exchange
        Exchange(Questionnaire, 10 losses, 6 of them kept for this library)
        >>> exchange.result["resourceType"], exchange.result["item"][1]["linkId"]
        ('Questionnaire', 'houding_1')
    """

    result: T
    losses: tuple[Loss, ...] = attrs.field(converter=_all)

    @property
    def lost(self) -> tuple[Loss, ...]:
        """What is nowhere in the result, also not in a form that only this library reads."""
        return tuple(loss for loss in self.losses if not loss.kept)

    def json(self) -> str:
        """The result as JSON text."""
        return json.dumps(self._plain(), ensure_ascii=False, allow_nan=False, indent=2)

    def table(self, lang: Language = "nl") -> Table:
        """The report, as people read it: what is lost in several places for one reason is one row."""
        dutch = known_language(lang) == "nl"
        headers = ["wat", "waar", "waarom", "bewaard"] if dutch else ["what", "where", "why", "kept"]
        yes, no = ("ja", "nee") if dutch else ("yes", "no")
        places: dict[tuple[str, str, bool], list[str]] = {}
        for loss in self.losses:
            places.setdefault((loss.what, loss.why, loss.kept), []).append(loss.where)
        more = "{} en nog {}" if dutch else "{} and {} more"
        rows = [
            [what, more.format(at[0], len(at) - 1) if len(at) > 1 else at[0], why, yes if kept else no]
            for (what, why, kept), at in places.items()
        ]
        title = "Wat niet meekwam" if dutch else "What did not come along"
        nothing = ("Er ging niets verloren." if dutch else "Nothing was lost.",)
        return Table(headers, rows, title=title, notes=() if rows else nothing, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON; the answers of a person are in it."""
        losses = [attrs.asdict(loss) for loss in self.losses]
        return {"schema_version": SCHEMA_VERSION, "result": self._plain(), "losses": losses}

    def _plain(self) -> Any:
        return self.result.model_dump(mode="json") if isinstance(self.result, BaseModel) else self.result

    def _repr_html_(self) -> str:
        return self.table().html()

    def __str__(self) -> str:
        return self.table().text()

    def __repr__(self) -> str:
        result: object = self.result
        kind = str(result.get("resourceType", "mapping")) if is_mapping(result) else type(result).__name__
        kept = len(self.losses) - len(self.lost)
        told = f", {kept} of them kept for this library" if kept else ""
        return f"Exchange({kind}, {len(self.losses)} losses{told})"
