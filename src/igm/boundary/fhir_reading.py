"""Reads JSON of another system part by part: what is of the wrong kind is a problem, what nobody read is told."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final, cast

import attrs

from igm.boundary.exchange import Loss
from igm.boundary.fhir_terms import ANCHOR, TRANSLATION, Json
from igm.constructs._base import Location, is_mapping, path_of
from igm.errors import MASK, InputError, Problems, shown

MAX_CHARACTERS: Final = 20_000_000
"""A longer text is refused before it is read."""

MAX_DEPTH: Final = 60
"""Deeper nesting is refused, so that nothing that comes in can exhaust the stack."""

MAX_PARTS: Final = 10_000_000
"""More values are refused: a list that stands in itself many times over looks small and never ends."""

_CHANGES_MEANING: Final = {"modifierExtension", "implicitRules"}
"""What may not be passed by when it is not known."""

_MANY: Final = {TRANSLATION, ANCHOR}
"""Extensions of which a part may have several."""

_KINDS: Final[dict[type, str]] = {str: "text", int: "a whole number", bool: "true or false", list: "a list"}


def resource_of(data: object, kind: str) -> Json:
    """A resource as a mapping with text keys, from data or from JSON text.

    Raises:
        InputError: ``file-unreadable`` when the text is not JSON; ``invalid-value`` when it is something else than
            a resource of this kind.
    """
    if isinstance(data, (str, bytes)):
        data = _parsed(data)
    if not is_mapping(data):
        do = f"Give the {kind} as a mapping, or as JSON text."
        raise InputError.of("invalid-value", f"not a FHIR {kind}", do, given=shown(data))
    _refuse_depth(data)
    found = cast("Json", data).get("resourceType")
    if found != kind:
        do = f"Give a resource of which resourceType is {kind}."
        raise InputError.of(
            "invalid-value", f"not a FHIR {kind}", do, where="$.resourceType", given=shown(found)
        )
    return cast("Json", data)


def _parsed(text: str | bytes) -> object:
    if len(text) > MAX_CHARACTERS:
        do = f"Give one resource of at most {MAX_CHARACTERS:,} characters."
        raise InputError.of("file-unreadable", "the JSON is too large", do, given=f"{len(text):,}")
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:  # what is not UTF-8 is a ValueError too
        given = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:120]
        do = "Mend the JSON at the place named. Of a file, give Path(...).read_bytes()."
        raise InputError.of("file-unreadable", "the text cannot be read as JSON", do, given=given) from None


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found: Json = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"{name[:40]!r} occurs twice in one object")
        found[name] = value
    return found


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is not a number in JSON")


def _refuse_depth(data: object) -> None:
    level: list[object] = [data]
    room = MAX_PARTS
    for _ in range(MAX_DEPTH):
        level = list(islice((inner for part in level for inner in _inside(part)), room + 1))
        room -= len(level)
        if room < 0:
            do = "Give one resource, or one with fewer items."
            raise InputError.of("file-unreadable", f"more than {MAX_PARTS:,} values", do)
        if not level:
            return
    raise InputError.of(
        "file-unreadable",
        f"nested deeper than {MAX_DEPTH} levels",
        "Give a flatter resource.",
    )


def _inside(part: object) -> Iterator[object]:
    if isinstance(part, Mapping):
        yield from cast("Mapping[object, object]", part).values()
    elif isinstance(part, (list, tuple)):
        yield from cast("list[object]", part)


@attrs.define
class Reader:
    """What was found wrong and what was left over, while a resource is read.

    Attributes:
        problems: What is wrong.
        losses: What does not come along.
        hides: Whether what is given now is not repeated.
    """

    problems: Problems = attrs.field(factory=Problems)
    losses: list[Loss] = attrs.field(factory=list)
    hides: bool = False

    @contextmanager
    def hiding(self, hides: bool) -> Generator[None]:
        """What is read within is not repeated in a problem, when it can be about health."""
        before, self.hides = self.hides, hides
        try:
            yield
        finally:
            self.hides = before

    def wrong(self, code: str, what: str, do: str, at: Location, given: object = None) -> None:
        """Note a problem; a given value is shown in short."""
        told = None if given is None else MASK if self.hides else shown(given)
        self.problems.add(code, what, do, where=path_of(at), given=told)

    def lost(self, what: str, at: Location, why: str) -> None:
        """Note what does not come along."""
        self.losses.append(Loss(what, path_of(at), why))

    def part(self, data: object, at: Location) -> Part:
        """A JSON object, to be read; an empty one when it is something else, which is a problem."""
        if is_mapping(data) and all(isinstance(name, str) for name in data):
            return Part(dict(cast("Json", data)), at, self)
        self.wrong("invalid-value", "an object was expected", "Give names with their values.", at, data)
        return Part({}, at, self)


@attrs.define
class Part:
    """One JSON object; what is taken out of it is read, and the rest can be told.

    Attributes:
        data: What was not read yet.
        at: Where it stands.
        reader: Where problems go.
    """

    data: Json
    at: Location
    reader: Reader

    def take(self, name: str, kind: type) -> Any:
        """A value of a kind, or None when it is absent or, which is a problem, of another kind."""
        value = self.data.pop(name, None)
        right = isinstance(value, kind) and (kind is not int or not isinstance(value, bool))
        if value is None or (right and value not in ("", [])):
            return value
        what = f"{_KINDS[kind]} was expected" if not right else "it is empty"
        self.reader.wrong("invalid-value", what, f"Give {_KINDS[kind]}.", (*self.at, name), value)
        return None

    def text(self, name: str) -> str | None:
        """A text."""
        return cast("str | None", self.take(name, str))

    def parts(self, name: str) -> list[Part]:
        """A list of objects; empty when it is absent."""
        listed = cast("list[object]", self.take(name, list) or [])
        return [self.reader.part(inner, (*self.at, name, index)) for index, inner in enumerate(listed)]

    def one(self, name: str) -> Part | None:
        """An object within this one."""
        value = self.data.pop(name, None)
        return None if value is None else self.reader.part(value, (*self.at, name))

    def extensions(self, *urls: str) -> dict[str, list[Part]]:
        """The extensions with these urls; others stay, to be told."""
        found: dict[str, list[Part]] = {url: [] for url in urls}
        rest: list[Part] = []
        for part in self.parts("extension"):
            url = part.data.get("url")
            if not isinstance(url, str) or url not in found:
                rest.append(part)
            elif found[url] and url not in _MANY:
                do = "Give it once."
                self.reader.wrong("duplicate-name", "an extension that may occur once", do, part.at, url)
            else:
                part.data.pop("url")
                found[url].append(part)
        for part in rest:
            url = part.data.get("url")
            self.reader.lost(f"extension {shown(url)}", part.at, "this library does not know it")
        return found

    def translated(self, name: str) -> dict[str, str]:
        """What a text is in other languages, by language."""
        beside = self.one(f"_{name}")
        texts: dict[str, str] = {}
        for found in [] if beside is None else beside.extensions(TRANSLATION)[TRANSLATION]:
            inner = found.by_url()
            lang, content = inner.get("lang"), inner.get("content")
            code = None if lang is None else lang.text("valueCode")
            kind = (
                "valueMarkdown" if content is not None and "valueMarkdown" in content.data else "valueString"
            )
            text = None if content is None else content.text(kind)
            if code is not None and texts.get(code, text) != text:
                do = "Give one text per language."
                self.reader.wrong("duplicate-name", "two texts in one language", do, found.at, code)
            elif code is not None and text is not None:
                texts[code] = text
            else:
                do = "Give the extensions lang (valueCode) and content (valueString)."
                self.reader.wrong("invalid-value", "a translation without language or text", do, found.at)
        if beside is not None:
            beside.tell_rest()
        return texts

    def by_url(self) -> dict[str, Part]:
        """The extensions within this one, by what they are called; the same one twice is a problem."""
        found: dict[str, Part] = {}
        for part in self.parts("extension"):
            url = str(part.data.pop("url", ""))
            if url in found:
                self.reader.wrong("duplicate-name", "said twice", "Give it once.", part.at, url)
            found[url] = part
        return found

    def tell_rest(self, why: str = "this library has no place for it") -> None:
        """Tell what nobody read; what changes the meaning of the rest is a problem, as FHIR demands."""
        for name in self.data:
            if name in _CHANGES_MEANING:
                do = "Take it out when it changes nothing here; else this cannot be read."
                self.reader.wrong(
                    "invalid-value", "it can change what the rest means", do, (*self.at, name), name
                )
                continue
            self.reader.lost(name, (*self.at, name), why)
        self.data = {}
