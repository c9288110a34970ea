"""``chains``: the chains of a frame of people, from who guides whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from igm._engines.columns_of import Columns
from igm.congruence.chain_parties import ChainRole
from igm.congruence.chain_people import ChainPeople, PeopleColumns, read_people
from igm.congruence.chains_result import ChainLinks, Chains
from igm.congruence.many_pairs import similarities
from igm.congruence.metrics import CongruenceMetric
from igm.congruence.pairs import FEWEST, asked_constructs
from igm.congruence.who_guides import KINDS, Guided, LinkKind, read_links
from igm.constructs._base import FrozenMapping, is_number, plain_number, shown
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Richting
from igm.errors import InputError, Problems


def chains(
    frame: Any,
    links: Any,
    /,
    *,
    schaal: Schaal | Mapping[ChainRole, Schaal],
    person: str = "ref",
    rol: str = "rol",
    wave: str | None = None,
    by: str | None = None,
    team: str | None = None,
    constructs: Sequence[str | Construct] | None = None,
    metric: Metric | None = None,
    sociale_druk: Richting | str | Mapping[ChainRole, Richting | str] | None = None,
    perceived: str | None = None,
    margin: float | None = None,
    measures: Sequence[str | CongruenceMetric] | None = None,
) -> Chains:
    """The chains of many people, manager to professional to client: for learning, not for appraisal.

    Differences are who guides minus who is guided, as in `igm.congruence.chain`. Who has many clients has a link with
    each, and so has a client with two professionals. A link of which one of the two is not in the frame, and people of
    whom nobody says who guides them, are counted in ``unlinked``.

    A frame carries no consents: keep only the rows of people who consented to the purpose.

    Args:
        frame: A frame in memory of pandas, Polars or PyArrow: a row per person (and wave), with a column per construct.
        links: Who guides whom: the column of the frame that says who guides each person, such as ``"begeleider"``;
            pairs (guide, guided); or a frame of pairs with the columns ``guide`` and ``guided``, and perhaps the wave.
            Pairs without a wave hold at every wave.
        schaal: The scale of everybody, or one per role.
        person: The column that says who.
        rol: The column with ``"manager"``, ``"professional"`` or ``"client"``.
        wave: The column that says when; all rows are of one moment when left out.
        by: The column that says to which organisation somebody belongs.
        team: The column that says to which team a professional belongs; a team is a manager's when left out.
        constructs: Which constructs; the determinants that the frame has when left out.
        metric: ``"pomp"`` when scales differ.
        sociale_druk: Which way social pressure points, for everybody or per role. Where it is not told, social pressure
            takes no part, and ``left_out`` says so.
        perceived: The column with what professionals answer about congruence, on their scale;
            ``congruentie_begeleiding`` when left out and there.
        margin: How large a difference must be, without its sign and on the metric, to be called a break.
        measures: Which figures; the library's own when left out.

    Returns:
        All links with their figures; groups, waves and perceived congruence are asked of it.

    Raises:
        InputError: All that is wrong with columns, then with people, then with links: ``unknown-name``,
            ``unknown-construct``, ``missing-field``, ``not-a-number``, ``value-out-of-range``, ``mixed-scales``,
            ``too-few-constructs``; ``duplicate-name`` for a person who stands in a wave twice or a link that is given
            twice; ``invalid-value`` for a frame that is not in memory, for people who guide themselves or one another
            in a circle, and for links between other roles; as `similarities` for ``measures``.

    Example:
        >>> import pandas as pd
        >>> from igm.constructs import LIKERT5, LIKERT7
        >>> frame = pd.DataFrame({
        ...     "ref": ["m-1", "p-1", "p-2", "c-1", "c-2", "c-3"],
        ...     "rol": ["manager", "professional", "professional", "client", "client", "client"],
        ...     "begeleider": [None, "m-1", "m-1", "p-1", "p-1", "p-9"],
        ...     "houding": [6, 6, 5, 4, 5, 3], "kennis": [5, 2, 4, 2, 1, 4], "context": [4, 4, 4, 3, 3, None]})
        >>> found = chains(frame, "begeleider", metric="pomp", margin=20,
        ...                schaal={"manager": LIKERT7, "professional": LIKERT7, "client": LIKERT5})
        >>> found
        Chains(manager-professional: n=2, professional-client: n=2; metric='pomp')
        >>> found["manager-professional"]["elevation"].round(2)
        array([16.67, 11.11])
        >>> found.unlinked.guide_not_there  # p-9 is not in the frame
        1
    """
    columns = Columns.of(frame)
    problems = Problems()
    keys = None
    try:
        keys = None if constructs is None else asked_constructs(constructs)
    except InputError as error:
        problems.extend(error.problems)
    stated: object = plain_number(margin)
    if stated is not None and (not is_number(stated) or stated < 0):
        do = "Give a size on the metric of at least 0, such as 15, or leave it out."
        code = "value-out-of-range" if is_number(stated) else "not-a-number"
        problems.add(code, "a margin", do, where="$.margin", given=shown(margin))
    names = PeopleColumns(person, rol, wave, by, team, perceived, keys)
    people = read_people(columns, names, schaal, sociale_druk, metric, problems)
    guided = read_links(links, columns, people, wave)
    found: dict[LinkKind, ChainLinks] = {
        kind: _links(people, kind, guided, metric, measures) for kind in KINDS
    }
    return Chains(
        people,
        FrozenMapping(found),
        guided.unlinked,
        "pomp" if metric == "pomp" else "schaal",
        None if metric == "pomp" else people.scales[0],
        None if margin is None else float(margin),
    )


def _links(
    people: ChainPeople,
    kind: LinkKind,
    guided: Guided,
    metric: Metric | None,
    measures: Sequence[str | CongruenceMetric] | None,
) -> ChainLinks:
    first, second = guided.of_kind(people, kind)
    place = KINDS.index(kind)
    directions = people.directions[place], people.directions[place + 1]
    own = [
        column
        for column, key in enumerate(people.constructs)
        if key is not Construct.SOCIALE_DRUK or None not in directions
    ]
    keys = [people.constructs[column] for column in own]
    if len(keys) < FEWEST:
        do = "Give more constructs, or say which way social pressure points with sociale_druk=."
        what = f"too few constructs to compare {kind}"
        raise InputError.of("too-few-constructs", what, do, where="$.constructs", given=str(len(keys)))
    values = people.values[:, own]
    turned = None if Construct.SOCIALE_DRUK not in keys else directions
    alike = similarities(
        values[first],
        values[second],
        constructs=keys,
        schaal=(people.scales[place], people.scales[place + 1]),
        metric=metric,
        sociale_druk=turned if turned is None else (str(turned[0]), str(turned[1])),
        measures=measures,
    )
    return ChainLinks(kind, people, np.asarray(first), np.asarray(second), alike)
