"""What all models share: frozen, strict, with our error codes and with sensitive values masked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Final,
    Self,
    Union,
    cast,
    get_args,
    get_origin,
)

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError

from igm.constructs._faults import (
    SHOWN,
    Location,
    check_one_of,
    composed,
    fault,
    is_number,
    known_language,
    masked,
    one_of,
    parts_of,
    plain_number,
    raise_capped,
    raise_faults,
    shown,
    text_of,
)
from igm.constructs._fields import (
    Count,
    Day,
    FrozenMapping,
    ListOf,
    Number,
    ReadOnly,
    Share,
    Text,
    Whole,
    a_list,
    is_mapping,
)
from igm.constructs._wording import alternatives, faults_of, path_of, plain_path, problems_of, worded
from igm.errors import ERROR_CODES, LARGE, MASK, is_bsn_like, suggestion

__all__ = [
    "SENSITIVE",
    "SHOWN",
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
    "check_one_of",
    "fault",
    "faults_of",
    "is_mapping",
    "is_number",
    "is_sensitive",
    "known_language",
    "masked",
    "one_of",
    "path_of",
    "plain_number",
    "problems_of",
    "raise_capped",
    "raise_faults",
    "shown",
    "text_of",
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

    unrepeated: ClassVar[frozenset[str]] = frozenset()
    """Fields of which errors do not repeat what was given, though they are not tagged: parts of it can be sensitive."""

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

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """The model that a JSON text holds.

        Raises:
            pydantic.ValidationError: ``invalid-value``, without the text, when it is not JSON; else as the constructor.
        """
        try:
            return super().model_validate_json(json_data, **options)
        except ValidationError as error:
            found = error.errors(include_url=False, include_input=False)
            if not any(item["type"] in {"json_invalid", "json_type"} for item in found):
                raise
        # outside the block above, so that the text does not travel along as the cause
        raise_faults(cls.spoken_name(), [((), _not_json(item)) for item in found])
        raise AssertionError("something was found")

    if not TYPE_CHECKING:  # type checkers refuse both by themselves

        def __setattr__(self, name: str, value: Any) -> None:
            try:
                super().__setattr__(name, value)
            except ValidationError:
                pass
            else:
                return
            self._refuse_change(name)

        def __delattr__(self, name: str) -> None:
            self._refuse_change(name)

    def _refuse_change(self, name: str) -> None:
        do = f"Make a changed copy: model_copy(update={{{name!r}: ...}})."
        error = fault("invalid-value", f"{self.spoken_name()} cannot be changed", do)
        raise_faults(self.spoken_name(), [((name,), error)])

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


def is_sensitive(model: type[BaseModel], field: str) -> bool:
    """Whether a field is tagged as sensitive."""
    info = model.model_fields.get(field)
    extra = info.json_schema_extra if info is not None else None
    return isinstance(extra, dict) and "x-gevoelig" in extra


def _not_json(item: Any) -> PydanticCustomError:
    context: Mapping[str, Any] = item.get("ctx") or {}
    return worded("json_invalid", {"error": "something else", **context}, "", None, "")


@cache
def _may_tell(model: type[BaseModel], field: object = None) -> bool:
    """Whether a field, or a model as a whole, can hold something sensitive, so that errors do not repeat what it is."""
    if field is None:
        own = issubclass(model, IgmModel) and bool(model.unrepeated)
        return own or any(_may_tell(model, name) for name in model.model_fields)
    info = model.model_fields.get(field) if isinstance(field, str) else None
    if info is None:
        return False
    if is_sensitive(model, str(field)) or (issubclass(model, IgmModel) and field in model.unrepeated):
        return True
    return any(_may_tell(part) for part in _models_in(info.annotation) if part is not model)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a field can hold, themselves or in a list or a mapping."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


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
    for index, item in enumerate(items):
        if item["type"] == "too_short" and item["loc"] in nested:
            continue  # Pydantic counts only what is sound; what is not is told already
        loc = plain_path(item["loc"])
        if len(loc) > 1 and loc[1] in _union_tags(model, loc[0]):
            loc = (loc[0], *loc[2:])
        loc = tuple(MASK if is_bsn_like(part) else part for part in loc)
        error, value = _in_our_words(model, item, loc, hint=index < _HINTED)
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


_HINTED: Final = 100
"""Of more unknown fields no nearest name is sought: that takes time, and nobody reads it."""


def _in_our_words(
    model: type[IgmModel], item: Any, loc: Location, *, hint: bool
) -> tuple[PydanticCustomError, Any]:
    """One error, and what of the value that was given may be kept with it."""
    code, value = item["type"], item["input"]
    context: Mapping[str, Any] = item.get("ctx") or {}
    # what lies deeper was told by the part itself, which knows what it may repeat
    sensitive = (
        _may_tell(model, loc[0] if loc else None) if len(loc) < 2 else is_sensitive(model, str(loc[0]))
    )
    name = model.spoken_name()
    if code in ERROR_CODES and "what" in context:
        error = composed(code, parts_of(context))
    elif code in {"extra_forbidden", "unexpected_keyword_argument"} and loc:
        do = suggestion(loc[-1], model.model_fields) if hint else "Check the spelling."
        error = fault("unknown-field", f"{name} has no field {loc[-1]!r}", do)
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
    kept = (
        isinstance(value, (int, float, str, type(None)))
        and error.type not in {"unknown-field", "missing-field", "ref-is-bsn"}
        and shown(value) not in {MASK, LARGE}
    )
    return masked(error) if sensitive else error, MASK if sensitive or not kept else value
