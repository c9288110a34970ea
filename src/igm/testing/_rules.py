"""``check_rule``: whether a rule fits a kader, speaks neutrally, and can both apply and not apply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from igm.constructs.waarde import Missing
from igm.decision.conditions import Always
from igm.decision.facts import Fact
from igm.decision.kader import Afwegingskader
from igm.decision.language import check_language
from igm.decision.priority import written_rule
from igm.decision.refs import antwoord
from igm.decision.rules import Question, Row, Rule
from igm.decision.truth import Antwoord, Beleid, Uitkomst
from igm.errors import InputError, KaderError, shown
from igm.testing._cases import cases, check_kader_given
from igm.testing._run import check_examples, need_hypothesis, run
from igm.testing._values import PEILDATUM

if TYPE_CHECKING:
    from igm.decision.casus import Casus


def check_rule(
    rule: Rule, kader: Afwegingskader[Any], *, feiten: Sequence[Fact] = (), examples: int = 200
) -> None:
    """Check one rule in a kader.

    It loads in the kader, with all guards proven; it has a reason and a source; its texts do not blame and are no stock
    phrases; and there are cases in which it counts and cases in which it does not, rules that go before it left aside.
    All values of its facts that its
    conditions tell apart are tried, and generated cases where these are too many or hang on the day.

    Args:
        rule: Made with ``regel(...)``.
        kader: The kader that it is for; the rule may be in it already.
        feiten: New facts that the rule needs, as for ``kader.with_rules``.
        examples: How many generated cases, where those are needed.

    Raises:
        AssertionError: With what does not hold.
        InputError: ``invalid-value`` for what is no rule, no kader, or no number of examples.
        MissingDependencyError: ``missing-dependency`` when Hypothesis is not installed.

    Example:
        >>> import igm
        >>> from igm.decision import feit, regel
        >>> kader = igm.kader("leiden-2021")
        >>> both = feit.ja_nee("schulden") & ~feit.ja_nee("schulden")
        >>> never = regel("ons.nooit", vraag="omstandigheden", als=both, pleit_voor="nee",
        ...               omdat="Er zijn schulden.", bron="werkafspraak team West, 2026")
        >>> check_rule(never, kader)
        Traceback (most recent call last):
        ...
        AssertionError: rule 'ons.nooit' never counts: tried all values of its facts (schulden)
        >>> check_rule(kader.regels[0], kader)
    """
    need_hypothesis()
    check_kader_given(kader)
    check_examples(examples)
    given: object = rule
    if not isinstance(given, Rule):
        do = "Give a rule made with regel(...)."
        raise InputError.of("invalid-value", "not a rule", do, where="$.rule", given=shown(given))
    rule = written_rule(given)
    whole = _loaded(rule, kader, feiten)
    _reads_well(rule)
    _counts_and_does_not(rule, whole, examples)


def _loaded(rule: Rule, kader: Afwegingskader[Any], feiten: Sequence[Fact]) -> Afwegingskader[Any]:
    if rule in map(written_rule, kader.regels):
        return kader
    try:
        return kader.with_rules(rule, feiten=feiten)
    except KaderError as error:
        raise AssertionError(f"rule {rule.id!r} does not load in kader {kader.id!r}: {error}") from error


def _reads_well(rule: Rule) -> None:
    texts = [("omdat", rule.omdat), ("bron", rule.bron)]
    empty = [name for name, text in texts if not text.strip()]
    if empty:
        raise AssertionError(f"rule {rule.id!r} has no {' and no '.join(empty)}")
    texts += [("tenzij", exception.label) for exception in rule.tenzij]
    texts += [("keuze", rule.keuze or "")]
    found = [f"{name}: {note}" for name, text in texts for note in check_language(text)]
    if found:
        raise AssertionError(f"rule {rule.id!r} does not read neutrally:\n" + "\n".join(found))


_Proef: Final = Uitkomst.declare("Proef", {"TELT": "telt", "TELT_NIET": "telt_niet", "OPEN": "open"})
_TELT, _TELT_NIET, _OPEN = _Proef("telt"), _Proef("telt_niet"), _Proef("open")


def _alone(rule: Rule, kader: Afwegingskader[Any]) -> Afwegingskader[Uitkomst]:
    """A kader of this rule only, whose advice is whether the rule counts."""
    bases = {kader.feiten[name].geldt_als for name in rule.facts}
    other = Antwoord.NEE if rule.pleit_voor is Antwoord.JA else Antwoord.JA
    return Afwegingskader(
        id="proef",
        version="1",
        titel="Proef",
        bron="proef",
        uitkomsten=_Proef,
        volgorde=(_TELT_NIET, _TELT),
        gunstig=_TELT,
        bij_onbekend=_OPEN,
        feiten=[fact for name, fact in kader.feiten.items() if name in rule.facts or name in bases],
        vragen=(Question(name=rule.vraag, tekst="Telt de regel?", default=other),),
        regels=(attrs.evolve(rule, afweging=None, gaat_voor=()),),
        beslis=(
            Row(id="telt", als=antwoord(rule.vraag).is_(rule.pleit_voor), dan="telt", omdat="Hij telt."),
            Row(id="anders", als=Always(), dan="telt_niet", omdat="Hij telt niet."),
        ),
    )


def _counts_and_does_not(rule: Rule, kader: Afwegingskader[Any], examples: int) -> None:
    if not rule.facts:
        raise AssertionError(f"rule {rule.id!r} reads no fact, so it is the same for everyone")
    alone = _alone(rule, kader)
    nothing = alone.casus(dict.fromkeys(alone.feiten, Missing.WEET_NIET), peildatum=PEILDATUM)
    # the exact policy weighs every way to fill in what is unknown: here everything
    advice = alone.evaluate(nothing)
    if advice.advies is _OPEN and advice.ontbreekt_exact:
        return
    seen: set[Uitkomst] = set()
    if advice.ontbreekt_exact and not alone.reads_dates:
        seen.add(advice.advies)
        tried = f"all values of its facts ({', '.join(alone.feiten)})"
    else:
        run(cases(alone, own=False), lambda casus: seen.add(_outcome(alone, casus)), examples)
        tried = f"{examples} generated cases"
    for outcome, what in ((_TELT, "never counts"), (_TELT_NIET, "counts in every case")):
        if outcome not in seen:
            raise AssertionError(f"rule {rule.id!r} {what}: tried {tried}")


def _outcome(kader: Afwegingskader[Uitkomst], casus: Casus) -> Uitkomst:
    return kader.evaluate(casus, beleid=Beleid.CAUTIOUS).advies
