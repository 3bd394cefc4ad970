"""Rows to draw, any that the views could give and a few by hand; and how to look into a picture."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree import ElementTree

from hypothesis import strategies as st

from communique import edtf
from communique.model import CHANNELS, STATUSES, Party
from communique.pictures.picture import Picture
from communique.views.agree import Interval
from communique.views.contacts import ContactRow
from communique.views.plans import PlanRow

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "</title><script>alert(1)</script>",
    "]]>",
    "&lt;",
    '" onload="x',
    "\x00\x1b[31m",
    "\u202eevil",
    "\ud800",
    "\ufffe",
)
words = st.text(max_size=12) | st.sampled_from(HOSTILE)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    first = draw(days)
    last = first + timedelta(draw(st.sampled_from([0, 0, 0, 1, 5, 27, 30, 300, 400])))
    kind = draw(st.sampled_from(["days", "days", "days", "month", "open"]))
    if kind == "month":
        return Interval(f"{first:%Y-%m}", *edtf.month_days(first.year, first.month))
    return Interval("any", first, None) if kind == "open" else Interval("any", first, last)


parties = st.builds(
    Party,
    st.none() | words,
    st.sampled_from(["RUS", "USA", "FRA", None]),
    st.none(),
    st.none() | words,
    st.sampled_from(["leader", "minister", "envoy", "body", None]),
)


def contact(
    name: str, when: Interval | str | None = None, channel: str = "phone", status: str = "held",
    people: tuple[tuple[str | None, str], ...] = (("Ana Silva", "BRA"), ("Ivo Marek", "FRD")), independent: int = 1,
) -> ContactRow:  # fmt: skip
    """A contact; ``when`` may be a day or an interval of days in EDTF."""
    interval = Interval(when, *edtf.bounds(when)) if isinstance(when, str) else when
    sides = tuple(Party(name=person, state=state, level="leader") for person, state in people)
    return ContactRow(name, status, channel, interval, None, sides, (), (f"d-{name}",), 1, 1, independent)  # type: ignore[arg-type]


contacts = st.builds(
    ContactRow,
    id=st.uuids().map(lambda u: "c" + u.hex[:8]),
    status=st.sampled_from(STATUSES),
    channel=st.sampled_from(CHANNELS),
    when=st.none() | intervals(),
    place=st.none() | words,
    parties=st.lists(parties, min_size=2, max_size=4).map(tuple),
    topics=st.just(()),
    documents=st.just(("d",)),
    reports=st.integers(1, 5),
    outlets=st.just(1),
    independent=st.integers(1, 3),
)
many = st.lists(contacts, max_size=12, unique_by=lambda row: row.id)
plans = st.builds(
    PlanRow,
    id=st.uuids().map(lambda u: "p" + u.hex[:8]),
    outcome=st.sampled_from(["held", "postponed", "cancelled", "unreported"]),
    announced=st.none() | days,
    foreseen=st.none() | intervals(),
    contact=st.none(),
    parties=st.lists(parties, min_size=2, max_size=3).map(tuple),
    channel=st.sampled_from(CHANNELS),
    chain=st.uuids().map(lambda u: ("p" + u.hex[:8],)),
    documents=st.just(()),
    by=st.none(),
)


def parsed(picture: Picture) -> ElementTree.Element:
    """The picture as XML; fails where it is not well formed."""
    return ElementTree.fromstring(picture.svg().encode("utf-8"))


def shown(picture: Picture) -> list[str]:
    """The contacts that stand in a picture, as often as they do."""
    return [name for found in parsed(picture).iter() for name in found.get("data-contacts", "").split()]


def labels(picture: Picture) -> Iterator[tuple[str, list[str]]]:
    """What is said of each place, and the contacts that stand there."""
    for found in parsed(picture).iter():
        title = found.find(f"{SVG}title")
        held = [name for inner in found for name in inner.get("data-contacts", "").split()]
        if title is not None and held:
            yield title.text or "", held
