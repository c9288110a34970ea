"""What stands between the cells of a file: found when one sign fits alone, and asked for otherwise."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import attrs

from igm.errors import InputError, shown

CANDIDATES: Final = (";", ",", "\t", "|")
_SAMPLE: Final = 200
_SAID: Final = re.compile(r"\"?[sS][eE][pP]=(.)\"?\s*")
"""The first line by which a spreadsheet is told the delimiter."""


@attrs.frozen
class Delimiter:
    """What stands between cells, and whether the first line only says so."""

    sign: str
    said: bool = False
    alone: bool = False


def checked_delimiter(given: object) -> str | None:
    """What the caller names.

    Raises:
        InputError: ``invalid-value`` for what is not one sign.
    """
    if given is None:
        return None
    if not isinstance(given, str) or len(given) != 1 or given in '"\r\n\0':
        do = "Give one sign, such as ';', ',' or '\\t', or leave it out to have it found."
        raise InputError.of(
            "invalid-value", "a delimiter is one sign", do, where="$.delimiter", given=shown(given)
        )
    return given


def found_delimiter(file: Path, encoding: str, given: str | None) -> Delimiter:
    """What stands between the cells of a file.

    Args:
        file: The file.
        encoding: Its encoding.
        given: What the caller names.

    Raises:
        InputError: ``file-ambiguous`` when several signs fit as well, or when one fits all lines but the first.
    """
    with file.open(encoding=encoding, newline="") as stream:
        said = _SAID.fullmatch(stream.readline(20))
    if given is not None:
        return Delimiter(given, said is not None)
    if said is not None:
        return Delimiter(said.group(1), said=True)
    widths = {sign: _widths(file, encoding, sign) for sign in CANDIDATES}
    split = [sign for sign, found in widths.items() if found[:1] > [1]]
    even = [sign for sign in split if len(set(widths[sign])) == 1]
    best = even or split
    if len(best) == 1:
        return Delimiter(best[0])
    single = [sign for sign, found in widths.items() if set(found) <= {1}]
    below = [sign for sign, found in widths.items() if not best and _is_titled(sign, found)]
    if below:
        raise _titled(file, below, "\t" if "\t" in single else None)
    if not best and single:
        return Delimiter("\t" if "\t" in single else single[0], alone=True)
    raise _ambiguous(file, best or CANDIDATES)


def _is_titled(sign: str, widths: Sequence[int]) -> bool:
    """Whether all rows but the first are divided alike; a comma also stands in a text, and before decimals."""
    below = set(widths[1:])
    return len(widths) > 2 and len(below) == 1 and min(below) > (2 if sign == "," else 1)


def _titled(file: Path, below: Sequence[str], alone: str | None) -> InputError:
    what = (
        f"the first line is one text, and the lines below it are divided by {' or '.join(map(repr, below))}"
    )
    do = "Take out what stands above the header"
    do += f"; or pass delimiter={alone!r} when there is one column." if alone else "."
    return InputError.of("file-ambiguous", what, do, where=f"{file.name}, line 1")


def _widths(file: Path, encoding: str, sign: str) -> list[int]:
    """How many cells the first rows have; up to where its quotes make no sense."""
    found: list[int] = []
    with file.open(encoding=encoding, newline="") as stream:
        rows = csv.reader(stream, delimiter=sign, strict=True)
        try:
            for row in islice(rows, _SAMPLE):
                found += [len(row)] * bool(row)
        except csv.Error:
            return found
    return found


def _ambiguous(file: Path, fitting: Sequence[str]) -> InputError:
    choices = " or ".join(f"delimiter={sign!r}" for sign in fitting)
    what = "what stands between the cells cannot be told: several signs fit as well"
    return InputError.of("file-ambiguous", what, f"Pass {choices}.", where=f"{file.name}, line 1")
