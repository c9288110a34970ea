"""Many made-up people in partitioned Parquet, and the check that what came out for them is right.

Right is what the NumPy kernel makes of the same answers, to the last bit, joined on the reference of each person: row
order is nobody's promise.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

import igm
from igm.constructs import DETERMINANTS, Vragenlijst
from igm.decision import Afwegingskader, Fact, Row, Uitkomst, at_least, feit
from igm.decision.conditions import Always

PER_CONSTRUCT: Final = 4
NOT_ASKED: Final = 0.15
FACTS: Final = ("verslaving", "schulden", "taal", "psychisch", "motivatie", "onderzoek")
Bits: TypeAlias = NDArray[Any]


def lijst() -> Vragenlijst:
    """Seven determinants of four items each."""
    whole = igm.vragenlijst("client-participatie")
    items = [item for key in DETERMINANTS for item in whole.items_for(key)[:PER_CONSTRUCT]]
    return Vragenlijst.model_validate(whole.model_dump() | {"items": [item.model_dump() for item in items]})


def kader() -> Afwegingskader[Uitkomst]:
    """A kader of rows alone, on six facts."""
    outcomes = Uitkomst.declare(
        "Schaal", {"NEE": "nee", "JA": "ja", "WACHT": "wacht", "ONBEKEND": "onbekend"}
    )
    yes = feit.ja_nee
    rows = (
        ("onderzoek", yes("onderzoek"), "WACHT"),
        ("veel", at_least(2, yes("verslaving"), yes("schulden"), yes("psychisch")), "NEE"),
        ("taal", yes("taal") & ~yes("motivatie"), "NEE"),
        ("anders", Always(), "JA"),
    )
    return Afwegingskader(
        id="schaal",
        version="1",
        titel="Om mee te tellen",
        bron="tests",
        uitkomsten=outcomes,
        volgorde=(outcomes("nee"), outcomes("ja")),
        gunstig=outcomes("ja"),
        bij_onbekend=outcomes("onbekend"),
        feiten=[Fact.ja_nee(name, label=name) for name in FACTS],
        beslis=[
            Row(id=name, als=als, dan=outcomes[dan], omdat="Om mee te tellen.") for name, als, dan in rows
        ],
    )


def write(folder: Path, *, people: int, parts: int, seed: int = 20261122) -> int:
    """People in so many files; answers are 64-bit whole numbers, as most files of other programs hold them.

    Returns:
        How many bytes all of it takes in memory, as Arrow holds it.
    """
    folder.mkdir()
    chance = np.random.default_rng(seed)
    taken = 0
    for part, refs in enumerate(np.array_split(np.arange(people, dtype=np.int64), parts)):
        columns: dict[str, Any] = {"ref": pa.array(refs)}
        for item in lijst().items:
            absent = chance.random(len(refs)) < NOT_ASKED
            columns[item.id] = pa.array(chance.integers(1, 6, len(refs)), mask=absent)
        for fact in FACTS:
            unknown = chance.random(len(refs)) < NOT_ASKED
            columns[fact] = pa.array(chance.random(len(refs)) < 0.4, mask=unknown)
        table = pa.table(columns)
        taken += table.nbytes
        pq.write_table(table, folder / f"part-{part:04}.parquet", row_group_size=50_000)
    return taken


Right: TypeAlias = dict[str, Bits]
"""Columns, in the order of the references."""


def right_scores(folder: Path) -> Right:
    """The scores of these people, as the NumPy kernel makes them of arrays."""
    own = lijst()
    made: dict[str, list[Bits]] = {}
    for table in _parts(folder):
        answers = np.column_stack([_numbers(table, item.id) for item in own.items])
        scores = igm.score(answers, own)
        for place, key in enumerate(own.constructs):
            made.setdefault(key.value, []).append(scores.values[:, place])
            made.setdefault(f"{key.value}_n", []).append(scores.n_valid[:, place])
    return {name: np.concatenate(parts) for name, parts in made.items()}


def right_advice(folder: Path) -> Right:
    """The advice on these people, as the kernel gives it for columns, and the row that decides."""
    own = kader()
    advice: list[Bits] = []
    rows: list[Bits] = []
    for table in _parts(folder):
        cohort = own.evaluate_many(
            {name: table.column(name).to_pylist() for name in FACTS}, beleid="cautious"
        )
        names = np.array([outcome.value for outcome in cohort.outcomes], dtype=object)
        advice.append(names[cohort.codes])
        rows.append(cohort.row_ids().astype(object))
    return {"advies": np.concatenate(advice), "rij": np.concatenate(rows)}


def differences(made: Path, right: Right) -> list[str]:
    """The columns of a result in Parquet that are not as they should be, to the last bit."""
    found = _by_ref(made, [*right])
    return [name for name, column in right.items() if not _same(found[name], column)]


def _same(one: Bits, other: Bits) -> bool:
    if one.dtype == object:
        return bool(["" if value is None else value for value in one] == other.tolist())
    return bool(np.array_equal(one, other, equal_nan=one.dtype.kind == "f"))


def _parts(folder: Path) -> Iterator[pa.Table]:
    """File by file, in the order of the references."""
    return (pq.read_table(path) for path in sorted(folder.glob("*.parquet")))


def _by_ref(made: Path, names: list[str]) -> dict[str, Bits]:
    """Columns of a result in the order of the references, each of which is there once."""
    table = pq.read_table(made, columns=["ref", *names])
    refs = table.column("ref").to_numpy()
    order = np.argsort(refs)
    assert np.array_equal(refs[order], np.arange(len(refs)))
    return {name: _numbers(table, name)[order] for name in names}


def _numbers(table: pa.Table, name: str) -> Bits:
    """A column as NumPy, with NaN for null."""
    column: Bits = table.column(name).to_numpy(zero_copy_only=False)
    return column
