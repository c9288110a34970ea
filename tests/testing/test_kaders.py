"""``check_kader`` passes what is sound, and finds what is not."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.decision.strategies import Route, kaders, small, yes_no

from igm.decision import Afweging, Afwegingskader, Casus, Fact, Question, Uitkomst, antwoord, feit, regel
from igm.decision.reference import reference_outcome
from igm.errors import InputError
from igm.testing import _kaders, check_kader

A, S = feit.ja_nee("a"), feit.ja_nee("s")


@pytest.fixture
def kader() -> Afwegingskader[Uitkomst]:
    hidden = [
        Fact.ja_nee("s", label="klacht", gevoelig=True),
        Fact.ja_nee("g", label="geen rol", gevoelig=True),
    ]
    return small([*yes_no("a"), *hidden], [(A & S, "laag")], geen_rol=["g"])


@settings(max_examples=12, suppress_health_check=[HealthCheck.nested_given])
@given(st.data())
def test_any_kader_passes(data: st.DataObject) -> None:
    check_kader(data.draw(kaders(asks_functions=False)), examples=10)


def test_a_sound_kader_passes(kader: Afwegingskader[Uitkomst]) -> None:
    check_kader(kader)


def test_another_advice_than_the_reference_is_told_with_the_case(
    kader: Afwegingskader[Uitkomst], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reference_outcome

    def other(kader: Any, casus: Casus, /, **more: Any) -> Any:
        return Route("midden") if casus.values.get("a") else real(kader, casus, **more)

    monkeypatch.setattr(_kaders, "reference_outcome", other)
    with pytest.raises(AssertionError, match=r"by the definition midden, policy exact\ncase: \{.*'a': True"):
        check_kader(kader, examples=50)


@pytest.mark.parametrize(
    ("where", "name", "broken", "what"),
    [
        (Casus, "__repr__", lambda casus: f"Casus({dict(casus.values)})", "tells the value of"),
        (Afweging, "__str__", lambda advice: advice.tree(gevoelig=True).text(), "tells 'klacht"),
        (Afweging, "_repr_html_", lambda advice: advice.tree(gevoelig=True).text(), "tells 'klacht"),
        (
            Afweging,
            "__repr__",
            lambda advice: str([use.value for use in advice.feiten]),
            "tells the value of",
        ),
    ],
)
def test_what_shows_a_sensitive_value_is_found(
    kader: Afwegingskader[Uitkomst],
    monkeypatch: pytest.MonkeyPatch,
    where: type,
    name: str,
    broken: Any,
    what: str,
) -> None:
    monkeypatch.setattr(where, name, broken)
    with pytest.raises(AssertionError, match=f"{what}.*(\n|.)*case: "):
        check_kader(kader)


def test_an_advice_that_hangs_on_chance_is_found(
    kader: Afwegingskader[Uitkomst], monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = itertools.count()
    real = Afwegingskader.evaluate

    def fickle(self: Any, casus: Casus, /, **more: Any) -> Any:
        if next(turns) % 7 == 6:
            casus = self.casus(a=True, s=True)
        return real(self, casus, **more)

    monkeypatch.setattr(Afwegingskader, "evaluate", fickle)
    with pytest.raises(AssertionError):
        check_kader(kader)


def test_a_stored_advice_that_reads_as_another_is_found(
    kader: Afwegingskader[Uitkomst], monkeypatch: pytest.MonkeyPatch
) -> None:
    fixed = kader.evaluate(kader.casus(a=True))
    monkeypatch.setattr(Afweging, "from_dict", lambda _: fixed)
    with pytest.raises(AssertionError, match="comes back from JSON as another one"):
        check_kader(kader)


def test_a_fact_that_does_play_a_role_is_found(
    kader: Afwegingskader[Uitkomst], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Afwegingskader.evaluate

    def biased(self: Any, casus: Casus, /, **more: Any) -> Any:
        turned = casus.values.get("g") is True and casus.values.get("a") is False
        return real(self, self.casus(a=True, s=True) if turned else casus, **more)

    monkeypatch.setattr(Afwegingskader, "evaluate", biased)
    monkeypatch.setattr(_kaders, "_agrees_with_reference", lambda *_: None)
    monkeypatch.setattr(_kaders, "_same_again", lambda *_: None)
    monkeypatch.setattr(_kaders, "_sure_when_filled_in", lambda *_: None)
    with pytest.raises(AssertionError, match="'g' may play no role, but with"):
        check_kader(kader)


def young() -> Afwegingskader[Uitkomst]:
    """A kader in which being young pleads for someone, and one that does, is proven to."""
    question = Question(name="v", tekst="Past het?", default="nee", gunstig="ja")
    rules = [
        regel(name, vraag="v", als=als, pleit_voor="ja", omdat="o", bron="b")
        for name, als in (("jong", A), ("s", S))
    ]
    rows = [(antwoord("v").is_("nee"), "laag"), (antwoord("v").is_("twijfel"), "midden")]
    return small(yes_no("a", "s"), rows, [question], rules, nooit_tegen=["a"])


def test_a_fact_that_pleads_for_someone_passes() -> None:
    check_kader(young(), examples=60)


def test_a_fact_that_does_count_against_someone_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Afwegingskader.evaluate

    def biased(self: Any, casus: Casus, /, **more: Any) -> Any:
        turned = self.nooit_tegen and casus.values.get("a") is True and casus.values.get("s") is True
        return real(self, self.casus(a=False, s=False) if turned else casus, **more)

    monkeypatch.setattr(Afwegingskader, "evaluate", biased)
    for other in ("_agrees_with_reference", "_same_again", "_sure_when_filled_in"):
        monkeypatch.setattr(_kaders, other, lambda *_: None)
    with pytest.raises(
        AssertionError, match="'a' may never count against someone, but the advice is laag; without it hoog"
    ):
        check_kader(young())


def test_a_hindrance_that_helps_is_found() -> None:
    kader = small(yes_no("a", "s"), [(A & ~S, "laag"), (A & S, "midden"), (S, "laag")])
    check_kader(kader, examples=60, belemmeringen=[])
    with pytest.raises(
        AssertionError, match="without the hindrance 's' the advice is laag, lower than midden"
    ):
        check_kader(kader, belemmeringen=["s"])


def test_a_hindrance_is_weighed_without_what_hangs_on_it() -> None:
    trend = Fact.keuze("t", label="t", opties=("beter", "slechter"), geldt_als="a")
    t = feit.keuze("t")
    kader = small([*yes_no("a"), trend], [(t.is_("slechter"), "laag"), (A, "midden")])
    check_kader(kader, examples=60, belemmeringen=["a"])


def test_a_hindrance_that_expires_is_weighed() -> None:
    old = Fact.ja_nee("s", label="s", houdbaar_dagen=30)
    check_kader(small([*yes_no("a"), old], [(feit.ja_nee("s"), "laag")]), examples=60, belemmeringen=["s"])
    helps = small([*yes_no("a"), old], [(A & ~feit.ja_nee("s"), "laag"), (A, "midden")])
    with pytest.raises(AssertionError, match="without the hindrance 's' the advice is laag"):
        check_kader(helps, belemmeringen=["s"])


@pytest.mark.parametrize("wrong", [["b"], "t", ["a", "b"]])
def test_a_hindrance_is_a_yes_no_fact_of_the_kader(wrong: Any) -> None:
    trend = Fact.keuze("t", label="t", opties=("beter", "slechter"))
    kader = small([*yes_no("a"), trend], [(A, "laag")])
    with pytest.raises(InputError, match=r"has no yes/no fact .*unknown-fact"):
        check_kader(kader, belemmeringen=wrong)


def test_a_sure_advice_that_does_not_hold_is_found(
    kader: Afwegingskader[Uitkomst], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Afwegingskader.evaluate

    def hasty(self: Any, casus: Casus, /, **more: Any) -> Any:
        return real(self, self.casus(a=False) if "a" not in casus.values else casus, **more)

    monkeypatch.setattr(Afwegingskader, "evaluate", hasty)
    monkeypatch.setattr(_kaders, "_agrees_with_reference", lambda *_: None)
    with pytest.raises(AssertionError, match="is sure, but becomes laag"):
        check_kader(kader)


@pytest.mark.parametrize("examples", [0, -1, True, 2.0, "9"])
def test_a_number_of_examples_is_a_number(kader: Afwegingskader[Uitkomst], examples: Any) -> None:
    with pytest.raises(InputError, match=r"\$\.examples"):
        check_kader(kader, examples=examples)


def test_only_a_kader_is_checked() -> None:
    wrong: Any = "leiden-2021"
    with pytest.raises(InputError, match="not a kader"):
        check_kader(wrong)
