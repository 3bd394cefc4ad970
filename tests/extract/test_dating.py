"""Years that nobody wrote: the evidence, the candidates, the reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.extract.dating import infer_published
from communique.extract.times import find_times
from communique.knowledge.registry import load_registry
from communique.model import Document, Published
from communique.text import split


def infer(text: str, title: str | None = None) -> Published:
    document = Document("undated", text, title)
    sentences = split(document)
    return infer_published(document, sentences, load_registry(), find_times(document, sentences, None))


@pytest.mark.parametrize(
    ("name", "day", "reasons"),
    [
        ("000_534ef28fa55041c0.txt", "2020-05-22", ("Friday, May 22", "Mike Pompeo was Secretary of State")),
        ("001_bd71cd26e8afc504.txt", "2020-07-23", ("July 23", "45th anniversary", "Donald Trump was President")),
    ],
)
def test_the_seeds(shared: Path, name: str, day: str, reasons: tuple[str, ...]) -> None:
    published = infer((shared / "seeds" / name).read_text(encoding="utf-8"))
    assert (published.edtf, published.basis) == (day, "inferred")
    said = "\n".join(published.reasons)
    assert [reason for reason in reasons if reason not in said] == []


def test_office_holders_and_weekday_leave_one_year() -> None:
    text = "On Thursday, May 21, Secretary of State Mike Pompeo spoke by phone with Foreign Minister Sergei Lavrov."
    assert infer(text).edtf == "2020-05-21"


def test_several_years_remain_candidates() -> None:
    text = "President Joe Biden spoke on March 3 with Chancellor Olaf Scholz of Germany about Ukraine."
    published = infer(text)
    assert published.edtf is None
    assert published.basis is None
    assert published.candidates == ("2022-03-03", "2023-03-03", "2024-03-03")
    assert any("Olaf Scholz" in reason for reason in published.reasons)


def test_without_evidence_the_answer_is_unknown() -> None:
    assert infer("The two ministers met on March 3 and discussed trade.") == Published(None, None)


def test_without_any_date_tenures_leave_years() -> None:
    published = infer("President Joe Biden spoke today with Prime Minister Boris Johnson of the United Kingdom.")
    assert published.candidates == ("2021", "2022")


def test_former_holders_tell_nothing() -> None:
    assert infer("Former President Donald Trump spoke with former Prime Minister Boris Johnson.").candidates == ()


def test_a_deputy_is_not_the_minister() -> None:
    assert infer("Deputy Secretary of State Mike Pompeo spoke with the press.").candidates == ()


def test_years_told_as_past_are_a_bound() -> None:
    text = (
        "President Joe Biden spoke on March 3 with the king. The two last met in November 2022 in Bali, officials said."
    )
    assert infer(text).candidates == ("2023-03-03", "2024-03-03")


def test_plans_are_no_bound() -> None:
    text = "President Joe Biden spoke on March 3 with the king about the goals for the year 2030, officials said."
    assert infer(text).candidates == ("2021-03-03", "2022-03-03", "2023-03-03", "2024-03-03")


def test_a_dateline_with_its_year_is_text() -> None:
    published = infer("MOSCOW, May 22, 2020. /NEWS/. The minister met the envoy.")
    assert (published.edtf, published.basis) == ("2020-05-22", "text")


def test_a_line_that_is_a_date_is_text() -> None:
    published = infer("The presidents spoke by phone.\n\nMay 22, 2020\n")
    assert (published.edtf, published.basis) == ("2020-05-22", "text")


def test_an_empty_text_is_unknown() -> None:
    assert infer("") == Published(None, None)


def infer_seen(text: str, seen: str) -> Published:
    document = Document("seen", text, published=Published(f"../{seen}", "given"))
    sentences = split(document)
    return infer_published(document, sentences, load_registry(), find_times(document, sentences, None))


SEEN = "Sergei Lavrov, the foreign minister of Russia, met his colleague on Friday, May 22."


def test_the_day_of_a_crawl_rules_out_what_lies_after_it() -> None:
    assert infer(SEEN).candidates == ("2009-05-22", "2015-05-22", "2020-05-22", "2026-05-22")
    assert infer_seen(SEEN, "2021-06-01").candidates == ("2009-05-22", "2015-05-22", "2020-05-22")


def test_the_age_that_a_page_states_moves_the_bound_back() -> None:
    found = infer_seen(f"12 months ago\n\n{SEEN}", "2020-08-01")
    assert found.candidates == ("2009-05-22", "2015-05-22")
    assert any("12 month(s) old: out by 2019-09-01" in reason for reason in found.reasons)


def test_a_bound_stays_where_nothing_better_is_found() -> None:
    assert infer_seen("The ministers met.", "2021-06-01").edtf == "../2021-06-01"
