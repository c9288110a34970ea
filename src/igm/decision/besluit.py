"""``Besluit``: what a person decides, with own words, beside the advice that it follows or leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, Generic

import attrs
from pydantic import TypeAdapter, ValidationError

from igm._display import Tree
from igm.constructs._base import problems_of
from igm.constructs._fields import UNWRITABLE, is_writable
from igm.constructs.ref import Ref
from igm.decision.afweging import Afweging
from igm.decision.language import LanguageNote, check_language
from igm.decision.records import OutcomeT
from igm.decision.room import VangrailStand
from igm.decision.room_texts import choice_notes
from igm.decision.truth import Uitkomst
from igm.errors import InputError, Problems, shown, suggestion

_MOTIVATION: Final = "motivering: {} woorden (explain() toont ze)"
_NO_PERSON: Final = (
    "a decision without a person",
    "Say who decides, as a pseudonymous reference: door='km-12'.",
)
_NO_WORDS: Final = (
    "a decision without an argument",
    "Say in own words which facts decide: motivering='...'.",
)
_NO_ZONE: Final = (
    "the moment has no time zone",
    "Give a datetime with tzinfo, such as datetime(2026, 3, 2, 10, tzinfo=UTC).",
)

MIN_WORDS: Final = 3
"""A motivation of fewer words is flagged: it cannot name a person, a fact and a reason."""


@attrs.frozen(kw_only=True, repr=False)
class Besluit(Generic[OutcomeT]):
    """A decision by a person; made with ``afweging.besluit(...)`` and by nothing else.

    Attributes:
        afweging: The advice as it was when the decision was made, with the kader's version.
        door: Who decided, as a pseudonymous reference.
        keuze: The outcome that was chosen.
        motivering: Why, in own words.
        wanneer: When, with a time zone.
        signalen: Words that blame, stock phrases, or too few words; for the person who decides, not a refusal.

    Example:
        >>> import igm
        >>> from datetime import UTC, datetime
        >>> kader = igm.kader("leiden-2021")
        >>> afweging = kader.evaluate(kader.casus(extern_onderzoek=True))
        >>> besluit = afweging.besluit(door="km-12", keuze="aanhouden", wanneer=datetime(2026, 3, 2, 10, tzinfo=UTC),
        ...                            motivering="De keuringsarts is gevraagd; wij wachten op zijn brief.")
        >>> besluit
        Besluit(aanhouden door 'km-12' op 2026-03-02, advies aanhouden, 0 signalen)
    """

    afweging: Afweging[OutcomeT]
    door: str
    keuze: OutcomeT
    motivering: str
    wanneer: datetime
    signalen: tuple[LanguageNote, ...] = ()

    @property
    def afwijking(self) -> bool:
        """Whether the person decided otherwise than the advice."""
        return self.keuze is not self.afweging.advies

    @property
    def buiten_ruimte(self) -> tuple[VangrailStand, ...]:
        """The guardrails that hold and forbid what the person chose; none when it lies within the room."""
        stands = self.afweging.vangrails
        return tuple(stand for stand in stands if not stand.open and self.keuze.value in stand.verbiedt)

    def tree(self, *, masked: bool = True) -> Tree:
        """The decision as a tree, with the advice below it."""
        said = "wijkt af van het advies" if self.afwijking else "volgt het advies"
        return Tree(
            f"Besluit: {self.keuze.value} ({said} {self.afweging.advies.value})",
            [
                f"door {self.door} op {self.wanneer.isoformat(timespec='minutes')}",
                _MOTIVATION.format(len(self.motivering.split()))
                if masked
                else f"motivering: {self.motivering}",
                *(
                    f"let op ({note.soort}): {note.voorstel}" if masked else f"let op {note}"
                    for note in self.signalen
                ),
                *choice_notes(self.afweging.vangrails, self.keuze.value, masked=masked),
                self.afweging.tree(gevoelig=not masked),
            ],
        )

    def explain(self) -> str:
        """The decision and the advice in words, own words and sensitive facts included."""
        return self.tree(masked=False).text()

    def to_dict(self) -> dict[str, Any]:
        """The decision ready for JSON, the advice included."""
        from igm.decision.stored import besluit_to_dict

        return besluit_to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Besluit[Uitkomst]:
        """The decision from its stored form.

        Raises:
            InputError: When the data do not fit, or have a schema version that this release cannot read.
        """
        from igm.decision.stored import besluit_from_dict

        return besluit_from_dict(data)

    def __repr__(self) -> str:
        return (
            f"Besluit({self.keuze.value} door {self.door!r} op {self.wanneer.date()}, "
            f"advies {self.afweging.advies.value}, {len(self.signalen)} signalen)"
        )

    def __str__(self) -> str:
        return self.tree().text()

    def _repr_html_(self) -> str:
        return self.tree().html()


def decide(
    afweging: Afweging[OutcomeT],
    *,
    door: str,
    keuze: OutcomeT | str,
    motivering: str,
    wanneer: datetime | None,
) -> Besluit[OutcomeT]:
    """Check and record a decision; see ``Afweging.besluit``."""
    problems = Problems()
    moment = datetime.now(UTC) if wanneer is None else wanneer
    check_person(door, motivering, problems)
    chosen = _chosen(afweging.uitkomsten, keuze)
    if chosen is None:
        problems.add(
            "outcome-unknown",
            "the choice is not an outcome of this kader",
            suggestion(str(keuze), [outcome.value for outcome in afweging.uitkomsten]),
            where="$.keuze",
            given=shown(keuze),
        )
    check_moment(moment, problems)
    problems.raise_any(InputError)
    assert chosen is not None  # noqa: S101 (raised above)
    words = motivering.strip()
    notes = list(check_language(words))
    if not notes and len(words.split()) < MIN_WORDS:
        notes.append(LanguageNote(words, "kort", "noem de feiten die de doorslag geven"))
    return Besluit(
        afweging=afweging, door=door, keuze=chosen, motivering=words, wanneer=moment, signalen=tuple(notes)
    )


def _chosen(outcomes: tuple[OutcomeT, ...], keuze: object) -> OutcomeT | None:
    """The outcome that was chosen: as it is declared, else whatever its capitals."""
    given = str(keuze)
    exact = [outcome for outcome in outcomes if outcome.value == given]
    alike = [outcome for outcome in outcomes if outcome.value.casefold() == given.casefold()]
    found = exact or alike
    return found[0] if len(found) == 1 else None


def check_person(door: object, motivering: object, problems: Problems) -> None:
    """Note what a decision lacks of a person and of own words, also when it is read from storage."""
    if not isinstance(door, str) or not door.strip():
        problems.add("decision-incomplete", *_NO_PERSON, where="$.door")
    else:
        try:
            TypeAdapter(Ref).validate_python(door)
        except ValidationError as error:
            problems.extend(problem.under("$.door") for problem in problems_of(error))
    if not isinstance(motivering, str) or not any(sign.isalpha() for sign in motivering):
        problems.add("decision-incomplete", *_NO_WORDS, where="$.motivering")
    elif not is_writable(motivering):
        problems.add("invalid-value", *UNWRITABLE, where="$.motivering")


def check_moment(moment: object, problems: Problems) -> None:
    """Note that a moment is not one moment everywhere."""
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        problems.add("invalid-value", *_NO_ZONE, where="$.wanneer", given=shown(moment))
