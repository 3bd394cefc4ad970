from dataclasses import replace

import pytest
from hypothesis import given

from communique.ledger.plaintext import PlainTextError, parse_readings, print_readings
from communique.model import Party
from tests.readings import readings, sample

SAMPLE = """\
document a1
  title Marek, Silva discuss trade
  publisher Example Wire
  published 2031-03-04 · given
  contact held · phone · 2031-03-04  "spoke by phone" @50-64 #a1-r1
    quote  "President Ivo Marek of Freedonia spoke by phone with President Ana Silva of Sylvania on Tuesday." @17-113
    status  "spoke" @50-55 test.spoke
"""


@given(readings())
def test_what_is_printed_parses_back(reading):
    assert parse_readings(print_readings([reading], with_text=True)) == (reading,)


@given(readings())
def test_the_text_may_be_left_out_and_handed_in(reading):
    document = reading.document
    assert parse_readings(print_readings([reading]), {document.id: document.text}) == (reading,)


@given(readings())
def test_nothing_unprintable_is_printed(reading):
    printed = print_readings([reading], with_text=True)
    assert all(line.isprintable() for line in printed.split("\n"))


def test_it_reads_as_prose():
    assert print_readings([sample()]).startswith(SAMPLE)


def test_several_documents_and_comments():
    both = (sample("a1"), sample("a2"))
    printed = "; made by hand\n\n" + print_readings(both, with_text=True)
    assert parse_readings(printed) == both


@pytest.mark.parametrize(
    "party",
    [
        Party(state="RUS", level="body"),
        Party(organisation="NATO", level="body", office="council"),
        Party("Ana", "NOR", "NATO", None, "leader"),
        Party("Ana", "[x]", None, None, None),
        Party("-", "&", None, "", "envoy"),
        Party(),
    ],
)
def test_odd_parties(party):
    reading = sample()
    report = reading.reports[0]
    report = replace(report, parties=(replace(report.parties[0], value=party),))
    reading = replace(reading, reports=(report,))
    assert parse_readings(print_readings([reading], with_text=True)) == (reading,)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"spoke by phone" @50-64', '"spoke by phone" @49-63', "line 5: 'spoke by phone' is not what stands at 49-63"),
        ("contact held", "contact hold", "line 7: 'hold' is none of: held"),
        ("    status ", "    statsu ", "line 7: 'statsu' is none of: status"),
        (" #a1-r1", "", "line 5: contact: an id like #a1 is missing"),
        (" test.spoke\n", "\n", "line 7: status: the rule is missing"),
        (" @50-55", "", "line 7: a place like @12-34 is missing"),
        ("    quote", "   quote", "line 6: indented by an odd number"),
        ("    quote", "        quote", "line 6: indented under nothing"),
        ("· given", "· guessed", "line 4: 'guessed' is none of"),
        ("  title Marek, Silva", '  title "Marek, Silva', "line 2: not a quoted text"),
    ],
)
def test_mistakes_are_named_with_their_line(old, new, complaint):
    printed = print_readings([sample()])
    assert old in printed
    with pytest.raises(PlainTextError) as raised:
        parse_readings(printed.replace(old, new, 1), {"a1": sample().document.text})
    assert str(raised.value).startswith(complaint)


def test_a_text_that_is_nowhere_is_asked_for():
    with pytest.raises(PlainTextError, match="the text of document a1 is neither here nor handed in"):
        parse_readings(print_readings([sample()]))


def test_a_record_without_a_required_field_is_refused():
    printed = print_readings([sample()])
    lines = [line for line in printed.splitlines() if not line.startswith("    status ")]
    with pytest.raises(PlainTextError, match="line 5: contact: not all is there"):
        parse_readings("\n".join(lines), {"a1": sample().document.text})
