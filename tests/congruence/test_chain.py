"""The chain of manager, professional and client: its links, and what is wrong or missing in what is given."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest
from tests.congruence.people import GEDRAG, client, manager, professional, profiel

import igm
from igm.congruence import Chain, chain, similarity
from igm.constructs import (
    LIKERT5,
    LIKERT7,
    Client,
    Construct,
    Missing,
    Professional,
    Scope,
    Toestemming,
    Waarde,
)
from igm.errors import ConsentError, IgmError, InputError

KENNIS = Construct.KENNIS


def keten(**more: Any) -> Chain:
    return chain(manager=manager(), professional=professional(), client=client(), metric="pomp", **more)


def test_each_link_has_the_figures_of_its_two_profiles() -> None:
    found = igm.congruence.chain(
        manager=manager(), professional=professional(), client=client(), metric="pomp"
    )
    for link, (first, second) in zip(
        found.links, [(manager(), professional()), (professional(), client())], strict=True
    ):
        alone = similarity(first, second, metric="pomp")
        assert (link.shape, link.elevation, link.scatter) == (alone.shape, alone.elevation, alone.scatter)
        assert link.figures == alone.figures
        assert link.differences == alone.differences
        assert link.undefined == {}
    assert [link.name for link in found.links] == ["manager-professional", "professional-client"]
    assert (found.n_people, found.n_links, found.metric) == (3, 2, "pomp")


def test_differences_are_who_guides_minus_who_is_guided() -> None:
    first, second = keten().links
    assert first.differences[KENNIS] == pytest.approx(100 * (6 - 5) / 6)
    assert second.differences[KENNIS] == pytest.approx(100 * 4 / 6 - 0)
    assert [(link.guide.role, link.guided.role) for link in (first, second)] == [
        ("manager", "professional"),
        ("professional", "client"),
    ]


def test_profiles_do_as_well_as_people() -> None:
    by_profile = chain(
        manager=manager().profiel,
        professional=professional().profiel,
        client=client().profiel,
        metric="pomp",
    )
    assert by_profile.to_dict() == keten().to_dict()


@pytest.mark.parametrize("who", ["manager", "professional", "client"])
def test_who_is_missing_keeps_their_place_in_the_chain(who: str) -> None:
    given: dict[str, Any] = {"manager": manager(), "professional": professional(), "client": client()}
    found = chain(**(given | {who: None}), metric="pomp")
    assert len(found.links) == 2
    for link in found.links:
        touched = who in (link.guide.role, link.guided.role)
        assert link.missing == ("missing-party" if touched else None)
        assert (link.profile is None) == touched
        if touched:
            assert (link.shape, link.elevation, link.scatter, link.is_broken) == (None, None, None, None)
            assert link.undefined["shape"] == "missing-party"
    assert found.n_people == 2
    assert found.n_links == (0 if who == "professional" else 1)


def test_a_person_without_values_is_another_thing_than_nobody() -> None:
    found = chain(manager=manager(), professional=Professional(ref="km-12"), client=client(), metric="pomp")
    assert [link.missing for link in found.links] == ["no-profile", "no-profile"]
    assert found.n_people == 3
    assert found.perceived.missing == "no-profile"


def test_too_few_common_constructs_are_told_of_the_link() -> None:
    found = chain(
        manager=profiel(houding=6, kennis=5),
        professional=profiel(houding=5, kennis=4),
        client=profiel(houding=4, context=3),
    )
    assert [link.missing for link in found.links] == [None, "too-few-constructs"]
    assert found.links[1].gaps == ()


def test_a_chain_without_anyone_is_refused() -> None:
    with pytest.raises(InputError, match=r"without anyone.*\[missing-field\]"):
        chain()


def test_a_person_in_the_place_of_another_role_is_refused_with_all_else() -> None:
    with pytest.raises(InputError) as caught:
        chain(manager=client(), professional=manager(), client=5, margin=-1, sem={"chef": {}})  # type: ignore[arg-type,dict-item]
    told = [(problem.code, problem.where) for problem in caught.value.problems]
    assert told == [
        ("invalid-value", "$.manager"),
        ("invalid-value", "$.professional"),
        ("invalid-value", "$.client"),
        ("value-out-of-range", "$.margin"),
        ("unknown-name", "$.sem"),
    ]
    assert "a Client in the place of the manager" in str(caught.value)


@pytest.mark.parametrize(
    ("who", "where"), [("professional", "$.professional.ref"), ("client", "$.client.ref")]
)
def test_nobody_guides_themselves(who: str, where: str) -> None:
    given: dict[str, Any] = {"manager": manager(), "professional": professional(), "client": client()}
    given[who] = given[who].model_copy(update={"ref": "m-2"})
    with pytest.raises(InputError, match=r"are the same person.*nobody guides themselves") as caught:
        chain(**given, metric="pomp")
    assert [problem.where for problem in caught.value.problems] == [where]


def test_profiles_of_one_person_are_a_link_to_themselves_too() -> None:
    own = profiel(ref="m-2", houding=6, kennis=5)
    with pytest.raises(InputError, match="duplicate-name"):
        chain(manager=own, professional=own)


def test_scales_that_differ_need_a_metric() -> None:
    with pytest.raises(InputError, match=r"different scales.*pomp.*\[mixed-scales\]"):
        chain(manager=manager(), professional=professional(), client=client())


def test_each_link_on_a_scale_of_its_own_is_refused() -> None:
    # link 1 shares what stands on seven points, link 2 what stands on five
    middle = profiel(houding=6, kennis=5)
    five = {name: Waarde(score=3, schaal=LIKERT5) for name in ("context", "zelfregulering")}
    both = middle.model_copy(
        update={"waarden": {**middle.waarden, **{Construct(k): v for k, v in five.items()}}}
    )
    guided = profiel().model_copy(update={"waarden": {Construct(k): v for k, v in five.items()}})
    with pytest.raises(InputError, match=r"links are on different scales.*got 1–5, 1–7"):
        chain(manager=middle, professional=both, client=guided)


def test_one_scale_needs_no_metric() -> None:
    found = chain(manager=profiel(houding=6, kennis=5), professional=profiel(houding=4, kennis=5))
    assert (found.metric, str(found.schaal)) == ("schaal", "1–7")
    assert found.links[0].elevation == 1


def test_a_problem_names_the_place_in_the_chain() -> None:
    with pytest.raises(InputError) as caught:
        chain(manager=manager(), professional=professional(), metric="pop", constructs=["huoding", "kennis"])  # type: ignore[arg-type]
    assert [problem.where for problem in caught.value.problems] == ["$.metric", "$.constructs[0]"]


@pytest.mark.parametrize(
    ("more", "code"),
    [({"metric": "pop"}, "unknown-name"), ({"constructs": ["huoding"]}, "unknown-construct")],
)
def test_what_is_asked_is_checked_also_where_nothing_is_compared(more: Any, code: str) -> None:
    with pytest.raises(IgmError) as caught:
        chain(manager=manager(), **more)
    assert code in {problem.code for problem in caught.value.problems}


def test_someone_with_several_profiles_is_asked_which() -> None:
    other = GEDRAG.model_copy(update={"action": "leiden"})
    many = manager().with_profiel(profiel(houding=3).model_copy(update={"gedrag": other}))
    with pytest.raises(IgmError, match=r"\$\.manager") as caught:
        chain(manager=many, professional=professional(), metric="pomp")
    assert caught.value.code == "ambiguous-profile"


def test_identical_profiles_have_no_gap() -> None:
    same: dict[str, Any] = {
        "houding": 4,
        "kennis": 5,
        "context": 3,
        "zelfregulering": 6,
        "eigen_effectiviteit": 2,
    }
    found = chain(manager=profiel(**same), professional=profiel(**same), client=profiel(**same), margin=0)
    for link in found.links:
        assert (link.largest, link.breaks, link.is_broken) == ((), (), False)
        assert link.shape == pytest.approx(1)
    assert found.largest == ()
    assert found.compensated == ()


def test_a_flat_profile_has_no_shape_and_says_so() -> None:
    names = ("houding", "kennis", "context", "zelfregulering", "eigen_effectiviteit")
    level: dict[str, Any] = dict.fromkeys(names, 4)
    flat = profiel(**level)
    bent: dict[str, Any] = dict(zip(names, (3, 4, 5, 4, 3), strict=True))
    other = profiel(**bent)
    found = chain(manager=flat, professional=flat, client=other)
    assert [link.undefined["shape"] for link in found.links] == ["both-flat", "flat-profile"]
    assert [link.shape for link in found.links] == [None, None]


def test_below_five_constructs_nothing_is_said_of_shape() -> None:
    found = chain(manager=profiel(houding=6, kennis=5), professional=profiel(houding=4, kennis=5))
    assert found.links[0].undefined["shape"] == "few-constructs"
    assert found.links[0].elevation == 1


def test_levels_reach_their_own_link_and_unknown_stays_unknown() -> None:
    found = keten(
        sturing={"manager-professional": "los", "professional_client": "sterk"},
        zelfsturing={"manager-professional": Missing.GEWEIGERD, "professional-client": "regievoerder"},
        leefdomein="werk",
        datum="2026-03-02",
    )
    first, second = (link.regulatory_fit for link in found.links)
    assert (first.fit, dict(first.missing), first.link) == (
        None,
        {"zelfsturing": Missing.GEWEIGERD},
        "manager-professional",
    )
    assert (second.fit, second.direction, second.leefdomein) == ("destructieve_frictie", "meer", "werk")
    assert first.leefdomein is None
    assert [link.regulatory_fit.fit for link in keten().links] == [None, None]


def test_levels_that_cannot_be_read_are_told_with_their_link() -> None:
    with pytest.raises(InputError) as caught:
        keten(
            sturing={"professional-client": "strek", "client-manager": "los"},
            zelfsturing="hoog",
            datum="gisteren",
        )
    told = [(problem.code, problem.where) for problem in caught.value.problems]
    assert told == [
        ("unknown-name", "$.sturing"),
        ("invalid-value", "$.zelfsturing"),
        ("invalid-value", "$.datum"),
        ("unknown-name", "$.sturing.professional-client"),
    ]


YES = [Toestemming(scope=Scope.ONDERZOEK, datum=date(2026, 1, 1))]


def consenting(**who: Any) -> dict[str, Any]:
    return {
        name: one.model_copy(update={"toestemmingen": tuple(YES)}) if one is not None else None
        for name, one in who.items()
    }


def test_for_research_nobody_is_compared_without_consent() -> None:
    with pytest.raises(ConsentError, match="3 of 3 people"):
        keten(doel="onderzoek")
    given = consenting(manager=manager(), professional=professional(), client=client())
    assert chain(**given, metric="pomp", doel="onderzoek").n_links == 2
    with pytest.raises(ConsentError, match="1 of 3 people"):
        chain(**(given | {"client": client()}), metric="pomp", doel="onderzoek")
    with pytest.raises(ConsentError, match="1 of 2 people"):  # a profile alone carries no consent
        chain(**(given | {"client": None, "manager": manager().profiel}), metric="pomp", doel="onderzoek")


def test_consent_does_not_reach_back() -> None:
    dated = Client(
        ref="c-017",
        gedrag=GEDRAG,
        schaal=LIKERT7,
        intentie=Waarde(score=4, datum=date(2025, 6, 1)),
        toestemmingen=YES,
    )
    with pytest.raises(ConsentError, match="1 of 1 people"):
        chain(client=dated, doel="onderzoek")


def test_another_purpose_is_refused() -> None:
    with pytest.raises(InputError, match="unknown purpose"):
        keten(doel="beoordelen")


def test_a_chain_is_told_in_one_line_and_can_be_stored() -> None:
    found = keten(margin=20)
    assert repr(found) == "Chain(manager-professional: k=6; professional-client: k=6; metric='pomp')"
    assert len({found, keten(margin=20)}) == 1
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 (made here)
    stored = found.to_dict()
    assert stored["doel"] == "leren"
    assert stored["links"][1]["breaks"] == ["kennis", "belastbaarheid"]


def test_values_are_on_the_metric_and_hide_what_is_sensitive() -> None:
    found = keten()
    assert found.values["client"][KENNIS] == 0
    assert found.values["professional"][Construct.HOUDING] == pytest.approx(100 * 5 / 6)
    assert "•••" in repr(found.values["client"])


def test_two_small_differences_are_nothing_to_make_up_for() -> None:
    parties: dict[str, Any] = {
        "manager": profiel(houding=4, kennis=7),
        "professional": profiel(houding=5, kennis=2),
        "client": profiel(houding=4, kennis=6),
    }
    small, large = chain(**parties, margin=2).compensated[::-1]
    assert (small.construct, small.beyond, large.beyond) == (igm.Construct.HOUDING, False, True)
    card = chain(**parties, margin=2).card().text()
    assert "houding: manager min professional" not in card
    assert "Hier is geen breuk te zien" in " ".join(chain(**parties, margin=6).card().text().split())
    assert "kennis en vaardigheden: manager min professional" in " ".join(card.split())
    assert "houding: manager min professional" in chain(**parties).card().text()
