"""What an audit found, and how it is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias, TypeGuard

import attrs

from igm._display import Language, Table, number, seen
from igm.analysis.audit_words import CASES, CHECKS, FRAME, VERDICTS
from igm.analysis.samples import Interval
from igm.constructs._base import is_mapping, known_language
from igm.constructs.model import Construct

AuditCheck: TypeAlias = Literal[
    "mean",
    "grim",
    "grimmer",
    "n",
    "items",
    "sd",
    "p",
    "mark",
    "text",
    "claim",
    "dates",
    "percentage",
    "repeated",
    "level",
]
"""What was looked at."""

AuditVerdict: TypeAlias = Literal["consistent", "not-consistent", "depends", "cannot-tell", "look"]
"""What came of it: figures that fit, that do not, that do by some rounding or test, no telling, or a reason to look."""

AUDIT_SCHEMA_VERSION: Final = 1
"""The version of the stored form of an audit."""

_QUIET: Final = {"consistent", "cannot-tell"}


@attrs.frozen
class Finding:
    """One thing that was looked at in published figures.

    Attributes:
        check: What was looked at.
        verdict: What came of it.
        where: What it is about: the columns of the row, such as organisation, construct and wave.
        case: Which sentence says it.
        figures: The numbers of that sentence, at full precision; an `Interval` is the range that rounding allows.
        decimals: To how many decimals figures are shown.

    Example:
        >>> import igm
        >>> from igm.analysis import audit
        >>> found = audit([{"construct": "kennis", "wave": "T0", "n": 7, "mean": 5.65, "sd": 1.14}],
        ...     schaal=igm.Schaal(minimum=1, maximum=7), items=1)
        >>> found.findings[1].text("en")
        'M = 5.65 is not consistent with 7 people who answered all 1 items; it is with n = 17, 20, 23, 26, 31, ...'
    """

    check: AuditCheck
    verdict: AuditVerdict
    where: Mapping[str, Any]
    case: str
    figures: Mapping[str, Any]
    decimals: int = 2

    def place(self, lang: Language = "nl") -> str:
        """What it is about, in one line."""
        return seen(", ".join(_label(value, lang) for value in self.where.values() if value is not None))

    def text(self, lang: Language = "nl") -> str:
        """What was found, as a sentence."""
        words = CASES[known_language(lang)]
        told = {name: self._shown(name, value, lang) for name, value in self.figures.items()}
        return seen(words[self.case].format(**told))

    def _shown(self, name: str, value: Any, lang: Language) -> str:
        frame = FRAME[lang]
        if isinstance(value, Interval):
            low, high = number(value.low, 4, lang=lang), number(value.high, 4, lang=lang)
            return low if low == high else f"{low} {frame['to']} {high}"
        if is_mapping(value):
            return ", ".join(_label(part, lang) for part in value.values() if part is not None)
        if is_several(value):
            return _listed(value) or frame["none"]
        if isinstance(value, float):
            digits = max(3, self.figures["p_decimals"]) if name == "p" else self.decimals
            plain = name in {"share", "alpha"}
            return (
                f"{value:g}".replace(".", "," if lang == "nl" else ".")
                if plain
                else number(value, digits, lang=lang)
            )
        return frame.get(str(value), str(value)) if name == "direction" else str(value)

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return {
            "check": self.check,
            "verdict": self.verdict,
            "where": {name: _stored(value) for name, value in self.where.items()},
            "case": self.case,
            "figures": {name: _stored(value) for name, value in self.figures.items()},
        }


@attrs.frozen(repr=False)
class AuditReport:
    """What an audit looked at: what fits as well as what does not.

    Attributes:
        findings: Everything that was looked at, check by check.
        alpha: Below which chance a mark is taken to stand.
        bron: Where the figures are from.
        unread: The fields of rows that nothing was done with.

    Example:
        >>> import igm
        >>> from igm.analysis import audit
        >>> audit([{"construct": "kennis", "wave": "T0", "n": 12, "mean": 3.88, "sd": 3.85}],
        ...     schaal=igm.Schaal(minimum=1, maximum=7))
        AuditReport(checks=3, consistent=1, concerns=2)
    """

    findings: tuple[Finding, ...]
    alpha: float = 0.05
    bron: str | None = None
    unread: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.findings)

    @property
    def concerns(self) -> tuple[Finding, ...]:
        """What does not fit, depends, or is worth a look."""
        return tuple(one for one in self.findings if one.verdict not in _QUIET)

    def of(self, check: AuditCheck) -> tuple[Finding, ...]:
        """What one check looked at."""
        return tuple(one for one in self.findings if one.check == check)

    def table(self, lang: Language = "nl", *, every: bool = False) -> Table:
        """A row per concern, or with ``every`` per check; below it how much was looked at."""
        words = FRAME[known_language(lang)]
        rows = [
            [one.place(lang), CHECKS[lang][one.check], VERDICTS[lang][one.verdict], one.text(lang)]
            for one in (self.findings if every else self.concerns)
        ]
        headers = [words[name] for name in ("where", "check", "verdict", "text")]
        return Table(headers, rows, title=words["title"], notes=self._notes(lang), lang=lang)

    def text(self, lang: Language = "nl") -> str:
        """The concerns, a line each, and how much was looked at."""
        lines = [f"{one.place(lang)}: {one.text(lang)}" for one in self.concerns]
        return "\n".join([*lines, *self._notes(lang)])

    def _notes(self, lang: Language) -> list[str]:
        words = FRAME[known_language(lang)]
        looked = Counter(one.check for one in self.findings)
        fits = Counter(one.check for one in self.findings if one.verdict == "consistent")
        notes = [
            words["count"].format(CHECKS[lang][check], many, fits[check]) for check, many in looked.items()
        ]
        notes.append(words["meaning"])
        if self.unread:
            notes.append(words["unread"].format(", ".join(self.unread)))
        if self.bron:
            notes.append(words["source"].format(self.bron))
        return [seen(note) for note in notes]

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision, ready for JSON."""
        return {
            "schema_version": AUDIT_SCHEMA_VERSION,
            "findings": [one.to_dict() for one in self.findings],
            "alpha": self.alpha,
            "bron": self.bron,
            "unread": list(self.unread),
        }

    def __repr__(self) -> str:
        fits = sum(one.verdict == "consistent" for one in self.findings)
        return f"AuditReport(checks={len(self)}, consistent={fits}, concerns={len(self.concerns)})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def _label(value: Any, lang: Language) -> str:
    try:
        return Construct(value).label(lang)
    except ValueError:
        return str(value)


def _listed(values: tuple[Any, ...]) -> str:
    few = [str(one) for one in values[:5]]
    return ", ".join(few + (["..."] if len(values) > len(few) else []))


def is_several(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Whether a figure is several numbers."""
    return isinstance(value, tuple)


def _stored(value: Any) -> Any:
    if isinstance(value, Interval):
        return [value.low, value.high]
    if is_several(value):
        return list(value)
    if is_mapping(value):
        return {name: _stored(one) for name, one in value.items()}
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
