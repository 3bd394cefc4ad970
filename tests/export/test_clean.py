"""The one gate before every sink: nothing that the reader of a format could take for an order."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.export.clean import clean_for
from communique.views.tables import csv_line, unguarded

anything = st.text() | st.text(st.sampled_from("'=+-@\t\r\n 1.,%\"")) | st.just("=HYPERLINK(1)")


@given(anything)
def test_a_guarded_cell_comes_back_as_it_was(text: str) -> None:
    assert unguarded(clean_for("csv")(text)) == text


@given(st.lists(anything, min_size=1, max_size=4))
def test_csv_is_read_back_equal(cells: list[str]) -> None:
    written = csv_line([clean_for("csv")(cell) for cell in cells])
    (read,) = csv.reader(io.StringIO(written, newline=""))
    assert list(map(unguarded, read)) == cells


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "@SUM(A1)", "\t=1", "+1+1", "-1+1", "'=1"])
def test_formulas_are_guarded(cell: str) -> None:
    assert clean_for("csv")(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-5", "-5.3%", "+1,000", "'tis", "a=b"])
def test_numbers_and_words_are_not(cell: str) -> None:
    assert clean_for("csv")(cell) == cell


@given(anything)
def test_xml_holds_whatever_is_left(text: str) -> None:
    clean = clean_for("xml")(text)
    assert ET.fromstring(f"<a>{escape(clean, {chr(13): '&#13;'})}</a>").text == (clean or None)


@given(anything)
def test_one_line_stays_one_line(text: str) -> None:
    assert len(f"x{clean_for('tsv')(text)}x".splitlines()) == 1
    assert len(f"x{clean_for('bibtex')(text)}x".split("\n")) == 1
    assert not re.search("[\r\n]", clean_for("ical")(text))


@given(anything)
def test_html_holds_no_tag(text: str) -> None:
    assert not re.search("[<>\"']", clean_for("html")(text))
