"""Invented people for the benchmark of frames: 28 answers each, and the ten facts of the policy, in Parquet files.

Some items are worded the other way; some answers are missing one by one, and some people stopped halfway. The columns
are as a file of texts gives them: whole numbers of 64 bits, true and false, and nulls.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from _policy import FACTS, random_planes
from igm.constructs.gedrag import Gedrag
from igm.constructs.model import DETERMINANTS
from igm.constructs.schaal import LIKERT5
from igm.constructs.vragenlijst import Item, Vragenlijst

SEED: Final = 20261122
PER_CONSTRUCT: Final = 4
CONSTRUCTS: Final = tuple(construct.value for construct in DETERMINANTS)
GROUPS: Final = {name: [f"{name}_{k}" for k in range(1, PER_CONSTRUCT + 1)] for name in CONSTRUCTS}
"""The items of each construct, which stand side by side."""

ITEMS: Final = tuple(item for items in GROUPS.values() for item in items)
REVERSED: Final = frozenset(items[2] for items in GROUPS.values()) | {GROUPS["houding"][3]}
LOW, HIGH = int(LIKERT5.minimum), int(LIKERT5.maximum)
ENOUGH: Final = PER_CONSTRUCT // 2
"""Half of the items."""

KEY: Final = "id"
SKIPPED: Final = 0.1
"""How often an answer is missing by itself."""

STOPPED: Final = 0.05
"""How many people answered the first half of the items only."""

ROWS_PER_GROUP: Final = 125_000


def lijst() -> Vragenlijst:
    """The questionnaire: seven constructs of four items, eight of which are worded the other way."""
    about = Gedrag(action="meten", target="snelheid", context="hier", time="nu", doel="weten")
    return Vragenlijst(
        id="meting",
        version="1",
        titel={"nl": "Meting", "en": "Measurement"},
        rol="client",  # type: ignore[arg-type]
        gedrag=about,
        schaal=LIKERT5,
        status="niet gevalideerd",
        licentie="Apache-2.0",
        bron="benchmarks",
        items=tuple(
            Item(id=item, construct=construct, nl="zin", en="sentence", reversed=item in REVERSED)
            for construct in DETERMINANTS
            for item in GROUPS[construct.value]
        ),
    )


def answers(number: int, seed: int = SEED) -> NDArray[np.float64]:
    """A row per person and a column per item, NaN where there is no answer."""
    chance = np.random.default_rng(seed)
    found = chance.integers(LOW, HIGH + 1, (number, len(ITEMS))).astype(np.float64)
    found[chance.random(found.shape, dtype=np.float32) < SKIPPED] = np.nan
    found[chance.random(number) < STOPPED, len(ITEMS) // 2 :] = np.nan
    return found


def write(folder: Path, number: int) -> None:
    """Writes ``items.parquet`` and ``facts.parquet``, with the number of the person in both."""
    import pyarrow as pa
    from pyarrow import parquet

    key = {KEY: pa.array(np.arange(number, dtype=np.int64))}
    values = answers(number)
    columns = {
        item: pa.array(np.nan_to_num(values[:, place]).astype(np.int64), mask=np.isnan(values[:, place]))
        for place, item in enumerate(ITEMS)
    }
    parquet.write_table(pa.table(key | columns), folder / "items.parquet", row_group_size=ROWS_PER_GROUP)
    del values, columns
    true, false = random_planes(SEED, number)
    facts = {name: pa.array(true[row], mask=~(true[row] | false[row])) for row, name in enumerate(FACTS)}
    parquet.write_table(pa.table(key | facts), folder / "facts.parquet", row_group_size=ROWS_PER_GROUP)
