"""Two voices about one client: side by side, in order of difference, never merged, and masked when printed."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igm.congruence import two_voices
from igm.constructs import (
    DETERMINANTS,
    LIKERT5,
    LIKERT7,
    Bron,
    Client,
    Construct,
    Gedrag,
    Kunnen,
    Missing,
    Professional,
    Profiel,
    Richting,
    SocialeDruk,
    Waarde,
    Willen,
)
from igm.errors import MASK, InputError

GEDRAG = Gedrag(action="solliciteren", target="werkgevers", context="alleen", time="nu", doel="werk")
HELPING = [one for one in DETERMINANTS if one is not Construct.SOCIALE_DRUK]


def voice(
    ref: str | None = "c-017", gedrag: Gedrag = GEDRAG, schaal: Any = LIKERT5, **scores: Any
) -> Profiel:
    waarden = {
        name: Waarde(score=one, schaal=schaal) if isinstance(one, (int, float)) else one
        for name, one in scores.items()
    }
    return Profiel(ref=ref, gedrag=gedrag, waarden=waarden)


OWN = voice(houding=4, eigen_effectiviteit=2, kennis=3.5, belastbaarheid=1.5, context=Missing.GEWEIGERD)
OTHER = voice(
    houding=3, eigen_effectiviteit=4, kennis=3.5, belastbaarheid=4.5, context=2, zelfregulering=4.25
)


def names(rows: Any) -> list[str]:
    return [row.construct.value for row in rows]


def test_both_voices_stand_side_by_side_the_largest_difference_first() -> None:
    found = two_voices(OWN, OTHER)
    assert names(found.compared) == ["belastbaarheid", "eigen_effectiviteit", "houding", "kennis"]
    assert [row.difference for row in found.compared] == [-3, -2, 1, 0]
    assert (found["houding"].own, found["houding"].other) == (4, 3)
    assert found.topics is None
    assert "Er is geen marge genoemd" in found.text()


@pytest.mark.parametrize(("margin", "expected"), [(0, 3), (0.99, 3), (1, 2), (2, 1), (3, 0)])
def test_only_what_is_beyond_a_stated_margin_is_a_topic(margin: float, expected: int) -> None:
    found = two_voices(OWN, OTHER, margin=margin)
    assert found.topics is not None
    assert len(found.topics) == expected
    assert found.topics == found.compared[:expected]


def test_rounding_alone_makes_no_topic() -> None:
    found = two_voices(voice(houding=4.3, kennis=1.1), voice(houding=3.3, kennis=2.2), margin=1)
    assert names(found.topics) == ["kennis"]
    assert two_voices(voice(houding=1.3, kennis=1.1), voice(houding=1.2, kennis=1.2), margin=0.1).topics == ()


scores = st.lists(st.integers(10, 50), min_size=6, max_size=6).map(lambda found: [one / 10 for one in found])


@given(scores, scores, st.floats(0, 4))
def test_the_other_order_turns_the_sign_and_nothing_else(own: Any, other: Any, margin: float) -> None:
    one = voice(**{key.value: score for key, score in zip(HELPING, own, strict=True)})
    two = voice(**{key.value: score for key, score in zip(HELPING, other, strict=True)})
    there, back = two_voices(one, two, margin=margin), two_voices(two, one, margin=margin)
    assert names(there.rows) == names(back.rows)
    assert [row.difference for row in there.compared] == [-(row.difference or 0) for row in back.compared]
    assert names(there.topics) == names(back.topics)
    sizes = [round(abs(row.difference or 0), 9) for row in there.compared]
    assert sizes == sorted(sizes, reverse=True)


@given(scores, scores)
def test_nothing_is_made_of_the_two_but_their_difference(own: Any, other: Any) -> None:
    one = voice(**{key.value: score for key, score in zip(HELPING, own, strict=True)})
    two = voice(**{key.value: score for key, score in zip(HELPING, other, strict=True)})
    found = two_voices(one, two, margin=1.0)
    known = {*own, *other, 1.0, 1.0 * LIKERT5.minimum, 5.0}
    known |= {first - second for first, second in zip(own, other, strict=True)}
    assert numbers_in(found.to_dict()) <= known | {1, 5}
    told = " ".join((found.text(), found.text("en"), str(found.to_dict()), str(found.table()), repr(found)))
    assert not re.search(r"gemiddeld|average|\bmean\b|samengesteld|totaal", told)


def numbers_in(data: Any) -> set[float]:
    if isinstance(data, dict):
        return set().union(*(numbers_in(one) for one in data.values())) if data else set()
    if isinstance(data, list):
        return set().union(*(numbers_in(one) for one in data)) if data else set()
    return {data} if isinstance(data, (int, float)) and not isinstance(data, bool) else set()


def test_a_voice_that_is_not_there_is_told_with_its_reason() -> None:
    found = two_voices(OWN, OTHER, margin=1)
    left = [row for row in found.rows if row.difference is None]
    assert names(left) == ["sociale_druk", "context", "zelfregulering"]
    assert (found["context"].own, found["context"].other, found["context"].reason) == (
        Missing.GEWEIGERD,
        2,
        "missing",
    )
    assert "één stem ontbreekt (cliënt: geweigerd; professional: 2,00)" in found.text()
    assert "not known of either (client: not asked; professional: not asked)" in found.text("en")


def druk(score: float, richting: Richting | None = None) -> SocialeDruk:
    return SocialeDruk(score=score, schaal=LIKERT5, richting=richting)


def test_social_pressure_needs_a_direction_on_both_sides() -> None:
    own, other = (voice(houding=4, kennis=3, sociale_druk=druk(4, way)) for way in (Richting.MEE, None))
    row = two_voices(own, other)["sociale_druk"]
    assert (row.own, row.other, row.difference, row.reason) == (4, 4, None, "no-direction")
    against = voice(houding=4, kennis=3, sociale_druk=druk(4, Richting.TEGEN))
    found = two_voices(own, against)
    assert (found["sociale_druk"].other, found["sociale_druk"].difference) == (2, 2)
    assert "bij de professional omgekeerd" in found.text()
    assert found.to_dict()["turned"] == ["other"]


def test_scales_that_differ_need_a_metric() -> None:
    other = voice(schaal=LIKERT7, houding=7, kennis=4)
    with pytest.raises(InputError) as caught:
        two_voices(OWN, other)
    assert caught.value.code == "mixed-scales"
    found = two_voices(OWN, other, metric="pomp")
    assert (found["houding"].own, found["houding"].other, found["houding"].difference) == (75, 100, -25)
    assert found["eigen_effectiviteit"].own == 25


def test_a_value_that_stands_alone_on_another_scale_is_not_shown_beside_the_others() -> None:
    own = voice(houding=4, kennis=3)
    other = Profiel(
        ref="c-017",
        gedrag=GEDRAG,
        waarden={
            "houding": Waarde(score=3, schaal=LIKERT5),
            "kennis": Waarde(score=3, schaal=LIKERT5),
            "context": Waarde(score=7, schaal=LIKERT7),
        },
    )
    found = two_voices(own, other)
    assert found["context"].other is None
    assert json.loads(json.dumps(found.to_dict())) == found.to_dict()


@pytest.mark.parametrize(
    ("own", "other", "options", "expected"),
    [
        (OWN, voice("c-018", houding=3, kennis=3), {}, ("invalid-value", "$.other.ref")),
        (
            OWN,
            voice(gedrag=GEDRAG.model_copy(update={"action": "scholen"}), houding=3, kennis=3),
            {},
            ("invalid-value", "$.other.gedrag"),
        ),
        (OWN, {"houding": 3}, {}, ("invalid-value", "$.other")),
        (None, OTHER, {}, ("invalid-value", "$.own")),
        (OWN, OTHER, {"margin": -1}, ("value-out-of-range", "$.margin")),
        (OWN, OTHER, {"margin": "1"}, ("not-a-number", "$.margin")),
        (OWN, OTHER, {"margin": float("nan")}, ("not-a-number", "$.margin")),
        (OWN, OTHER, {"margin": True}, ("not-a-number", "$.margin")),
        (OWN, OTHER, {"metric": "percent"}, ("unknown-name", "$.metric")),
        (OWN, OTHER, {"constructs": ["houding", "huoding"]}, ("unknown-construct", "$.constructs[1]")),
        (OWN, voice(houding=3), {}, ("too-few-constructs", "$")),
        (
            voice(houding=Waarde(score=3, schaal=LIKERT5, bron=Bron.DESKUNDIGE), kennis=3),
            OTHER,
            {},
            ("invalid-value", "$.own"),
        ),
        (
            OWN,
            voice(houding=Waarde(score=3, schaal=LIKERT5, bron=Bron.KLANT), kennis=3),
            {},
            ("invalid-value", "$.other"),
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(own: Any, other: Any, options: Any, expected: Any) -> None:
    with pytest.raises(InputError) as caught:
        two_voices(own, other, **options)
    assert [(one.code, one.where) for one in caught.value.problems] == [expected]


def test_all_that_is_wrong_is_told_at_once() -> None:
    elsewhere = GEDRAG.model_copy(update={"action": "scholen"})
    with pytest.raises(InputError) as caught:
        two_voices(OWN, voice("c-018", elsewhere, houding=3), margin=-1)
    assert [one.where for one in caught.value.problems] == ["$.other.ref", "$.other.gedrag", "$.margin"]


def test_a_professionals_own_profile_is_not_a_rating_of_the_client() -> None:
    client = Client(
        ref="c-017", gedrag=GEDRAG, schaal=LIKERT5, willen=Willen(houding=4), kunnen=Kunnen(kennis=3)
    )
    professional = Professional(
        ref="p-1", gedrag=GEDRAG, schaal=LIKERT5, willen=Willen(houding=4), kunnen=Kunnen(kennis=3)
    )
    with pytest.raises(InputError) as caught:
        two_voices(client, professional)  # type: ignore[arg-type]
    assert [one.where for one in caught.value.problems] == ["$.other"]
    assert two_voices(client, OTHER) == two_voices(client.profiel, OTHER)


def test_who_it_is_about_must_be_said_or_it_is_told_that_it_was_not_checked() -> None:
    assert two_voices(OWN, OTHER).same_ref
    found = two_voices(voice(None, houding=4, kennis=3), OTHER)
    assert (found.same_ref, found.ref) == (False, "c-017")
    assert "Niet nagegaan of het om dezelfde cliënt gaat" in str(found).replace("\n", " ")


def test_printed_it_masks_what_is_sensitive_and_its_place() -> None:
    found = two_voices(OWN, OTHER, margin=1)
    assert names(found.topics)[0] == "belastbaarheid"
    line = next(one for one in str(found).splitlines() if one.startswith("belastbaarheid"))
    assert line.split() == ["belastbaarheid", MASK, MASK, MASK, MASK]
    shown = [one.split()[0] for one in str(found).splitlines()[3:10]]
    assert shown[-1] == "belastbaarheid"
    for printed in (str(found), found._repr_html_(), repr(found), repr(found.rows)):
        assert not re.search(r"1[.,]50?\b|4[.,]50?\b|−3[.,]00", printed)
    assert MASK in repr(found["belastbaarheid"])
    for asked in (found.table().text(), found.text(), str(found.to_dict())):
        assert re.search(r"1[.,]5", asked)


def test_a_masked_table_does_not_say_whether_the_hidden_one_is_a_topic() -> None:
    far = voice(houding=4, kennis=3, belastbaarheid=5)
    near = voice(houding=4, kennis=3, belastbaarheid=1)
    base = voice(houding=4, kennis=3, belastbaarheid=1)
    assert str(two_voices(base, far, margin=1)) == str(two_voices(base, near, margin=1))
    assert repr(two_voices(base, far, margin=1)) == repr(two_voices(base, near, margin=1))


def test_no_topic_is_never_told_as_agreement() -> None:
    found = two_voices(OWN, OTHER, margin=3)
    assert "geen bewijs dat beiden hetzelfde zien" in found.text()
    assert "no proof that both see the same" in found.table("en").text(1000)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_it_says_that_neither_is_right(lang: Any) -> None:
    said = {"nl": "Geen van beide stemmen is de juiste", "en": "Neither voice is the right one"}[lang]
    found = two_voices(OWN, OTHER)
    assert said in found.text(lang)
    assert said in found.table(lang).text(1000)
