"""``Link``: who guides whom in a chain, with the three notions of congruence beside one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import attrs

from igm.congruence.breaks import NOISE, Gap, MaskedBreaks
from igm.congruence.chain_parties import ChainParty
from igm.congruence.fit import FitLink, RegulatoryFit
from igm.congruence.metrics import UndefinedReason
from igm.congruence.perceived import Perceived
from igm.congruence.profile_similarity import ProfileSimilarity
from igm.constructs._base import FrozenMapping
from igm.constructs.model import Construct
from igm.errors import MASK

LinkMissing: TypeAlias = Literal["missing-party", "no-profile", "too-few-constructs"]
"""Why two profiles are not compared: nobody is there, somebody has no values, or too few constructs are shared."""


@attrs.frozen(repr=False)
class Link:
    """Who guides whom, and the three notions of congruence under their own names; never one score.

    Attributes:
        guide: Who guides.
        guided: Who is guided.
        perceived: What the professional of the chain answers: that guidance by the manager and guidance of clients are
            alike. It is about the chain and not about one link, so both links hold the same one.
        profile: How alike the two profiles are; ``None`` when they are not compared.
        missing: Why they are not compared.
        regulatory_fit: Whether the steering that is offered fits the self-regulation; unknown stays unknown.
        gaps: Guide minus guided, per construct that both have.

    Example:
        >>> from igm.congruence.fit import regulatory_fit
        >>> manager, professional = (ChainParty(role, None, None, "no-profile") for role in ("manager", "professional"))
        >>> link = Link(manager, professional, Perceived.of(professional), None, "no-profile",
        ...             regulatory_fit("los", "hoog"))
        >>> link, link.shape, link.undefined["shape"], link.is_broken
        (Link('manager-professional', missing='no-profile'), None, 'no-profile', None)
    """

    guide: ChainParty
    guided: ChainParty
    perceived: Perceived
    profile: ProfileSimilarity | None
    missing: LinkMissing | None
    regulatory_fit: RegulatoryFit
    gaps: tuple[Gap, ...] = ()

    @property
    def name(self) -> str:
        """Which link, such as ``manager-professional``."""
        return f"{self.guide.role}-{self.guided.role}"

    @property
    def k(self) -> int:
        """How many constructs the two have in common, as far as they are compared."""
        return len(self.gaps)

    @property
    def shape(self) -> float | None:
        """Pearson's r of the two profiles; ``None`` with the reason in ``undefined``."""
        return None if self.profile is None else self.profile.shape

    @property
    def elevation(self) -> float | None:
        """The mean of who guides minus the mean of who is guided; ``None`` when they are not compared."""
        return None if self.profile is None else self.profile.elevation

    @property
    def scatter(self) -> float | None:
        """The scatter of who guides minus the scatter of who is guided; ``None`` when they are not compared."""
        return None if self.profile is None else self.profile.scatter

    @property
    def figures(self) -> Mapping[str, float]:
        """Every figure about the two profiles that is defined, by name."""
        return FrozenMapping[str, float]() if self.profile is None else self.profile.figures

    @property
    def undefined(self) -> Mapping[str, UndefinedReason | LinkMissing]:
        """Every figure that is not there, and why."""
        if self.missing is not None:
            return FrozenMapping(dict.fromkeys(("elevation", "scatter", "shape"), self.missing))
        return FrozenMapping({} if self.profile is None else dict(self.profile.undefined))

    @property
    def differences(self) -> Mapping[Construct, float]:
        """Guide minus guided, per construct; sensitive ones are masked when printed."""
        return FrozenMapping[Construct, float]() if self.profile is None else self.profile.differences

    @property
    def largest(self) -> tuple[Gap, ...]:
        """The largest gap; several when they tie, none when the profiles are the same."""
        most = max((gap.size for gap in self.gaps), default=0.0)
        return tuple(gap for gap in self.gaps if gap.size > NOISE and gap.size >= most - NOISE)

    @property
    def breaks(self) -> tuple[Construct, ...]:
        """The constructs whose gap is beyond what was stated to count, the largest first.

        When printed, whether a sensitive construct is among them is masked.
        """
        found = sorted((gap for gap in self.gaps if gap.beyond), key=lambda gap: -gap.size)
        keys = tuple(gap.construct for gap in found)
        return MaskedBreaks(keys) if self.is_sensitive else keys

    @property
    def is_broken(self) -> bool | None:
        """Whether any gap is beyond what was stated to count; ``None`` when that is not known, which is not a no."""
        if self.breaks:
            return True
        is_known = bool(self.gaps) and all(gap.beyond is not None for gap in self.gaps)
        return False if is_known else None

    @property
    def is_sensitive(self) -> bool:
        """Whether a sensitive construct takes part."""
        return self.profile is not None and self.profile.is_sensitive

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON; sensitive values are in it."""
        return {
            "guide": self.guide.role,
            "guided": self.guided.role,
            "perceived": self.perceived.to_dict(),
            "profile": None if self.profile is None else self.profile.to_dict(),
            "missing": self.missing,
            "regulatory_fit": self.regulatory_fit.to_dict(),
            "gaps": [gap.to_dict() for gap in self.gaps],
            "breaks": [key.value for key in self.breaks],
            "is_broken": self.is_broken,
        }

    def __repr__(self) -> str:
        if self.profile is None:
            return f"Link({self.name!r}, missing={self.missing!r})"
        broken = MASK if self.is_sensitive else self.is_broken
        return f"Link({self.name!r}, k={self.k}, metric={self.profile.metric!r}, broken={broken})"


FIT_LINKS: tuple[FitLink, ...] = ("manager-professional", "professional-client")
"""The links of which it is asked whether steering fits, in order."""
