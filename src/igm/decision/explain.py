"""An advice in words: a tree for the screen, an argument list for the professional, plain sentences for the client."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from igm._display import Tree, number
from igm.decision.predicate import Mislukt
from igm.decision.records import Answer, Argument, Ontbreekt
from igm.decision.truth import Antwoord, Pleit
from igm.errors import InputError, suggestion

if TYPE_CHECKING:
    from igm.decision.afweging import Afweging

READERS: Final = ("client", "professional")
_OWN: Final = "antwoord:"
_OWN_WORDS: Final = "(explain() toont ze)"
_HIDDEN: Final = "(over gevoelige gegevens; explain() toont ze)"


def explain(afweging: Afweging[Any], *, voor: str) -> str:
    """The advice in words for a reader; see ``Afweging.explain``."""
    if voor == "client":
        return "\n".join(_for_the_client(afweging))
    if voor == "professional":
        return tree(afweging, masked=False).text()
    raise InputError.of(
        "unknown-name", "unknown reader", suggestion(str(voor), READERS), where="$.voor", given=repr(voor)
    )


def tree(afweging: Afweging[Any], *, masked: bool) -> Tree:
    """The advice as a tree."""
    return Tree(
        f"Advies: {afweging.advies.value} ({afweging.kader})",
        [
            *_decided(afweging, masked=masked),
            *(
                Tree(f"vraag {answer.vraag}: {_answer(answer)}", _own(answer, masked=masked))
                for answer in afweging.antwoorden
            ),
            *_branch("voor", afweging.voor, masked=masked),
            *_branch("tegen", afweging.tegen, masked=masked),
            *_branch("telt niet, want een uitzondering geldt", afweging.weerlegd, masked=masked),
            *_branch(
                "telt misschien: of een uitzondering geldt, is niet bekend", afweging.onbeslist, masked=masked
            ),
            *_missing(afweging, masked=masked),
            *_expired(afweging, masked=masked),
            *(f"{aanname.label}: {aanname.reden}" for aanname in afweging.aannames),
            *map(_failed, afweging.mislukt),
            *_policy(afweging),
            "Dit is een advies; een mens besluit.",
        ],
    )


def _decided(afweging: Afweging[Any], *, masked: bool) -> list[str]:
    if afweging.rij is not None and masked and afweging.rij.gevoelig:
        return [f"omdat: {_HIDDEN}"]
    if afweging.rij is not None:
        return [f"omdat: {afweging.rij.omdat}"]
    if afweging.advies is not afweging.cautious:
        return ["omdat: elke invulling van wat nog niet bekend is, geeft dit advies"]
    if afweging.ontbreekt:
        return ["omdat: wat nog niet bekend is, kan het advies veranderen"]
    open_ = [answer.vraag for answer in afweging.antwoorden if answer.telt is Antwoord.ONBEKEND]
    return [
        f"omdat: de regels geven geen antwoord op {', '.join(open_) or 'wat beslist'}; vul zelf een antwoord in"
    ]


def _answer(answer: Answer) -> str:
    if answer.eigen is None:
        return answer.suggestie.label
    if answer.suggestie is Antwoord.ONBEKEND:
        beside = "de regels geven nog geen antwoord"
    else:
        beside = (
            f"wijkt af van suggestie {answer.suggestie.label}" if answer.afwijking else "gelijk aan suggestie"
        )
    return f"{answer.eigen.label} (eigen antwoord, {beside})"


def _own(answer: Answer, *, masked: bool) -> list[str]:
    if not answer.argument:
        return []
    return [
        f"argument: {len(answer.argument.split())} woorden {_OWN_WORDS}"
        if masked
        else f"argument: {answer.argument}"
    ]


def _branch(label: str, arguments: tuple[Argument, ...], *, masked: bool) -> Iterator[Tree]:
    if not arguments:
        return
    shown = [argument for argument in arguments if not (masked and argument.gevoelig)]
    hidden = len(arguments) - len(shown)
    children: list[Tree | str] = [_leaf(argument, masked=masked) for argument in shown]
    if hidden:
        children.append(f"{hidden} {'argument' if hidden == 1 else 'argumenten'} {_HIDDEN}")
    yield Tree(f"{label} ({len(arguments)})", children)


def _leaf(argument: Argument, *, masked: bool) -> Tree:
    used = [use for use in argument.feiten if use.value is not None]
    children: list[str] = [use.text(masked=masked) for use in used]
    children += [f"uitzondering geldt: {label}" for label in argument.uitgezonderd]
    children += [f"uitzondering nog niet bekend: {label}" for label in argument.open_uitzonderingen]
    own = argument.regel.startswith(_OWN)
    said = f"{len(argument.omdat.split())} woorden {_OWN_WORDS}" if masked and own else argument.omdat
    return Tree(f"{said} [{argument.regel}; {argument.bron}]", children)


def _missing(afweging: Afweging[Any], *, masked: bool) -> Iterator[Tree]:
    if not afweging.ontbreekt:
        return
    rest = "" if afweging.ontbreekt_exact else "; niet exact: te veel onbekend, dit is de ruime lijst"
    shown = [entry for entry in afweging.ontbreekt if not (masked and entry.onthult)]
    lines = [_missing_line(entry) for entry in shown]
    if len(shown) < len(afweging.ontbreekt):
        lines.append(f"{len(afweging.ontbreekt) - len(shown)} {_HIDDEN}")
    yield Tree(f"ontbreekt en kan het advies veranderen ({len(afweging.ontbreekt)}){rest}", lines)


def _expired(afweging: Afweging[Any], *, masked: bool) -> Iterator[str]:
    hidden = [entry for entry in afweging.verlopen if masked and entry.onthult]
    yield from (f"{entry.label}: {entry.reden}" for entry in afweging.verlopen if entry not in hidden)
    if hidden:
        yield f"verlopen: {len(hidden)} {'feit' if len(hidden) == 1 else 'feiten'} {_HIDDEN}"


def _missing_line(entry: Ontbreekt) -> str:
    share = (
        ""
        if entry.aandeel is None
        else f": keert het advies in {number(100 * entry.aandeel, 0)}% van de invullingen"
    )
    asked = "" if entry.opnieuw_vragen else " (niet opnieuw vragen)"
    look = f"; {entry.toelichting}" if entry.toelichting and entry.opnieuw_vragen else ""
    return f"{entry.label}{share}{asked}{look}"


def _policy(afweging: Afweging[Any]) -> list[str]:
    if not afweging.policies_differ:
        return []
    return [
        f"beleid {afweging.beleid.value}; exact geeft {afweging.exact.value}, cautious geeft {afweging.cautious.value}"
    ]


def _failed(mislukt: Mislukt) -> str:
    at = f" bij zaak {mislukt.ref}" if mislukt.ref else ""
    asked = f"{', '.join(mislukt.regels)} telt als onbekend"
    return f"niet gewogen{at}: {mislukt.label} gaf een fout ({mislukt.fout}); {asked}"


def _for_the_client(afweging: Afweging[Any]) -> Iterator[str]:
    yield f"Het advies is: {afweging.advies.value.replace('_', ' ')}."
    reason = _decided(afweging, masked=False)[0].removeprefix("omdat: ").rstrip(".")
    yield f"{reason[:1].upper()}{reason[1:]}."
    yield from _sentences("Dit helpt:", (argument.omdat for argument in afweging.voor))
    yield from _sentences("Dit vraagt nu aandacht:", (argument.omdat for argument in afweging.tegen))
    yield from _sentences("Dit telt misschien mee:", (argument.omdat for argument in afweging.onbeslist))
    neither = (argument.omdat for argument in afweging.argumenten if argument.pleit is Pleit.NEUTRAAL)
    yield from _sentences("Hierover is twijfel of overleg nodig:", neither)
    missing = {entry.feit for entry in afweging.ontbreekt}
    asked = [entry for entry in afweging.ontbreekt if entry.hangt_aan not in missing]
    may = [entry.vraag or f"{entry.label}?" for entry in asked if entry.opnieuw_vragen]
    yield from _sentences("Dit weten wij nog niet. Het kan het advies veranderen:", may)
    if len(may) < len(asked):
        yield "Over sommige onderwerpen wilt u niets zeggen. Wij vragen er niet opnieuw naar."
    expired = (f"{entry.label} (van {entry.datum.isoformat()})" for entry in afweging.verlopen)
    yield from _sentences("Dit is te lang geleden vastgesteld. Wij tellen het niet mee:", expired)
    assumed = (aanname.label for aanname in afweging.aannames)
    yield from _sentences("Dit is niet gemeld. Wij gaan ervan uit dat het niet speelt:", assumed)
    failed = (mislukt.label for mislukt in afweging.mislukt)
    yield from _sentences("Dit kon de computer niet nagaan. Een mens kijkt ernaar:", failed)
    yield "Dit is een advies. Een mens neemt het besluit. U kunt altijd vragen stellen of iets rechtzetten."


def _sentences(head: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield head
        yield from (f"- {line}" for line in listed)
