from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model import Document, Judgement, Party, Report
from communique.reconcile import Issuers, Reconciler, explain_pair, reconcile
from communique.reconcile.features import trait
from communique.reconcile.judgements import decisions
from tests.contacts import document, judgement, report, when

ISSUERS = Issuers(seats={"white house": "USA", "kremlin": "RUS", "zhongnanhai": "CHN"}, names={"ukraine": "UKR"})
CALL = ("Biden", "Putin")


def grouped(
    reports: Iterable[Report], documents: Iterable[Document] = (), judgements: Iterable[Judgement] = ()
) -> set[frozenset[str]]:
    known = {d.id: d for d in documents}
    return {frozenset(c.reports) for c in reconcile(reports, known, tuple(judgements), ISSUERS)}


def together(a: Report, b: Report, *documents: Document) -> bool:
    return grouped([a, b], documents) == {frozenset({a.id, b.id})}


def test_two_readouts_of_one_call_are_one_contact() -> None:
    assert together(report("a", CALL, "2021-12-07"), report("b", CALL, "2021-12-07"))


def test_calls_on_consecutive_days_are_two() -> None:
    assert not together(report("a", CALL, "2021-12-07"), report("b", CALL, "2021-12-08"))


def test_a_later_day_in_an_eastern_zone_is_one_call() -> None:
    west, east = document("w", "2020-03-14", "White House"), document("e", "2020-03-15", "Zhongnanhai")
    a, b = report("w", ("Trump", "Xi"), "2020-03-14"), report("e", ("Trump", "Xi"), "2020-03-15")
    assert together(a, b, west, east)
    swapped = report("w", ("Trump", "Xi"), "2020-03-15"), report("e", ("Trump", "Xi"), "2020-03-14")
    assert not together(*swapped, west, east)


def test_outlets_follow_the_days_of_two_readouts_that_are_one_call() -> None:
    west, east = document("w", "2020-03-14", "White House"), document("e", "2020-03-15", "Zhongnanhai")
    pair = ("Trump", "Xi")
    reports = [report("w", pair, "2020-03-14"), report("e", pair, "2020-03-15")]
    outlets = [report("a", pair, "2020-03-14"), report("b", pair, "2020-03-15")]
    assert len(grouped([*reports, *outlets], [west, east])) == 1
    assert len(grouped(outlets)) == 2


def test_an_outlet_may_follow_the_clock_of_the_side_that_says_nothing() -> None:
    east, pair = document("e", "2020-03-15", "Zhongnanhai"), ("Trump", "Xi")
    own = report("e", pair, "2020-03-15")
    assert together(own, report("a", pair, "2020-03-14"), east)
    assert not together(own, report("a", pair, "2020-03-16"), east)
    assert not together(own, report("a", pair, "2020-03-13"), east)
    meeting = report("e", pair, "2020-03-15", channel="meeting"), report("a", pair, "2020-03-14", channel="meeting")
    assert not together(*meeting, east)


def test_a_near_side_has_no_other_day() -> None:
    own = report("r", ("Putin", "Zelenskyy"), "2020-03-15")
    assert not together(own, report("a", ("Putin", "Zelenskyy"), "2020-03-14"), document("r", "2020-03-15", "Kremlin"))


def test_a_president_without_a_name_speaks_for_the_one_named() -> None:
    late = when("2021-12-08", "publication-default")
    nameless = ("Biden", Party(None, "RUS", office="President", level="leader"))
    assert together(report("a", CALL, "2021-12-07"), report("b", nameless, late))
    other = ("Biden", Party(None, "RUS", office="Foreign Minister", level="minister"))
    assert not together(report("a", CALL, "2021-12-07"), report("b", other, late))


def test_a_talk_by_video_is_a_call_to_some_and_a_meeting_to_others() -> None:
    told = {"v": "video", "m": "meeting", "p": "phone"}
    one = [report(name, CALL, "2021-12-07", channel=channel) for name, channel in told.items()]  # type: ignore[arg-type]
    assert len(grouped(one)) == 1
    assert len(grouped([r for r in one if r.id != "v"])) == 2


def test_the_same_words_quoted_speak_for_one_contact() -> None:
    told = "It was a frank talk. “We shall keep the lines between our two capitals open,” the president said."
    a = document("a", "2021-12-09", text=told)
    b = document("b", "2021-12-10", text="They spoke. “We shall keep the lines between our two capitals open.”")
    c = document("c", "2021-12-10", text="They spoke. “We shall see about the lines some other day, perhaps.”")
    same, other = (
        explain_pair(report("a", CALL, None), report(d.id, CALL, None), {x.id: x for x in (a, d)}) for d in (b, c)
    )
    assert [r.words for r in same.reasons if r.feature == "quotations"] == ["the same words are quoted"]
    assert same.score == other.score + 1.0


def test_zones_do_not_join_two_days_that_one_side_tells_apart() -> None:
    west, east = document("w", "2020-03-16", "White House"), document("e", "2020-03-15", "Zhongnanhai")
    reports = [
        report("w:1", ("Trump", "Xi"), "2020-03-14"),
        report("w:2", ("Trump", "Xi"), "2020-03-15"),
        report("e:1", ("Trump", "Xi"), "2020-03-15"),
    ]
    assert grouped(reports, [west, east]) == {frozenset({"w:1"}), frozenset({"w:2", "e:1"})}


def test_a_date_taken_from_publication_may_be_a_day_late() -> None:
    late = report("b", CALL, when("2021-12-08", "publication-default"))
    assert together(report("a", CALL, "2021-12-07"), late)
    assert not together(report("a", CALL, "2021-12-09"), late)


def test_morning_and_evening_calls_are_two() -> None:
    morning = report("a", CALL, when("2021-12-07", clock="09:00"))
    assert not together(morning, report("b", CALL, when("2021-12-07", clock="19:30")))
    assert together(morning, report("b", CALL, when("2021-12-07", clock="09:40")))


def test_a_plan_is_never_merged_with_what_came_of_it() -> None:
    plan = report("a", CALL, "2021-12-07", status="planned")
    assert not together(plan, report("b", CALL, "2021-12-07"))


def test_a_phone_call_that_one_side_calls_a_video_talk_is_one() -> None:
    assert together(report("a", CALL, "2021-12-07"), report("b", CALL, "2021-12-07", channel="video"))


def test_a_virtual_meeting_may_be_told_of_as_a_meeting() -> None:
    video = report("a", CALL, "2021-12-07", channel="video")
    assert together(video, report("b", CALL, "2021-12-07", channel="meeting"))
    assert not together(video, report("b", CALL, "2021-12-06/2021-12-08", channel="meeting"))


def test_a_call_is_not_a_meeting_and_a_letter_neither() -> None:
    call = report("a", CALL, "2021-12-07")
    assert not together(call, report("b", CALL, "2021-12-07", channel="meeting"))
    assert not together(call, report("b", CALL, "2021-12-07", channel="message"))


def test_a_visit_and_the_meeting_in_it_are_one() -> None:
    visit = report("a", CALL, "2021-06-15/2021-06-17", channel="visit")
    assert together(visit, report("b", CALL, "2021-06-16", channel="meeting"))


def test_a_bilateral_meeting_is_not_the_summit_around_it() -> None:
    summit = report("a", ("Biden", "Macron", "Scholz", "Draghi"), "2022-06-27", channel="meeting")
    assert not together(summit, report("b", ("Biden", "Macron"), "2022-06-27", channel="meeting"))


def test_a_summit_with_one_participant_left_out_is_the_same() -> None:
    summit = report("a", ("Biden", "Macron", "Scholz", "Draghi", "Johnson"), "2022-02-11")
    assert together(summit, report("b", ("Biden", "Macron", "Scholz", "Johnson"), "2022-02-11"))


def test_different_ministers_are_different_meetings() -> None:
    def one(name: str, usa: str, rus: str) -> Report:
        return report(name, (Party(usa, "USA", level="minister"), Party(rus, "RUS", level="minister")), "2022-01-21")

    assert not together(one("a", "Antony Blinken", "Sergey Lavrov"), one("b", "Lloyd Austin", "Sergei Shoigu"))
    assert together(one("a", "Antony Blinken", "Sergey Lavrov"), one("b", "Antony Blinken", "Sergei Lavrov"))


def test_a_background_mention_years_later_finds_its_contact_by_date() -> None:
    reports = [
        report("a", CALL, "2021-12-07"),
        report("b", CALL, "2021-12-30"),
        report("later", CALL, "2021-12-07"),
    ]
    documents = [document("later", "2024-05-01", "The Courier")]
    assert grouped(reports, documents) == {frozenset({"a", "later"}), frozenset({"b"})}


def test_a_vague_mention_joins_the_one_contact_it_fits_and_none_of_two() -> None:
    month = report("v", CALL, "2021-12-01/2021-12-31")
    assert together(report("a", CALL, "2021-12-07"), month)
    assert len(grouped([month, report("a", CALL, "2021-12-07"), report("b", CALL, "2021-12-30")])) == 3


def test_a_vague_mention_rather_means_what_everybody_tells_of() -> None:
    month = report("v", CALL, "2021-12-01/2021-12-31")
    told = [report(f"a{n}", CALL, "2021-12-07") for n in range(8)]
    found = grouped([month, *told, report("b", CALL, "2021-12-30")])
    assert found == {frozenset({"v", *(r.id for r in told)}), frozenset({"b"})}


def test_an_undated_report_stands_alone_unless_strongly_alike() -> None:
    told = document("a", "2021-12-07", "White House"), document("b", "2021-12-09", "The Courier", "Other words.")
    dated = report("a", CALL, "2021-12-07", topics=("cyber", "conflict"))
    assert not together(dated, report("b", CALL, channel="unspecified"), *told)
    assert not together(dated, report("b", CALL, topics=("cyber", "conflict")))
    assert together(dated, report("b", CALL, topics=("cyber", "conflict")), *told)


def test_copies_of_a_wire_item_are_one_contact_even_undated() -> None:
    words = " ".join(f"word{i}" for i in range(80))
    one, two = document("a", "2021-12-07", text=words), document("b", "2021-12-09", text=words + " extra")
    bodies = ("USA", "RUS")
    assert together(report("a", bodies, channel="talks"), report("b", bodies, channel="talks"), one, two)
    assert not together(
        report("a", bodies, channel="talks"), report("b", bodies, channel="talks"), one, document("b", "2021-12-09")
    )


def test_a_denial_joins_the_report_it_denies() -> None:
    assert together(report("a", CALL, "2021-12-07"), report("b", CALL, "2021-12-07", status="denied"))


def test_judgements_merge_split_reject_and_can_be_undone() -> None:
    a, b = report("a", CALL, "2021-12-07"), report("b", CALL, "2021-12-08")
    merge = judgement("merge", "a", "b")
    assert grouped([a, b], judgements=[merge]) == {frozenset({"a", "b"})}
    undo = judgement("merge", at="2026-01-02", undoes=merge.id)
    assert len(grouped([a, b], judgements=[merge, undo])) == 2
    again = judgement("merge", at="2026-01-03", undoes=undo.id)
    assert len(grouped([a, b], judgements=[merge, undo, again])) == 1
    c = report("c", CALL, "2021-12-07")
    assert len(grouped([a, c], judgements=[judgement("split", "a", "c")])) == 2
    assert grouped([a, c], judgements=[judgement("reject", "c")]) == {frozenset({"a"})}


def test_the_id_survives_later_publications() -> None:
    first, later = document("m", "2021-12-07"), document("b", "2021-12-09")
    one = reconcile([report("m", CALL, "2021-12-07")], {"m": first})
    two = reconcile([report("m", CALL, "2021-12-07"), report("b", CALL, "2021-12-07")], {"m": first, "b": later})
    assert one[0].id == two[0].id


def test_a_pair_is_explained() -> None:
    why = explain_pair(report("a", CALL, "2021-12-07"), report("b", CALL, "2021-12-08"), {})
    assert not why.alike
    assert why.excluded == "different days (2021-12-07 and 2021-12-08)"
    same = explain_pair(report("a", CALL, "2021-12-07"), report("b", CALL, "2021-12-07"), {})
    assert same.alike
    assert {r.feature for r in same.reasons} == {"people", "date", "channel"}


PARTIES = st.sampled_from(
    [("Biden", "Putin"), ("Biden", "RUS"), ("USA", "RUS"), ("Trump", "Putin"), ("Biden", "Xi"),
     ("Biden", "Macron", "Scholz", "Draghi"), ("Biden", "Macron", "Scholz", "Johnson"), ("Biden", "Macron", "Scholz")]
)  # fmt: skip
DAYS = st.sampled_from(
    [None, "2021-12-05", "2021-12-06", "2021-12-07", "2021-12-08", "2021-12-01/2021-12-31", "2021-12-06/2021-12-12",
     "2021-01-01/2021-12-31", "2022-01-01/2022-01-31"]
)  # fmt: skip
PUBLISHERS = st.sampled_from(["White House", "Kremlin", "Zhongnanhai", "The Courier", None])


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Report], list[Document]]:
    reports, documents = [], []
    for number in range(draw(st.integers(2, 14))):
        name = f"d{number}"
        published = draw(st.sampled_from([None, "2021-12-06", "2021-12-07", "2021-12-08", "2022-03-01"]))
        documents.append(document(name, published, draw(PUBLISHERS)))
        status = draw(st.sampled_from(["held", "held", "planned", "denied", "cancelled"]))
        channel = draw(st.sampled_from(["phone", "video", "meeting", "talks", "unspecified"]))
        topics = draw(st.sets(st.sampled_from(["cyber", "trade", "conflict"])))
        reports.append(report(name, draw(PARTIES), draw(DAYS), status=status, channel=channel, topics=sorted(topics)))
    return reports, documents


@st.composite
def judged(draw: st.DrawFn) -> tuple[list[Report], list[Document], list[Judgement]]:
    reports, documents = draw(ledgers())
    names = [r.id for r in reports]
    made = []
    for at in range(draw(st.integers(0, 5))):
        chosen = draw(st.lists(st.sampled_from(names), min_size=2, max_size=3, unique=True))
        made.append(judgement(draw(st.sampled_from(["merge", "split"])), *chosen, at=f"2026-01-0{at + 1}"))
    return reports, documents, made


@settings(max_examples=150, deadline=None)
@given(judged(), st.randoms(use_true_random=False))
def test_the_order_of_input_changes_nothing(
    case: tuple[list[Report], list[Document], list[Judgement]], dice: random.Random
) -> None:
    reports, documents, made = case
    known = {d.id: d for d in documents}
    once = reconcile(reports, known, made, ISSUERS)
    shuffled = dice.sample(reports, len(reports))
    assert reconcile(shuffled, known, dice.sample(made, len(made)), ISSUERS) == once
    assert sorted(r for c in once for r in c.reports) == sorted(r.id for r in reports)


@settings(max_examples=150, deadline=None)
@given(judged())
def test_a_negative_judgement_is_never_merged(case: tuple[list[Report], list[Document], list[Judgement]]) -> None:
    reports, documents, made = case
    apart = decisions(made).apart
    for contact in reconcile(reports, {d.id: d for d in documents}, made, ISSUERS):
        assert not any(a in contact.reports and b in contact.reports for a, b in apart)


@settings(max_examples=100, deadline=None)
@given(judged(), st.randoms(use_true_random=False))
def test_one_by_one_gives_the_same_as_all_at_once(
    case: tuple[list[Report], list[Document], list[Judgement]], dice: random.Random
) -> None:
    reports, documents, made = case
    known = {d.id: d for d in documents}
    traits = [trait(r, known[r.document], ISSUERS) for r in dice.sample(reports, len(reports))]
    steps = Reconciler(known, made)
    for one in traits:
        steps.update([one])
    assert steps.contacts == reconcile(reports, known, made, ISSUERS)
    gone = traits[0].id
    steps.update(removed=[gone])
    assert steps.contacts == reconcile([r for r in reports if r.id != gone], known, made, ISSUERS)


def test_a_new_document_touches_only_its_neighbourhood() -> None:
    steps = Reconciler({}, ())
    far = [report(f"r{m}", CALL, f"2021-{m:02}-07") for m in range(1, 12)]
    steps.update(trait(r, None, ISSUERS) for r in far)
    changed = steps.update([trait(report("new", CALL, "2021-05-07"), None, ISSUERS)])
    assert steps.touched == 2
    assert [c.reports for c in changed] == [("new", "r5")]


@pytest.mark.parametrize("missing", [None, "2021-12-07"])
def test_a_missing_document_is_no_obstacle(missing: str | None) -> None:
    assert len(reconcile([report("a", CALL, missing), report("b", ("USA",), missing)], {})) == 2


def test_one_misread_rank_does_not_keep_a_report_out() -> None:
    def told(name: str, level: str) -> Report:
        return report(name, ("Trump", Party("Cyril Ramaphosa", "ZAF", level=level)), "2025-05-21")  # type: ignore[arg-type]

    named = [told(name, "leader") for name in "abcd"]
    nameless = report("n", ("Trump", Party(None, "ZAF", level="leader")), "2025-05-21")
    assert len(grouped([*named, told("e", "expert"), nameless])) == 1
    assert len(grouped([told("e", "expert"), nameless])) == 2


def test_a_denial_of_contact_in_general_is_not_the_denial_of_a_call() -> None:
    denial = report("b", CALL, "2021-12-07", status="denied", channel="unspecified")
    assert not together(report("a", CALL, "2021-12-07"), denial)
