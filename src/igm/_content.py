"""Reads the YAML files that ship with the package, and the ones that users write, in one strict way."""

from __future__ import annotations

from collections.abc import Hashable
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml

from igm.errors import InputError, suggestion

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # PyYAML built without libyaml reads the same, only slower
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

MAX_BYTES: Final = 2_000_000
"""Larger files are refused: a questionnaire or a rulebook is a text that people read."""


class _StrictLoader(_SafeLoader):
    """Safe YAML without two things that hide faults: a key that occurs twice, and aliases."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.constructor.ConstructorError(
                None, None, "aliases (*name) are not accepted", event.start_mark
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key!r} is not text; put it in quotes", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} occurs twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def parse_yaml(text: str, *, name: str) -> dict[str, Any]:
    """The mapping that a YAML text holds.

    Args:
        text: YAML.
        name: What to call the text in errors, such as its path.

    Returns:
        A mapping with text keys.

    Raises:
        InputError: ``file-unreadable`` when the text is too large, is not YAML, repeats a key, uses an alias, or is
            not a mapping.

    Example:
        >>> parse_yaml("id: voorbeeld", name="voorbeeld.yaml")
        {'id': 'voorbeeld'}
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise _unreadable(name, f"more than {MAX_BYTES:,} bytes", "Split the file.")
    try:
        loaded = yaml.load(text, Loader=_StrictLoader)  # noqa: S506 (a safe loader, made stricter)
    except yaml.YAMLError as error:
        raise _unreadable(name, " ".join(str(error).split()), "Mend the YAML at the place named.") from None
    except (RecursionError, ValueError) as error:
        raise _unreadable(name, str(error), "Mend the value, or nest less deep.") from None
    if not isinstance(loaded, dict):
        raise _unreadable(name, type(loaded).__name__, "Start the file with keys (key: value).")
    return loaded


def _unreadable(name: str, given: str, do: str) -> InputError:
    return InputError.of("file-unreadable", f"{name} cannot be read as YAML", do, given=given)


def read_file(path: str | Path) -> dict[str, Any]:
    """The mapping in a YAML file of the user.

    Raises:
        InputError: ``file-unreadable`` when there is no such file, it is not UTF-8, or it is not sound YAML.
    """
    file = Path(path)
    try:
        if file.stat().st_size > MAX_BYTES:
            raise _unreadable(str(file), f"more than {MAX_BYTES:,} bytes", "Split the file.")
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError.of(
            "file-unreadable", f"{file} cannot be opened", "Check the path.", given=error.strerror
        ) from None
    except UnicodeDecodeError as error:
        raise InputError.of(
            "file-unreadable", f"{file} is not UTF-8", "Save the file as UTF-8.", given=f"a bad byte at {error.start}"
        ) from None
    return parse_yaml(text, name=str(file))


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
            "unknown-name", f"there is no {name!r} in {folder}", suggestion(name, known), given=repr(name)
        )
    text = files("igm").joinpath("content", folder, f"{name}.yaml").read_text(encoding="utf-8")
    return parse_yaml(text, name=f"{folder}/{name}.yaml")
