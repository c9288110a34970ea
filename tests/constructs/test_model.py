"""The model as data."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igm._content import shipped
from igm.constructs.gedragsmodel import EdgeKind
from igm.constructs.model import DETERMINANTS, Construct, Dimension, Polarity, construct, model
from igm.errors import UnknownNameError

VARIANTS = ("blonk2018", "fa2010", "leiden2021")


@pytest.mark.parametrize("name", Construct)
def test_every_construct_is_described_in_both_languages(name: Construct) -> None:
    info = name.info
    assert set(info.label) == set(info.definition) == {"nl", "en"}
    assert all(text.strip() for text in (*info.label.values(), *info.definition.values(), info.source))


def test_labels_are_unique_within_a_language() -> None:
    for lang in ("nl", "en"):
        labels = [name.info.label[lang] for name in Construct]
        assert len(set(labels)) == len(labels)


def test_no_name_means_two_constructs() -> None:
    owners: dict[str, Construct] = {}
    for name in Construct:
        for alias in (name.value, *name.info.label.values(), *name.info.aliases):
            folded = "_".join(alias.casefold().replace("-", " ").replace("_", " ").split())
            assert owners.setdefault(folded, name) is name, alias
            assert construct(alias) is name


def test_only_social_pressure_has_no_direction_of_its_own() -> None:
    assert [name for name in Construct if name.polarity is Polarity.CONTEXTUEEL] == [Construct.SOCIALE_DRUK]


def test_values_about_health_are_sensitive() -> None:
    sensitive = {name for name in Construct if name.info.sensitive}
    assert sensitive == {Construct.BELASTBAARHEID, Construct.INVLOED_BELASTBAARHEID_CONTEXT}


def test_seven_determinants_belong_to_willen_and_kunnen() -> None:
    assert [name.dimension for name in DETERMINANTS] == [Dimension.WILLEN] * 3 + [Dimension.KUNNEN] * 4
    others = set(Construct) - set(DETERMINANTS)
    assert not {name.dimension for name in others} & {Dimension.WILLEN, Dimension.KUNNEN}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("attitude", "houding"),
        ("self_efficacy", "eigen_effectiviteit"),
        ("eigen-effectiviteit", "eigen_effectiviteit"),
        ("Geloof in eigen kunnen", "eigen_effectiviteit"),
        ("sociale norm", "sociale_druk"),
        ("kennis en vaardigheden", "kennis"),
        ("  KENNIS  ", "kennis"),
        ("randvoorwaarden", "context"),
        ("zelfregulatie", "zelfregulering"),
        ("intention", "intentie"),
        ("behavior", "gedrag"),
        ("beïnvloeden", "beinvloeden"),
    ],
)
def test_names_of_the_field_are_understood(name: str, meant: str) -> None:
    assert construct(name) is Construct(meant)


def test_an_unknown_name_gets_a_suggestion_and_its_path() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'zelfregulering'") as caught:
        construct("zelfreguleringg", where="$.items[2]")
    assert (caught.value.code, caught.value.problems[0].where) == ("unknown-construct", "$.items[2]")


@pytest.mark.parametrize("wrong", [None, 3, True, ["houding"]])
def test_what_is_no_name_is_refused(wrong: object) -> None:
    with pytest.raises(UnknownNameError):
        construct(wrong)  # type: ignore[arg-type]


@given(st.text())
def test_any_text_is_a_construct_or_an_error(name: str) -> None:
    with suppress(UnknownNameError):
        assert isinstance(construct(name), Construct)


def test_all_variants_ship() -> None:
    assert set(shipped("models")) == {"constructs", "regulatory_fit", *VARIANTS}


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_arrow_joins_two_nodes_and_every_node_has_an_arrow(variant: str) -> None:
    found = model(variant)
    ends = {end for edge in found.edges for end in (edge.source, edge.target)}
    assert ends == set(found.nodes)
    assert len({(edge.source, edge.target) for edge in found.edges}) == len(found.edges)
    assert found.source
    assert found.title


def test_blonk_has_the_seven_determinants_on_their_own_places() -> None:
    edges = {(edge.source, edge.target): edge.kind for edge in model().edges}
    for name in DETERMINANTS:
        if name.dimension is Dimension.WILLEN:
            assert edges[name, "intentie"] is EdgeKind.DETERMINES
        else:
            assert edges[name, "gedrag"] is EdgeKind.MODERATES
    assert edges["intentie", "gedrag"] is EdgeKind.DETERMINES
    assert edges["gedrag", "doel"] is EdgeKind.DETERMINES
    assert {target for (source, target), kind in edges.items() if kind is EdgeKind.FEEDS_BACK} == {
        name for name in DETERMINANTS if name.dimension is Dimension.WILLEN
    }
    assert any("sources differ" in note for note in model().notes)


def test_nodes_of_blonk_are_constructs() -> None:
    assert {construct(node) for node in model().nodes} == {
        *DETERMINANTS,
        Construct.INTENTIE,
        Construct.GEDRAG,
        Construct.DOEL,
    }


def test_reasoned_action_puts_beliefs_before_the_three_and_control_beside_intention() -> None:
    edges = {(edge.source, edge.target): edge.kind for edge in model("fa2010").edges}
    assert edges["normative_beliefs", "perceived_norm"] is EdgeKind.DETERMINES
    assert edges["actual_control", "behaviour"] is EdgeKind.MODERATES
    assert edges["behaviour", "behavioural_beliefs"] is EdgeKind.FEEDS_BACK
    assert construct("perceived_norm") is Construct.SOCIALE_DRUK
    assert construct("perceived_behavioural_control") is Construct.EIGEN_EFFECTIVITEIT


def test_leiden_has_hindrances_that_are_no_construct() -> None:
    assert "belemmeringen" in model("leiden2021").nodes
    with pytest.raises(UnknownNameError):
        construct("belemmeringen")


def test_an_unknown_variant_gets_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'blonk2018'"):
        model("blonk2017")
    with pytest.raises(UnknownNameError):
        model("constructs")


def test_a_variant_shows_itself() -> None:
    blonk = model()
    assert "houding" in str(blonk.table())
    assert blonk._repr_html_().startswith("<table>")
