"""The nouns of Communique. This module imports nothing of ours.

::

    Document ──< Report (one document's account of one contact)     Contact ──< report ids
        │      ──< Claim  ──< AgreementAction                          ▲
        │                                                      Judgement (a person's decision)
        └── Span ◄── Cited[value]   every value stands with the words that state it

    State, Organisation ──< Office ──< Tenure >── Actor     "the Russian president" on a day is a look-up

A ``Report`` says *what its document says*, never what is true. Absent (``None``, ``()``) means not
mentioned, which is not denied. Computed values are made by views, and list the cited values under them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Literal, TypeVar, get_args

T_co = TypeVar("T_co", covariant=True)

Part = Literal["text", "title"]
Status = Literal["held", "ongoing", "planned", "proposed", "postponed", "cancelled", "denied"]
Channel = Literal["phone", "video", "meeting", "visit", "message", "talks", "unspecified"]
Level = Literal["leader", "minister", "senior", "envoy", "expert", "body"]
ClaimKind = Literal["count", "previous", "first", "none"]
Comparator = Literal["exactly", "at-least", "about", "ordinal"]
Action = Literal[
    "proposed", "negotiated", "signed", "ratified", "in-force", "extended", "amended", "suspended",
    "withdrawal-announced", "withdrawn", "terminated", "breach-alleged", "return-offered", "implemented",
]  # fmt: skip
Topic = Literal[
    "arms-control", "nuclear-programme", "defence", "conflict", "terrorism", "cyber", "crime", "human-rights",
    "prisoners", "humanitarian", "migration", "sanctions", "trade", "finance", "energy", "health", "climate", "food",
    "space", "technology", "transport", "culture", "institutions", "consular", "domestic", "relations", "ceremonial",
    "disaster",
]  # fmt: skip
PublishedBasis = Literal["given", "metadata", "text", "inferred"]
Basis = Literal[
    "explicit", "year-from-publication", "weekday-from-publication", "relative", "anaphoric",
    "publication-default", "inferred-year", "undecided",
]  # fmt: skip
AnchorKind = Literal["publication", "dateline", "heading", "mentioned-date", "quotation"]

STATUSES: tuple[Status, ...] = get_args(Status)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
LEVELS: tuple[Level, ...] = get_args(Level)
CLAIM_KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)
ACTIONS: tuple[Action, ...] = get_args(Action)
TOPICS: tuple[Topic, ...] = get_args(Topic)


@dataclass(frozen=True, slots=True)
class Published:
    """When a document was published: an EDTF date, where it comes from, and why (for inferred ones).

    ``candidates`` holds every EDTF day that the evidence leaves when ``edtf`` is None.
    """

    edtf: str | None
    basis: PublishedBasis | None
    reasons: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One article or readout; ``text`` never changes once stored, so that offsets hold."""

    id: str
    text: str
    title: str | None = None
    path: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    published: Published = Published(None, None)

    def part(self, part: Part) -> str:
        """The text or the title, as one string (empty if there is no title)."""
        return self.text if part == "text" else self.title or ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, stop)`` of a document's text or title, in characters."""

    document: str
    start: int
    stop: int
    part: Part = "text"


@dataclass(frozen=True, slots=True)
class Cited(Generic[T_co]):
    """A value, the words that state it, and the id of the rule that read it."""

    value: T_co
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class When:
    """A day or an interval of days, inclusive, as EDTF, with how it was come by.

    ``earliest``/``latest`` are None where that end is open or unknown. ``why`` is one sentence a person can check.
    ``candidates`` are EDTF values when the evidence leaves several (basis ``undecided``).
    """

    edtf: str
    earliest: date | None
    latest: date | None
    basis: Basis
    approximate: bool = False
    anchor: AnchorKind | None = None
    anchor_span: Span | None = None
    why: str = ""
    candidates: tuple[str, ...] = ()
    clock: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A side in a contact: a person, or a body when ``name`` is None; ``state`` is ISO 3166-1 alpha-3."""

    name: str | None = None
    state: str | None = None
    organisation: str | None = None
    office: str | None = None
    level: Level | None = None

    @property
    def side(self) -> str | None:
        """The state or the organisation that the party stands for."""
        return self.state or self.organisation


@dataclass(frozen=True, slots=True)
class TopicTold:
    """A topic and the teller whose account mentions it (None: the document itself)."""

    topic: Topic
    teller: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One document's account of one contact.

    ``id`` hangs on the place of ``trigger`` (the words that tell of a contact), not on how they were read,
    so that better rules orphan nobody's judgements.
    """

    id: str
    document: str
    trigger: Span
    quotes: tuple[Span, ...]
    parties: tuple[Cited[Party], ...]
    channel: Cited[Channel]
    status: Cited[Status]
    when: Cited[When] | None = None
    place: Cited[str] | None = None
    initiator: Cited[str] | None = None
    topics: tuple[Cited[TopicTold], ...] = ()
    told_by: tuple[Cited[str], ...] = ()
    duration_minutes: Cited[int] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about contacts that can be checked against a ledger of them."""

    id: str
    document: str
    quotes: tuple[Span, ...]
    kind: Cited[ClaimKind]
    channel: Cited[Channel]
    parties: tuple[Cited[Party], ...]
    count: Cited[int] | None = None
    comparator: Comparator | None = None
    since: Cited[When] | None = None
    until: Cited[When] | None = None
    by: Cited[str] | None = None


@dataclass(frozen=True, slots=True)
class AgreementAction:
    """What a document reports as done to a treaty, accord, pact or memorandum between states."""

    id: str
    document: str
    quotes: tuple[Span, ...]
    agreement: Cited[str]
    action: Cited[Action]
    by: tuple[Cited[str], ...] = ()
    when: Cited[When] | None = None
    place: Cited[str] | None = None
    condition: Cited[str] | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem with an input, as data: what is wrong, where, and what to do about it.

    ``path`` names the input (with the line for line formats); ``start``/``stop`` are offsets into the text, if any.
    ``fatal`` issues set their input aside; ``original`` is what was read then, and no part of what an issue says.
    """

    code: str
    message: str
    remedy: str = ""
    path: str | None = None
    line: int | None = None
    start: int | None = None
    stop: int | None = None
    excerpt: str | None = None
    fatal: bool = False
    original: bytes | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read out of one document."""

    document: Document
    reports: tuple[Report, ...] = ()
    claims: tuple[Claim, ...] = ()
    agreements: tuple[AgreementAction, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """An id and its reports; it copies nothing. What it "was" is a view."""

    id: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """A state, by ISO 3166-1 alpha-3 code (SUN, DDR, CSK, YUG for former ones)."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    metonyms: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An international organisation, or an armed non-state party, by its short English name."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: Literal["international", "armed", "alliance"] = "international"
    seat: str | None = None
    metonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """A person: ``name`` is the usual full name in English."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """A post: ``holder`` is the state's code or organisation's name, ``role`` a row of roles.csv."""

    id: str
    holder: str
    role: str
    title: str
    words: tuple[str, ...] = ()
    level: Level = "senior"


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who held an office from when to when; EDTF dates, None for open."""

    actor: str
    office: str
    since: str | None
    until: str | None
    source: str = ""


JudgementKind = Literal["merge", "split", "accept", "reject", "correct", "unsure"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision, kept apart from what was read and never overwritten by re-reading.

    ``reports`` are report ids: two or more for merge and split; one for the others. ``field``/``value`` (JSON) for
    ``correct``. ``at`` is an ISO timestamp handed in by the caller. ``undoes``: the id of the judgement it takes back.
    """

    id: str
    kind: JudgementKind
    reports: tuple[str, ...]
    who: str
    at: str
    why: str = ""
    field: str | None = None
    value: str | None = None
    undoes: str | None = None
