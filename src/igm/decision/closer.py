"""What a kader tells of a frame beside an advice per row: its distinct patterns, and some rows in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Generic, cast

from igm._engines.engine import frame_engine
from igm.decision.records import OutcomeT
from igm.decision.truth import Beleid
from igm.disclosure import GroupPurpose

if TYPE_CHECKING:
    from igm._engines.column_map import ColumnMap
    from igm.decision.afweging import Afweging
    from igm.decision.fact_patterns import FactPatterns
    from igm.decision.kader import Afwegingskader


class CloserLook(Generic[OutcomeT]):
    """The methods of a kader that tell more of a frame than an advice per row."""

    def patterns(
        self,
        frame: object,
        /,
        *,
        antwoorden: Mapping[str, str] | None = None,
        datums: Mapping[str, str] | None = None,
        peildatum: date | str | None = None,
        columns: ColumnMap | None = None,
        doel: GroupPurpose = "publiceren",
        minimum_n: int | None = None,
        most: int = 1000,
    ) -> FactPatterns[OutcomeT]:
        """The distinct patterns of what is known in a frame, each with its advice and its full argument.

        Rows of which every condition has the same truth have one pattern. On a lazy frame one query runs, which counts
        and collects the patterns; values of persons are not collected. A pattern of few rows can point to a person, so
        that it is not shown, and does not leave the engine: such rows are counted together.

        Args:
            frame: A frame of pandas, Polars, PyArrow, DuckDB, PySpark or Dask.
            antwoorden: As for ``evaluate_many``.
            datums: As for ``evaluate_many``.
            peildatum: As for ``evaluate_many``.
            columns: As for ``evaluate_many``.
            doel: ``"publiceren"`` or ``"intern"``, for what stays inside.
            minimum_n: How many rows a pattern needs to be shown; without it 10 for publishing, 1 inside.
            most: How many patterns are shown at most, from 1 to 10 000; what the fewest rows have is left out first.

        Returns:
            The patterns, what most rows have first.

        Raises:
            InputError: As ``evaluate_many``; for what is asked of disclosure; a lazy frame with wrong values makes its
                engine fail.

        Warns:
            CollectWarning: When patterns are collected from a lazy frame.

        Example:
            >>> import igm, polars as pl
            >>> zaken = pl.DataFrame({"extern_onderzoek": [True] * 12 + [None] * 3})
            >>> patronen = igm.kader("leiden-2021").patterns(zaken)
            >>> [(one.n, one.advies.value, one.rij.regel) for one in patronen], patronen.niet_getoond
            ([(12, 'aanhouden', 'beslis:extern_onderzoek')], 3)
        """
        from igm.decision.frame_request import Given
        from igm.decision.pattern_arguments import frame_patterns

        given = Given(
            frame=frame,
            engine=frame_engine(frame),
            antwoorden=antwoorden,
            datums=datums,
            peildatum=peildatum,
            columns=columns,
        )
        kader = cast("Afwegingskader[OutcomeT]", self)
        return frame_patterns(kader, given, doel=doel, minimum_n=minimum_n, most=most)

    def evaluate_rows(
        self,
        frame: object,
        keys: Sequence[str] | Sequence[int],
        /,
        *,
        key: str,
        beleid: Beleid | str = "exact",
        antwoorden: Mapping[str, str] | None = None,
        datums: Mapping[str, str] | None = None,
        peildatum: date | str | None = None,
        columns: ColumnMap | None = None,
    ) -> dict[str | int, Afweging[OutcomeT]]:
        """Weigh a few rows of a frame in full: per row the same as ``evaluate`` gives on the case.

        Of facts that no condition asks for nothing is read.

        A lazy frame runs one query, which collects these rows and no others, with only the columns that are read.

        Args:
            frame: A frame of pandas, Polars, PyArrow, DuckDB, PySpark or Dask.
            keys: Which rows: 1 to 100 values of the column of keys, each of which one row has.
            key: Name of the column of keys, of texts or whole numbers. A text that can be a reference becomes
                ``ref`` of the case.
            beleid: As for ``evaluate``.
            antwoorden: As for ``evaluate_many``; the arguments for own answers stay with the cases.
            datums: As for ``evaluate_many``.
            peildatum: As for ``evaluate_many``.
            columns: As for ``evaluate_many``.

        Returns:
            The advice with its arguments by key, in the order that was asked for.

        Raises:
            InputError: ``unknown-name`` for a key that no row has, ``duplicate-name`` for one that several have, and
                for every value that cannot be used, below the place of its key.

        Example:
            >>> import igm, polars as pl
            >>> zaken = pl.LazyFrame({"ref": ["c-1", "c-2"], "extern_onderzoek": [True, None]})
            >>> igm.kader("leiden-2021").evaluate_rows(zaken, ["c-1"], key="ref")["c-1"].rij
            Argument('beslis:extern_onderzoek', neutraal, 1 facts)
        """
        from igm.decision.frame_request import Given
        from igm.decision.frame_rows import evaluate_rows

        given = Given(
            frame=frame,
            engine=frame_engine(frame),
            antwoorden=antwoorden,
            datums=datums,
            peildatum=peildatum,
            columns=columns,
        )
        kader = cast("Afwegingskader[OutcomeT]", self)
        return evaluate_rows(kader, given, keys, key=key, beleid=beleid)
