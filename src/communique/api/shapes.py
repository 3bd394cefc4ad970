"""The JSON of requests and answers, for the OpenAPI schema; answers are those of the command line's ``--json``."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from communique.model import Action, Channel, ClaimKind, JudgementKind, Level, Status
from communique.views.check import Judgment
from communique.views.plans import Outcome

Item = TypeVar("Item")
Short = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=2_000)]
MOST_TEXT = 300_000


class Page(BaseModel, Generic[Item]):
    """Some of the answers to a question; ``next`` is the cursor of the next page, null on the last."""

    items: list[Item]
    total: int
    revision: int
    next: str | None


class Interval(BaseModel):
    """A day or an interval of days, inclusive; an end is null where it is open."""

    model_config = ConfigDict(populate_by_name=True)
    edtf: str
    first: str | None = Field(alias="from")
    last: str | None = Field(alias="to")


class Party(BaseModel):
    """A side: a person, or a body where ``name`` is null."""

    name: str | None
    state: str | None
    organisation: str | None
    office: str | None
    level: Level | None


class Contact(BaseModel):
    """A line of ``contacts --json``."""

    id: str
    status: Status
    channel: Channel
    when: Interval | None
    place: str | None
    parties: list[Party]
    documents: list[str]
    reports: int
    outlets: int
    independent: int
    plan_of: str | None
    fulfils: str | None
    disputed: list[str]


class Account(BaseModel):
    """A report of a contact: the document that tells of it, the side that issued that, and the record."""

    document: str
    side: str | None
    record: dict[str, Any]


class ContactInFull(Contact):
    """``show ID --json``."""

    accounts: list[Account]
    fields: list[dict[str, Any]]


class Comparison(BaseModel):
    """``compare ID --json``."""

    id: str
    accounts: list[dict[str, Any]]
    topics: list[dict[str, Any]]
    fields: list[dict[str, Any]]
    silent: list[str]
    follows: dict[str, str]
    aligned: list[dict[str, Any]]


class Report(BaseModel):
    """A contact as one document tells of it, as in ``read --json``, with its document and its contact."""

    model_config = ConfigDict(extra="allow")
    id: str
    document: str
    contact: str | None
    status: Status
    channel: Channel


class Document(BaseModel):
    """The head of a line of ``read --json``."""

    model_config = ConfigDict(extra="allow")
    id: str
    title: str | None
    publisher: str | None
    url: str | None
    language: str | None
    published: str | None


class Record(BaseModel):
    """A line of ``read --json``: a document and everything that it says."""

    document: Document
    contacts: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    agreements: list[dict[str, Any]]
    issues: list[dict[str, Any]]


class Holding(BaseModel):
    """An office somebody held: EDTF dates, null for open."""

    office: str
    holder: str
    role: str
    since: str | None
    until: str | None


class Actor(BaseModel):
    """A person of the registry."""

    id: str
    name: str
    aliases: list[str]
    offices: list[Holding]


class Plan(BaseModel):
    """A line of ``plans --json``."""

    id: str
    outcome: Outcome
    announced: str | None
    foreseen: str | None
    contact: str | None
    chain: list[str]
    documents: list[str]
    by: str | None


class Step(BaseModel):
    """Something done to an agreement."""

    model_config = ConfigDict(extra="allow")
    action: Action
    by: list[str]
    when: str | None
    documents: list[str]


class Agreement(BaseModel):
    """A line of ``agreements --json``."""

    agreement: str
    steps: list[Step]
    status: str | None
    status_since: str | None


class Claim(BaseModel):
    """A claim as in ``read --json``, with its document."""

    model_config = ConfigDict(extra="allow")
    id: str
    kind: ClaimKind
    document: str


class Verdict(BaseModel):
    """A line of ``check --json``."""

    model_config = ConfigDict(extra="allow")
    claim: dict[str, Any]
    verdict: Judgment
    claimed: int | None
    counted: int
    contacts: list[str]
    could_count: list[str]
    gaps: list[dict[str, Any]]
    why: str


class Verdicts(BaseModel):
    """What the ledger says, at a revision, to each claim of a sentence; none if it claims nothing about contacts."""

    revision: int
    verdicts: list[Verdict]


class Judgement(BaseModel):
    """A person's decision; ``in_force`` is false once it was taken back."""

    id: str
    kind: JudgementKind
    reports: list[str]
    who: str
    at: str
    why: str
    field: str | None
    value: str | None
    undoes: str | None
    in_force: bool


class About(BaseModel):
    """The program and the ledger."""

    program: str
    revision: int
    documents: int
    contacts: int


class Sentence(BaseModel):
    """A sentence to check, and the day it is said (EDTF; the ledger's latest by default)."""

    model_config = ConfigDict(extra="forbid")
    sentence: Annotated[str, Field(min_length=1, max_length=2_000)]
    published: Short | None = None


class Text(BaseModel):
    """A text to read. With ``keep`` (which needs a token) it goes into the ledger."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(min_length=1, max_length=MOST_TEXT)]
    id: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    title: Words | None = None
    publisher: Short | None = None
    url: Words | None = None
    published: Short | None = None
    keep: bool = False


class Kept(BaseModel):
    """What a text changed in the ledger."""

    new: int
    edited: int
    reread: int
    unchanged: int
    contacts_changed: int


class Read(BaseModel):
    """What a text says, and what keeping it changed."""

    record: Record
    kept: Kept | None


class Decision(BaseModel):
    """A decision to make: ``merge`` and ``split`` take two reports or more, the others one.

    ``field`` and ``value`` (JSON, null to empty the field) are for ``correct``.
    """

    model_config = ConfigDict(extra="forbid")
    kind: JudgementKind
    reports: Annotated[list[Short], Field(min_length=1, max_length=500)]
    why: Words = ""
    field: Short | None = None
    value: Any = None


class Undoing(BaseModel):
    """Why a decision is taken back."""

    model_config = ConfigDict(extra="forbid")
    why: Words = ""
