"""iCalendar (RFC 5545): plans as events of whole days, with what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from communique.export.clean import clean_for
from communique.export.formats import Exporter
from communique.export.material import Material
from communique.views.plans import PlanRow
from communique.views.words import contact_words

_STATUS = {"held": "CONFIRMED", "cancelled": "CANCELLED", "postponed": "TENTATIVE", "unreported": "TENTATIVE"}
_LONGEST = 75


def pieces(material: Material) -> Iterator[str]:
    """The calendar, line by line; plans without a day are left out and counted."""
    yield from map(_folded, ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Communique//Plans//EN", "CALSCALE:GREGORIAN"))
    for plan in material.plans:
        if plan.foreseen is None or plan.foreseen.earliest is None or plan.foreseen.latest is None:
            material.left_out["plans of which no day is foreseen"] += 1
        else:
            yield from map(_folded, _event(material, plan, plan.foreseen.earliest, plan.foreseen.latest))
    yield _folded("END:VCALENDAR")


def _event(material: Material, plan: PlanRow, first: date, last: date) -> Iterator[str]:
    clean = clean_for("ical")
    row = material.by_id.get(plan.chain[-1]) or next(r for i in plan.chain if (r := material.by_id.get(i)))
    # A stamp is asked for; the day on which the plan was last known of is the only one that is in the ledger.
    stamp = plan.by or plan.announced or first
    yield "BEGIN:VEVENT"
    yield f"UID:{clean(plan.id)}@communique"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{_after(last):%Y%m%d}"
    yield f"SUMMARY:{clean(contact_words(row))}"
    yield f"STATUS:{_STATUS[plan.outcome]}"
    yield f"CATEGORIES:{','.join(map(clean, (plan.channel, *row.topics)))}"
    if row.place:
        yield f"LOCATION:{clean(row.place)}"
    about = "\n".join((*_about(plan), material.quote(row), *material.publishers(row), *plan.documents))
    yield f"DESCRIPTION:{clean(about)}"
    for link in material.links(row)[:1]:
        yield f"URL:{link}"
    yield "END:VEVENT"


def _about(plan: PlanRow) -> Iterator[str]:
    yield plan.outcome
    yield f"foreseen {plan.foreseen.edtf}" if plan.foreseen else "no day foreseen"
    if plan.announced:
        yield f"announced {plan.announced}"
    if plan.contact:
        yield f"held as {plan.contact}"


def _after(day: date) -> date:
    return day if day == date.max else day + timedelta(1)


def _folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, none of which cuts a character."""
    pieces, held, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LONGEST:
            pieces.append(held)
            held, size = " ", 1
        held, size = held + character, size + width
    return "\r\n".join((*pieces, held)) + "\r\n"


EXPORTER = Exporter(
    "ics",
    "text/calendar; charset=utf-8",
    pieces,
    {
        "contact": "DESCRIPTION: what the plan was held as",
        "status": "STATUS, DESCRIPTION",
        "channel": "CATEGORIES, SUMMARY",
        "when": "DTSTART, DTEND",
        "interval": "DTSTART, DTEND; DESCRIPTION as EDTF",
        "place": "LOCATION",
        "person": "SUMMARY",
        "side": "SUMMARY",
        "topics": "CATEGORIES",
        "quote": "DESCRIPTION",
        "plan": "the event; UID",
        "document": "DESCRIPTION",
        "url": "URL: of the first document",
        "publisher": "DESCRIPTION",
        "published": "DESCRIPTION: the day announced",
    },
)
