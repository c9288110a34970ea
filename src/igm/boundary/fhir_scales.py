"""The answers that a FHIR item offers, as a scale: its bounds, its labels, and whether the item is reversed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from igm.boundary.fhir_reading import Part, Reader
from igm.boundary.fhir_terms import BACKWARDS, HIGHEST, LOWEST, ORDINAL
from igm.constructs._base import Location

_MOST: Final = 1000
"""More options than this are no answers on a scale."""


@attrs.frozen
class Scale:
    """The answers of one item.

    Attributes:
        bounds: Lowest and highest answer.
        anchors: Dutch labels, by answer.
        english: English labels, by answer.
        reversed: Whether a higher answer counts for less.
        codes: The answer of each code.
    """

    bounds: tuple[int, int]
    anchors: Mapping[str, str]
    english: Mapping[str, str]
    reversed: bool
    codes: Mapping[str, int]

    @property
    def told(self) -> str:
        """The scale in a message."""
        return f"{self.bounds[0]} to {self.bounds[1]}" + (" with labels" if self.anchors else "")


@attrs.frozen
class _Option:
    at: Location
    code: str
    counts: int
    label: str | None
    english: str | None


def scale_of(part: Part, own: Mapping[str, list[Part]], kind: str, reader: Reader) -> Scale | None:
    """The scale of an item, or None when the resource does not hold its answers.

    Args:
        part: The item.
        own: Its extensions that were read.
        kind: ``choice`` or ``integer``.
        reader: Where problems go.
    """
    backwards = any(found.take("valueBoolean", bool) for found in own[BACKWARDS])
    if kind == "integer":
        bounds = [found.take("valueInteger", int) for url in (LOWEST, HIGHEST) for found in own[url]]
        if len(bounds) == 2 and None not in bounds:
            return Scale((bounds[0], bounds[1]), {}, {}, backwards, {})
        return None
    options = part.parts("answerOption")
    if len(options) > _MOST:
        do = f"Give at most {_MOST:,} options."
        reader.wrong("scale-invalid", "too many options", do, (*part.at, "answerOption"), len(options))
        return None
    read = [option for option in (_option(one, reader) for one in options) if option is not None]
    return _scale(part, read, reader) if read and len(read) == len(options) else None


def _option(part: Part, reader: Reader) -> _Option | None:
    ordinals = part.extensions(ORDINAL)[ORDINAL]
    coding = part.one("valueCoding")
    if coding is None:
        whole = part.take("valueInteger", int) if "valueInteger" in part.data else None
        part.tell_rest()
        return None if whole is None else _Option(part.at, str(whole), whole, None, None)
    code, label = coding.text("code"), coding.text("display")
    english = coding.translated("display").get("en")
    ordinals += coding.extensions(ORDINAL)[ORDINAL]
    if coding.data.pop("system", None) is not None:
        reader.lost("code system", (*coding.at, "system"), "answers are numbers here")
    coding.tell_rest()
    part.tell_rest()
    number = _number(ordinals, code, reader)
    if code is None or number is None:
        if code is None:
            reader.wrong("missing-field", "an option without a code", "Give valueCoding.code.", part.at)
        return None
    return _Option(part.at, code, number, label, english)


def _number(ordinals: list[Part], code: str | None, reader: Reader) -> int | None:
    """What an option counts for: its ordinal value, or else the number that is its code."""
    if not ordinals:
        return whole(code)
    value: Any = ordinals[0].data.pop("valueDecimal", None)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value == value // 1:
        return int(value)
    do = "Give a whole number as valueDecimal."
    reader.wrong("answer-not-whole", "an ordinal value that is not whole", do, ordinals[0].at, value)
    return None


def whole(text: str | None) -> int | None:
    """The whole number that a code is, or None.

    Example:
        >>> whole("4"), whole("-2"), whole("LA6568-5"), whole("04")
        (4, -2, None, None)
    """
    try:
        number = int(text or "")
    except ValueError:
        return None
    return number if str(number) == text else None


def _scale(part: Part, options: list[_Option], reader: Reader) -> Scale | None:
    counts = [option.counts for option in options]
    low, high = min(counts), max(counts)
    at = (*part.at, "answerOption")
    if len(set(counts)) < len(counts) or len({option.code for option in options}) < len(options):
        do = "Give each option its own code and its own value."
        reader.wrong("duplicate-name", "two options with one code or one value", do, at)
        return None
    absent = high - low + 1 - len(counts)
    if absent:
        reader.lost("the steps of the scale", at, f"{absent} numbers between {low} and {high} have no option")
    numbers = [whole(option.code) for option in options]
    backwards = low < high and numbers == [low + high - count for count in counts]
    if not backwards and numbers != counts:
        why = "codes are no numbers of the scale; the ordinal value is taken as the answer, and no item is reversed"
        reader.lost("codes of answers", at, why)
    answers = [low + high - count if backwards else count for count in counts]
    pairs = list(zip(answers, options, strict=True))
    return Scale(
        (low, high),
        {str(answer): option.label for answer, option in pairs if option.label is not None},
        {str(answer): option.english for answer, option in pairs if option.english is not None},
        backwards,
        {option.code: answer for answer, option in pairs},
    )


def anchors_of(found: list[Part]) -> dict[str, dict[str, str]]:
    """The labels of answers that are whole numbers, per language."""
    labels: dict[str, dict[str, str]] = {"nl": {}, "en": {}}
    for anchor in found:
        told = {str(part.data.pop("url", "")): part for part in anchor.parts("extension")}
        answer = told["antwoord"].take("valueInteger", int) if "antwoord" in told else None
        for lang, texts in labels.items():
            label = told[lang].text("valueString") if lang in told else None
            if label is not None:
                texts[str(answer)] = label
    return {lang: texts for lang, texts in labels.items() if texts}
