"""The outcomes of the Leiden kader; its rules are the file ``content/kaders/leiden-2021.yaml``."""

from __future__ import annotations

from igm.decision.truth import Uitkomst


class LeidenUitkomst(Uitkomst):
    """What the Leiden kader can advise about referral to a re-integration path.

    Example:
        >>> [outcome.value for outcome in LeidenUitkomst]
        ['niet_nu', 'driegesprek', 'aanmelden', 'aanhouden', 'meer_weten']
    """

    NIET_NU = "niet_nu"
    DRIEGESPREK = "driegesprek"
    AANMELDEN = "aanmelden"
    AANHOUDEN = "aanhouden"
    MEER_WETEN = "meer_weten"
