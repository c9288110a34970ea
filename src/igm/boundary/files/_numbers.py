"""What the cells of a delimited file are: numbers with one decimal sign, or texts."""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Sequence
from typing import Final, Literal, TypeAlias, cast

import attrs
import numpy as np

from igm.boundary.files._rows import RawColumn
from igm.boundary.files._table import Column
from igm.errors import InputError, named, shown

Decimal: TypeAlias = Literal[",", "."]

_FORM: Final = (
    r"[+-]?(?:(?:0|[1-9][0-9]{{0,14}})(?:[eE][+-][0-9]{{1,2}}|e[0-9]{{1,2}})?"
    r"|(?:0|[1-9][0-9]{{0,14}})?{sign}[0-9]+(?:[eE][+-]?[0-9]{{1,2}})?)"
)
_NUMBER: Final[dict[Decimal, re.Pattern[str]]] = {
    ",": re.compile(_FORM.format(sign=",")),
    ".": re.compile(_FORM.format(sign=r"\.")),
}
"""Numbers as programs write them; 007, 12E3 and numbers of more than fifteen digits are names of something."""

_THOUSANDS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_GROUPED: Final = re.compile(
    r"[+-]?[1-9][0-9]{0,2}([.,' \u00a0\u202f])[0-9]{3}(?:\1[0-9]{3})*(?:[.,][0-9]+)?"
)
"""Numbers with a sign between thousands."""
_WHOLE: Final = re.compile(r"[+-]?[0-9]+")
_MARKS: Final = frozenset({"na", "n/a", "#n/a", "#n/b", "null", "nan", ".", "-", "?"})
"""What programs write where nothing is; a report may name these."""
_FIRST: Final = 1000


@attrs.frozen
class Cells:
    """How cells are read.

    Attributes:
        decimal: The decimal sign; nothing when there are no decimals.
        empty: Texts that count as empty cells.
    """

    decimal: Decimal | None
    empty: frozenset[str]

    def column(self, raw: RawColumn) -> Column:
        """The column that cells make: of numbers when all that is not empty is one, else of texts."""
        filled = filled_cells(raw, self.empty)
        pattern = _NUMBER[self.decimal or "."]
        cells = zip(raw.distinct, raw.bare, strict=True)
        if not filled or not all(map(pattern.fullmatch, filled)):
            texts = [cell if bare and bare not in self.empty else None for cell, bare in cells]
            return Column(np.array([*texts, None], dtype=object)[raw.numbers], "text")
        values = np.array(
            [_number(bare, self.decimal) if bare and bare not in self.empty else np.nan for _, bare in cells]
        )
        whole = all(map(_WHOLE.fullmatch, filled))
        if whole and len(filled) == len(raw.bare):
            values = values.astype(np.int64)
        return Column(values[raw.numbers], "whole" if whole else "number")


def filled_cells(raw: RawColumn, empty: frozenset[str]) -> list[str]:
    """The different cells of a column with something in them, without white space at their ends."""
    return [bare for bare in raw.bare if bare and bare not in empty]


def _number(text: str, decimal: Decimal | None) -> float:
    return float(text.replace(",", ".") if decimal == "," else text)


def checked_decimal(given: object) -> Decimal | None:
    """The decimal sign that the caller names.

    Raises:
        InputError: ``invalid-value``.
    """
    if given is None:
        return None
    for sign in _NUMBER:
        if given == sign:
            return sign
    do = "Give ',' or '.', or leave it out to have it found."
    raise InputError.of("invalid-value", "no decimal sign", do, where="$.decimal", given=shown(given))


def checked_empty(given: object) -> frozenset[str]:
    """The texts that the caller takes for empty.

    Raises:
        InputError: ``invalid-value``.
    """
    told = shown(given)
    if isinstance(given, Collection) and not isinstance(given, (str, bytes)):
        texts = list(cast("Collection[object]", given))
        if all(isinstance(text, str) for text in texts):
            return frozenset(str(text).strip(string.whitespace) for text in texts)
    do = "Give a list of texts, such as empty=['NA']."
    raise InputError.of("invalid-value", "texts that count as empty", do, where="$.empty", given=told)


def found_decimal(
    names: Sequence[str],
    columns: Sequence[RawColumn],
    given: Decimal | None,
    empty: frozenset[str],
    delimiter: str,
) -> Decimal | None:
    """The decimal sign of a file.

    Args:
        names: The names of the columns.
        columns: Their cells.
        given: The sign that the caller names.
        empty: Texts that count as empty cells.
        delimiter: What stands between the cells.

    Raises:
        InputError: ``file-ambiguous`` when columns differ, or when a sign can as well be one between thousands.
    """
    if given is not None:
        return given
    fitting: dict[Decimal, list[str]] = {",": [], ".": []}
    only_thousands: dict[Decimal, bool] = {",": True, ".": True}
    for name, column in zip(names, columns, strict=True):
        filled = filled_cells(column, empty)
        for sign, found in fitting.items():
            broken = [cell for cell in filled if sign in cell]
            if broken and all(map(_NUMBER[sign].fullmatch, filled)):
                found.append(name)
                only_thousands[sign] &= all(map(_THOUSANDS.fullmatch, broken))
    if fitting[","] and fitting["."]:
        one, other = named(fitting[","][0]), named(fitting["."][0])
        what = f"{one} has decimal commas and {other} has decimal points"
        raise _ambiguous(what, "Pass decimal=',' or decimal='.'; the other column is then read as text.")
    for sign, found in fitting.items():
        unusual = delimiter in ";\t" if sign == "." else delimiter != ";"
        if found and only_thousands[sign] and unusual:
            what = f"numbers in {named(found[0])}, such as 1{sign}500, can be decimals or thousands"
            raise _ambiguous(
                what, f"Pass decimal={sign!r} for decimals; else take the signs between thousands out."
            )
    return "," if fitting[","] else "." if fitting["."] else None


def _ambiguous(what: str, do: str) -> InputError:
    return InputError.of("file-ambiguous", what, do, where="$.decimal")


def _no_numbers(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if not any(form.fullmatch(cell) for form in _NUMBER.values())]


def notes_on(
    names: Sequence[str], columns: Sequence[RawColumn], read: Sequence[Column], empty: frozenset[str]
) -> list[str]:
    """What a reader should know of columns that were read as texts; of their cells only well-known marks are named."""
    formulas = sum(
        sum(cell.startswith(("=", "@")) for cell in raw.distinct)
        for raw, column in zip(columns, read, strict=True)
        if column.kind == "text"
    )
    notes = [f"{formulas} different cells look like formulas of a spreadsheet; they are kept as text"] * bool(
        formulas
    )
    for name, raw, column in zip(names, columns, read, strict=True):
        if column.kind != "text":
            continue
        filled = filled_cells(raw, empty)
        other = _no_numbers(filled[:_FIRST])
        if other and all(map(_GROUPED.fullmatch, other)):
            what = "numbers with a sign between thousands; take these signs out to have them read as numbers"
            notes.append(f"{named(name)} is read as text: {what}")
            continue
        if len(other) > _FIRST / 2:
            continue  # it is one of texts, and need not be looked through
        other = _no_numbers(filled)
        if 0 < len(other) < len(filled) / 2:
            marks = [cell for cell in other if cell.casefold() in _MARKS]
            what = (
                f"empty={marks!r} reads it as numbers"
                if len(marks) == len(other)
                else "a map of columns can say"
            )
            notes.append(
                f"{named(name)} is read as text: {len(other)} different cells are no numbers ({what})"
            )
    return notes
