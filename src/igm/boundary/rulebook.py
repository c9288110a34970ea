"""Rulebooks: an afwegingskader as a YAML file that people read, review and version."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, overload

from pydantic import Field, ValidationError

from igm._content import read_file, read_shipped, shipped
from igm.boundary.conditions import ConditionReader, is_list
from igm.boundary.facts import FactText, read_facts
from igm.boundary.plugins import plugin_kader
from igm.constructs._base import IgmModel, Text, is_mapping, path_of, problems_of, shown
from igm.decision.kader import Afwegingskader
from igm.decision.leiden import LeidenUitkomst
from igm.decision.rules import Question, Row, Rule, regel
from igm.decision.truth import Uitkomst
from igm.decision.vangrails import Vangrail, VangrailSoort
from igm.errors import KaderError, Problems, suggestion


class _QuestionText(IgmModel):
    spoken = "a question of a rulebook"

    tekst: Text
    gunstig: Literal["ja", "nee"] | None = "ja"
    default: Literal["ja", "nee", "twijfel"] | None = None
    toelichting: Text | None = None


class _RuleText(IgmModel):
    spoken = "a rule of a rulebook"

    vraag: Text
    als: Any
    omdat: Text
    bron: Text
    pleit_voor: Literal["ja", "nee"] | None = None
    pleit_tegen: Literal["ja", "nee"] | None = None
    tenzij: dict[str, Any] = Field(default={})
    afweging: Text | None = None
    keuze: Text | None = None
    gaat_voor: tuple[Text, ...] = ()


class _VangrailText(IgmModel):
    spoken = "a guardrail of a rulebook"

    als: Any
    verbiedt: Annotated[tuple[Text, ...], Field(min_length=1)]
    anders: Text
    omdat: Text
    bron: Text
    soort: VangrailSoort
    keuze: Text | None = None


class _RowText(IgmModel):
    spoken = "a row of beslis"

    id: Text
    als: Any
    dan: Text
    omdat: Text
    bron: str = ""
    keuze: Text | None = None


class _RulebookText(IgmModel):
    """The shape of a rulebook file; the conditions in it are read after this."""

    spoken = "a rulebook"

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
    feiten: Annotated[dict[str, FactText], Field(min_length=1)]
    begrippen: dict[str, Any] = Field(default={})
    vragen: dict[str, _QuestionText] = Field(default={})
    regels: dict[str, _RuleText] = Field(default={})
    beslis: Annotated[tuple[_RowText, ...], Field(min_length=1)]
    vangrails: dict[str, _VangrailText] = Field(default={})
    geen_rol: tuple[Text, ...] = ()
    nooit_tegen: tuple[Text, ...] = ()
    vertalingen: dict[str, dict[str, Text]] = Field(default={})


@overload
def kader(  # pyright: ignore[reportOverlappingOverload] (the name of a shipped kader tells its outcomes)
    name: Literal["leiden-2021"], /
) -> Afwegingskader[LeidenUitkomst]: ...
@overload
def kader(name: str | Path, /) -> Afwegingskader[Uitkomst]: ...
def kader(name: str | Path, /) -> Afwegingskader[Any]:
    """A kader that ships with the package, one that an installed package offers, or one of your own from a file.

    A package offers one with an entry point in the group ``igm.kaders``: a callable without arguments that returns a
    kader, or the path of its rulebook. These are looked at only for a name that the library does not ship.

    Args:
        name: ``"leiden-2021"``, the name of a plug-in, or the path of a rulebook (a `Path`, or text that ends in
            ``.yaml`` or ``.yml``).

    Returns:
        The kader, checked and with its guards proven.

    Raises:
        UnknownNameError: ``unknown-name``, with a suggestion.
        InputError: When the file cannot be read.
        KaderError: With every fault in the rulebook and its path; ``plugin-invalid`` when a plug-in gives no kader.

    Example:
        >>> kader("leiden-2021").gunstig
        <LeidenUitkomst.AANMELDEN: 'aanmelden'>
    """
    if isinstance(name, Path) or str(name).endswith((".yaml", ".yml")):
        return read_kader(read_file(name))
    known = shipped("kaders")
    if name not in known:
        made = plugin_kader(name, known)
        return made if isinstance(made, Afwegingskader) else read_kader(read_file(made))
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
    if not is_mapping(data):
        do = "Give the mapping that the file holds; of a file, give its path to kader()."
        raise KaderError.of("invalid-value", "a mapping was expected", do, given=shown(data))
    try:
        text = _RulebookText.model_validate(dict(data))
    except ValidationError as error:
        problems = Problems()
        problems.extend(problems_of(error))
        _read_on(data, problems)
        raise KaderError(*problems) from None
    problems = Problems()
    facts = read_facts(text.feiten, problems)
    sound = {fact.name: fact for fact in facts}
    reader = ConditionReader(sound, text.begrippen, problems, faulty=text.feiten.keys() - sound.keys())
    for name in text.begrippen:
        reader.read({"begrip": name}, path_of(("begrippen", name)))
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
    rails = [
        rail for id_, entry in text.vangrails.items() for rail in _vangrail(id_, entry, reader, problems)
    ]
    enumeration, named = _outcomes(text, outcomes, problems)
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
        vangrails=tuple(rails),
        geen_rol=text.geen_rol,
        nooit_tegen=text.nooit_tegen,
        vertalingen=text.vertalingen,
    )


def _read_on(data: Mapping[str, Any], problems: Problems) -> None:
    """What is wrong with the conditions of a rulebook whose shape is faulty, as far as they can be read."""
    texts: dict[str, FactText] = {}
    declared = _mapping(data.get("feiten"))
    for name, entry in declared.items():
        with contextlib.suppress(ValidationError):
            texts[name] = FactText.model_validate(entry)
    facts = {fact.name: fact for fact in read_facts(texts, problems)}
    named = _mapping(data.get("begrippen"))
    reader = ConditionReader(facts, named, problems, faulty=declared.keys() - facts.keys())
    if not declared:
        return  # every name would be told as unknown
    for name in named:
        reader.read({"begrip": name}, path_of(("begrippen", name)))
    for field in ("regels", "vangrails"):
        for id_, part in _mapping(data.get(field)).items():
            _read_part(_mapping(part), (field, id_), reader)
    rows: object = data.get("beslis")
    for index, row in enumerate(rows if is_list(rows) else []):
        if is_mapping(row) and "als" in row:
            reader.read(row["als"], path_of(("beslis", index, "als")))


def _read_part(part: Mapping[str, Any], where: tuple[str, str], reader: ConditionReader) -> None:
    for label, raw in _mapping(part.get("tenzij")).items():
        reader.read(raw, path_of((*where, "tenzij", label)))
    if "als" in part:
        reader.read(part["als"], path_of((*where, "als")))


def _mapping(value: object) -> dict[str, Any]:
    """What is a mapping with names, as it is; anything else was already told."""
    return {key: item for key, item in value.items() if isinstance(key, str)} if is_mapping(value) else {}


def _rule(id_: str, entry: _RuleText, reader: ConditionReader, problems: Problems) -> Sequence[Rule]:
    exceptions = {
        label: reader.read(raw, path_of(("regels", id_, "tenzij", label)))
        for label, raw in entry.tenzij.items()
    }
    try:
        return [
            regel(
                id_,
                vraag=entry.vraag,
                als=reader.read(entry.als, path_of(("regels", id_, "als"))),
                omdat=entry.omdat,
                bron=entry.bron,
                pleit_voor=entry.pleit_voor,
                pleit_tegen=entry.pleit_tegen,
                tenzij=exceptions,
                afweging=entry.afweging,
                keuze=entry.keuze,
                gaat_voor=entry.gaat_voor,
            )
        ]
    except KaderError as error:
        problems.extend(error.problems)
        return []


def _vangrail(
    id_: str, entry: _VangrailText, reader: ConditionReader, problems: Problems
) -> Sequence[Vangrail]:
    als = reader.read(entry.als, path_of(("vangrails", id_, "als")))
    fields = {key: getattr(entry, key) for key in _VangrailText.model_fields if key != "als"}
    try:
        return [Vangrail(id=id_, als=als, **fields)]
    except KaderError as error:
        problems.extend(error.problems)
        return []


def _outcomes(
    text: _RulebookText, given: type[Uitkomst] | None, problems: Problems
) -> tuple[type[Uitkomst], dict[str, Uitkomst]]:
    """The enumeration of the outcomes, and each outcome by its value."""
    try:
        enumeration = given or Uitkomst.declare(_enum_name(text.id), text.uitkomsten)
    except KaderError as error:
        problems.extend(error.problems)
        return Uitkomst, {}
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
    return enumeration, named


def _enum_name(id_: str) -> str:
    return "".join(part.capitalize() for part in id_.replace("-", "_").split("_") if part) + "Uitkomst"
