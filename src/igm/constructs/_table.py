"""The rows in which values are shown, with the sensitive ones masked unless they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from igm._content import read_shipped
from igm._display import Cell, Column, Language, Table, number
from igm.constructs._base import known_language
from igm.constructs.composite import CompositeValue
from igm.constructs.model import DETERMINANTS, Construct, Dimension
from igm.constructs.waarde import Missing, SocialeDruk, Waarde
from igm.errors import MASK

WORDS: Final[dict[Language, dict[str, str]]] = {
    "nl": {
        "part": "deel",
        "construct": "construct",
        "score": "score",
        "scale": "schaal",
        "items": "items",
        "note": "opmerking",
        "of": "van",
        "apart": "apart",
        "from": "van",
        "weight": "belang",
        "certainty": "zekerheid",
        "composite": "samengesteld",
        "lacking": "ontbreekt",
        "pressure": "druk",
        "undirected": "richting onbekend",
        **{part.value: part.label("nl") for part in Dimension},
    },
    "en": {
        "part": "part",
        "construct": "construct",
        "score": "score",
        "scale": "scale",
        "items": "items",
        "note": "note",
        "of": "of",
        "apart": "apart",
        "from": "from",
        "weight": "importance",
        "certainty": "certainty",
        "composite": "composite",
        "lacking": "lacking",
        "pressure": "pressure",
        "undirected": "direction unknown",
        **{part.value: part.label("en") for part in Dimension},
    },
}
"""The words of tables, per language."""


@cache
def _facet_labels() -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = read_shipped("labels", "facets")["facets"]
    return labels


def facet_label(name: str, lang: Language) -> str:
    """What a facet is called; a facet of one's own keeps its name.

    Example:
        >>> facet_label("goal_setting", "nl"), facet_label("eigen", "nl")
        ('doelen stellen', 'eigen')
    """
    return _facet_labels().get(name, {}).get(lang, name)


def value_columns(lang: Language) -> list[Column]:
    """The columns of a row with one value."""
    words = WORDS[known_language(lang)]
    return [
        Column(words["construct"]),
        Column(words["score"], "right"),
        Column(words["scale"]),
        Column("POMP", "right", 1),
        Column(words["items"]),
        Column(words["note"]),
    ]


def value_cells(construct: Construct, value: Waarde | Missing, *, lang: Language, mask: bool) -> list[Cell]:
    """The cells of one value: construct, score, scale, POMP, n and what there is to say about it."""
    hidden = mask and construct.info.sensitive
    notes = [WORDS[lang]["apart"]] if construct is Construct.SOCIALE_DRUK else []
    if isinstance(value, Missing):
        return [construct.label(lang), None, None, None, None, ", ".join([*notes, value.label(lang)])]
    notes += _notes(value, lang=lang, hidden=hidden)
    return [
        construct.label(lang),
        MASK if hidden else value.score,
        None if value.schaal is None else str(value.schaal),
        MASK if hidden else None if value.schaal is None else value.pomp,
        _count(value.n_valid, value.n_items, lang),
        "; ".join(notes),
    ]


def _count(valid: int | None, asked: int | None, lang: Language) -> str | None:
    if valid is None:
        return None
    return str(valid) if asked is None else f"{valid} {WORDS[lang]['of']} {asked}"


def _notes(value: Waarde, *, lang: Language, hidden: bool) -> list[str]:
    words = WORDS[lang]
    notes: list[str] = []
    if isinstance(value, SocialeDruk):
        pressed = value.richting
        notes.append(words["undirected"] if pressed is None else f"{words['pressure']} {pressed.label(lang)}")
        if value.van:
            notes.append(f"{words['from']} {', '.join(one.label(lang) for one in value.van)}")
        if value.belang is not None:
            notes.append(f"{words['weight']} {number(value.belang, lang=lang)}")
    if value.facetten and not hidden:
        notes += [
            f"{facet_label(name, lang)} {number(facet, lang=lang)}" for name, facet in value.facetten.items()
        ]
    if value.bron is not None:
        notes.append(value.bron.label(lang))
    if value.datum is not None:
        notes.append(value.datum.isoformat())
    if value.zekerheid is not None:
        notes.append(f"{words['certainty']} {number(value.zekerheid, lang=lang)}")
    if value.toelichting is not None and not hidden:
        notes.append(value.toelichting)
    return notes


def _composite_label(name: str, lang: Language) -> str:
    """What a composite is called; parts of the model by their label, a name of one's own as it is."""
    if lang == "nl" or not set(name.split("_")) <= set(Dimension):
        return name.replace("_", " ")
    return " and ".join(Dimension(part).label(lang) for part in name.split("_"))


def composite_cells(name: str, value: CompositeValue, *, lang: Language, mask: bool) -> list[Cell]:
    """The cells of a composite value; it is masked when a sensitive value could be told from it."""
    hidden = mask and value.value is not None and value.is_sensitive
    notes = [value.made_by, value.state.label(lang)]
    if value.gaps:
        notes.append(f"{WORDS[lang]['lacking']}: {', '.join(gap.label(lang) for gap in value.gaps)}")
    on_scale = value.value if value.metric == "schaal" else None
    return [
        _composite_label(name, lang),
        MASK if hidden and on_scale is not None else on_scale,
        None if value.schaal is None else str(value.schaal),
        MASK if hidden else value.pomp,
        None,
        "; ".join(notes),
    ]


def profile_table(
    waarden: Mapping[Construct, Waarde | Missing],
    composites: Mapping[str, CompositeValue],
    *,
    title: str,
    notes: tuple[str, ...],
    lang: Language,
    mask: bool,
) -> Table:
    """All values of a profile, part by part; a determinant that is absent has its row too."""
    words = WORDS[known_language(lang)]
    rows: list[list[Cell]] = []
    for dimension in Dimension:
        for construct in Construct:
            if construct.dimension is dimension and (construct in waarden or construct in DETERMINANTS):
                value = waarden.get(construct, Missing.NIET_GEVRAAGD)
                rows.append([words[dimension], *value_cells(construct, value, lang=lang, mask=mask)])
    rows += [
        [words["composite"], *composite_cells(name, value, lang=lang, mask=mask)]
        for name, value in composites.items()
    ]
    columns = [Column(words["part"]), *value_columns(lang)]
    return Table(columns, rows, title=title, notes=notes, lang=lang)
