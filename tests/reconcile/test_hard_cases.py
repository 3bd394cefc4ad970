"""The hard cases of bringing reports together, each from invented articles as they are read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from communique.knowledge import load
from communique.model import Document, Published
from communique.pipeline import read_document
from communique.reconcile import issuers
from communique.views.contacts import ContactRow, contact_rows
from communique.views.gatherings import gathering_json, gathering_of
from communique.views.plans import plan_rows
from communique.views.snapshot import Snapshot, snapshot

Article = tuple[str, str, str]
WH, KREMLIN = "White House", "President of Russia (en.kremlin.ru)"
CHINA, PAPER, OTHER = "Ministry of Foreign Affairs of China", "The Northern Courier", "Southern Post"
LONG = (
    " The harbour towns of the region had waited for such news all winter, fishermen mended nets in the cold sheds, and"
    " the ferry company said that it would put a second ship on the route as soon as the ice allowed it to do so."
)


def told(*articles: Article) -> Snapshot:
    """A ledger of articles (publisher, day, text)."""
    knowledge = load()
    registry = knowledge.registry
    documents = [
        Document(f"d{n}", text, publisher=publisher, language="en", published=Published(day, "given"))
        for n, (publisher, day, text) in enumerate(articles)
    ]
    known = issuers(registry.states.values(), registry.organisations.values())
    return snapshot([read_document(d, knowledge) for d in documents], issuers=known)


def rows(*articles: Article, between: Sequence[str] = ("RUS", "USA")) -> list[ContactRow]:
    return [row for row in contact_rows(told(*articles)) if row.sides.issuperset(between)]


def days(found: Sequence[ContactRow]) -> list[tuple[str, int]]:
    return [(row.when.edtf if row.when else "", len(row.documents)) for row in found]


def test_one_call_dated_on_two_days_by_time_zones() -> None:
    found = rows(
        (WH, "2021-09-09", "President Joseph R. Biden, Jr. spoke by phone today with President Xi Jinping of China."),
        (CHINA, "2021-09-10", "On September 10, 2021, President Xi Jinping had a phone call with Joe Biden."),
        between=("CHN", "USA"),
    )  # fmt: skip
    assert len(found) == 1
    assert found[0].disputed == ("when",)


def test_two_calls_on_consecutive_days() -> None:
    found = rows(
        (PAPER, "2021-12-07", "Joe Biden spoke by phone with Vladimir Putin on December 7, 2021."),
        (OTHER, "2021-12-08", "Joe Biden spoke by phone with Vladimir Putin on December 8, 2021."),
    )
    assert days(found) == [("2021-12-07", 1), ("2021-12-08", 1)]


def test_bilateral_meetings_inside_a_summit() -> None:
    summit = "Joe Biden, Emmanuel Macron, Olaf Scholz and Mario Draghi met at a summit in Elmau on June 27, 2022."
    found = rows(
        (PAPER, "2022-06-27", summit),
        (WH, "2022-06-27", "President Joe Biden met with President Emmanuel Macron of France today."),
        (OTHER, "2022-06-28", "Joe Biden met with Emmanuel Macron on June 27, 2022."),
        between=("FRA", "USA"),
    )
    assert sorted((len(row.sides), len(row.documents)) for row in found) == [(2, 2), (4, 1)]


SIDELINES = (
    "Joe Biden, Emmanuel Macron, Olaf Scholz and Mario Draghi met at a summit in Elmau on June 27, 2022. On the"
    " sidelines Biden held a bilateral meeting with Macron on Monday. The two presidents discussed energy prices."
)


def test_a_summit_and_the_meeting_on_its_sidelines_told_in_one_document() -> None:
    ledger = told((PAPER, "2022-06-27", SIDELINES), (WH, "2022-06-27", "President Biden met President Macron today."))
    found = {len(row.sides): row for row in contact_rows(ledger) if row.sides >= {"FRA", "USA"}}
    assert {sides: len(row.documents) for sides, row in found.items()} == {2: 2, 4: 1}
    assert gathering_of(ledger, found[2].id) == found[4].id
    assert gathering_json(ledger, found[4].id) == {"part_of": None, "parts": [found[2].id]}


def test_a_call_of_four_in_which_one_told_another_something_is_one() -> None:
    text = (
        "Joe Biden, Emmanuel Macron, Olaf Scholz and Mario Draghi held a phone call on Monday. Biden and Macron"
        " spoke about energy."
    )
    assert len(rows((PAPER, "2022-06-27", text), between=("FRA", "USA"))) == 1


def test_a_visit_and_the_meeting_in_it() -> None:
    found = rows(
        (PAPER, "2022-02-08", "Viktor Orbán paid a visit to Moscow on February 1, 2022 and met with Vladimir Putin."),
        (KREMLIN, "2022-02-01", "Vladimir Putin met with Prime Minister of Hungary Viktor Orban in the Kremlin today."),
        between=("HUN", "RUS"),
    )
    named = [row for row in found if any(p.name == "Vladimir Putin" for p in row.parties)]
    assert days(named) == [("2022-02-01", 2)]


def test_a_phone_call_that_one_side_calls_a_video_talk() -> None:
    found = rows(
        (WH, "2021-12-07", "President Biden held a secure video call with President Vladimir Putin of Russia today."),
        (PAPER, "2021-12-07", "Joe Biden and Vladimir Putin held a telephone conversation on Tuesday."),
    )
    assert days(found) == [("2021-12-07", 2)]


def test_an_announcement_before_and_a_readout_after() -> None:
    ledger = told(
        (WH, "2021-12-04", "President Biden will hold a video call with President Vladimir Putin on December 7."),
        (WH, "2021-12-07", "President Biden held a secure video call with President Vladimir Putin of Russia today."),
    )  # fmt: skip
    (plan,) = plan_rows(ledger)
    held = [row for row in contact_rows(ledger) if row.status == "held"]
    assert (plan.outcome, plan.contact) == ("held", held[0].id)
    assert (len(held), held[0].fulfils) == (1, plan.id)


def test_a_background_mention_years_later() -> None:
    found = rows(
        (WH, "2021-06-16", "President Biden met with President Vladimir Putin in Geneva today."),
        (PAPER, "2024-03-03", "Joe Biden met with Vladimir Putin in Geneva on June 16, 2021, and never again."),
    )
    assert days(found) == [("2021-06-16", 2)]


def test_a_copied_wire_item_is_one_source() -> None:
    words = "Joe Biden spoke by phone with Vladimir Putin on July 9, 2021." + LONG
    (row,) = rows((PAPER, "2021-07-09", words), (OTHER, "2021-07-10", words + " (Agencies)"))
    assert (row.reports, row.outlets, row.independent) == (2, 2, 1)


def test_a_denial_against_a_report() -> None:
    found = rows(
        (PAPER, "2021-07-10", "Joe Biden spoke by phone with Vladimir Putin on July 9, 2021."),
        (OTHER, "2021-07-10", "Officials denied that Joe Biden spoke by phone with Vladimir Putin on July 9, 2021."),
    )
    assert len(found) == 1
    assert "status" in found[0].disputed


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_whatever_comes_first(order: tuple[int, ...]) -> None:
    articles = (
        (PAPER, "2021-12-07", "Joe Biden spoke by phone with Vladimir Putin on December 7, 2021."),
        (OTHER, "2021-12-08", "Joe Biden and Vladimir Putin held a telephone conversation on December 7, 2021."),
        (WH, "2021-12-30", "President Biden spoke by phone with President Vladimir Putin of Russia today."),
    )
    assert days(rows(*(articles[n] for n in order))) == [("2021-12-07", 2), ("2021-12-30", 1)]
