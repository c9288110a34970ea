"""Opening what a user points at, and telling in which encoding its texts are written."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from stat import S_ISREG
from typing import Final

import attrs

from igm.constructs._base import raise_capped
from igm.errors import InputError, Problem, shown

BLOCK: Final = 2**20
"""How many bytes are read at once."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8, with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32, by its byte order mark"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32, by its byte order mark"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16, by its byte order mark"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16, by its byte order mark"),
)
_OTHER_FORMS: Final = {
    b"PK\x03\x04": ("a workbook or a zip file", "Save the sheet as CSV (UTF-8), and give that file."),
    b"\xd0\xcf\x11\xe0": ("an old workbook", "Save the sheet as CSV (UTF-8), and give that file."),
    b"\x1f\x8b": ("a gzip file", "Unpack it, and give the file that was in it."),
    b"$FL": ("an SPSS file", "Read it with read_spss."),
    b"PAR1": ("a Parquet file", "Read it with read_parquet."),
}
"""Files of other forms, by how they begin."""
_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")
_NOT_IN_1252: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@attrs.frozen
class Encoding:
    """An encoding, and how the report tells of it."""

    name: str
    told: str


def a_file(path: object) -> Path:
    """The file at a path.

    Raises:
        InputError: ``file-unreadable`` when there is none, or something else such as a folder.
    """
    if not isinstance(path, (str, Path)):
        raise _unreadable(
            "a path was expected", "Give the path of a file, as text or as a Path.", shown(path)
        )
    file = Path(path)
    try:
        mode = file.stat().st_mode  # opening a pipe would wait for somebody who writes
        if S_ISREG(mode):
            with file.open("rb"):
                return file
    except OSError as error:
        given = error.strerror or type(error).__name__
        raise _unreadable(f"{str(file)!r} cannot be opened", "Check the path.", given) from None
    except ValueError as error:
        raise _unreadable("the path cannot be used", "Check the path.", str(error)) from None
    do = "Give the path of one file."
    raise _unreadable(f"{str(file)!r} cannot be opened", do, "something that is not a file")


def _unreadable(what: str, do: str, given: str) -> InputError:
    return InputError.of("file-unreadable", what, do, where="$.path", given=given)


def found_encoding(file: Path, given: str | None, reached: Callable[[int], None]) -> Encoding:
    """The encoding of a file of text, that all of it was read with.

    Args:
        file: The file.
        given: The encoding that the caller names; without one it is found by the byte order mark, else it is UTF-8 when
            all of it is, else Windows-1252 (the encoding of Western European Windows) when all of it can be.
        reached: Is told the byte up to which was read.

    Raises:
        InputError: ``file-unreadable`` for an empty file, one that is no text (NUL bytes), or with the lines that
            cannot be read; ``file-ambiguous`` when parts are UTF-8 and parts are not; ``unknown-name`` for another
            encoding.
    """
    with file.open("rb") as stream:
        start = stream.read(4)
    if not start:
        raise InputError.of(
            "file-unreadable", f"{file.name} is empty", "Give a file with a header.", given="0 bytes"
        )
    _refuse_other_form(file, start)
    marked = next((Encoding(name, told) for mark, name, told in _MARKS if start.startswith(mark)), None)
    named = None if given is None else Encoding(_known(given), f"{given}, as given")
    if named is not None and marked is not None:
        # the mark itself is no part of the text, so it is read by the codec that knows it
        named = _agreed(file, named, marked)
    chosen = named or marked or Encoding("utf-8", "UTF-8")
    if _is_readable(file, chosen, reached):
        return chosen
    if given is not None or marked is not None:
        raise _bad_lines(file, chosen)
    return _without_mark(file)


def _refuse_other_form(file: Path, start: bytes) -> None:
    """Refuse what is well known and no text, with what to do about it."""
    for mark, (form, do) in _OTHER_FORMS.items():
        if start.startswith(mark):
            raise InputError.of("file-unreadable", f"{file.name} is no text", do, where="$.path", given=form)


def _agreed(file: Path, named: Encoding, marked: Encoding) -> Encoding:
    family = marked.name.removesuffix("-sig")
    if codecs.lookup(named.name).name.startswith(family):
        return Encoding(marked.name, named.told)
    what = f"the byte order mark says {family.upper()}, and encoding= says {named.name}"
    raise InputError.of(
        "file-ambiguous", what, "Leave encoding out, or mend the file.", where=f"{file.name}, line 1"
    )


def _known(given: object) -> str:
    try:
        if isinstance(given, str) and isinstance("".encode(given), bytes):
            return given
    except (LookupError, ValueError):
        pass
    do = "Give the name of an encoding, such as utf-8, cp1252 or utf-16."
    raise InputError.of("unknown-name", "no such encoding", do, where="$.encoding", given=shown(given))


def _is_readable(file: Path, encoding: Encoding, reached: Callable[[int], None]) -> bool:
    """Whether the whole file can be read so.

    Raises:
        InputError: ``file-unreadable`` when what is read holds NUL signs: it is no text.
    """
    decoder = codecs.getincrementaldecoder(encoding.name)()
    line, size = 1, 0
    for block in _blocks(file):
        try:
            text = decoder.decode(block, final=len(block) < BLOCK)
        except UnicodeError:
            return False
        if "\0" in text:
            raise _no_text(file, line + text[: text.index("\0")].count("\n"))
        line += text.count("\n")
        size += len(block)
        reached(size)
    return True


def _no_text(file: Path, line: int) -> InputError:
    what = "a NUL sign, so this is no text"
    do = "Give a file of text; for UTF-16 without a byte order mark pass encoding='utf-16-le' (or 'utf-16-be')."
    return InputError.of("file-unreadable", what, do, where=f"{file.name}, line {line}")


def _blocks(file: Path) -> Iterator[bytes]:
    """The blocks of a file, the last one shorter than the others (or empty)."""
    with file.open("rb") as stream:
        block = stream.read(BLOCK)
        while len(block) == BLOCK:
            yield block
            block = stream.read(BLOCK)
        yield block


def _without_mark(file: Path) -> Encoding:
    """The encoding of a file that is not UTF-8 throughout: Windows-1252 when all of it can be."""
    wrong: list[int] = []
    utf8 = total = 0
    outside = False
    with file.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if b"\0" in line:
                raise _no_text(file, number)
            if not _NOT_ASCII.search(line):
                continue
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                total += 1
                wrong += [number] if len(wrong) < _SHOWN else []
                outside = outside or _NOT_IN_1252.search(line) is not None
            else:
                utf8 += 1
    if not utf8 and not outside:
        return Encoding("cp1252", f"Windows-1252 (not UTF-8, by line {wrong[0]})")
    if utf8:
        what = "the line is not UTF-8, and other lines are"
        do = "Save the file in one encoding, or pass encoding='cp1252' or another that it is known to have."
        code = "file-ambiguous"
    else:
        what = "the line is neither UTF-8 nor Windows-1252"
        do = "Pass the encoding that the file is known to have, such as encoding='cp850'."
        code = "file-unreadable"
    problems = [Problem(code, what, do, f"{file.name}, line {number}") for number in wrong]
    raise_capped(problems, total, "lines")
    raise AssertionError("a line was wrong")


_SHOWN: Final = 20


def _bad_lines(file: Path, encoding: Encoding) -> InputError:
    """Which lines cannot be read in an encoding that was named, or that the mark says."""
    decoder = codecs.getincrementaldecoder(encoding.name)("replace")
    found: list[int] = []
    line = 1
    try:
        for block in _blocks(file):
            for index, text in enumerate(decoder.decode(block, final=len(block) < BLOCK).split("\n")):
                line += index > 0
                if "\ufffd" in text and line not in found[-1:]:
                    found.append(line)
    except UnicodeError:  # some are strict all the same, such as UTF-16 without a byte order mark
        found.append(line)
    what, do = f"the line cannot be read as {encoding.name}", "Pass another encoding, or mend the line."
    problems = [
        Problem("file-unreadable", what, do, f"{file.name}, line {number}") for number in found[:_SHOWN]
    ]
    try:
        raise_capped(problems, len(found), "lines")
    except InputError as error:
        return error
    return InputError.of("file-unreadable", f"{file.name} cannot be read as {encoding.name}", do)
