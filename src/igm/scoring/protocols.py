"""What a third party can write: a scorer of items, a composite of determinants, and a check beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from igm.constructs.composite import CompositeValue
from igm.constructs.profiel import Profiel
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Item

FloatArray: TypeAlias = NDArray[np.float64]
"""An array of floats; NaN is missing."""


@runtime_checkable
class ItemScorer(Protocol):
    """Makes one determinant from the answers to its items.

    Answers arrive keyed: items that are worded the other way are reversed already, on the stated bounds.
    Both methods are called only for people who answered at least one item.
    The score must lie on the scale of the answers, or on the one that the scorer names as an `OwnScale`, and the two
    methods must agree to the last bit.

    Example:
        >>> class Highest:
        ...     name = "highest"
        ...     def one(self, answers, items, schaal, /):
        ...         return float(max(answer for answer in answers if answer is not None))
        ...     def many(self, answers, items, schaal, /):
        ...         return np.nanmax(answers, axis=1)
        >>> isinstance(Highest(), ItemScorer)
        True
    """

    @property
    def name(self) -> str:
        """What results call it."""
        ...

    def one(self, answers: Sequence[int | None], items: Sequence[Item], schaal: Schaal, /) -> float | None:
        """The score of one person.

        Args:
            answers: One answer per item, ``None`` where it is missing.
            items: The items of one construct, or of one part of it.
            schaal: The scale of the answers.

        Returns:
            A number on the scale of the scores, or ``None`` when the answers that are there cannot give one.
        """
        ...

    def many(self, answers: FloatArray, items: Sequence[Item], schaal: Schaal, /) -> FloatArray:
        """The scores of many people.

        Args:
            answers: A row per person and a column per item, NaN where an answer is missing.
            items: The items of one construct.
            schaal: The scale of the answers.

        Returns:
            A number per person, NaN where ``one`` would give ``None``.
        """
        ...


@runtime_checkable
class Composite(Protocol):
    """Makes willen and kunnen, or something over both, from determinants.

    Example:
        >>> class Nothing:
        ...     name = "nothing"
        ...     def combine(self, profiel, /):
        ...         return {}
        >>> isinstance(Nothing(), Composite)
        True
    """

    @property
    def name(self) -> str:
        """What results call it."""
        ...

    def combine(self, profiel: Profiel, /) -> Mapping[str, CompositeValue]:
        """The composite values of one profile, by their name.

        Args:
            profiel: The determinants, each on the scale that it was given on.

        Returns:
            Values that name what made them, what they used and which gaps they have.
        """
        ...


@runtime_checkable
class ItemCheck(Protocol):
    """What a scorer adds when it must see all items of a questionnaire before it is used, such as weights.

    Example:
        >>> class Picky:
        ...     def check(self, items, /):
        ...         pass
        >>> isinstance(Picky(), ItemCheck)
        True
    """

    def check(self, items: Sequence[Item], /) -> None:
        """Raises an `InputError` when the scorer does not fit these items.

        Args:
            items: All items of the questionnaire.
        """
        ...


@runtime_checkable
class OwnScale(Protocol):
    """What a scorer adds whose scores are not on the scale of the answers, such as a sum.

    Every score is checked against it and carries it. Values of facets are means on the scale of the answers, so they
    go along only where that is the scale of the score too.

    Example:
        >>> from igm.constructs.schaal import LIKERT5
        >>> from igm.scoring import scorers
        >>> pomp = scorers.pomp()
        >>> isinstance(pomp, OwnScale), str(pomp.scale([], LIKERT5))
        (True, '0–100')
    """

    def scale(self, items: Sequence[Item], schaal: Schaal, /) -> Schaal:
        """The scale of the scores.

        Args:
            items: The items of one construct, all of them.
            schaal: The scale of the answers.

        Returns:
            The lowest and the highest score that there can be.
        """
        ...


@runtime_checkable
class QuotientScorer(ItemScorer, Protocol):
    """What a scorer adds to be run by Polars, DuckDB and Spark themselves: its score as a quotient of whole numbers.

    Sums of whole numbers are exact, and one division is rounded alike everywhere; so every engine gives the bits
    that one person gets. A scorer without it scores frames of pandas, PyArrow and Dask.

    Example:
        >>> from igm.scoring import scorers
        >>> isinstance(scorers.mean(), QuotientScorer)
        True
    """

    def quotient(
        self, answers: Sequence[Any], items: Sequence[Item], schaal: Schaal, /
    ) -> tuple[Any, Any | None]:
        """The two numbers of which the score is the quotient, as expressions.

        Args:
            answers: An expression of narwhals per item: whole numbers held as floats, keyed, null where missing; null
                for everyone where the frame has no column for an item.
            items: The items of one construct.
            schaal: The scale of the answers.

        Returns:
            What is divided and what it is divided by, whole numbers below 2 to the power 53 that are never null;
            ``None`` to divide by the number of valid answers. Where the second is zero there is no score.
        """
        ...
