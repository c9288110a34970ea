"""Rulebooks: an afwegingskader as a YAML file that people read, review and version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, overload

from pydantic import Field, ValidationError

from igm._content import read_file, read_shipped, shipped
from igm.boundary.conditions import ConditionReader
from igm.constructs._base import IgmModel, Text, problems_of
from igm.decision.conditions import FactKind
from igm.decision.facts import Fact
from igm.decision.kader import Afwegingskader
from igm.decision.leiden import LeidenUitkomst
from igm.decision.rules import Question, Row, Rule, regel
from igm.decision.truth import Uitkomst
from igm.errors import IgmError, KaderError, Problems, UnknownNameError, suggestion


class _FactText(IgmModel):
    soort: FactKind
    label: Text
    eenheid: Text | None = None
    minimum: Any = None
    maximum: Any = None
    geheel: bool = False
    opties: tuple[Text, ...] = ()
    veranderbaar: bool = True
    gevoelig: bool = False
    zonder_melding: Literal[False] | None = None
    geldt_als: Text | None = None
    toelichting: Text | None = None
    vraag: Text | None = None


class _QuestionText(IgmModel):
    tekst: Text
    gunstig: Literal["ja", "nee"] | None = "ja"
    default: Literal["ja", "nee", "twijfel"] | None = None
    toelichting: Text | None = None


class _RuleText(IgmModel):
    vraag: Text
    als: Any
    omdat: Text
    bron: Text
    pleit_voor: Literal["ja", "nee"] | None = None
    pleit_tegen: Literal["ja", "nee"] | None = None
    tenzij: dict[str, Any] = Field(default={})
    afweging: Text | None = None
    keuze: Text | None = None


class _RowText(IgmModel):
    id: Text
    als: Any
    dan: Text
    omdat: Text
    bron: str = ""
    keuze: Text | None = None


class _RulebookText(IgmModel):
    """The shape of a rulebook file; the conditions in it are read after this."""

    id: Text
    version: Text
    titel: Text
    bron: Text
    toelichting: str = ""
    uitkomsten: Annotated[dict[str, Text], Field(min_length=1)]
    volgorde: tuple[Text, ...]
    gunstig: Text
    bij_onbekend: Text
    afwegingen: dict[str, Text] = Field(default={})
    feiten: Annotated[dict[str, _FactText], Field(min_length=1)]
    begrippen: dict[str, Any] = Field(default={})
    vragen: dict[str, _QuestionText] = Field(default={})
    regels: dict[str, _RuleText] = Field(default={})
    beslis: Annotated[tuple[_RowText, ...], Field(min_length=1)]
    geen_rol: tuple[Text, ...] = ()
    nooit_tegen: tuple[Text, ...] = ()


@overload
def kader(  # pyright: ignore[reportOverlappingOverload] (the name of a shipped kader tells its outcomes)
    name: Literal["leiden-2021"], /
) -> Afwegingskader[LeidenUitkomst]: ...
@overload
def kader(name: str | Path, /) -> Afwegingskader[Uitkomst]: ...
def kader(name: str | Path, /) -> Afwegingskader[Any]:
    """A kader that ships with the package, or one of your own from a file.

    Args:
        name: ``"leiden-2021"``, or the path of a rulebook (a `Path`, or text that ends in ``.yaml`` or ``.yml``).

    Returns:
        The kader, checked and with its guards proven.

    Raises:
        UnknownNameError: ``unknown-name``, with a suggestion.
        InputError: When the file cannot be read.
        KaderError: With every fault in the rulebook and its path.

    Example:
        >>> kader("leiden-2021").gunstig
        <LeidenUitkomst.AANMELDEN: 'aanmelden'>
    """
    if isinstance(name, Path) or str(name).endswith((".yaml", ".yml")):
        return read_kader(read_file(name))
    known = shipped("kaders")
    if name not in known:
        raise UnknownNameError.of(
            "unknown-name", "unknown kader", suggestion(str(name), known), given=repr(name)
        )
    return read_kader(read_shipped("kaders", name), LeidenUitkomst if name == "leiden-2021" else None)


def read_kader(data: Mapping[str, Any], outcomes: type[Uitkomst] | None = None, /) -> Afwegingskader[Any]:
    """A kader from the mapping that a rulebook file holds.

    Args:
        data: The mapping.
        outcomes: The enumeration of its outcomes; made from the file when absent.

    Raises:
        KaderError: With every fault and its path.

    Example:
        >>> klein = read_kader({
        ...     "id": "klein", "version": "1", "titel": "Klein", "bron": "voorbeeld",
        ...     "uitkomsten": {"START": "start", "WACHT": "wacht"}, "volgorde": ["wacht", "start"],
        ...     "gunstig": "start", "bij_onbekend": "wacht",
        ...     "feiten": {"rust": {"soort": "ja_nee", "label": "er is rust"}},
        ...     "beslis": [{"id": "start", "als": "rust", "dan": "start", "omdat": "Er is rust."},
        ...                {"id": "anders", "als": "altijd", "dan": "wacht", "omdat": "Nog niet."}],
        ... })
        >>> klein.evaluate(klein.casus(rust=True)).advies.name
        'START'
    """
    try:
        text = _RulebookText.model_validate(dict(data))
    except ValidationError as error:
        raise KaderError(*problems_of(error)) from None
    problems = Problems()
    facts = _facts(text, problems)
    reader = ConditionReader({fact.name: fact for fact in facts}, text.begrippen, problems)
    for name in text.begrippen:
        reader.read({"begrip": name}, f"$.begrippen.{name}")
    rules = [rule for id_, entry in text.regels.items() for rule in _rule(id_, entry, reader, problems)]
    rows = [
        Row(
            id=row.id,
            als=reader.read(row.als, f"$.beslis[{index}].als"),
            dan=row.dan,
            omdat=row.omdat,
            bron=row.bron,
            keuze=row.keuze,
        )
        for index, row in enumerate(text.beslis)
    ]
    enumeration = outcomes or Uitkomst.declare(_enum_name(text.id), text.uitkomsten)
    named = _outcomes(text, enumeration, problems)
    problems.raise_any(KaderError)
    return Afwegingskader(
        id=text.id,
        version=text.version,
        titel=text.titel,
        bron=text.bron,
        toelichting=text.toelichting,
        uitkomsten=enumeration,
        volgorde=tuple(named[value] for value in text.volgorde),
        gunstig=named[text.gunstig],
        bij_onbekend=named[text.bij_onbekend],
        afwegingen=text.afwegingen,
        feiten=facts,
        vragen=tuple(Question(name=name, **entry.model_dump()) for name, entry in text.vragen.items()),
        regels=tuple(rules),
        beslis=tuple(rows),
        geen_rol=text.geen_rol,
        nooit_tegen=text.nooit_tegen,
    )


def _facts(text: _RulebookText, problems: Problems) -> list[Fact]:
    facts: list[Fact] = []
    for name, entry in text.feiten.items():
        fields = {key: getattr(entry, key) for key in _FactText.model_fields if key != "soort"}
        try:
            facts.append(Fact(name=name, kind=entry.soort, **fields))
        except IgmError as error:
            problems.extend(error.problems)
        except TypeError:
            do = "Give bounds of the fact's own kind."
            problems.add("kader-invalid", "the bounds do not fit the fact", do, where=f"$.feiten.{name}")
    return facts


def _rule(id_: str, entry: _RuleText, reader: ConditionReader, problems: Problems) -> Sequence[Rule]:
    where = f"$.regels[{id_}]"
    exceptions = {
        label: reader.read(raw, f"{where}.tenzij[{label!r}]") for label, raw in entry.tenzij.items()
    }
    try:
        return [
            regel(
                id_,
                vraag=entry.vraag,
                als=reader.read(entry.als, f"{where}.als"),
                omdat=entry.omdat,
                bron=entry.bron,
                pleit_voor=entry.pleit_voor,
                pleit_tegen=entry.pleit_tegen,
                tenzij=exceptions,
                afweging=entry.afweging,
                keuze=entry.keuze,
            )
        ]
    except KaderError as error:
        problems.extend(error.problems)
        return []


def _outcomes(text: _RulebookText, enumeration: type[Uitkomst], problems: Problems) -> dict[str, Uitkomst]:
    named = {outcome.value: outcome for outcome in enumeration}
    if named.keys() != set(text.uitkomsten.values()):
        problems.add(
            "outcome-unknown",
            "the outcomes differ from the enumeration",
            "Keep them equal.",
            where="$.uitkomsten",
        )
    wanted = [("volgorde", value) for value in text.volgorde]
    for field, value in [*wanted, ("gunstig", text.gunstig), ("bij_onbekend", text.bij_onbekend)]:
        if value not in named:
            problems.add(
                "outcome-unknown",
                f"{field} names no outcome",
                suggestion(value, named),
                where=f"$.{field}",
                given=repr(value),
            )
    return named


def _enum_name(id_: str) -> str:
    return "".join(part.capitalize() for part in id_.replace("-", "_").split("_") if part) + "Uitkomst"
