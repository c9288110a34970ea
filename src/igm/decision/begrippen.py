"""``Begrip``: a condition with a name, which rules use again and which people read in its place."""

from __future__ import annotations

from itertools import chain

import attrs

from igm.constructs._base import shown
from igm.decision.conditions import (
    And,
    Condition,
    Count,
    Not,
    Or,
    _checked_depth,
    _checked_size,
    _depth_of_children,
    _size_of_children,
    operand,
)
from igm.errors import OperandError


@attrs.frozen(repr=False, cache_hash=True)
class Begrip(Condition):
    """A named condition; true exactly when its part is. Make one with [begrip][igm.decision.begrip].

    Attributes:
        naam: What people read in its place.
        part: The condition that it stands for.
    """

    naam: str
    part: Condition
    depth: int = attrs.field(
        default=attrs.Factory(_depth_of_children, takes_self=True),
        eq=False,
        kw_only=True,
        converter=_checked_depth,
    )
    size: int = attrs.field(
        default=attrs.Factory(_size_of_children, takes_self=True),
        eq=False,
        kw_only=True,
        converter=_checked_size,
    )

    @property
    def children(self) -> tuple[Condition, ...]:
        """The condition that it stands for."""
        return (self.part,)

    def __repr__(self) -> str:
        return f"«{self.naam}»"


def begrip(naam: str, conditie: Condition, /) -> Begrip:
    """A condition with a name, to use in several rules; the name is what a rule then shows.

    It means what the condition means, and costs nothing when a case is weighed. The ``begrippen`` of a rulebook file
    are the same.

    Args:
        naam: What people read, such as ``weinig rust``.
        conditie: The condition.

    Raises:
        OperandError: ``operand-type`` for a name without words or for what is not a condition.
        KaderError: ``condition-too-deep`` when conditions nest too deep or have too many parts; a name counts as one.

    Example:
        >>> from igm.decision import begrip, feit
        >>> weinig_rust = begrip("weinig rust", feit.ja_nee("schulden") | feit.ja_nee("woonsituatie"))
        >>> feit.ja_nee("motivatie") & ~weinig_rust
        (motivatie en niet «weinig rust»)
        >>> weinig_rust.part
        (schulden of woonsituatie)
    """
    if not isinstance(naam, str) or not naam.strip():
        do = "Give words that people read, such as 'weinig rust'."
        raise OperandError.of("operand-type", "a begrip has no name", do, given=shown(naam))
    return Begrip(naam.strip(), operand(conditie))


def bare(condition: Condition) -> Condition:
    """The same condition without names, as if it had been written out; what has none is returned itself.

    Example:
        >>> from igm.decision import begrip, feit
        >>> a, b, c = map(feit.ja_nee, "abc")
        >>> bare(a & begrip("b en c", b & c)) == a & b & c
        True
    """
    match condition:
        case Begrip(part=part):
            return bare(part)
        case Not(part=part):
            inner = bare(part)
            return condition if inner is part else ~inner
        case And(parts=parts) | Or(parts=parts) | Count(parts=parts):
            written = tuple(map(bare, parts))
            if all(one is other for one, other in zip(written, parts, strict=True)):
                return condition
            if isinstance(condition, Count):
                return Count(written, condition.least, condition.most)
            kind = type(condition)
            joined = (part.parts if isinstance(part, kind) else (part,) for part in written)
            return kind(tuple(chain.from_iterable(joined)))
        case _:
            return condition
