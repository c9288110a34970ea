"""Each method of reliable change beside its formula, written out a second time.

The formulas are those of the articles that `reliable_change` names, and those of the R package clinicalsignificance
3.0.0 (read, not run): its functions ``calc_rci``. It divides by the standard error of measurement under ``EN``, as
Speer (1992) does, and asks one side under ``HA``, as its authors do.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np
import pytest

from igm.analysis import reliable_change

GROUPS: list[dict[str, float]] = [
    {
        "pre": 32.5,
        "post": 47.5,
        "m1": 40,
        "s1": 7.5,
        "m2": 46,
        "s2": 8.25,
        "rel": 0.8,
        "rel2": 0.8,
        "r": 0.55,
    },
    {
        "pre": 2.25,
        "post": 4.0,
        "m1": 3.1,
        "s1": 0.9,
        "m2": 3.4,
        "s2": 0.7,
        "rel": 0.71,
        "rel2": 0.79,
        "r": 0.4,
    },
    {
        "pre": 6.5,
        "post": 3.25,
        "m1": 4.4,
        "s1": 1.3,
        "m2": 4.1,
        "s2": 1.6,
        "rel": 0.9,
        "rel2": 0.86,
        "r": 0.62,
    },
    {"pre": 3.0, "post": 3.0, "m1": 2.0, "s1": 1.1, "m2": 2.6, "s2": 1.1, "rel": 0.65, "rel2": 0.6, "r": 0.1},
]


def jt(of: dict[str, float]) -> float:
    return (of["post"] - of["pre"]) / sqrt(2 * (of["s1"] * sqrt(1 - of["rel"])) ** 2)


def gln(of: dict[str, float]) -> float:
    moved = (of["post"] - of["m1"]) - of["rel"] * (of["pre"] - of["m1"])
    return moved / (of["s1"] * sqrt(1 - of["rel"] ** 2))


def hll(of: dict[str, float]) -> float:
    moved = (of["post"] - of["m2"]) - of["rel"] * (of["pre"] - of["m1"])
    return moved / (of["s1"] * sqrt(1 - of["rel"] ** 2))


def en(of: dict[str, float]) -> float:
    true = of["rel"] * (of["pre"] - of["m1"]) + of["m1"]
    return (of["post"] - true) / (of["s1"] * sqrt(1 - of["rel"]))


def nk(of: dict[str, float]) -> float:
    true = of["rel"] * (of["pre"] - of["m1"]) + of["m1"]
    error = of["rel"] ** 2 * of["s1"] ** 2 * (1 - of["rel"]) + of["s1"] ** 2 * (1 - of["rel2"])
    return (of["post"] - true) / sqrt(error)


def ha(of: dict[str, float]) -> float:
    v1, v2, error = of["s1"] ** 2, of["s2"] ** 2, of["s1"] ** 2 * (1 - of["rel"])
    r1, r2, shared = (v1 - error) / v1, (v2 - error) / v2, 2 * of["s1"] * of["s2"] * of["r"]
    kept = (v1 * r1 + v2 * r2 - shared) / (v1 + v2 - shared)
    moved = (of["post"] - of["pre"]) * kept + (of["m2"] - of["m1"]) * (1 - kept)
    return moved / (sqrt(kept) * sqrt(2 * error))


FORMULAS: dict[str, tuple[Callable[[dict[str, float]], float], dict[str, str]]] = {
    "jt": (jt, {}),
    "gln": (gln, {"mean": "m1"}),
    "hll": (hll, {"mean": "m1", "mean_after": "m2"}),
    "en": (en, {"mean": "m1"}),
    "nk": (nk, {"mean": "m1", "reliability_after": "rel2"}),
    "ha": (ha, {"mean": "m1", "mean_after": "m2", "sd_after": "s2", "r": "r"}),
}


@pytest.mark.parametrize("method", FORMULAS)
@pytest.mark.parametrize("of", GROUPS)
def test_a_method_is_its_formula(method: Any, of: dict[str, float]) -> None:
    formula, uses = FORMULAS[method]
    parts: Any = {name: of[short] for name, short in uses.items()}
    found = reliable_change(of["pre"], of["post"], reliability=of["rel"], sd=of["s1"], method=method, **parts)
    expected = formula(of)
    assert found.rci == pytest.approx(expected, rel=1e-12, abs=1e-14)
    limit = 1.6448536269514722 if method == "ha" else 1.959963984540054
    beyond = "improved" if expected > limit else "worsened" if expected < -limit else "not-shown"
    assert found.verdict == beyond


def test_one_person_by_every_method_in_figures() -> None:
    # sd 1, reliability .84, so SEM .4 and prediction error √.2944; before 2, after 3, mean 3, then 3.5
    one: Any = reliable_change

    def rci(method: str, **parts: float) -> Any:
        return one(2, 3, reliability=0.84, sd=1, method=method, **parts).rci

    assert rci("jt") == pytest.approx(1 / 0.565685424949238, rel=1e-12)
    assert rci("gln", mean=3) == pytest.approx(0.84 / 0.542586398650021, rel=1e-12)
    assert rci("hll", mean=3, mean_after=3.5) == pytest.approx(0.34 / 0.542586398650021, rel=1e-12)
    assert rci("en", mean=3) == pytest.approx(0.84 / 0.4, rel=1e-12)
    # √(.7056 · .16 + .16)
    assert rci("nk", mean=3) == pytest.approx(0.84 / 0.522394486954064, rel=1e-12)
    # equal sds and r = .5: r_dd = (.84 + .84 − 1)/(2 − 1) = .68; (.68 + .5 · .32)/(√.68 · √.32)
    ha_ = rci("ha", mean=3, mean_after=3.5, sd_after=1, r=0.5)
    assert ha_ == pytest.approx(0.84 / 0.466476151587624, rel=1e-12)


@pytest.mark.parametrize("method", FORMULAS)
def test_of_a_group_the_figures_are_those_of_who_were_there_twice(method: Any) -> None:
    before = [12.0, 15, 11, 18, 14, 16, 9, 13, None, 10]
    after = [15.0, 15, 14, 19, 18, 15, 13, 17, 12, None]
    x, y = np.array(before[:8], dtype=float), np.array(after[:8], dtype=float)
    of = {
        "m1": float(x.mean()),
        "s1": float(x.std(ddof=1)),
        "m2": float(y.mean()),
        "s2": float(y.std(ddof=1)),
        "r": float(np.corrcoef(x, y)[0, 1]),
        "rel": 0.85,
        "rel2": 0.85,
    }
    expected = [FORMULAS[method][0](of | {"pre": a, "post": b}) for a, b in zip(x, y, strict=True)]
    found = reliable_change(before, after, reliability=0.85, method=method)
    assert [row.rci for row in found.rows[:8]] == pytest.approx(expected, rel=1e-10, abs=1e-12)
    assert [row.rci for row in found.rows[8:]] == [None, None]
