"""The answers of one person as a FHIR QuestionnaireResponse, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final, cast

import attrs
from pydantic import ValidationError

from igm.boundary.exchange import Exchange, Loss
from igm.boundary.fhir_answers import Answers, elsewhere
from igm.boundary.fhir_export import is_coded
from igm.boundary.fhir_items import Offered, offered_by
from igm.boundary.fhir_reading import Part, Reader, resource_of
from igm.boundary.fhir_scales import Scale
from igm.boundary.fhir_terms import ABSENT, REASONS, REF, Json, canonical, extension, name_of
from igm.constructs._base import path_of, problems_of
from igm.constructs.afname import Afname
from igm.constructs.vragenlijst import Item, Vragenlijst
from igm.constructs.waarde import Missing
from igm.errors import InputError, is_bsn_like, shown

_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T.+)?")
_DAY: Final = len("2024-10-01")


def response_to_fhir(afname: Afname, lijst: Vragenlijst, /) -> Exchange[Json]:
    """The answers of one person as a FHIR R4 (4.0.1) QuestionnaireResponse, as plain data.

    Why an answer is missing is HL7's data-absent-reason on the item. An item that was given as ``None`` stands in
    the response without an answer; one that was not given is absent. Scores are not in it: a form filler computes
    them from the expressions of the questionnaire.

    Args:
        afname: The answers.
        lijst: The questionnaire that they are answers to.

    Returns:
        The resource, and the report: consents do not come along.

    Raises:
        InputError: What `Vragenlijst.check` refuses.

    Example:
        >>> from igm.constructs import Afname, vragenlijst
        >>> lijst = vragenlijst("client-participatie")
        >>> afname = Afname(ref="c-017", antwoorden={"houding_1": 4, "houding_2": "geweigerd"})
        >>> response_to_fhir(afname, lijst).result["item"][0]
        {'linkId': 'houding_1', 'answer': [{'valueCoding': {'code': '4', 'display': 'mee eens'}}]}
    """
    for given, kind, called in ((afname, Afname, "an Afname"), (lijst, Vragenlijst, "a Vragenlijst")):
        if not isinstance(given, kind):
            do = f"Give {called}."
            raise InputError.of("invalid-value", f"not {called}", do, given=shown(given))
    lijst.check(afname.antwoorden)
    coded = is_coded(lijst)
    items = [
        _item(item, afname.antwoorden[item.id], lijst, coded=coded)
        for item in lijst.items
        if item.id in afname.antwoorden
    ]
    resource: Json = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{canonical(lijst.id)}|{lijst.version}",
        "status": "completed",
        "subject": {"identifier": {"system": REF, "value": afname.ref}},
    }
    if afname.datum is not None:
        resource["authored"] = afname.datum.isoformat()
    if items:
        resource["item"] = items
    why = "they are resources of their own in FHIR (Consent)"
    return Exchange(resource, [Loss("consents", "$.toestemmingen", why)] if afname.toestemmingen else [])


def _item(item: Item, answer: int | Missing | None, lijst: Vragenlijst, *, coded: bool) -> Json:
    if answer is None:
        return {"linkId": item.id}
    if isinstance(answer, Missing):
        # on the item, for to some engines a value that only has an extension is an answer
        return {"linkId": item.id, "extension": [extension(ABSENT, "Code", REASONS[answer])]}
    if not coded:
        return {"linkId": item.id, "answer": [{"valueInteger": answer}]}
    coding = {"code": str(answer)}
    if str(answer) in lijst.schaal.anchors:
        coding["display"] = lijst.schaal.anchors[str(answer)]
    return {"linkId": item.id, "answer": [{"valueCoding": coding}]}


def response_from_fhir(
    data: Mapping[str, object] | str | bytes,
    lijst: Vragenlijst,
    /,
    *,
    questionnaire: Mapping[str, object] | str | bytes | None = None,
    zonder: Iterable[str] = (),
) -> Exchange[Afname]:
    """The answers in a FHIR R4 QuestionnaireResponse.

    Args:
        data: The resource, as a mapping or as JSON text.
        lijst: The questionnaire that it answers.
        questionnaire: The FHIR Questionnaire of another system, which the response then has to name. When the codes
            of its options are not the answers themselves, they tell which code is which answer.
        zonder: Link ids of answers that are left out, such as a free text; the report says so. Without it an
            answer to an item that the questionnaire does not have is refused.

    Returns:
        The answers, and the report.

    Raises:
        InputError: All problems at once, each with its path: ``file-unreadable``, ``invalid-value`` (also a
            response to another questionnaire or version, one entered in error, an answer in two forms, a code with
            the label of another answer, and an extension that changes the meaning), ``scale-invalid`` for options
            on another scale, ``unknown-item``, ``not-a-number`` for a code that is no answer,
            ``answer-out-of-range``, ``duplicate-name`` for an item that is answered twice, ``missing-field`` and
            ``ref-is-bsn`` for the subject. Answers about health, and those to items that are not known, are not
            repeated.

    Example:
        >>> from igm.boundary import response_to_fhir
        >>> from igm.constructs import Afname, vragenlijst
        >>> lijst = vragenlijst("client-participatie")
        >>> afname = Afname(ref="c-017", antwoorden={"houding_1": 4, "houding_2": "geweigerd", "houding_3": None})
        >>> response_from_fhir(response_to_fhir(afname, lijst).json(), lijst).result == afname
        True
    """
    if not isinstance(lijst, Vragenlijst):
        raise InputError.of("invalid-value", "not a Vragenlijst", "Give a Vragenlijst.", given=shown(lijst))
    left_out = _left_out(zonder)
    root = Reader().part(resource_of(data, "QuestionnaireResponse"), ())
    root.data.pop("resourceType", None)
    reader = root.reader
    of = root.text("questionnaire")
    offered = None if questionnaire is None else _offered(questionnaire, lijst, reader)
    theirs = None if offered is None else (offered.url or "", offered.version or "")
    _identity(of, theirs, root.text("status"), lijst, reader)
    fields: Json = {"ref": _ref(root, reader), "datum": _day(root, reader)}
    answers = Answers(lijst, None if offered is None else offered.scales, left_out, reader)
    answers.collect(root)
    root.tell_rest()
    try:
        made = Afname.model_validate(fields | {"antwoorden": answers.read})
    except ValidationError as error:
        lacking = fields["ref"] is None  # it was told with what to do
        for one in problems_of(error):
            if one.where != "$.ref":
                reader.problems.extend([one])
            elif not lacking:
                reader.problems.extend([attrs.evolve(one, where="$.subject")])
        raise InputError(*reader.problems) from None
    reader.problems.raise_any(InputError)
    return Exchange(made, reader.losses)


def _left_out(zonder: object) -> frozenset[str]:
    given = shown(zonder)
    if isinstance(zonder, Iterable) and not isinstance(zonder, (str, bytes)):
        names = list(cast("Iterable[object]", zonder))
        if all(isinstance(name, str) for name in names):
            return frozenset(map(str, names))
    do = "Give a list of link ids, such as zonder=['opmerking']."
    raise InputError.of("invalid-value", "link ids to leave out", do, where="$.zonder", given=given)


def _offered(data: object, lijst: Vragenlijst, reader: Reader) -> Offered:
    """What the options of a Questionnaire stand for, which are on the scale of the questionnaire."""
    try:
        found = offered_by(data)
    except InputError as error:
        raise InputError(*(problem.under(f"{_GIVEN}$") for problem in error.problems)) from None
    known = {item.id for item in lijst.items}
    for link, scale in found.scales.items():
        if link in known and not _is_same(scale, lijst):
            told = f"{scale.told} at {shown(link)}; the questionnaire has {lijst.schaal}"
            do = "Give the Questionnaire and the questionnaire that belong together: one scale, the same labels."
            where = f"{_GIVEN}{path_of(scale.at)}"
            reader.problems.add("scale-invalid", "options on another scale", do, where=where, given=told)
    return found


def _is_same(scale: Scale, lijst: Vragenlijst) -> bool:
    """Whether options are on the scale of a questionnaire, and none has the label of another answer."""
    labels = [*scale.anchors.items(), *scale.english.items()]
    return scale.bounds == (lijst.schaal.minimum, lijst.schaal.maximum) and not any(
        elsewhere(lijst, label, int(answer)) for answer, label in labels
    )


_GIVEN: Final = "questionnaire:"
"""Stands before the path of what is wrong in the Questionnaire that was given beside a response."""


def _identity(
    of: str | None, theirs: tuple[str, str] | None, state: str | None, lijst: Vragenlijst, reader: Reader
) -> None:
    uri, _, version = (of or "").partition("|")
    name = name_of(uri)
    if name is None and uri and uri[0] != "#" and theirs is not None and theirs[0]:
        url, edition = theirs
        if uri != url or (version and edition and version != edition):
            do = f"Give the Questionnaire that it answers; this is {shown('|'.join(filter(None, theirs)))}."
            reader.wrong("invalid-value", "answers to another questionnaire", do, ("questionnaire",), of)
    elif name is None:
        why = "it does not say that it answers this questionnaire, which is taken on your word"
        reader.lost("questionnaire", ("questionnaire",), why)
    elif name != lijst.id or (version and version != lijst.version):
        do = f"Give the questionnaire that it answers; this is {lijst.id} {lijst.version}."
        reader.wrong("invalid-value", "answers to another questionnaire", do, ("questionnaire",), of)
    if state == "entered-in-error":
        do = "Leave it out: it may not be used."
        reader.wrong("invalid-value", "a response that was entered in error", do, ("status",), state)
    elif state != "completed":
        reader.lost(
            "status", ("status",), f"it is {shown(state)} and not 'completed'; answers may be lacking"
        )


def _ref(root: Part, reader: Reader) -> str | None:
    subject = root.one("subject")
    if subject is not None:
        identifier = subject.one("identifier")
        system = value = None
        if identifier is not None:
            system, value = identifier.text("system"), identifier.text("value")
            if system not in {None, REF}:
                reader.lost(
                    "identifier", (*identifier.at, "system"), "a reference is a text without a system"
                )
            identifier.tell_rest()
        if value is None:
            value = subject.text("reference")
        subject.tell_rest()
        if value is not None and _is_of_a_citizen(system, value):
            what = "the reference looks like a citizen service number (BSN)"
            reader.wrong("ref-is-bsn", what, "Give a pseudonym, such as 'c-017'.", ("subject",))
            return _REFUSED
        if value is not None:
            return value
    do = "Give subject.identifier.value: a pseudonym, such as 'c-017'."
    reader.wrong("missing-field", "the response does not say of whom it is", do, ("subject",))
    return None


_REFUSED: Final = "c-000"
"""Stands for a reference that was refused, so that all else is checked too."""


def _is_of_a_citizen(system: str | None, value: str) -> bool:
    """Whether a subject is a citizen service number: by itself, behind the kind of resource, or by its system."""
    named = system is not None and re.split("[/:]", system)[-1].casefold() == "bsn"
    return named or is_bsn_like(value) or is_bsn_like(re.split("[/:]", value)[-1])


def _day(root: Part, reader: Reader) -> date | None:
    moment = root.text("authored")
    if moment is None:
        return None
    if len(moment) > _DAY:
        reader.lost("the time of day", ("authored",), "answers have a day")
    try:
        found = datetime.fromisoformat(moment) if _MOMENT.fullmatch(moment) else None
    except ValueError:
        found = None
    if found is None:
        reader.wrong("invalid-value", "a date was expected", "Give 2024-10-01.", ("authored",), moment)
    return None if found is None else found.date()
