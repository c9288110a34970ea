"""People's answers in a list: what is no person is refused, and the answers of each are read strictly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

from igm._engines.engine import instead_of, what_is
from igm.constructs._base import SHOWN, is_mapping, raise_capped, shown
from igm.constructs.afname import Afname
from igm.constructs.vragenlijst import Vragenlijst
from igm.constructs.waarde import Missing
from igm.errors import InputError, Problem, Problems
from igm.scoring._answers import Answers

OnePerson: TypeAlias = Mapping[str, object] | Afname
"""Answers by item id, or with a reference, a date and consents."""


def check_list(data: object) -> Sequence[OnePerson]:
    """What was given, when it is a list.

    Raises:
        InputError: ``invalid-value``.
    """
    if isinstance(data, (str, bytes)) or not isinstance(data, Sequence):
        people = (
            "Of people, give a mapping, an Afname, a list of them (list(...) makes one) or a NumPy array."
        )
        do = f"{instead_of(data)} {people}"
        raise InputError.of("invalid-value", "data of another kind", do, given=what_is(data))
    return cast("Sequence[OnePerson]", data)


def checked_people(data: Sequence[OnePerson]) -> Sequence[OnePerson]:
    """A list of people, refused when it holds something else, or somebody twice.

    Raises:
        InputError: ``invalid-value`` and ``duplicate-name``, all at once.
    """
    problems = Problems()
    seen: dict[str, int] = {}
    for index, person in enumerate(data):
        where = f"$[{index}]"
        if isinstance(person, Afname):
            first = seen.setdefault(person.ref, index)
            if first != index:
                what, do = "someone is in the list twice", f"Leave one out: $[{first}] has the same ref."
                problems.add("duplicate-name", what, do, where=f"{where}.ref", given=shown(person.ref))
        elif not is_mapping(person):
            do = "Give answers by item id, or an Afname; numbers without ids go in a NumPy array."
            problems.add("invalid-value", "not a person's answers", do, where=where, given=shown(person))
    raise_capped(list(problems), len(problems), "people")
    return data


def answers_of(people: Sequence[OnePerson], lijst: Vragenlijst) -> Answers:
    """The answers of people, checked.

    Raises:
        InputError: All that is wrong with them, the first ones one by one.
    """
    checked: list[Mapping[str, int | Missing]] = []
    problems: list[Problem] = []
    total = 0
    for index, person in enumerate(people):
        answers = person.antwoorden if isinstance(person, Afname) else person
        read, found, count = lijst.read(answers, most=SHOWN - len(problems))
        checked.append(read)
        problems += [problem.under(f"$[{index}]") for problem in found]
        total += count
    raise_capped(problems, total, "answers")
    return Answers.of(checked, [item.id for item in lijst.items], lijst.schaal)
