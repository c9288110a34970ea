"""Frame libraries, imported where they are used: whoever holds a frame of one has it installed, who asks may not."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from igm.errors import MissingDependencyError

_EXTRAS: Final = {"narwhals.stable.v2": ("narwhals", "frames")}


def library(name: str) -> Any:
    """A library by the name of its module, without types: some of them ship none.

    Raises:
        MissingDependencyError: ``missing-dependency`` for one that comes with an extra and is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        if name not in _EXTRAS:
            raise
        package, extra = _EXTRAS[name]
        raise MissingDependencyError.of_extra(package, extra) from None


def asked_library(name: str) -> Any:
    """A library in which a frame was asked for, by the name of its module.

    Raises:
        MissingDependencyError: ``missing-dependency`` when it is not installed.
    """
    package = name.partition(".")[0]
    if find_spec(package) is None:
        do = f"Install it: pip install {package}; or ask for a frame of a library that you have."
        what = f"a frame of {package} was asked for"
        raise MissingDependencyError.of("missing-dependency", what, do, given="no such package")
    return library(name)


def narwhals() -> Any:
    """The stable part of narwhals, by which frames are read without knowing their engine."""
    return library("narwhals.stable.v2")
