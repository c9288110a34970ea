"""What all tests share: how Hypothesis runs, and that the examples in the README and the docs run too."""

from __future__ import annotations

import os
import tempfile
from doctest import ELLIPSIS
from pathlib import Path
from typing import Any

from hypothesis import configuration, settings
from sybil import Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

# Doctests are collected by the path of a module. What was imported by name before that is not loaded a second time,
# so that what a test replaces in a module is what runs, whatever was collected first.
import igm.boundary
import igm.decision
import igm.scoring
import igm.testing  # noqa: F401

ROOT = Path(__file__).parent

# Only read by type checkers: everything under tests/typing says what a user may write.
collect_ignore = ["tests/typing"]

# The same cases on every machine and in every run, and no folder of remembered ones in the tree.
configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "igm-hypothesis")
settings.register_profile("default", derandomize=True, deadline=None, max_examples=60, database=None)
settings.register_profile("thorough", parent=settings.get_profile("default"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


# Blocks marked python are run, or are doctests when they start with a prompt; blocks marked pycon are doctests always.
_python = PythonCodeBlockParser(doctest_optionflags=ELLIPSIS)
_pycon = PythonCodeBlockParser(doctest_optionflags=ELLIPSIS)
_pycon.codeblock_parser = CodeBlockParser("pycon", PythonEvaluator())


def _enter_scratch_folder(namespace: dict[str, Any]) -> None:
    """Examples may write files as a reader would, next to the repository's examples and not in the tree."""
    scratch = tempfile.TemporaryDirectory()
    (Path(scratch.name) / "examples").symlink_to(ROOT / "examples")
    namespace["_scratch"], namespace["_home"] = scratch, Path.cwd()
    os.chdir(scratch.name)


def _leave_scratch_folder(namespace: dict[str, Any]) -> None:
    os.chdir(namespace["_home"])
    namespace["_scratch"].cleanup()


pytest_collect_file = Sybil(
    parsers=[_python, _pycon, SkipParser()],
    patterns=["*.md"],  # testpaths in pyproject.toml says which
    setup=_enter_scratch_folder,
    teardown=_leave_scratch_folder,
).pytest()
