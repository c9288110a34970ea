"""The answers that a FHIR item offers, as a scale: its bounds, its labels, and whether the item is reversed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import attrs

from igm.boundary.fhir_reading import Part, Reader
from igm.boundary.fhir_terms import BACKWARDS, HIGHEST, INT32, LOWEST, ORDINAL
from igm.constructs._base import Location
from igm.errors import shown

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
        at: Where the item stands.
    """

    bounds: tuple[int, int]
    anchors: Mapping[str, str]
    english: Mapping[str, str]
    reversed: bool
    codes: Mapping[str, int]
    at: Location

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
        bounds = [_whole_of(found, reader) for url in (LOWEST, HIGHEST) for found in own[url]]
        low, high = bounds if len(bounds) == 2 else (None, None)
        return None if low is None or high is None else Scale((low, high), {}, {}, backwards, {}, part.at)
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
        number = _whole_of(part, reader) if "valueInteger" in part.data else None
        part.tell_rest()
        return None if number is None else _Option(part.at, str(number), number, None, None)
    code, label = coding.text("code"), coding.text("display")
    labels = coding.translated("display")
    english = labels.pop("en", None)
    for lang in labels:
        reader.lost(f"the label in {shown(lang)}", coding.at, "labels are in Dutch and English")
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


def _whole_of(part: Part, reader: Reader) -> int | None:
    """A whole number that FHIR can hold."""
    number: int | None = part.take("valueInteger", int)
    return number if number is None else _held(number, part, reader)


def _held(number: int, part: Part, reader: Reader) -> int | None:
    if abs(number) <= INT32:
        return number
    do = "Give a whole number of at most 32 bits."
    reader.wrong("value-out-of-range", "a number that FHIR cannot hold", do, part.at, number)
    return None


def _number(ordinals: list[Part], code: str | None, reader: Reader) -> int | None:
    """What an option counts for: its ordinal value, or else the number that is its code."""
    if not ordinals:
        return whole(code)
    read = [_ordinal(one, reader) for one in ordinals]
    if len(set(read)) > 1:
        what, do = "two ordinal values for one option", "Give one, on the option or on its coding."
        reader.wrong("duplicate-name", what, do, ordinals[1].at)
    return read[0]


def _ordinal(part: Part, reader: Reader) -> int | None:
    value: Any = part.data.pop("valueDecimal", None)
    if isinstance(value, Decimal):  # as programs hold what stands in JSON
        value = float(value) if value.is_finite() else None
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value == value // 1:
        return _held(int(value), part, reader)
    do = "Give a whole number as valueDecimal."
    reader.wrong("answer-not-whole", "an ordinal value that is not whole", do, part.at, value)
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
        part.at,
    )


def anchors_of(found: list[Part]) -> dict[str, dict[str, str]]:
    """The labels of answers that are whole numbers, per language."""
    labels: dict[str, dict[str, str]] = {"nl": {}, "en": {}}
    for anchor in found:
        told = anchor.by_url()
        answer = told["antwoord"].take("valueInteger", int) if "antwoord" in told else None
        for lang, texts in labels.items():
            label = told[lang].text("valueString") if lang in told else None
            if label is not None:
                texts[str(answer)] = label
    return {lang: texts for lang, texts in labels.items() if texts}
