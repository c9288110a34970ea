"""Random questionnaires and answers, with texts that other systems trip over."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from igm.constructs import Afname, Missing, Vragenlijst

KEYS = ["houding", "sociale_druk", "belastbaarheid", "intentie"]
TEXT = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\u2028\u2029"),
    min_size=1,
    max_size=12,
).filter(lambda text: bool(text.strip()))
STRANGE = ["a'b", "a\\b", 'a"b', "é |%2", "score", "%resource", "{}", "ß😀", "a`b", "x) or (y"]


@st.composite
def lijsten(draw: st.DrawFn) -> Vragenlijst:
    minimum = draw(st.integers(-20, 20))
    width = draw(st.one_of(st.integers(1, 10), st.sampled_from([20, 21, 100, 70_000])))
    answers = [str(answer) for answer in range(minimum, minimum + min(width, 30) + 1)]
    anchors = draw(st.dictionaries(st.sampled_from(answers), TEXT, max_size=4))
    named = draw(st.sets(st.sampled_from(sorted(anchors)))) if anchors else set()
    ids = draw(
        st.lists(st.one_of(TEXT, st.sampled_from(STRANGE)), min_size=1, max_size=8, unique_by=str.strip)
    )
    items = [
        {
            "id": name,
            "construct": draw(st.sampled_from(KEYS)),
            "nl": draw(TEXT),
            "en": draw(TEXT),
            "reversed": draw(st.booleans()),
            "facet": draw(st.sampled_from([None, "a", "capacity"])),
        }
        for name in ids
    ]
    data: dict[str, Any] = {
        "id": draw(TEXT),
        "version": draw(TEXT),
        "titel": {"nl": draw(TEXT), "en": draw(TEXT), **draw(st.dictionaries(st.just("fy"), TEXT))},
        "rol": draw(st.sampled_from(["client", "professional", "manager"])),
        "gedrag": {part: draw(TEXT) for part in ("action", "target", "context", "time", "doel")},
        "schaal": {"minimum": minimum, "maximum": minimum + width, "anchors": anchors},
        "anchors_en": {name: draw(TEXT) for name in named},
        "status": draw(TEXT),
        "licentie": draw(TEXT),
        "bron": draw(TEXT),
        "toelichting": draw(st.none() | TEXT),
        "toelichting_en": draw(st.none() | TEXT),
        "items": items,
    }
    return Vragenlijst.model_validate(data)


def afnames(lijst: Vragenlijst) -> st.SearchStrategy[Afname]:
    answer = st.none() | st.sampled_from(Missing) | st.integers(lijst.schaal.minimum, lijst.schaal.maximum)
    return st.builds(
        Afname,
        ref=st.just("c-017"),
        antwoorden=st.fixed_dictionaries(
            {}, optional=dict.fromkeys((item.id for item in lijst.items), answer)
        ),
        datum=st.none() | st.dates(),
    )
