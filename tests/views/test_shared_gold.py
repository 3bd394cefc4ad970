"""Questions asked of real documents, where they are at hand: both sides of a contact, and claims about their number."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from communique.knowledge import load
from communique.model import Document, Published, Reading
from communique.pipeline import read_document
from communique.reconcile import issuers
from communique.reconcile.features import published_day
from communique.views.asking import party_named
from communique.views.check import book, check
from communique.views.compare import compare
from communique.views.contacts import ContactRow, contact_rows
from communique.views.snapshot import Snapshot, snapshot


def lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as stream:
        yield from map(json.loads, stream)


def read(rows: Iterable[dict[str, Any]]) -> list[Reading]:
    knowledge = load()
    return [
        read_document(
            Document(
                id=r["id"],
                text=r["text"],
                title=r.get("title"),
                url=r.get("url"),
                publisher=r.get("source"),
                published=Published(r["published"], "given"),
            ),
            knowledge,
        )
        for r in rows
    ]


def held(readings: Iterable[Reading]) -> Snapshot:
    registry = load().registry
    return snapshot(readings, issuers=issuers(registry.states.values(), registry.organisations.values()))


def contact_on(ledger: Snapshot, day: str, *names: str) -> ContactRow:
    """The contact of just these two people held on a day that most documents tell of."""
    rows = [
        row
        for row in contact_rows(ledger)
        if row.status == "held" and row.when and row.when.edtf == day and {p.name for p in row.parties} == {*names}
    ]
    return max(rows, key=lambda row: len(row.documents))


@pytest.mark.parametrize(
    ("index", "day", "names", "voices"),
    [
        (0, "2021-12-07", ("Joe Biden", "Vladimir Putin"), {"USA", "RUS"}),
        (1, "2022-01-02", ("Joe Biden", "Volodymyr Zelenskyy"), {"USA", "UKR"}),
        (2, "2022-03-30", ("Joe Biden", "Volodymyr Zelenskyy"), {"USA", "UKR"}),
    ],
)
def test_readouts_of_both_sides_are_one_contact(
    shared: Path, index: int, day: str, names: tuple[str, ...], voices: set[str]
) -> None:
    gold = list(lines(shared / "gold" / "dev_both_sides.jsonl"))[index]
    ledger = held(read(gold["docs"]))
    row = contact_on(ledger, day, *names)
    seen = compare(ledger, row.id, sentences=False)
    assert voices <= {a.side for a in seen.accounts}
    told = [set(t.said_by) & voices for t in seen.topics]
    assert voices in told
    assert any(len(one) == 1 for one in told)


def test_a_video_call_announced_before_is_held(shared: Path) -> None:
    gold = next(lines(shared / "gold" / "dev_both_sides.jsonl"))
    ledger = held(read(gold["docs"]))
    row = contact_on(ledger, "2021-12-07", "Joe Biden", "Vladimir Putin")
    assert row.fulfils is not None
    assert row.fulfils in ledger.contacts


@pytest.mark.parametrize(
    ("day", "sentence", "verdict", "counted"),
    [
        ("2021-05-19", "Biden spoke with Netanyahu four times from May 12 to May 19, 2021.", "supported", 4),
        ("2021-05-20", "Over the last 11 days, Biden spoke with Netanyahu six times.", "cannot-tell", 4),
        ("2021-05-20", "Biden and Netanyahu held three calls from May 10 to May 19, 2021.", "contradicted", 4),
        ("2021-05-19", "The previous call of Biden and Netanyahu took place on May 15, 2021.", "contradicted", 1),
    ],
)  # fmt: skip
def test_claims_against_the_readouts_of_may_2021(
    shared: Path, day: str, sentence: str, verdict: str, counted: int
) -> None:
    rows = lines(shared / "corpora" / "white_house_readouts_2021_22.jsonl.gz")
    readings = read(r for r in rows if "netanyahu" in r["id"] and r["published"].startswith("2021-05"))
    typed = read([{"id": "typed", "text": sentence, "published": day}])[0]
    (claim,) = typed.claims
    answer = check(claim, book(held(readings)), published_day(typed.document))
    assert (answer.verdict, answer.counted) == (verdict, counted)


@pytest.fixture(scope="module")
def netanyahu() -> Any:
    """The ledger of the White House's readouts of its calls with Israel's prime minister in May 2021."""
    path = Path(__file__).parents[3] / "shared" / "corpora" / "white_house_readouts_2021_22.jsonl.gz"
    return book(held(read(r for r in lines(path) if "netanyahu" in r["id"] and r["published"].startswith("2021-05"))))


def gold_claims(shared: Path) -> list[dict[str, Any]]:
    return list(lines(shared / "gold" / "dev_count_claims.jsonl"))


def test_the_fourth_time_in_a_week_is_supported_by_four_dated_calls(shared: Path, netanyahu: Any) -> None:
    reading = read(gold_claims(shared)[:1])[0]
    (claim,) = reading.claims
    answer = check(claim, netanyahu, published_day(reading.document))
    assert answer.verdict == "supported"
    days = [c.row.when.edtf for c in answer.contacts if c.row.when]
    assert days == ["2021-05-12", "2021-05-15", "2021-05-17", "2021-05-19"]


CONTEXT = "Prime Minister Benjamin Netanyahu of Israel told me that a ceasefire is to begin tonight. "


@pytest.mark.parametrize("between", [("Joe Biden", "Benjamin Netanyahu"), ()])
def test_six_times_in_eleven_days_is_not_contradicted_by_four(
    shared: Path, netanyahu: Any, between: tuple[str, ...]
) -> None:
    """The bare sentence says "I" and "the Prime Minister": its document names them, or whoever asks."""
    row = gold_claims(shared)[1]
    day = published_day(read([row | {"text": ""}])[0].document)
    row["text"] = row["text"] if between else CONTEXT + row["text"]
    knowledge = load()
    document = read([row])[0].document
    parties = [party_named(knowledge.registry, name, day) for name in between]
    (claim,) = read_document(document, knowledge, between=parties).claims
    answer = check(claim, netanyahu, day)
    assert (answer.verdict, answer.claimed, answer.counted) == ("cannot-tell", 6, 4)
    assert "two are unaccounted for" in answer.why
