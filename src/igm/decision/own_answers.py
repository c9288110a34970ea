"""A professional's own answers, as a case is given them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from igm.constructs._base import is_mapping, path_of, shown
from igm.constructs._fields import UNWRITABLE, is_writable
from igm.decision.gegeven import ANSWERS, EigenAntwoord
from igm.decision.truth import Antwoord
from igm.errors import MASK, Problems, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


def read_answers(kader: Afwegingskader[Any], raw: Any, problems: Problems) -> dict[str, EigenAntwoord]:
    """The own answers that were given, by question; what is wrong with them goes to ``problems``."""
    if raw is None:
        return {}
    if not is_mapping(raw):
        do = "Give {question: (answer, argument)}."
        problems.add(
            "invalid-value", "antwoorden is not a mapping", do, where="$.antwoorden", given=type(raw).__name__
        )
        return {}
    found: dict[str, EigenAntwoord] = {}
    questions = [question.name for question in kader.vragen]
    for name, value in raw.items():
        where = path_of(("antwoorden", name))
        if name not in questions:
            problems.add(
                "unknown-question",
                f"kader {kader.id!r} has no question {name!r}",
                suggestion(str(name), questions),
                where=where,
            )
            continue
        answer, argument = _answer_parts(value)
        text = str(answer).casefold() if isinstance(answer, str) else ""
        if text not in ANSWERS:
            do = "Give ja, nee or twijfel; leave the question out when it is open."
            # several words are an argument in the place of the answer
            given = MASK if " " in text.strip() else shown(answer)
            problems.add("invalid-value", "not an answer", do, where=where, given=given)
        elif not isinstance(argument, str) or not argument.strip():
            do = "Give (answer, argument): every own answer carries its argument."
            problems.add("decision-incomplete", "an own answer has no argument", do, where=where)
        elif not is_writable(argument):
            problems.add("invalid-value", *UNWRITABLE, where=where)
        else:
            found[name] = EigenAntwoord(Antwoord(text), argument.strip())
    return found


def _answer_parts(value: Any) -> tuple[Any, Any]:
    if isinstance(value, EigenAntwoord):
        return value.antwoord, value.argument
    if is_mapping(value):
        return value.get("antwoord"), value.get("argument")
    if isinstance(value, (tuple, list)):
        parts = cast("Sequence[Any]", value)
        return (parts[0], parts[1]) if len(parts) == 2 else (parts, None)
    return value, None
