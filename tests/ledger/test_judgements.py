from dataclasses import replace

import pytest

from communique.errors import NotFoundError, UsageError
from communique.ledger import Orphan, Run, new_judgement, open_ledger
from communique.ledger.deciding import relocate
from tests.ledger.test_store import BETTER, RUN, misread
from tests.readings import TEXT, sample

AT = "2031-03-07T09:00:00+00:00"
LATER = "2031-03-08T09:00:00+00:00"


@pytest.fixture
def ledger(location):
    with open_ledger(location) as opened:
        opened.put([misread(sample("a1")), sample("a2")], RUN)
        yield opened


def test_a_judgement_is_kept_once(ledger):
    judgement = new_judgement("merge", ("a1-r1-old", "a2-r1"), "eve", AT, "one call")
    revision = ledger.revision
    assert ledger.add_judgement(judgement)
    assert not ledger.add_judgement(judgement)
    assert list(ledger.judgements()) == [judgement]
    assert ledger.revision == revision + 1


def test_rereading_keeps_judgements_and_finds_their_place(ledger):
    judgement = new_judgement("merge", ("a1-r1-old", "a2-r1"), "eve", AT)
    ledger.add_judgement(judgement)
    ledger.put([sample("a1"), sample("a2")], BETTER)
    assert list(ledger.judgements()) == [replace(judgement, reports=("a1-r1", "a2-r1"))]
    assert list(ledger.orphaned_judgements()) == []


def test_older_rules_again_give_the_old_ids_back(ledger):
    judgement = new_judgement("accept", ("a1-r1-old",), "eve", AT)
    ledger.add_judgement(judgement)
    ledger.put([sample("a1")], BETTER)
    ledger.put([misread(sample("a1"))], RUN)
    assert list(ledger.judgements()) == [judgement]


def test_what_is_no_longer_read_is_an_orphan(ledger):
    judgement = new_judgement("split", ("a1-r1-old", "a2-r1"), "eve", AT)
    ledger.add_judgement(judgement)
    ledger.put([replace(sample("a1"), reports=())], BETTER)
    assert list(ledger.judgements()) == [judgement]
    assert list(ledger.orphaned_judgements()) == [Orphan(judgement, ("a1-r1-old",))]
    ledger.undo(judgement.id, "eve", LATER)
    assert list(ledger.orphaned_judgements()) == []


def test_a_place_elsewhere_is_not_taken_for_the_report(ledger):
    ledger.add_judgement(new_judgement("reject", ("a1-r1-old",), "eve", AT))
    report = sample("a1").reports[0]
    elsewhere = replace(report, id="a1-r9", trigger=replace(report.trigger, start=120, stop=130))
    in_title = replace(report, id="a1-r8", trigger=replace(report.trigger, start=0, stop=25, part="title"))
    ledger.put([replace(sample("a1"), reports=(elsewhere, in_title))], BETTER)
    assert [orphan.missing for orphan in ledger.orphaned_judgements()] == [("a1-r1-old",)]


def test_an_edited_text_keeps_its_judgements(ledger):
    ledger.add_judgement(new_judgement("accept", ("a2-r1",), "eve", AT))
    edited = sample("a2", "CORRECTED. " + TEXT)
    ledger.put([replace(edited, reports=(replace(edited.reports[0], id="a2-r1-moved"),))], RUN)
    assert [judgement.reports for judgement in ledger.judgements()] == [("a2-r1-moved",)]


def test_the_same_id_at_other_words_of_an_edited_text_is_not_the_same_report(ledger):
    ledger.add_judgement(new_judgement("accept", ("a2-r1",), "eve", AT))
    edited = sample("a2", "CORRECTED. " + TEXT)
    report = edited.reports[0]
    impostor = replace(report, trigger=replace(report.trigger, start=0, stop=9))
    ledger.put([replace(edited, reports=(impostor,))], RUN)
    assert [orphan.missing for orphan in ledger.orphaned_judgements()] == [("a2-r1",)]


def test_undoing_and_undoing_that(ledger):
    judgement = new_judgement("reject", ("a2-r1",), "eve", AT)
    ledger.add_judgement(judgement)
    undone = ledger.undo(judgement.id, "adam", LATER, "it was right")
    assert (undone.undoes, undone.reports) == (judgement.id, ("a2-r1",))
    again = ledger.undo(undone.id, "eve", LATER)
    assert list(ledger.judgements()) == [judgement, undone, again]


def test_a_merge_can_be_undone_when_its_reports_have_become_one(ledger):
    report = sample("a1").reports[0]
    twice = (report, replace(report, id="a1-r2", trigger=replace(report.trigger, start=report.trigger.start + 6)))
    ledger.put([replace(sample("a1"), reports=twice)], Run("1.0", "k3", RUN.started))
    judgement = new_judgement("merge", ("a1-r1", "a1-r2"), "eve", AT)
    ledger.add_judgement(judgement)
    ledger.put([sample("a1")], BETTER)
    assert [held.reports for held in ledger.judgements()] == [("a1-r1",)]
    assert ledger.undo(judgement.id, "eve", LATER).reports == judgement.reports


def test_nonsense_is_refused(ledger):
    with pytest.raises(NotFoundError, match="no report a9"):
        ledger.add_judgement(new_judgement("accept", ("a9",), "eve", AT))
    with pytest.raises(NotFoundError, match="no judgement j9"):
        ledger.undo("j9", "eve", AT)
    with pytest.raises(UsageError, match="at least two reports, not 1"):
        ledger.add_judgement(new_judgement("merge", ("a2-r1", "a2-r1"), "eve", AT))
    with pytest.raises(UsageError, match="one report, not 2"):
        ledger.add_judgement(new_judgement("accept", ("a1-r1-old", "a2-r1"), "eve", AT))
    with pytest.raises(UsageError, match="A field is given for a correction"):
        ledger.add_judgement(new_judgement("correct", ("a2-r1",), "eve", AT))
    judgement = new_judgement("accept", ("a2-r1",), "eve", AT)
    ledger.add_judgement(judgement)
    with pytest.raises(UsageError, match="another judgement with the id"):
        ledger.add_judgement(replace(judgement, why="otherwise"))


def test_words_are_found_again_where_they_stand_once():
    assert relocate("a call. another call.", 16, 20, "So: a call. another call.") == (20, 24)
    assert relocate("a call.", 2, 6, "two calls: this call and that call.") is None
    assert relocate("a call.", 2, 6, "nothing of it") is None
