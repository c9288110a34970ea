"""The two jobs by hand in SQL, for DuckDB and Spark; none checks whether an answer is on the scale."""

from __future__ import annotations

from typing import Any

import _frames_numpy as kernel
from _frames_data import ENOUGH, GROUPS, HIGH, KEY, LOW, REVERSED
from _policy import FACTS, HINDRANCES, OUTCOMES

TURN = LOW + HIGH


def score_query(table: str) -> str:
    """Totals and counts first, then one division for each construct."""
    inner, outer = [KEY], [KEY]
    for construct, items in GROUPS.items():
        keyed = [f"{TURN} - {item}" if item in REVERSED else item for item in items]
        inner.append(f"{' + '.join(f'coalesce({one}, 0)' for one in keyed)} as {construct}_s")
        inner.append(f"{_count(f'{item} is not null' for item in items)} as {construct}_n")
        outer.append(
            f"case when {construct}_n >= {ENOUGH} then cast({construct}_s as double) / {construct}_n end "
            f"as {construct}"
        )
        outer.append(f"{construct}_n")
    return f"select {', '.join(outer)} from (select {', '.join(inner)} from {table}) as sums"  # noqa: S608


def decide_query(table: str) -> str:
    """The policy with the three-valued logic that SQL has."""
    row = (
        "case when extern_onderzoek then 0 when extern_onderzoek is null then 5 "
        "when verslaving then 1 when verslaving is null then 5 "
        "when psychisch and woonsituatie then 2 when (psychisch and woonsituatie) is null then 5 "
        f"when motivatie or jonger_dan_27 or {_count(f'not {name}' for name in HINDRANCES)} >= 5 then 4 "
        f"when not motivatie and not jonger_dan_27 and {_count(HINDRANCES)} >= 3 then 3 else 5 end"
    )
    unknown = _count(f"{name} is null" for name in FACTS)
    advice = _texts({place: text for place, text in enumerate(kernel.ADVICE) if place != kernel.OPEN})
    rows = _texts(dict(enumerate(kernel.ROWS)))
    inner = f"select {KEY}, {row} as r, {unknown} as open_feiten from {table}"  # noqa: S608
    return (
        f"select {KEY}, case r {advice} else '{OUTCOMES[-1]}' end as advies, case r {rows} end as rij, "  # noqa: S608
        f"'cautious' as beleid, open_feiten from ({inner}) as rows_of_people"
    )


def _count(conditions: Any) -> str:
    return "(" + " + ".join(f"case when {one} then 1 else 0 end" for one in conditions) + ")"


def _texts(texts: dict[int, str]) -> str:
    return " ".join(f"when {place} then '{text}'" for place, text in texts.items())


def duckdb_score(relation: Any) -> Any:
    """A relation, of which nothing has run."""
    return relation.query("people", score_query("people"))


def duckdb_decide(relation: Any) -> Any:
    """A relation, of which nothing has run."""
    return relation.query("people", decide_query("people"))


def spark_score(frame: Any) -> Any:
    """A frame of Spark, of which nothing has run."""
    return frame.sparkSession.sql(score_query("{people}"), people=frame)


def spark_decide(frame: Any) -> Any:
    """A frame of Spark, of which nothing has run."""
    return frame.sparkSession.sql(decide_query("{people}"), people=frame)
