"""``codebook``: every column of scored data with what it means, for an archive, an article or a colleague."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

import attrs

from igm._display import Language, Table
from igm.constructs._base import known_language, shown
from igm.constructs.item import Item
from igm.constructs.model import Construct
from igm.constructs.vragenlijst import Vragenlijst
from igm.constructs.waarde import Missing
from igm.errors import InputError
from igm.scoring.missing import MinValid, check_min_valid, needed

SCHEMA_VERSION: Final = 1
"""The form of what `Codebook.to_dict` gives."""

_FIELDS: Final[tuple[str, ...]] = (
    "column",
    "kind",
    "type",
    "construct",
    "facet",
    "text_nl",
    "text_en",
    "minimum",
    "maximum",
    "anchors_nl",
    "anchors_en",
    "reversed",
    "missing",
    "formula",
    "questionnaire",
    "version",
    "status",
    "licence",
    "source",
)


@attrs.frozen
class Codebook:
    """What each column of answers and scores means.

    Attributes:
        lijst: The questionnaire.
        min_valid: The missing rule of the scores.

    Example:
        >>> from igm.constructs import vragenlijst
        >>> book = codebook(vragenlijst("client-participatie"))
        >>> book
        Codebook('client-participatie', version='1.1', 54 items, 30 score columns)
        >>> book.rows()[54]["column"], book.rows()[54]["formula"]
        ('houding', 'mean of houding_1, houding_2, houding_3, 6 - houding_4; at least 2 of 4 answered')
    """

    lijst: Vragenlijst
    min_valid: MinValid = "half"

    def rows(self) -> list[dict[str, str | int | None]]:
        """A row per column: the items, then the score of each construct and its number of answered items."""
        rows = [self._item(item) for item in self.lijst.items]
        for key in self.lijst.constructs:
            rows += self._score(key)
        return rows

    def csv(self, *, sep: str = ",") -> str:
        """All columns as CSV, with a header; texts that hold the separator are quoted.

        A text that a spreadsheet would compute, for it begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end, is
        written with an apostrophe before it; `rows` and `to_dict` give it as it is.

        Args:
            sep: ``","``, or ``";"`` for a spreadsheet with Dutch settings.

        Raises:
            InputError: ``invalid-value`` for another separator.
        """
        if sep not in {",", ";", "\t"}:
            do = "Give ',', ';' or a tab."
            raise InputError.of("invalid-value", "not a separator", do, where="$.sep", given=shown(sep))
        out = io.StringIO()
        writer = csv.DictWriter(out, _FIELDS, delimiter=sep, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _plain(cell) for name, cell in row.items()} for row in self.rows())
        return out.getvalue()

    def markdown(self, lang: Language = "nl") -> str:
        """A document with what the questionnaire is, its items and its scores."""
        dutch = known_language(lang) == "nl"
        about = (
            ("versie" if dutch else "version", self.lijst.version),
            ("rol" if dutch else "role", self.lijst.rol.label(lang)),
            ("gedrag" if dutch else "behaviour", self.lijst.gedrag.text(lang)),
            ("status", self.lijst.status),
            ("licentie" if dutch else "licence", self.lijst.licentie),
            ("bron" if dutch else "source", self.lijst.bron),
        )
        told = Table(["", self.lijst.id], about, title=self.lijst.titel[lang], lang=lang)
        return "\n\n".join([told.markdown(), self.items(lang).markdown(), self.scores(lang).markdown()])

    def items(self, lang: Language = "nl") -> Table:
        """The items: construct, facet, the sentence in both languages, reversed."""
        dutch = known_language(lang) == "nl"
        rows = [
            [
                item.id,
                item.construct.label(lang),
                item.facet,
                item.nl,
                item.en,
                _yes(lang) if item.reversed else None,
            ]
            for item in self.lijst.items
        ]
        headers = ["item", "construct", "facet", "nl", "en", "gekeerd" if dutch else "reversed"]
        anchors = self.lijst.schaal.anchors if dutch else self.lijst.anchors_en
        labels = "; ".join(f"{answer} = {label}" for answer, label in anchors.items())
        kinds = ", ".join(f"{kind.value} ({kind.label('en')})" for kind in Missing)
        notes = [
            f"{'schaal' if dutch else 'scale'} {self.lijst.schaal}" + (f": {labels}" if labels else ""),
            f"{'geen antwoord' if dutch else 'no answer'}: {kinds}",
        ]
        return Table(headers, rows, title="Items", notes=notes, lang=lang)

    def scores(self, lang: Language = "nl") -> Table:
        """The score columns, with their formulas."""
        dutch = known_language(lang) == "nl"
        rows = [
            [f"{key.value}, {key.value}_n", key.label(lang), self._formula(key, lang)]
            for key in self.lijst.constructs
        ]
        headers = ["kolommen", "construct", "formule"] if dutch else ["columns", "construct", "formula"]
        note = "_n: aantal beantwoorde items" if dutch else "_n: number of answered items"
        return Table(headers, rows, title="Scores", notes=[note], lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return {"schema_version": SCHEMA_VERSION, "columns": self.rows()}

    def _item(self, item: Item) -> dict[str, str | int | None]:
        schaal = self.lijst.schaal
        return self._row(
            item.construct,
            column=item.id,
            kind="item",
            type="whole number",
            facet=item.facet,
            text_nl=item.nl,
            text_en=item.en,
            anchors_nl=_labels(schaal.anchors.items()),
            anchors_en=_labels(self.lijst.anchors_en.items()),
            reversed="yes" if item.reversed else "no",
            missing=", ".join(kind.value for kind in Missing),
        )

    def _score(self, key: Construct) -> Iterator[dict[str, str | int | None]]:
        texts = {"text_nl": key.label("nl"), "text_en": key.label("en")}
        formula = self._formula(key, "en")
        yield self._row(key, column=key.value, kind="score", type="number", formula=formula, **texts)
        of = len(self.lijst.items_for(key))
        yield self._row(
            key,
            column=f"{key.value}_n",
            kind="n",
            type="whole number",
            formula="number of answered items",
            **texts,
        ) | {"minimum": 0, "maximum": of}

    def _row(self, key: Construct, **own: str | None) -> dict[str, str | int | None]:
        lijst = self.lijst
        return {
            **dict.fromkeys(_FIELDS),
            "construct": key.value,
            "minimum": lijst.schaal.minimum,
            "maximum": lijst.schaal.maximum,
            "questionnaire": lijst.id,
            "version": lijst.version,
            "status": lijst.status,
            "licence": lijst.licentie,
            "source": lijst.bron,
            **own,
        }

    def _formula(self, key: Construct, lang: Language) -> str:
        """How a score is made, with reversal on the stated bounds written out."""
        items = self.lijst.items_for(key)
        ends = self.lijst.schaal.minimum + self.lijst.schaal.maximum
        terms = ", ".join(f"{ends} - {item.id}" if item.reversed else item.id for item in items)
        least = needed(self.min_valid, len(items))
        if lang == "nl":
            return f"gemiddelde van {terms}; minstens {least} van {len(items)} beantwoord"
        return f"mean of {terms}; at least {least} of {len(items)} answered"

    def _repr_html_(self) -> str:
        return self.items().html() + self.scores().html()

    def __str__(self) -> str:
        return f"{self.items()}\n\n{self.scores()}"

    def __repr__(self) -> str:
        columns = 2 * len(self.lijst.constructs)
        return (
            f"Codebook({self.lijst.id!r}, version={self.lijst.version!r}, {len(self.lijst)} items, "
            f"{columns} score columns)"
        )


_COMPUTED: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With which a cell begins that a spreadsheet computes, or takes apart."""


def _plain(cell: str | int | None) -> str | int | None:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_COMPUTED) else cell


def _yes(lang: Language) -> str:
    return "ja" if lang == "nl" else "yes"


def _labels(anchors: Any) -> str | None:
    return "; ".join(f"{answer} = {label}" for answer, label in anchors) or None


def codebook(lijst: Vragenlijst, /, *, min_valid: MinValid = "half") -> Codebook:
    """The codebook of a questionnaire: its items, and the columns that scoring adds with the scorer ``mean``.

    Args:
        lijst: The questionnaire.
        min_valid: The missing rule that the scores were made with.

    Returns:
        The codebook; `Codebook.markdown` and `Codebook.csv` write it.

    Raises:
        InputError: ``invalid-value`` or ``value-out-of-range`` for a rule that cannot be met.

    Example:
        >>> from igm.constructs import vragenlijst
        >>> print(codebook(vragenlijst("client-participatie")).csv().splitlines()[0][:40])
        column,kind,type,construct,facet,text_nl
    """
    given: object = lijst
    if not isinstance(given, Vragenlijst):
        do = "Give a Vragenlijst, such as vragenlijst('client-participatie')."
        raise InputError.of("invalid-value", "not a Vragenlijst", do, where="$.lijst", given=shown(given))
    check_min_valid(min_valid, {key.value: n for key, n in lijst.n_items.items()})
    return Codebook(lijst, min_valid)
