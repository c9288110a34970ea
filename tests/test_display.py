"""One table and one tree, shown as text, markdown and html."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igm._display import EMPTY, Column, Language, Table, Tree, number
from igm.errors import MASK

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=20).map(" ".join)


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> Tree:
    children = draw(st.lists(trees(depth=depth - 1), max_size=3)) if depth else []
    return Tree(draw(WORDS), children)


def widest(text: str) -> int:
    return max(len(line) for line in text.split("\n"))


# numbers


@pytest.mark.parametrize(
    ("value", "digits", "lang", "shown"),
    [
        (3.14159, 2, "nl", "3,14"),
        (3.14159, 1, "en", "3.1"),
        (0.0, 2, "nl", "0,00"),
        (1234567.891, 1, "nl", "1234567,9"),
        (66.6, 0, "nl", "67"),
        (4, 2, "en", "4.00"),
        (None, 2, "nl", EMPTY),
        (None, 2, "en", EMPTY),
    ],
)
def test_numbers_as_people_read_them(value: float | None, digits: int, lang: Language, shown: str) -> None:
    assert number(value, digits, lang=lang) == shown


# tables


def table(lang: Language = "nl") -> Table:
    return Table(
        ["construct", Column("score", "right"), Column("n", "right", 0)],
        [["houding", 4.25, 12], ["kennis", None, 3.0]],
        title="Profiel",
        notes=["Sociale druk staat apart."],
        lang=lang,
    )


def test_a_table_as_text() -> None:
    assert str(table()).splitlines() == [
        "Profiel",
        "construct  score   n",
        "---------  -----  --",
        "houding     4,25  12",
        "kennis         –   3",
        "Sociale druk staat apart.",
    ]


def test_a_table_in_english_has_decimal_points() -> None:
    assert "4.25" in table("en").text()
    assert "4,25" not in table("en").text()


@given(st.lists(st.tuples(WORDS, WORDS, st.none() | st.floats(0, 5)), max_size=4), st.integers(40, 120))
def test_a_table_is_never_wider_than_asked(rows: list[tuple[str, str, float | None]], width: int) -> None:
    shown = Table(
        ["feit", "label", Column("score", "right")],
        rows,
        title="een titel die zelf ook lang kan zijn " * 3,
        notes=["een noot die ook lang is " * 6],
    )
    text = shown.text(width)
    assert widest(text) <= width
    for left, right, _ in rows:
        for word in (left + " " + right).split():
            assert word in text


def test_a_long_cell_wraps_within_its_column() -> None:
    shown = Table(["a", "b"], [["kort", "een lange tekst die niet op een regel past"]])
    lines = shown.text(26).splitlines()
    assert lines == [
        "a     b",
        "----  --------------------",
        "kort  een lange tekst die",
        "      niet op een regel",
        "      past",
    ]


def wide(figures: int, header: str = "mean (sd)") -> Table:
    columns: list[str | Column] = [
        "site",
        "construct",
        *(Column(header, "right") for _ in range(figures)),
        "test",
    ]
    return Table(columns, [["noord", "kennis en vaardigheden", *["3,25 (0,58)"] * figures, "gepaard"]])


def test_headers_fold_before_columns_go_on_below() -> None:
    assert wide(1, "a heading of words").text(58).splitlines() == [
        "site   construct               a heading of words  test",
        "-----  ----------------------  ------------------  -------",
        "noord  kennis en vaardigheden         3,25 (0,58)  gepaard",
    ]
    assert wide(1, "a heading of words").text(45).splitlines() == [
        "site   construct        a heading of  test",
        "                               words",
        "-----  ------------  ---------------  -------",
        "noord  kennis en         3,25 (0,58)  gepaard",
        "       vaardigheden",
    ]


def test_columns_that_do_not_fit_go_on_below_with_what_the_row_is_about() -> None:
    parts = [part.splitlines() for part in wide(5).text(58).split("\n\n")]
    assert [part[0].split() for part in parts] == [
        ["site", "construct", *["mean", "(sd)"] * 3],
        ["site", "construct", *["mean", "(sd)"] * 2, "test"],
    ]
    assert all(part[2].startswith("noord  kennis en") for part in parts)


@given(st.integers(0, 30), st.integers(45, 200), st.sampled_from(["mean (sd)", "x" * 200]))
def test_a_table_of_many_figures_is_never_wider_than_asked(figures: int, width: int, header: str) -> None:
    text = wide(figures, header).text(width)
    assert widest(text) <= width
    assert text.count("3,25 (0,58)") == figures


def test_the_default_width_fits_a_terminal() -> None:
    shown = Table(["a", "b"], [["woord " * 40, "woord " * 40]])
    assert widest(str(shown)) <= 100


def test_a_table_without_rows_shows_its_headers() -> None:
    assert Table(["feit", "waarde"], []).text() == "feit  waarde\n----  ------"


def test_a_row_that_does_not_fit_the_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="has 1 cells for 2 columns"):
        Table(["a", "b"], [["x"]])


def test_a_table_as_markdown() -> None:
    assert table().markdown().splitlines() == [
        "**Profiel**",
        "",
        "| construct | score | n |",
        "| --- | ---: | ---: |",
        "| houding | 4,25 | 12 |",
        "| kennis | – | 3 |",
        "",
        "Sociale druk staat apart.  ",
    ]


@given(st.text("a|\\\n", max_size=12), st.text("b|\\\n", max_size=12))
def test_no_cell_breaks_a_markdown_row(left: str, right: str) -> None:
    lines = Table([left, right], [[right, left]]).markdown().split("\n")
    assert len(lines) == 3
    for line in lines:
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 3


def test_markdown_shows_text_as_text() -> None:
    attack = "<script>alert(1)</script> & <img src=x>"
    for shown in (
        Table([attack], [[attack]], title=attack, notes=[attack]).markdown(),
        Tree(attack, [attack]).markdown(),
    ):
        assert not re.search(r"<\w", shown)
        assert "&lt;script>alert(1)&lt;/script> &amp; &lt;img" in shown


@pytest.mark.parametrize("title", ["", "titel"])
@pytest.mark.parametrize("rows", [[], [[]]])
def test_a_table_without_columns_shows_what_is_around_it(title: str, rows: list[list[str]]) -> None:
    shown = Table([], rows, title=title, notes=["noot"])
    assert [line for line in shown.text().splitlines() if line] == [*([title] if title else []), "noot"]
    assert "noot" in shown.markdown()
    assert "noot" in shown.html()


@pytest.mark.parametrize("width", [-3, 0, 1, 5])
def test_no_width_is_too_narrow_to_show_anything(width: int) -> None:
    assert "cc" in Tree("aa bb cc", ["dd", Tree("e", ["f", Tree("g", ["h"])])]).text(width)
    assert "kennis" in Table(["a"], [["kennis"]], title="een titel", notes=["een noot"]).text(width)


def test_html_shows_text_as_text() -> None:
    attack = '<script>alert("x")</script>'
    shown = Table([attack], [[attack]], title=attack, notes=[attack]).html()
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") == 4


def test_html_tells_what_a_screen_reader_needs() -> None:
    shown = table()._repr_html_()
    assert "<caption>Profiel</caption>" in shown
    assert shown.count('<th scope="col"') == 3
    assert '<td style="text-align:right">4,25</td>' in shown
    assert f'<td style="text-align:right">{EMPTY}</td>' in shown


def test_what_is_absent_is_a_dash_in_every_form() -> None:
    shown = Table(["a"], [[None]])
    for form in (shown.text(), shown.markdown(), shown.html()):
        assert EMPTY in form
        assert "None" not in form


# trees


def test_a_tree_as_text() -> None:
    tree = Tree("advies", [Tree("voor", ["motivatie", "jong"]), "tegen"])
    assert str(tree).splitlines() == ["advies", "├─ voor", "│  ├─ motivatie", "│  └─ jong", "└─ tegen"]


@given(trees(), st.integers(24, 100))
def test_a_tree_is_never_wider_than_asked(tree: Tree, width: int) -> None:
    assert widest(tree.text(width)) <= width


@given(trees())
def test_a_tree_keeps_every_word_in_order(tree: Tree) -> None:
    def labels(node: Tree) -> list[str]:
        return node.label.split() + [word for child in node.children for word in labels(child)]

    assert [word for word in tree.text(30).split() if word.isalpha()] == labels(tree)


def test_a_long_label_wraps_under_its_branch() -> None:
    tree = Tree("a", [Tree("een lange tekst die breekt", ["b"]), "c"])
    assert tree.text(16).splitlines() == [
        "a",
        "├─ een lange",
        "│  tekst die",
        "│  breekt",
        "│  └─ b",
        "└─ c",
    ]


@given(trees())
def test_markdown_has_one_item_per_node(tree: Tree) -> None:
    def size(node: Tree) -> int:
        return 1 + sum(size(child) for child in node.children)

    lines = tree.markdown().split("\n")
    assert len(lines) == size(tree)
    assert all(re.match(r"(  )*- \S", line) for line in lines)


def test_a_label_without_text_keeps_its_place() -> None:
    assert Tree("", [""]).text() == "\n└─ "
    assert Tree("", ["", "a"]).text().split("\n") == ["", "├─ ", "└─ a"]


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("rust\x1b[2Jweg", r"rust\x1b[2Jweg"),
        ("rust\x00weg", r"rust\x00weg"),
        ("rust\x9b2Jweg", r"rust\x9b2Jweg"),
        ("rust\u202eweg", r"rust\u202eweg"),
        ("rust\ud800weg", r"rust\ud800weg"),
        ("rust\x85weg", "rust weg"),
        ("rust\u2028weg", "rust weg"),
    ],
)
def test_nothing_moves_the_cursor_or_turns_text_around(label: str, shown: str) -> None:
    table = Table([label], [[label]], title=label, notes=[label])
    for text in (Tree("top", [label]).text(), Tree(label).markdown(), table.text(), table.markdown()):
        assert shown in text
        assert not set(text) & set("\x1b\x00\x9b\u202e\ud800\x85\u2028")
    Tree(label).text().encode()


def test_signs_of_other_scripts_stay_as_they_are() -> None:
    for label in ("زهرا", "👩‍👩‍👧", "é", "soft\xadhyphen", "no\xa0break"):
        assert Tree(label).text() == label


@given(st.text("a \n\r\u2028-", max_size=12))
def test_no_label_breaks_a_markdown_list(label: str) -> None:
    lines = Tree(label, [label]).markdown().splitlines()
    assert [line[: line.index("-")] for line in lines] == ["", "  "]


def test_a_tree_in_html_shows_text_as_text() -> None:
    shown = Tree("<script>x</script>", ['<img src="x" onerror="y">', Tree("a & b", ["c"])]).html()
    assert "<script" not in shown
    assert "<img" not in shown
    assert "a &amp; b" in shown
    assert shown.count("<ul>") == shown.count("</ul>") == 3
    assert Tree("a")._repr_html_() == "<ul><li>a</li></ul>"


@given(st.text("<>&/\"'ab ", min_size=1, max_size=30))
def test_no_label_opens_a_tag(label: str) -> None:
    assert set(re.findall(r"<[^>]*>?", Tree(label).html())) == {"<ul>", "<li>", "</li>", "</ul>"}


def test_a_long_name_folds_after_an_underscore() -> None:
    rows = [("congruentie_begeleiding_1", "x" * 40, 1.0)]
    lines = Table(["item", "text", Column("score", "right")], rows).text(40).splitlines()
    assert "congruentie_" in [line.split()[0] for line in lines]
    assert Table(["item"], [["zonder_eind" * 4]]).text(12).splitlines()[2].endswith("_")


def test_a_masked_cell_has_a_footnote_in_every_form() -> None:
    table = Table(["item", "score"], [["belastbaarheid", MASK]], notes=["einde"], lang="en")
    for form in (table.text(), table.markdown(), table.html()):
        assert form.count(f"{MASK}: sensitive, so not shown.") == 1
    assert "gevoelig" in Table(["score"], [[MASK]]).text()
    assert "sensitive" not in Table(["score"], [["4"]], lang="en").text()
