from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from communique.model import Channel, Cited, Claim, ClaimKind, Comparator, Document, Reading, Report, Span
from communique.reconcile import Issuers
from communique.views.check import Book, Verdict, book, check, verdict_json
from communique.views.snapshot import snapshot
from tests.contacts import document, party, report, when

CALL = ("Trump", "Putin")
SPAN = Span("claims", 0, 9)
ISSUERS = Issuers(seats={"white house": "USA", "kremlin": "RUS"})
SIX = ("2020-03-30", "2020-04-09", "2020-04-10", "2020-04-12", "2020-04-25", "2020-05-07")


def cited(value: Any) -> Cited[Any]:
    return Cited(value, SPAN, "test")


def claim(
    kind: ClaimKind = "count",
    count: int | None = None,
    since: str | None = None,
    until: str | None = None,
    *,
    parties: Iterable[str] = CALL,
    channel: Channel = "phone",
    comparator: Comparator | None = None,
) -> Claim:
    return Claim(
        id="claim",
        document="claims",
        quotes=(SPAN,),
        kind=cited(kind),
        channel=cited(channel),
        parties=tuple(cited(party(p)) for p in parties),
        count=cited(count) if count is not None else None,
        comparator=comparator,
        since=cited(when(since)) if since else None,
        until=cited(when(until)) if until else None,
    )


def ledger(reports: Iterable[Report], documents: Iterable[Document] = ()) -> Book:
    told: dict[str, Reading] = {d.id: Reading(d) for d in documents}
    for one in reports:
        home = told.get(one.document) or Reading(document(one.document))
        told[one.document] = Reading(home.document, (*home.reports, one))
    return book(snapshot(told.values(), issuers=ISSUERS))


def calls(*days: str, channel: Channel = "phone") -> list[Report]:
    return [report(f"r{day}{channel}", CALL, day, channel=channel) for day in days]


SIX_CLAIMED = claim(count=6, since="2020-03-21/2020-03-31", until="2020-05-22")


def test_one_of_six_in_the_ledger_is_not_enough_to_tell() -> None:
    told = [document("a", "2020-05-22"), document("b", "2020-07-23")]
    verdict = check(SIX_CLAIMED, ledger([report("a", CALL, "2020-05-07")], told))
    assert (verdict.verdict, verdict.claimed, verdict.counted) == ("cannot-tell", 6, 1)
    assert verdict.why.startswith("One of six is in the ledger (2020-05-07), five are unaccounted for.")
    assert [(str(g.first), str(g.last)) for g in verdict.gaps] == [("2020-03-21", "2020-05-20")]


def test_all_six_support_and_seven_contradict() -> None:
    assert check(SIX_CLAIMED, ledger(calls(*SIX))).verdict == "supported"
    assert check(SIX_CLAIMED, ledger(calls("2020-03-22", *SIX[1:]))).verdict == "supported"
    seven = check(SIX_CLAIMED, ledger(calls(*SIX, "2020-05-15")))
    assert seven.verdict == "contradicted"
    assert seven.why.startswith("Seven are in the ledger")


def test_a_contact_in_the_vague_start_counts_but_contradicts_nothing() -> None:
    verdict = check(SIX_CLAIMED, ledger(calls("2020-03-23", *SIX)))
    assert (verdict.verdict, verdict.counted) == ("within-uncertainty", 7)


def test_seven_of_which_one_is_of_unknown_channel_are_within_uncertainty() -> None:
    verdict = check(SIX_CLAIMED, ledger([*calls(*SIX), *calls("2020-05-15", channel="talks")]))
    assert (verdict.verdict, verdict.counted, len(verdict.could_count)) == ("within-uncertainty", 6, 1)


def test_a_vague_mention_of_contacts_counted_changes_nothing() -> None:
    vague = report("v", CALL, "2020-04-01/2020-04-30")
    verdict = check(SIX_CLAIMED, ledger([*calls(*SIX), vague]))
    assert (verdict.verdict, verdict.counted, len(verdict.could_count)) == ("supported", 6, 1)


@pytest.mark.parametrize("status", ["planned", "proposed", "cancelled", "postponed", "denied"])
def test_what_did_not_take_place_is_never_counted(status: Any) -> None:
    announced = report("p", CALL, "2020-05-15", status=status)
    verdict = check(SIX_CLAIMED, ledger([*calls(*SIX), announced]))
    assert (verdict.verdict, verdict.counted, verdict.could_count) == ("supported", 6, ())


def test_a_call_that_somebody_denies_only_could_count() -> None:
    denied = report("d", CALL, "2020-05-15", status="denied")
    verdict = check(SIX_CLAIMED, ledger([*calls(*SIX, "2020-05-15"), denied]))
    assert (verdict.verdict, verdict.counted, len(verdict.could_count)) == ("within-uncertainty", 6, 1)


def test_the_words_of_a_claim_are_no_contact_of_their_own() -> None:
    words = report("claims", CALL, "2020-03-21/2020-05-22")
    said = Reading(document("claims", "2020-05-22"), (words,), claims=(SIX_CLAIMED,))
    calls_told = [Reading(document(r.document), (r,)) for r in calls(*SIX)]
    verdict = check(SIX_CLAIMED, book(snapshot([said, *calls_told], issuers=ISSUERS)))
    assert (verdict.verdict, verdict.counted, verdict.could_count) == ("supported", 6, ())


def test_a_contact_with_nobody_named_on_a_day_already_counted_may_be_that_one() -> None:
    states = claim(count=6, since="2020-03-21/2020-03-31", until="2020-05-22", parties=("USA", "RUS"))
    bodies = report("b", ("USA", "RUS"), "2020-05-07", channel="video")
    verdict = check(states, ledger([*calls(*SIX), bodies]))
    assert (verdict.verdict, verdict.counted) == ("supported", 6)
    phone = claim(
        count=6, since="2020-03-21/2020-03-31", until="2020-05-22", parties=("USA", "RUS"), channel="unspecified"
    )
    again = check(phone, ledger([*calls(*SIX), report("b", ("USA", "RUS"), "2020-05-07", channel="talks")]))
    assert (again.verdict, again.counted, [c.doubts for c in again.could_count]) == ("supported", 6, [])


def test_a_claim_that_names_neither_start_nor_people_is_not_contradicted() -> None:
    rounds = claim(count=3, until="2020-05-22", parties=("USA", "RUS"), comparator="ordinal")
    assert check(rounds, ledger(calls(*SIX))).verdict == "within-uncertainty"
    people = claim(count=3, until="2020-05-22", comparator="ordinal")
    assert check(people, ledger(calls(*SIX))).verdict == "contradicted"
    twice = check(claim(count=2, until="2020-05-22"), ledger(calls(*SIX)))
    assert twice.verdict == "within-uncertainty"
    assert "does not say since when" in twice.why
    never = claim("none", until="2020-05-22")
    assert check(never, ledger(calls(*SIX))).verdict == "within-uncertainty"


def test_a_long_list_of_doubts_is_cut_short() -> None:
    vague = [report(f"v{n}", CALL, f"2020-04-{n:02}", channel="talks") for n in range(10, 20)]
    assert "and 5 more" in check(SIX_CLAIMED, ledger(vague)).why


def test_meetings_and_other_people_are_not_calls_of_these_two() -> None:
    other = report("o", ("Biden", "Putin"), "2020-05-15")
    verdict = check(SIX_CLAIMED, ledger([*calls(*SIX), *calls("2020-05-16", channel="meeting"), other]))
    assert (verdict.verdict, verdict.could_count) == ("supported", ())


def test_a_claim_of_states_counts_whoever_spoke() -> None:
    states = claim(count=6, since="2020-03-21/2020-03-31", until="2020-05-22", parties=("USA", "RUS"))
    assert check(states, ledger(calls(*SIX))).verdict == "supported"


def test_fourth_time_in_a_week() -> None:
    week = claim(count=4, since="2021-05-12", until="2021-05-19", comparator="ordinal", channel="unspecified")
    held = ledger(calls("2021-05-12", "2021-05-15", "2021-05-17", "2021-05-19"))
    assert check(week, held).verdict == "supported"
    eleven = claim(count=6, since="2021-05-10", until="2021-05-20")
    verdict = check(eleven, held)
    assert (verdict.verdict, verdict.counted) == ("cannot-tell", 4)
    assert "Four of six are in the ledger" in verdict.why
    assert "two are unaccounted for" in verdict.why


def test_this_week_may_mean_the_last_seven_days() -> None:
    monday = replace(when("2021-05-17"), basis="relative")
    said = replace(claim(count=4, until="2021-05-19", comparator="ordinal"), since=cited(monday))
    verdict = check(said, ledger(calls("2021-05-12", "2021-05-15", "2021-05-17", "2021-05-19")), date(2021, 5, 19))
    assert (verdict.verdict, verdict.counted) == ("supported", 4)
    assert "At the vague end of that time: 2021-05-12, 2021-05-15." in verdict.why
    two = replace(said, count=cited(2))
    held = ledger(calls("2021-05-12", "2021-05-15", "2021-05-17", "2021-05-19"))
    assert check(two, held, date(2021, 5, 19)).verdict == "within-uncertainty"
    assert check(said, held, date(2021, 5, 30)).counted == 2


@pytest.mark.parametrize(
    ("comparator", "count", "verdict"),
    [
        ("at-least", 4, "supported"),
        ("at-least", 7, "cannot-tell"),
        ("about", 7, "supported"),
        ("about", 4, "contradicted"),
        (None, None, "supported"),
    ],
)
def test_other_comparisons(comparator: Comparator | None, count: int | None, verdict: str) -> None:
    said = claim(count=count, since="2020-03-21/2020-03-31", until="2020-05-22", comparator=comparator)
    assert check(said, ledger(calls(*SIX))).verdict == verdict


PREVIOUS = claim("previous", since="2020-06-01", until="2020-07-23", channel="unspecified")


def covered(*reports: Report) -> Book:
    every_day = [
        document(f"wh{m:02}{d:02}", f"2020-{m:02}-{d:02}", "White House") for m in (6, 7) for d in range(1, 31)
    ]
    return ledger(reports, every_day)


def previous(*reports: Report, held: bool = True) -> Verdict:
    ends = [report("first", CALL, "2020-06-01"), report("second", CALL, "2020-07-23")]
    return check(PREVIOUS, covered(*(ends if held else ends[1:]), *reports))


def test_previous_is_supported_where_the_days_between_are_covered() -> None:
    verdict = previous()
    assert (verdict.verdict, verdict.gaps) == ("supported", ())
    assert verdict.why == "The contact named is in the ledger (2020-06-01). The ledger has none between."


def test_previous_is_contradicted_by_one_between() -> None:
    verdict = previous(report("between", CALL, "2020-06-20"))
    assert verdict.verdict == "contradicted"
    assert "There was one between: 2020-06-20." in verdict.why


def test_previous_is_uncertain_where_a_meeting_lies_between() -> None:
    assert previous(report("between", CALL, "2020-06-20", channel="meeting")).verdict == "within-uncertainty"


def test_previous_cannot_be_told_without_coverage_or_without_the_contact() -> None:
    ends = [report("first", CALL, "2020-06-01"), report("second", CALL, "2020-07-23")]
    verdict = check(PREVIOUS, ledger(ends, [document("second", "2020-07-23")]))
    assert verdict.verdict == "cannot-tell"
    assert [(str(g.first), str(g.last)) for g in verdict.gaps] == [("2020-06-02", "2020-07-21")]
    assert previous(held=False).verdict == "cannot-tell"


def test_none_since_and_first_since() -> None:
    none = claim("none", since="2020-06-01", until="2020-07-20")
    assert check(none, covered(report("x", CALL, "2020-06-01"))).verdict == "supported"
    assert check(none, covered(report("x", CALL, "2020-07-20"))).verdict == "contradicted"
    first = claim("first", since="2020-06-01", until="2020-07-20")
    assert check(first, covered(report("x", CALL, "2020-07-20"))).verdict == "supported"
    assert check(first, covered(report("x", CALL, "2020-07-10"))).verdict == "contradicted"
    ever = claim("first", until="2020-07-20")
    assert check(ever, covered(report("x", CALL, "2020-07-20"))).verdict == "cannot-tell"


def test_the_json_of_a_verdict() -> None:
    verdict = check(SIX_CLAIMED, ledger(calls(*SIX)))
    line = verdict_json(SIX_CLAIMED, document("claims"), verdict)
    assert list(line) == ["claim", "verdict", "claimed", "counted", "contacts", "could_count", "gaps", "why"]
    assert len(line["contacts"]) == 6
