"""Labels of values beside the words of what is asked: where they say something else than the values do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import attrs

from igm._engines._codes import Meaning, folded
from igm._engines.words import missing_word
from igm.errors import named

_NO_LABEL: Final = "geen label"
"""Stands for a value that cannot be placed: a text, so that it is refused where it is used."""

_SHOWN: Final = 3


@attrs.frozen
class Labelled:
    """What the labels of a column say: the meaning of values that are not what they mean, and what to tell of it."""

    codes: Mapping[str, Meaning]
    notes: tuple[str, ...] = ()


def labelled(
    labels: Mapping[str, str], words: Mapping[str, Meaning], there: Iterable[str], scale: Iterable[int]
) -> Labelled:
    """What the labels of a column mean.

    Args:
        labels: The label of each value.
        words: What a word means, by folded text.
        there: The values that occur and stand for an answer.
        scale: The answers that can be given.

    When one label stands at another value than on the scale, no value of the column can be trusted to be itself: what
    has no label, or one that is no word of the scale, then means a text, which is refused where it is used.
    """
    answers = {raw: label for raw, label in labels.items() if missing_word(label) is None}
    means = {raw: words[folded(label)] for raw, label in answers.items() if folded(label) in words}
    other = {raw: label for raw, label in answers.items() if raw not in means}
    if not words or not answers:
        return Labelled({})
    notes = tuple(
        f"label {folded(labels[raw])!r} stands at {raw}; on the scale it is {_told(meaning)}"
        for raw, meaning in means.items()
        if not _stands(raw, meaning)
    )
    if not notes:
        return Labelled({}, _in_part(len(means), other))
    possible = {*there, *map(str, scale)} - means.keys() - (labels.keys() - answers.keys())
    unplaced = {raw: other.get(raw, _NO_LABEL) for raw in sorted(possible)}
    if unplaced:
        told = f"{_some(unplaced)} cannot be placed: refused where it occurs, until codes= says what it means"
        notes = (*notes, told)
    return Labelled({**means, **unplaced}, notes)


def _in_part(known: int, other: Mapping[str, str]) -> tuple[str, ...]:
    if not other:
        return ()
    told = f"{known} of {known + len(other)} labels are words that mean something here"
    return (f"{told}, not {_some(other)}; values are taken as they stand",)


def together(notes: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """A line per note, with the columns that it holds for."""
    columns: dict[str, list[str]] = {}
    for column, told in notes.items():
        for note in told:
            columns.setdefault(note, []).append(named(column))
    return tuple(f"{_listed(those)}: {note}" for note, those in columns.items())


def _listed(columns: Sequence[str]) -> str:
    more = len(columns) - _SHOWN
    return ", ".join(columns[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _stands(raw: str, meaning: Any) -> bool:
    """Whether a value already is what its label means; for a fact, 1 is yes and 0 is no."""
    return raw == str(int(meaning)) if isinstance(meaning, (bool, int)) else raw == str(meaning)


def _told(meaning: Meaning) -> str:
    return {True: "yes", False: "no"}[meaning] if isinstance(meaning, bool) else str(meaning)


def _some(labels: Mapping[str, str]) -> str:
    first = [f"{raw} ({label})" for raw, label in labels.items()][:_SHOWN]
    return _listed([*first, *[""] * (len(labels) - len(first))])
