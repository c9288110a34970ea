"""``check_scorer`` and ``check_composite``: the same to the last bit for one person and for many, and on the scale."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import attrs
import numpy as np

from igm.constructs.gedrag import Gedrag
from igm.constructs.model import Construct
from igm.constructs.profiel import Profiel
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Item, Role, Vragenlijst
from igm.constructs.waarde import Missing
from igm.errors import InputError, shown
from igm.scoring.protocols import Composite, FloatArray, ItemCheck, ItemScorer
from igm.scoring.score import score
from igm.testing._run import check_examples, hold, need_hypothesis, run, telling

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

Person: TypeAlias = Mapping[str, int | Missing]

_GEDRAG: Final = Gedrag(action="oefenen", target="gesprekken", context="thuis", time="deze week", doel="werk")
_CONSTRUCTS: Final = (
    Construct.HOUDING,
    Construct.SOCIALE_DRUK,
    Construct.EIGEN_EFFECTIVITEIT,
    Construct.KENNIS,
    Construct.BELASTBAARHEID,
    Construct.CONTEXT,
    Construct.ZELFREGULERING,
    Construct.INTENTIE,
)


@attrs.frozen
class _Answered:
    """People who filled in a questionnaire."""

    lijst: Vragenlijst
    people: tuple[Person, ...]
    min_valid: Literal["half", "all"] | int

    def __repr__(self) -> str:
        items = [
            (item.id, item.construct.value, *(["reversed"] * item.reversed)) for item in self.lijst.items
        ]
        people = [{name: _short(answer) for name, answer in person.items()} for person in self.people]
        return f"scale {self.lijst.schaal}, items {items}, answers {people}, min_valid={self.min_valid!r}"


def _short(answer: int | Missing) -> int | str:
    return answer.value if isinstance(answer, Missing) else answer


def check_scorer(scorer: ItemScorer, *, lijst: Vragenlijst | None = None, examples: int = 200) -> None:
    """Check an item scorer on generated questionnaires and answers.

    ``one`` and ``many`` give the same to the last bit, in whatever order the array lies in memory, and the same again
    when asked twice; they leave what they are given as it was; every score lies on the scale; only what has missing
    answers may be without one. It is never called for someone who answered no item of a construct.

    Args:
        scorer: What fulfils ``igm.scoring.ItemScorer``.
        lijst: The questionnaire that it is made for; without it questionnaires are generated too.
        examples: How many questionnaires with answers.

    Raises:
        AssertionError: With the smallest case found that fails.
        InputError: ``invalid-value`` for what is no scorer, or no number of examples.
        MissingDependencyError: ``missing-dependency`` when Hypothesis is not installed.

    Example:
        >>> from igm.scoring import scorers
        >>> check_scorer(scorers.mean(), examples=20)
        >>> class Total:
        ...     name = "total"
        ...     def one(self, answers, items, schaal, /):
        ...         return float(sum(answer for answer in answers if answer is not None))
        ...     def many(self, answers, items, schaal, /):
        ...         return np.nansum(answers, axis=1)
        >>> check_scorer(Total(), examples=20)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        AssertionError: scoring raises InputError: scorer 'total' gives no score on the scale ... [plugin-invalid]
        case: scale ...
    """
    need_hypothesis()
    check_examples(examples)
    given: object = scorer
    if isinstance(given, type) or not isinstance(given, ItemScorer):
        do = "Give what has a name, one(...) and many(...); call what makes it first."
        if isinstance(given, Composite):
            do = "It is a composite: give it to check_composite."
        raise InputError.of("invalid-value", "not a scorer", do, where="$.scorer", given=shown(given))

    def on_one(case: _Answered) -> None:
        if lijst is None and isinstance(given, ItemCheck):
            with telling(
                "the check of the scorer (give lijst=, when it is made for one questionnaire)", case
            ):
                given.check(case.lijst.items)
        with telling("scoring", case):
            _scores_agree(case, scorer=scorer)
            for construct in case.lijst.constructs:
                _methods_agree(scorer, case, construct)

    run(_answered(lijst), on_one, examples)


def check_composite(composite: Composite, *, examples: int = 200) -> None:
    """Check a composite on generated profiles.

    It gives composite values by name, the same for one person and for many and the same when asked twice; it uses only
    determinants that are known and names as gaps only ones that are not; a value was made from something; and the
    profile comes back from JSON as it was.

    Args:
        composite: What fulfils ``igm.scoring.Composite``.
        examples: How many questionnaires with answers to make profiles from.

    Raises:
        AssertionError: With the smallest case found that fails.
        InputError: ``invalid-value`` for what is no composite, or no number of examples.
        MissingDependencyError: ``missing-dependency`` when Hypothesis is not installed.

    Example:
        >>> from igm.scoring import composites
        >>> check_composite(composites.minimum(), examples=20)
    """
    need_hypothesis()
    check_examples(examples)
    given: object = composite
    if isinstance(given, type) or not isinstance(given, Composite):
        do = "Give what has a name and combine(...); call what makes it first."
        if isinstance(given, ItemScorer):
            do = "It is a scorer: give it to check_scorer."
        raise InputError.of("invalid-value", "not a composite", do, where="$.composite", given=shown(given))

    def on_one(case: _Answered) -> None:
        with telling("combining", case):
            for profiel in _scores_agree(case, composite=composite):
                _reads_as_made(composite, profiel, case)

    run(_answered(None), on_one, examples)


def _scores_agree(case: _Answered, **parts: Any) -> list[Profiel]:
    """The profiles of the people, the same one by one, as a list and as an array."""
    rule: dict[str, Any] = {"min_valid": case.min_valid, **parts}
    alone = [score(person, case.lijst, **rule) for person in case.people]
    listed = score(list(case.people), case.lijst, **rule)
    together = [listed.profiel(row) for row in range(len(case.people))]
    hold(together == alone, "one person has other results than the same person in a list", case)
    names = [item.id for item in case.lijst.items]
    array = np.array([[_number(person[name]) for name in names] for person in case.people])
    by_array = score(array, case.lijst, items=names, **rule)
    hold(_same_bits(by_array.values, listed.values), "an array has other scores than a list", case)
    for row, profiel in enumerate(alone):
        own = np.array([profiel.scores.get(key.value, np.nan) for key in listed.constructs])
        hold(_same_bits(own, listed.values[row]), "one and many differ in the last bits", case)
    return alone


def _methods_agree(scorer: ItemScorer, case: _Answered, construct: Construct) -> None:
    schaal, items = case.lijst.schaal, case.lijst.items_for(construct)
    keyed = [[_keyed(person[item.id], item, schaal) for item in items] for person in case.people]
    rows = [row for row in keyed if any(answer is not None for answer in row)]
    if not rows:
        return
    given = [list(row) for row in rows]
    single = np.array([_number(scorer.one(row, items, schaal)) for row in rows])
    hold(given == rows, "one() changes the answers that it is given", case)
    for order in ("C", "F"):
        array: FloatArray = np.array([[_number(answer) for answer in row] for row in rows], order=order)
        before = array.copy()
        many = np.asarray(scorer.many(array, items, schaal), dtype=np.float64)
        hold(np.array_equal(array, before, equal_nan=True), "many() changes the array that it is given", case)
        what = f"one() gives {single.tolist()} and many() {many.tolist()} for {construct.value}"
        hold(_same_bits(single, many), what, case)
    again = np.array([_number(scorer.one(row, items, schaal)) for row in rows])
    hold(_same_bits(single, again), "one() gives something else when it is asked twice", case)


def _reads_as_made(composite: Composite, profiel: Profiel, case: _Answered) -> None:
    made = composite.combine(profiel)
    hold(
        dict(made) == dict(profiel.composites), "combine() gives something else when it is asked twice", case
    )
    stored = json.loads(json.dumps(profiel.to_dict()))
    hold(Profiel.from_dict(stored) == profiel, "the profile comes back from JSON as another one", case)
    for name, value in made.items():
        known = [key.value for key in value.used if isinstance(profiel[key], Missing)]
        hold(not known, f"{name!r} uses what is not known: {', '.join(known)}", case)
        gaps = [key.value for key in value.gaps if not isinstance(profiel[key], Missing)]
        hold(not gaps, f"{name!r} names as gaps what is known: {', '.join(gaps)}", case)
        hold(value.value is None or bool(value.used), f"{name!r} has a value that is made from nothing", case)


def _keyed(answer: int | Missing, item: Item, schaal: Schaal) -> int | None:
    if isinstance(answer, Missing):
        return None
    return schaal.minimum + schaal.maximum - answer if item.reversed else answer


def _number(answer: float | Missing | None) -> float:
    return np.nan if answer is None or isinstance(answer, Missing) else float(answer)


def _same_bits(one: FloatArray, other: FloatArray) -> bool:
    """Whether two arrays are the same to the last bit; NaN is NaN, whichever it is."""
    if one.shape != other.shape or not np.array_equal(np.isnan(one), np.isnan(other)):
        return False
    known = ~np.isnan(one)
    return one[known].tobytes() == other[known].tobytes()


def _answered(lijst: Vragenlijst | None) -> SearchStrategy[_Answered]:
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: DrawFn) -> _Answered:
        asked = draw(_questionnaire()) if lijst is None else lijst
        answer = st.integers(asked.schaal.minimum, asked.schaal.maximum) | st.sampled_from(Missing)
        person = st.fixed_dictionaries({item.id: answer for item in asked.items})
        people = draw(st.lists(person, min_size=1, max_size=4))
        return _Answered(asked, tuple(people), draw(st.sampled_from(["half", "all", 1])))

    return drawn()


def _questionnaire() -> SearchStrategy[Vragenlijst]:
    from hypothesis import strategies as st

    facets = st.sampled_from([None, "a", "b"])
    item = st.tuples(st.sampled_from(_CONSTRUCTS), st.booleans(), facets)
    scale = st.tuples(st.integers(-20, 20), st.integers(1, 10) | st.integers(200, 70_000))
    return st.builds(_lijst, scale, st.lists(item, min_size=1, max_size=9))


def _lijst(scale: tuple[int, int], items: Sequence[tuple[Construct, bool, str | None]]) -> Vragenlijst:
    low, width = scale
    return Vragenlijst(
        id="proef",
        version="1",
        titel={"nl": "Proef", "en": "Trial"},
        rol=Role.CLIENT,
        gedrag=_GEDRAG,
        schaal=Schaal(minimum=low, maximum=low + width),
        status="niet gevalideerd",
        licentie="Apache-2.0",
        bron="gemaakt om te proberen",
        items=tuple(
            Item(id=f"i{place}", construct=key, nl="zin", en="sentence", reversed=backwards, facet=facet)
            for place, (key, backwards, facet) in enumerate(items)
        ),
    )
