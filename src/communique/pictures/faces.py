"""Two readouts face to face: their texts, the topics between them, and the fields in which they agree or differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.model import Document
from communique.pictures.marks import Item, legend
from communique.pictures.picture import Picture, Table
from communique.pictures.scale import shortened, width_of, wrapped
from communique.pictures.svg import Element, Link, el, group, line, linked, no_link, path, points, rect, text
from communique.views.compare import Comparison, TopicRow
from communique.views.sidefields import FieldRow, Quote
from communique.views.snapshot import Snapshot
from communique.views.tables import Cell

WIDTH, COLUMN, PAD = 1060.0, 372.0, 14.0
LINES = 34
"""Of a longer text only its beginning and the lines about words that mention a topic are shown."""
_BEGINNING, _AROUND = 4, 2
_SIZE, _LEADING = 12.5, 18.0
_TOP = 92.0
_COLUMNS = ("what", "name", "verdict", "side", "value", "document", "start", "end", "words")
_VERDICTS = {"agree": "both agree", "differ": "they differ", "only": "only"}
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Face:
    """A side with the document shown of it (None: no account) and how many more it has."""

    side: str
    document: Document | None
    more: int = 0


def faces(
    ledger: Snapshot, comparison: Comparison, sides: tuple[str, str], title: str, link: Link = no_link
) -> Picture:
    """The accounts of two sides of one contact."""
    columns = tuple(
        _Column(ledger, comparison, _face(ledger, comparison, side), which, link)
        for which, side in zip("ab", sides, strict=True)
    )
    topics = [row for row in comparison.topics if {*row.said_by} & {*sides}]
    high = max(*(column.height for column in columns), len(topics) * 26 + 40)
    fields = _Fields(ledger, comparison, sides, _TOP + high + 28)
    head = (text(0, 14, title, "cq-title"), text(0, 34, _counted(topics, sides, comparison), "cq-text cq-sub"))
    middle = list(_middle(topics, sides, columns))
    drawn = (*head, *(e for column in columns for e in column.drawn()), *middle, *fields.drawn())
    bottom = fields.top + fields.height + 12
    signs, height = legend(_LEGEND, bottom, WIDTH)
    description = f"{_counted(topics, sides, comparison)} Text of both sides with the words that mention each topic."
    return Picture("faces", title, description, WIDTH, bottom + height, (*drawn, signs), _table(ledger, comparison))


def two_sides(comparison: Comparison) -> tuple[str, str]:
    """The two sides to show: parties with accounts first, then parties without, then others."""
    parties = [account.side for account in comparison.accounts if account.party]
    others = [account.side for account in comparison.accounts if not account.party]
    found = [*parties, *comparison.silent, *others, "nobody", "nobody else"]
    return found[0], found[1]


def _face(ledger: Snapshot, comparison: Comparison, side: str) -> Face:
    """The side's own document that was published first; where it has none, the first that relays it."""
    account = next((a for a in comparison.accounts if a.side == side), None)
    held = [ledger.documents[d] for d in (account.documents if account else ())]
    if not held:
        return Face(side, None)
    own = [document for document in held if ledger.issuers.of(document) == side]
    shown = min(own or held, key=lambda d: (d.published.edtf or "9999", d.id))
    return Face(side, shown, len(held) - 1)


@dataclass(frozen=True, slots=True)
class _Column:
    """One of the texts; ``which`` is "a" on the left, "b" on the right."""

    ledger: Snapshot
    comparison: Comparison
    face: Face
    which: str
    link: Link

    @property
    def left(self) -> float:
        return 0.0 if self.which == "a" else WIDTH - COLUMN

    @property
    def lines(self) -> tuple[_Span, ...]:
        """Where the lines of the text begin and end."""
        return wrapped(self.face.document.text, _SIZE, COLUMN - 2 * PAD) if self.face.document else ()

    @property
    def shown(self) -> tuple[_Span | None, ...]:
        """The lines that are shown; None where some are left out."""
        lines = self.lines
        if len(lines) <= LINES:
            return lines
        marks = list(self._marks())
        told = [i for i, (a, b) in enumerate(lines) if any(a < stop and start < b for start, stop in marks)]
        near = {i for at in told for i in range(at - _AROUND, at + _AROUND + 1)} | {*range(_BEGINNING)}
        kept = sorted(i for i in near if 0 <= i < len(lines))[:LINES]
        found: list[_Span | None] = []
        for before, i in zip([-1, *kept], kept, strict=False):
            found += [None, lines[i]] if i > before + 1 else [lines[i]]
        return (*found, None) if kept[-1] < len(lines) - 1 else tuple(found)

    @property
    def height(self) -> float:
        return max(len(self.shown), 2) * _LEADING + 8 + PAD

    def drawn(self) -> Iterator[Element]:
        yield rect(self.left, _TOP - 24, COLUMN, self.height + 24, f"cq-card-{self.which}", rx=8)
        yield rect(self.left, _TOP - 24, COLUMN, 3, f"cq-side-{self.which}", rx=1.5)
        yield text(self.left + PAD, _TOP, self.face.side, f"cq-head cq-side-{self.which}")
        yield self._source()
        marks = sorted(self._marks())
        for at, span in enumerate(self.shown):
            yield (
                self._line(*span, self.y(at), marks)
                if span
                else text(self.left + PAD, self.y(at), "…", "cq-text cq-soft")
            )

    def y(self, number: float) -> float:
        """The base of a line."""
        return _TOP + 22 + number * _LEADING

    def _source(self) -> Element:
        document = self.face.document
        room = COLUMN - 2 * PAD - width_of(self.face.side, 13) - 16
        if document is None:
            return text(self.left + PAD, self.y(0.3), "No account of it in the ledger.", "cq-text cq-sub")
        about = [document.publisher or document.id, (document.published.edtf or "undated")[:10]]
        about += [f"and {self.face.more} more"] if self.face.more else []
        words = text(self.left + COLUMN - PAD, _TOP, shortened(" · ".join(about), 10.5, room), "cq-small", "end")
        return linked(self.link("document", document.id), document.title or document.id, words)

    def _marks(self) -> Iterator[_Span]:
        """The words that mention topics."""
        yield from (span for row in self.comparison.topics for span in self.words_of(row))

    def words_of(self, row: TopicRow) -> list[_Span]:
        """Where the document shown mentions a topic in this side's voice."""
        shown = self.face.document.id if self.face.document else None
        return [
            (q.span.start, q.span.stop)
            for q in row.quotes
            if q.side == self.face.side and q.span.document == shown and q.span.part == "text"
        ]

    def line_of(self, row: TopicRow) -> float | None:
        """The height at which a topic is first mentioned, if that is shown."""
        starts = [start for start, _ in self.words_of(row)]
        at = next((i for i, span in enumerate(self.shown) if starts and span and min(starts) < span[1]), None)
        return None if at is None else self.y(at) - 4

    def _line(self, start: int, stop: int, y: float, marks: Sequence[_Span]) -> Element:
        """A line of text, the words that mention topics set off."""
        words = self.face.document.text if self.face.document else ""
        cuts = sorted({start, stop, *(min(max(place, start), stop) for span in marks for place in span)})
        runs = []
        for a, b in pairwise(cuts):
            said = any(first <= a and b <= last for first, last in marks)
            runs.append(el("tspan", words[a:b], class_=f"cq-said-{self.which}" if said else None))
        return el("text", *runs, x=self.left + PAD, y=y, class_="cq-text", xml_space="preserve")


def _middle(topics: Sequence[TopicRow], sides: tuple[str, str], columns: Sequence[_Column]) -> Iterator[Element]:
    """Topics between the texts: a dot on the side of each that mentions it, a line between the dots where both do."""
    left, right = COLUMN + 34, WIDTH - COLUMN - 34
    yield text(WIDTH / 2, _TOP, "Topics", "cq-head", "middle")
    for at, row in enumerate(topics):
        y = _TOP + 26 + at * 26
        both = {*sides} <= {*row.said_by}
        wide = width_of(row.topic, _SIZE) / 2 + 8
        drawn: list[Element] = []
        if both:
            drawn += [line(left, y, WIDTH / 2 - wide, y, "cq-both"), line(WIDTH / 2 + wide, y, right, y, "cq-both")]
        for column, side, x in zip(columns, sides, (left, right), strict=True):
            if side in row.said_by:
                drawn += _thread(column, row, x, y)
        drawn.append(text(WIDTH / 2, y + 4, row.topic, f"cq-text{' cq-bold' if both else ''}", "middle"))
        said = "both" if both else f"only {next(s for s in sides if s in row.said_by)}"
        yield linked(None, f"{row.topic}: mentioned by {said}", *drawn)


def _thread(column: _Column, row: TopicRow, x: float, y: float) -> Iterator[Element]:
    """From the words to the dot."""
    height = column.line_of(row)
    edge = COLUMN if column.which == "a" else WIDTH - COLUMN
    if height is not None:
        middle = (edge + x) / 2
        curve = f"M{edge:.2f} {height:.2f}C{middle:.2f} {height:.2f} {middle:.2f} {y:.2f} {x:.2f} {y:.2f}"
        yield path(curve, f"cq-thread-{column.which}")
    yield el("circle", cx=x, cy=y, r=5, class_=f"cq-side-{column.which}")


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields below the texts, those that differ first."""

    ledger: Snapshot
    comparison: Comparison
    sides: tuple[str, str]
    top: float

    @property
    def rows(self) -> list[FieldRow]:
        order = ("differ", "agree", "only")
        rows = [r for r in self.comparison.fields if {side for side, _, _ in r.values} & {*self.sides}]
        return sorted(rows, key=lambda row: order.index(self.verdict(row)))

    @property
    def height(self) -> float:
        return len(self.rows) * 40 + 12 if self.rows else 0

    def verdict(self, row: FieldRow) -> str:
        """Of the two sides shown: agree, differ, or only one says anything."""
        shown = [side for side, _, _ in row.values if side in self.sides]
        return "only" if len(shown) == 1 else row.verdict

    def drawn(self) -> Iterator[Element]:
        for at, row in enumerate(self.rows):
            y = self.top + at * 40
            yield line(0, y - 6, WIDTH, y - 6, "cq-axis")
            yield text(WIDTH / 2, y + 10, row.field.replace("_", " "), "cq-text cq-bold", "middle")
            verdict = self.verdict(row)
            colour = {"agree": "cq-good", "differ": "cq-bad"}.get(verdict, "cq-soft")
            only = next((side for side, _, _ in row.values if side in self.sides), "")
            words = f"only {only}" if verdict == "only" else _VERDICTS[verdict]
            yield text(WIDTH / 2, y + 26, words, f"cq-label {colour}", "middle")
            for side, value, quotes in row.values:
                if side in self.sides:
                    yield from self._value(side, value, quotes, y)

    def _value(self, side: str, value: object, quotes: Sequence[Quote], y: float) -> Iterator[Element]:
        left = side == self.sides[0]
        x, anchor = (PAD, "start") if left else (WIDTH - PAD, "end")
        room = COLUMN + 20
        yield text(x, y + 10, shortened(value_words(value), _SIZE, room), "cq-text", anchor)
        if quotes:
            words = f"“{quoted(self.ledger, quotes[0])}”"
            yield text(x, y + 26, shortened(words, 10.5, room), "cq-small", anchor)


def quoted(ledger: Snapshot, quote: Quote) -> str:
    """The words of a quote."""
    return ledger.documents[quote.span.document].part(quote.span.part)[quote.span.start : quote.span.stop]


def value_words(value: object) -> str:
    """A value of a field, as JSON answers hold it, in words."""
    if isinstance(value, Mapping):
        named = ("edtf", "name", "office", "state", "organisation")
        return next((str(value[key]) for key in named if value.get(key)), "")
    return ", ".join(map(value_words, value)) if isinstance(value, list) else str(value)


def _counted(topics: Sequence[TopicRow], sides: tuple[str, str], comparison: Comparison) -> str:
    both = sum({*sides} <= {*row.said_by} for row in topics)
    only = [sum(side in row.said_by and not {*sides} <= {*row.said_by} for row in topics) for side in sides]
    parts = [f"{both} told by both", *(f"{n} only by {side}" for n, side in zip(only, sides, strict=True))]
    silent = [side for side in sides if side in comparison.silent]
    rest = f" Of {' and '.join(silent)} there is no account." if silent else ""
    return f"{len(topics)} topics: {', '.join(parts)}.{rest}"


def _table(ledger: Snapshot, comparison: Comparison) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for topic in comparison.topics:
        said = "both" if len(topic.said_by) > 1 else "only"
        rows += [("topic", topic.topic, said, *_cited(ledger, quote, topic.topic)) for quote in topic.quotes]
    for field in comparison.fields:
        for side, value, quotes in field.values:
            shown: Sequence[Quote | None] = quotes or (None,)
            for found in shown:
                cited = _cited(ledger, found, value_words(value)) if found else (side, value_words(value), *[None] * 4)
                rows.append(("field", field.field, field.verdict, *cited))
    return Table(_COLUMNS, tuple(rows), tuple(("document", str(row[5] or "")) for row in rows))


def _cited(ledger: Snapshot, quote: Quote, value: str) -> tuple[Cell, ...]:
    span = quote.span
    return quote.side, value, span.document, span.start, span.stop, quoted(ledger, quote)


_LEGEND: tuple[Item, ...] = (
    (group(el("circle", cx=-10, r=5, class_="cq-side-a"), path(points((-5, 0), (5, 0)), "cq-both"),
           el("circle", cx=10, r=5, class_="cq-side-b")), 30, "both mention it"),
    (el("circle", r=5, class_="cq-side-a"), 10, "only the left mentions it"),
    (el("circle", r=5, class_="cq-side-b"), 10, "only the right mentions it"),
)  # fmt: skip
