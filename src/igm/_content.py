"""Reads the YAML files that ship with the package, and the YAML and JSON files that users write, in one strict way."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import yaml

from igm.errors import InputError, named, shown, suggestion

if TYPE_CHECKING:
    from yaml import SafeLoader as _SafeLoader
else:  # PyYAML built without libyaml reads the same, only slower
    _SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES: Final = 500_000
"""Larger files are refused: a questionnaire or a rulebook is a text that people read."""


MAX_NODES: Final = 50_000
"""More names and values are refused, before they are built: so many take long and are no text that people read."""


MAX_DEPTH: Final = 50
"""Deeper nesting is refused before anything is built, so that no text can exhaust the stack."""


_READ_AS_ANOTHER_NUMBER: Final = re.compile(r"[-+]?(0[0-9_]+|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?)")
"""YAML 1.1 reads 027 as 23 (octal) and 12:30 as 750 (base sixty); no one who writes them means that."""


_MEANS_MORE: Final = {
    "<<": "a merge (<<) is not accepted; write all fields out",
    "=": "a bare = has a meaning of its own in YAML; put it in quotes",
}


def _decimal_comma(before: Any, key: Any, value: Any) -> str | None:
    """The number that was meant where ``{mean: 3,9}`` stands, which YAML reads as 3 and a key 9 without a value."""
    ends = [getattr(node, "value", None) for node in (before, key, value)]
    digits = [isinstance(end, str) and end.isdigit() for end in ends[:2]]
    return f"{ends[0]},{ends[1]}" if all(digits) and ends[2] == "" else None


class _StrictLoader(_SafeLoader):
    """Safe YAML in which every key is text and occurs once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        before: Any = None
        for key_node, value_node in node.value:
            key: Any = self.construct_object(key_node, deep=True)  # pyright: ignore[reportUnknownMemberType]
            if not isinstance(key, str):
                what = f"key {key!r} is not text; put it in quotes"
                if comma := _decimal_comma(before, key_node, value_node):
                    what = f"{comma} is no number; write a decimal point: {comma.replace(',', '.')}"
                raise yaml.constructor.ConstructorError(None, None, what, key_node.start_mark)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key!r} occurs twice", key_node.start_mark
                )
            seen.add(key)
            before = value_node
        built: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return built


def _refuse_what_hides(text: str) -> None:
    """Refuse aliases, tags and deep nesting from the events, because libyaml builds the tree out of Python's reach."""
    depth = nodes = 0
    for event in yaml.parse(text, Loader=_StrictLoader):
        nodes += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        problem = _hiding(event) if depth <= MAX_DEPTH else f"nested deeper than {MAX_DEPTH} levels"
        if nodes > MAX_NODES:
            problem = f"more than {MAX_NODES:,} names and values"
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=cast("yaml.Mark", event.start_mark))


def _hiding(event: yaml.Event) -> str:
    if isinstance(event, yaml.AliasEvent):
        return "aliases (*name) are not accepted"
    if getattr(event, "tag", None) is not None:
        return "tags (!name) are not accepted"
    if not isinstance(event, yaml.ScalarEvent) or not event.implicit[0]:
        return ""
    value: str = event.value
    if value in _MEANS_MORE:
        return _MEANS_MORE[value]
    if _READ_AS_ANOTHER_NUMBER.fullmatch(value):
        return f"{value[:40]!r} is read as another number; put text in quotes, write a number plainly"
    return ""


def parse_yaml(text: str, *, name: str) -> dict[str, Any]:
    """The mapping that a YAML text holds.

    Args:
        text: YAML.
        name: What to call the text in errors, such as its path.

    Returns:
        A mapping with text keys.

    Raises:
        InputError: ``file-unreadable`` when the text is too large, is not YAML, repeats a key, has a key that is not
            text, uses an alias or a tag, nests deeper than `MAX_DEPTH`, holds more than `MAX_NODES` names and
            values, or is not a mapping.

    Example:
        >>> parse_yaml("id: voorbeeld", name="voorbeeld.yaml")
        {'id': 'voorbeeld'}
    """
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise _unreadable(name, f"more than {MAX_BYTES:,} bytes", "Split the file.")
    try:
        _refuse_what_hides(text)
        loaded: object = yaml.load(text, Loader=_StrictLoader)  # noqa: S506 (a safe loader, made stricter)
    except yaml.YAMLError as error:
        told = " ".join(str(error).split()).replace('"<unicode string>"', name)
        raise _unreadable(name, told, "Mend the YAML at the place named.") from None
    except (ArithmeticError, ValueError) as error:
        raise _unreadable(name, str(error), "Mend the value, or put it in quotes.") from None
    if not isinstance(loaded, dict):
        given = "nothing" if loaded is None else f"a {type(loaded).__name__}"
        raise _unreadable(name, given, "Start the file with keys (key: value).")
    return cast("dict[str, Any]", loaded)


def _unreadable(name: str, given: str, do: str, *, form: str = "YAML") -> InputError:
    return InputError.of("file-unreadable", f"{name} cannot be read as {form}", do, given=given[:300])


def parse_json(text: str, *, name: str) -> dict[str, Any]:
    """The mapping that a JSON text holds.

    Args:
        text: JSON.
        name: What to call the text in errors, such as its path.

    Raises:
        InputError: ``file-unreadable`` when the text is not JSON, repeats a key, nests too deep, holds NaN or infinity,
            or is not a mapping.

    Example:
        >>> parse_json('{"id": "voorbeeld"}', name="voorbeeld.json")
        {'id': 'voorbeeld'}
    """
    do = "Mend the JSON at the place named."
    try:
        loaded: object = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise _unreadable(name, "nested too deep", do, form="JSON") from None
    except ValueError as error:
        raise _unreadable(name, str(error), do, form="JSON") from None
    if not isinstance(loaded, dict):
        given = "null" if loaded is None else f"a {type(loaded).__name__}"
        raise _unreadable(name, given, "Give an object: names with their values.", form="JSON")
    found = cast("dict[str, Any]", loaded)
    _refuse_deep_or_many(found, name)
    return found


def _refuse_deep_or_many(loaded: object, name: str) -> None:
    """Hold JSON to the limits of YAML."""
    nodes, level = 0, [loaded]
    for _ in range(MAX_DEPTH + 1):
        nodes += len(level)
        level = [part for node in level for part in _parts(node)]
    if level:
        raise _unreadable(name, f"nested deeper than {MAX_DEPTH} levels", "Nest less.", form="JSON")
    if nodes > MAX_NODES:
        raise _unreadable(name, f"more than {MAX_NODES:,} names and values", "Split the file.", form="JSON")


def _parts(node: object) -> list[Any]:
    if isinstance(node, dict):
        return [*cast("dict[str, Any]", node).values()]
    return [*node] if isinstance(node, list) else []


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in found if keys.count(key) > 1)
        raise ValueError(f"key {twice!r} occurs twice")
    return found


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")


def read_file(path: str | Path) -> dict[str, Any]:
    """The mapping in a YAML file of the user, or in a JSON file when its name ends in ``.json``.

    Args:
        path: A regular file of at most `MAX_BYTES`, in UTF-8 (with or without a byte order mark).

    Raises:
        InputError: ``file-unreadable`` when there is no such file, it is not UTF-8, or it is not sound YAML or JSON.
    """
    given: object = path
    if not isinstance(given, (str, Path)):
        do = "Give the path of a file, as text or as a Path."
        raise InputError.of("file-unreadable", "a path was expected", do, given=shown(given))
    file = Path(given)
    if _is_other(file):
        raise _unopened(file, "something that is not a file")
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        text = raw.decode("utf-8-sig") if len(raw) <= MAX_BYTES else ""
    except OSError as error:
        raise _unopened(file, error.strerror or type(error).__name__) from None
    except UnicodeDecodeError as error:
        raise InputError.of(
            "file-unreadable",
            f"{file} is not UTF-8",
            "Save the file as UTF-8.",
            given=f"a bad byte at {error.start}",
        ) from None
    except ValueError as error:
        raise _unopened(file, str(error)) from None
    if len(raw) > MAX_BYTES:
        raise _unreadable(str(file), f"more than {MAX_BYTES:,} bytes", "Split the file.")
    parse = parse_json if file.suffix.casefold() == ".json" else parse_yaml
    return parse(text, name=str(file))


def _is_other(file: Path) -> bool:
    """Whether a path leads to something that is not a file, such as a folder."""
    try:
        return file.exists() and not file.is_file()
    except (OSError, ValueError):
        return False  # opening it tells why


def _unopened(file: Path, given: str) -> InputError:
    return InputError.of("file-unreadable", f"{str(file)!r} cannot be opened", "Check the path.", given=given)


def shipped(folder: str) -> list[str]:
    """The names of the files that ship in a content folder, without their extension, sorted.

    Example:
        >>> "blonk2018" in shipped("models")
        True
    """
    entries = files("igm").joinpath("content", folder).iterdir()
    return sorted(entry.name.removesuffix(".yaml") for entry in entries if entry.name.endswith(".yaml"))


def read_shipped(folder: str, name: str) -> dict[str, Any]:
    """The mapping in a file that ships with the package.

    Raises:
        InputError: ``unknown-name``, with a suggestion, when there is no such file.
    """
    known = shipped(folder)
    if name not in known:
        raise InputError.of(
            "unknown-name",
            f"there is no {named(name)!r} in {folder}",
            suggestion(name, known),
            given=shown(name),
        )
    text = files("igm").joinpath("content", folder, f"{name}.yaml").read_text(encoding="utf-8")
    return parse_yaml(text, name=f"{folder}/{name}.yaml")
