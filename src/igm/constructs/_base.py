"""What all models share: frozen, strict, with our error codes and with sensitive values masked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Final, Self, TypeGuard, TypeVar, cast

import numpy as np
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

from igm.errors import ERROR_CODES, MASK, Problem, suggestion

SENSITIVE: Final[dict[str, Any]] = {"x-gevoelig": True}
"""Give this as ``json_schema_extra`` to a field about health, addiction or justice; its value is masked when shown."""

_OUR_CODE = {
    "missing": "missing-field",
    "extra_forbidden": "unknown-field",
    "unexpected_keyword_argument": "unknown-field",
    "finite_number": "not-a-number",
    "float_type": "not-a-number",
    "int_type": "not-a-number",
    "float_parsing": "not-a-number",
    "int_parsing": "not-a-number",
    "greater_than": "value-out-of-range",
    "greater_than_equal": "value-out-of-range",
    "less_than": "value-out-of-range",
    "less_than_equal": "value-out-of-range",
}

Location = tuple[int | str, ...]
"""A path as Pydantic writes it."""


def fault(code: str, what: str, do: str, *, given: str | None = None) -> PydanticCustomError:
    """The error that a validator raises: Pydantic adds the path, we add the code and the sentence.

    Example:
        >>> fault("scale-invalid", "the minimum is not below the maximum", "Swap them.", given="5 and 1").message()
        'the minimum is not below the maximum: got 5 and 1. Swap them.'
    """
    if code not in ERROR_CODES:
        raise LookupError(f"undocumented error code {code!r}")
    return _custom(
        code, {"what": what, "do": do} if given is None else {"what": what, "do": do, "given": given}
    )


def _custom(code: str, parts: Mapping[str, str]) -> PydanticCustomError:
    """An error whose message is composed of its parts: what, given and do."""
    given = f": got {parts['given']}" if "given" in parts else ""
    context = {**parts, "message": f"{parts['what']}{given}. {parts['do']}"}
    return PydanticCustomError(cast("Any", code), "{message}", context)


def masked(error: PydanticCustomError) -> PydanticCustomError:
    """The same error without the value that was given.

    Example:
        >>> masked(fault("value-out-of-range", "value outside its scale", "Give 1 to 5.", given="9")).message()
        'value outside its scale: got •••. Give 1 to 5.'
    """
    parts = _parts(error.context, error.message())
    return _custom(error.type, {**parts, "given": MASK} if "given" in parts else parts)


def _parts(context: Mapping[str, Any] | None, message: str) -> dict[str, str]:
    """What, given and do of an error of ours; of another, its message and the general advice."""
    if context is None or "what" not in context:
        return {"what": message.rstrip("."), "do": "Mend the value."}
    return {name: str(context[name]) for name in ("what", "do", "given") if name in context}


def raise_faults(title: str, faults: Iterable[tuple[Location, PydanticCustomError]]) -> None:
    """Raise what a validator found, all at once and each at its path; nothing happens when nothing was found.

    Raises:
        pydantic.ValidationError: With one error per fault.
    """
    details = [InitErrorDetails(type=error, loc=loc, input=MASK) for loc, error in faults]
    if details:
        raise ValidationError.from_exception_data(title, details, hide_input=True)


def faults_of(
    error: ValidationError, *prefix: int | str, hide: bool = False
) -> list[tuple[Location, PydanticCustomError]]:
    """The faults in an error that a part raised, seen from the whole; ``hide`` leaves out what was given."""
    faults: list[tuple[Location, PydanticCustomError]] = []
    for item in error.errors(include_url=False, include_input=False):
        kept = _custom(item["type"], _parts(item.get("ctx"), item["msg"]))
        faults.append(((*prefix, *item["loc"]), masked(kept) if hide else kept))
    return faults


def path_of(loc: Location) -> str:
    """A location as Pydantic gives it, as a path.

    Example:
        >>> path_of(("items", 3, "nl"))
        '$.items[3].nl'
    """
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)


def problems_of(error: ValidationError) -> list[Problem]:
    """The problems in a ``ValidationError``, as the library's own functions tell them.

    The values themselves stay out: the messages of our own codes name them where they may be named.
    """
    problems: list[Problem] = []
    for item in error.errors(include_url=False, include_input=False):
        code = item["type"] if item["type"] in ERROR_CODES else "invalid-value"
        parts = _parts(item.get("ctx"), item["msg"])
        problems.append(Problem(code, parts["what"], parts["do"], path_of(item["loc"]), parts.get("given")))
    return problems


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

    @model_validator(mode="wrap")
    @classmethod
    def _with_our_codes(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(data)
        except ValidationError as error:
            details = [_translated(cls, item) for item in error.errors(include_url=False)]
            raise ValidationError.from_exception_data(cls.__name__, details, hide_input=True) from None

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


def _translated(model: type[IgmModel], item: Any) -> InitErrorDetails:
    code, loc, value = item["type"], item["loc"], item["input"]
    sensitive = bool(loc) and isinstance(loc[0], str) and is_sensitive(model, loc[0])
    kind = code if code in ERROR_CODES else _OUR_CODE.get(code, "invalid-value")
    error = _custom(code, _parts(item["ctx"], item["msg"])) if code in ERROR_CODES else None
    if error is None and kind == "unknown-field" and loc:
        hint = suggestion(str(loc[-1]), model.model_fields)
        error = fault(kind, f"{model.__name__} has no field {loc[-1]!r}", hint)
    elif error is None and kind == "missing-field":
        error = fault(kind, f"{loc[-1] if loc else 'a value'} is missing", "Give it.")
    elif error is None and kind == "not-a-number":
        do = "Give a finite number, not text, True or False."
        error = fault(kind, "a number was expected", do, given=repr(value)[:60])
    elif error is None and kind == "value-out-of-range":
        error = fault(kind, item["msg"], "Give a value within the bounds.", given=repr(value)[:60])
    elif error is None:
        # what a validator raised itself can name the value; Pydantic's own messages do not
        own = code in {"value_error", "assertion_error"}
        what = "the value cannot be used" if own and sensitive else str(item["msg"])
        error = fault(kind, what, "Mend the value.")
    if loc and str(loc[0]) in model.absent_code and (value is None or error.type == "missing-field"):
        error = _custom(model.absent_code[str(loc[0])], _parts(error.context, error.message()))
    # a whole mapping, an unknown field and a reference can hold what may not be shown
    showable = isinstance(value, (int, float, str, type(None))) and kind not in {
        "unknown-field",
        "missing-field",
        "ref-is-bsn",
    }
    return InitErrorDetails(
        type=masked(error) if sensitive else error,
        loc=loc,
        input=MASK if sensitive or not showable else value,
    )


def plain_number(value: Any) -> Any:
    """A NumPy scalar as the Python number that it stands for; anything else as it is."""
    return cast("Any", value).item() if isinstance(value, np.generic) else value


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
