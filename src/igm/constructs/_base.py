"""What all models share: frozen, strict, with our error codes and with sensitive values masked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Annotated, Any, Final, TypeVar

import numpy as np
from pydantic import (
    AfterValidator,
    AllowInfNan,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    PlainSerializer,
    Strict,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError
from typing_extensions import Self

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
}


def fault(code: str, what: str, do: str, *, given: str | None = None) -> PydanticCustomError:
    """The error that a validator raises: Pydantic adds the path, we add the code and the sentence.

    Example:
        >>> fault("scale-invalid", "the minimum is not below the maximum", "Swap them.", given="5 and 1").message()
        'the minimum is not below the maximum: got 5 and 1. Swap them.'
    """
    if code not in ERROR_CODES:
        raise LookupError(f"undocumented error code {code!r}")
    shown = "" if given is None else f": got {given}"
    return PydanticCustomError(code, "{message}", {"message": f"{what}{shown}. {do}"})  # type: ignore[arg-type]


def path_of(loc: tuple[int | str, ...]) -> str:
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
    return [
        Problem(
            item["type"] if item["type"] in ERROR_CODES else "invalid-value",
            item["msg"].rstrip("."),
            "Mend the value at this path.",
            path_of(item["loc"]),
        )
        for item in error.errors(include_url=False, include_input=False)
    ]


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

    @model_validator(mode="wrap")
    @classmethod
    def _with_our_codes(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(data)
        except ValidationError as error:
            details = [_translated(cls, item) for item in error.errors(include_url=False)]
            raise ValidationError.from_exception_data(cls.__name__, details, hide_input=True) from None

    def __repr_args__(self) -> Any:
        for name, value in super().__repr_args__():
            yield name, _Masked() if value is not None and name and is_sensitive(type(self), name) else value


class _Masked:
    def __repr__(self) -> str:
        return MASK


def is_sensitive(model: type[BaseModel], field: str) -> bool:
    """Whether a field is tagged as sensitive."""
    info = model.model_fields.get(field)
    extra = info.json_schema_extra if info is not None else None
    return isinstance(extra, Mapping) and bool(extra.get("x-gevoelig"))


def _translated(model: type[BaseModel], item: Any) -> InitErrorDetails:
    code, loc = item["type"], item["loc"]
    sensitive = bool(loc) and isinstance(loc[0], str) and is_sensitive(model, loc[0])
    given = MASK if sensitive else item["input"]
    if code in ERROR_CODES:
        message = item["ctx"]["message"]
    elif code in {"extra_forbidden", "unexpected_keyword_argument"} and loc:
        message = f"{model.__name__} has no field {loc[-1]!r}. {suggestion(str(loc[-1]), model.model_fields)}"
    elif code == "missing":
        message = f"{loc[-1] if loc else 'a value'} is missing. Give it."
    elif _OUR_CODE.get(code) == "not-a-number":
        shown = MASK if sensitive else repr(item["input"])[:60]
        message = f"a number was expected: got {shown}. Give a finite number, not text, True or False."
    else:
        message = f"{item['msg']}. Mend the value."
    kind = code if code in ERROR_CODES else _OUR_CODE.get(code, "invalid-value")
    return InitErrorDetails(
        type=PydanticCustomError(kind, "{message}", {"message": message}), loc=loc, input=given
    )


def _plain_number(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


Number = Annotated[float, Strict(), AllowInfNan(allow_inf_nan=False), BeforeValidator(_plain_number)]
"""A finite number; NumPy scalars are welcome, text, True and False are not."""

Whole = Annotated[int, Strict(), BeforeValidator(_plain_number)]
"""A whole number; text, True and False are not."""


def _day(value: Any) -> Any:
    if isinstance(value, datetime) or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        raise fault("invalid-value", "a date was expected", "Give a date (2024-10-01) without a time.", given=repr(value))
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


def _read_only(value: Mapping[K, V]) -> Mapping[K, V]:
    return MappingProxyType(dict(value))


ReadOnly = Annotated[Mapping[K, V], AfterValidator(_read_only), PlainSerializer(dict)]
"""A mapping that cannot be written to once it is in a model; serialises as a plain mapping."""
