"""A name of an option that is none is refused in one way, whatever kind of value it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import igm
from igm.analysis import (
    adjusted,
    audit,
    bootstrap_interval,
    compare_published,
    compare_waves,
    cutoffs,
    independent,
    proportion_interval,
    reliable_change,
    series,
)
from igm.analysis.samples import Summary
from igm.errors import InputError

FRAME = pd.DataFrame({"wave": ["T0"] * 3 + ["T1"] * 3, "houding": [1.0, 2, 3, 2, 3, 4]})
ROWS = [
    {"wave": wave, "construct": "houding", "mean": mean, "sd": 1.0, "n": 12}
    for wave, mean in (("T0", 2.5), ("T1", 3.5))
]
GROUP = Summary(3.0, 1.0, 40)
WITH: dict[str, Callable[[Any], Any]] = {
    "adjusted": lambda name: adjusted([0.01, 0.02], name),
    "bootstrap": lambda name: bootstrap_interval([1.0, 2, 3], np.mean, rng=1, n_resamples=100, method=name),
    "proportion": lambda name: proportion_interval(3, 7, method=name),
    "alternative": lambda name: independent([1.0, 2, 3], [2.0, 3, 5], alternative=name),
    "waves": lambda name: compare_waves(FRAME, wave="wave", adjust=name),
    "published": lambda name: compare_published(ROWS, bron="eigen", family=name),
    "change": lambda name: reliable_change(2.0, 3.0, sd=1.0, reliability=0.8, method=name),
    "better": lambda name: reliable_change(2.0, 3.0, sd=1.0, reliability=0.8, better=name),
    "series": lambda name: series([1.0, 2, 3, 4], ["A", "A", "B", "B"], better=name),
    "cutoffs": lambda name: cutoffs(GROUP, better=name),
    "claims": lambda name: audit(
        ROWS,
        claims=[{"construct": "houding", "earlier": "T0", "later": "T1", "direction": name}],
        bron="eigen",
        schaal=igm.LIKERT5,
    ),
}


@pytest.mark.parametrize("name", [pd.NA, np.array(["holm"]), np.array(["holm", "bh"]), ["holm"], 3, "best"])
@pytest.mark.parametrize("call", list(WITH.values()), ids=list(WITH))
def test_a_name_that_is_none_is_refused(call: Callable[[Any], Any], name: Any) -> None:
    with pytest.raises(InputError) as refused:
        call(name)
    assert [problem.code for problem in refused.value.problems] == ["unknown-name"]
