import json
from dataclasses import replace

import pytest
from hypothesis import given

from communique.model import Published
from communique.views.records import parse_record, published_day, reading_record
from tests.conftest import SHARED
from tests.readings import readings, sample

jsonschema = pytest.importorskip("jsonschema")
# The drawn readings hold values that no reader makes (a state called "·"): the schema is held to the sample.
SCHEMA = SHARED / "design" / "records.schema.json"


@given(readings())
def test_a_line_reads_back_without_loss(reading):
    line = json.dumps(reading_record(reading, with_text=True))
    assert parse_record(json.loads(line)) == reading


@given(readings())
def test_the_text_may_be_handed_in(reading):
    assert parse_record(reading_record(reading), reading.document.text) == reading


@given(readings())
def test_every_quote_lies_at_its_offsets(reading):
    for quote in _quotes(reading_record(reading)):
        part = reading.document.part(quote.get("in", "text"))
        assert part[quote["start"] : quote["end"]] == quote["text"] != ""


def _quotes(value):
    if isinstance(value, dict) and {"start", "end", "text"} <= value.keys():
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _quotes(item)


@pytest.mark.skipif(not SCHEMA.exists(), reason="the shared material is not here")
def test_the_sample_meets_the_schema():
    jsonschema.validate(reading_record(sample()), json.loads(SCHEMA.read_text()))


def test_a_topic_is_one_entry_with_all_its_quotes():
    (topic,) = reading_record(sample())["contacts"][0]["topics"]
    assert [quote.get("in", "text") for quote in topic["quotes"]] == ["text", "title"]


def test_an_open_time_is_null_but_not_lost():
    reading = sample()
    report = reading.reports[0]
    open_when = replace(report.when, value=replace(report.when.value, edtf="2031-03-04/..", latest=None))
    reading = replace(reading, reports=(replace(report, when=open_when),))
    record = reading_record(reading)
    assert record["contacts"][0]["when"] is None
    assert parse_record(record, reading.document.text) == reading


def test_a_claim_has_the_outer_days_of_its_window():
    claim = reading_record(sample())["claims"][0]
    assert (claim["from"], claim["to"], claim["count"]) == ("2031-01-21", None, 3)


def test_a_stamp_is_printed_as_its_own_day_and_kept():
    document = replace(sample().document, published=Published("2031-03-04T23:30:00-05:00", "metadata"))
    record = reading_record(replace(sample(), document=document))
    assert record["document"]["published"] == "2031-03-04"
    assert parse_record(record).document.published == document.published


@pytest.mark.parametrize("edtf", [None, "2031", "2031-03", "2031-03-04", "2031-03-01/2031-03-04"])
def test_dates_without_a_time_are_left_alone(edtf):
    assert published_day(edtf) == edtf


def test_a_record_of_another_program_is_read_with_its_quote_for_evidence():
    record = reading_record(sample())
    for kind in ("contacts", "claims", "agreements"):
        for row in record[kind]:
            del row["evidence"], row["id"]
    reading = parse_record(record, sample().document.text)
    assert reading.reports[0].parties[0].value == sample().reports[0].parties[0].value
    assert reading.reports[0].parties[0].span == sample().reports[0].quotes[0]
    assert reading.claims[0].since.value.edtf == "2031-01-21"
