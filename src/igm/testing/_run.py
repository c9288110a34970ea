"""Runs a check on generated cases, and tells the case that fails."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from igm.errors import InputError, MissingDependencyError, shown

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")


def need_hypothesis() -> ModuleType:
    """The module ``hypothesis``.

    Raises:
        MissingDependencyError: ``missing-dependency`` when it is not installed.
    """
    try:
        import hypothesis
    except ImportError:
        raise MissingDependencyError.of_extra("hypothesis", "testing") from None
    return hypothesis


def check_examples(examples: object) -> None:
    """Refuse a number of examples that is no positive whole number."""
    if not isinstance(examples, int) or isinstance(examples, bool) or examples < 1:
        do = "Give a whole number of at least 1."
        raise InputError.of(
            "invalid-value", "no number of examples", do, where="$.examples", given=shown(examples)
        )


def run(strategy: SearchStrategy[T], check: Callable[[T], None], examples: int) -> None:
    """Run a check on so many generated values; the same ones in every run.

    Raises:
        AssertionError: With the smallest value found that fails.
    """
    need_hypothesis()
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis.errors import Flaky

    chosen = settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
        suppress_health_check=list(cast("Any", HealthCheck)),
    )

    def on_one(value: T) -> None:
        check(value)

    try:
        chosen(given(strategy)(on_one))()
    except Flaky as error:
        raise AssertionError("a case fails at one time and passes at another: the result hangs on chance or "
                             f"on what came before; {error}") from error  # fmt: skip


@contextmanager
def telling(what: str, case: object) -> Generator[None]:
    """Turn whatever is raised inside into an `AssertionError` that tells what was done and on which case."""
    try:
        yield
    except AssertionError:
        raise
    except Exception as error:
        raise AssertionError(f"{what} raises {type(error).__name__}: {error}\ncase: {case!r}") from error


def hold(true: bool, what: str, case: object) -> None:
    """Raise an `AssertionError` with the case unless it is true."""
    if not true:
        raise AssertionError(f"{what}\ncase: {case!r}")
