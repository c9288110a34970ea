"""What may be told of a group without telling about a person in it."""

from igm.disclosure.differencing import SmallDifference, small_differences
from igm.disclosure.group_results import GroupCell, GroupTable, Reason, Shown
from igm.disclosure.group_tables import FEWEST_SETS, publishable
from igm.disclosure.people import DEFAULT_PEOPLE, FEWEST_PEOPLE, GroupPurpose, least_people
from igm.disclosure.reconstruction import Reconstruction, fixed_share, reconstruct

__all__ = [
    "DEFAULT_PEOPLE",
    "FEWEST_PEOPLE",
    "FEWEST_SETS",
    "GroupCell",
    "GroupPurpose",
    "GroupTable",
    "Reason",
    "Reconstruction",
    "Shown",
    "SmallDifference",
    "fixed_share",
    "least_people",
    "publishable",
    "reconstruct",
    "small_differences",
]
