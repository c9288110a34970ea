"""Plain values are read by a shorter way; it says what the careful way says, or leaves the case to that."""

from __future__ import annotations

import math
import pickle
from datetime import date, datetime
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import igm
from igm.constructs.waarde import Missing
from igm.decision import Afwegingskader, Casus, Fact, Gegeven, Row, Uitkomst, feit, known
from igm.decision.casus import read_plain, read_with_care
from igm.decision.conditions import Always
from igm.decision.plain_facts import PlainFacts
from igm.errors import InputError

Plain = Uitkomst.declare("Plain", {"NEE": "nee", "JA": "ja"})
DAY = date(2024, 10, 1)


def every_kind() -> Afwegingskader[Uitkomst]:
    conditions = [
        known(feit.ja_nee("schulden")) & feit.getal("uren").between(8, 36),
        ~known(feit.keuze("trend")) & feit.ja_nee("schulden"),
        feit.keuze("trend").one_of("beter") & ~feit.ja_nee("gemeld"),
        feit.datum("sinds").years() >= 2,
    ]
    return Afwegingskader(
        id="plain",
        version="1",
        titel="Elke soort feit",
        bron="voorbeeld",
        uitkomsten=Plain,
        volgorde=(Plain("nee"), Plain("ja")),
        gunstig=Plain("ja"),
        bij_onbekend=Plain("nee"),
        feiten=[
            Fact.ja_nee("schulden", label="schulden"),
            Fact.keuze("trend", label="trend", opties=("beter", "slechter"), geldt_als="schulden"),
            Fact.ja_nee("gemeld", label="gemeld", zonder_melding=False),
            Fact.getal("uren", label="uren", eenheid="uur", minimum=0, maximum=40),
            Fact.datum("sinds", label="sinds", maximum=date(2024, 12, 31)),
        ],
        beslis=[
            *(Row(id=f"r{i}", als=als, dan="ja", omdat=f"r{i}") for i, als in enumerate(conditions)),
            Row(id="anders", als=Always(), dan="nee", omdat="anders"),
        ],
    )


KADERS = (every_kind(), igm.kader("leiden-2021"))
ODD = (0, 1, 17, 17.5, -1, math.nan, math.inf, "ja", "beter", "weet_niet", "2020-01-31", date(2020, 1, 31))
ODDER: tuple[object, ...] = (
    date(2030, 1, 1),
    datetime(2020, 1, 31),  # noqa: DTZ001 (a time where a day is asked for)
    np.True_,
    np.float64(8),
    Missing.GEWEIGERD,
    [],
    {},
)
VALUES = st.one_of(
    st.sampled_from([True, False, None]), st.sampled_from([*ODD, *ODDER, Gegeven(waarde=True)])
)


def parts(casus: Casus) -> dict[str, Any]:
    found = {field.name: getattr(casus, field.name) for field in attrs.fields(Casus)}
    return {**found, "effective": dict(casus.effective), "order": list(casus.values)}


@given(st.sampled_from(KADERS), st.data())
def test_both_ways_read_the_same(kader: Afwegingskader[Any], data: st.DataObject) -> None:
    names = st.sampled_from([*kader.feiten, "iets_anders"])
    simple = data.draw(st.booleans())
    facts: dict[str, Any] = data.draw(
        st.dictionaries(names, st.sampled_from([True, False, None, 17, "beter"]) if simple else VALUES)
    )
    facts |= {"peildatum": data.draw(st.sampled_from([DAY, DAY, None, "2024-10-01", "gisteren"]))}
    facts |= {"ref": data.draw(st.sampled_from([None, "c1", " c1", 7]))}
    plain = read_plain(kader, dict(facts))
    if plain is not None:
        careful = read_with_care(kader, dict(facts))
        assert parts(plain) == parts(careful)
        assert (plain.values, plain.own) == (kader.casus(facts).values, (0,) * len(kader.vragen))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("schulden", 1),
        ("schulden", np.True_),
        ("schulden", Missing.WEET_NIET),
        ("schulden", Gegeven(waarde=True)),
        ("trend", "weet_niet"),
        ("trend", "anders"),
        ("uren", True),
        ("uren", 41),
        ("uren", math.nan),
        ("sinds", "2020-01-31"),
        ("sinds", date(2030, 1, 1)),
        ("iets_anders", True),
        ("antwoorden", {}),
        ("peildatum", "2024-10-01"),
        ("ref", " spatie"),
    ],
)
def test_what_needs_a_closer_look_is_left_to_the_careful_way(name: str, value: object) -> None:
    assert read_plain(KADERS[0], {"peildatum": DAY}) is not None
    assert read_plain(KADERS[0], {"peildatum": DAY, name: value}) is None


def test_plain_values_take_the_short_way() -> None:
    facts = {"schulden": False, "uren": 12, "sinds": date(2020, 1, 31), "peildatum": DAY, "ref": "c1"}
    casus = read_plain(KADERS[0], dict(facts))
    assert casus == KADERS[0].casus(facts)
    assert casus is not None
    assert casus.aangenomen == ("gemeld",)
    assert str(casus.effective["trend"]) == "n.v.t."


def test_the_data_that_were_given_stay_as_they_were() -> None:
    facts = {"schulden": True, "peildatum": DAY, "ref": "c1"}
    casus = KADERS[0].casus(facts)
    facts["schulden"] = False
    assert (facts["ref"], casus.values["schulden"]) == ("c1", True)
    assert casus.effective["schulden"] is True


def test_a_wrong_value_is_still_told_with_all_others() -> None:
    with pytest.raises(InputError) as caught:
        KADERS[0].casus(schulden=1, uren=41, iets_anders=True, peildatum=DAY)
    assert [problem.code for problem in caught.value.problems] == ["fact-kind", "fact-bounds", "unknown-fact"]


def test_what_is_worked_out_is_kept_with_the_kader_and_not_pickled() -> None:
    kader = KADERS[1]
    kader.casus(motivatie=True)
    assert PlainFacts.of(kader) is PlainFacts.of(kader)
    assert PlainFacts.of(KADERS[0]) is not PlainFacts.of(kader)
    assert "_plain_facts" not in vars(pickle.loads(pickle.dumps(kader)))  # noqa: S301 (made here)
