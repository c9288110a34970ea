"""What two published groups tell together: the few people who are in one of them and not in the other."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from itertools import permutations
from typing import Any

import attrs

from igm.constructs._base import is_mapping, shown
from igm.disclosure.people import GroupPurpose, least_people
from igm.errors import InputError, Problems, named


@attrs.frozen
class SmallDifference:
    """Two groups that differ by few people.

    Attributes:
        group: The group that has people whom the other lacks.
        other: The other.
        only: How many people are in the first only.
        both: How many are in both.

    Example:
        >>> small_differences({"all": range(12), "stayed": range(11)})[0].to_dict()
        {'group': 'all', 'other': 'stayed', 'only': 1, 'both': 11}
    """

    group: Any
    other: Any
    only: int
    both: int

    def to_dict(self) -> dict[str, Any]:
        """The two groups and the numbers."""
        return attrs.asdict(self)


def small_differences(
    groups: Mapping[Any, Collection[Hashable]],
    *,
    doel: GroupPurpose = "publiceren",
    minimum_n: int | None = None,
) -> tuple[SmallDifference, ...]:
    """Pairs of groups that tell about few people when figures of both are published.

    From the number and the mean of all and of all but one follows the score of the one. So for every two groups with
    people in common, such as two waves, or all and those who stayed, those who are in one only must be nobody or many.
    Each group must be large enough as well; that is looked at apart. It is disclosure by differencing (Hundepool et
    al., 2012): n₁M₁ − n₂M₂ is the sum of the scores of who are in the larger group only.

    Args:
        groups: The references of the people in each group, by a name of the group.
        doel: What figures are for.
        minimum_n: The least number of people; 10 for publishing (never below 5) and 1 inside when left out.

    Returns:
        The pairs with too small a difference, without naming who it is.

    Raises:
        InputError: ``invalid-value`` for a group that is no collection; as `least_people`.

    Example:
        >>> everyone = [f"c-{number}" for number in range(12)]
        >>> found = small_differences({"T0": everyone, "T0 and T2": everyone[:11], "T2": everyone[:11]})
        >>> [(one.group, one.other, one.only) for one in found]
        [('T0', 'T0 and T2', 1), ('T0', 'T2', 1)]
    """
    fewest = least_people(doel, minimum_n)
    if not is_mapping(groups):
        do = "Give the references of the people in each group, by its name."
        raise InputError.of("invalid-value", "not groups by name", do, given=shown(groups))
    problems = Problems()
    people: dict[Any, frozenset[Hashable]] = {}
    for name, members in groups.items():
        given: object = members
        if isinstance(given, (str, bytes)) or not isinstance(given, Collection):
            do = "Give the references of its people."
            problems.add(
                "invalid-value", "not a group", do, where=f"$.{named(str(name))}", given=shown(given)
            )
        elif not all(isinstance(one, Hashable) for one in members):
            do = "Give references that are texts or numbers."
            problems.add("invalid-value", "not a reference", do, where=f"$.{named(str(name))}")
        else:
            people[name] = frozenset(members)
    problems.raise_any(InputError)
    found: list[SmallDifference] = []
    for (name, one), (other_name, other) in permutations(people.items(), 2):
        only, both = len(one - other), len(one & other)
        if both and 0 < only < fewest:
            found.append(SmallDifference(name, other_name, only, both))
    return tuple(found)
