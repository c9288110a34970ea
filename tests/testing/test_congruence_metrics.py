"""``check_congruence_metric`` passes the library's own metrics, and finds what is wrong with others."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from igm.congruence import measure, measures
from igm.congruence.metrics import OWN
from igm.errors import InputError
from igm.testing import check_congruence_metric


class Largest:
    """A sound metric; each broken one changes one thing."""

    name: Any = "largest"
    least: Any = 2

    def many(self, x: Any, y: Any, /) -> Any:
        return np.abs(x - y).max(axis=1)


class Nameless(Largest):
    name = ""


class OfOne(Largest):
    least = 1


class PerConstruct(Largest):
    def many(self, x: Any, y: Any, /) -> Any:
        return np.abs(x - y)


class Infinite(Largest):
    def many(self, x: Any, y: Any, /) -> Any:
        return np.full(len(x), np.inf)


class Changing(Largest):
    def many(self, x: Any, y: Any, /) -> Any:
        x += 1
        return x.max(axis=1)


class Counting(Largest):
    def __init__(self) -> None:
        self.calls = itertools.count()

    def many(self, x: Any, y: Any, /) -> Any:
        return np.full(len(x), float(next(self.calls)))


class Relative(Largest):
    def many(self, x: Any, y: Any, /) -> Any:
        return x.mean(axis=1) - x.mean()


class Failing(Largest):
    def many(self, x: Any, y: Any, /) -> Any:
        raise ZeroDivisionError


@pytest.mark.parametrize("name", OWN)
def test_the_own_metrics_pass(name: str) -> None:
    assert name in measures()
    check_congruence_metric(measure(name), examples=50)


def test_a_sound_metric_passes() -> None:
    check_congruence_metric(Largest())


@pytest.mark.parametrize(
    ("metric", "told"),
    [
        (Nameless(), "no name"),
        (OfOne(), "at least 2"),
        (PerConstruct(), "one number a pair"),
        (Infinite(), "infinite"),
        (Changing(), "changes the profiles"),
        (Counting(), "asked twice"),
        (Relative(), "alone and among many"),
        (Failing(), "raises ZeroDivisionError"),
    ],
)
def test_what_is_wrong_is_told(metric: Any, told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        check_congruence_metric(metric)


@pytest.mark.parametrize("wrong", [Largest, "ccc", None])
def test_what_is_no_metric_is_refused(wrong: Any) -> None:
    with pytest.raises(InputError, match="not a metric"):
        check_congruence_metric(wrong)
