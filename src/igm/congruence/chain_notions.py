"""The lower half of a card: what is compensated, and the three notions under their own names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igm._display import Language, Tree, number
from igm.congruence._chain_words import CHAIN
from igm.congruence.fit import RegulatoryFit
from igm.congruence.perceived import Perceived, PerceivedBeside
from igm.congruence.profile_similarity import signed
from igm.congruence.steering import citation
from igm.constructs.waarde import Missing

if TYPE_CHECKING:
    from igm.congruence.chain_result import Chain
    from igm.congruence.links import Link


def compensated_tree(keten: Chain, lang: Language, *, mask: bool) -> Tree:
    """On which constructs one link undoes some of the gap of the other, where there is a gap to speak of."""
    words = CHAIN[lang]
    manager, professional, client = (words[party.role] for party in keten.parties)
    told: list[str] = []
    for one in keten.compensated:
        label = one.construct.label(lang)
        if one.beyond is False:
            continue  # two small differences are nothing to make up for
        if mask and one.construct.info.sensitive:
            continue  # that it stands here would tell how its differences point
        first, second = signed(one.first, lang), signed(one.second, lang)
        rest = number(abs(one.whole), lang=lang)
        line = words["compensated-line"].format(
            label, manager, professional, first, professional, client, second, rest
        )
        told.append(line)
    broken = any(
        gap.beyond and not (mask and gap.construct.info.sensitive)
        for link in keten.links
        for gap in link.gaps
    )
    none = (
        "compensated-none"
        if not keten.rule.is_stated
        else "compensated-small"
        if broken
        else "compensated-whole"
    )
    return Tree(words["compensated"], told or [words[none]])


def notions_tree(keten: Chain, lang: Language, *, mask: bool) -> Tree:
    """Perceived, profile and regulatory fit, each by itself."""
    words = CHAIN[lang]
    profiles = [_profile(link, lang, mask=mask) for link in keten.links]
    fits = [Tree(_name(link, lang), _fit(link.regulatory_fit, lang)) for link in keten.links]
    is_known = any(link.regulatory_fit.fit is not None for link in keten.links)
    sources = [Tree(line) for line in citation(lang)] if is_known else []
    return Tree(
        words["notions"],
        [
            _perceived(keten, lang, mask=mask),
            Tree(words["profile"], profiles),
            Tree(words["fit"], [*fits, *sources]),
        ],
    )


def _fit(fit: RegulatoryFit, lang: Language) -> tuple[str, ...]:
    if len(fit.missing) < len(("sturing", "zelfsturing")):
        return fit.lines(lang)
    why = (fit.missing[name].label(lang) for name in ("sturing", "zelfsturing"))
    return (CHAIN[lang]["fit-unknown"].format(*why),)


def _name(link: Link, lang: Language) -> str:
    words = CHAIN[lang]
    return words["link"].format(words[link.guide.role], words[link.guided.role])


def _perceived(keten: Chain, lang: Language, *, mask: bool) -> Tree:
    words = CHAIN[lang]
    lines = [_answer(keten.perceived, lang), words["perceived-about"]]
    beside = [
        _beside(one, link, lang, mask=mask) for one, link in zip(keten.beside, keten.links, strict=True)
    ]
    lines += beside
    if any(one.gap is not None and not (mask and one.is_sensitive) for one in keten.beside):
        lines.append(words["beside-talk"])
    return Tree(words["perceived"], lines)


def _answer(perceived: Perceived, lang: Language) -> str:
    words, value = CHAIN[lang], perceived.waarde
    if value is None:
        why = perceived.missing
        reason = {"missing-party": words["nobody"], "no-profile": words["no-values"]}.get(str(why), "")
        return words["perceived-missing"].format(why.label(lang) if isinstance(why, Missing) else reason)
    if value.n_valid is None:
        items = words["perceived-unknown"]
    elif value.n_items is None:
        items = words["perceived-valid"].format(value.n_valid)
    else:
        items = words["perceived-items"].format(value.n_valid, value.n_items)
    told = number(value.pomp, lang=lang), number(value.score, lang=lang)
    return words["perceived-value"].format(*told, value.schaal, items)


def _beside(one: PerceivedBeside, link: Link, lang: Language, *, mask: bool) -> str:
    words, name = CHAIN[lang], _name(link, lang)
    if one.gap is None:
        return words[f"beside-{one.why}"].format(name)
    if mask and one.is_sensitive:
        return words["beside-masked"].format(name)
    size = number(abs(one.gap), lang=lang)
    kind = "beside-equal" if abs(one.gap) < 0.005 else "beside-above" if one.gap > 0 else "beside-below"
    return words["beside"].format(name, number(one.derived, lang=lang), words[kind].format(size))


def _profile(link: Link, lang: Language, *, mask: bool) -> Tree:
    words = CHAIN[lang]
    if link.profile is None:
        return Tree(words["profile-none"].format(_name(link, lang)))
    called = (words[link.guide.role], words[link.guided.role])
    return Tree(_name(link, lang), link.profile.notes(lang, called, mask=mask))
