"""Graded-response scores: expected a posteriori, with item parameters that come from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import attrs
import numpy as np

from igm.constructs._base import is_mapping, is_number, plain_number
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Item
from igm.disclosure.figures import check_schaal
from igm.errors import InputError, Problems, named, shown, suggestion
from igm.scoring._numbers import grid
from igm.scoring.protocols import FloatArray

FEWEST_CALIBRATED: Final = 200
"""Item parameters that rest on fewer people are refused."""

FEWEST_NODES: Final = 61
"""Fewer values of the trait give scores that depend on how many there are."""

NARROWEST: Final = 6
"""The trait is looked at from minus this to this at least: less pulls the outer scores inwards."""

_MOST_NODES: Final = 2001
_WIDEST: Final = 20
_STEEPEST: Final = 20.0
_TOLD: Final = 20


@attrs.frozen
class GradedItem:
    """The parameters of one item.

    Attributes:
        a: Discrimination, above zero: how steeply the answers rise with the trait.
        b: Thresholds, one fewer than there are answers, each above the one before.

    Example:
        >>> GradedItem(1.5, (-1.0, 0.0, 1.0, 2.0)).b[0]
        -1.0
    """

    a: float
    b: tuple[float, ...]


@attrs.frozen(eq=False)
class Posterior:
    """What answers tell about a trait.

    Attributes:
        eap: Its expected value per person, on the scale of the trait, where 0 is the mean of the people that the
            parameters rest on and 1 their standard deviation.
        sd: The standard deviation of what is left unknown, per person; without any answer it is about 1.

    Example:
        >>> Posterior(np.array([0.2]), np.array([0.6]))
        Posterior(n=1)
    """

    eap: FloatArray
    sd: FloatArray

    def __repr__(self) -> str:
        return f"Posterior(n={len(self.eap)})"


@attrs.frozen
class GradedResponse:
    """Scores by a graded-response model; `scorers.graded_response` makes it.

    Attributes:
        parameters: Per item id its parameters.
        source: Where they come from.
        n: How many people they rest on.
        lowest: The lowest value of the trait that counts.
        highest: The highest.
        nodes: At how many values the integral is taken.

    Example:
        >>> from igm.scoring import scorers
        >>> scorer = scorers.graded_response({"i1": (1.5, (-1, 0, 1, 2))}, source="proef", n=800)
        >>> scorer.name, str(scorer.scale([], Schaal(minimum=1, maximum=5)))
        ('graded_response', '-6–6')
    """

    parameters: tuple[tuple[str, GradedItem], ...]
    source: str
    n: int
    lowest: int
    highest: int
    nodes: int
    name: str = attrs.field(default="graded_response", init=False)

    def check(self, items: Sequence[Item], /) -> None:
        """Raises ``unknown-item`` and ``missing-field`` unless items and parameters are the same ones."""
        problems = Problems()
        known = [item.id for item in items]
        given = dict(self.parameters)
        for name in given:
            if name not in known:
                what, do = "parameters of an item that is not there", suggestion(name, known)
                problems.add("unknown-item", what, do, where=f"$.parameters.{name}")
        left = [name for name in known if name not in given]
        if left:
            what = f"{len(left)} items have no parameters"
            do = "Give them, or score other constructs otherwise: scorers.by_construct({...}, otherwise=...)."
            problems.add("missing-field", what, do, where="$.parameters", given=", ".join(left[:5]))
        problems.raise_any(InputError)

    def scale(self, items: Sequence[Item], schaal: Schaal, /) -> Schaal:
        """The values of the trait that count; an item with another number of thresholds than answers is refused."""
        problems = Problems()
        steps = schaal.maximum - schaal.minimum
        given = dict(self.parameters)
        for item in items:
            found = len(given[item.id].b) if item.id in given else steps
            if found != steps:
                what = f"{steps + 1} answers have {steps} thresholds"
                do = "Give one threshold between each two answers."
                where = f"$.parameters.{item.id}.b"
                problems.add("shape-mismatch", what, do, where=where, given=f"{found}")
        problems.raise_any(InputError)
        return Schaal(minimum=self.lowest, maximum=self.highest)

    def one(self, answers: Sequence[int | None], items: Sequence[Item], schaal: Schaal, /) -> float | None:
        """The expected value of the trait of one person."""
        row = [[np.nan if answer is None else float(answer) for answer in answers]]
        score = float(self.many(np.array(row, dtype=np.float64), items, schaal)[0])
        return None if score != score else score

    def many(self, answers: FloatArray, items: Sequence[Item], schaal: Schaal, /) -> FloatArray:
        """The expected values of the trait of many people, NaN for who answered nothing."""
        return self._posterior(answers, items, schaal).eap

    def posterior(self, answers: FloatArray, items: Sequence[Item], schaal: Schaal, /) -> Posterior:
        """What answers tell: the expected value of the trait, and the standard deviation of what is left unknown.

        Args:
            answers: A row per person and a column per item, keyed: those to reversed items are reversed already. NaN
                where an answer is missing.
            items: The items of the columns.
            schaal: The scale of the answers.

        Returns:
            A number per person, NaN for who answered nothing.

        Raises:
            InputError: ``missing-field`` and ``unknown-item`` when items and parameters differ, ``shape-mismatch``
                when columns or thresholds do, ``value-out-of-range`` for what is no answer on the scale,
                ``not-a-number``, ``invalid-value``.

        Example:
            >>> from igm.constructs.vragenlijst import vragenlijst
            >>> from igm.scoring import scorers
            >>> lijst = vragenlijst("client-participatie")
            >>> items = lijst.items_for("kennis")[:2]
            >>> parameters = {item.id: (1.5, (-2, -1, 0, 1)) for item in items}
            >>> scorer = scorers.graded_response(parameters, source="voorbeeld", n=800)
            >>> found = scorer.posterior(np.array([[5.0, 5.0], [5.0, np.nan]]), items, lijst.schaal)
            >>> found.eap.round(3).tolist(), found.sd.round(3).tolist()
            ([1.265, 0.825], [0.73, 0.838])
        """
        values = _checked_answers(answers, items, schaal)
        self.scale(items, schaal)
        return self._posterior(values, items, schaal)

    def _posterior(self, answers: FloatArray, items: Sequence[Item], schaal: Schaal) -> Posterior:
        theta = np.linspace(self.lowest, self.highest, self.nodes)
        weight = np.exp(-theta * theta / 2)
        weight[[0, -1]] /= 2  # the trapezium rule
        given = dict(self.parameters)
        if any(item.id not in given for item in items):
            self.check(items)
        # a row per node. Only sums, products and largest values of numbers, one by one: these have the same bits for
        # one person and for many, which exp and a sum over an axis need not have
        mass = np.repeat(weight[:, None], len(answers), axis=1)
        for column, item in enumerate(items):
            own = np.array(answers[:, column], dtype=np.float64)
            there = ~np.isnan(own)
            chances = _chances(given[item.id], theta)
            place = np.where(there, own - schaal.minimum, 0).astype(np.intp)
            mass *= np.where(there, chances[:, place], 1.0)
            mass /= mass.max(axis=0)
        total, first = np.zeros(len(answers)), np.zeros(len(answers))
        for node, own in zip(theta.tolist(), mass, strict=True):
            total += own
            first += node * own
        eap = first / total
        second = np.zeros(len(answers))
        for node, own in zip(theta.tolist(), mass, strict=True):
            second += (node - eap) * (node - eap) * own
        unanswered = np.isnan(answers).all(axis=1)
        eap[unanswered] = np.nan
        sd = np.sqrt(second / total)
        sd[unanswered] = np.nan
        return Posterior(eap, sd)


def _checked_answers(answers: object, items: object, schaal: Any) -> FloatArray:
    """Keyed answers as floats; refused unless they are answers to these items, on this scale."""
    problems = Problems()
    check_schaal(schaal, problems)
    listed = _list(items)
    if not listed or not all(isinstance(item, Item) for item in listed):
        do = "Give those of a questionnaire, such as lijst.items_for('kennis')."
        problems.add("invalid-value", "no list of items", do, where="$.items", given=shown(items))
    problems.raise_any(InputError)
    values = grid(answers, "$.answers").values
    if values.shape[1] != len(listed):
        do, given = f"Give {len(listed)} columns, one per item.", f"{values.shape[1]} columns"
        raise InputError.of("shape-mismatch", "other columns than items", do, where="$.answers", given=given)
    wrong = (values < schaal.minimum) | (values > schaal.maximum) | (np.floor(values) < values)
    for row, column in np.argwhere(wrong)[:_TOLD].tolist():
        do, where = f"Give a whole number on {schaal}, or NaN.", f"$.answers[{row}][{column}]"
        given = shown(float(values[row, column]))
        problems.add("value-out-of-range", "no answer on the scale", do, where=where, given=given)
    problems.raise_any(InputError)
    return values


def _chances(item: GradedItem, theta: FloatArray) -> FloatArray:
    """Per node the chance of each answer: P(at least c) minus P(at least c + 1).

    P(at least c) = 1 / (1 + exp(-a (theta - b_c))); a difference of two that both lie near 1 keeps its digits when it
    is taken of what they lack to 1, so the side is chosen by the sign.
    """
    steps = item.a * (theta[:, None] - np.array(item.b))
    with np.errstate(over="ignore"):
        above = 1 / (1 + np.exp(-steps))
        below = 1 / (1 + np.exp(steps))
    ones, zeros = np.ones((len(theta), 1)), np.zeros((len(theta), 1))
    reached, lacking = np.hstack([ones, above, zeros]), np.hstack([zeros, below, ones])
    from_above = reached[:, :-1] - reached[:, 1:]
    from_below = lacking[:, 1:] - lacking[:, :-1]
    chances: FloatArray = np.where(lacking[:, 1:] < 0.5, from_below, from_above)
    return chances


def as_parameters(given: object) -> tuple[tuple[str, GradedItem], ...]:
    """Item parameters, checked.

    Raises:
        InputError: ``invalid-value``, ``missing-field``, ``not-a-number`` and ``value-out-of-range``, all at once.
    """
    if not is_mapping(given) or not given:
        do = "Give {item id: (a, [b1, b2, ...])}."
        raise InputError.of(
            "invalid-value", "no item parameters", do, where="$.parameters", given=shown(given)
        )
    problems = Problems()
    found: dict[str, GradedItem] = {}
    for name, pair in given.items():
        where = f"$.parameters.{named(name)}"
        parts = _parts(pair)
        if not isinstance(name, str) or parts is None:
            do = "Give a discrimination and a list of thresholds: (1.5, [-1, 0, 1, 2])."
            problems.add("invalid-value", "no parameters of an item", do, where=where, given=shown(pair))
            continue
        a, b = parts
        if not 0 < a <= _STEEPEST:
            do = f"Give a number above 0, at most {_STEEPEST:g}; a negative one is of an item that is not keyed."
            problems.add("value-out-of-range", "a discrimination", do, where=f"{where}.a", given=shown(a))
        if not b or any(one >= other for one, other in pairwise(b)):
            do = "Give each threshold above the one before."
            what = "thresholds that do not rise"
            problems.add("value-out-of-range", what, do, where=f"{where}.b", given=str(b)[:80])
        elif max(map(abs, b)) > _WIDEST:
            do = f"Give thresholds from -{_WIDEST} to {_WIDEST}."
            problems.add("value-out-of-range", "a threshold", do, where=f"{where}.b", given=str(b)[:80])
        found[name] = GradedItem(float(a), tuple(float(one) for one in b))
    problems.raise_any(InputError)
    return tuple(found.items())


def _parts(pair: object) -> tuple[float, list[float]] | None:
    listed: list[Any] = [pair.a, pair.b] if isinstance(pair, GradedItem) else _list(pair)
    if len(listed) != 2 or isinstance(listed[1], (str, Mapping)) or not _is_row(listed[1]):
        return None
    a: object = plain_number(listed[0])
    b: list[Any] = [plain_number(one) for one in listed[1]]
    return (a, b) if is_number(a) and all(is_number(one) for one in b) else None


def _is_row(given: object) -> bool:
    return hasattr(given, "__iter__") and getattr(given, "ndim", 1) == 1


def _list(given: object) -> list[Any]:
    return list(given) if isinstance(given, (tuple, list)) else []  # pyright: ignore[reportUnknownArgumentType]


def check_calibration(n: object) -> int:
    """How many people parameters rest on.

    Raises:
        InputError: ``not-a-number``, or ``value-out-of-range`` when they are too few.
    """
    number: object = plain_number(n)
    if isinstance(number, bool) or not isinstance(number, int):
        do = "Say on how many people the parameters rest."
        raise InputError.of("not-a-number", "a number of people", do, where="$.n", given=shown(number))
    if number < FEWEST_CALIBRATED:
        what = (
            f"a graded-response model that rests on fewer than {FEWEST_CALIBRATED} people: its thresholds hang on a "
            "few answers in the outer categories"
        )
        do = "Use the mean or the sum, which need no parameters, or parameters from a larger study."
        raise InputError.of("value-out-of-range", what, do, where="$.n", given=shown(number))
    return number


def check_nodes(lowest: object, highest: object, nodes: object) -> tuple[int, int, int]:
    """Where the integral is taken, in plain numbers.

    Raises:
        InputError: ``not-a-number`` or ``value-out-of-range``, for all at once.
    """
    problems = Problems()
    asked: dict[str, tuple[Any, int, int]] = {
        "lowest": (plain_number(lowest), -_WIDEST, -NARROWEST),
        "highest": (plain_number(highest), NARROWEST, _WIDEST),
        "nodes": (plain_number(nodes), FEWEST_NODES, _MOST_NODES),
    }
    for name, (given, least, most) in asked.items():
        do = f"Give a whole number from {least} to {most}."
        if isinstance(given, bool) or not isinstance(given, int):
            problems.add("not-a-number", f"{name} is whole", do, where=f"$.{name}", given=shown(given))
        elif not least <= given <= most:
            what = f"{name} outside what gives scores that can be trusted"
            problems.add("value-out-of-range", what, do, where=f"$.{name}", given=shown(given))
    problems.raise_any(InputError)
    low, high, number = (given for given, _, _ in asked.values())
    return low, high, number
