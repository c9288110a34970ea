"""Checks for integrators, on their own kaders, rules, predicates, scorers and composites; needs ``igm[testing]``.

Each check tries generated cases and raises an `AssertionError` with the smallest case that fails, so that it can stand
in any test. Hypothesis makes the cases; it is imported when a check runs, not before.
"""

from igm.testing._cases import cases
from igm.testing._congruence import check_congruence_metric
from igm.testing._kaders import check_kader
from igm.testing._predicates import check_predicaat
from igm.testing._rules import check_rule
from igm.testing._scoring import check_composite, check_scorer

__all__ = [
    "cases",
    "check_composite",
    "check_congruence_metric",
    "check_kader",
    "check_predicaat",
    "check_rule",
    "check_scorer",
]
