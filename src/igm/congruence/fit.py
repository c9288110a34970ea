"""``regulatory_fit``: whether the steering that is offered fits the self-regulation that is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, Literal, TypeAlias, cast

import attrs

from igm._display import Cell as TableCell
from igm._display import Language, Table
from igm.congruence._fit_words import FIT
from igm.congruence.steering import (
    Fit,
    FitDirection,
    Sturing,
    Zelfsturing,
    cells,
    citation,
    content,
    meaning,
    read_level,
)
from igm.constructs._base import FrozenMapping, check_one_of, known_language, shown
from igm.constructs.waarde import Missing
from igm.errors import InputError, Problems, is_bsn_like

FitLink: TypeAlias = Literal["manager-professional", "professional-client"]
"""Who steers whom: a manager a professional, or a professional a client."""

SCHEMA_VERSION: Final = 1
"""The version of the form in which a result is stored."""

_LINKS: Final = ("manager-professional", "professional-client")


def _frozen(missing: Mapping[str, Missing]) -> Mapping[str, Missing]:
    return FrozenMapping(missing)


@attrs.frozen(repr=False)
class RegulatoryFit:
    """Whether steering fits self-regulation, in one situation; a hint for a talk, and no verdict about anyone.

    Attributes:
        sturing: How much steering is offered; ``None`` when it is missing.
        zelfsturing: How much self-regulation is there; ``None`` when it is missing.
        fit: What the combination is called; ``None`` when either is missing.
        direction: Whether there is more or less steering than the self-regulation asks; ``None`` in the same way.
        missing: What is missing of ``sturing`` and ``zelfsturing``, and why.
        leefdomein: The life domain that it is about.
        datum: The day that it is about.
        link: Who steers whom.

    Example:
        >>> found = regulatory_fit("los", "weet_niet")
        >>> found.fit is None, dict(found.missing), [one.value for one in found.possible]
        (True, {'zelfsturing': <Missing.WEET_NIET: 'weet_niet'>}, \
['congruent', 'constructieve_frictie', 'destructieve_frictie'])
    """

    sturing: Sturing | None
    zelfsturing: Zelfsturing | None
    fit: Fit | None
    direction: FitDirection | None
    missing: Mapping[str, Missing] = attrs.field(converter=_frozen)
    leefdomein: str | None = None
    datum: date | None = None
    link: FitLink | None = None

    @property
    def possible(self) -> tuple[Fit, ...]:
        """Every outcome that what is known leaves open; a single one when both are known."""
        open_cells = {
            cell.fit
            for (sturing, zelfsturing), cell in cells().items()
            if self.sturing in (None, sturing) and self.zelfsturing in (None, zelfsturing)
        }
        return tuple(one for one in Fit if one in open_cells)

    @property
    def verified(self) -> bool:
        """Whether the table was checked in the paper itself."""
        return bool(content()["verified"])

    def text(self, lang: Language = "nl") -> str:
        """What can be said, in plain words, a line each; the word destructive never stands alone.

        Args:
            lang: ``"nl"`` or ``"en"``.

        Returns:
            The levels, the outcome with what it means, what it is about, and where it comes from.

        Raises:
            InputError: ``unknown-name`` for another language.
        """
        words = FIT[known_language(lang)]
        lines = [] if self.link is None else [f"{words[self.link][0].upper()}{words[self.link][1:]}."]
        return "\n".join([*lines, *self.lines(lang), *self._notes(lang)])

    def lines(self, lang: Language = "nl") -> tuple[str, str]:
        """The levels, and the outcome with what it means; where it comes from is in ``text``."""
        level = self._asked(lang) + "".join(f", {one}" for one in self._where(lang))
        known = FIT[known_language(lang)]["known"].format(self._offered(lang), level)
        return known, self._said(lang)

    def _offered(self, lang: Language) -> str:
        return self.missing["sturing"].label(lang) if self.sturing is None else self.sturing.label(lang)

    def _asked(self, lang: Language) -> str:
        if self.zelfsturing is None:
            return self.missing["zelfsturing"].label(lang)
        label = self.zelfsturing.label(lang)
        # Rotterdam's names are about clients
        return (
            label if self.link == "manager-professional" else f"{label} ({self.zelfsturing.rotterdam(lang)})"
        )

    def _where(self, lang: Language) -> list[str]:
        words = FIT[lang]
        said = [] if self.leefdomein is None else [words["in"].format(self.leefdomein)]
        return said if self.datum is None else [*said, words["on"].format(self.datum.isoformat())]

    def _said(self, lang: Language) -> str:
        words = FIT[lang]
        if self.fit is None or self.direction is None:
            lacking = ", ".join(f"{words[name]} ({why.label(lang)})" for name, why in self.missing.items())
            *rest, last = (one.label(lang) for one in self.possible)
            could = words["or"].join([", ".join(rest), last])
            return f"{words['unknown'].format(lacking)} {words['possible'].format(could)}"
        label = self.fit.label(lang)
        return f"{label[0].upper()}{label[1:]}. {meaning(self.fit, self.direction, lang)}"

    def _notes(self, lang: Language) -> list[str]:
        words = FIT[lang]
        about = [words["situation"]]
        if self.link == "manager-professional":
            about.append(words["no-rotterdam"])
        if self.leefdomein is None:
            about.append(words["no-domain-of" if self.link == "manager-professional" else "no-domain"])
        if self.datum is None:
            about.append(words["no-day"])
        return [" ".join(about), words["advice"], *citation(lang)]

    def table(self, lang: Language = "nl") -> Table:
        """One row: the levels, where and when, the outcome and its direction; below it what that means."""
        words = FIT[known_language(lang)]
        names = ["link", "sturing", "zelfsturing", "leefdomein", "datum", "fit", "direction"]
        row: list[TableCell] = [
            None if self.link is None else words[self.link],
            self._offered(lang),
            self._asked(lang),
            self.leefdomein,
            None if self.datum is None else self.datum.isoformat(),
            words["unknown-row"] if self.fit is None else self.fit.label(lang),
            None if self.direction is None else self.direction.label(lang),
        ]
        notes = [self._said(lang), *self._notes(lang)]
        return Table([words[name] for name in names], [row], title=words["title"], notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON, with the source and whether it was verified."""
        return {
            "schema_version": SCHEMA_VERSION,
            "link": self.link,
            "sturing": None if self.sturing is None else self.sturing.value,
            "zelfsturing": None if self.zelfsturing is None else self.zelfsturing.value,
            "missing": {name: why.value for name, why in self.missing.items()},
            "fit": None if self.fit is None else self.fit.value,
            "direction": None if self.direction is None else self.direction.value,
            "possible": [one.value for one in self.possible],
            "leefdomein": self.leefdomein,
            "datum": None if self.datum is None else self.datum.isoformat(),
            "doel": "leren",
            "source": content()["source"],
            "verified": self.verified,
        }

    def __repr__(self) -> str:
        levels = (
            f"{name}={getattr(self, name).value if getattr(self, name) else self.missing[name].value!r}"
            for name in ("sturing", "zelfsturing")
        )
        fit, direction = (None if one is None else one.value for one in (self.fit, self.direction))
        return f"RegulatoryFit({', '.join(levels)}, fit={fit!r}, direction={direction!r})"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.table().html()


def regulatory_fit(
    sturing: Sturing | Missing | str | None,
    zelfsturing: Zelfsturing | Missing | str | None,
    *,
    leefdomein: str | None = None,
    datum: date | str | None = None,
    link: FitLink | None = None,
) -> RegulatoryFit:
    """Whether the steering that is offered fits the self-regulation that is there.

    The same table serves both links: a manager who steers a professional, and a professional who steers a client.
    Vermunt & Verloop (1999); the cells were not verified in the paper itself (see `fit_table`).

    Args:
        sturing: ``sterk``, ``gedeeld`` or ``los``, in either language; or why it is missing.
        zelfsturing: ``hoog``, ``midden`` or ``laag``, in either language or by Rotterdam's names (``regievoerder``,
            ``co-producent``, ``toetser``); or why it is missing. From a score: `zelfsturing_level`.
        leefdomein: The life domain in which this level was found, such as ``werk``.
        datum: The day on which it was found.
        link: ``"manager-professional"`` or ``"professional-client"``; of the first, Rotterdam's names are not told, for
            they are about clients.

    Returns:
        What the combination is called and in which direction it is off. Where either level is not known the outcome is
        not known either: no level leaves a single one.

    Raises:
        InputError: ``unknown-name`` for a level or link that does not exist, ``invalid-value`` for a life domain that
            is no text or a day that is no date; all at once.

    Example:
        >>> regulatory_fit("sterk", "hoog", leefdomein="werk", datum="2024-10-01")
        RegulatoryFit(sturing='sterk', zelfsturing='hoog', fit='destructieve_frictie', direction='meer')
        >>> regulatory_fit("loose", "co-producent").text("en").splitlines()[1].split(". ")[0]
        'Constructive friction'
    """
    problems = Problems()
    offered = read_level(Sturing, sturing, "$.sturing", problems)
    asked = read_level(Zelfsturing, zelfsturing, "$.zelfsturing", problems)
    domain = _domain(leefdomein, problems)
    day = _day(datum, problems)
    # an underscore is read as a hyphen, as `chain` does
    link = cast("FitLink", link.replace("_", "-")) if isinstance(link, str) else link
    if link is not None:
        check_one_of(link, _LINKS, "no link of the chain", "$.link", problems)
    problems.raise_any(InputError)
    missing = {
        name: one for name, one in (("sturing", offered), ("zelfsturing", asked)) if isinstance(one, Missing)
    }
    if isinstance(offered, Missing) or isinstance(asked, Missing):
        known_offer = None if isinstance(offered, Missing) else offered
        known_ask = None if isinstance(asked, Missing) else asked
        return RegulatoryFit(known_offer, known_ask, None, None, missing, domain, day, link)
    cell = cells()[offered, asked]
    return RegulatoryFit(offered, asked, cell.fit, cell.direction, missing, domain, day, link)


def _domain(given: object, problems: Problems) -> str | None:
    if given is None:
        return None
    text = given.strip() if isinstance(given, str) else ""
    if not text or not text.isprintable() or is_bsn_like(text):
        do = "Name it, such as 'werk', or leave it out."
        problems.add("invalid-value", "not a life domain", do, where="$.leefdomein", given=shown(given))
    return text


def _day(given: object, problems: Problems) -> date | None:
    if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
        return given
    try:
        return date.fromisoformat(given) if isinstance(given, str) else _no_day(given)
    except ValueError:
        do = "Give a date (2024-10-01) without a time."
        problems.add("invalid-value", "a date was expected", do, where="$.datum", given=shown(given))
        return None


def _no_day(given: object) -> date:
    raise ValueError(type(given).__name__)
