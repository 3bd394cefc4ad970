from __future__ import annotations

from dataclasses import replace

from communique.model import Claim, Reading
from communique.reconcile import Issuers
from communique.views.check import book
from communique.views.claims import claim_json, claim_rows, contradictions
from communique.views.snapshot import Snapshot, snapshot
from tests.contacts import document, report
from tests.views.test_check import claim


def held(*claims: Claim) -> Snapshot:
    readings = []
    for number, one in enumerate(claims):
        home = document(f"d{number}", "2020-05-22", text="The words of the claim.")
        readings.append(Reading(home, claims=(replace(one, id=f"c{number}", document=home.id),)))
    call = Reading(document("r", "2020-05-07"), (report("r", ("Trump", "Putin"), "2020-05-07"),))
    return snapshot([*readings, call], issuers=Issuers())


def pairs(*claims: Claim) -> list[tuple[str, str]]:
    return [(a.id, b.id) for a, b in contradictions(held(*claims))]


SPRING = {"since": "2020-03-21/2020-03-31", "until": "2020-05-22"}


def test_two_counts_of_one_time_contradict_each_other() -> None:
    six, five = claim(count=6, **SPRING), claim(count=5, **SPRING)
    assert pairs(six, five) == [("c0", "c1")]
    assert pairs(six, six) == []
    assert pairs(six, replace(five, comparator="at-least")) == []
    assert pairs(six, claim(count=5, channel="meeting", **SPRING)) == []
    assert pairs(six, claim(count=5, parties=("Biden", "Putin"), **SPRING)) == []


def test_more_contacts_in_less_time_contradict_fewer_in_more() -> None:
    april = claim(count=6, since="2020-04-01", until="2020-04-30")
    assert pairs(april, claim(count=5, since="2020-01-01", until="2020-05-22")) == [("c0", "c1")]
    assert pairs(april, claim(count=7, since="2020-01-01", until="2020-05-22")) == []
    assert pairs(april, claim(count=5, since="2020-05-01", until="2020-05-22")) == []


def test_two_previous_contacts_of_one_contradict_each_other() -> None:
    june = claim("previous", since="2020-06-01", until="2020-07-23")
    assert pairs(june, claim("previous", since="2020-06-20", until="2020-07-23")) == [("c0", "c1")]
    assert pairs(june, claim("previous", since="2020-07-23", until="2020-08-20")) == []
    assert pairs(june, june) == []
    assert pairs(claim("first", until="2020-06-01"), claim("first", until="2020-07-01")) == []


def test_claims_are_listed_with_their_verdicts() -> None:
    ledger = held(claim(count=1, **SPRING), claim(count=5, **SPRING))
    rows = claim_rows(ledger, book(ledger))
    assert [(r.claim.id, r.verdict.verdict, r.contradicts) for r in rows] == [
        ("c0", "supported", ("c1",)),
        ("c1", "cannot-tell", ("c0",)),
    ]
    assert claim_json(ledger, rows[0])["contradicts"] == ["c1"]
