"""The printed chain: who sees it names the broken link, the construct and the n, and learns nothing sensitive."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.congruence.people import GEDRAG, client, manager, professional, profiel

from igm.congruence import Chain, chain
from igm.constructs import LIKERT5, Construct, Missing, Professional, Profiel, Waarde
from igm.errors import InputError

NAMES = ("houding", "eigen_effectiviteit", "kennis", "context", "zelfregulering")
scores = st.integers(1, 7)
three = st.tuples(*(st.lists(scores, min_size=5, max_size=5) for _ in range(3)))


def keten(**more: Any) -> Chain:
    return chain(manager=manager(), professional=professional(), client=client(), metric="pomp", **more)


def seen(text: str) -> str:
    return " ".join(text.split())


def of(scores: list[int], **more: Any) -> Profiel:
    named: dict[str, Any] = dict(zip(NAMES, scores, strict=True))
    return profiel(**named, **more)


def told_breaks(text: str) -> set[tuple[str, str]]:
    """Which links and constructs a reader finds in the sentence about where a chain breaks."""
    sentence = re.search(r"[Dd]e keten breekt (.*?)\.(?= Schakel)", seen(text))
    if sentence is None:
        return set()
    found: set[tuple[str, str]] = set()
    for link, names in re.findall(
        r"in de schakel (\w+ → \w+), bij (.*?)(?=, en in de schakel|$)", sentence[1]
    ):
        labels = {one.label(): one.value for one in Construct}
        link_name = link.replace("cliënt", "client").replace(" → ", "-")
        found |= {(link_name, labels[name]) for name in names.split("; ")}
    return found


@given(three, st.sampled_from([0, 1, 2, 3]))
def test_a_reader_names_the_broken_link_and_the_construct(profiles: Any, margin: int) -> None:
    m, p, c = profiles
    found = chain(manager=of(m), professional=of(p), client=of(c), margin=margin)
    expected = {(name, key.value) for name, keys in found.breaks.items() for key in keys}
    assert told_breaks(str(found)) == expected
    assert ("zo groot dat het hier als breuk telt" in seen(str(found))) == (not expected)


def test_the_card_says_how_many_it_is_about() -> None:
    text = seen(str(keten(margin=20)))
    assert "Dit gaat over 3 mensen (n = 3) en 2 van de 2 schakels" in text
    assert "manager → professional: 6 constructen, waarvan 1 afgeschermd; " in text
    assert "professional → cliënt: 6 constructen, waarvan 1 afgeschermd" in text
    assert "Eén keten zegt niets over een team." in text
    assert "Een breuk is hier: een verschil groter dan 20,00 (POMP, van 0 tot 100)." in text
    assert "Om van te leren, niet om te beoordelen." in text
    assert (
        "professional → cliënt: breuk bij kennis en vaardigheden (de professional ligt 66,67 hoger dan de cliënt)"
        in text
    )


def test_items_are_told_as_far_as_they_are_known() -> None:
    def items(n_valid: int | None, n_items: int | None) -> Profiel:
        waarden = {
            name: Waarde(score=3, schaal=LIKERT5, n_valid=n_valid, n_items=n_items)
            for name in ("houding", "kennis")
        }
        return profiel().model_copy(
            update={"waarden": {Construct(name): one for name, one in waarden.items()}}
        )

    found = chain(manager=items(3, 4), professional=items(3, None), client=items(None, 4))
    assert "Beantwoorde items: manager 6 van 8, professional 6, cliënt niet bekend." in seen(str(found))


def test_without_a_rule_the_largest_difference_is_no_break_yet() -> None:
    text = seen(str(keten()))
    assert (
        "het grootste verschil zit in de schakel professional → cliënt, bij kennis en vaardigheden." in text
    )
    assert "Of een verschil meer is dan meetfout, is niet bekend" in text
    assert " breekt " not in text
    assert "+66,67 (grootste van deze schakel)" in text


def test_the_card_says_which_behaviour_the_values_are_about() -> None:
    text = keten().card().text(2000)
    assert f"De waarden gaan over: {GEDRAG.text()}." in text
    other = of([4, 3, 5, 2, 6]).model_copy(
        update={"gedrag": GEDRAG.model_copy(update={"action": "<b>leiden"})}
    )
    card = chain(manager=other, professional=of([4, 3, 5, 2, 6])).card("en")
    assert f"manager: {other.gedrag.text('en')}; professional: {GEDRAG.text('en')}." in card.text(2000)
    assert "<b>" not in card.html()
    assert "<b>" not in card.markdown()


def test_a_break_is_marked_in_words_at_its_difference() -> None:
    row = next(line for line in keten(margin=20).table().text(200).splitlines() if line.startswith("kennis"))
    assert row.endswith("+66,67 (breuk)")
    assert "+16,67 (breuk)" not in row


def test_what_is_not_known_is_said_and_no_break_is_not_no_difference() -> None:
    text = seen(str(keten(sem={"manager": {"houding": 0.1}})))
    assert "of deze keten breekt, is niet bekend" in text
    assert "een meetfout ontbreekt" in text
    text = seen(str(keten(margin=99)))
    assert "Geen breuk is iets anders dan geen verschil." in text


@pytest.mark.parametrize("who", ["manager", "professional", "client"])
def test_who_is_missing_is_named(who: str) -> None:
    given: dict[str, Any] = {"manager": manager(), "professional": professional(), "client": client()}
    text = seen(str(chain(**(given | {who: None}), metric="pomp")))
    name = {"client": "cliënt"}.get(who, who)
    assert f"niet te vergelijken: de {name} ontbreekt" in text
    assert "Dit gaat over 2 mensen" in text


def test_nothing_to_compare_is_said() -> None:
    text = seen(str(chain(professional=Professional(ref="km-12"), client=client())))
    assert "Er is niets om naast elkaar te zetten." in text
    assert "van de professional zijn er geen waarden" in text
    assert "Dit gaat over 2 mensen (n = 2) en 0 van de 2 schakels." in text


def test_equal_profiles_are_said_to_be_equal() -> None:
    same = of([4, 3, 5, 2, 6])
    text = seen(str(chain(manager=same, professional=same, client=same)))
    assert "De profielen zijn gelijk" in text
    assert "Bij wat hier te zien is, vangt de ene schakel het verschil van de andere niet op." in text


SEMS = {"manager": 0.3, "professional": 0.3, "client": {"houding": 0.2, "belastbaarheid": 0.3}}


@given(three, st.sampled_from([{}, {"margin": 1}, {"margin": 3}, {"sem": SEMS}, {"sem": SEMS, "margin": 1}]))
def test_a_masked_card_is_the_same_whatever_the_sensitive_values_are(lasten: Any, rule: Any) -> None:
    def printed(values: list[int]) -> str:
        parties = [
            of([4, 3, 5, 2, 6], belastbaarheid=values[0]),
            of([4, 4, 5, 1, 5], belastbaarheid=values[1]),
            of([5, 2, 6, 2, 5], belastbaarheid=values[2]),
        ]
        found = chain(manager=parties[0], professional=parties[1], client=parties[2], **rule)
        return "\n".join(
            [str(found), found._repr_html_(), repr(found), repr(found.links), repr(found.readings())]
        )

    assert printed(lasten[0][:3]) == printed(lasten[1][:3])


def test_who_asks_sees_what_is_sensitive() -> None:
    found = keten(margin=20)
    assert "•••" in str(found)
    assert "•••" not in str(found.card(mask=False))
    assert "in de schakel professional → cliënt, bij kennis en vaardigheden; belastbaarheid" in seen(
        str(found.card(mask=False))
    )
    assert "•••" not in found.table().text()
    assert "Ervaren" in str(found)


def test_the_three_notions_stand_apart() -> None:
    found = chain(
        manager=of([4, 3, 5, 2, 6]),
        professional=of([4, 4, 5, 1, 5], congruentie_begeleiding=5),
        client=of([5, 2, 6, 2, 5]),
        metric="pomp",
        sturing={"professional-client": "los"},
        zelfsturing={"professional-client": "midden", "manager-professional": Missing.WEET_NIET},
    )
    text = seen(found.card().text(2000))
    assert "Drie begrippen; zij worden nooit één cijfer" in text
    assert "66,67 op POMP, van 0 tot 100 (5,00 op schaal 1–7)" in text
    assert "Het hoort bij de professional en niet bij één schakel" in text
    assert "Ervaren ligt" in text
    assert "Vorm: r =" in text
    assert "Constructieve frictie" in text
    assert (
        "Niet bekend: hoe sterk de sturing is (niet gevraagd) en hoeveel zelfsturing er nu is (weet niet)."
        in text
    )
    assert "Vermunt" in text
    for word in ("score van de keten", "congruentiescore", "goed", "slecht"):
        assert word not in text.lower()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_card_is_in_one_language(lang: Any) -> None:
    text = seen(keten(margin=20).card(lang).text())
    for dutch in ("Schakel", "breuk", "verschil", "beoordelen", "vaardigheden", "meetfout"):
        assert (dutch in text) == (lang == "nl") or dutch == "meetfout"
    for english in ("Link", "break", "difference", "appraisal", "knowledge"):
        assert (english in text) == (lang == "en")


def test_another_language_is_refused() -> None:
    with pytest.raises(InputError, match="unknown language"):
        keten().card("de")  # type: ignore[arg-type]


class Balanced(HTMLParser):
    """Reads html strictly: what is opened is closed, and no tag is unknown here."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.open.append(tag)
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_well_formed_and_has_headings_and_column_headers() -> None:
    reader = Balanced()
    text = keten(margin=20)._repr_html_()
    reader.feed(text)
    assert reader.open == []
    assert reader.tags <= {
        "section",
        "h3",
        "h4",
        "p",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "ul",
        "li",
        "small",
    }
    assert {"h3", "h4", "caption", "th"} <= reader.tags
    assert '<section lang="nl"' in text
    assert 'scope="col"' in text
    assert "color" not in text


def test_what_people_wrote_is_escaped() -> None:
    found = keten(
        sturing={"professional-client": "los"},
        zelfsturing={"professional-client": "laag"},
        leefdomein="<b>werk",
    )
    assert "<b>" not in found._repr_html_()
    assert "&lt;b&gt;werk" in found._repr_html_()


def test_markdown_has_the_same_sentences() -> None:
    card = keten(margin=20).card("en")
    text = card.markdown()
    assert text.startswith("**Manager, professional and client side by side**")
    for line in card.lead:
        assert line in text
    assert "| construct |" in text


def test_a_card_fits_the_width_that_is_asked_for() -> None:
    card = keten(margin=20).card()
    assert max(len(line) for line in card.text(120).splitlines()) <= 120
