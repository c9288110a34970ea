"""``score``: answers in, a profile or the scores of many people out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, cast, overload

import numpy as np
from numpy.typing import NDArray

from igm._engines.column_map import ColumnMap
from igm._engines.engine import Frame, FrameT, engine_of
from igm.constructs._base import one_of
from igm.constructs.afname import Afname
from igm.constructs.gedrag import Gedrag
from igm.constructs.profiel import Profiel
from igm.constructs.toestemming import Toestemming, refuse_without_consent
from igm.constructs.vragenlijst import Vragenlijst
from igm.constructs.waarde import Missing
from igm.errors import InputError
from igm.scoring._answers import Answers
from igm.scoring._array import read_array
from igm.scoring._frame import Request, refuse_for_frames, refuse_without_frame, score_frame
from igm.scoring._matrix import read_people
from igm.scoring._numbers import Row
from igm.scoring._people import OnePerson, answers_of, check_list, checked_people
from igm.scoring._plan import Plan
from igm.scoring._refs import repeated
from igm.scoring.missing import MinValid
from igm.scoring.protocols import Composite, ItemScorer
from igm.scoring.registry import composite as find_composite
from igm.scoring.registry import scorer as find_scorer
from igm.scoring.scores import Scores

Answered: TypeAlias = OnePerson | Sequence[OnePerson] | NDArray[Any]
"""Answers that are no frame."""

Purpose: TypeAlias = Literal["onderzoek"]
"""What scores are made for, when that asks for consent."""


@overload
def score(
    data: OnePerson,
    lijst: Vragenlijst,
    /,
    *,
    scorer: str | ItemScorer = ...,
    composite: str | Composite = ...,
    min_valid: MinValid = ...,
    gedrag: Gedrag | None = ...,
    doel: Purpose | None = ...,
) -> Profiel: ...


@overload
def score(
    data: Sequence[OnePerson] | NDArray[Any],
    lijst: Vragenlijst,
    /,
    *,
    scorer: str | ItemScorer = ...,
    composite: str | Composite = ...,
    min_valid: MinValid = ...,
    gedrag: Gedrag | None = ...,
    doel: Purpose | None = ...,
    items: Sequence[str] | None = ...,
) -> Scores: ...


@overload
def score(
    data: FrameT,
    lijst: Vragenlijst,
    /,
    *,
    scorer: str | ItemScorer = ...,
    min_valid: MinValid = ...,
    columns: ColumnMap | None = ...,
    keep: bool | Sequence[str] = ...,
    prefix: str = ...,
) -> FrameT: ...


def score(
    data: OnePerson | Sequence[OnePerson] | NDArray[Any] | Frame,
    lijst: Vragenlijst,
    /,
    *,
    scorer: str | ItemScorer = "mean",
    composite: str | Composite | None = None,
    min_valid: MinValid = "half",
    gedrag: Gedrag | None = None,
    doel: Purpose | None = None,
    items: Sequence[str] | None = None,
    columns: ColumnMap | None = None,
    keep: bool | Sequence[str] = True,
    prefix: str = "",
) -> Any:
    """Score answers on a questionnaire: of one person a profile, of many people their scores, of a frame a frame.

    Items that are worded the other way are reversed on the stated bounds of the scale. A construct has a
    score when enough of its items are answered; the number of answered items is always given. One person,
    an array and every kind of frame give the same bits.

    A frame is one of pandas, Polars, PyArrow, DuckDB, PySpark or Dask. It stays where it is, and what waits to be
    collected keeps waiting. Per construct it gets a column such as ``houding`` (the score, null where there is none)
    and one such as ``houding_n`` (the number of answered items), after the columns that it has. An item without a
    column was not asked, and null and NaN are no answer. A wrong answer is refused at once by a frame in memory; other
    engines refuse it when the query runs, for every score that reads it.

    Args:
        data: One person's answers by item id (or an `Afname`), a list of those, an array with a row per
            person, or a frame. ``None`` and absent items were not asked, and so is NaN in an array.
        lijst: The questionnaire.
        scorer: Makes a determinant from its items: a name or an object, see `ItemScorer`.
        composite: Makes willen and kunnen from determinants: a name or an object, see `Composite`; the mean when
            left out. It makes none when left out beside a scorer that puts determinants on different scales, such as
            ``"sum"``: say then ``composites.mean(metric="pomp")``. A frame takes none: it holds determinants.
        min_valid: How many items of a construct must be answered: ``"half"``, ``"all"`` or a number; always
            at least one.
        gedrag: The behaviour that the answers are about, when it is not the questionnaire's own. A frame has no
            place for it.
        doel: ``"onderzoek"`` refuses people who gave no valid consent for research. A consent given after the
            date of the answers does not count; answers without a date take any. A bare mapping, an array or a
            frame holds none.
        items: The item of each column of an array, when they are not in the order of the questionnaire. An
            item without a column was not asked.
        columns: Of a frame, which column holds which item and what the values in it mean; an item has a column of
            its own name when left out. A map with ``long`` reads a frame with a row per answer, and gives one with
            a row per person.
        keep: Of a frame, which columns stay: all, none (False) or those in a list.
        prefix: Of a frame, what is put before the names of new columns.

    Returns:
        A `Profiel` for one person, `Scores` for a list or an array, and for a frame one of the same kind: scores are
        64-bit floats and numbers of items 32-bit whole numbers, which pandas holds as ``Float64`` and ``Int32``.

    Raises:
        InputError: All problems of the answers at once: ``unknown-item``, ``answer-out-of-range``,
            ``answer-not-whole``, ``not-a-number``, ``shape-mismatch``, ``duplicate-name`` for a reference
            that occurs twice or a column that is there already, ``invalid-value`` for data of another kind;
            ``plugin-invalid`` for a scorer that a lazy engine cannot run; and what `scorer`, `composite` and
            `columns` refuse.
        UnknownNameError: ``unknown-name`` for a scorer or composite that does not exist.
        ConsentError: ``consent-missing``.
        MissingDependencyError: ``missing-dependency`` when a frame needs narwhals, which is not installed.

    Example:
        >>> from igm.constructs.vragenlijst import vragenlijst
        >>> lijst = vragenlijst("client-participatie")
        >>> profiel = score({item.id: 4 for item in lijst.items if not item.reversed}, lijst)
        >>> profiel["houding"].score
        4.0
        >>> score(np.full((3, len(lijst.items)), 5), lijst).values.shape == (3, len(lijst.constructs))
        True
        >>> import pandas as pd
        >>> score(pd.DataFrame({"houding_1": [4, None], "houding_2": [5, None]}), lijst, min_valid=1)["houding"]
        0     4.5
        1    <NA>
        Name: houding, dtype: Float64
    """
    plan = _plan(lijst, scorer, composite, min_valid, gedrag)
    _check_purpose(doel)
    engine = engine_of(data)
    if engine is not None:
        refuse_for_frames({"items": items, "gedrag": gedrag, "composite": composite, "doel": doel})
        return score_frame(data, engine, Request(plan, columns, keep, prefix))
    if not isinstance(data, (Mapping, Afname, np.ndarray)):
        check_list(data)
    refuse_without_frame(columns, keep, prefix)
    return _people_scored(plan, cast("Answered", data), doel, items)


def _people_scored(
    plan: Plan, data: Answered, doel: Purpose | None, items: Sequence[str] | None
) -> Profiel | Scores:
    if isinstance(data, np.ndarray):
        if doel is not None:
            refuse_without_consent(() for _ in range(len(data) if data.ndim else 1))
        return _scores(plan, read_array(data, plan.lijst, items))
    if items is not None:
        do = "Leave items out: the answers name their items."
        raise InputError.of("invalid-value", "items goes with an array", do, where="$.items")
    if isinstance(data, (Mapping, Afname)):
        if doel is not None:
            refuse_without_consent([_consents(data)])
        return _one(plan, data)
    people = checked_people(data)
    if doel is not None:
        refuse_without_consent(_consents(person) for person in people)
    return _scores(plan, answers_of(people, plan.lijst), people)


def _plan(
    lijst: Vragenlijst,
    scorer: str | ItemScorer,
    composite: str | Composite | None,
    min_valid: MinValid,
    gedrag: Gedrag | None,
) -> Plan:
    _check_kind(
        lijst, Vragenlijst, "$.lijst", "Give a Vragenlijst, such as vragenlijst('client-participatie')."
    )
    if gedrag is not None:
        _check_kind(
            gedrag, Gedrag, "$.gedrag", "Give a Gedrag, or leave it out to use the questionnaire's own."
        )
    own = lijst.gedrag if gedrag is None else gedrag
    found = None if composite is None else find_composite(composite)
    return Plan.of(lijst, own, find_scorer(scorer), found, min_valid)


def _check_kind(given: object, kind: type, where: str, do: str) -> None:
    if not isinstance(given, kind):
        raise InputError.of(
            "invalid-value", f"not a {kind.__name__}", do, where=where, given=type(given).__name__
        )


def _check_purpose(doel: object) -> None:
    if doel is not None:
        one_of(doel, ["onderzoek"], "unknown purpose", "$.doel")


def _consents(person: OnePerson) -> Sequence[Toestemming]:
    """The consents that can count: one that was given after the day of the answers does not reach back.

    A withdrawal counts whenever it was.
    """
    if not isinstance(person, Afname):
        return ()
    day = person.datum
    return [one for one in person.toestemmingen if day is None or one.datum <= day or not one.valid]


def _checked(person: OnePerson, lijst: Vragenlijst) -> Mapping[str, int | Missing]:
    return lijst.check(person.antwoorden if isinstance(person, Afname) else person)


def _one(plan: Plan, person: OnePerson) -> Profiel:
    checked = _checked(person, plan.lijst)
    answers = [checked[item.id] for item in plan.lijst.items]
    if isinstance(person, Afname):
        return plan.one(answers, ref=person.ref, datum=person.datum)
    return plan.one(answers)


def _scores(plan: Plan, answers: Answers, people: Sequence[OnePerson] | None = None) -> Scores:
    values, n_valid = plan.many(answers)
    if people is None:
        return Scores(values, n_valid, None, None, plan, answers)
    refs = tuple(person.ref if isinstance(person, Afname) else None for person in people)
    datums = tuple(person.datum if isinstance(person, Afname) else None for person in people)
    return Scores(values, n_valid, refs, datums, plan, answers)


def scores_of_frame(
    frame: Frame,
    lijst: Vragenlijst,
    columns: ColumnMap | None,
    person: str | Row | None,
    scorer: str | ItemScorer,
    min_valid: MinValid,
) -> Scores:
    """The scores of the people in a frame, as `Scores.of_frame` tells."""
    plan = _plan(lijst, scorer, None, min_valid, None)
    if engine_of(frame) is None:
        do = "Give a frame; igm.score makes scores of a list or an array."
        raise InputError.of("invalid-value", "not a frame", do, given=type(frame).__name__)
    people = read_people(frame, lijst, columns=columns, person=person)
    for note in repeated(people.refs):
        n, rows = note.figures
        do = "Take one wave, such as frame[frame['wave'] == 'T0'], or another column with person=."
        raise InputError.of(
            "duplicate-name",
            "somebody has several rows",
            do,
            where="$.person",
            given=f"{n} people in {rows} rows",
        )
    values, n_valid = plan.many(people.answers)
    return Scores(values, n_valid, people.refs, None, plan, people.answers)
