from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.errors import LedgerError, NotFoundError, UsageError
from communique.ledger import Counts, Filters, Run, open_ledger
from communique.model import Contact, Issue, Party
from tests.readings import TEXT, published, readings, sample

RUN = Run("1.0", "k1", "2031-03-05T10:00:00+00:00")
BETTER = Run("1.0", "k2", "2031-03-06T10:00:00+00:00")


def misread(reading):
    """The same document read by rules that took the call for a meeting, by other words."""
    report = reading.reports[0]
    trigger = replace(report.trigger, stop=report.trigger.stop - 6)
    report = replace(report, id=report.id + "-old", trigger=trigger, channel=replace(report.channel, value="meeting"))
    return replace(reading, reports=(report,))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(readings(), max_size=3, unique_by=lambda reading: reading.document.id))
def test_what_is_put_in_comes_out(make_location, drawn):
    with open_ledger(make_location()) as ledger:
        ledger.put(drawn, RUN)
        in_order = sorted(drawn, key=lambda reading: reading.document.id)
        assert list(ledger.readings()) == in_order
        assert list(ledger.reports()) == [report for reading in in_order for report in reading.reports]
        assert list(ledger.claims()) == [claim for reading in in_order for claim in reading.claims]
        assert list(ledger.agreements()) == [action for reading in in_order for action in reading.agreements]
        assert list(ledger.verify()) == []


def test_counts_say_what_changed(ledger):
    counts = ledger.put([sample("a1"), sample("a2")], RUN)
    assert counts == Counts(new=2, reports=2, claims=2, agreements=2, issues=2)


def test_reading_again_changes_nothing(ledger):
    ledger.put([sample()], RUN)
    before = ledger.revision, list(ledger.readings()), list(ledger.runs())
    later = replace(RUN, started="2031-03-09T10:00:00+00:00")
    assert ledger.put([sample()], later) == Counts(unchanged=1)
    assert (ledger.revision, list(ledger.readings()), list(ledger.runs())) == before


def test_the_path_of_a_file_is_no_reason_to_read_again(ledger):
    ledger.put([sample()], RUN)
    moved = replace(sample(), document=replace(sample().document, path="elsewhere.txt"))
    assert ledger.put([moved], RUN).unchanged == 1


def test_better_rules_supersede(ledger):
    ledger.put([misread(sample())], RUN)
    assert ledger.put([sample()], BETTER).reread == 1
    assert list(ledger.readings()) == [sample()]
    assert ledger.put([sample()], BETTER).unchanged == 1
    assert [run.knowledge for run in ledger.runs()] == ["k1", "k2"]


def test_older_rules_again_bring_back_what_they_read(ledger):
    ledger.put([misread(sample())], RUN)
    ledger.put([sample()], BETTER)
    assert ledger.put([misread(sample())], RUN) == Counts(reread=1)
    assert list(ledger.readings()) == [misread(sample())]
    assert list(ledger.verify()) == []


def test_a_date_given_later_is_a_new_reading(ledger):
    ledger.put([sample()], RUN)
    assert ledger.put([published(sample(), "2031-03-05")], RUN).reread == 1
    assert ledger.document("a1").published.edtf == "2031-03-05"


def test_an_edited_text_is_a_version(ledger):
    edited = sample(text="UPDATED. " + TEXT)
    ledger.put([sample()], RUN)
    assert ledger.put([edited], RUN).edited == 1
    assert [document.text for document in ledger.versions("a1")] == [TEXT, "UPDATED. " + TEXT]
    assert list(ledger.readings()) == [edited]


def test_two_texts_by_one_id_are_stable_when_read_again(ledger):
    both = [sample(), sample(text="UPDATED. " + TEXT)]
    ledger.put(both, RUN)
    before = ledger.revision, list(ledger.readings())
    assert ledger.put(both, RUN) == Counts(unchanged=2)
    assert (ledger.revision, list(ledger.readings())) == before


def test_the_order_of_input_does_not_matter(make_location):
    names = [f"a{n}" for n in range(9)]
    held = []
    for order in (names, names[::-1]):
        with open_ledger(make_location()) as ledger:
            for name in order:
                ledger.put([sample(name)], RUN)
            held.append((list(ledger.readings()), list(ledger.reports())))
    assert held[0] == held[1]


def test_a_batch_goes_in_whole_or_not_at_all(ledger):
    def broken():
        yield sample("a1")
        raise RuntimeError("the reader fell over")

    with pytest.raises(RuntimeError):
        ledger.put(broken(), RUN)
    assert (list(ledger.documents()), ledger.revision) == ([], 0)


def test_two_reports_by_one_id_are_told_apart(ledger):
    reading = replace(sample(), reports=sample().reports * 3)
    ledger.put([reading], RUN)
    assert [report.id for report in ledger.reports()] == ["a1-r1", "a1-r1~2", "a1-r1~3"]
    assert ledger.put([reading], RUN).unchanged == 1


def test_more_documents_than_a_batch(ledger):
    names = [f"a{n:04}" for n in range(450)]
    assert ledger.put((sample(name) for name in names), RUN).new == 450
    assert [report.document for report in ledger.reports()] == names


FOUND = [
    (Filters(sides=("FRD", "SYL")), True),
    (Filters(sides=("FRD", "RUS")), False),
    (Filters(person="Marek"), True),
    (Filters(person="Ana Silva"), True),
    (Filters(person="Putin"), False),
    (Filters(since=date(2031, 3, 4), until=date(2031, 3, 4)), True),
    (Filters(since=date(2031, 3, 5)), False),
    (Filters(until=date(2031, 3, 3)), False),
    (Filters(channels=frozenset({"phone", "video"})), True),
    (Filters(channels=frozenset({"video"})), False),
    (Filters(statuses=frozenset({"held"})), True),
    (Filters(statuses=frozenset({"planned"})), False),
    (Filters(topics=frozenset({"trade"})), True),
    (Filters(topics=frozenset({"space"})), False),
    (Filters(publisher="Example Wire"), True),
    (Filters(publisher="Wire"), False),
    (Filters(ids=("a1",)), True),
    (Filters(ids=("a2",)), False),
    (Filters(sides=("FRD",), person="Silva", topics=frozenset({"trade"})), True),
]


@pytest.mark.parametrize(("filters", "found"), FOUND)
def test_filters(ledger, filters, found):
    ledger.put([misread(sample())], RUN)
    ledger.put([sample()], BETTER)
    ledger.put_contacts([Contact("c1", ("a1-r1",))])
    assert [report.id for report in ledger.reports(filters)] == ["a1-r1"] * found
    assert [contact.id for contact in ledger.contacts(filters)] == ["c1"] * found


def test_filters_of_claims_agreements_and_documents(ledger):
    ledger.put([sample()], RUN)
    assert len(list(ledger.claims(Filters(sides=("FRD",), since=date(2031, 6, 1))))) == 1
    assert len(list(ledger.claims(Filters(until=date(2031, 1, 1))))) == 0
    assert len(list(ledger.agreements(Filters(sides=("FRD",))))) == 1
    assert len(list(ledger.agreements(Filters(sides=("SYL",))))) == 0
    assert len(list(ledger.documents(Filters(since=date(2031, 3, 4))))) == 1
    assert len(list(ledger.documents(Filters(until=date(2031, 3, 3))))) == 0


def test_a_report_without_a_day_touches_no_day(ledger):
    reading = replace(sample(), reports=(replace(sample().reports[0], when=None),))
    ledger.put([reading], RUN)
    assert list(ledger.reports(Filters(since=date(1, 1, 1)))) == []


def test_nothing_in_a_filter_is_a_pattern(ledger):
    ledger.put([sample()], RUN)
    for odd in ("%", "_", "' OR 1=1 --", '"', "*"):
        assert list(ledger.reports(Filters(publisher=odd, sides=(odd,), person=odd))) == []
        with pytest.raises(NotFoundError):
            ledger.get(odd)


def test_get_by_the_beginning_of_an_id(ledger):
    ledger.put([sample("a1"), sample("b1")], RUN)
    assert ledger.get("a1-r") == sample().reports[0]
    assert ledger.get("a1-c") == sample().claims[0]
    assert ledger.get("a1-g") == sample().agreements[0]
    assert ledger.get("b1") == sample("b1").document
    with pytest.raises(UsageError, match="Several ids begin with a: agreement a1-g1, claim a1-c1"):
        ledger.get("a")
    with pytest.raises(NotFoundError):
        ledger.get("z")
    with pytest.raises(NotFoundError):
        ledger.get("")


def test_streams_are_of_one_state(ledger):
    ledger.put((sample(f"a{n:04}") for n in range(600)), RUN)
    stream = ledger.reports()
    first = next(stream)
    ledger.put([sample("a0599-new")], RUN)
    assert [first.document, *(report.document for report in stream)] == [f"a{n:04}" for n in range(600)]


def test_contacts_only_change_where_they_differ(ledger):
    ledger.put([sample(name) for name in ("a1", "a2", "a3")], RUN)
    first = [Contact("c1", ("a1-r1", "a2-r1")), Contact("c2", ("a3-r1",))]
    assert ledger.put_contacts(first) == 2
    revision = ledger.revision
    assert ledger.put_contacts(first) == 0
    assert ledger.revision == revision
    assert list(ledger.contacts()) == first


def test_the_id_of_a_merged_contact_leads_on(ledger):
    ledger.put([sample(name) for name in ("a1", "a2", "a3")], RUN)
    ledger.put_contacts([Contact("c1", ("a1-r1",)), Contact("c2", ("a2-r1",)), Contact("c3", ("a3-r1",))])
    ledger.put_contacts([Contact("c1", ("a1-r1", "a2-r1"))], replacing=["c2"])
    assert [contact.id for contact in ledger.contacts()] == ["c1", "c3"]
    ledger.put_contacts([Contact("c0", ("a1-r1", "a2-r1"))], replacing=["c1"])
    assert ledger.contact("c2") == ledger.contact("c1") == Contact("c0", ("a1-r1", "a2-r1"))
    ledger.put_contacts([Contact("c0", ("a1-r1",)), Contact("c2", ("a2-r1",))], replacing=[])
    assert ledger.contact("c2") == Contact("c2", ("a2-r1",))
    assert ledger.contact("c9") is None


def test_reports_and_contacts_by_report(ledger):
    ledger.put([misread(sample("a1"))], RUN)
    ledger.put([sample(name) for name in ("a1", "a2", "a3")], BETTER)
    ledger.put_contacts([Contact("c2", ("a1-r1", "a2-r1")), Contact("c1", ("a3-r1",))])
    assert [report.id for report in ledger.reports_by_id(["a2-r1", "a1-r1", "a1-r1-old", "z"])] == ["a1-r1", "a2-r1"]
    assert ledger.contacts_holding(["a2-r1", "z"]) == (Contact("c2", ("a1-r1", "a2-r1")),)


def test_inputs_set_aside_are_kept_once(ledger):
    issue = Issue("not-text", "this is no text", "convert it", path="x.bin", fatal=True)
    assert ledger.put_aside([issue], b"\x00\xff") == 1
    assert ledger.put_aside([issue]) == 0
    assert list(ledger.set_aside()) == [issue]
    (held,) = ledger.asides()
    assert (held.issue, held.size, held.attempts) == (issue, 2, 1)
    assert ledger.original(held.key) == b"\x00\xff"
    ledger.drop_aside("x.bin")
    assert list(ledger.set_aside()) == []


def test_an_input_that_is_set_aside_again_was_tried_once_more(ledger):
    issue = Issue("not-text", "this is no text", "convert it", path="x.bin", fatal=True, original=b"\x00" * 20_000_000)
    for _ in range(3):
        ledger.put_aside([issue], options={"publisher": "Wire"}, anew=["x.bin"])
    (held,) = ledger.asides()
    assert (held.size, held.attempts, held.options) == (20_000_000, 3, {"publisher": "Wire"})
    assert len(ledger.broken_inputs({"not-text"}, 3)) == 1
    assert ledger.broken_inputs({"other"}, 3) == ledger.broken_inputs({"not-text"}, 4) == frozenset()
    ledger.put_aside([replace(issue, original=b"mended")], anew=["x.bin"])
    assert [one.attempts for one in ledger.asides()] == [1]
    ledger.retried(ledger.asides()[0].key, [issue])
    assert [one.attempts for one in ledger.asides()] == [2]
    ledger.retried(ledger.asides()[0].key, [])
    assert ledger.asides() == ()


def test_runs_know_when_they_ended(ledger):
    ledger.put([sample()], RUN)
    ledger.finish(RUN, "2031-03-05T10:00:09+00:00")
    assert list(ledger.runs()) == [replace(RUN, finished="2031-03-05T10:00:09+00:00")]


def test_a_ledger_opened_for_reading_is_not_written_to(location):
    with open_ledger(location) as ledger:
        ledger.put([sample()], RUN)
    with open_ledger(location, read_only=True) as ledger:
        assert list(ledger.readings()) == [sample()]
        with pytest.raises(LedgerError, match="for reading only"):
            ledger.put([sample("a2")], RUN)


def test_a_ledger_that_is_not_there(tmp_path):
    with pytest.raises(NotFoundError):
        open_ledger(tmp_path / "none.db", create=False)
    with pytest.raises(NotFoundError):
        open_ledger(tmp_path)
    with pytest.raises(UsageError):
        open_ledger("mysql://somewhere/else")
    assert list(tmp_path.iterdir()) == []


def test_odd_paths(tmp_path):
    path = tmp_path / "a b?c#d%20é.db"
    with open_ledger(f"sqlite:///{path}") as ledger:
        ledger.put([sample()], RUN)
    assert path.is_file()


def test_parties_that_are_organisations_are_found_by_name(ledger):
    report = sample().reports[0]
    nato = replace(report.parties[1], value=Party(organisation="NATO", level="body"))
    ledger.put([replace(sample(), reports=(replace(report, parties=(report.parties[0], nato)),))], RUN)
    assert len(list(ledger.reports(Filters(sides=("NATO", "FRD"))))) == 1
