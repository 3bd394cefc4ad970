"""What can be asked: contacts, reports, documents, actors, plans, agreements, claims, judgements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from communique import __version__
from communique.api import shapes
from communique.api.answers import Place, answered, paged, place
from communique.api.bench import Bench
from communique.errors import NotFoundError
from communique.model import Channel, Claim, ClaimKind, Document, Judgement, Reading, Status, Topic
from communique.reconcile.features import published_day
from communique.reconcile.judgements import in_force
from communique.views.agreements import life_lines, line_json
from communique.views.asking import first_day, last_day, side_named, wanted
from communique.views.claims import claim_json
from communique.views.compare import compare, compare_json
from communique.views.contacts import contact_json, show_json
from communique.views.damage import guarded
from communique.views.plans import Outcome, plan_json, plan_rows
from communique.views.records import claim_record, document_record, reading_record, report_record
from communique.views.shelf import Held

MOST = 500
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many on a page.")]
Cursor = Annotated[str | None, Query(max_length=200, description='"next" of the page before.')]
AsOf = Annotated[str | None, Query(max_length=40, description="As of this revision (r12), day or time.")]
Edtf = Annotated[str | None, Query(max_length=60, description="An EDTF date: 2020-05-22, 2020-05 or 2020.")]
Name = Annotated[str | None, Query(max_length=200)]
Sides = Annotated[list[str] | None, Query(max_length=10, description="Sides that all took part: codes or names.")]
Channels = Annotated[list[Channel] | None, Query(max_length=40)]
Statuses = Annotated[list[Status] | None, Query(max_length=40)]
Topics = Annotated[list[Topic] | None, Query(max_length=40)]
Kinds = Annotated[list[ClaimKind] | None, Query(max_length=40)]


class Questions:
    """The answers of one bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def router(self) -> APIRouter:
        """Every question at its address."""
        router = APIRouter()
        table: tuple[tuple[str, Callable[..., Any], Any], ...] = (
            ("/", self.about, shapes.About),
            ("/contacts", self.contacts, shapes.Page[shapes.Contact]),
            ("/contacts/{identity}", self.contact, shapes.ContactInFull),
            ("/contacts/{identity}/comparison", self.comparison, shapes.Comparison),
            ("/reports", self.reports, shapes.Page[shapes.Report]),
            ("/reports/{identity}", self.report, shapes.Report),
            ("/documents", self.documents, shapes.Page[shapes.Document]),
            ("/documents/{identity:path}", self.document, shapes.Record),
            ("/actors", self.actors, shapes.Page[shapes.Actor]),
            ("/plans", self.plans, shapes.Page[shapes.Plan]),
            ("/agreements", self.agreements, shapes.Page[shapes.Agreement]),
            ("/claims", self.claims, shapes.Page[shapes.Claim]),
            ("/claims/{identity}", self.claim, shapes.Verdict),
            ("/judgements", self.judgements, shapes.Page[shapes.Judgement]),
        )
        for address, answer, shape in table:
            name = answer.__name__
            router.add_api_route(address, answer, methods=["GET"], response_model=shape, operation_id=f"get_{name}")
        return router

    def about(self, request: Request) -> Response:
        """The program, and how much the ledger holds."""
        held = self._bench.at()
        counts = {"documents": len(held.snapshot.documents), "contacts": len(held.snapshot.contacts)}
        return answered(request, {"program": __version__, "revision": held.revision, **counts}, held.revision)

    def contacts(
        self, request: Request, between: Sides = None, person: Name = None, since: Edtf = None, until: Edtf = None,
        channel: Channels = None, status: Statuses = None, topic: Topics = None,
        limit: Limit = 50, cursor: Cursor = None, as_of: AsOf = None,
    ) -> Response:  # fmt: skip
        """Contacts in the order of time; those without a date come last."""
        registry = self._bench.shelf.registry
        choice = wanted(registry, between or (), person, since, until, channel or (), status or (), topic or ())
        return self._page(
            request, lambda held: [row for row in held.rows if choice.fits(row)], lambda held, row: contact_json(row),
            limit, cursor, as_of,
        )  # fmt: skip

    def contact(self, request: Request, identity: str, as_of: AsOf = None) -> Response:
        """A contact with every account of it; the id of one that was merged leads to what it became part of."""
        held = self._bench.at(as_of)
        now = held.contact(identity)
        if now != identity:
            return RedirectResponse(str(request.url_for("contact", identity=now)), 308)
        return self._whole(request, held, show_json(held.snapshot, now))

    def comparison(self, request: Request, identity: str, as_of: AsOf = None) -> Response:
        """The accounts of a contact face to face."""
        held = self._bench.at(as_of)
        comparison = compare(held.snapshot, held.contact(identity))
        return self._whole(request, held, compare_json(held.snapshot, comparison))

    def reports(
        self, request: Request, document: Name = None, contact: Name = None,
        limit: Limit = 50, cursor: Cursor = None, as_of: AsOf = None,
    ) -> Response:  # fmt: skip
        """Reports by document and place: each is one document's account of one contact."""

        def chosen(held: Held) -> Sequence[str]:
            ledger = held.snapshot
            fits = (r for r in ledger.reports.values() if document in (None, r.document))
            found = (r for r in fits if contact in (None, ledger.contact_of.get(r.id)))
            return [r.id for r in sorted(found, key=lambda r: (r.document, r.trigger, r.id))]

        return self._page(request, chosen, _report, limit, cursor, as_of)

    def report(self, request: Request, identity: str, as_of: AsOf = None) -> Response:
        """One report."""
        held = self._bench.at(as_of)
        if identity not in held.snapshot.reports:
            raise NotFoundError(f"There is no report {identity}.")
        return self._whole(request, held, _report(held, identity))

    def documents(
        self, request: Request, publisher: Name = None, since: Edtf = None, until: Edtf = None,
        limit: Limit = 50, cursor: Cursor = None, as_of: AsOf = None,
    ) -> Response:  # fmt: skip
        """Documents by id; ``since`` and ``until`` are days of publication."""
        first, last = first_day(since), last_day(until)

        def chosen(held: Held) -> Sequence[Document]:
            every = (held.snapshot.documents[name] for name in sorted(held.snapshot.documents))
            return [d for d in every if publisher in (None, d.publisher) and _published(d, first, last)]

        return self._page(request, chosen, lambda held, found: document_record(found), limit, cursor, as_of)

    def document(self, request: Request, identity: str, text: bool = False, as_of: AsOf = None) -> Response:
        """Everything that a document says, with its text if ``text`` is true."""
        held = self._bench.at(as_of)
        reading = _reading(held, identity)
        if as_of is None:
            reading = self._bench.reading(identity)
        return self._whole(request, held, reading_record(reading, text))

    def actors(
        self, request: Request, name: Annotated[str, Query(min_length=1, max_length=200)], on: Edtf = None,
        limit: Limit = 50, cursor: Cursor = None,
    ) -> Response:  # fmt: skip
        """People of the registry whom a name can mean, in any spelling, likeliest first."""
        registry, day = self._bench.shelf.registry, first_day(on)
        return self._page(
            request, lambda held: registry.find_person(name, day), lambda held, person: _actor(held, person),
            limit, cursor, None,
        )  # fmt: skip

    def plans(
        self, request: Request, outcome: Outcome | None = None,
        by: Edtf = None, limit: Limit = 50, cursor: Cursor = None, as_of: AsOf = None,
    ) -> Response:  # fmt: skip
        """Planned contacts and what became of them, as known on a day."""
        day = last_day(by)

        def chosen(held: Held) -> Sequence[Any]:
            every = plan_rows(held.snapshot, day) if day else held.plans
            return [plan for plan in every if outcome in (None, plan.outcome)]

        return self._page(request, chosen, lambda held, plan: plan_json(plan), limit, cursor, as_of)

    def agreements(
        self, request: Request, name: Name = None, by: Edtf = None,
        limit: Limit = 50, cursor: Cursor = None, as_of: AsOf = None,
    ) -> Response:  # fmt: skip
        """Life-lines of agreements; ``name`` is a part of one."""
        day, part = last_day(by), (name or "").casefold()

        def chosen(held: Held) -> Sequence[Any]:
            lines = life_lines(held.snapshot, held.registry, day) if day else held.lines
            return [line for line in lines if part in line.agreement.casefold()]

        return self._page(request, chosen, lambda held, line: line_json(line), limit, cursor, as_of)

    def claims(
        self, request: Request, kind: Kinds = None, between: Sides = None,
        limit: Limit = 50, cursor: Cursor = None, as_of: AsOf = None,
    ) -> Response:  # fmt: skip
        """Claims of documents about contacts, by id; ``/claims/ID`` sets one against the ledger."""
        sides = {side_named(self._bench.shelf.registry, words) for words in between or ()}

        def chosen(held: Held) -> Sequence[Claim]:
            fits = (c for c in held.snapshot.claims if not kind or c.kind.value in kind)
            return sorted((c for c in fits if sides <= {p.value.side for p in c.parties}), key=lambda c: c.id)

        return self._page(request, chosen, _claim, limit, cursor, as_of)

    def claim(self, request: Request, identity: str, as_of: AsOf = None) -> Response:
        """A claim set against the ledger."""
        held = self._bench.at(as_of)
        row = next((row for row in held.claims if row.claim.id == identity), None)
        if row is None:
            raise NotFoundError(f"There is no claim {identity}.")
        return self._whole(request, held, claim_json(held.snapshot, row) | {"document": row.claim.document})

    def judgements(self, request: Request, limit: Limit = 50, cursor: Cursor = None, as_of: AsOf = None) -> Response:
        """Decisions, oldest first."""

        def chosen(held: Held) -> Sequence[dict[str, Any]]:
            valid = {judgement.id for judgement in in_force(held.snapshot.judgements)}
            return [judgement_json(j, j.id in valid) for j in held.snapshot.judgements]

        return self._page(request, chosen, lambda held, found: found, limit, cursor, as_of)

    def _page(
        self, request: Request, chosen: Callable[[Held], Sequence[Any]], shape: Callable[[Held, Any], Any],
        limit: int, cursor: str | None, as_of: str | None,
    ) -> Response:  # fmt: skip
        """A page of what is chosen; a cursor goes on in the revision in which its first page was answered."""
        begun = place(cursor) if cursor is not None else None
        held = self._bench.at(as_of, begun.revision) if begun else self._bench.at(as_of)
        page = paged(chosen(held), begun or Place(held.revision, 0), limit)
        return self._whole(request, held, page | {"items": [shape(held, item) for item in page["items"]]})

    def _whole(self, request: Request, held: Held, answer: Any) -> Response:
        """An answer; words of documents that are damaged are withheld."""
        return answered(request, guarded(self._bench.shelf.ledger, answer), held.revision)


def judgement_json(judgement: Judgement, valid: bool) -> dict[str, Any]:
    """A line of ``judge list --json``, with its reports as a list."""
    names = ("id", "kind", "who", "at", "why", "field", "value", "undoes")
    record = {name: getattr(judgement, name) for name in names}
    return record | {"reports": list(judgement.reports), "in_force": valid}


def _report(held: Held, identity: str) -> dict[str, Any]:
    ledger = held.snapshot
    report = ledger.reports[identity]
    record = report_record(report, ledger.documents[report.document])
    return record | {"document": report.document, "contact": ledger.contact_of.get(identity)}


def _claim(held: Held, claim: Claim) -> dict[str, Any]:
    return claim_record(claim, held.snapshot.documents[claim.document]) | {"document": claim.document}


def _actor(held: Held, person: Any) -> dict[str, Any]:
    registry = held.registry
    offices = [
        {"office": registry.offices[t.office].title, "holder": registry.offices[t.office].holder,
         "role": registry.offices[t.office].role, "since": t.since, "until": t.until}
        for t in registry.tenures_of(person.id)
    ]  # fmt: skip
    return {"id": person.id, "name": person.name, "aliases": list(person.aliases), "offices": offices}


def _reading(held: Held, identity: str) -> Reading:
    """A document as a snapshot has it, with its corrected reports. Raises NotFoundError."""
    ledger = held.snapshot
    if identity not in ledger.documents:
        raise NotFoundError(f"There is no document {identity}.")
    claims = tuple(claim for claim in ledger.claims if claim.document == identity)
    steps = tuple(step for step in ledger.agreements if step.document == identity)
    return Reading(ledger.documents[identity], ledger.reports_of.get(identity, ()), claims, steps)


def _published(document: Document, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    day = published_day(document)
    return day is not None and (first or date.min) <= day <= (last or date.max)
