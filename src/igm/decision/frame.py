"""The words around a kader's own texts in an explanation, one set per language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from igm._display import Language
from igm.decision.truth import Antwoord, Truth

LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")
"""Languages that an advice is explained in; a kader's own texts are Dutch."""


@attrs.frozen(kw_only=True)
class Frame:
    """All words of an explanation that do not come from a kader or from a person; ``{}`` is filled in."""

    lang: Language
    untranslated: str = "{} (nl)"
    yes: str
    no: str
    answers: Mapping[Antwoord, str]
    truths: Mapping[Truth, str]
    unknown: str

    advice: str
    because: str
    any_completion: str
    may_change: str
    rules_silent: str
    what_decides: str
    question: str
    own_open: str
    own_other: str
    own_same: str
    argument: str
    words: str
    in_favour: str
    against: str
    refuted: str
    undecided: str
    hidden: str
    one_fact: str
    more_facts: str
    one_hidden: str
    more_hidden: str
    precedes: str
    rail_holds: str
    rail_open: str
    rail_forbids: str
    rail_decides: str
    rail_kinds: Mapping[str, str]
    room: str
    rooms: Mapping[str, str]
    choice: str
    outside: str
    perhaps_outside: str
    exception_met: str
    exception_open: str
    own_source: str
    missing: str
    inexact: str
    share: str
    not_again: str
    assumed_line: str
    assumed: str
    policies: str
    expired: str
    hidden_expired: str
    failed: str
    failed_case: str
    hidden_failed: str
    person: str

    client_advice: str
    client_helps: str
    client_attention: str
    client_maybe: str
    client_doubt: str
    client_laid_down: str
    client_perhaps: str
    client_missing: str
    client_refused: str
    client_assumed: str
    client_expired: str
    client_expired_fact: str
    client_failed: str
    client_facts: str
    client_person: str

    audit_head: str
    audit_made: str
    audit_policy: str
    audit_reachable: str
    audit_facts: str
    audit_question: str
    audit_default: str
    audit_rule: str
    audit_applies: str
    audit_unless: str
    audit_rows: str
    audit_row: str
    audit_hidden: str
    audit_absent: str
    every_part: str
    some_part: str
    no_part: str
    least_parts: str
    most_parts: str
    counted_parts: str
    years_since: str
    has_value: str
    known: str
    answer_is: str
    or_word: str
    otherwise: str


_HIDDEN: Final = "over gevoelige gegevens; explain() toont ze"
_CONCEALED: Final = "about sensitive facts; explain() shows them"

DUTCH: Final = Frame(
    lang="nl",
    yes="ja",
    no="nee",
    answers={answer: answer.label for answer in Antwoord},
    truths={Truth.TRUE: "waar", Truth.FALSE: "onwaar", Truth.UNKNOWN: "onbekend"},
    unknown="onbekend",
    advice="Advies: {} ({})",
    because="omdat: {}",
    any_completion="elke invulling van wat nog niet bekend is, geeft dit advies",
    may_change="wat nog niet bekend is, kan het advies veranderen",
    rules_silent="de regels geven geen antwoord op {}; vul zelf een antwoord in",
    what_decides="wat beslist",
    question="vraag {}: {}",
    own_open="{} (eigen antwoord, de regels geven nog geen antwoord)",
    own_other="{} (eigen antwoord, wijkt af van suggestie {})",
    own_same="{} (eigen antwoord, gelijk aan suggestie)",
    argument="argument: {}",
    words="{} woorden (explain() toont ze)",
    in_favour="voor ({})",
    against="tegen ({})",
    refuted="telt niet, want een uitzondering geldt ({})",
    undecided="telt misschien: of een uitzondering geldt, is niet bekend ({})",
    hidden=f"({_HIDDEN})",
    one_fact="feit",
    more_facts="feiten",
    one_hidden=f"{{}} argument ({_HIDDEN})",
    more_hidden=f"{{}} argumenten ({_HIDDEN})",
    precedes="regel {} gaat voor",
    rail_holds="vangrail geldt ({})",
    rail_open="vangrail geldt misschien: dat is nog niet bekend ({})",
    rail_forbids="verbiedt {}; anders {}",
    rail_decides="bepaalt het advies",
    rail_kinds={"wet": "wet", "beleid": "beleid", "programma": "programma"},
    room="ruimte: {}",
    rooms={"toegestaan": "toegestaan", "onzeker": "onzeker", "verboden": "verboden"},
    choice="let op: deze keuze valt {}: {}",
    outside="buiten de ruimte",
    perhaps_outside="misschien buiten de ruimte (nog niet bekend)",
    exception_met="uitzondering geldt: {}",
    exception_open="uitzondering nog niet bekend: {}",
    own_source="eigen antwoord van de professional",
    missing="ontbreekt en kan het advies veranderen ({})",
    inexact="; niet exact: te veel onbekend, dit is de ruime lijst",
    share=": keert het advies in {}% van de invullingen",
    not_again=" (niet opnieuw vragen)",
    assumed_line="{}: aangenomen: niet gemeld",
    assumed=" (aangenomen: niet gemeld)",
    policies="beleid {}; exact geeft {}, cautious geeft {}",
    expired="{}: verlopen: gemeten op {}, langer dan {} dagen geleden",
    hidden_expired=f"verlopen: {{}} {{}} ({_HIDDEN})",
    failed="niet gewogen{}: {} gaf een fout ({}); {} telt als onbekend",
    failed_case=" bij zaak {}",
    hidden_failed=f"niet gewogen{{}}: een functie gaf een fout ({_HIDDEN})",
    person="Dit is een advies; een mens besluit.",
    client_advice="Het advies is: {}.",
    client_helps="Dit helpt:",
    client_attention="Dit vraagt nu aandacht:",
    client_maybe="Dit telt misschien mee:",
    client_doubt="Hierover is twijfel of overleg nodig:",
    client_laid_down="Dit ligt vast in de wet, in beleid of in het programma:",
    client_perhaps="Dit ligt misschien vast. Wij weten nog niet of het voor u geldt:",
    client_missing="Dit weten wij nog niet. Het kan het advies veranderen:",
    client_refused="Over sommige onderwerpen wilt u niets zeggen. Wij vragen er niet opnieuw naar.",
    client_assumed="Dit is niet gemeld. Wij gaan ervan uit dat het niet speelt:",
    client_expired="Dit is te lang geleden vastgesteld. Wij tellen het niet mee:",
    client_expired_fact="{} (van {})",
    client_failed="Dit kon de computer niet nagaan. Een mens kijkt ernaar:",
    client_facts="Wij gaan uit van deze gegevens. Klopt er iets niet, zeg het dan:",
    client_person="Dit is een advies. Een mens neemt het besluit. U kunt altijd vragen stellen of iets rechtzetten.",
    audit_head="Bewijs van advies: {} ({}, {})",
    audit_made="gemaakt met igm {}, peildatum {}",
    audit_policy="beleid {}: exact geeft {}, cautious geeft {}",
    audit_reachable="de invullingen van wat onbekend is, geven: {}",
    audit_facts="feiten ({})",
    audit_question="vraag {}: regels {}, telt {}",
    audit_default="als geen regel iets zegt: {}",
    audit_rule="regel {} pleit voor {}: {}",
    audit_applies="als: {}",
    audit_unless="tenzij {}: {}",
    audit_rows="beslis ({}); de eerste rij die waar is, beslist",
    audit_row="rij {} geeft {}: {}",
    audit_hidden=f"••• ({_HIDDEN})",
    audit_absent="niet van toepassing",
    every_part="alle van",
    some_part="een van",
    no_part="niet",
    least_parts="ten minste {}",
    most_parts="ten hoogste {}",
    counted_parts="{} van",
    years_since="jaren sinds {} {} {}",
    has_value="{} is {}",
    known="bekend({})",
    answer_is="antwoord {} is {}",
    or_word=" of ",
    otherwise="anders",
)

ENGLISH: Final = Frame(
    lang="en",
    yes="yes",
    no="no",
    answers={
        Antwoord.JA: "YES",
        Antwoord.NEE: "NO",
        Antwoord.TWIJFEL: "DOUBT",
        Antwoord.ONBEKEND: "UNKNOWN",
    },
    truths={Truth.TRUE: "true", Truth.FALSE: "false", Truth.UNKNOWN: "unknown"},
    unknown="unknown",
    advice="Advice: {} ({})",
    because="because: {}",
    any_completion="every way to fill in what is not known yet gives this advice",
    may_change="what is not known yet can change the advice",
    rules_silent="the rules give no answer to {}; give an answer of your own",
    what_decides="what decides",
    question="question {}: {}",
    own_open="{} (own answer, the rules give no answer yet)",
    own_other="{} (own answer, differs from the suggestion {})",
    own_same="{} (own answer, the same as the suggestion)",
    argument="argument: {}",
    words="{} words (explain() shows them)",
    in_favour="for ({})",
    against="against ({})",
    refuted="does not count, because an exception holds ({})",
    undecided="may count: whether an exception holds is not known ({})",
    hidden=f"({_CONCEALED})",
    one_fact="fact",
    more_facts="facts",
    one_hidden=f"{{}} argument ({_CONCEALED})",
    more_hidden=f"{{}} arguments ({_CONCEALED})",
    precedes="rule {} goes before",
    rail_holds="guardrail holds ({})",
    rail_open="guardrail may hold: that is not known yet ({})",
    rail_forbids="forbids {}; instead {}",
    rail_decides="settles the advice",
    rail_kinds={"wet": "law", "beleid": "policy", "programma": "programme"},
    room="room that remains: {}",
    rooms={"toegestaan": "allowed", "onzeker": "unsure", "verboden": "forbidden"},
    choice="note: this choice lies {}: {}",
    outside="outside the room",
    perhaps_outside="perhaps outside the room (not known yet)",
    exception_met="exception holds: {}",
    exception_open="exception not known yet: {}",
    own_source="own answer of the professional",
    missing="missing, and can change the advice ({})",
    inexact="; not exact: too much is unknown, this is the wide list",
    share=": turns the advice in {}% of the ways to fill it in",
    not_again=" (do not ask again)",
    assumed_line="{}: assumed: not reported",
    assumed=" (assumed: not reported)",
    policies="policy {}; exact gives {}, cautious gives {}",
    expired="{}: expired: measured on {}, more than {} days ago",
    hidden_expired=f"expired: {{}} {{}} ({_CONCEALED})",
    failed="not weighed{}: {} gave an error ({}); {} counts as unknown",
    failed_case=" in case {}",
    hidden_failed=f"not weighed{{}}: a function gave an error ({_CONCEALED})",
    person="This is advice; a person decides.",
    client_advice="The advice is: {}.",
    client_helps="This helps:",
    client_attention="This needs attention now:",
    client_maybe="This may count as well:",
    client_doubt="There is doubt about this, or it needs to be talked over:",
    client_laid_down="This is laid down by law, policy or programme:",
    client_perhaps="This may be laid down. We do not know yet whether it holds for you:",
    client_missing="We do not know this yet. It can change the advice:",
    client_refused="There are things that you do not want to talk about. We will not ask about them again.",
    client_assumed="This was not reported. We take it that it is not so:",
    client_expired="This was found out too long ago. We do not count it:",
    client_expired_fact="{} (of {})",
    client_failed="The computer could not find this out. A person will look at it:",
    client_facts="We work with these facts. If something is not right, please say so:",
    client_person="This is advice. A person takes the decision. You can always ask questions or put something right.",
    audit_head="Proof of advice: {} ({}, {})",
    audit_made="made with igm {}, reference date {}",
    audit_policy="policy {}: exact gives {}, cautious gives {}",
    audit_reachable="the ways to fill in what is unknown give: {}",
    audit_facts="facts ({})",
    audit_question="question {}: rules {}, counts {}",
    audit_default="when no rule says anything: {}",
    audit_rule="rule {} argues for {}: {}",
    audit_applies="if: {}",
    audit_unless="unless {}: {}",
    audit_rows="decision rows ({}); the first row that is true decides",
    audit_row="row {} gives {}: {}",
    audit_hidden=f"••• ({_CONCEALED})",
    audit_absent="does not apply",
    every_part="all of",
    some_part="one of",
    no_part="not",
    least_parts="at least {}",
    most_parts="at most {}",
    counted_parts="{} of",
    years_since="years since {} {} {}",
    has_value="{} is {}",
    known="known({})",
    answer_is="answer {} is {}",
    or_word=" or ",
    otherwise="otherwise",
)

FRAMES: Final[Mapping[str, Frame]] = {"nl": DUTCH, "en": ENGLISH}
"""The words per language."""
