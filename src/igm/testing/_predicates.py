"""``check_predicaat``: what a Python function that a kader asks has promised, tried on generated values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import attrs
import numpy as np

from igm.decision.completions import representatives
from igm.decision.conditions import FactKind
from igm.decision.kader import Afwegingskader
from igm.decision.predicate import Fault, Predicaat
from igm.errors import InputError, shown
from igm.testing._cases import check_kader_given, value_of
from igm.testing._run import check_examples, hold, need_hypothesis, run
from igm.testing._values import PEILDATUM

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

_ROWS = 20


def check_predicaat(predicaat: Predicaat, kader: Afwegingskader[Any], *, examples: int = 200) -> None:
    """Check that a Python function answers as it has declared.

    It gives the same answer when it is asked again; between two of its thresholds it gives one answer; it says yes of
    some values and no of others; and where it has a form for arrays, that says the same of every row.

    Args:
        predicaat: Made with ``predicaat(...)``.
        kader: A kader that declares the facts that it reads.
        examples: How many cases; the same ones in every run.

    Raises:
        AssertionError: With the smallest values found that fail.
        InputError: ``invalid-value`` for what is no predicate, no kader, or no number of examples.
        KaderError: When the kader does not declare what it reads.
        MissingDependencyError: ``missing-dependency`` when Hypothesis is not installed.

    Example:
        >>> import igm
        >>> from igm.decision import feit, predicaat
        >>> @predicaat("ons.druk", label="veel tegelijk", versie="1",
        ...            leest=[feit.ja_nee("schulden"), feit.ja_nee("taal")])
        ... def druk(schulden: bool, taal: bool) -> bool:
        ...     return schulden and taal
        >>> check_predicaat(druk, igm.kader("leiden-2021"), examples=20)
    """
    need_hypothesis()
    if not isinstance(cast("object", predicaat), Predicaat):
        do = "Give what predicaat(...) made of a function."
        given = shown(predicaat)
        raise InputError.of("invalid-value", "not a predicate", do, where="$.predicaat", given=given)
    check_kader_given(kader)
    check_examples(examples)
    asking = _asking(predicaat, kader)
    seen: set[object] = set()

    def on_one(drawn: tuple[dict[str, Any], dict[str, Any]]) -> None:
        values, alike = drawn
        answer = predicaat.answer(values)
        seen.add(answer)
        hold(predicaat.answer(values) == answer, "asked again, it says otherwise", values)
        other = predicaat.answer(alike)
        what = f"no threshold lies between, and it says {_said(answer)} and then {_said(other)} of {alike!r}"
        hold(other == answer, what, values)

    run(_alike(asking), on_one, examples)
    for said in (True, False):
        if said not in seen:
            raise AssertionError(
                f"predicate {predicaat.id!r} never says {_said(said)}: tried {examples} cases"
            )
    if predicaat.arrays is not None:
        run(_rows(asking), lambda rows: _on_arrays(predicaat, rows), examples)


def _said(answer: object) -> str:
    if isinstance(answer, Fault):
        return f"nothing, for it fails with {answer.kind}"
    return "nothing" if answer is None else "yes" if answer else "no"


def _asking(predicaat: Predicaat, kader: Afwegingskader[Any]) -> Afwegingskader[Any]:
    """The kader with a last row that asks the predicate, so that its thresholds are told apart."""
    row = attrs.evolve(kader.beslis[-1], id="vraagt het predicaat", als=predicaat)
    return attrs.evolve(kader, beslis=(*kader.beslis, row), geen_rol=(), nooit_tegen=())


def _one(kader: Afwegingskader[Any], predicaat: Predicaat) -> SearchStrategy[dict[str, Any]]:
    from hypothesis import strategies as st

    return st.fixed_dictionaries(
        {name: value_of(kader, kader.feiten[name], PEILDATUM) for name in predicaat.reads}
    )


def _alike(kader: Afwegingskader[Any]) -> SearchStrategy[tuple[dict[str, Any], dict[str, Any]]]:
    """Values, and others that its thresholds do not tell apart."""
    from hypothesis import strategies as st

    predicaat = _predicate(kader)

    @st.composite
    def drawn(draw: DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
        values = draw(_one(kader, predicaat))
        other = {name: draw(_in_cell(kader, predicaat, name, value)) for name, value in values.items()}
        return values, other

    return drawn()


def _in_cell(kader: Afwegingskader[Any], predicaat: Predicaat, name: str, value: Any) -> SearchStrategy[Any]:
    from hypothesis import strategies as st

    fact = kader.feiten[name]
    if fact.kind in {FactKind.JA_NEE, FactKind.KEUZE}:
        return st.just(value)
    turns = dict(predicaat.drempels)[name]
    if value in turns:
        return st.just(value)
    cells = [atom for atom in predicaat.cells(lambda _: ()) if atom.fact == name]
    in_cell = [
        one for one in representatives(fact, cells, PEILDATUM) if _cell(turns, one) == _cell(turns, value)
    ]
    same = value_of(kader, fact, PEILDATUM).filter(lambda one: _cell(turns, one) == _cell(turns, value))
    return st.one_of(st.sampled_from([value, *in_cell]), same)


def _cell(turns: tuple[Any, ...], value: Any) -> tuple[bool, ...]:
    return tuple(test for turn in turns for test in (value < turn, value <= turn))


def _predicate(kader: Afwegingskader[Any]) -> Predicaat:
    found = kader.beslis[-1].als
    assert isinstance(found, Predicaat)  # noqa: S101 (put there by this module)
    return found


def _rows(kader: Afwegingskader[Any]) -> SearchStrategy[list[dict[str, Any]]]:
    from hypothesis import strategies as st

    return st.lists(_one(kader, _predicate(kader)), min_size=1, max_size=_ROWS)


def _on_arrays(predicaat: Predicaat, rows: list[dict[str, Any]]) -> None:
    assert predicaat.arrays is not None  # noqa: S101 (asked only then)
    expected = [predicaat.answer(row) for row in rows]
    if not all(isinstance(answer, bool) for answer in expected):
        return  # it may then raise, and the rows are asked one by one
    columns: Mapping[str, Any] = {
        name: _column(kind, [row[name] for row in rows]) for name, kind in predicaat.leest
    }
    try:
        found = np.asarray(predicaat.arrays(**columns)).tolist()
    except Exception as error:  # noqa: BLE001 (whatever it raises is what the check tells)
        found = f"{type(error).__name__}: {error}"
    hold(found == expected, f"on arrays it says {found}, row by row {expected}", rows)


def _column(kind: FactKind, values: list[Any]) -> Any:
    if kind is FactKind.DATUM:
        return np.array(values, dtype="datetime64[D]")
    return np.array(values, dtype=np.str_ if kind is FactKind.KEUZE else None)
