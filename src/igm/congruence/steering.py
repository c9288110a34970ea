"""Steering and self-regulation: their levels, and what theory expects of each combination, as cited data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeVar

import attrs

from igm._content import read_shipped
from igm._display import Language, Table
from igm.constructs._base import known_language, shown
from igm.constructs.waarde import Missing
from igm.errors import Problems, suggestion

ASKED: Final = "zelfsturing"
OFFERED: Final = "sturing"

Level = TypeVar("Level", "Sturing", "Zelfsturing")


class Sturing(StrEnum):
    """How much steering is offered, from little to much.

    Example:
        >>> Sturing("sterk"), Sturing.GEDEELD.label(), Sturing.LOS.label("en")
        (<Sturing.STERK: 'sterk'>, 'gedeeld', 'loose')
    """

    LOS = "los"
    GEDEELD = "gedeeld"
    STERK = "sterk"

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        return _label(OFFERED, self, lang)


class Zelfsturing(StrEnum):
    """How much self-regulation is there, from little to much: in one situation and life domain, on one day.

    It is never a kind of person: the same person may be at another level in another life domain, or next month.

    Example:
        >>> Zelfsturing.HOOG.label("en"), Zelfsturing.HOOG.rotterdam(), Zelfsturing.LAAG.rotterdam()
        ('high', 'regievoerder', 'toetser')
    """

    LAAG = "laag"
    MIDDEN = "midden"
    HOOG = "hoog"

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        return _label(ASKED, self, lang)

    def rotterdam(self, lang: Language = "nl") -> str:
        """What Rotterdam calls this level of a situation: toetser, co-producent or regievoerder."""
        return _label("rotterdam", self, lang)


class Fit(StrEnum):
    """What a combination of steering and self-regulation is called.

    Example:
        >>> Fit.CONSTRUCTIEVE_FRICTIE.label(), Fit.DESTRUCTIEVE_FRICTIE.label("en")
        ('constructieve frictie', 'destructive friction')
    """

    CONGRUENT = "congruent"
    CONSTRUCTIEVE_FRICTIE = "constructieve_frictie"
    DESTRUCTIEVE_FRICTIE = "destructieve_frictie"

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        return _label("fit", self, lang)


class FitDirection(StrEnum):
    """Which way a combination is off, if it is.

    Example:
        >>> FitDirection.MEER.label("en")
        'more steering than the self-regulation asks'
    """

    MINDER = "minder"
    PASSEND = "passend"
    MEER = "meer"

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        return _label("direction", self, lang)


@attrs.frozen
class Cell:
    """One combination, with what it is called."""

    sturing: Sturing
    zelfsturing: Zelfsturing
    fit: Fit
    direction: FitDirection


@cache
def content() -> Mapping[str, Any]:
    """The cited table, with its source and its words."""
    return read_shipped("models", "regulatory_fit")


@cache
def cells() -> Mapping[tuple[Sturing, Zelfsturing], Cell]:
    """The nine combinations."""
    read = [
        Cell(Sturing(one[OFFERED]), Zelfsturing(one[ASKED]), Fit(one["fit"]), FitDirection(one["direction"]))
        for one in content()["cells"]
    ]
    return {(one.sturing, one.zelfsturing): one for one in read}


def meaning(fit: Fit, direction: FitDirection, lang: Language) -> str:
    """What a combination means, in plain words; friction that is called destructive says what that is about."""
    found: str = next(
        one[lang]
        for one in content()["meanings"]
        if (one["fit"], one["direction"]) == (fit.value, direction.value)
    )
    about: str = content()["combination"][lang]
    return f"{found} {about}" if fit is Fit.DESTRUCTIEVE_FRICTIE else found


def citation(lang: Language) -> tuple[str, str]:
    """Where the table comes from, and that it was not verified there, with the reason."""
    data, word = content(), {"nl": "Bron", "en": "Source"}[lang]
    return f"{word}: {data['source']}", data["verification"][lang]


def fit_table(lang: Language = "nl") -> Table:
    """The nine combinations of steering and self-regulation, with their source and whether that was verified.

    Args:
        lang: ``"nl"`` or ``"en"``.

    Returns:
        A row per level of self-regulation and a column per degree of steering. Every cell also says whether there is
        more or less steering than the self-regulation asks.

    Raises:
        InputError: ``unknown-name`` for another language.

    Example:
        >>> table = fit_table("en")
        >>> [cell.split(":")[0] for cell in table.rows[0]]
        ['high (director)', 'destructive friction', 'destructive friction', 'congruent']
        >>> table.notes[1].split(":")[0]
        'Not verified in the paper itself'
    """
    known_language(lang)
    first = {"nl": "zelfsturing ↓, sturing →", "en": "self-regulation ↓, steering →"}[lang]
    rows: list[list[str]] = []
    for level in reversed(Zelfsturing):
        found = [cells()[sturing, level] for sturing in reversed(Sturing)]
        told = [f"{cell.fit.label(lang)}: {cell.direction.label(lang)}" for cell in found]
        rows.append([f"{level.label(lang)} ({level.rotterdam(lang)})", *told])
    columns = [first, *(one.label(lang) for one in reversed(Sturing))]
    word = {"nl": "De namen tussen haakjes", "en": "The names in brackets"}[lang]
    notes = [
        *citation(lang),
        f"{word}: {content()['levels_source'][lang]}",
        content()["combination"][lang],
    ]
    return Table(columns, rows, title=content()["title"][lang], notes=notes, lang=lang)


def read_level(kind: type[Level], given: object, where: str, problems: Problems) -> Level | Missing:
    """A level from what a user writes: a member, any name of it, a kind of missing, or ``None`` for not asked.

    Args:
        kind: Which levels.
        given: What was given.
        where: The path that problems name.
        problems: Where what is wrong is noted.

    Returns:
        The level, or why it is missing; what cannot be read is noted, and comes back as missing.
    """
    if given is None:
        return Missing.NIET_GEVRAAGD
    if isinstance(given, (kind, Missing)):
        return given
    if isinstance(given, str) and not isinstance(given, StrEnum):
        name = given.strip().casefold()
        if name in list(Missing):
            return Missing(name)
        name = name.replace("_", "-").replace(" ", "-")
        if name in _names(kind.__name__):
            return kind(_names(kind.__name__)[name])
    names = [*_names(kind.__name__), *Missing]
    what = {Sturing: "no degree of steering", Zelfsturing: "no level of self-regulation"}[kind]
    # a name of the other question is no slip of the pen for a name of this one
    other = Zelfsturing if kind is Sturing else Sturing
    is_other = isinstance(given, str) and given.strip().casefold() in _names(other.__name__)
    do = f"Known: {', '.join(kind)}." if is_other else suggestion(given, names, most=12)
    problems.add("unknown-name", what, do, where=where, given=shown(given))
    return Missing.NIET_GEVRAAGD


def is_absent(given: object) -> bool:
    """Whether it is what a frame puts where nothing is known: NaN, or the mark of its own that pandas has."""
    return (isinstance(given, float) and math.isnan(given)) or type(given).__name__ in {"NAType", "NaTType"}


@cache
def _names(kind: str) -> dict[str, str]:
    """Every name of a level, in both languages, with the level that it means."""
    groups = {"Sturing": (OFFERED,), "Zelfsturing": (ASKED, "rotterdam")}[kind]
    return {
        name: value
        for group in groups
        for value, labels in content()[group].items()
        for name in (value, *labels.values())
    }


def _label(group: str, member: StrEnum, lang: Language) -> str:
    label: str = content()[group][member.value][known_language(lang)]
    return label
