"""What is drawn is XML whatever it is made of, links lead where links may, the same data gives the same bytes."""

from __future__ import annotations

import itertools
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.pictures.picture import Picture, Table
from communique.pictures.scale import Days, shortened, width_of, wrapped
from communique.pictures.style import COLOURS, RULES, resolved, stylesheet
from communique.pictures.svg import el, linked, number, text
from tests.pictures.drawn import HOSTILE, SVG, parsed, words


def picture(said: str) -> Picture:
    table = Table(("a",), ((said,), ("=1+1",)))
    return Picture("test", said, said, 80, 40, (text(0, 10, said), linked("/x", said, text(0, 20, said))), table)


@given(words)
def test_any_words_make_well_formed_xml(said: str) -> None:
    root = parsed(picture(said))
    assert {found.tag for found in root.iter()} <= {
        SVG + name
        for name in (
            "svg",
            "title",
            "desc",
            "style",
            "defs",
            "pattern",
            "path",
            "linearGradient",
            "stop",
            "rect",
            "text",
            "a",
        )
    }
    assert not [a for found in root.iter() for a in found.attrib if a.startswith("on")]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", " JaVaScRiPt:x", "data:text/html,x", "java\nscript:x", "vbscript:x"]
)
def test_a_link_runs_nothing(href: str) -> None:
    assert "href" not in str(linked(href, "label", text(0, 0, "x")))


@pytest.mark.parametrize("href", ["/contacts/c1", "c1.html", "?a=b:c", "https://example.org/x", "#c1"])
def test_a_link_leads_on(href: str) -> None:
    assert ElementTree.fromstring(str(linked(href, "label"))).get("href") == href


def test_a_picture_has_a_name_a_description_and_a_table() -> None:
    root = parsed(picture("Calls"))
    named = {found.get("id"): found.text for found in root.iter() if found.get("id")}
    assert named[root.get("aria-labelledby")] == "Calls"
    assert named[root.get("aria-describedby")] == "Calls"
    assert picture("Calls").csv() == "a\nCalls\n'=1+1\n"


@pytest.mark.parametrize("said", HOSTILE)
def test_a_notebook_is_shown_no_markup_of_articles(said: str) -> None:
    shown = picture(said)._repr_html_()
    assert "<script" not in shown


@pytest.mark.parametrize(
    ("value", "written"), [(1.0, "1"), (0.004, "0"), (-0.004, "0"), (-1.5, "-1.5"), (2.346, "2.35"), (100, "100")]
)
def test_numbers_are_short(value: float, written: str) -> None:
    assert number(value) == written


def test_png_is_drawn_in_both_themes() -> None:
    light, dark = (picture("Calls").png(theme, 1) for theme in ("light", "dark"))
    assert light[:8] == dark[:8] == b"\x89PNG\r\n\x1a\n"
    assert light != dark


def test_every_colour_of_the_rules_has_a_value_in_both_themes() -> None:
    assert "var(" not in resolved("light") + resolved("dark")
    assert all(f"var(--cq-{name})" in RULES for name in COLOURS)
    assert "prefers-color-scheme:dark" in stylesheet()
    assert "@media print" in stylesheet()


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        *((ink, "paper", 4.5) for ink in ("ink", "soft", "a", "b", "plan", "good", "warn", "bad", "node", "many")),
        ("ink", "a-faint", 4.5), ("ink", "b-faint", 4.5), ("on-light", "one", 4.5), ("on-light", "two", 3.0),
        ("on-dark", "three", 3.0), ("on-dark", "four", 4.5), ("plan", "faint", 4.5), ("edge", "paper", 2.0),
    ],
)  # fmt: skip
def test_words_and_signs_stand_out_from_their_ground(ink: str, ground: str, least: float, theme: int) -> None:
    lights = sorted((_light(COLOURS[ink][theme]), _light(COLOURS[ground][theme])))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= least


@given(st.text(max_size=200), st.floats(20, 300))
def test_lines_lose_no_words(said: str, room: float) -> None:
    lines = wrapped(said, 12, room)
    assert "".join("".join(said[a:b].split()) for a, b in lines) == "".join(said.split())
    assert all(a < b for a, b in lines)
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(lines))


@given(st.text(max_size=60), st.floats(10, 300))
def test_what_is_shortened_fits(said: str, room: float) -> None:
    short = shortened(said, 12, room)
    assert short == said or (short.endswith("…") and (width_of(short, 12) <= room or short == "…"))


@given(st.dates(date(1900, 1, 1), date(2090, 1, 1)), st.integers(0, 20_000))
def test_ticks_lie_within_and_apart(first: date, length: int) -> None:
    days = Days(first, date.fromordinal(first.toordinal() + length), 100, 1000)
    places = [days.start(day) for day, _ in days.ticks()]
    assert all(100 <= x <= 1000 for x in places)
    assert all(b - a >= 40 for a, b in itertools.pairwise(places))


def test_an_element_is_written_with_its_attributes_in_order() -> None:
    assert (
        str(el("text", 'a<"b"', x=1.5, class_="c", text_anchor=None))
        == '<text x="1.5" class="c">a&lt;&quot;b&quot;</text>'
    )
