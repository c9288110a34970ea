"""What a kader does with many cases at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, cast

from igm._display import Table
from igm.decision.records import OutcomeT
from igm.decision.truth import Beleid

if TYPE_CHECKING:
    from igm.decision.cohort import Cohort
    from igm.decision.kader import Afwegingskader


class ManyCases(Generic[OutcomeT]):
    """The methods of a kader that take columns: per fact an array with a row per case.

    A column may be an array of bool, of numbers, of text for a choice, or of ``datetime64``; an array of Python values
    with ``None``; a masked array; and for a yes/no fact two arrays of bool (where it is yes, where it is no) or an
    array of 1.0, 0.0 and NaN. NaN, NaT, ``None`` and what is masked are unknown, and so is a fact without a column.
    ``peildatum`` is one day for all cases. Every value is checked as that of a single case.
    """

    def evaluate_many(
        self,
        columns: Mapping[str, Any],
        *,
        beleid: Beleid | str = "cautious",
        antwoorden: Any = None,
        datums: Mapping[str, Any] | None = None,
    ) -> Cohort[OutcomeT]:
        """Weigh many cases.

        Args:
            columns: Columns by name of a fact, of equal length, and ``peildatum`` for a kader that reads dates.
            beleid: ``"cautious"`` (plain Kleene logic) or ``"exact"``, which takes longer: it weighs every distinct
                pattern of what is known.
            antwoorden: Professionals' own answers: per question a column of ``ja``, ``nee``, ``twijfel`` or ``None``.
                The arguments for them stay with the cases.
            datums: For facts with ``houdbaar_dagen``, the days on which the values were established: per fact a
                column of days. A value that is too old counts as unknown; one without a day is refused.

        Returns:
            The advice per case, the same as ``evaluate`` gives on the case alone.

        Raises:
            InputError: With the first wrong values of every column by row, and how many there are in all.

        Example:
            >>> import igm, numpy as np
            >>> kader = igm.kader("leiden-2021")
            >>> kader.evaluate_many({"motivatie": np.array([True, False]), "leeftijd": np.array([31.0, np.nan])})
            Cohort('leiden-2021 1.0', n=2: MEER_WETEN 2)
        """
        from igm.decision.cohort import evaluate_many

        return evaluate_many(cast("Afwegingskader[OutcomeT]", self), columns, beleid, antwoorden, datums)

    def count(
        self,
        columns: Mapping[str, Any],
        *,
        beleid: Beleid | str = "cautious",
        antwoorden: Any = None,
        datums: Mapping[str, Any] | None = None,
    ) -> dict[OutcomeT, int]:
        """How many cases have each outcome; under the cautious policy without working out an advice per case.

        Args:
            columns: As for ``evaluate_many``.
            beleid: As for ``evaluate_many``.
            antwoorden: As for ``evaluate_many``.
            datums: As for ``evaluate_many``.

        Raises:
            InputError: As ``evaluate_many``.

        Example:
            >>> import igm
            >>> kader = igm.kader("leiden-2021")
            >>> counts = kader.count({"extern_onderzoek": [True, True, None]})
            >>> counts[kader.uitkomsten("aanhouden")]
            2
        """
        from igm.decision.cohort_counts import count

        return count(cast("Afwegingskader[OutcomeT]", self), columns, beleid, antwoorden, datums)

    def what_if(
        self,
        columns: Mapping[str, Any],
        change: Mapping[str, Any],
        *,
        beleid: Beleid | str = "cautious",
        datums: Mapping[str, Any] | None = None,
    ) -> Table:
        """Who moves from which outcome to which when all cases get the same value for some facts.

        Args:
            columns: As for ``evaluate_many``.
            change: Value per fact, such as ``{"schulden": False}``; ``None`` is unknown.
            beleid: As for ``evaluate_many``.
            datums: As for ``evaluate_many``; a value that is changed counts as established today.

        Returns:
            A row per outcome before and a column per outcome after. What hangs on a changed fact keeps its value.

        Raises:
            InputError: As ``evaluate_many``, and for a change that a fact cannot have.

        Example:
            >>> import igm
            >>> kader = igm.kader("leiden-2021")
            >>> table = kader.what_if({"extern_onderzoek": [True, True, False]}, {"extern_onderzoek": False})
            >>> table.notes[-1]
            '2 van 3 krijgen een ander advies'
        """
        from igm.decision.cohort_counts import what_if

        return what_if(cast("Afwegingskader[OutcomeT]", self), columns, change, beleid, datums)
