"""``check_kader``: what has to hold for every kader, tried on generated cases."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from igm.constructs._base import is_mapping
from igm.decision.afweging import Afweging
from igm.decision.casus import Casus
from igm.decision.conditions import FactKind
from igm.decision.facts import FactValue
from igm.decision.kader import Afwegingskader
from igm.decision.reference import reference_outcome
from igm.decision.truth import Beleid
from igm.errors import InputError, Problems, suggestion
from igm.testing._cases import cases, check_kader_given, countable_cases, filled_in
from igm.testing._run import check_examples, hold, need_hypothesis, run, telling
from igm.testing._values import PEILDATUM, telling_values

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

_MOST_WAYS: Final = 24
_FRAME: Final = re.compile(r"[│├└─\s]+")


def check_kader(
    kader: Afwegingskader[Any], *, examples: int = 200, belemmeringen: Iterable[str] = ()
) -> None:
    """Check a kader on generated cases.

    The advice is what the plain reference says, under both policies, wherever all that is unknown can be tried; a sure
    advice holds however the unknown facts are filled in; the same case gives the same advice, also from a pickled copy
    of the kader; case and advice come back from JSON as they were; and what is shown tells no sensitive value. Its
    guards hold, without the proof that was given when it was built: facts that may play no role play none, and a fact
    that may never count against someone gives no lower advice than the same kader without what reads it.

    Args:
        kader: Any kader.
        examples: How many cases; the same ones in every run.
        belemmeringen: Yes/no facts that hinder: where all is known, no instead of yes may never lower the advice.

    Raises:
        AssertionError: With the smallest case found that fails.
        InputError: ``invalid-value`` for what is no kader, or no number of examples; ``unknown-fact`` for a hindrance
            that is no yes/no fact of it.
        MissingDependencyError: ``missing-dependency`` when Hypothesis is not installed.

    Example:
        >>> import igm
        >>> check_kader(igm.kader("leiden-2021"), examples=5, belemmeringen=["schulden", "taal"])
    """
    need_hypothesis()
    check_kader_given(kader)
    check_examples(examples)
    hindering = _hindering(kader, belemmeringen)
    without = {name: list(_without(kader, name)) for name in kader.nooit_tegen}
    try:
        copy: Afwegingskader[Any] = pickle.loads(pickle.dumps(kader))  # noqa: S301 (made here)
    except pickle.PicklingError as error:
        raise AssertionError(f"kader {kader.id!r} cannot be pickled: {error}") from None
    if copy != kader:
        raise AssertionError(f"kader {kader.id!r} comes back from pickle as another one")

    def on_reference(casus: Casus) -> None:
        with telling("weighing", casus.to_dict()):
            _agrees_with_reference(kader, casus)

    def on_rest(drawn: tuple[Casus, Casus, int]) -> None:
        casus, filled, turn = drawn
        with telling("weighing", casus.to_dict()):
            _same_again(kader, copy, casus)
            _sure_when_filled_in(kader, casus, filled)
            _shows_nothing_sensitive(kader, casus, turn)
            _plays_no_role(kader, casus, turn)
            for name, others in without.items():
                _counts_not_against(kader, others, name, filled)
            for name in hindering:
                _hinders_only(kader, name, filled)

    run(countable_cases(kader, _MOST_WAYS), on_reference, examples)
    run(_with_filled_in(kader), on_rest, examples)


def _with_filled_in(kader: Afwegingskader[Any]) -> SearchStrategy[tuple[Casus, Casus, int]]:
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: DrawFn) -> tuple[Casus, Casus, int]:
        casus = draw(cases(kader))
        return casus, filled_in(draw, kader, casus), draw(st.integers(0, 9999))

    return drawn()


def _agrees_with_reference(kader: Afwegingskader[Any], casus: Casus) -> None:
    for beleid in Beleid:
        advice = kader.evaluate(casus, beleid=beleid).advies
        expected = reference_outcome(kader, casus, beleid=beleid)
        what = f"the advice is {advice.value}, by the definition {expected.value}, policy {beleid.value}"
        hold(advice is expected, what, casus.to_dict())


def _same_again(kader: Afwegingskader[Any], copy: Afwegingskader[Any], casus: Casus) -> None:
    case = casus.to_dict()
    hold(kader.casus(_stored(case)) == casus, "the case comes back from JSON as another one", case)
    advice = kader.evaluate(casus)
    hold(kader.evaluate(casus) == advice, "the same case gives another advice", case)
    hold(copy.evaluate(casus) == advice, "a pickled copy of the kader gives another advice", case)
    again = Afweging.from_dict(_stored(advice.to_dict()))
    hold(again == advice, "the advice comes back from JSON as another one", case)
    hold(str(again) == str(advice), "the advice that comes back from JSON reads differently", case)


def _stored(data: dict[str, Any]) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(json.dumps(data)))


def _sure_when_filled_in(kader: Afwegingskader[Any], casus: Casus, filled: Casus) -> None:
    sure = kader.evaluate(casus).advies
    if sure is kader.bij_onbekend:
        return
    then = kader.evaluate(filled).advies
    what = f"the advice {sure.value} is sure, but becomes {then.value} with {filled.to_dict()!r}"
    hold(then is sure, what, casus.to_dict())


def _shows_nothing_sensitive(kader: Afwegingskader[Any], casus: Casus, turn: int) -> None:
    advice = kader.evaluate(casus)
    texts = [_FRAME.sub(" ", text) for text in (str(advice), repr(advice), advice._repr_html_(), repr(casus))]
    for use in advice.feiten:
        told = _FRAME.sub(" ", use.text(masked=False))
        if use.gevoelig and use.value is not None and any(told in text for text in texts):
            hold(False, f"what is shown tells {told!r}", casus.to_dict())
    known = (kader.sensitive & casus.values.keys()) - casus.herkomst.keys() - set(casus.aangenomen)
    for name, value in _one_value(kader, casus, sorted(known), turn):
        other = casus.with_facts({name: value}, kader)
        same = kader.evaluate(other)
        what = f"what is shown tells the value of {name!r}: with {value!r} it reads differently"
        hold(repr(other) == repr(casus), what, casus.to_dict())
        if _blank(same.to_dict()) == _blank(advice.to_dict()):
            hold((str(same), repr(same)) == (str(advice), repr(advice)), what, casus.to_dict())


def _one_value(
    kader: Afwegingskader[Any], casus: Casus, names: Sequence[str], turn: int
) -> Iterator[tuple[str, FactValue]]:
    """One of these facts with one of its values; which one, the turn says."""
    if names:
        name = names[turn % len(names)]
        values = telling_values(kader, kader.feiten[name], casus.peildatum or PEILDATUM)
        yield name, values[turn // len(names) % len(values)]


def _blank(data: object) -> object:
    """The same with sensitive values left out."""
    if isinstance(data, list):
        return [_blank(item) for item in cast("list[object]", data)]
    if not is_mapping(data):
        return data
    hidden = {"value", "shown"} if data.get("gevoelig") else set[str]()
    return {key: _blank(item) for key, item in data.items() if key not in hidden}


def _plays_no_role(kader: Afwegingskader[Any], casus: Casus, turn: int) -> None:
    advice = kader.evaluate(casus).advies
    for name, value in _one_value(kader, casus, kader.geen_rol, turn):
        other = kader.evaluate(casus.with_facts({name: value}, kader)).advies
        what = (
            f"{name!r} may play no role, but with {value!r} the advice is {other.value}, not {advice.value}"
        )
        hold(other is advice, what, casus.to_dict())


def _hindering(kader: Afwegingskader[Any], names: Iterable[str]) -> list[str]:
    problems = Problems()
    hindering = [names] if isinstance(names, str) else list(names)
    yes_no = [name for name, fact in kader.feiten.items() if fact.kind is FactKind.JA_NEE]
    for name in hindering:
        if name not in yes_no:
            what = f"kader {kader.id!r} has no yes/no fact {name!r}"
            problems.add("unknown-fact", what, suggestion(name, yes_no), where="$.belemmeringen")
    problems.raise_any(InputError)
    return hindering


def _without(kader: Afwegingskader[Any], name: str) -> Iterator[Afwegingskader[Any]]:
    """The same kader without the rules and rows that read a fact, and without only the exceptions that do."""
    rows = [row for row in kader.beslis if name not in row.als.facts]
    silent = [rule for rule in kader.regels if name not in rule.facts]
    bare = [
        attrs.evolve(rule, tenzij=tuple(entry for entry in rule.tenzij if name not in entry.als.facts))
        for rule in kader.regels
        if name not in rule.als.facts
    ]
    for rules in (silent, bare) if rows else ():  # without any row every case is open
        yield attrs.evolve(kader, regels=rules, beslis=rows, geen_rol=(), nooit_tegen=(), vertalingen={})


def _counts_not_against(
    kader: Afwegingskader[Any], others: Sequence[Afwegingskader[Any]], name: str, known: Casus
) -> None:
    case, ladder = known.to_dict(), list(kader.volgorde)
    advice = kader.evaluate(known).advies
    for other in others:
        least = other.evaluate(other.casus(case)).advies
        lower = least in ladder and (advice not in ladder or ladder.index(advice) < ladder.index(least))
        what = f"{name!r} may never count against someone, but the advice is {advice.value}; without it {least.value}"
        hold(not lower, what, case)


def _hinders_only(kader: Afwegingskader[Any], name: str, known: Casus) -> None:
    """Where a hindrance is yes, no would not give a lower suggestion; own answers are left out."""
    if known.values.get(name) is not True:
        return
    hanging = [other for other in kader.dependents if kader.feiten[other].geldt_als == name]
    case = {key: value for key, value in known.to_dict().items() if key not in {"antwoorden", *hanging}}
    hanging_too = {key: value for key, value in known.to_dict().items() if key in hanging}
    ladder = list(kader.volgorde)
    with_it = kader.evaluate(kader.casus({**case, **hanging_too})).advies
    given = known.to_dict()[name]
    absent = {**given, "waarde": False} if is_mapping(given) else False
    without = kader.evaluate(kader.casus({**case, name: absent})).advies
    lower = with_it in ladder and without in ladder and ladder.index(without) < ladder.index(with_it)
    what = f"without the hindrance {name!r} the advice is {without.value}, lower than {with_it.value} with it"
    hold(not lower, what, known.to_dict())
