"""``cases``: generated cases of any kader."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from igm.constructs.waarde import Bron, Missing
from igm.decision.conditions import FactKind
from igm.decision.facts import Fact
from igm.decision.gegeven import ANSWERS
from igm.decision.kader import Afwegingskader
from igm.errors import InputError, shown
from igm.testing._run import need_hypothesis
from igm.testing._values import PEILDATUM, bounds_of_date, telling_values

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from igm.decision.casus import Casus

_FIRST_DAY: Final = date(1990, 1, 1)
_LAST_DAY: Final = date(2060, 12, 31)
_MOST_DAYS: Final = 20_000
_MOST_OPEN: Final = 8


def cases(kader: Afwegingskader[Any], *, unknown: bool = True, own: bool = True) -> SearchStrategy[Casus]:
    """A Hypothesis strategy of cases for a kader: every kind of fact, near the thresholds and anywhere else.

    Args:
        kader: Any kader.
        unknown: Whether facts may be unknown, with or without the reason. Without it every fact has a value, save
            what hangs on a fact that is absent.
        own: Whether some cases hold own answers of a professional.

    Returns:
        A strategy. A case has a ``peildatum`` where the kader reads dates; some facts come with a source.

    Raises:
        MissingDependencyError: ``missing-dependency`` when Hypothesis is not installed.

    Example:
        >>> import igm
        >>> from hypothesis import given, settings
        >>> kader = igm.kader("leiden-2021")
        >>> @settings(max_examples=20)
        ... @given(cases(kader, unknown=False))
        ... def test_every_case_has_an_advice(casus):
        ...     assert kader.evaluate(casus).advies in kader.uitkomsten
        >>> test_every_case_has_an_advice()
    """
    need_hypothesis()
    from hypothesis import strategies as st

    check_kader_given(kader)

    @st.composite
    def drawn(draw: DrawFn) -> Casus:
        return _draw_case(draw, kader, None if unknown else (), own=own)

    return drawn()


def countable_cases(kader: Afwegingskader[Any], most: int) -> SearchStrategy[Casus]:
    """Cases in which what is unknown can be filled in at most so many ways, so that all can be tried."""
    from hypothesis import strategies as st

    scanned = [name for name, fact in kader.feiten.items() if _is_short(kader, fact)]

    @st.composite
    def drawn(draw: DrawFn) -> Casus:
        names = draw(st.lists(st.sampled_from(scanned), unique=True, max_size=_MOST_OPEN)) if scanned else []
        chosen: list[str] = []
        left = most
        for name in names:
            counts = name in kader.facts_that_count
            ways = len(telling_values(kader, kader.feiten[name])) if counts else 1
            if ways <= left:
                chosen.append(name)
                left //= ways
        return _draw_case(draw, kader, chosen, own=True)

    return drawn()


def check_kader_given(kader: object) -> None:
    """Refuse what is no kader."""
    if not isinstance(kader, Afwegingskader):
        do = "Give the kader itself, such as igm.kader('leiden-2021')."
        raise InputError.of("invalid-value", "not a kader", do, where="$.kader", given=shown(kader))


def filled_in(draw: DrawFn, kader: Afwegingskader[Any], casus: Casus) -> Casus:
    """The same case with a value for every fact that is unknown and applies."""
    data = casus.to_dict()
    known: dict[str, Any] = dict(casus.values)
    for name in _bases_first(kader):
        fact = kader.feiten[name]
        if name not in known and known.get(fact.geldt_als or "") is not False:
            known[name] = data[name] = draw(value_of(kader, fact, casus.peildatum or PEILDATUM))
            if fact.houdbaar_dagen is not None:
                data[name] = draw(_dated(fact, known[name], cast("date", casus.peildatum), expired=False))
    return kader.casus(data)


def _draw_case(
    draw: DrawFn, kader: Afwegingskader[Any], open_facts: Collection[str] | None, *, own: bool
) -> Casus:
    """A case; every fact may be unknown when ``open_facts`` is ``None``, else exactly these are."""
    from hypothesis import strategies as st

    starts = [fact.minimum for fact in kader.feiten.values() if not fact.toekomst and fact.minimum]
    first = max([_FIRST_DAY, *cast("list[date]", starts)])
    days = st.dates(first, max(first, _LAST_DAY))
    peildatum = draw(days if kader.needs_peildatum else st.one_of(st.none(), days))
    data: dict[str, Any] = {"peildatum": peildatum, "ref": draw(st.sampled_from([None, "c-001"]))}
    present: dict[str, Any] = {}
    for name in _bases_first(kader):
        fact = kader.feiten[name]
        hung = open_facts is not None and present.get(fact.geldt_als or "") is False
        is_open = draw(st.booleans()) is False if open_facts is None else name in open_facts or hung
        value = draw(_absent() if is_open else value_of(kader, fact, peildatum or PEILDATUM))
        present[name] = value
        if fact.houdbaar_dagen is not None and not isinstance(value, (Missing, type(None))):
            value = draw(_dated(fact, value, cast("date", peildatum), expired=False))
        elif fact.houdbaar_dagen is not None and is_open and draw(st.booleans()):
            past = draw(value_of(kader, fact, cast("date", peildatum)))
            value = draw(_dated(fact, past, cast("date", peildatum), expired=True))
        elif draw(st.integers(0, 9)) == 9:
            value = draw(_with_source(None if isinstance(value, Missing) else value))
        data[name] = value
    if own and kader.vragen:
        questions = st.sampled_from([question.name for question in kader.vragen])
        answer = st.tuples(st.sampled_from(sorted(ANSWERS)), st.just("Eigen woorden over dit geval."))
        data["antwoorden"] = (
            draw(st.dictionaries(questions, answer, max_size=2)) if draw(st.booleans()) else {}
        )
    return kader.casus(data)


def _bases_first(kader: Afwegingskader[Any]) -> list[str]:
    return sorted(kader.feiten, key=lambda name: kader.feiten[name].geldt_als is not None)


def _absent() -> SearchStrategy[Missing | None]:
    from hypothesis import strategies as st

    return st.one_of(st.none(), st.sampled_from(Missing))


def _with_source(value: object) -> SearchStrategy[dict[str, Any]]:
    from hypothesis import strategies as st

    return st.fixed_dictionaries(
        {"waarde": st.just(value)},
        optional={
            "bron": st.sampled_from(Bron),
            "datum": st.dates(_FIRST_DAY, _LAST_DAY),
            "door": st.just("p-01"),
            "toelichting": st.just("Zo verteld."),
        },
    )


def _dated(fact: Fact, value: object, peildatum: date, *, expired: bool) -> SearchStrategy[dict[str, Any]]:
    """A value with a day on which it still counts, or on which it was established too long ago."""
    from hypothesis import strategies as st

    held = fact.houdbaar_dagen or 0
    ago = (
        st.integers(held + 1, held + 400)
        if expired
        else st.one_of(st.sampled_from([0, held]), st.integers(0, held))
    )
    return ago.map(lambda days: {"waarde": value, "datum": peildatum - timedelta(days=days)})


def value_of(kader: Afwegingskader[Any], fact: Fact, peildatum: date) -> SearchStrategy[Any]:
    """Any value that a fact can have; where it has many, often one beside a threshold."""
    from hypothesis import strategies as st

    near = st.sampled_from(telling_values(kader, fact, peildatum))
    if fact.kind is FactKind.GETAL:
        low, high = cast("float", fact.minimum), cast("float", fact.maximum)
        return st.one_of(near, st.integers(int(low), int(high)) if fact.geheel else st.floats(low, high))
    return (
        st.one_of(near, st.dates(*bounds_of_date(fact, peildatum))) if fact.kind is FactKind.DATUM else near
    )


def _is_short(kader: Afwegingskader[Any], fact: Fact) -> bool:
    """Whether all values can be walked through, one by one, in a moment."""
    if fact.kind is FactKind.GETAL and fact.geheel:
        return cast("float", fact.maximum) - cast("float", fact.minimum) <= _MOST_DAYS
    if fact.kind is FactKind.DATUM:
        days = cast("list[date]", telling_values(kader, fact))
        return (days[-1] - days[0]).days <= _MOST_DAYS
    return True
