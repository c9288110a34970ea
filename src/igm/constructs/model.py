"""The model as data: constructs with their labels and polarity, and the variants with their arrows."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Final

import attrs

from igm._content import read_shipped, shipped
from igm._display import Language
from igm.constructs._base import known_language
from igm.constructs.gedragsmodel import Edge, GedragsModel, read_only
from igm.errors import UnknownNameError, shown, suggestion


class Dimension(StrEnum):
    """The part of the model that a construct belongs to.

    Example:
        >>> [construct.value for construct in DETERMINANTS if construct.dimension is Dimension.WILLEN]
        ['houding', 'eigen_effectiviteit', 'sociale_druk']
        >>> Dimension.KUNNEN.label(), Dimension.KUNNEN.label("en")
        ('kunnen', 'being able')
    """

    WILLEN = "willen"
    KUNNEN = "kunnen"
    INTENTIE = "intentie"
    DOEN = "doen"
    DOEL = "doel"
    INTERACTIE = "interactie"
    INVLOED = "invloed"

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        return _PART_IN_ENGLISH[self] if known_language(lang) == "en" else self.value


_PART_IN_ENGLISH: Final = {
    Dimension.WILLEN: "willing",
    Dimension.KUNNEN: "being able",
    Dimension.INTENTIE: "intention",
    Dimension.DOEN: "doing",
    Dimension.DOEL: "goal",
    Dimension.INTERACTIE: "interaction",
    Dimension.INVLOED: "influence",
}


class Polarity(StrEnum):
    """What a higher value means for the behaviour.

    Example:
        >>> [construct.value for construct in DETERMINANTS if construct.polarity is Polarity.CONTEXTUEEL]
        ['sociale_druk']
        >>> Polarity.HELPEND.label("en"), Polarity.CONTEXTUEEL.label("en")
        ('helping', 'depends on its direction')
    """

    HELPEND = "helpend"
    CONTEXTUEEL = "contextueel"
    """The number is a level; whether it helps or hinders depends on its direction for this behaviour."""

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        dutch = known_language(lang) == "nl"
        if self is Polarity.HELPEND:
            return "helpend" if dutch else "helping"
        return "hangt af van de richting" if dutch else "depends on its direction"


class Construct(StrEnum):
    """Everything that a questionnaire can measure; the values are stable in exports.

    Example:
        >>> Construct("houding").label(), Construct.HOUDING.label("en")
        ('houding', 'attitude')
        >>> Construct.SOCIALE_DRUK.polarity
        <Polarity.CONTEXTUEEL: 'contextueel'>
        >>> construct("eigen-effectiviteit")
        <Construct.EIGEN_EFFECTIVITEIT: 'eigen_effectiviteit'>
    """

    HOUDING = "houding"
    EIGEN_EFFECTIVITEIT = "eigen_effectiviteit"
    SOCIALE_DRUK = "sociale_druk"
    KENNIS = "kennis"
    BELASTBAARHEID = "belastbaarheid"
    CONTEXT = "context"
    ZELFREGULERING = "zelfregulering"
    INTENTIE = "intentie"
    GEDRAG = "gedrag"
    DOEL = "doel"
    VAKMANSCHAP = "vakmanschap"
    ZELFREFLECTIE = "zelfreflectie"
    BEINVLOEDEN = "beinvloeden"
    COMMUNICATIE_CLIENT = "communicatie_client"
    CONGRUENTIE_BEGELEIDING = "congruentie_begeleiding"
    VERBINDING_MANAGER = "verbinding_manager"
    COMMUNICATIE_PROFESSIONAL = "communicatie_professional"
    VERBINDING_PROFESSIONAL = "verbinding_professional"
    RELATIE_PROFESSIONAL = "relatie_professional"
    INVLOED_HOUDING_EIGEN_EFFECTIVITEIT = "invloed_houding_eigen_effectiviteit"
    INVLOED_KENNIS = "invloed_kennis"
    INVLOED_BELASTBAARHEID_CONTEXT = "invloed_belastbaarheid_context"
    INVLOED_ZELFREGULERING = "invloed_zelfregulering"
    INVLOED_INTENTIE_GEDRAG = "invloed_intentie_gedrag"

    @property
    def info(self) -> ConstructInfo:
        """Labels, definition, polarity and source."""
        return _constructs()[self]

    @property
    def dimension(self) -> Dimension:
        """The part of the model that it belongs to."""
        return self.info.dimension

    @property
    def polarity(self) -> Polarity:
        """What a higher value means."""
        return self.info.polarity

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        return self.info.label[known_language(lang)]


@attrs.frozen
class ConstructInfo:
    """What the library knows of a construct.

    Attributes:
        construct: Which one.
        dimension: The part of the model that it belongs to.
        polarity: What a higher value means.
        label: Name per language.
        definition: One sentence per language.
        source: Where the definition comes from.
        aliases: Other names that are accepted on input.
        sensitive: Whether values are about health and are masked when shown.

    Example:
        >>> Construct.BELASTBAARHEID.info.sensitive, Construct.KENNIS.info.sensitive
        (True, False)
    """

    construct: Construct
    dimension: Dimension
    polarity: Polarity
    label: Mapping[str, str] = attrs.field(converter=read_only)
    definition: Mapping[str, str] = attrs.field(converter=read_only)
    source: str
    aliases: tuple[str, ...] = ()
    sensitive: bool = False


@cache
def _constructs() -> dict[Construct, ConstructInfo]:
    return {
        Construct(key): ConstructInfo(
            construct=Construct(key),
            dimension=Dimension(entry["dimension"]),
            polarity=Polarity(entry.get("polarity", "helpend")),
            label=entry["label"],
            definition=entry["definition"],
            source=entry["source"],
            aliases=tuple(entry.get("aliases", ())),
            sensitive=entry.get("sensitive", False),
        )
        for key, entry in read_shipped("models", "constructs")["constructs"].items()
    }


def _folded(name: str) -> str:
    return "_".join(name.casefold().replace("-", " ").replace("_", " ").split())


@cache
def _by_name() -> dict[str, Construct]:
    names: dict[str, Construct] = {}
    for key, info in _constructs().items():
        for name in (key.value, info.label["nl"], info.label["en"], *info.aliases):
            names[_folded(name)] = key
    return names


def found_construct(name: object, /) -> Construct | None:
    """The construct that a name means, if any; quick, because it seeks no nearest name.

    Example:
        >>> found_construct("attitude"), found_construct("huoding")
        (<Construct.HOUDING: 'houding'>, None)
    """
    return _by_name().get(_folded(name)) if isinstance(name, str) else None


def nearest_construct(name: object, /) -> str:
    """What to write instead of a name that means no construct."""
    return (
        suggestion(name, _by_name()) if isinstance(name, str) else "Give its name as text, such as 'houding'."
    )


def construct(name: str | Construct, /, *, where: str = "$") -> Construct:
    """The construct that a name means; labels in both languages and the field's other names are accepted.

    Args:
        name: Such as ``houding``, ``attitude``, ``eigen-effectiviteit``, ``randvoorwaarden`` or ``sociale norm``.
        where: Path to tell in the error.

    Returns:
        The construct.

    Raises:
        UnknownNameError: ``unknown-construct``, with a suggestion.

    Example:
        >>> construct("randvoorwaarden")
        <Construct.CONTEXT: 'context'>
        >>> construct("huoding")
        Traceback (most recent call last):
        ...
        igm.errors.UnknownNameError: unknown construct, at $: got 'huoding'. Did you mean 'houding'? [unknown-construct]
    """
    if isinstance(name, Construct):
        return name
    text: object = name
    found = found_construct(text)
    if found is None:
        do = nearest_construct(text)
        raise UnknownNameError.of(
            "unknown-construct", "unknown construct", do, where=where, given=shown(text)
        )
    return found


DETERMINANTS: tuple[Construct, ...] = (
    Construct.HOUDING,
    Construct.EIGEN_EFFECTIVITEIT,
    Construct.SOCIALE_DRUK,
    Construct.KENNIS,
    Construct.BELASTBAARHEID,
    Construct.CONTEXT,
    Construct.ZELFREGULERING,
)
"""The seven determinants, willen first."""


def model(variant: str = "blonk2018", /) -> GedragsModel:
    """A variant of the model as data.

    Args:
        variant: ``blonk2018`` (Blonk, ZINZIZ), ``fa2010`` (Fishbein & Ajzen) or ``leiden2021`` (with belemmeringen).

    Returns:
        Nodes, arrows with their kind, and the source.

    Raises:
        UnknownNameError: ``unknown-name``, with a suggestion.

    Example:
        >>> blonk = model()
        >>> blonk
        GedragsModel('blonk2018', 10 nodes, 12 edges)
        >>> [edge.target for edge in blonk.edges if edge.source == "houding"]
        ['intentie']
    """
    known = [name for name in shipped("models") if name not in {"constructs", "regulatory_fit"}]
    if variant not in known:
        raise UnknownNameError.of(
            "unknown-name",
            "unknown variant of the model",
            suggestion(variant, known),
            given=shown(variant),
        )
    data: dict[str, Any] = read_shipped("models", variant)
    return GedragsModel(
        variant=variant,
        title=data["title"],
        source=data["source"],
        nodes=data["nodes"],
        nodes_en=data.get("nodes_en", {}),
        edges=tuple(Edge(**edge) for edge in data["edges"]),
        notes=tuple(data.get("notes", ())),
    )
