"""How far a long computation is: told to a function, or shown as a bar."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TypeAlias

from igm.errors import InputError, MissingDependencyError, shown

Tell: TypeAlias = Callable[[int, int], object]
"""Is told how many steps are done, and how many there are."""

Voortgang: TypeAlias = bool | Tell
"""``True`` for a bar, a function that is told, or ``False`` for nothing."""


def check_progress(voortgang: object) -> None:
    """Refuse, before anything is computed, what cannot be told or shown.

    Raises:
        InputError: ``invalid-value`` for what is no yes, no or function.
        MissingDependencyError: ``missing-dependency`` when a bar is asked for and tqdm is not installed.
    """
    if not isinstance(voortgang, bool) and not callable(voortgang):
        do = "Give True for a progress bar, or a function that takes (done, total)."
        raise InputError.of(
            "invalid-value", "no way to tell the progress", do, where="$.voortgang", given=shown(voortgang)
        )
    if voortgang is True and find_spec("tqdm") is None:
        raise MissingDependencyError.for_what(
            "a progress bar needs tqdm", "progress", "; or give a function that takes (done, total)"
        )


@contextmanager
def progress(voortgang: Voortgang, total: int, what: str) -> Generator[Callable[[], None], None, None]:
    """What is called after each step.

    Args:
        voortgang: Who is told.
        total: How many steps there are.
        what: What a bar is called.
    """
    if isinstance(voortgang, bool):
        if not voortgang:
            yield lambda: None
            return
        with _bar(total, what) as tell:
            yield _counted(tell, total)
        return
    yield _counted(voortgang, total)


def _counted(tell: Tell, total: int) -> Callable[[], None]:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        tell(done, total)

    return step


@contextmanager
def _bar(total: int, what: str) -> Generator[Tell, None, None]:
    from tqdm import tqdm

    with tqdm(total=total, desc=what) as bar:
        yield lambda done, _: bar.update(done - bar.n)
