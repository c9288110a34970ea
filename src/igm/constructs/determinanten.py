"""``Willen``, ``Kunnen``, ``Doen`` and ``Invloed``: the values of one person, grouped as the model groups them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeAlias

from pydantic import ConfigDict, Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from igm.constructs._base import SENSITIVE, IgmModel, Location, fault, faults_of, is_mapping, raise_faults
from igm.constructs._masking import ByConstruct
from igm.constructs.model import Construct, found_construct
from igm.constructs.waarde import Determinant, DrukDeterminant, Missing, Waarde
from igm.errors import named

Given: TypeAlias = float | Waarde | Missing | None
"""What a determinant may be given as."""


class DeterminantGroup(IgmModel):
    """What the groups share: fields that are constructs, and other names that are accepted for them on input."""

    prefix: ClassVar[str] = ""
    """What stands before a field's name in the name of its construct."""

    @model_validator(mode="wrap")
    @classmethod
    def _by_any_name(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not is_mapping(data):
            return handler(data)
        by_field, faults = cls._named(data)
        try:
            made = handler(by_field)
        except ValidationError as error:
            raise_faults(cls.__name__, [*faults, *faults_of(error)])
            raise
        raise_faults(cls.__name__, faults)
        return made

    @classmethod
    def _named(
        cls, data: Mapping[Any, Any]
    ) -> tuple[dict[Any, Any], list[tuple[Location, PydanticCustomError]]]:
        by_field: dict[Any, Any] = {}
        faults: list[tuple[Location, PydanticCustomError]] = []
        for name, value in data.items():
            field = cls.field_of(name)
            if field in by_field:
                do = "Give it once."
                faults.append(
                    ((named(name),), fault("duplicate-name", f"{field} is given under two names", do))
                )
            else:
                by_field[field] = value
        return by_field, faults

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, checked; a value that is updated may go by any name that is accepted for it."""
        by_field, faults = self._named(update or {})
        raise_faults(type(self).__name__, faults)
        return super().model_copy(update=by_field, deep=deep)

    @classmethod
    def field_of(cls, name: str) -> str:
        """The field that a name means here; a name that means none is given back as it is.

        Example:
            >>> Kunnen.field_of("randvoorwaarden"), Willen.field_of("randvoorwaarden")
            ('context', 'randvoorwaarden')
        """
        fields = _constructs_of(cls)
        if isinstance(name, str) and name in fields:
            return name
        found = found_construct(name)
        if found is None:
            return name
        field = found.removeprefix(cls.prefix)
        return field if found.startswith(cls.prefix) and field in fields else name

    @classmethod
    def constructs(cls) -> Mapping[str, Construct]:
        """The construct of every field."""
        return _constructs_of(cls)

    @classmethod
    def construct_of(cls, field: str) -> Construct:
        """The construct that a field holds.

        Example:
            >>> Invloed.construct_of("kennis")
            <Construct.INVLOED_KENNIS: 'invloed_kennis'>
        """
        return _constructs_of(cls)[field]

    def waarden(self) -> Mapping[Construct, Waarde | Missing]:
        """What is given, by construct; what was not asked is left out. Sensitive values are masked when printed.

        Example:
            >>> list(Willen(sociale_druk=3.4, houding=4.3).waarden())
            [<Construct.HOUDING: 'houding'>, <Construct.SOCIALE_DRUK: 'sociale_druk'>]
        """
        given = {self.construct_of(field): value for field, value in self if value is not None}
        return ByConstruct(given)

    def __repr_args__(self) -> Any:
        return [(name, value) for name, value in super().__repr_args__() if value is not None]


@cache
def _constructs_of(group: type[DeterminantGroup]) -> dict[str, Construct]:
    return {field: Construct(group.prefix + field) for field in group.model_fields}


class Willen(DeterminantGroup):
    """What someone wants: attitude, belief in own ability and social pressure.

    Each value is a number, a `Waarde`, a kind of `Missing`, or ``None`` for not asked.

    Attributes:
        houding: Attitude towards the behaviour.
        eigen_effectiviteit: Belief in own ability.
        sociale_druk: Social pressure; a number sets its level only, a `SocialeDruk` can add its direction.

    Raises:
        pydantic.ValidationError: ``not-a-number``, ``unknown-field``, or ``duplicate-name`` when a value is given
            under two names.

    Example:
        >>> willen = Willen(houding=4.3, eigen_effectiviteit=Missing.WEET_NIET)
        >>> willen
        Willen(houding=Waarde(score=4.3), eigen_effectiviteit=<Missing.WEET_NIET: 'weet_niet'>)
        >>> Willen.model_validate({"attitude": 4.3, "eigen-effectiviteit": "weet_niet"}) == willen
        True
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"houding": 4.3, "sociale_druk": 3.4}]})

    houding: Determinant = Field(default=None, description="attitude", examples=[4.3])
    eigen_effectiviteit: Determinant = Field(
        default=None, description="belief in own ability", examples=[3.9]
    )
    sociale_druk: DrukDeterminant = Field(default=None, description="social pressure", examples=[3.4])

    if TYPE_CHECKING:

        def __init__(
            self, *, houding: Given = None, eigen_effectiviteit: Given = None, sociale_druk: Given = None
        ) -> None: ...


class Kunnen(DeterminantGroup):
    """What someone can: knowledge and skills, capacity to bear load, context and self-regulation.

    Attributes:
        kennis: Knowledge and skills.
        belastbaarheid: Capacity to bear load; about health, so it is masked when shown.
        context: Context and enabling conditions; higher is more helping.
        zelfregulering: Self-regulation.

    Raises:
        pydantic.ValidationError: As `Willen`.

    Example:
        >>> Kunnen(kennis=3.6, belastbaarheid=3.2)
        Kunnen(kennis=Waarde(score=3.6), belastbaarheid=•••)
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"kennis": 3.6, "context": 2.1}]})

    kennis: Determinant = Field(default=None, description="knowledge and skills", examples=[3.6])
    belastbaarheid: Determinant = Field(
        default=None, description="capacity to bear load", examples=[3.2], json_schema_extra=SENSITIVE
    )
    context: Determinant = Field(default=None, description="context and enabling conditions", examples=[2.1])
    zelfregulering: Determinant = Field(default=None, description="self-regulation", examples=[3.9])

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            kennis: Given = None,
            belastbaarheid: Given = None,
            context: Given = None,
            zelfregulering: Given = None,
        ) -> None: ...


class Doen(DeterminantGroup):
    """What someone does: the behaviour itself and, for professionals, how they work.

    Attributes:
        gedrag: How far the behaviour is shown.
        vakmanschap: Craftsmanship.
        zelfreflectie: Self-reflection.
        beinvloeden: Influencing what clients want and can.

    Raises:
        pydantic.ValidationError: As `Willen`.

    Example:
        >>> Doen(gedrag=3.5)
        Doen(gedrag=Waarde(score=3.5))
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"gedrag": 3.5}]})

    gedrag: Determinant = Field(default=None, description="the behaviour", examples=[3.5])
    vakmanschap: Determinant = Field(default=None, description="craftsmanship", examples=[5.6])
    zelfreflectie: Determinant = Field(default=None, description="self-reflection", examples=[5.9])
    beinvloeden: Determinant = Field(
        default=None, description="influencing what clients want and can do", examples=[5.1]
    )

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            gedrag: Given = None,
            vakmanschap: Given = None,
            zelfreflectie: Given = None,
            beinvloeden: Given = None,
        ) -> None: ...


class Invloed(DeterminantGroup):
    """How much influence a client feels that the professional has, per part of the model.

    Attributes:
        houding_eigen_effectiviteit: On attitude and belief in own ability.
        kennis: On knowledge and skills.
        belastbaarheid_context: On capacity to bear load and context; masked when shown.
        zelfregulering: On self-regulation.
        intentie_gedrag: On intention and behaviour.

    Raises:
        pydantic.ValidationError: As `Willen`.

    Example:
        >>> Invloed(kennis=3.1).waarden()
        {<Construct.INVLOED_KENNIS: 'invloed_kennis'>: Waarde(score=3.1)}
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"kennis": 3.1}]})

    prefix: ClassVar[str] = "invloed_"

    houding_eigen_effectiviteit: Determinant = Field(
        default=None, description="on houding and eigen_effectiviteit"
    )
    kennis: Determinant = Field(default=None, description="on knowledge and skills", examples=[3.1])
    belastbaarheid_context: Determinant = Field(
        default=None, description="on capacity to bear load and context", json_schema_extra=SENSITIVE
    )
    zelfregulering: Determinant = Field(default=None, description="on self-regulation")
    intentie_gedrag: Determinant = Field(default=None, description="on intention and behaviour")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            houding_eigen_effectiviteit: Given = None,
            kennis: Given = None,
            belastbaarheid_context: Given = None,
            zelfregulering: Given = None,
            intentie_gedrag: Given = None,
        ) -> None: ...
