"""The sentences of a card: where a chain breaks, by what rule, and how many it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from igm._display import Language, number
from igm.congruence._chain_words import CHAIN
from igm.congruence.breaks import NOISE, Gap
from igm.congruence.chain_parties import ChainParty
from igm.congruence.links import Link
from igm.constructs.model import Construct

if TYPE_CHECKING:
    from igm.congruence.chain_result import Chain


class Lines:
    """What is said of one chain in one language; with a mask nothing is told of sensitive constructs.

    The place of a construct among others tells of its value, so a masked one stands in no sentence about the largest.
    """

    def __init__(self, keten: Chain, lang: Language, *, mask: bool) -> None:
        self.keten = keten
        self.lang: Language = lang
        self.mask = mask
        self.words: Mapping[str, str] = CHAIN[lang]
        found = {gap.construct for link in keten.links for gap in link.gaps}
        self.constructs = [key for key in Construct if key in found]

    def all(self) -> list[str]:
        """Every sentence above the table."""
        links = [self.about(link) for link in self.keten.links]
        return [self.words["purpose"], *self.own(), self.first(), *links, *self.below()]

    def below(self) -> list[str]:
        """What is masked, what a break is, and how many people and items all of it is about."""
        masked = [key.label(self.lang) for key in self.hidden]
        said = [self.words["masked"].format(", ".join(masked))] if masked else []
        return [*said, *self._rule(), self._people(), *([self._items()] if self.constructs else [])]

    @property
    def hidden(self) -> list[Construct]:
        """The constructs of which nothing is told."""
        return [key for key in self.constructs if self.mask and key.info.sensitive]

    def on(self) -> str:
        """The metric in words."""
        if self.keten.metric is None:
            return ""
        said = self.words[f"metric-{self.keten.metric}"].format(self.keten.schaal)
        return said[0].upper() + said[1:]

    def behaviours(self) -> list[str]:
        """What the values are about: one behaviour, or another for each."""
        found = {
            self.words[party.role]: party.profiel.gedrag.text(self.lang)
            for party in self.keten.parties
            if party.profiel is not None
        }
        if not found:
            return []
        if len(set(found.values())) == 1:
            return [self.words["about"].format(next(iter(found.values())))]
        return [self.words["about"].format("; ".join(f"{name}: {text}" for name, text in found.items()))]

    def own(self) -> list[str]:
        """That the values are about several behaviours, where they are."""
        keys = {party.profiel.gedrag.key for party in self.keten.parties if party.profiel is not None}
        return [self.words["own"]] * (len(keys) > 1)

    def link_name(self, link: Link) -> str:
        """Who guides whom, in words."""
        return self.words["link"].format(self.words[link.guide.role], self.words[link.guided.role])

    def marked(self, told: str, gap: Gap, link: Link) -> str:
        """A difference, with in words whether it is a break, or the largest of its link where that is not known."""
        if gap.beyond:
            return f"{told} ({self.words['mark-break']})"
        if self.keten.rule.is_stated:
            return told if gap.beyond is False else f"{told} ({self.words['mark-unknown']})"
        return f"{told} ({self.words['mark-largest-of']})" if gap in self.largest(link) else told

    def shown(self, link: Link) -> list[Gap]:
        """The differences of a link that may be seen."""
        return [gap for gap in link.gaps if not (self.mask and gap.construct.info.sensitive)]

    def largest(self, link: Link) -> list[Gap]:
        """The largest differences of a link that may be seen; several when they tie, none when all are zero."""
        return self._largest(self.shown(link))

    def _largest(self, gaps: Sequence[Gap]) -> list[Gap]:
        most = max((gap.size for gap in gaps), default=0.0)
        return [gap for gap in gaps if gap.size > NOISE and gap.size >= most - NOISE]

    def _broken(self, link: Link) -> list[Gap]:
        return sorted((gap for gap in self.shown(link) if gap.beyond), key=lambda gap: -gap.size)

    def _named(self, gaps: Sequence[Gap]) -> str:
        # names have "and" in them, so they are not joined with it
        return "; ".join(gap.construct.label(self.lang) for gap in gaps)

    def _joined(self, names: Sequence[str]) -> str:
        *rest, last = names
        return self.words["and"].join([", ".join(rest), last]) if rest else last

    def first(self) -> str:
        """Where the chain breaks, or where its largest difference lies, as far as that may be seen."""
        said = self._conclusion()
        if self.hidden:
            said = self.words["of-shown"].format(said[0].lower() + said[1:])
        compared = [link for link in self.keten.links if link.profile is not None]
        return self.words["only"].format(self.link_name(compared[0])) + said if len(compared) == 1 else said

    def _conclusion(self) -> str:
        shown = [gap for link in self.keten.links for gap in self.shown(link)]
        if not shown:
            return self.words["nothing"]
        found = [(link, self._broken(link)) for link in self.keten.links]
        if self.keten.rule.is_stated and not any(gaps for _, gaps in found):
            known = [gap for gap in shown if gap.beyond is False]
            is_whole = len(known) == len(shown) and self.keten.n_links == len(self.keten.links)
            kind = "no-break" if is_whole else "no-break-part" if len(known) == len(shown) else "not-known"
            return self.words[kind]
        if self.keten.rule.is_stated:
            return self.words["breaks"].format(self._places(found))
        largest = self._largest(shown)
        if not largest:
            return self.words["same"]
        at = [
            (link, [gap for gap in self.shown(link) if gap.size >= largest[0].size - NOISE])
            for link, _ in found
        ]
        return self.words["largest"].format(self._places(at))

    def _places(self, found: Sequence[tuple[Link, Sequence[Gap]]]) -> str:
        places = [
            self.words["in-link"].format(self.link_name(link), self._named(gaps))
            for link, gaps in found
            if gaps
        ]
        return f",{self.words['and']}".join(places)

    def about(self, link: Link) -> str:
        """What is said of one link, with its name."""
        return self.words["link-line"].format(self.link_name(link), self._link(link))

    def _link(self, link: Link) -> str:
        """What is said of one link."""
        words = self.words
        if link.missing is not None:
            absent = [
                words[f"the-{party.role}"] for party in (link.guide, link.guided) if self._lacks(party, link)
            ]
            return words[link.missing].format(self._joined(absent) if absent else "")
        shown = self.shown(link)
        if not shown:
            return words["hidden-only"]
        largest = self._largest(shown)
        if not largest:
            return words["equal"].format(len(shown))
        if not self.keten.rule.is_stated:
            return words["largest-at"].format(self._told(largest, link))
        broken, unknown = self._broken(link), [gap for gap in shown if gap.beyond is None]
        if broken and unknown:
            return words["also-open"].format(self._told(broken, link), self._named(unknown))
        if unknown:
            return words["open"].format(self._named(unknown), self._told(largest, link))
        if broken:
            return words["break"].format(self._told(broken, link))
        return words["without"].format(self._told(largest, link))

    def _lacks(self, party: ChainParty, link: Link) -> bool:
        return party.missing is not None and party.missing == link.missing

    def _told(self, gaps: Sequence[Gap], link: Link) -> str:
        guide, guided = (self.words[f"the-{party.role}"] for party in (link.guide, link.guided))
        told: list[str] = []
        for gap in gaps:
            above, below = (guide, guided) if gap.difference > 0 else (guided, guide)
            size = number(gap.size, lang=self.lang)
            told.append(self.words["higher"].format(gap.construct.label(self.lang), above, size, below))
        return "; ".join(told)

    def _rule(self) -> list[str]:
        rule = self.keten.rule
        if not rule.is_stated:
            return [self.words["unstated"]] * bool(self.constructs)
        if rule.margin is None:
            return [self.words["rule-sem"]]
        on = self.on()
        kind = "rule-both" if rule.sem else "rule-margin"
        return [self.words[kind].format(number(rule.margin, lang=self.lang), on)]

    def _people(self) -> str:
        words, keten = self.words, self.keten
        people = words["person"] if keten.n_people == 1 else words["people"].format(keten.n_people)
        compared = [self._counted(link) for link in keten.links if link.profile is not None]
        told = f" ({'; '.join(compared)})" if compared else ""
        return f"{words['n'].format(people, keten.n_links, told)} {words['one']}"

    def _counted(self, link: Link) -> str:
        masked = len(link.gaps) - len(self.shown(link))
        kind = "constructs-masked" if masked else "constructs"
        return self.words[kind].format(self.link_name(link), link.k, masked)

    def _items(self) -> str:
        told = [self._answered(party) for party in self.keten.parties if party.is_present]
        return self.words["items"].format(", ".join(told))

    def _answered(self, party: ChainParty) -> str:
        """How many items the values of a party rest on, as far as that is known of all."""
        words, name = self.words, self.words[party.role]
        taking = (
            [party.profiel.known.get(key) for key in self.constructs] if party.profiel is not None else []
        )
        counted = [(one.n_valid, one.n_items) for one in taking if one is not None]
        valid = [n for n, _ in counted if n is not None]
        asked = [n for _, n in counted if n is not None]
        if not counted or len(valid) < len(counted):
            return words["items-unknown"].format(name)
        if len(asked) < len(counted):
            return words["items-valid"].format(name, sum(valid))
        return words["items-of"].format(name, sum(valid), sum(asked))
