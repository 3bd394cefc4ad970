"""Two readouts face to face: a dot where a side mentions a topic, a line where both do, silence as silence."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model import Reading
from communique.pictures.ask import face_to_face
from communique.views.snapshot import Snapshot, snapshot
from tests.contacts import document, report
from tests.pictures.drawn import SVG, parsed
from tests.readings import readings
from tests.views.test_compare import CALL, held, only


@settings(max_examples=20)
@given(st.lists(readings(), min_size=1, max_size=2, unique_by=lambda r: r.document.id))
def test_any_documents_make_well_formed_xml(read: list[Reading]) -> None:
    ledger = snapshot(read)
    for contact in list(ledger.contacts)[:2]:
        picture = face_to_face(ledger, contact)
        parsed(picture)
        assert picture.svg() == face_to_face(ledger, contact).svg()


def story() -> Snapshot:
    white_house = document("w", "2020-07-23", "White House", "They spoke. " * 200)
    kremlin = document("k", "2020-07-23", "Kremlin")
    return held(
        Reading(white_house, (report("w", CALL, "2020-07-23", topics=("health", "finance")),)),
        Reading(kremlin, (report("k", CALL, "2020-07-23", topics=("health", "space"), minutes=50),)),
    )


def test_dots_and_lines_say_who_mentions_a_topic() -> None:
    root = parsed(face_to_face(story(), only(story())))
    said = {}
    for one in root.iter(f"{SVG}g"):
        title = one.find(f"{SVG}title")
        if title is not None and "mentioned by" in (title.text or ""):
            dots = [dot.get("class") for dot in one.findall(f"{SVG}circle")]
            said[title.text] = (dots, len(one.findall(f"{SVG}line")))
    assert said == {
        "health: mentioned by both": (["cq-side-a", "cq-side-b"], 2),
        "finance: mentioned by only USA": (["cq-side-b"], 0),
        "space: mentioned by only RUS": (["cq-side-a"], 0),
    }


def test_of_a_long_text_the_lines_that_matter_are_shown() -> None:
    drawn = parsed(face_to_face(story(), only(story())))
    lines = ["".join(found.itertext()) for found in drawn.iter(f"{SVG}text")]
    assert sum("They spoke." in line for line in lines) < 10
    assert "…" in lines


def test_a_side_without_an_account_is_silent() -> None:
    one = document("w", "2020-07-23", "White House")
    ledger = held(Reading(one, (report("w", CALL, "2020-07-23", topics=("health",)),)))
    assert "No account of it in the ledger." in face_to_face(ledger, only(ledger)).svg()


def test_the_table_has_every_quote() -> None:
    table = face_to_face(story(), only(story())).table
    assert ("topic", "health", "both", "RUS", "health", "k", 0, 9, "The two s") in table.rows
    assert ("field", "duration_minutes", "only", "RUS", "50", "k", 0, 9, "The two s") in table.rows
