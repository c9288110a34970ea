"""The answers of one person as a FHIR QuestionnaireResponse, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import attrs
from pydantic import ValidationError

from igm.boundary.exchange import Exchange, Loss
from igm.boundary.fhir_export import is_coded
from igm.boundary.fhir_import import canonical_of, codes_of
from igm.boundary.fhir_reading import Part, Reader, resource_of
from igm.boundary.fhir_scales import whole
from igm.boundary.fhir_terms import ABSENT, OTHER_REASONS, REASONS, REF, Json, canonical, extension, name_of
from igm.constructs._base import path_of, problems_of
from igm.constructs.afname import Afname
from igm.constructs.vragenlijst import Item, Vragenlijst
from igm.constructs.waarde import Missing
from igm.errors import MASK, InputError, shown

_KINDS: Final = {reason: kind for kind, reason in REASONS.items()}
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
            response to another questionnaire or version, or one entered in error), ``unknown-item``,
            ``not-a-number`` for a code that is no answer, ``answer-out-of-range``, ``duplicate-name`` for an item
            that is answered twice, ``missing-field`` and ``ref-is-bsn`` for the subject.

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
    root = Reader().part(resource_of(data, "QuestionnaireResponse"), ())
    root.data.pop("resourceType", None)
    reader = root.reader
    codes = {} if questionnaire is None else codes_of(questionnaire)
    told = None if questionnaire is None else canonical_of(questionnaire)
    _identity(root, lijst, told, reader)
    fields: Json = {"ref": _ref(root, reader), "datum": _day(root, reader)}
    answers = _Answers(lijst, codes, frozenset(zonder), reader)
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


def _identity(root: Part, lijst: Vragenlijst, theirs: tuple[str, str] | None, reader: Reader) -> None:
    of = root.text("questionnaire")
    uri, _, version = (of or "").partition("|")
    name = name_of(uri)
    if name is None and uri and theirs is not None and theirs[0]:
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
    state = root.text("status")
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
        value = None if identifier is None else identifier.text("value")
        if identifier is not None:
            identifier.data.pop("system", None)
            identifier.tell_rest()
        if value is None:
            value = subject.text("reference")
        subject.tell_rest()
        if value is not None:
            return value
    do = "Give subject.identifier.value: a pseudonym, such as 'c-017'."
    reader.wrong("missing-field", "the response does not say of whom it is", do, ("subject",))
    return None


def _day(root: Part, reader: Reader) -> date | None:
    moment = root.text("authored")
    if moment is None:
        return None
    if len(moment) > _DAY:
        reader.lost("the time of day", ("authored",), "answers have a day")
    try:
        return date.fromisoformat(moment[:_DAY])
    except ValueError:
        reader.wrong("invalid-value", "a date was expected", "Give 2024-10-01.", ("authored",), moment)
        return None


@attrs.define
class _Answers:
    """Reads the answers of a response, those within groups too."""

    lijst: Vragenlijst
    codes: Mapping[str, Mapping[str, int]]
    left_out: frozenset[str]
    reader: Reader
    read: dict[str, int | Missing | None] = attrs.field(factory=dict)

    def collect(self, parent: Part) -> None:
        known = {item.id: item for item in self.lijst.items}
        for part in parent.parts("item"):
            link = part.text("linkId")
            part.data.pop("text", None)  # the questionnaire has it
            answers = part.parts("answer")
            if link is None:
                self.reader.wrong("missing-field", "an item without linkId", "Give linkId.", part.at)
            elif link in known:
                self._answer(part, answers, known[link])
            elif answers:
                self._unknown(part, answers, link)
            self.collect(part)
            for answer in answers:
                self.collect(answer)
                answer.tell_rest()
            part.tell_rest()

    def _unknown(self, part: Part, answers: list[Part], link: str) -> None:
        calculated = link.startswith("scores.")
        if calculated or link in self.left_out:
            why = "scores are made here from the answers" if calculated else "it is named in zonder"
            self.reader.lost(f"the answer to {shown(link)}", part.at, why)
        else:
            do = "Give its link id in zonder to leave it out."
            self.reader.wrong("unknown-item", "the questionnaire has no such item", do, part.at, link)
        for answer in answers:  # it was told as a whole; what is nested in it is read
            answer.data = {name: value for name, value in answer.data.items() if name == "item"}

    def _answer(self, part: Part, answers: list[Part], item: Item) -> None:
        if item.id in self.read:
            do = "Give each item once."
            self.reader.wrong("duplicate-name", "an item that is answered twice", do, part.at, item.id)
            return
        if len(answers) > 1:
            self.reader.wrong("duplicate-name", "more than one answer", "Give one.", part.at, len(answers))
            return
        reasons = part.extensions(ABSENT)[ABSENT]
        if reasons and answers:
            do = "Give the answer, or the reason why there is none."
            self.reader.wrong("invalid-value", "an answer, and a reason why there is none", do, part.at)
        self.read[item.id] = self._missing(reasons[0]) if reasons else None
        for answer in answers:
            self.read[item.id] = self._value(answer, item)

    def _value(self, answer: Part, item: Item) -> int | Missing | None:
        coding, beside = answer.one("valueCoding"), answer.one("_valueInteger")
        reasons = [found for part in (coding, beside) if part for found in part.extensions(ABSENT)[ABSENT]]
        code = None if coding is None else coding.text("code")
        for part in (coding, beside):
            if part is not None:
                for name in ("display", "system", "version", "userSelected", "_display"):
                    part.data.pop(name, None)
                part.tell_rest()
        number: int | None = answer.take("valueInteger", int)
        if code is not None:
            number = self.codes[item.id].get(code) if item.id in self.codes else whole(code)
        if reasons and number is None and code is None:
            return self._missing(reasons[0])
        if number is None:
            self._refuse("not-a-number", "no answer of the scale", answer, item, code)
            return None
        if not self.lijst.schaal.minimum <= number <= self.lijst.schaal.maximum:
            self._refuse("answer-out-of-range", "answer outside the scale", answer, item, number)
            return None
        return number

    def _refuse(self, code: str, what: str, answer: Part, item: Item, given: object) -> None:
        schaal = self.lijst.schaal
        do = f"Give {schaal.minimum} to {schaal.maximum} as the code of valueCoding, or as valueInteger."
        told = MASK if item.construct.info.sensitive else None if given is None else shown(given)
        answer.data = {}
        self.reader.problems.add(code, what, do, where=path_of(answer.at), given=told)

    def _missing(self, found: Part) -> Missing | None:
        reason = found.text("valueCode")
        if reason in _KINDS:
            return _KINDS[reason]
        if reason in OTHER_REASONS:
            self.reader.lost(f"reason {shown(reason)}", found.at, "read as lost (verloren)")
            return Missing.VERLOREN
        do = f"Give one of {', '.join(_KINDS)}."
        self.reader.wrong("invalid-value", "an unknown reason for absent data", do, found.at, reason)
        return None
