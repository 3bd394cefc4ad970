from __future__ import annotations

from dataclasses import replace

from communique.model import Reading, Span
from communique.reconcile import Issuers
from communique.views.compare import compare, compare_json
from communique.views.habits import compare_pair, habit_json
from communique.views.snapshot import Snapshot, snapshot
from tests.contacts import document, report

CALL = ("Trump", "Putin")
ISSUERS = Issuers(seats={"white house": "USA", "kremlin": "RUS", "ukraine": "UKR"})
TEXT = "Judd Vane, deputy spokesman of the White House, and the Kremlin told of the call. Both were brief about it."


def held(*readings: Reading) -> Snapshot:
    return snapshot(readings, issuers=ISSUERS)


def only(ledger: Snapshot) -> str:
    (contact,) = ledger.contacts
    return contact


def test_two_readouts_face_to_face() -> None:
    ledger = held(
        Reading(
            document("w", "2020-07-23", "White House"), (report("w", CALL, "2020-07-23", topics=("health", "finance")),)
        ),
        Reading(
            document("k", "2020-07-23", "Kremlin"),
            (report("k", CALL, "2020-07-23", topics=("health", "space"), minutes=50, initiator="Donald Trump"),),
        ),
    )
    seen = compare(ledger, only(ledger))
    assert [(a.side, a.documents, a.party) for a in seen.accounts] == [("RUS", ("k",), True), ("USA", ("w",), True)]
    assert [(t.topic, t.said_by) for t in seen.topics] == [
        ("health", ("RUS", "USA")),
        ("finance", ("USA",)),
        ("space", ("RUS",)),
    ]
    verdicts = {f.field: f.verdict for f in seen.fields}
    assert verdicts == {
        "channel": "agree",
        "when": "agree",
        "parties": "agree",
        "initiator": "only",
        "duration_minutes": "only",
    }


def test_one_article_that_relays_both_sides() -> None:
    told = (
        ("health", "White House"),
        ("finance", "Judd Vane"),
        ("health", "Kremlin"),
        ("space", "Kremlin"),
        ("trade", None),
    )
    one = report("a", CALL, "2020-07-23", topics=told, told_by=("White House", "Kremlin", "Judd Vane"))
    ledger = held(Reading(document("a", "2020-07-24", "The Courier", TEXT), (one,)))
    seen = compare(ledger, only(ledger))
    assert [a.side for a in seen.accounts] == ["RUS", "USA", "The Courier"]
    assert {t.topic: t.said_by for t in seen.topics} == {
        "health": ("RUS", "USA"),
        "finance": ("USA",),
        "space": ("RUS",),
        "trade": ("The Courier",),
    }
    assert seen.follows == {"The Courier": "USA"}


def test_a_teller_is_known_by_the_words_before_his_name() -> None:
    text = "The deputy spokesman of the White House, Judd Vane, told of it. The Kremlin kept silent."
    one = report("a", CALL, "2020-07-23", topics=(("finance", "Judd Vane"),), told_by=("Judd Vane",))
    ledger = held(Reading(document("a", "2020-07-24", "The Courier", text), (one,)))
    assert compare(ledger, only(ledger)).topics[0].said_by == ("USA",)


def test_what_differs_is_shown_with_its_quotes() -> None:
    ledger = held(
        Reading(
            document("w", "2020-07-23", "White House"), (report("w", CALL, "2020-07-23", initiator="Vladimir Putin"),)
        ),
        Reading(
            document("k", "2020-07-23", "Kremlin"),
            (report("k", CALL, "2020-07-23", channel="video", initiator="Donald Trump"),),
        ),
    )
    line = compare_json(ledger, compare(ledger, only(ledger)))
    assert list(line) == ["id", "accounts", "topics", "fields", "silent", "follows", "aligned"]
    fields = {f["field"]: f for f in line["fields"]}
    assert (fields["channel"]["verdict"], fields["initiator"]["verdict"]) == ("differ", "differ")
    quote = fields["initiator"]["values"][0]["quotes"][0]
    assert quote == {"side": "RUS", "document": "k", "start": 0, "end": 9, "text": "The two s"}


def test_three_sides_and_a_paper() -> None:
    trio = ("Biden", "Putin", "Macron")
    voices = {
        "w": "White House",
        "k": "Kremlin",
        "e": "Ministry of Europe and Foreign Affairs of France",
        "p": "Courier",
    }
    topics = {"w": ("energy",), "k": ("energy", "trade"), "e": ("energy", "climate"), "p": ("trade", "energy")}
    known = Issuers(seats={"white house": "USA", "kremlin": "RUS"}, names={"france": "FRA"})
    readings = [
        Reading(document(d, "2022-02-12", voices[d], f"Text {d}."), (report(d, trio, "2022-02-12", topics=topics[d]),))
        for d in voices
    ]
    ledger = snapshot(readings, issuers=known)
    seen = compare(ledger, only(ledger))
    assert [(a.side, a.party) for a in seen.accounts] == [
        ("FRA", True),
        ("RUS", True),
        ("USA", True),
        ("Courier", False),
    ]
    assert seen.topics[0].said_by == ("Courier", "FRA", "RUS", "USA")
    assert {t.topic: t.said_by for t in seen.topics}["climate"] == ("FRA",)
    assert seen.follows == {"Courier": "RUS"}
    assert seen.silent == ()


def test_one_side_with_the_media_and_the_other_silent() -> None:
    ledger = held(
        Reading(document("k", "2020-07-23", "Kremlin"), (report("k", CALL, "2020-07-23", topics=("trade",)),)),
        Reading(document("p", "2020-07-23", "Courier"), (report("p", CALL, "2020-07-23", topics=("trade", "cyber")),)),
    )
    seen = compare(ledger, only(ledger))
    assert [(a.side, a.party) for a in seen.accounts] == [("RUS", True), ("Courier", False)]
    assert seen.silent == ("USA",)
    assert compare_json(ledger, seen)["silent"] == ["USA"]


def test_habits_of_a_pair() -> None:
    readings = []
    for day in ("2020-07-23", "2020-08-23", "2020-09-23"):
        topics = ("health", "arms-control")
        readings.append(Reading(document(f"k{day}", day, "Kremlin"), (report(f"k{day}", CALL, day, topics=topics),)))
        if day != "2020-09-23":
            usa = report(f"w{day}", CALL, day, topics=("health",))
            readings.append(Reading(document(f"w{day}", day, "White House"), (usa,)))
    usa, rus = compare_pair(held(*readings), ("USA", "RUS"))
    assert habit_json(usa) == {
        "side": "USA",
        "both": 2,
        "silent": 1,
        "left_out": [{"topic": "arms-control", "times": 2}],
        "alone": [],
    }
    assert (rus.left_out, rus.alone, rus.silent) == ((), (("arms-control", 2),), 0)


def test_sentences_that_tell_of_the_same_stand_side_by_side() -> None:
    west = "The presidents agreed to send experts to Vienna in June. They also spoke of trade in grain."
    east = "Good day to all. It was agreed that experts would go to Vienna in June. The weather was fine."
    ledger = held(
        Reading(document("w", "2020-07-23", "White House", west), (report("w", CALL, "2020-07-23"),)),
        Reading(document("k", "2020-07-23", "Kremlin", east), (report("k", CALL, "2020-07-23"),)),
    )
    line = compare_json(ledger, compare(ledger, only(ledger)))
    (pair,) = line["aligned"]
    assert [s["text"] for s in pair["sentences"]] == [
        "It was agreed that experts would go to Vienna in June.",
        "The presidents agreed to send experts to Vienna in June.",
    ]
    assert compare(ledger, only(ledger), sentences=False).aligned == ()


def test_next_steps_and_tone_are_told_by_side() -> None:
    west = "The frank talks of the two sides went well."
    talks = report("w:2", ("USA", "RUS"), "2020-08-10", channel="talks", status="planned", place="Vienna")
    ledger = held(
        Reading(document("w", "2020-07-23", "White House", west), (report("w", CALL, "2020-07-23"), talks)),
        Reading(document("k", "2020-07-23", "Kremlin", "They spoke."), (report("k", CALL, "2020-07-23"),)),
    )
    call = next(c for c in ledger.contacts.values() if "w" in c.reports)
    fields = {f.field: f for f in compare(ledger, call.id).fields}
    assert (fields["next_steps"].verdict, fields["tone"].verdict) == ("only", "only")
    assert fields["next_steps"].values[0][:2] == ("USA", ["planned talks, 2020-08-10, Vienna"])
    assert fields["tone"].values[0][:2] == ("USA", ["frank"])


def test_what_is_to_follow_is_told_by_both() -> None:
    west = "They spoke. The two presidents tasked their teams to follow up."
    east = "They spoke. The leaders agreed to instruct their representatives to engage in consultations. They met Xi."
    xi = replace(report("k:2", ("Putin", "Xi"), "2020-07-23", channel="meeting"), trigger=Span("k", 93, 96))
    ledger = held(
        Reading(document("w", "2020-07-23", "White House", west), (report("w", CALL, "2020-07-23"),)),
        Reading(document("k", "2020-07-23", "Kremlin", east), (report("k", CALL, "2020-07-23"), xi)),
    )
    call = next(c for c in ledger.contacts.values() if "w" in c.reports)
    fields = {f.field: f for f in compare(ledger, call.id).fields}
    assert fields["next_steps"].verdict == "agree"
    assert {side: values for side, values, _ in fields["next_steps"].values} == {
        "RUS": ["work of their staff"],
        "USA": ["work of their staff"],
    }


def test_a_place_is_not_that_of_a_video_call() -> None:
    ledger = held(
        Reading(document("w", "2020-07-23", "White House"), (report("w", CALL, "2020-07-23", channel="video"),)),
        Reading(
            document("k", "2020-07-23", "Kremlin"),
            (report("k", CALL, "2020-07-23", channel="meeting", place="Vienna"),),
        ),
    )
    (call,) = ledger.contacts
    assert "place" not in {f.field for f in compare(ledger, call).fields}
