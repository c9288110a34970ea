"""``chain``: manager, professional and client beside one another, and where their chain breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final, Literal, get_args

from igm.congruence.breaks import BreakRule, GivenSem, read_rule
from igm.congruence.chain_parties import ChainParty, ChainRole, check_consent, read_parties
from igm.congruence.chain_result import Chain
from igm.congruence.fit import RegulatoryFit, regulatory_fit
from igm.congruence.links import FIT_LINKS, Link, LinkMissing
from igm.congruence.metrics import CongruenceMetric
from igm.congruence.pairs import Party, asked_constructs
from igm.congruence.perceived import Perceived
from igm.congruence.profile_similarity import ProfileSimilarity, similarity
from igm.congruence.steering import Sturing, Zelfsturing
from igm.constructs._base import check_one_of, is_mapping, shown
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.constructs.waarde import Missing
from igm.errors import InputError, Problem, Problems, suggestion

_TOO_FEW: Final = "too-few-constructs"


def chain(
    *,
    manager: Party | None = None,
    professional: Party | None = None,
    client: Party | None = None,
    metric: Metric | None = None,
    constructs: Sequence[str | Construct] | None = None,
    margin: float | None = None,
    sem: Mapping[ChainRole, GivenSem] | None = None,
    sturing: Mapping[str, Sturing | Missing | str | None] | None = None,
    zelfsturing: Mapping[str, Zelfsturing | Missing | str | None] | None = None,
    leefdomein: str | None = None,
    datum: date | str | None = None,
    measures: Sequence[str | CongruenceMetric] = (),
    doel: Literal["onderzoek"] | None = None,
) -> Chain:
    """Manager, professional and client beside one another: for learning, not for appraisal.

    The manager guides the professional, and the professional guides the client. Of each link there are three notions,
    which are never made into one score: ``perceived``, ``profile`` and ``regulatory_fit``. Differences are who guides
    minus who is guided.

    Args:
        manager: A `Manager` with one profile, or a profile; ``None`` when there is nobody.
        professional: A `Professional`, or a profile.
        client: A `Client`, or a profile.
        metric: ``"pomp"`` when scales differ; left out, all values must share one scale.
        constructs: Which constructs; the seven determinants when left out.
        margin: How large a difference must be, without its sign and on the metric, to be called a break.
        sem: Standard errors of measurement by party, on the scale of the values: a number, numbers by construct, or
            what `igm.reliability` gives. A difference is a break when it is larger than 1.96 √(sem₁² + sem₂²); with
            ``margin`` too, when it is larger than both.
        sturing: How much steering is offered, by link: ``"manager-professional"`` and ``"professional-client"``.
        zelfsturing: How much self-regulation is there, by link, of who is guided.
        leefdomein: The life domain of the client in which that level was found.
        datum: The day on which the levels were found.
        measures: More metrics than the library's own; see `similarity`.
        doel: ``"onderzoek"`` refuses people who gave no consent for research; a profile carries no consent.

    Returns:
        The chain. Who is missing, has no values, or has too few constructs in common stays in it, with the reason.

    Raises:
        InputError: ``missing-field`` without anyone; ``invalid-value`` for a person in the place of another role, or
            what is no person; ``duplicate-name`` for one reference in two places; ``mixed-scales`` for several scales
            without a metric; ``not-a-number``, ``value-out-of-range``, ``unknown-name`` and ``unknown-construct`` for
            what is asked; all at once where that can be.
        UnknownNameError: ``unknown-name`` for a metric of ``measures``.
        ConsentError: ``consent-missing``.

    Example:
        >>> from igm.constructs import LIKERT5, LIKERT7, Client, Gedrag, Kunnen, Manager, Professional, Willen
        >>> gedrag = Gedrag(action="begeleiden", target="mensen", context="in gesprekken", time="dit jaar", doel="werk")
        >>> def waarden(houding, eigen, kennis, context, zelf):
        ...     willen = Willen(houding=houding, eigen_effectiviteit=eigen)
        ...     return {"willen": willen, "kunnen": Kunnen(kennis=kennis, context=context, zelfregulering=zelf)}
        >>> keten = chain(
        ...     manager=Manager(ref="m-2", gedrag=gedrag, schaal=LIKERT7, **waarden(6, 5, 6, 4, 5)),
        ...     professional=Professional(ref="km-12", gedrag=gedrag, schaal=LIKERT7, **waarden(6, 5, 5, 3, 5)),
        ...     client=Client(ref="c-017", gedrag=gedrag, schaal=LIKERT5, **waarden(4, 3, 1, 2, 4)),
        ...     metric="pomp", margin=20)
        >>> keten
        Chain(manager-professional: k=5; professional-client: k=5; metric='pomp')
        >>> link = keten.links[1]
        >>> round(link.elevation, 2), link.breaks
        (18.33, (<Construct.KENNIS: 'kennis'>,))
        >>> chain(professional=keten.professional.profiel).links[0].missing
        'missing-party'
    """
    given: dict[ChainRole, Party | None] = {
        "manager": manager,
        "professional": professional,
        "client": client,
    }
    problems = Problems()
    parties = read_parties(given, problems)
    rule = read_rule(margin, sem, problems)
    fits = _fits(sturing, zelfsturing, leefdomein, datum, problems)
    _check_asked(metric, constructs, problems)
    problems.raise_any(InputError)
    check_consent(given, doel)
    compared: list[ProfileSimilarity | LinkMissing] = [
        _compared(guide, guided, metric, constructs, measures, problems)
        for guide, guided in pairwise(parties)
    ]
    _one_scale(compared, problems)
    problems.raise_any(InputError)
    perceived = Perceived.of(parties[1])
    links = [
        _link(guide, guided, perceived, found, fit, rule)
        for (guide, guided), found, fit in zip(pairwise(parties), compared, fits, strict=True)
    ]
    return Chain((parties[0], parties[1], parties[2]), (links[0], links[1]), rule, metric)


def _check_asked(metric: object, constructs: Sequence[str | Construct] | None, problems: Problems) -> None:
    """Refuse an unknown metric or construct, also when there are no two profiles to compare."""
    if metric is not None:
        check_one_of(metric, get_args(Metric), "unknown metric", "$.metric", problems)
    try:
        asked_constructs(() if constructs is None else constructs)
    except InputError as error:
        problems.extend(error.problems)


def _link(
    guide: ChainParty,
    guided: ChainParty,
    perceived: Perceived,
    found: ProfileSimilarity | LinkMissing,
    fit: RegulatoryFit,
    rule: BreakRule,
) -> Link:
    if isinstance(found, str):
        return Link(guide, guided, perceived, None, found, fit)
    return Link(guide, guided, perceived, found, None, fit, rule.gaps(found.pair, guide, guided))


def _compared(
    guide: ChainParty,
    guided: ChainParty,
    metric: Metric | None,
    constructs: Sequence[str | Construct] | None,
    measures: Sequence[str | CongruenceMetric],
    problems: Problems,
) -> ProfileSimilarity | LinkMissing:
    """How alike two parties are, or why that is not said; what is wrong goes to ``problems``."""
    for party in (guide, guided):
        if party.missing == "missing-party":
            return "missing-party"
    if guide.profiel is None or guided.profiel is None:
        return "no-profile"
    try:
        return similarity(
            guide.profiel, guided.profiel, metric=metric, constructs=constructs, measures=measures
        )
    except InputError as error:
        told = {str(problem) for problem in problems}
        found = [_placed(problem, guide, guided) for problem in error.problems]
        problems.extend(one for one in found if one.code != _TOO_FEW and str(one) not in told)
        return _TOO_FEW


def _placed(problem: Problem, guide: ChainParty, guided: ChainParty) -> Problem:
    """The same problem, by the places in the chain."""
    for side, party in (("$.first", guide), ("$.second", guided)):
        if problem.where.startswith(side):
            return Problem(
                problem.code,
                problem.what,
                problem.do,
                f"$.{party.role}{problem.where.removeprefix(side)}",
                problem.given,
            )
    return problem


def _one_scale(compared: Sequence[ProfileSimilarity | LinkMissing], problems: Problems) -> None:
    """Refuse links on two scales: their gaps could not be laid beside one another."""
    scales = {
        str(one.pair.schaal): one.pair.schaal
        for one in compared
        if isinstance(one, ProfileSimilarity) and one.pair.schaal is not None
    }
    if len(scales) > 1:
        do = 'Give metric="pomp" to compare percents of maximum possible.'
        given = ", ".join(sorted(scales))
        problems.add("mixed-scales", "the links are on different scales", do, given=given)


def _fits(
    sturing: object, zelfsturing: object, leefdomein: str | None, datum: date | str | None, problems: Problems
) -> list[RegulatoryFit]:
    """Whether steering fits self-regulation, per link; what was not given is not known."""
    offered = _by_link(sturing, "sturing", problems)
    asked = _by_link(zelfsturing, "zelfsturing", problems)
    found: list[RegulatoryFit] = []
    for name in FIT_LINKS:
        domain = leefdomein if name == "professional-client" else None
        try:
            fit = regulatory_fit(
                offered.get(name), asked.get(name), leefdomein=domain, datum=datum, link=name
            )
        except InputError as error:
            told = {str(problem) for problem in problems}
            problems.extend(
                one for one in (_at_link(problem, name) for problem in error.problems) if str(one) not in told
            )
        else:
            found.append(fit)
    return found


def _at_link(problem: Problem, name: str) -> Problem:
    if problem.where not in ("$.sturing", "$.zelfsturing"):
        return problem
    return Problem(problem.code, problem.what, problem.do, f"{problem.where}.{name}", problem.given)


def _by_link(given: object, what: str, problems: Problems) -> dict[str, Any]:
    """What was given by link; ``manager_professional`` is ``manager-professional`` too."""
    if given is None:
        return {}
    if not is_mapping(given):
        do = f'Give it by link: {what}={{"professional-client": ...}}.'
        problems.add("invalid-value", "not by link", do, where=f"$.{what}", given=shown(given))
        return {}
    found: dict[str, Any] = {}
    for name, level in given.items():
        link = name.replace("_", "-") if isinstance(name, str) else name
        if link not in FIT_LINKS:
            do = suggestion(name, FIT_LINKS)
            problems.add("unknown-name", "no link of the chain", do, where=f"$.{what}", given=shown(name))
        elif link in found:
            do = "Give it once."
            problems.add("duplicate-name", "a link is named twice", do, where=f"$.{what}", given=shown(name))
        else:
            found[link] = level
    return found
