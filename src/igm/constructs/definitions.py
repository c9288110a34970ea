"""All constructs with what they mean and where that comes from, as a table."""

from __future__ import annotations

from igm._display import Language, Table
from igm.constructs._base import known_language
from igm.constructs.model import Construct


def construct_table(lang: Language = "nl") -> Table:
    """Every construct with the part that it belongs to, its polarity, definition and source.

    Args:
        lang: Of the labels and definitions.

    Raises:
        InputError: ``unknown-name`` for another language.

    Example:
        >>> construct_table("en").rows[2][:3]
        ('social pressure', 'willing', 'depends on its direction')
    """
    dutch = known_language(lang) == "nl"
    rows = [
        [
            name.label(lang),
            name.dimension.label(lang),
            name.polarity.label(lang),
            name.info.definition[lang],
            name.info.source,
        ]
        for name in Construct
    ]
    headers = (
        ["construct", "deel", "hoger is", "betekenis", "bron"]
        if dutch
        else ["construct", "part", "higher is", "meaning", "source"]
    )
    return Table(headers, rows, title="De constructen" if dutch else "The constructs", lang=lang)
