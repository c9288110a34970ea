"""What a verification finds: ``Finding`` and ``Verification``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import attrs

from igm._display import Table
from igm.constructs._base import FrozenMapping
from igm.decision.records import KaderRef


class Ernst(StrEnum):
    """How serious a finding is.

    Example:
        >>> Ernst("fout")
        <Ernst.FOUT: 'fout'>
    """

    FOUT = "fout"
    WAARSCHUWING = "waarschuwing"
    OPMERKING = "opmerking"


_ORDER = tuple(Ernst)


def _case(given: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    return None if given is None else FrozenMapping(dict(given))


@attrs.frozen
class Finding:
    """Something in a kader that deserves another look.

    Attributes:
        code: What kind, such as ``gap`` or ``redundant-rule``; for a kader that does not load also an error code.
        ernst: ``fout`` (mend it), ``waarschuwing`` (probably not meant) or ``opmerking`` (good to know).
        waar: Path into the kader, such as ``$.regels['ons.jong']``.
        wat: What was found, in a sentence.
        voorbeeld: An invented case that shows it, for ``kader.casus(...)``; absent where no case can show it.
        tweede: A second case, where one does not show it.

    Example:
        >>> print(Finding("gap", "fout", "$.beslis", "geen rij beslist over dit geval", {"rust": False}))
        fout bij $.beslis: geen rij beslist over dit geval [gap]; voorbeeld: rust=False
    """

    code: str
    ernst: Ernst = attrs.field(converter=Ernst)
    waar: str
    wat: str
    voorbeeld: Mapping[str, Any] | None = attrs.field(default=None, converter=_case)
    tweede: Mapping[str, Any] | None = attrs.field(default=None, converter=_case)

    def __str__(self) -> str:
        cases = [_shown(case) for case in (self.voorbeeld, self.tweede) if case is not None]
        example = f"; voorbeeld: {' | '.join(cases)}" if cases else ""
        return f"{self.ernst.value} bij {self.waar}: {self.wat} [{self.code}]{example}"


def _shown(case: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={_plain(value)}" for name, value in case.items())


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(given, key=lambda finding: _ORDER.index(finding.ernst)))


@attrs.frozen(repr=False)
class Verification:
    """All that was found in a kader, the most serious first.

    Attributes:
        kader: The kader that was looked at; absent when it does not load.
        findings: What was found.
        n_cases: How many cases were weighed.
        exact: Whether these are all the cases that the kader tells apart; otherwise they are a sample.
        note: What was weighed, and how a sample was drawn.

    Example:
        >>> import igm
        >>> found = igm.kader("leiden-2021").verify()
        >>> found
        Verification('leiden-2021' 1.0, 0 fout, 0 waarschuwing, 3 opmerking, n=4718592 gevallen, exact)
        >>> found.ok
        True
    """

    kader: KaderRef | None
    findings: tuple[Finding, ...] = attrs.field(converter=_findings)
    n_cases: int
    exact: bool
    note: str

    @property
    def ok(self) -> bool:
        """Whether nothing of the kind ``fout`` was found."""
        return not self.of(Ernst.FOUT)

    def of(self, ernst: Ernst | str) -> tuple[Finding, ...]:
        """What was found of one seriousness.

        Raises:
            ValueError: For another word than ``fout``, ``waarschuwing`` or ``opmerking``.
        """
        wanted = Ernst(ernst)
        return tuple(finding for finding in self.findings if finding.ernst is wanted)

    def table(self) -> Table:
        """One row per finding."""
        rows = [
            [finding.ernst.value, finding.code, finding.waar, finding.wat, self._example(finding)]
            for finding in self.findings
        ]
        columns = ["ernst", "code", "waar", "wat", "voorbeeld"]
        return Table(columns, rows, title=self._title, notes=(self.note,))

    def _example(self, finding: Finding) -> str | None:
        cases = [case for case in (finding.voorbeeld, finding.tweede) if case is not None]
        return " | ".join(map(_shown, cases)) or None

    @property
    def _name(self) -> str:
        return "concept" if self.kader is None else str(self.kader)

    @property
    def _title(self) -> str:
        counts = ", ".join(f"{len(self.of(ernst))} {ernst.value}" for ernst in Ernst)
        return f"Verificatie van {self._name}: {counts}"

    def to_dict(self) -> dict[str, Any]:
        """All of it, ready for JSON."""
        return {
            "kader": None if self.kader is None else attrs.asdict(self.kader),
            "findings": [_to_dict(finding) for finding in self.findings],
            "n_cases": self.n_cases,
            "exact": self.exact,
            "note": self.note,
            "ok": self.ok,
        }

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self.of(ernst))} {ernst.value}" for ernst in Ernst)
        name = "concept" if self.kader is None else f"{self.kader.id!r} {self.kader.version}"
        kind = "exact" if self.exact else "steekproef"
        return f"Verification({name}, {counts}, n={self.n_cases} gevallen, {kind})"

    def __str__(self) -> str:
        lines = [self._title, *(f"- {finding}" for finding in self.findings), self.note]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return self.table().html()


def _to_dict(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "ernst": finding.ernst.value,
        "waar": finding.waar,
        "wat": finding.wat,
        "voorbeeld": _json(finding.voorbeeld),
        "tweede": _json(finding.tweede),
    }


def _json(case: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if case is None else {name: _plain(value) for name, value in case.items()}
