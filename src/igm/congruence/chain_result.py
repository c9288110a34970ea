"""``Chain``: what was found of manager, professional and client beside one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from igm._display import Language, Table
from igm.congruence.breaks import NOISE, BreakRule, Compensated, Gap, compensated
from igm.congruence.chain_card import Card, chain_card, chain_table
from igm.congruence.chain_parties import ROLES, ChainParty, ChainRole
from igm.congruence.chain_readings import chain_readings
from igm.congruence.links import Link
from igm.congruence.perceived import NotComparable, Perceived, PerceivedBeside
from igm.constructs._base import FrozenMapping
from igm.constructs._masking import ByConstruct
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.constructs.reading import Reading
from igm.constructs.schaal import Schaal

SCHEMA_VERSION: Final = 1
"""The version of the form in which a chain is stored."""


@attrs.frozen(repr=False)
class Chain:
    """Manager, professional and client beside one another; for learning, not for appraisal.

    There is no score of a chain. Each link has three notions of congruence; the chain adds where it breaks, what is
    compensated, and what the professional answers beside what the profiles say.

    What is printed masks sensitive constructs, and with them the figures from which they can be told; the figures
    themselves, ``table()``, ``readings()`` and ``to_dict()`` do not.

    Attributes:
        parties: Manager, professional and client; who is missing has a place too.
        links: From manager to professional, and from professional to client.
        rule: What was stated to count as a break.
        asked: The metric that was asked for.

    Example:
        >>> from igm.congruence.chain import chain
        >>> from igm.constructs import LIKERT5, Gedrag, Profiel, Waarde
        >>> gedrag = Gedrag(action="begeleiden", target="mensen", context="in gesprekken", time="dit jaar", doel="werk")
        >>> def profiel(**scores):
        ...     waarden = {name: Waarde(score=score, schaal=LIKERT5) for name, score in scores.items()}
        ...     return Profiel(gedrag=gedrag, waarden=waarden)
        >>> keten = chain(manager=profiel(houding=4, kennis=4), professional=profiel(houding=4, kennis=2),
        ...               client=profiel(houding=4, kennis=3), margin=1)
        >>> keten.breaks
        {'manager-professional': (<Construct.KENNIS: 'kennis'>,), 'professional-client': ()}
        >>> keten.compensated
        (Compensated('kennis', 2.00 and -1.00),)
    """

    parties: tuple[ChainParty, ChainParty, ChainParty]
    links: tuple[Link, Link]
    rule: BreakRule = attrs.field(factory=BreakRule)
    asked: Metric | None = None

    @property
    def manager(self) -> ChainParty:
        """Who guides the professional."""
        return self.parties[0]

    @property
    def professional(self) -> ChainParty:
        """Who is guided by the manager, and guides the client."""
        return self.parties[1]

    @property
    def client(self) -> ChainParty:
        """Who is guided by the professional."""
        return self.parties[2]

    @property
    def ref(self) -> str | None:
        """Whom the chain is about, as a pseudonym: the client, where that was given."""
        return self.client.ref

    @property
    def metric(self) -> Metric | None:
        """On what the profiles were compared; ``None`` when none were and none was asked for."""
        found: list[Metric] = [link.profile.metric for link in self.links if link.profile is not None]
        return found[0] if found else self.asked

    @property
    def schaal(self) -> Schaal | None:
        """The one scale of the chain; ``None`` on POMP, or when nothing was compared."""
        found = [link.profile.pair.schaal for link in self.links if link.profile is not None]
        return found[0] if found else None

    @property
    def n_people(self) -> int:
        """How many people there are, with or without values."""
        return sum(party.is_present for party in self.parties)

    @property
    def n_links(self) -> int:
        """How many links are compared, of the two."""
        return sum(link.profile is not None for link in self.links)

    @property
    def perceived(self) -> Perceived:
        """What the professional answers: that they guide clients as their manager guides them."""
        return self.links[0].perceived

    @property
    def breaks(self) -> Mapping[str, tuple[Construct, ...]]:
        """The constructs by link whose gap is beyond what was stated to count."""
        return FrozenMapping({link.name: link.breaks for link in self.links})

    @property
    def largest(self) -> tuple[tuple[Link, Gap], ...]:
        """The largest gap of the whole chain with its link; several when they tie, none when all are the same."""
        found = [(link, gap) for link in self.links for gap in link.largest]
        most = max((gap.size for _, gap in found), default=0.0)
        return tuple((link, gap) for link, gap in found if gap.size >= most - NOISE)

    @property
    def compensated(self) -> tuple[Compensated, ...]:
        """The constructs on which the second link undoes some of the gap of the first; see `Compensated`."""
        first, second = self.links
        return compensated(first.gaps, second.gaps)

    @property
    def beside(self) -> tuple[PerceivedBeside, ...]:
        """Perceived congruence beside the likeness of the profiles, per link."""
        return tuple(self._beside(link) for link in self.links)

    def _beside(self, link: Link) -> PerceivedBeside:
        perceived = self.perceived.pomp
        derived = None
        if link.profile is not None and link.profile.metric == "pomp":
            derived = 100 - link.profile.mean_absolute_difference
        why: NotComparable | None = None
        if perceived is None:
            why = "no-perceived"
        elif link.profile is None:
            why = "no-profile-similarity"
        elif derived is None:
            why = "metric-schaal"
        return PerceivedBeside(link.name, perceived, derived, why, link.is_sensitive)

    @property
    def values(self) -> Mapping[ChainRole, Mapping[Construct, float]]:
        """What takes part, per party and construct: on the metric, in one direction; sensitive values are masked."""
        found: dict[ChainRole, dict[Construct, float]] = {role: {} for role in ROLES}
        for link in self.links:
            if link.profile is not None:
                pair = link.profile.pair
                found[link.guide.role] |= dict(zip(pair.constructs, pair.first, strict=True))
                found[link.guided.role] |= dict(zip(pair.constructs, pair.second, strict=True))
        return FrozenMapping({role: ByConstruct(own) for role, own in found.items()})

    def table(self, lang: Language = "nl") -> Table:
        """A row per construct with the values of all three and both gaps, the sensitive ones included."""
        return chain_table(self, lang, mask=False)

    def card(self, lang: Language = "nl", *, mask: bool = True) -> Card:
        """What can be said of the chain, on one card, as text or html.

        Args:
            lang: ``"nl"`` or ``"en"``.
            mask: Whether sensitive constructs are masked, with the figures from which they can be told.

        Raises:
            InputError: ``unknown-name`` for another language.
        """
        return chain_card(self, lang, mask=mask)

    def readings(self) -> Mapping[str, Reading]:
        """What a rule can take as facts, by name, such as ``congruentie.profile.professional-client.shape``."""
        return FrozenMapping(chain_readings(self))

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON; sensitive values are in it."""
        return {
            "schema_version": SCHEMA_VERSION,
            "doel": "leren",
            "metric": self.metric,
            "parties": [party.to_dict() for party in self.parties],
            "links": [link.to_dict() for link in self.links],
            "rule": self.rule.to_dict(),
            "compensated": [one.to_dict() for one in self.compensated],
            "beside": [one.to_dict() for one in self.beside],
        }

    def __repr__(self) -> str:
        told = "; ".join(f"{link.name}: {link.missing or f'k={link.k}'}" for link in self.links)
        return f"Chain({told}; metric={self.metric!r})"

    def __str__(self) -> str:
        return self.card().text()

    def _repr_html_(self) -> str:
        return self.card().html()
