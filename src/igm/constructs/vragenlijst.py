"""``Vragenlijst``: a questionnaire as data, with its behaviour, its scale and its items; and the check of answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)

from igm._content import read_file, read_shipped, shipped
from igm._display import Language, Table
from igm.constructs._base import (
    SHOWN,
    IgmModel,
    ReadOnly,
    Text,
    a_list,
    faults_of,
    is_mapping,
    known_language,
    problems_of,
    raise_capped,
    raise_faults,
    shown,
)
from igm.constructs._lijst import EXAMPLE, faults_between_fields
from igm.constructs._table import facet_label
from igm.constructs.afname import Refused, read_answer
from igm.constructs.gedrag import Gedrag
from igm.constructs.item import Item, Role
from igm.constructs.model import Construct, construct
from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Missing
from igm.errors import MASK, InputError, Problem, UnknownNameError, named, suggestion

__all__ = ["Item", "Role", "Vragenlijst", "shipped_vragenlijsten", "vragenlijst"]


class Vragenlijst(IgmModel):
    """A questionnaire: items about one behaviour, answered by one role on one scale.

    Attributes:
        id: Its name.
        version: Changes whenever an item, the scale or the behaviour changes.
        titel: Title per language (``nl`` and ``en``).
        rol: Who answers it.
        gedrag: The behaviour that the items are worded from; profiles made with it are about this behaviour.
        schaal: The scale of all items.
        anchors_en: The scale's anchors in English.
        status: What is known about its quality, such as ``niet gevalideerd``.
        licentie: Under which licence the items may be used.
        bron: The model, or the publication, that it rests on.
        toelichting: What to tell the person who answers.
        toelichting_en: The same in English.
        items: The sentences, at least one, with unique ids.

    Raises:
        pydantic.ValidationError: All faults at once, each at its path: ``duplicate-name`` (an item id that occurs
            twice), ``unknown-construct``, ``scale-invalid``, ``missing-field`` (also an empty text, and a language
            without a title), ``unknown-field``.

    Example:
        >>> lijst = vragenlijst("client-participatie")
        >>> lijst
        Vragenlijst('client-participatie', version='1.1', rol='client', 54 items, 15 constructs, schaal 1–5)
        >>> [item.id for item in lijst.items_for("attitude") if item.reversed]
        ['houding_4']
    """

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})
    absent_code: ClassVar[Mapping[str, str]] = {"gedrag": "incomplete-behaviour"}

    id: Text = Field(description="name", examples=["client-participatie"])
    version: Text = Field(description="changes whenever an item changes", examples=["1.0"])
    titel: ReadOnly[Text, Text] = Field(
        description="title per language", examples=[{"nl": "Meedoen", "en": "Taking part"}]
    )
    rol: Role = Field(description="who answers it", examples=["client"])
    gedrag: Gedrag = Field(description="the behaviour that the items are worded from")
    schaal: Schaal = Field(description="the scale of all items")
    anchors_en: ReadOnly[str, Text] = Field(
        default={}, description="the scale's anchors in English", validate_default=True
    )
    status: Text = Field(description="what is known about its quality", examples=["niet gevalideerd"])
    licentie: Text = Field(description="licence of the items", examples=["Apache-2.0"])
    bron: Text = Field(description="the model or publication that it rests on")
    toelichting: Text | None = Field(default=None, description="what to tell the person who answers")
    toelichting_en: Text | None = Field(default=None, description="the same in English")
    items: Annotated[tuple[Item, ...], Field(min_length=1), BeforeValidator(a_list)] = Field(
        description="the sentences"
    )

    @model_validator(mode="wrap")
    @classmethod
    def _all_at_once(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        # what one validator finds must not hide what another would find
        faults = faults_between_fields(data) if is_mapping(data) else []
        try:
            read = handler(data)
        except ValidationError as error:
            raise_faults(cls.__name__, [*faults_of(error), *faults])
            raise
        raise_faults(cls.__name__, faults)
        return read

    @property
    def constructs(self) -> tuple[Construct, ...]:
        """What it measures, in the order of the items."""
        return tuple(self.n_items)

    @property
    def n_items(self) -> dict[Construct, int]:
        """The number of items per construct, in the order of the items."""
        counts: dict[Construct, int] = {}
        for item in self.items:
            counts[item.construct] = counts.get(item.construct, 0) + 1
        return counts

    def items_for(self, name: str | Construct, /) -> tuple[Item, ...]:
        """The items of a construct; none when the questionnaire does not ask it.

        Raises:
            UnknownNameError: ``unknown-construct``, with a suggestion.
        """
        asked = construct(name)
        return tuple(item for item in self.items if item.construct is asked)

    def item(self, name: str, /) -> Item:
        """One item by its id.

        Raises:
            UnknownNameError: ``unknown-item``, with a suggestion.

        Example:
            >>> vragenlijst("client-participatie").item("houding_2").text("en")
            'Taking steps gives me a good feeling.'
        """
        by_id = {item.id: item for item in self.items}
        if not isinstance(name, str) or name not in by_id:
            raise UnknownNameError.of(
                "unknown-item", f"{self.id} has no such item", suggestion(name, by_id), given=shown(name)
            )
        return by_id[name]

    def __len__(self) -> int:
        return len(self.items)

    def __hash__(self) -> int:
        return hash((self.id, self.version))  # quick, so that a list can be the key of what is made for it

    def check(self, antwoorden: Mapping[str, object], /) -> dict[str, int | Missing]:
        """The answers of one person, read strictly; nothing is dropped, clipped, rounded or reversed.

        Args:
            antwoorden: By item id: a whole number on the scale (4.0 counts as 4), a kind of missing, or ``None``.

        Returns:
            Every item of the questionnaire in its order, with the answer or why it is missing; an item that is
            absent, or ``None``, is ``niet_gevraagd``.

        Raises:
            InputError: All problems at once, the first 20 one by one: ``unknown-item``, ``answer-out-of-range``,
                ``answer-not-whole``, ``not-a-number`` (text, True, NaN). Answers about health are not repeated.

        Example:
            >>> lijst = vragenlijst("client-participatie")
            >>> read = lijst.check({"houding_1": 4, "houding_2": None, "houding_3": "weet_niet"})
            >>> read["houding_1"], read["houding_2"].value, read["houding_3"].value, len(read)
            (4, 'niet_gevraagd', 'weet_niet', 54)
            >>> lijst.check({"houding_1": 9})
            Traceback (most recent call last):
            ...
            igm.errors.InputError: answer outside the scale, at $.antwoorden.houding_1: got 9. Give 1 to 5. ...
        """
        read, problems, total = self.read(antwoorden)
        raise_capped(problems, total, "answers")
        return read

    def read(
        self, antwoorden: Mapping[str, object], /, *, most: int = SHOWN
    ) -> tuple[dict[str, int | Missing], list[Problem], int]:
        """What `check` gives, with the first problems and how many there are in place of an error.

        Args:
            antwoorden: As `check` takes them.
            most: How many problems to word; that takes time, and of many nobody reads all.

        Raises:
            InputError: ``invalid-value`` when it is no mapping.
        """
        given: object = antwoorden
        if not is_mapping(given):
            raise InputError.of(
                "invalid-value",
                "answers of one person are a mapping",
                "Give {item id: answer}.",
                where="$.antwoorden",
                given=shown(given),
            )
        by_id = {item.id: item for item in self.items}
        low, high = self.schaal.minimum, self.schaal.maximum
        read: dict[str, int | Missing] = dict.fromkeys(by_id, Missing.NIET_GEVRAAGD)
        problems: list[Problem] = []
        total = 0
        for name, value in given.items():
            item = by_id.get(name)
            answer = None if item is None else read_answer(value)
            if isinstance(answer, Missing) or (isinstance(answer, int) and low <= answer <= high):
                read[name] = answer
                continue
            total += 1
            if len(problems) < most:
                problems.append(self._problem(name, value, item, answer, by_id))
        return read, problems, total

    def _problem(
        self, name: object, value: object, item: Item | None, answer: object, known: Iterable[str]
    ) -> Problem:
        """What is wrong with one answer."""
        where = f"$.antwoorden.{named(name)}"
        if item is None:
            do = suggestion(name, known)
            return Problem("unknown-item", f"{self.id} has no such item", do, where, shown(name))
        given = MASK if item.construct.info.sensitive else shown(value)
        if isinstance(answer, Refused):
            return Problem(answer.code, answer.what, answer.do, where, given)
        do = f"Give {self.schaal.minimum} to {self.schaal.maximum}."
        return Problem("answer-out-of-range", "answer outside the scale", do, where, given)

    def table(self, lang: Language = "nl") -> Table:
        """The items, as people read them."""
        dutch = known_language(lang) == "nl"
        rows = [
            [
                item.id,
                item.construct.label(lang),
                None if item.facet is None else facet_label(item.facet, lang),
                item.text(lang),
                ("ja" if dutch else "yes") if item.reversed else None,
            ]
            for item in self.items
        ]
        anchors = self.schaal.anchors if dutch else self.anchors_en
        labels = "; ".join(f"{answer} = {label}" for answer, label in anchors.items())
        told = self.toelichting if dutch else self.toelichting_en
        notes = (
            f"{'gedrag' if dutch else 'behaviour'}: {self.gedrag.text(lang)}",
            f"{'schaal' if dutch else 'scale'} {self.schaal}" + (f": {labels}" if labels else ""),
            f"{self.id} {self.version} – {self.status} – {self.licentie}",
            self.bron,
            *([told] if told else []),
        )
        headers = [
            "item",
            "construct",
            "facet",
            "zin" if dutch else "sentence",
            "gekeerd" if dutch else "reversed",
        ]
        return Table(headers, rows, title=self.titel[lang], notes=notes, lang=lang)

    def _repr_html_(self) -> str:
        return self.table().html()

    def __str__(self) -> str:
        return self.table().text()

    def __repr__(self) -> str:
        return (
            f"Vragenlijst({self.id!r}, version={self.version!r}, rol={self.rol.value!r}, {len(self)} items, "
            f"{len(self.constructs)} constructs, schaal {self.schaal})"
        )


def vragenlijst(name: str | Path, /) -> Vragenlijst:
    """A questionnaire that ships with the library, or one of your own from a YAML file.

    Args:
        name: The id of a shipped questionnaire (``client-participatie``, ``professional-begeleiden``,
            ``manager-begeleiden``); or a path, as ``Path`` or as text that ends in ``.yaml`` or ``.yml``.

    Raises:
        InputError: ``unknown-name``, with a suggestion; ``file-unreadable``; or every fault in the file, each with
            its path.

    Example:
        >>> vragenlijst("professional-begeleiden").gedrag.action
        'cliënten begeleiden'
        >>> vragenlijst("client-participation")
        Traceback (most recent call last):
        ...
        igm.errors.InputError: ... got 'client-participation'. Did you mean 'client-participatie'? [unknown-name]
    """
    given: object = name
    if isinstance(given, Path) or (isinstance(given, str) and given.endswith((".yaml", ".yml"))):
        return _read(read_file(given))
    if not isinstance(given, str):
        do = suggestion(given, shipped("questionnaires"))
        raise InputError.of("unknown-name", "a questionnaire is asked for by name", do, given=shown(given))
    return _shipped(given)


@cache
def _shipped(name: str) -> Vragenlijst:
    return _read(read_shipped("questionnaires", name))


def shipped_vragenlijsten() -> tuple[Vragenlijst, ...]:
    """All questionnaires that ship with the library.

    Example:
        >>> [lijst.id for lijst in shipped_vragenlijsten()]
        ['client-participatie', 'manager-begeleiden', 'professional-begeleiden']
    """
    return tuple(_shipped(name) for name in shipped("questionnaires"))


def _read(data: dict[str, Any]) -> Vragenlijst:
    try:
        return Vragenlijst.model_validate(data)
    except ValidationError as error:
        raise InputError(*problems_of(error)) from None
