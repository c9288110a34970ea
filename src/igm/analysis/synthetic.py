"""Invented answers that have a published mean, standard deviation and number of people; labelled as such."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.constructs._base import plain_number, shown
from igm.constructs.model import found_construct
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Vragenlijst
from igm.disclosure.figures import Figures
from igm.errors import InputError, Problems

LABEL: Final = "synthetic: invented answers that reproduce published figures; about no real person"
"""What stands with every set of invented answers."""


@attrs.frozen(repr=False, eq=False)
class SyntheticAnswers:
    """Invented answers, one row a person and one column an item.

    Attributes:
        answers: People × items, whole answers on the scale, turned already: a high one is a high score also for an
            item that a questionnaire reverses (see `columns`). It cannot be written to.
        mean: The published mean that they have.
        sd: The published standard deviation that they have.
        schaal: The scale of an answer.
        decimals: To how many decimals the figures were rounded.
        label: That they are invented.

    Example:
        >>> import igm
        >>> synthetic_answers(3.6, 0.55, 5, igm.LIKERT5, rng=1)
        SyntheticAnswers(people=5, items=1, mean=3.6, sd=0.55)
    """

    answers: NDArray[np.int64]
    mean: float
    sd: float
    schaal: Schaal
    decimals: int = 2
    label: str = LABEL

    @property
    def scores(self) -> NDArray[np.float64]:
        """The score of each person, the mean of the items."""
        found: NDArray[np.float64] = self.answers.mean(axis=1)
        return found

    def columns(self, name: str, lijst: Vragenlijst | None = None) -> dict[str, list[Any]]:
        """Columns for a frame of any library: references, the answers per item, and that they are invented.

        `answers` point one way: a high one is a high score. Who fills in a questionnaire answers a reversed item the
        other way round, so with ``lijst`` such an item has minimum + maximum − answer, and `igm.score` of the
        columns gives the figures that were asked for.

        Args:
            name: The construct; or, without a questionnaire, what items are called: ``rust`` gives ``rust_1``,
                ``rust_2`` and so on.
            lijst: The questionnaire that the answers are of. It names the items and says which are reversed.

        Returns:
            ``ref``, a column per item, and ``synthetisch``, true for everybody.

        Raises:
            InputError: ``missing-field`` for the name of a construct without a questionnaire, ``shape-mismatch`` when
                it asks the construct in another number of items, ``mixed-scales`` when it has another scale,
                ``unknown-construct``, ``invalid-value`` for a name that is no text or a questionnaire that is none.

        Example:
            >>> import igm
            >>> made = synthetic_answers(3.9, 0.9, 25, igm.LIKERT5, items=4, rng=1)
            >>> lijst = igm.vragenlijst("client-participatie")
            >>> people = made.columns("houding", lijst)
            >>> list(people)
            ['ref', 'houding_1', 'houding_2', 'houding_3', 'houding_4', 'synthetisch']
            >>> answers = [{f"houding_{k}": people[f"houding_{k}"][place] for k in range(1, 5)} for place in range(25)]
            >>> float(igm.score(answers, lijst)["houding"].mean().round(2))
            3.9
        """
        people = self.answers.shape[0]
        named = self._raw(name, lijst) if lijst is not None else self._turned(name)
        made: dict[str, list[Any]] = {"ref": [f"synthetisch-{one + 1:03d}" for one in range(people)]}
        return made | named | {"synthetisch": [True] * people}

    def _turned(self, name: object) -> dict[str, list[Any]]:
        """The answers as they are, under names that no questionnaire of this library has."""
        if not isinstance(name, str) or not name:
            do = "Give a construct, or what items are called."
            raise InputError.of("invalid-value", "no name", do, where="$.name", given=shown(name))
        if found_construct(name) is not None:
            do = "Give lijst=, or another name: in a questionnaire some items are reversed, and these answers are not."
            raise InputError.of("missing-field", "no questionnaire", do, where="$.lijst")
        return {f"{name}_{one + 1}": self.answers[:, one].tolist() for one in range(self.answers.shape[1])}

    def _raw(self, name: str, lijst: Vragenlijst) -> dict[str, list[Any]]:
        """The answers as people would have given them, under the names of the items."""
        given: object = lijst
        if not isinstance(given, Vragenlijst):
            do = "Give a questionnaire, such as igm.vragenlijst('client-participatie')."
            raise InputError.of("invalid-value", "no questionnaire", do, where="$.lijst", given=shown(given))
        items, many = lijst.items_for(name), self.answers.shape[1]
        low, high = self.schaal.minimum, self.schaal.maximum
        problems = Problems()
        if len(items) != many:
            what = f"{lijst.id} asks it in {len(items)} items"
            do = (
                f"Give items={len(items)} to synthetic_answers."
                if items
                else "Name a construct that it asks."
            )
            problems.add("shape-mismatch", what, do, where="$.lijst", given=str(many))
        if (lijst.schaal.minimum, lijst.schaal.maximum) != (low, high):
            do = f"Invent answers on {lijst.schaal}."
            what = f"{lijst.id} has another scale"
            problems.add("mixed-scales", what, do, where="$.lijst", given=str(self.schaal))
        problems.raise_any(InputError)
        return {
            item.id: [low + high - one if item.reversed else one for one in self.answers[:, place].tolist()]
            for place, item in enumerate(items)
        }

    def to_dict(self) -> dict[str, Any]:
        """The answers with the figures that they have and the label."""
        return {
            "label": self.label,
            "answers": self.answers.tolist(),
            "mean": self.mean,
            "sd": self.sd,
            "schaal": self.schaal.model_dump(mode="json"),
            "decimals": self.decimals,
        }

    def __repr__(self) -> str:
        people, items = self.answers.shape
        return f"SyntheticAnswers(people={people}, items={items}, mean={self.mean}, sd={self.sd})"


def synthetic_answers(
    mean: float | str,
    sd: float | str,
    n: int,
    schaal: Schaal,
    *,
    items: int = 1,
    decimals: int | None = None,
    rng: np.random.Generator | int | None = None,
) -> SyntheticAnswers:
    """Invented answers with exactly these figures, as rounded: for demonstrations, tests and teaching.

    Finding answers that have a published mean and standard deviation is the task of SPRITE (Heathers, Anaya, van der
    Zee & Brown, 2018), which searches; here the sums of squares that exist are counted out first.

    Totals of people are drawn one after the other, likelier near the mean, out of those from which the sum and the sum
    of squares can still be reached; so wherever answers with such figures exist, some are found. A mean that lies on
    half of the last decimal, which some round up and others to even, is taken only where there is no other. A total is
    spread over the items by chance. How items go together, and how constructs do, is not known from a mean and a
    standard deviation: no reliability or correlation of these answers says anything about the people who were asked.

    Args:
        mean: The mean as published.
        sd: The standard deviation as published, with n − 1 below the line.
        n: How many people, at least 2.
        schaal: The scale of an answer.
        items: How many answers a score is the mean of.
        decimals: To how many decimals both were rounded; left out, as many as texts are written with, and 2 for
            numbers.
        rng: A generator, or the seed of one; the same seed gives the same answers.

    Returns:
        The answers, labelled.

    Raises:
        InputError: ``invalid-value`` when no whole answers have such figures, or when there is no generator or seed;
            ``not-a-number`` or ``value-out-of-range`` for figures that cannot be.

    Example:
        >>> import igm
        >>> from igm.analysis import Summary, synthetic_answers
        >>> found = synthetic_answers(4.34, 0.85, 39, igm.LIKERT5, items=3, rng=2025)
        >>> found.answers.shape
        (39, 3)
        >>> made = Summary.of(found.scores)
        >>> round(made.mean, 2), round(made.sd, 2)
        (4.34, 0.85)
    """
    problems = Problems()
    chance = _generator(rng, problems)
    try:
        figures = Figures.of(mean, sd, n, schaal, items, decimals)
    except InputError as error:
        problems.extend(error.problems)
        raise InputError(*problems) from None
    if figures.n == 1:
        do = "Give at least 2: one person has no standard deviation."
        problems.add("value-out-of-range", "how many", do, where="$.n", given="1")
    elif figures.sd is None:
        problems.add("missing-field", "no standard deviation", "Give it as published.", where="$.sd")
    problems.raise_any(InputError)
    totals = _totals(figures, chance)
    if totals is None:
        do = "Look at decimals=, and with igm.analysis.fitting_n and fitting_items which n and items fit."
        given = f"mean {mean}, sd {sd}, n {n}, items {items}, decimals {figures.decimals}"
        raise InputError.of("invalid-value", "no whole answers have such figures", do, given=given)
    width = int(schaal.maximum) - int(schaal.minimum)
    steps = [chance.multivariate_hypergeometric([width] * figures.items, total) for total in totals]
    answers = np.array(steps, dtype=np.int64) + int(schaal.minimum)
    answers.flags.writeable = False
    return SyntheticAnswers(answers, float(figures.mean), float(figures.sd or 0), schaal, figures.decimals)


def _generator(rng: object, problems: Problems) -> np.random.Generator:
    if isinstance(rng, np.random.Generator):
        return rng
    seed: object = plain_number(rng)
    if isinstance(seed, int) and not isinstance(seed, bool) and seed >= 0:
        return np.random.default_rng(seed)
    do = "Give a seed such as 2025, or numpy.random.default_rng(2025)."
    problems.add("invalid-value", "no generator of chance", do, where="$.rng", given=shown(rng))
    return np.random.default_rng(0)  # never used: the problem is raised


def _totals(figures: Figures, chance: np.random.Generator) -> list[int] | None:
    """Totals of people with a sum and a sum of squares that fit, in an order of chance; ``None`` without any."""
    pairs = list(figures.pairs())
    if not pairs:
        return None
    n, centre = figures.n, round(sum(total for total, _ in pairs) / len(pairs) / figures.n)
    # from the centre numbers stay small: Σ d and Σ d² of what is left are all that has to be kept
    wanted = [
        (total - n * centre, square - 2 * centre * total + n * centre**2)
        for total, squares in pairs
        for square in squares
    ]
    most = max(square for _, square in wanted)
    values = [d for d in range(-centre, figures.top - centre + 1) if d * d <= most]
    reach = _reachable(n, values, most)
    there = [(total, square) for total, square in wanted if reach[n].get(total, 0) >> square & 1]
    if not there:
        return None
    many = figures.n * figures.items
    inside = [
        pair
        for pair in there
        if abs(Fraction(pair[0] + n * centre, many) + figures.low - figures.mean) < figures.half
    ]
    there = inside or there
    total, square = there[int(chance.integers(len(there)))]
    made: list[int] = []
    for left in range(n, 0, -1):
        fit = [
            d for d in values if d * d <= square and reach[left - 1].get(total - d, 0) >> (square - d * d) & 1
        ]
        weights = _likely(fit, total / left, square / left)
        value = fit[int(chance.choice(len(fit), p=weights))]
        made.append(value + centre)
        total, square = total - value, square - value * value
    return [made[place] for place in chance.permutation(n).tolist()]


def _reachable(n: int, values: list[int], most: int) -> list[dict[int, int]]:
    """Per number of people and sum, the sums of squares that exist, as the bits of a number."""
    mask = (1 << (most + 1)) - 1
    reach: list[dict[int, int]] = [{0: 1}]
    for people in range(1, n + 1):
        bound = math.isqrt(people * most)  # (Σ d)² is at most n · Σ d²
        last = reach[-1]
        into: dict[int, int] = {}
        for total in range(-bound, bound + 1):
            bits = 0
            for value in values:
                bits |= last.get(total - value, 0) << value * value
            into[total] = bits & mask
        reach.append({total: bits for total, bits in into.items() if bits})
    return reach


def _likely(values: list[int], mean: float, square: float) -> NDArray[np.float64]:
    """How likely each value is: as of a normal distribution with what is left of mean and spread."""
    spread = max(square - mean * mean, 0.25)
    weights = np.exp(-((np.array(values, dtype=np.float64) - mean) ** 2) / (2 * spread))
    found: NDArray[np.float64] = weights / weights.sum()
    return found
