"""The answers within a FHIR QuestionnaireResponse, each read as one answer on the scale or as a kind of missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from igm._engines._codes import folded
from igm.boundary.fhir_reading import Part, Reader
from igm.boundary.fhir_scales import Scale, whole
from igm.boundary.fhir_terms import ABSENT, OTHER_REASONS, REASONS
from igm.constructs._base import path_of
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Item, Vragenlijst
from igm.constructs.waarde import Missing
from igm.errors import MASK, shown

_KINDS: Final = {reason: kind for kind, reason in REASONS.items()}
_VALUE: Final = "value"
_NONE: Final = "no answer of the scale"
_BOTH: Final = "an answer, and a reason why there is none"


def elsewhere(lijst: Vragenlijst, label: str, answer: int) -> bool:
    """Whether a label is that of other answers of the scale, and not of this one.

    Example:
        >>> from igm.constructs import vragenlijst
        >>> lijst = vragenlijst("client-participatie")
        >>> elsewhere(lijst, "Mee eens", 4), elsewhere(lijst, "Mee eens", 2), elsewhere(lijst, "soms", 2)
        (False, True, False)
    """
    known = [*lijst.schaal.anchors.items(), *lijst.anchors_en.items()]
    at = {place for place, text in known if folded(text) == folded(label)}
    return bool(at) and str(answer) not in at


@attrs.define
class Answers:
    """Reads the answers of a response, those within groups too.

    Attributes:
        lijst: The questionnaire.
        scales: Per link id what its codes stand for; None when the codes are the answers.
        left_out: Link ids that the caller leaves out.
        reader: Where problems go.
        read: What was read.
    """

    lijst: Vragenlijst
    scales: Mapping[str, Scale] | None
    left_out: frozenset[str]
    reader: Reader
    read: dict[str, int | Missing | None] = attrs.field(factory=dict)

    def collect(self, parent: Part) -> None:
        """The items of a part, those within groups and answers too."""
        known = {item.id: item for item in self.lijst.items}
        self._collect(parent, known)

    def _collect(self, parent: Part, known: Mapping[str, Item]) -> None:
        for part in parent.parts("item"):
            link = part.text("linkId")
            part.data.pop("text", None)  # the questionnaire has it
            item = None if link in self.left_out else known.get(link or "")
            # what stands at an item that is not known can be about health too
            with self.reader.hiding(item is None or item.construct.info.sensitive):
                answers = part.parts("answer")
            if link is None:
                self.reader.wrong("missing-field", "an item without linkId", "Give linkId.", part.at)
            elif item is not None:
                self._answer(part, answers, item)
            elif answers or link in known:
                self._unknown(part, answers, link)
            self._collect(part, known)
            for answer in answers:
                self._collect(answer, known)
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
        for told in (part, *answers):  # it was told as a whole; what is nested in it is read
            _keep_items(told)

    def _answer(self, part: Part, answers: list[Part], item: Item) -> None:
        if item.id in self.read:
            do = "Give each item once."
            self.reader.wrong("duplicate-name", "an item that is answered twice", do, part.at, item.id)
            return
        if len(answers) > 1:
            self.reader.wrong("duplicate-name", "more than one answer", "Give one.", part.at, len(answers))
            return
        with self.reader.hiding(item.construct.info.sensitive):
            reasons = part.extensions(ABSENT)[ABSENT]
            if reasons and answers:
                do = "Give the answer, or the reason why there is none."
                self.reader.wrong("invalid-value", _BOTH, do, part.at)
            self.read[item.id] = self._missing(reasons[0]) if reasons else None
            for answer in answers:
                self.read[item.id] = self._value(answer, item)

    def _value(self, answer: Part, item: Item) -> int | Missing | None:
        kinds = sorted(name for name in answer.data if name.startswith(_VALUE))
        if len(kinds) > 1:
            do = "Give the answer once, as valueCoding or as valueInteger."
            self._refuse("invalid-value", "one answer in two forms", answer, item, ", ".join(kinds), do)
            return None
        if kinds and kinds[0] not in {"valueCoding", "valueInteger"}:
            given = f"{kinds[0]} {shown(answer.data[kinds[0]])}"
            self._refuse("not-a-number", _NONE, answer, item, given)
            return None
        coding, beside = answer.one("valueCoding"), answer.one("_valueInteger")
        reasons = [found for part in (coding, beside) if part for found in part.extensions(ABSENT)[ABSENT]]
        code = None if coding is None else coding.text("code")
        label = None if coding is None else coding.text("display")
        self._tell(coding, beside, code)
        number: int | None = answer.take("valueInteger", int)
        if reasons and code is None and number is None:
            return self._missing(reasons[0])
        if reasons:
            do = "Give the answer, or the reason why there is none."
            self._refuse("invalid-value", _BOTH, answer, item, shown(code or number), do)
            return None
        if code is None:
            return self._on_scale(number, label, answer, item, shown(number if label is None else label))
        if self.scales is not None and item.id not in self.scales:
            what = "the Questionnaire that was given has no such item"
            self._refuse("unknown-item", what, answer, item, None, "Give the Questionnaire that is answered.")
            return None
        return self._on_scale(self._meant(code, item), label, answer, item, shown(code))

    def _on_scale(
        self, number: int | None, label: str | None, answer: Part, item: Item, given: str
    ) -> int | None:
        """The answer, when it is one of the scale and not the one with another label."""
        if number is None:
            self._refuse("not-a-number", _NONE, answer, item, None if given == "None" else given)
        elif not self.lijst.schaal.minimum <= number <= self.lijst.schaal.maximum:
            self._refuse("answer-out-of-range", "answer outside the scale", answer, item, shown(number))
        elif label is not None and elsewhere(self.lijst, label, number):
            do = "Give questionnaire=, of which the options tell which code is which answer; or mend the label."
            given = f"{given} with the label {shown(label)}"
            self._refuse("invalid-value", "a code and a label that are two answers", answer, item, given, do)
        else:
            return number
        return None

    def _meant(self, code: str, item: Item) -> int | None:
        codes = self.scales[item.id].codes if self.scales is not None else None
        return codes.get(code) if codes else whole(code)

    def _tell(self, coding: Part | None, beside: Part | None, code: str | None) -> None:
        """What stands at an answer and is not used."""
        if coding is not None:
            system = coding.data.pop("system", None)
            if system is not None and code is not None and self.scales is None:
                why = f"codes of {shown(system)} are taken as the numbers of the scale"
                self.reader.lost("code system", (*coding.at, "system"), why)
        for part in (coding, beside):
            if part is not None:
                for name in ("version", "userSelected", "_display"):
                    part.data.pop(name, None)
                part.tell_rest()

    def _refuse(
        self, code: str, what: str, answer: Part, item: Item, given: str | None, do: str | None = None
    ) -> None:
        told = MASK if item.construct.info.sensitive and given is not None else given
        _keep_items(answer)
        self.reader.problems.add(
            code, what, do or _on(self.lijst.schaal), where=path_of(answer.at), given=told
        )

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


def _on(schaal: Schaal) -> str:
    return f"Give {schaal.minimum} to {schaal.maximum} as the code of valueCoding, or as valueInteger."


def _keep_items(part: Part) -> None:
    """Forget what was told as a whole; what is nested in it is read."""
    part.data = {name: value for name, value in part.data.items() if name == "item"}
