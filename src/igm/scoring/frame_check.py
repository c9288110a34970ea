"""``check``: what a frame holds of a questionnaire before it is scored, item by item."""

from __future__ import annotations

from igm._engines.column_map import ColumnMap
from igm._engines.engine import Engine, Frame, frame_engine
from igm._engines.report import ColumnReport, FrameReport, told_values
from igm._engines.schema import schema_of
from igm.constructs.vragenlijst import Vragenlijst
from igm.errors import InputError
from igm.scoring._frame_columns import answer_words, locate
from igm.scoring._frame_counts import by_expression, in_memory, on_dask
from igm.scoring._frame_strays import reports


def check(frame: Frame, lijst: Vragenlijst, /, columns: ColumnMap | None = None) -> FrameReport:
    """What a frame holds of a questionnaire: which columns were found, and which values cannot be used.

    A frame that waits to be collected runs one query, which gives back counts and, of items that are not sensitive,
    the values that cannot be used; nothing else leaves the engine. Text without a code is unusable: say with
    ``columns=igm.ColumnMap(codes=...)`` what it means. The report suggests codes for anchors of the scale.

    Of a frame with a row per answer it also tells which names are no item, who answers an item twice, and which answers
    are of nobody, so that the report then holds what the columns of people hold of the first twenty.

    Args:
        frame: A frame of pandas, Polars, PyArrow, DuckDB, PySpark or Dask.
        lijst: The questionnaire.
        columns: Which column holds which item, and what values mean; when left out, items have a column of their name.

    Returns:
        A report that can be shown, and that asks nothing more of the frame.

    Raises:
        InputError: ``invalid-value`` for what is no frame or no questionnaire, ``unknown-item`` when no item has a
            column, ``duplicate-name``, and what the map refuses.

    Example:
        >>> import pandas as pd
        >>> from igm.constructs.vragenlijst import vragenlijst
        >>> frame = pd.DataFrame({"houding_1": [4, 5, None]})
        >>> check(frame, vragenlijst("client-participatie"))["houding_1"].usable
        2
    """
    engine = frame_engine(frame)
    given: object = lijst
    if not isinstance(given, Vragenlijst):
        do = "Give a Vragenlijst, such as vragenlijst('client-participatie')."
        raise InputError.of(
            "invalid-value", "not a Vragenlijst", do, where="$.lijst", given=type(given).__name__
        )
    schema = schema_of(frame, engine)
    found = locate(schema, lijst, columns)
    if engine.by_expression:
        counted = by_expression(frame, schema, found, lijst.schaal, engine)
    elif engine is Engine.DASK:
        counted = on_dask(frame, found, lijst.schaal)
    else:
        counted = in_memory(frame, engine, found, lijst.schaal)
    words = answer_words(lijst)
    return FrameReport(
        asked=lijst.id,
        rows=counted.rows,
        columns=tuple(
            ColumnReport.of(
                source.item.id, source.column, one, words, sensitive=source.item.construct.info.sensitive
            )
            for source, one in zip(found.sources, counted.items, strict=True)
        ),
        not_found=found.resolved.not_found,
        not_used=found.resolved.not_used,
        layout=found.resolved.layout,
        other_rows=counted.other,
        other_items=told_values(counted.strays.names),
        repeated_rows=counted.strays.repeated_rows,
        repeated=reports(counted.strays.repeated, found),
        nobody_rows=counted.strays.nobody_rows,
        nobody=reports(counted.strays.nobody, found),
        queries=int(engine.lazy),
    )
