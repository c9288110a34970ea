"""What all models share: frozen, strict, with our error codes and with sensitive values masked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    Self,
    TypeGuard,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
)

from pydantic import (
    AfterValidator,
    AllowInfNan,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    SerializerFunctionWrapHandler,
    Strict,
    ValidationError,
    WrapSerializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError

from igm.constructs._faults import (
    Location,
    composed,
    fault,
    is_number,
    masked,
    parts_of,
    plain_number,
    raise_faults,
    shown,
)
from igm.constructs._wording import LIST, alternatives, faults_of, path_of, plain_path, problems_of, worded
from igm.errors import ERROR_CODES, MASK, suggestion

__all__ = [
    "SENSITIVE",
    "Count",
    "Day",
    "FrozenMapping",
    "IgmModel",
    "ListOf",
    "Location",
    "Number",
    "ReadOnly",
    "Share",
    "Text",
    "Whole",
    "a_list",
    "fault",
    "faults_of",
    "is_mapping",
    "is_number",
    "is_sensitive",
    "masked",
    "path_of",
    "plain_number",
    "problems_of",
    "raise_faults",
    "shown",
]

SENSITIVE: Final[dict[str, Any]] = {"x-gevoelig": True}
"""Give this as ``json_schema_extra`` to a field about health, addiction or justice; its value is masked when shown."""


class IgmModel(BaseModel):
    """Base of the models: immutable, no unknown fields, every error with a code of ours.

    ``repr`` and ``str`` mask sensitive fields; ``model_dump`` and ``model_dump_json`` are the asking for them.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        defer_build=True,
        hide_input_in_errors=True,
        validate_default=False,
    )

    absent_code: ClassVar[Mapping[str, str]] = {}
    """The code for a field that is absent, or in which something is, where ``missing-field`` says too little."""

    spoken: ClassVar[str] = ""
    """What messages call it, such as ``a rule``; the name of the class when left out."""

    @classmethod
    def spoken_name(cls) -> str:
        """What messages call this class; what a base class calls itself is not inherited."""
        return cls.__dict__.get("spoken") or cls.__name__.lstrip("_")

    @model_validator(mode="wrap")
    @classmethod
    def _with_our_codes(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if type(data) is cls:
            return data  # it cannot have changed since it was checked
        try:
            made = handler(data)
            made._check()
        except ValidationError as error:
            details = _translated(cls, error.errors(include_url=False))
            raise ValidationError.from_exception_data(cls.spoken_name(), details, hide_input=True) from None
        return made

    def _check(self) -> None:
        """Raise what is wrong between the fields; for subclasses."""

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy; what is updated is checked like what is given to the constructor.

        Raises:
            pydantic.ValidationError: What is wrong with the copy as a whole, as the constructor raises it.
        """
        if not update:
            return super().model_copy(deep=deep)
        given = {name: getattr(self, name) for name in self.model_fields_set}
        copy = type(self).model_validate({**given, **update})
        return copy.model_copy(deep=True) if deep else copy

    def _with(self, **checked: Any) -> Self:
        """A copy with values that were checked already."""
        return super().model_copy(update=checked)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler, /
    ) -> JsonSchemaValue:
        # other languages read the meaning; how it is used in Python stays in the docstring
        json_schema = handler(schema)
        described = handler.resolve_ref_schema(json_schema)
        if "description" in described:
            described["description"] = " ".join(described["description"].split("\n\n")[0].split())
        return json_schema

    def __repr_args__(self) -> Any:
        for name, value in super().__repr_args__():
            yield name, _Masked() if value is not None and name and is_sensitive(type(self), name) else value


class _Masked:
    def __repr__(self) -> str:
        return MASK


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Whether a value is a mapping, of anything to anything."""
    return isinstance(value, Mapping)


def is_sensitive(model: type[BaseModel], field: str) -> bool:
    """Whether a field is tagged as sensitive."""
    info = model.model_fields.get(field)
    extra = info.json_schema_extra if info is not None else None
    return isinstance(extra, dict) and "x-gevoelig" in extra


@cache
def _union_tags(model: type[BaseModel], field: object) -> frozenset[str]:
    """What Pydantic adds to the path for the kinds that a field takes, when it takes several."""
    info = model.model_fields.get(field) if isinstance(field, str) else None
    if info is None or get_origin(info.annotation) not in {Union, UnionType}:
        return frozenset()
    kinds = (get_args(one)[0] if get_origin(one) is Annotated else one for one in get_args(info.annotation))
    return frozenset(str(getattr(kind, "__name__", kind)) for kind in kinds)


def _translated(model: type[IgmModel], items: Collection[Any]) -> list[InitErrorDetails]:
    """The errors of Pydantic in our words, one for each value."""
    details: list[InitErrorDetails] = []
    tagged: dict[Location, list[PydanticCustomError]] = {}
    nested = {item["loc"][:-1] for item in items}
    for item in items:
        if item["type"] == "too_short" and item["loc"] in nested:
            continue  # Pydantic counts only what is sound; what is not is told already
        loc = plain_path(item["loc"])
        if len(loc) > 1 and loc[1] in _union_tags(model, loc[0]):
            loc = (loc[0], *loc[2:])
        error, value = _in_our_words(model, item, loc)
        if loc == item["loc"]:
            details.append(InitErrorDetails(type=error, loc=loc, input=value))
            continue
        tried = tagged.setdefault(loc, [])
        tried.append(error)
        if len(tried) == 1:
            details.append(InitErrorDetails(type=error, loc=loc, input=value))
    for detail in details:
        detail["type"] = alternatives(tagged.get(detail.get("loc", ()), [cast("Any", detail["type"])]))
    return details


def _in_our_words(model: type[IgmModel], item: Any, loc: Location) -> tuple[PydanticCustomError, Any]:
    """One error, and what of the value that was given may be kept with it."""
    code, value = item["type"], item["input"]
    context: Mapping[str, Any] = item.get("ctx") or {}
    sensitive = bool(loc) and isinstance(loc[0], str) and is_sensitive(model, loc[0])
    name = model.spoken_name()
    if code in ERROR_CODES and "what" in context:
        error = composed(code, parts_of(context))
    elif code in {"extra_forbidden", "unexpected_keyword_argument"} and loc:
        hint = suggestion(str(loc[-1]), model.model_fields)
        error = fault("unknown-field", f"{name} has no field {loc[-1]!r}", hint)
    elif code == "missing":
        error = fault("missing-field", f"{loc[-1] if loc else 'a value'} is missing", "Give it.")
    elif sensitive and code in {"value_error", "assertion_error"}:
        # what a validator raised itself can name the value
        error = fault("invalid-value", "the value cannot be used", "Mend the value.")
    else:
        error = worded(code, context, str(item["msg"]), value, name)
    if loc and str(loc[0]) in model.absent_code and (value is None or error.type == "missing-field"):
        error = composed(model.absent_code[str(loc[0])], parts_of(error.context))
    # a whole mapping, an unknown field and a reference can hold what may not be shown
    kept = isinstance(value, (int, float, str, type(None))) and error.type not in {
        "unknown-field",
        "missing-field",
        "ref-is-bsn",
    }
    return masked(error) if sensitive else error, MASK if sensitive or not kept else value


Number = Annotated[float, Strict(), AllowInfNan(allow_inf_nan=False), BeforeValidator(plain_number)]
"""A finite number; NumPy scalars are welcome, text, True and False are not."""

Whole = Annotated[int, Strict(), BeforeValidator(plain_number)]
"""A whole number; text, True and False are not."""

Count = Annotated[int, Strict(), Field(ge=1), BeforeValidator(plain_number)]
"""A whole number of at least one."""

Share = Annotated[
    float, Strict(), AllowInfNan(allow_inf_nan=False), Field(ge=0, le=1), BeforeValidator(plain_number)
]
"""A number from 0 to 1."""


def _day(value: Any) -> Any:
    if isinstance(value, datetime) or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        raise fault(
            "invalid-value",
            "a date was expected",
            "Give a date (2024-10-01) without a time.",
            given=repr(value),
        )
    return value


Day = Annotated[date, BeforeValidator(_day)]
"""A calendar date, as ``datetime.date`` or as text ``2024-10-01``."""


def _text(value: str) -> str:
    stripped = value.strip()
    if not stripped:
        raise fault("missing-field", "the text is empty", "Write something.")
    return stripped


Text = Annotated[str, AfterValidator(_text)]
"""Text with something in it."""

K = TypeVar("K")
V = TypeVar("V")


def a_list(value: Any) -> Any:
    """What was given, refused when it is a single object; for use before a field that holds a list."""
    # Pydantic would walk through the fields of a single object as if they were the list
    if is_mapping(value) or isinstance(value, (BaseModel, str, bytes)):
        code, what, do = LIST
        raise fault(code, what, do, given=shown(value))
    return value


ListOf = Annotated[tuple[V, ...], BeforeValidator(a_list)]
"""Any number of values, as a list; one value outside a list is refused."""


class FrozenMapping(Mapping[K, V]):
    """A mapping that cannot be written to; it compares as a mapping, and can be hashed, copied and pickled.

    Example:
        >>> counts = FrozenMapping({"houding": 4})
        >>> counts["houding"], counts == {"houding": 4}, len({counts, FrozenMapping(counts)})
        (4, True, 1)
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[K, V] | None = None, /) -> None:
        self._items: dict[K, V] = dict(items or {})

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __reduce__(self) -> tuple[type[Self], tuple[dict[K, V]]]:
        return type(self), (self._items,)

    def __repr__(self) -> str:
        return repr(self._items)


def _read_only(value: Mapping[K, V]) -> Mapping[K, V]:
    return FrozenMapping(value)


# a lambda, because a written return type would replace the keys and values in the JSON Schema
_AS_DICT: Callable[[Any, SerializerFunctionWrapHandler], Any] = lambda value, handler: handler(dict(value))  # noqa: E731


ReadOnly = Annotated[Mapping[K, V], AfterValidator(_read_only), WrapSerializer(_AS_DICT)]
"""A mapping that cannot be written to once it is in a model; serialises as a plain mapping."""
