"""What a kader does with many cases at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, cast, overload

from igm._display import Table
from igm._engines.engine import FrameT, engine_of, frame_engine, instead_of, what_is
from igm._progress import Voortgang
from igm.constructs._base import is_mapping
from igm.decision.closer import CloserLook
from igm.decision.records import OutcomeT
from igm.decision.truth import Beleid
from igm.errors import InputError, Problems

if TYPE_CHECKING:
    from igm._engines.column_map import ColumnMap
    from igm._engines.report import FrameReport
    from igm.decision.cohort import Cohort
    from igm.decision.kader import Afwegingskader


def refuse_for_arrays(given: Mapping[str, object]) -> None:
    """Refuse what is for frames only.

    Raises:
        InputError: ``invalid-value`` for each that is given.
    """
    problems = Problems()
    for name, value in given.items():
        if value is not None:
            what = f"{name} is for frames, and this is a mapping of arrays"
            do = (
                "Give peildatum beside the arrays."
                if name == "peildatum"
                else "Leave it out, or give a frame."
            )
            problems.add("invalid-value", what, do, where=f"$.{name}")
    problems.raise_any(InputError)


def refuse_no_columns(data: object) -> None:
    """Refuse what is neither a frame nor a mapping.

    Raises:
        InputError: ``invalid-value``, with what to give in its place.
    """
    if not is_mapping(data):
        do = f"Give {{fact: array}}, or a frame. {instead_of(data)}"
        raise InputError.of("invalid-value", "not columns", do, given=what_is(data))


class ManyCases(CloserLook[OutcomeT], Generic[OutcomeT]):
    """The methods of a kader that take columns: per fact an array with a row per case.

    A column may be an array of bool, of numbers, of text for a choice, or of ``datetime64``; an array of Python values
    with ``None``; a masked array; and for a yes/no fact two arrays of bool (where it is yes, where it is no) or an
    array of the numbers 1 and 0. NaN, NaT, ``None`` and what is masked are unknown, and so is a fact without a column.
    ``peildatum`` is one day for all cases. Every value is checked as that of a single case.
    """

    @overload
    def evaluate_many(
        self,
        data: Mapping[str, Any],
        /,
        *,
        beleid: Beleid | str = ...,
        antwoorden: Any = ...,
        datums: Mapping[str, Any] | None = ...,
        voortgang: Voortgang = ...,
    ) -> Cohort[OutcomeT]: ...

    @overload
    def evaluate_many(
        self,
        data: FrameT,
        /,
        *,
        beleid: Beleid | str = ...,
        antwoorden: Mapping[str, str] | None = ...,
        datums: Mapping[str, str] | None = ...,
        peildatum: date | str | None = ...,
        columns: ColumnMap | None = ...,
        keep: bool | Sequence[str] = ...,
        prefix: str = ...,
        ontbreekt: bool = ...,
        voortgang: Voortgang = ...,
    ) -> FrameT: ...

    def evaluate_many(
        self,
        data: Any,
        /,
        *,
        beleid: Beleid | str = "cautious",
        antwoorden: Any = None,
        datums: Any = None,
        peildatum: date | str | None = None,
        columns: ColumnMap | None = None,
        keep: bool | Sequence[str] = True,
        prefix: str = "",
        ontbreekt: bool = False,
        voortgang: Voortgang = False,
    ) -> Any:
        """Weigh many cases: a mapping of arrays gives a `Cohort`, a frame the same kind of frame.

        In a frame each row is a case, and a fact has the column of its name; a fact without a column is unknown. The
        frame is weighed where it is: a lazy one stays lazy. New columns come last: ``advies``; ``rij``, the row of
        ``beslis`` that decides, null where none does; ``beleid``; ``open_feiten``, how many facts that are read are
        unknown; under the exact policy ``voorzichtig``, the cautious advice where it differs; where there is a fact
        to count, ``aangenomen`` (how many were taken as no because nothing was reported) and ``verlopen`` (how many
        values are too old to count).

        Args:
            data: Columns by name of a fact, of equal length, and ``peildatum`` for a kader that reads dates; or a
                frame of pandas, Polars, PyArrow, DuckDB, PySpark or Dask.
            beleid: ``"cautious"`` (plain Kleene logic) or ``"exact"``, which takes longer: it weighs every distinct
                pattern of what is known. On a lazy frame that is not of Dask a query collects the undecided patterns.
            antwoorden: Professionals' own answers: per question a column of ``ja``, ``nee``, ``twijfel`` or ``None``;
                for a frame the column's name. The arguments for them stay with the cases.
            datums: For facts with ``houdbaar_dagen``, the days on which the values were established: per fact a
                column of days; for a frame the column's name. A value that is too old counts as unknown; one without
                a day is refused.
            peildatum: Reference date, one for all rows of a frame.
            columns: Which column of a frame has which fact, and what its values mean.
            keep: Which columns of a frame stay: all, none (``False``) or those named.
            prefix: Put before the names of new columns of a frame.
            ontbreekt: Whether a frame also gets ``ontbreekt``, the names of unknown facts that can still change the
                advice, and ``ontbreekt_n``, how many; only with ``beleid="exact"``.
            voortgang: ``True`` for a progress bar (the extra ``progress``), or a function that is told
                ``(done, total)``: how many distinct patterns were weighed, where that is done one by one. Not for a
                frame of Dask, which is weighed later.

        Returns:
            The advice per case, the same as ``evaluate`` gives on the case alone under the same ``beleid``. The
            default here is cautious, and that of ``evaluate`` exact.

        Raises:
            InputError: With the first wrong values of every column by row, and how many there are in all. Wrong
                values in a lazy frame make it fail when it is run.
            MissingDependencyError: ``missing-dependency`` for a frame without what is needed to read it.

        Warns:
            CollectWarning: When distinct patterns are collected from a lazy frame.

        Example:
            >>> import igm, numpy as np
            >>> kader = igm.kader("leiden-2021")
            >>> kader.evaluate_many({"motivatie": np.array([True, False]), "leeftijd": np.array([31.0, np.nan])})
            Cohort('leiden-2021 1.0', n=2: MEER_WETEN 2)
            >>> import polars as pl
            >>> zaken = pl.LazyFrame({"ref": ["c-1", "c-2"], "extern_onderzoek": [True, None]})
            >>> zaken = kader.evaluate_many(zaken, keep=["ref"])
            >>> zaken.select("ref", "advies", "rij").collect().rows()
            [('c-1', 'aanhouden', 'extern_onderzoek'), ('c-2', 'meer_weten', None)]
        """
        kader = cast("Afwegingskader[OutcomeT]", self)
        engine = engine_of(data)
        if engine is None:
            from igm.decision.cohort import evaluate_many

            refuse_no_columns(data)
            for_frames = {"peildatum": peildatum, "columns": columns, "ontbreekt": ontbreekt or None}
            refuse_for_arrays(
                {**for_frames, "keep": None if keep is True else keep, "prefix": prefix or None}
            )
            return evaluate_many(kader, data, beleid, antwoorden, datums, voortgang)
        from igm.decision.frame_request import Given
        from igm.decision.frames import evaluate_frame

        given = Given(
            frame=data,
            engine=engine,
            antwoorden=antwoorden,
            datums=datums,
            peildatum=peildatum,
            columns=columns,
        )
        asked = {"beleid": beleid, "keep": keep, "prefix": prefix, "ontbreekt": ontbreekt}
        return evaluate_frame(kader, given, **asked, voortgang=voortgang)

    def check(
        self,
        frame: object,
        /,
        *,
        antwoorden: Mapping[str, str] | None = None,
        datums: Mapping[str, str] | None = None,
        peildatum: date | str | None = None,
        columns: ColumnMap | None = None,
    ) -> FrameReport:
        """Look at a frame before it is weighed: what it holds, and which values cannot be used.

        What is wrong with a column as such is told in its ``finding`` and not refused: texts for a yes/no fact, numbers
        for own answers, values that expire without their days. On a lazy frame this runs one query.

        Args:
            frame: A frame of pandas, Polars, PyArrow, DuckDB, PySpark or Dask.
            antwoorden: As for ``evaluate_many``.
            datums: As for ``evaluate_many``.
            peildatum: As for ``evaluate_many``.
            columns: As for ``evaluate_many``.

        Returns:
            Counts, names of columns, and values that cannot be used; of a sensitive fact no value.

        Raises:
            InputError: For what is wrong with names of columns; ``invalid-value`` for what is no frame.

        Example:
            >>> import igm, pandas as pd
            >>> igm.kader("leiden-2021").check(pd.DataFrame({"motivatie": [True, False], "leeftijd": [31.0, 310.0]}))
            FrameReport('leiden-2021', rows=2, found=2, not_found=28, not_used=0, unusable=1, queries=0)
        """
        from igm.decision.frame_check import check_frame
        from igm.decision.frame_request import Given

        given = Given(
            frame=frame,
            engine=frame_engine(frame),
            antwoorden=antwoorden,
            datums=datums,
            peildatum=peildatum,
            columns=columns,
        )
        return check_frame(cast("Afwegingskader[OutcomeT]", self), given)

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
