"""Norms as data: named, cited figures that a score can be set beside; none is used unless it is named."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import ConfigDict, Field, ValidationError, field_validator

from igm._content import read_file, read_shipped, shipped
from igm._display import Column, Language, Table, number
from igm.constructs._base import (
    Count,
    IgmModel,
    ListOf,
    Location,
    Number,
    ReadOnly,
    Text,
    fault,
    is_mapping,
    known_language,
    problems_of,
    raise_faults,
    shown,
)
from igm.constructs.model import Construct, found_construct, nearest_construct
from igm.constructs.schaal import Schaal
from igm.disclosure.figures import largest_sd
from igm.errors import InputError, named, suggestion

_FOLDER: Final = "norms"
_LEAST_SD: Final = 1e-6
_EXAMPLE: Final[dict[str, Any]] = {
    "id": "team-west",
    "version": "1.0",
    "titel": {"nl": "Team West", "en": "Team West"},
    "populatie": {"nl": "48 cliënten van team West, 2026", "en": "48 clients of team West, 2026"},
    "status": {"nl": "eigen meting", "en": "own measurement"},
    "bron": "jaarverslag team West 2026, tabel 3",
    "schaal": {"minimum": 1, "maximum": 5},
    "groep": {"houding": {"mean": 3.9, "sd": 0.8, "n": 48}},
}


class Cut(IgmModel):
    """One stretch of scores, and what it is called.

    Attributes:
        vanaf: Where it begins; a score exactly there lies in it.
        nl: What it is called in Dutch.
        en: The same in English.

    Example:
        >>> Cut(vanaf=50, nl="in het midden of hoger", en="in the middle or higher").vanaf
        50.0
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"vanaf": 50, "nl": "hoger", "en": "higher"}]})

    vanaf: Number = Field(description="where the stretch begins, on the scale of the norm")
    nl: Text = Field(description="what it is called in Dutch")
    en: Text = Field(description="what it is called in English")

    def text(self, lang: Language = "nl") -> str:
        """What it is called."""
        return self.en if known_language(lang) == "en" else self.nl


class GroupFigures(IgmModel):
    """Mean, standard deviation and number of a group on one construct.

    Attributes:
        mean: The mean, on the scale of the norm.
        sd: The standard deviation, above zero.
        n: How many people.

    Example:
        >>> GroupFigures(mean=3.9, sd=0.8, n=48).n
        48
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"mean": 3.9, "sd": 0.8, "n": 48}]})

    mean: Number = Field(description="the mean")
    sd: Number = Field(description="the standard deviation")
    n: Count = Field(description="how many people")

    def _check(self) -> None:
        faults: list[tuple[Location, Any]] = []
        if self.sd < _LEAST_SD:
            what, do = "a standard deviation of zero or less", f"Give a number of at least {_LEAST_SD:g}."
            faults.append((("sd",), fault("value-out-of-range", what, do, given=shown(self.sd))))
        if self.n < 2:
            do = "Give a group of at least 2: one person has no standard deviation."
            faults.append((("n",), fault("value-out-of-range", "a group of one person", do, given="1")))
        raise_faults("GroupFigures", faults)


class Norm(IgmModel):
    """A set of cut-offs, or the figures of a group, with where it comes from.

    Attributes:
        id: Its name.
        version: Changes whenever a figure changes.
        titel: Title per language (``nl`` and ``en``).
        populatie: Whose scores it rests on, per language.
        status: What it can and cannot be used for, per language.
        bron: Where it is published.
        schaal: The scale of its figures; they are percents of maximum possible when left out.
        schalen: The scales of scores that percents of maximum possible are for; every scale when left out.
        grenzen: Per construct stretches that rise from the lowest score on.
        groep: Per construct the figures of a group; a group has a scale.

    Raises:
        pydantic.ValidationError: All faults, each at its path: ``missing-field``, ``unknown-construct``,
            ``value-out-of-range``, ``duplicate-name``, ``unknown-field``.

    Example:
        >>> found = norm("ijmond-werkt-client-t0")
        >>> found
        Norm('ijmond-werkt-client-t0', version='1.0', groep, 14 constructs, schaal 1–5)
        >>> found.groep[Construct.HOUDING].mean, found.groep[Construct.HOUDING].n
        (4.31, 43)
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    id: Text = Field(description="name", examples=["team-west"])
    version: Text = Field(description="changes whenever a figure changes", examples=["1.0"])
    titel: ReadOnly[Text, Text] = Field(description="title per language")
    populatie: ReadOnly[Text, Text] = Field(description="whose scores it rests on, per language")
    status: ReadOnly[Text, Text] = Field(description="what it can and cannot be used for, per language")
    bron: Text = Field(description="where it is published")
    schaal: Schaal | None = Field(default=None, description="the scale of its figures; POMP when left out")
    schalen: ListOf[Schaal] = Field(default=(), description="scales of scores that POMP figures are for")
    grenzen: ReadOnly[Construct, ListOf[Cut]] = Field(
        default={}, description="stretches by construct", validate_default=True
    )
    groep: ReadOnly[Construct, GroupFigures] = Field(
        default={}, description="figures of a group by construct", validate_default=True
    )

    @field_validator("grenzen", "groep", mode="before")
    @classmethod
    def _by_construct(cls, given: Any) -> Any:
        if not is_mapping(given):
            return given
        found: dict[Construct, Any] = {}
        faults: list[Any] = []
        for name, value in given.items():
            key = found_construct(name)
            where: Location = (named(name),)
            if key is None:
                do = nearest_construct(name)
                faults.append((where, fault("unknown-construct", "unknown construct", do, given=shown(name))))
            elif key in found:
                faults.append((where, fault("duplicate-name", f"{key} is given twice", "Give it once.")))
            else:
                found[key] = value
        raise_faults(cls.__name__, faults)
        return found

    def _check(self) -> None:
        faults: list[tuple[Location, Any]] = []
        for field in ("titel", "populatie", "status"):
            texts = getattr(self, field)
            faults += [
                ((field, lang), fault("missing-field", f"{field} in {lang} is missing", "Give it."))
                for lang in ("nl", "en")
                if lang not in texts
            ]
        if bool(self.grenzen) == bool(self.groep):
            do = "Give grenzen or groep, and not both: a norm is cut-offs or a group."
            faults.append((("grenzen",), fault("missing-field", "a norm without one kind of figures", do)))
        if self.groep and self.schaal is None:
            do = "Give the scale on which the group answered."
            faults.append((("schaal",), fault("missing-field", "a group without a scale", do)))
        if self.schaal is not None and self.schalen:
            do = "Give schaal, for figures on it, or schalen, for figures in POMP."
            faults.append((("schalen",), fault("invalid-value", "two kinds of scales", do)))
        for key, cuts in self.grenzen.items():
            faults += [(("grenzen", key.value, *where), error) for where, error in self._wrong_cuts(cuts)]
        for key, figures in self.groep.items():
            if self.schaal is not None and figures.mean not in self.schaal:
                do = f"Give a number from {self.schaal.minimum} to {self.schaal.maximum}."
                error = fault("value-out-of-range", "a mean outside the scale", do, given=shown(figures.mean))
                faults.append((("groep", key.value, "mean"), error))
            elif self.schaal is not None and figures.sd > (most := _most(figures, self.schaal)):
                what = f"a standard deviation above {most:.2f}, the most that is possible here"
                error = fault("value-out-of-range", what, "Look it up again.", given=shown(figures.sd))
                faults.append((("groep", key.value, "sd"), error))
        raise_faults("Norm", faults)

    def _wrong_cuts(self, cuts: tuple[Cut, ...]) -> list[tuple[Location, Any]]:
        low, high = (0, 100) if self.schaal is None else (self.schaal.minimum, self.schaal.maximum)
        starts = [cut.vanaf for cut in cuts]
        if not starts or starts[0] != low:
            do = f"Begin at {low}, so that every score has a place."
            given = "none" if not starts else shown(starts[0])
            return [((), fault("value-out-of-range", "cut-offs that begin elsewhere", do, given=given))]
        wrong = [place for place in range(1, len(starts)) if not starts[place - 1] < starts[place] <= high]
        do = f"Give each above the one before, at most {high}."
        what = "cut-offs that do not rise within the scale"
        return [
            ((place, "vanaf"), fault("value-out-of-range", what, do, given=shown(starts[place])))
            for place in wrong
        ]

    @property
    def constructs(self) -> tuple[Construct, ...]:
        """What it has figures of."""
        return tuple(self.grenzen or self.groep)

    def fits(self, schaal: Schaal, /) -> bool:
        """Whether scores on a scale can be set beside it; scales with the same bounds are one scale."""
        own = self.schalen if self.schaal is None else (self.schaal,)
        return not own or any((one.minimum, one.maximum) == (schaal.minimum, schaal.maximum) for one in own)

    @property
    def scale_text(self) -> str:
        """The scale of its figures, and of what scores they are for."""
        if self.schaal is not None:
            return str(self.schaal)
        return f"POMP, {' / '.join(map(str, self.schalen))}" if self.schalen else "POMP"

    def table(self, lang: Language = "nl") -> Table:
        """Its figures, with whose they are and where they come from."""
        dutch = known_language(lang) == "nl"
        rows: list[list[Any]] = []
        for key, cuts in self.grenzen.items():
            told = "; ".join(
                f"{'vanaf' if dutch else 'from'} {cut.vanaf:g}: {cut.text(lang)}" for cut in cuts
            )
            rows.append([key.label(lang), told])
        for key, one in self.groep.items():
            mean, sd = number(one.mean, lang=lang), number(one.sd, lang=lang)
            rows.append([key.label(lang), f"M = {mean}, SD = {sd}, n = {one.n}"])
        notes = (
            f"{'schaal' if dutch else 'scale'}: {self.scale_text}",
            self.populatie[lang],
            self.status[lang],
            f"{self.id} {self.version}; {self.bron}",
        )
        columns = [Column("construct"), Column("norm")]
        return Table(columns, rows, title=self.titel[lang], notes=notes, lang=lang)

    def __repr__(self) -> str:
        kind = "grenzen" if self.grenzen else "groep"
        return (
            f"Norm({self.id!r}, version={self.version!r}, {kind}, {len(self.constructs)} constructs, "
            f"schaal {self.scale_text})"
        )

    def __str__(self) -> str:
        return self.table().text()

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as a file of it would hold."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def _repr_html_(self) -> str:
        return self.table().html()


def _most(figures: GroupFigures, schaal: Schaal) -> float:
    """The highest standard deviation of people with such a mean, both given to one decimal or more."""
    mean, half = Fraction(figures.mean), Fraction(1, 20)
    return largest_sd(mean, figures.n, schaal.minimum, schaal.maximum, half) + float(half)


def norm(name: str | Path, /) -> Norm:
    """A norm that ships with the library, or one of your own from a YAML file.

    None of those that ship is a norm of the Dutch population: there is none. They are the published figures of small
    groups, and the middle of the scale; each says in ``status`` what it can be used for.

    Args:
        name: The id of a shipped norm (see `shipped_norms`); or a path, as ``Path`` or as text that ends in ``.yaml``
            or ``.yml``.

    Raises:
        InputError: ``unknown-name``, with a suggestion and the names that there are; ``file-unreadable``; or every
            fault in the file, each with its path.

    Example:
        >>> norm("schaaluiteinden").titel["en"]
        'On which side of the middle of the scale'
        >>> norm("schaaluiteinde")
        Traceback (most recent call last):
        ...
        igm.errors.InputError: no such norm, at $: got 'schaaluiteinde'. Did you mean 'schaaluiteinden'? Norms: ...
    """
    given: object = name
    if isinstance(given, Path) or (isinstance(given, str) and given.endswith((".yaml", ".yml"))):
        return _read(read_file(given))
    if not isinstance(given, str) or given not in shipped(_FOLDER):
        raise _unknown(given)
    return _shipped(given)


def _unknown(given: object) -> InputError:
    known = shipped(_FOLDER)
    hint = suggestion(given, known)
    near = f"{hint} " if hint.startswith("Did") else ""
    do = f"{near}Norms: {', '.join(known)}; or a YAML file of your own."
    return InputError.of("unknown-name", "no such norm", do, given=shown(given))


@cache
def _shipped(name: str) -> Norm:
    return _read(read_shipped(_FOLDER, name))


def shipped_norms() -> tuple[Norm, ...]:
    """All norms that ship with the library.

    Example:
        >>> [found.id for found in shipped_norms()][-1]
        'wpi-amsterdam-professional-t0'
    """
    return tuple(_shipped(name) for name in shipped(_FOLDER))


def _read(data: dict[str, Any]) -> Norm:
    try:
        return Norm.model_validate(data)
    except ValidationError as error:
        raise InputError(*problems_of(error)) from None


def as_norm(given: object) -> Norm:
    """The norm that is named, or a `Norm` itself.

    Raises:
        InputError: ``missing-field`` when none is named: there is no default; else as `norm`.
    """
    if isinstance(given, Norm):
        return given
    if given is None:
        do = f"Name one: {', '.join(shipped(_FOLDER))}; or give an igm.Norm of your own."
        what = "scores are read by a norm that is named; there is no default"
        raise InputError.of("missing-field", what, do, where="$.norm")
    asked: Any = given
    try:
        return norm(asked)
    except InputError as error:
        raise InputError(*(problem.under("$.norm") for problem in error.problems)) from None
