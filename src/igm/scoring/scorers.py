"""The ready item scorers: from the answers to the items of a construct to one number.

``mean`` and ``weighted`` stay on the scale of the answers. The others give scores on a scale of their own, which every
result names: ``sum``, ``pomp``, ``expectancy_value`` and ``graded_response``. ``by_construct`` puts scorers together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from igm.constructs.model import Construct, construct
from igm.errors import IgmError, InputError, Problems, named, shown
from igm.scoring import graded
from igm.scoring._by_construct import by_construct as together
from igm.scoring._expectancy import Coding, ExpectancyValue, as_coding, as_pairs
from igm.scoring._quotients import Mean, Pomp, Sum, Weighted
from igm.scoring._weights import Weight, cited, whole_weights
from igm.scoring.missing import MinValid, as_min_valid
from igm.scoring.protocols import ItemScorer


def mean() -> ItemScorer:
    """The mean of the valid items: the sum of whole answers, divided once.

    It is the person-mean rule (Newman, 2014): the items that were answered speak for those that were not. When the
    items of a construct differ much in level, that shifts the score of who skipped some (Graham, 2009); the number of
    valid items tells.

    Returns:
        The scorer called ``mean``.

    Example:
        >>> mean().name
        'mean'
        >>> from igm.constructs.schaal import LIKERT5
        >>> mean().one([4, None, 3], [], LIKERT5)
        3.5
    """
    return Mean()


def weighted(weights: Mapping[str, Weight], *, source: str) -> ItemScorer:
    """The weighted mean of the valid items: Σwx / Σw.

    Items that go together give much the same order of people by any weights (Wainer, 1976), so weights need a reason.
    Weights are decimals, held as whole numbers over a common denominator, so every execution gives the same
    bits.

    Args:
        weights: One weight of at least zero for every item of the questionnaire, by item id. For the items of some
            constructs alone, give it to `by_construct`.
        source: Where the weights are published or who set them.

    Returns:
        The scorer called ``weighted``.

    Raises:
        InputError: ``weights-invalid`` when a weight is negative or not a decimal, when all are zero or
            when the source is empty; and, once the scorer meets a questionnaire, when items and weights do
            not match.

    Example:
        >>> scorer = weighted({"houding_1": "0.5", "houding_2": 1}, source="eigen keuze")
        >>> scorer.name
        'weighted'
        >>> weighted({"houding_1": 0.1}, source="eigen keuze")
        Traceback (most recent call last):
        ...
        igm.errors.InputError: not a weight, at $.weights.houding_1: got 0.1. Write it as text, which is exact: \
'0.1'. [weights-invalid]
    """
    return Weighted(tuple(whole_weights(weights).items()), cited(source))


def sum() -> ItemScorer:  # noqa: A001 (what it is called everywhere; this module adds nothing up)
    """The prorated sum: the number of items times the mean of the valid ones.

    When all k items are answered it is their plain sum. A missing item counts as the mean of the answered ones, which
    is the same as filling it in with the person's own mean (Newman, 2014). The scale runs from k times the lowest
    answer to k times the highest, so sums over different numbers of items are on different scales: combine them as
    POMP.

    Returns:
        The scorer called ``sum``.

    Raises:
        InputError: ``scale-invalid``, once it meets a questionnaire, when sums would be too large to be exact.

    Example:
        >>> import igm
        >>> lijst = igm.vragenlijst("client-participatie")
        >>> answers = {"houding_1": 4, "houding_2": 3, "houding_3": 5}  # three of four items
        >>> profiel = igm.score(answers, lijst, scorer="sum")
        >>> profiel["houding"].score, str(profiel["houding"].schaal), profiel["houding"].n_valid
        (16.0, '4–20', 3)
    """
    return Sum()


def pomp() -> ItemScorer:
    """Percent of maximum possible: 100 (mean - L) / (U - L), on the stated bounds L and U of the scale.

    It puts scales on one metric from 0 to 100; it does not make a 5-point and a 7-point answer mean the same
    (Cohen, Cohen, Aiken & West 1999, *Multivariate Behavioral Research* 34(3)). A standard deviation becomes
    100 / (U - L) times what it was.

    Returns:
        The scorer called ``pomp``; its scale is 0 to 100.

    Raises:
        InputError: ``scale-invalid``, once it meets a questionnaire, for a scale too wide to be exact.

    Example:
        >>> import igm
        >>> lijst = igm.vragenlijst("client-participatie")
        >>> igm.score({"houding_1": 4, "houding_2": 3}, lijst, scorer="pomp")["houding"].score
        62.5
    """
    return Pomp()


def expectancy_value(
    pairs: Iterable[tuple[str, str]], *, belief: Coding, evaluation: Coding, min_pairs: MinValid = "half"
) -> ItemScorer:
    """The mean product of beliefs and their evaluations: sum(b e) / the number of valid pairs.

    Of attitudes it is belief times evaluation, of norms the view of others times the motivation to comply, of control
    the presence of a factor times its power (Fishbein & Ajzen 1975, 2010). A product depends on where zero lies:
    (b + B)(e + E) = b e + E b + B e + B E, so the same answers in another coding order people otherwise and correlate
    otherwise with everything. The coding therefore has no default, the result names it, and
    `igm.scoring.coding_sensitivity` shows what another one would give.

    A belief or an evaluation that is missing drops its pair; the sum is divided by the number of pairs that are left,
    because dividing by all would pull the score to zero. The number of valid answers that a result tells
    counts items, not pairs.

    Args:
        pairs: The ids of each belief and its evaluation. All items of the construct stand in one pair; other constructs
            get a scorer of their own with `by_construct`.
        belief: The codes of beliefs on a scale of m answers: ``"unipolar"`` (1 to m), ``"from_zero"`` (0 to m - 1) or
            ``"bipolar"``: equally far to both sides of zero, such as -3 to 3; of an even number of answers in steps
            of two, such as -3, -1, 1, 3.
        evaluation: The codes of evaluations, likewise.
        min_pairs: How many pairs must be valid: ``"half"``, ``"all"`` or a number.

    Returns:
        A scorer that is named after its codings. Its scale runs from the smallest product that there can be to the
        largest.

    Raises:
        InputError: ``unknown-name`` for another coding, ``invalid-value``, ``duplicate-name`` or ``missing-field`` for
            the pairs; and, once it meets a questionnaire, ``unknown-item``, ``missing-field`` for items in no pair, and
            ``invalid-value`` for a pair of items of two constructs.

    Example:
        >>> import igm
        >>> from igm.scoring import scorers
        >>> lijst = igm.vragenlijst("client-participatie")
        >>> pairs = [("houding_1", "houding_2"), ("houding_3", "houding_4")]
        >>> scorer = scorers.by_construct(
        ...     {"houding": scorers.expectancy_value(pairs, belief="unipolar", evaluation="bipolar")},
        ...     otherwise=scorers.mean())
        >>> answers = {"houding_1": 5, "houding_2": 4, "houding_3": 3, "houding_4": 1}  # the last one is reversed
        >>> houding = igm.score(answers, lijst, scorer=scorer)["houding"]
        >>> houding.score, str(houding.schaal)  # (5 x 1 + 3 x 2) / 2
        (5.5, '-10–10')
    """
    min_pairs = as_min_valid(min_pairs)
    return ExpectancyValue(
        as_pairs(pairs), as_coding(belief, "$.belief"), as_coding(evaluation, "$.evaluation"), min_pairs
    )


def graded_response(
    parameters: Mapping[str, tuple[float, Sequence[float]]],
    *,
    source: str,
    n: int,
    lowest: int = -6,
    highest: int = 6,
    nodes: int = 61,
) -> graded.GradedResponse:
    """Expected a posteriori scores of a graded-response model with item parameters that are given.

    P(answer at least c) = 1 / (1 + exp(-a (t - b_c))) (Samejima 1969), a category is the difference of two of these,
    and the score is the integral of t phi(t) L(t) over that of phi(t) L(t), with phi the standard normal density and
    L the likelihood of the answers that are there. The integral is taken by the trapezium rule at ``nodes`` values from
    ``lowest`` to ``highest``. ``scores.posterior(construct)`` gives the standard deviation of what is left unknown too.

    Nothing is calibrated here. For few people there is nothing to gain: use the mean or the sum.

    Args:
        parameters: Per item id its discrimination a, above zero, and its thresholds b, one fewer than there are answers
            and rising. They are those of keyed answers: of a reversed item, after it was reversed.
        source: Where they are published.
        n: How many people they rest on; fewer than 200 are refused.
        lowest: The lowest value of the trait that counts, at most -6.
        highest: The highest, at least 6.
        nodes: At how many values the integral is taken, at least 61.

    Returns:
        The scorer called ``graded_response``. Its scale runs from ``lowest`` to ``highest``, where 0 is the mean of the
        people that the parameters rest on and 1 their standard deviation; as POMP these scores mean nothing beside
        means. Frames of pandas, Polars in memory, PyArrow and Dask take it.

    Raises:
        InputError: ``value-out-of-range`` for fewer than 200 people, a discrimination that is not above zero,
            thresholds that do not rise, too few nodes or too narrow a range; ``weights-invalid`` without a source; and,
            once it meets a questionnaire, ``unknown-item``, ``missing-field`` and ``shape-mismatch``.

    Example:
        >>> import igm
        >>> from igm.scoring import scorers
        >>> lijst = igm.vragenlijst("client-participatie")
        >>> parameters = {item.id: (1.5, (-2, -1, 0, 1)) for item in lijst.items_for("kennis")}
        >>> kennis = scorers.graded_response(parameters, source="voorbeeld", n=800)
        >>> scorer = scorers.by_construct({"kennis": kennis}, otherwise=scorers.mean())
        >>> people = [{"kennis_1": 5, "kennis_2": 4, "kennis_3": 4, "kennis_4": 2}]
        >>> scores = igm.score(people, lijst, scorer=scorer)
        >>> scores["kennis"].round(3).tolist(), scores.posterior("kennis").sd.round(3).tolist()
        ([0.618], [0.49])
        >>> scorers.graded_response(parameters, source="eigen meting", n=44)
        Traceback (most recent call last):
        ...
        igm.errors.InputError: a graded-response model that rests on fewer than 200 people: its thresholds hang on a \
few answers in the outer categories, at $.n: got 44. Use the mean or the sum, which need no parameters, or parameters \
from a larger study. [value-out-of-range]
    """
    people = graded.check_calibration(n)
    lowest, highest, nodes = graded.check_nodes(lowest, highest, nodes)
    return graded.GradedResponse(
        graded.as_parameters(parameters), cited(source), people, lowest, highest, nodes
    )


def by_construct(scorers: Mapping[str, str | ItemScorer], *, otherwise: str | ItemScorer) -> ItemScorer:
    """Some constructs by a scorer of their own, and the rest by another.

    Args:
        scorers: A scorer per construct, or its name, by any name of the construct.
        otherwise: The scorer of constructs that are not named, or its name.

    Returns:
        A scorer that names the others in its name. It can be run by every engine that can run all of them.

    Raises:
        UnknownNameError: ``unknown-construct``.
        InputError: ``invalid-value`` for what is no scorer, ``unknown-name`` for a name of none, ``duplicate-name``
            for a construct under two names; and what each scorer refuses once it meets the items of its constructs.

    Example:
        >>> from igm.scoring import scorers
        >>> scorers.by_construct({"attitude": scorers.sum()}, otherwise="mean").name
        'by_construct (houding sum; otherwise mean)'
    """
    given: object = scorers
    if not isinstance(given, Mapping) or not given:
        do = "Give {construct: scorer}."
        raise InputError.of(
            "invalid-value", "scorers by construct", do, where="$.scorers", given=shown(given)
        )
    problems = Problems()
    found: dict[Construct, ItemScorer] = {}
    for name, scorer in scorers.items():
        where = f"$.scorers.{named(name)}"
        key = construct(name, where=where)
        if key in found:
            problems.add("duplicate-name", f"{key.value} has two scorers", "Name it once.", where=where)
        found[key] = _scorer(scorer, where, problems)
    rest = _scorer(otherwise, "$.otherwise", problems)
    problems.raise_any(InputError)
    return together(found, rest)


def _scorer(given: object, where: str, problems: Problems) -> ItemScorer:
    """A scorer that was given or named; what is none is told, and the mean stands in for it."""
    if isinstance(given, str):
        from igm.scoring.registry import scorer  # which knows the scorers of this module

        try:
            return scorer(given)
        except IgmError as error:
            problems.extend(attrs.evolve(problem, where=where) for problem in error.problems)
            return mean()
    if isinstance(given, type) or not isinstance(given, ItemScorer):
        do = "Give a scorer, such as scorers.mean(), or its name."
        problems.add("invalid-value", "not a scorer", do, where=where, given=shown(given))
        return mean()
    return given
