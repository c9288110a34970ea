"""A questionnaire as a FHIR Questionnaire, with its scores as expressions and a report of what FHIR cannot carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, cast

from igm.boundary.exchange import Exchange, Loss
from igm.boundary.fhir_expressions import Expressions, expressions
from igm.boundary.fhir_terms import (
    ANCHOR,
    BACKWARDS,
    BEHAVIOUR,
    CALCULATED,
    CONSTRUCT,
    FACET,
    HIDDEN,
    HIGHEST,
    INSTRUCTION,
    INT32,
    LIST_ID,
    LOWEST,
    MOST_OPTIONS,
    ORDINAL,
    PART,
    ROLE,
    SCORES,
    SOURCE,
    STATUS,
    Json,
    canonical,
    extension,
    translations,
)
from igm.constructs._base import is_mapping, path_of
from igm.constructs.item import Item, Role
from igm.constructs.model import Construct
from igm.constructs.vragenlijst import Vragenlijst
from igm.errors import InputError, Problems, shown
from igm.scoring.missing import MinValid

_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What a text in FHIR may not hold."""


def to_fhir(lijst: Vragenlijst, /, *, min_valid: MinValid = "half") -> Exchange[Json]:
    """A questionnaire as a FHIR R4 (4.0.1) Questionnaire, as plain data.

    Dutch is the language of the resource; English stands beside it as a translation. Every answer is a coding of
    which the code is the answer and the ordinal value what it counts for, so that reversed items show; a scale of
    more than 21 answers is asked as a whole number. Per construct three hidden items hold expressions (SDC
    ``calculatedExpression``): the number of answered items, the sum after reversal and the score, as the scorer
    ``mean`` makes it. A form filler that computes them finds the scores of `igm.score`.

    Args:
        lijst: The questionnaire.
        min_valid: The missing rule that the expressions follow: ``"half"``, ``"all"`` or a number.

    Returns:
        The resource, and the report of what FHIR has no place for.

    Raises:
        InputError: All problems at once: ``duplicate-name`` for an item with an id that the added items need,
            ``value-out-of-range`` for bounds that FHIR cannot hold, ``invalid-value`` for a text that it cannot;
            and what is wrong with ``min_valid``.

    Example:
        >>> from igm.constructs import vragenlijst
        >>> resource = to_fhir(vragenlijst("client-participatie")).result
        >>> resource["url"], resource["version"]
        ('urn:igm:vragenlijst:client-participatie', '1.1')
        >>> option = resource["item"][4]["answerOption"][0]
        >>> option["valueCoding"]["code"], option["extension"][0]["valueDecimal"]
        ('1', 5)
    """
    given: object = lijst
    if not isinstance(given, Vragenlijst):
        do = "Give a Vragenlijst, such as vragenlijst('client-participatie')."
        raise InputError.of("invalid-value", "not a Vragenlijst", do, where="$.lijst", given=shown(given))
    coded = is_coded(lijst)
    formulas = expressions(lijst, min_valid, coded=coded)
    resource: Json = {
        "resourceType": "Questionnaire",
        "language": "nl",
        "extension": _extensions(lijst, coded=coded),
        "url": canonical(lijst.id),
        "identifier": [{"system": LIST_ID, "value": lijst.id}],
        "version": lijst.version,
        "title": lijst.titel["nl"],
        "_title": translations({lang: text for lang, text in lijst.titel.items() if lang != "nl"}),
        "status": "active",
        "subjectType": ["Patient" if lijst.rol is Role.CLIENT else "Practitioner"],
        "description": lijst.gedrag.text("nl"),
        "copyright": lijst.licentie,
        "code": [{"system": ROLE, "code": lijst.rol.value, "display": lijst.rol.label("nl")}],
        "item": [
            *_instruction(lijst),
            *(_question(item, lijst, coded=coded) for item in lijst.items),
            _scores(formulas),
        ],
    }
    _refuse(lijst)
    return Exchange(resource, _losses(lijst, coded=coded))


def is_coded(lijst: Vragenlijst) -> bool:
    """Whether the scale has so few answers that each is an option."""
    return lijst.schaal.maximum - lijst.schaal.minimum < MOST_OPTIONS


def _extensions(lijst: Vragenlijst, *, coded: bool) -> list[Json]:
    parts = lijst.gedrag.model_dump()
    behaviour = {
        "url": BEHAVIOUR,
        "extension": [extension(name, "String", text) for name, text in parts.items()],
    }
    own = [
        behaviour,
        extension(STATUS, "String", lijst.status),
        extension(SOURCE, "String", lijst.bron),
    ]
    if coded:
        return own
    for answer, label in lijst.schaal.anchors.items():
        told = [extension("antwoord", "Integer", int(answer)), extension("nl", "String", label)]
        if answer in lijst.anchors_en:
            told.append(extension("en", "String", lijst.anchors_en[answer]))
        own.append({"url": ANCHOR, "extension": told})
    return own


def _instruction(lijst: Vragenlijst) -> Iterator[Json]:
    """What to tell the person who answers, shown before the questions."""
    item: Json = {
        "linkId": INSTRUCTION,
        "type": "display",
        # a display item may not have a code
        "extension": [extension(PART, "Code", INSTRUCTION)],
    }
    if lijst.toelichting is not None:
        item["text"] = lijst.toelichting
    if lijst.toelichting_en is not None:
        item["_text"] = translations({"en": lijst.toelichting_en})
    if "text" in item or "_text" in item:
        yield item


def _question(item: Item, lijst: Vragenlijst, *, coded: bool) -> Json:
    codes = [{"system": CONSTRUCT, "code": item.construct.value, "display": item.construct.label("nl")}]
    if item.facet is not None:
        codes.append({"system": FACET, "code": item.facet})
    question: Json = {
        "linkId": item.id,
        "code": codes,
        "text": item.nl,
        "_text": translations({"en": item.en}),
        "type": "choice" if coded else "integer",
    }
    schaal = lijst.schaal
    if coded:
        answers = range(schaal.minimum, schaal.maximum + 1)
        question["answerOption"] = [_option(answer, item, lijst) for answer in answers]
        return question
    question["extension"] = [
        extension(LOWEST, "Integer", schaal.minimum),
        extension(HIGHEST, "Integer", schaal.maximum),
    ]
    if item.reversed:
        question["extension"].append(extension(BACKWARDS, "Boolean", value=True))
    return question


def _option(answer: int, item: Item, lijst: Vragenlijst) -> Json:
    counts = lijst.schaal.minimum + lijst.schaal.maximum - answer if item.reversed else answer
    coding: Json = {"code": str(answer)}
    if str(answer) in lijst.schaal.anchors:
        coding["display"] = lijst.schaal.anchors[str(answer)]
    if str(answer) in lijst.anchors_en:
        coding["_display"] = translations({"en": lijst.anchors_en[str(answer)]})
    return {"extension": [extension(ORDINAL, "Decimal", counts)], "valueCoding": coding}


def _scores(formulas: tuple[Expressions, ...]) -> Json:
    return {
        "linkId": SCORES,
        "extension": [extension(HIDDEN, "Boolean", value=True), extension(PART, "Code", SCORES)],
        "text": "Scores",
        "type": "group",
        "readOnly": True,
        "item": [item for formula in formulas for item in _calculated(formula)],
    }


def _calculated(formula: Expressions) -> Iterator[Json]:
    label = formula.construct.label("nl")
    yield _computed(f"{_score_id(formula.construct)}.n", f"{label}: aantal beantwoord", "integer", formula.n)
    yield _computed(f"{_score_id(formula.construct)}.som", f"{label}: som", "integer", formula.total)
    yield _computed(_score_id(formula.construct), label, "decimal", formula.mean)


def _score_id(key: Construct) -> str:
    return f"{SCORES}.{key.value}"


def _computed(link: str, text: str, kind: str, expression: str) -> Json:
    value = {"language": "text/fhirpath", "expression": expression}
    return {
        "linkId": link,
        "extension": [extension(CALCULATED, "Expression", value)],
        "text": text,
        "type": kind,
        "readOnly": True,
    }


def _refuse(lijst: Vragenlijst) -> None:
    problems = Problems()
    taken = {INSTRUCTION, SCORES}
    for key in lijst.constructs:
        taken |= {_score_id(key), f"{_score_id(key)}.n", f"{_score_id(key)}.som"}
    for index, item in enumerate(lijst.items):
        if item.id in taken:
            do = f"Give the item another id; these are taken: {INSTRUCTION}, {SCORES} and what begins with {SCORES}."
            problems.add(
                "duplicate-name",
                "an item has the id of an added part",
                do,
                where=f"$.items[{index}].id",
                given=shown(item.id),
            )
    # the sum of two bounds is in the expressions
    if max(abs(lijst.schaal.minimum), abs(lijst.schaal.maximum)) * max(len(lijst), 2) > INT32:
        do = "Use a scale whose sums stay within 32 bits."
        problems.add(
            "value-out-of-range",
            "bounds that FHIR cannot hold",
            do,
            where="$.schaal",
            given=str(lijst.schaal),
        )
    for path, text in _texts(lijst.model_dump(mode="json"), ()):
        if _UNWRITABLE.search(text):
            problems.add(
                "invalid-value",
                "a text with control characters, which FHIR cannot hold",
                "Take them out.",
                where=path_of(path),
            )
    problems.raise_any(InputError)


def _texts(part: object, path: tuple[int | str, ...]) -> Iterator[tuple[tuple[int | str, ...], str]]:
    if isinstance(part, str):
        yield path, part
    elif is_mapping(part):
        for name, inner in part.items():
            yield from _texts(inner, (*path, name))
    elif isinstance(part, list):
        for index, inner in enumerate(cast("list[object]", part)):
            yield from _texts(inner, (*path, index))


def _losses(lijst: Vragenlijst, *, coded: bool) -> Iterator[Loss]:
    no_place = "FHIR has no place for it; a description in words stands beside it"
    yield Loss("the behaviour and its goal", "$.gedrag", no_place, kept=True)
    yield Loss(
        "what is known of the quality", "$.status", "FHIR has only draft, active and retired", kept=True
    )
    yield Loss("the source", "$.bron", "a questionnaire in R4 has no citation", kept=True)
    yield Loss("who answers", "$.rol", "FHIR knows patients and practitioners, not these roles", kept=True)
    yield Loss("which construct an item measures", "$.items", "the code system is our own", kept=True)
    if any(item.facet is not None for item in lijst.items):
        yield Loss(
            "facets of items", "$.items", "the code system is our own; there are no facet scores", kept=True
        )
    if not coded:
        yield from _losses_of_numbers(lijst)
    reading = "it is part of the model, and not of the questionnaire"
    yield Loss("the polarity of constructs, and that social pressure stands apart", "$.items", reading)
    yield Loss("composites (willen, kunnen)", "$", "only constructs have expressions")
    yield Loss("scorers other than the mean", "$", "the expressions give the mean of the answered items")
    missing = "a form filler cannot record why an answer is missing; responses can carry it"
    yield Loss("kinds of missing as answers", "$.items", missing)


def _losses_of_numbers(lijst: Vragenlijst) -> Iterator[Loss]:
    numbers = f"with more than {MOST_OPTIONS} answers they are whole numbers, without options"
    if lijst.schaal.anchors:
        yield Loss("labels of answers", "$.schaal.anchors", numbers, kept=True)
    if any(item.reversed for item in lijst.items):
        why = f"{numbers}; the expressions do reverse"
        yield Loss("that items are reversed", "$.items", why, kept=True)
