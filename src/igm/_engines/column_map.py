"""``ColumnMap``: where the columns of a user's frame or file go, and what the values in them mean.

It knows names and no constructs; what it says about values is applied where a frame comes in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, ValidationError

from igm._content import read_file
from igm._engines._codes import Meaning, RawCodes, RawMissing, Recode, clashes, recodes_of
from igm._engines.long_layout import ColumnName, LongLayout
from igm._engines.resolved import NameKind, ResolvedColumns, resolved_columns
from igm.constructs._base import (
    FrozenMapping,
    IgmModel,
    Location,
    ReadOnly,
    Text,
    fault,
    is_mapping,
    problems_of,
    raise_faults,
    shown,
)
from igm.constructs.waarde import Missing
from igm.errors import InputError

__all__ = ["SCHEMA_VERSION", "ColumnMap", "LongLayout", "NameKind", "Recode", "ResolvedColumns", "as_map"]

SCHEMA_VERSION: Final = 1
"""The version of the form in which a map is stored."""

EVERY: Final = "*"
"""Stands for every name among the codes."""

_SLOT: Final = "{name}"


def _pattern(text: str) -> str:
    if text.count(_SLOT) != 1 or set(text.replace(_SLOT, "")) & set("{}"):
        do = "Write {name} once, where the name of the item or fact stands, such as 't0_{name}'."
        raise fault("invalid-value", "the pattern does not say where the name stands", do, given=shown(text))
    return text


class ColumnMap(IgmModel):
    """Which column holds which item or fact, and what the values in it mean.

    One map serves a questionnaire, which reads ``items``, and a kader, which reads ``facts``; neither minds the names
    of the other. A name that is not there falls back on ``pattern``, and then on a column of its own name. Codes are
    given by name; each name among them is an item or fact of who asks, or stands in ``items`` or ``facts``. Any other
    name could be written wrongly, and is refused.

    Values are matched in one way. A text matches when it is the same after white space at its ends is taken off and
    capitals are made small; nothing else is taken to be alike. A number, or a text that is written as one (``99``,
    ``"99"``), matches that number in a column of numbers, and that text in a column of texts. What is said of one name
    goes before what is said of all (``"*"``), and that before ``missing``. A value that no code names stays what it is.

    Attributes:
        schema_version: The version of the form in which it is stored.
        items: The column by item of a questionnaire.
        facts: The column by fact of a kader; it can be a column that holds an item too.
        pattern: How the other columns are called, with ``{name}`` once, such as ``t0_{name}``.
        codes: By name, or ``"*"`` for all: what each value means: an answer (4), a value of a fact (``True``) or a
            kind of missing (``"geweigerd"``; ``None`` is ``"niet_gevraagd"``).
        missing: What values mean that stand for no answer, in all columns: a kind of missing by value.
        long: The columns of a frame with a row per answer.
        notes: What there is to know about a map that a file suggested; it changes nothing.

    Raises:
        pydantic.ValidationError: All faults at once: ``duplicate-name`` for a column that two items or two facts
            have, or for a value that is given two meanings; ``invalid-value`` for a pattern, a value or a
            meaning of another form; ``missing-field``; ``unknown-field``.

    Example:
        >>> kolommen = ColumnMap(
        ...     items={"houding_1": "V1"},
        ...     facts={"schulden": "heeft schulden"},
        ...     pattern="t0_{name}",
        ...     codes={"houding_1": {"Helemaal mee eens": 5, "Mee eens": 4}},
        ...     missing={99: "geweigerd"},
        ... )
        >>> kolommen
        ColumnMap(items=1, facts=1, pattern='t0_{name}', codes=2, missing=1)
        >>> frame = ["id", "V1", "t0_houding_2", "heeft schulden"]
        >>> kolommen.resolve("facts", ["schulden", "motivatie"], frame).columns
        {'schulden': 'heeft schulden'}
        >>> gevonden = kolommen.resolve("items", ["houding_1", "houding_2", "houding_3"], frame)
        >>> gevonden.columns
        {'houding_1': 'V1', 'houding_2': 't0_houding_2'}
        >>> gevonden.not_found, gevonden.not_used
        (('houding_3',), ('id',))
        >>> for code in kolommen.recodes("houding_1"):
        ...     print(code)
        'helemaal mee eens' -> 5
        'mee eens' -> 4
        '99' or 99 -> geweigerd
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "schema_version": 1,
                    "items": {"houding_1": "V1"},
                    "facts": {"schulden": "heeft schulden"},
                    "pattern": "t0_{name}",
                    "codes": {
                        "*": {"Mee eens": 4, "Weet niet": "weet_niet"},
                        "schulden": {"ja": True, "nee": False},
                    },
                    "missing": {"99": "geweigerd"},
                }
            ]
        }
    )

    schema_version: Literal[1] = Field(default=SCHEMA_VERSION, description="version of the stored form")
    items: ReadOnly[Text, ColumnName] = Field(default={}, description="column by item", validate_default=True)
    facts: ReadOnly[Text, ColumnName] = Field(default={}, description="column by fact", validate_default=True)
    pattern: Annotated[str, AfterValidator(_pattern)] | None = Field(
        default=None, description="how the other columns are called", examples=["t0_{name}"]
    )
    codes: ReadOnly[Text, RawCodes] = Field(
        default={}, description="meaning of values, by name or * for all", validate_default=True
    )
    missing: RawMissing = Field(
        default={}, description="kind of missing by value, in all columns", validate_default=True
    )
    long: LongLayout | None = Field(default=None, description="columns of a frame with a row per answer")
    notes: tuple[str, ...] = Field(default=(), description="what there is to know about a suggested map")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            items: Mapping[str, str] = ...,
            facts: Mapping[str, str] = ...,
            pattern: str | None = None,
            codes: Mapping[str, Mapping[Any, Meaning | None]] = ...,
            missing: Mapping[Any, Missing | str | None] = ...,
            long: LongLayout | Mapping[str, str | Sequence[str]] | None = None,
            notes: Sequence[str] = (),
            schema_version: Literal[1] = 1,
        ) -> None: ...

    def _check(self) -> None:
        faults: list[tuple[Location, Any]] = []
        for part, named in (("items", self.items), ("facts", self.facts)):
            counted = Counter(named.values())
            what, do = f"two {part} have one column", "Give each a column of its own."
            faults += [
                ((part, name), fault("duplicate-name", what, do, given=shown(column)))
                for name, column in named.items()
                if counted[column] > 1
            ]
        do = "Say it once, or say the same."
        what = "a value means one thing in all columns, and another in missing"
        faults += [
            (("missing", raw), fault("duplicate-name", what, do))
            for raw in clashes(self.codes.get(EVERY, FrozenMapping()), self.missing)
        ]
        raise_faults(type(self).__name__, faults)

    @classmethod
    def read(cls, path: str | Path, /) -> Self:
        r"""The map in a YAML or JSON file; values are written as keys in quotes.

        Args:
            path: A file in UTF-8 that ends in ``.yaml``, ``.yml`` or ``.json``.

        Raises:
            InputError: ``file-unreadable``; or what `from_dict` raises, with the path of the file.

        Example:
            >>> import tempfile
            >>> with tempfile.TemporaryDirectory() as map_:
            ...     bestand = Path(map_) / "kolommen.yaml"
            ...     _ = bestand.write_text('pattern: "t0_{name}"\nmissing: {"99": geweigerd}', encoding="utf-8")
            ...     ColumnMap.read(bestand)
            ColumnMap(items=0, facts=0, pattern='t0_{name}', codes=0, missing=1)
        """
        data = read_file(path)
        try:
            return cls.from_dict(data)
        except InputError as error:
            raise InputError(*(problem.under(f"{path}:$") for problem in error.problems)) from None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        """The map in plain data, as `to_dict` gives it; without a ``schema_version`` it is taken to be this one.

        Raises:
            InputError: ``migration-unknown`` for a version that this release cannot read; else what the constructor
                raises, all at once.

        Example:
            >>> ColumnMap.from_dict({"items": {"houding_1": "V1"}}).to_dict()
            {'schema_version': 1, 'items': {'houding_1': 'V1'}}
        """
        given: object = data
        if not is_mapping(given):
            do = "Give the mapping that to_dict gave."
            raise InputError.of("invalid-value", "a column map is a mapping", do, given=shown(given))
        version = given.get("schema_version", SCHEMA_VERSION)
        if version != SCHEMA_VERSION or isinstance(version, bool):
            do = f"Give a map with schema_version {SCHEMA_VERSION}, or use the release that stored it."
            what, where = "a stored column map that this release cannot read", "$.schema_version"
            raise InputError.of("migration-unknown", what, do, where=where, given=shown(version))
        try:
            return cls.model_validate({**given, "schema_version": SCHEMA_VERSION})
        except ValidationError as error:
            raise InputError(*problems_of(error)) from None

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON or YAML; what is empty is left out."""
        data = self.model_dump(mode="json")
        return {name: value for name, value in data.items() if value not in (None, {}, [])}

    def recodes(self, name: str, /) -> tuple[Recode, ...]:
        """What values in the column of a name mean: first what is said of the name, then of all, then the missing."""
        own = self.codes.get(name, FrozenMapping[str, Meaning]())
        return recodes_of(own, self.codes.get(EVERY, FrozenMapping()), self.missing)

    def resolve(self, kind: NameKind, known: Iterable[str], columns: Iterable[object]) -> ResolvedColumns:
        """Which column each item, or each fact, has in a frame.

        Args:
            kind: ``items`` or ``facts``: what is asked for.
            known: The names of all that can be asked for.
            columns: The columns of the frame.

        Raises:
            InputError: All at once: ``unknown-name`` for a name of that kind that is not known, codes for a name that
                is neither known nor in the map, or a named column that is not there, each with a suggestion;
                ``duplicate-name`` for one column that two names have, or a column that is needed and occurs twice.

        Example:
            >>> ColumnMap(items={"houding_1": "V1"}).resolve("items", ["houding_1"], ["id", "V1"]).not_used
            ('id',)
        """
        return resolved_columns(self, kind, tuple(known), tuple(columns))

    def candidates(self, kind: NameKind, name: str, /) -> tuple[str, ...]:
        """What the column of a name can be called (in a long frame, its item): the first that is there counts."""
        named = self.named(kind)
        if name in named:
            return (named[name],)
        if self.pattern is None:
            return (name,)
        return tuple(dict.fromkeys((self.pattern.replace(_SLOT, name), name)))

    def named(self, kind: NameKind, /) -> Mapping[str, str]:
        """The column by item, or by fact."""
        return self.items if kind == "items" else self.facts

    def __repr__(self) -> str:
        pattern = "" if self.pattern is None else f"pattern={self.pattern!r}, "
        long = "" if self.long is None else ", long"
        codes = sum(len(codes) for codes in self.codes.values())
        named = f"items={len(self.items)}, facts={len(self.facts)}"
        notes = f", notes={len(self.notes)}" if self.notes else ""
        return f"ColumnMap({named}, {pattern}codes={codes}, missing={len(self.missing)}{long}{notes})"

    __str__ = __repr__


def as_map(columns: object) -> ColumnMap:
    """The map that was given, or one in which everything has a column of its own name.

    Raises:
        InputError: ``invalid-value`` for something else.
    """
    if columns is None:
        return ColumnMap()
    if not isinstance(columns, ColumnMap):
        do = "Give igm.ColumnMap(items={item: column}, facts={fact: column}), or leave it out when the names are one."
        raise InputError.of("invalid-value", "not a column map", do, where="$.columns", given=shown(columns))
    return columns
