"""What questions are asked of: everything a ledger holds at one moment, as mappings. Nothing is changed here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from communique.model import AgreementAction, Claim, Contact, Document, Judgement, Reading, Report, Span
from communique.reconcile import Issuers, reconcile
from communique.reconcile.copies import Copies
from communique.reconcile.judgements import all_corrected
from communique.reconcile.plans import links

NO_ISSUERS = Issuers()
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Snapshot:
    """Documents, reports and contacts by id, with claims, agreement actions and judgements.

    ``fulfilled`` maps a planned contact to the one that fulfils it. The mappings may be backed by a store.
    """

    documents: Mapping[str, Document]
    reports: Mapping[str, Report]
    contacts: Mapping[str, Contact]
    claims: tuple[Claim, ...] = ()
    agreements: tuple[AgreementAction, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    fulfilled: Mapping[str, str] = field(default_factory=dict)
    issuers: Issuers = NO_ISSUERS

    @cached_property
    def answers(self) -> dict[tuple[object, ...], Any]:
        """What was worked out already, for :func:`kept`."""
        return {}

    @cached_property
    def copies(self) -> Copies:
        """Sketches of the documents, made when asked for."""
        return Copies(self.documents)

    @cached_property
    def plans_of(self) -> Mapping[str, str]:
        """For a contact that took place, the plan it fulfils (the first told of, where there are several)."""
        return {held: plan for plan, held in sorted(self.fulfilled.items(), reverse=True)}

    @cached_property
    def contact_of(self) -> Mapping[str, str]:
        """The contact that each report belongs to."""
        return {report: contact.id for contact in self.contacts.values() for report in contact.reports}

    @cached_property
    def reports_of(self) -> Mapping[str, tuple[Report, ...]]:
        """The reports of each document that has any."""
        table: dict[str, list[Report]] = defaultdict(list)
        for report in self.reports.values():
            table[report.document].append(report)
        return {document: tuple(found) for document, found in table.items()}

    def contacts_of(self, sides: Iterable[str]) -> Iterable[str]:
        """The contacts of which reports name all these sides; all contacts for no side."""
        wanted = tuple(sides)
        if not wanted:
            return self.contacts
        return sorted(set.intersection(*(self._by_side.get(side, set()) for side in wanted)))

    @cached_property
    def _by_side(self) -> Mapping[str, set[str]]:
        table: dict[str, set[str]] = defaultdict(set)
        for report, contact in self.contact_of.items():
            for party in self.reports[report].parties:
                if party.value.side:
                    table[party.value.side].add(contact)
        return table

    def side_of(self, words: str) -> str | None:
        """The side of a person whom reports name, or that words name ("Russian delegation")."""
        return self._people.get(words) or self.issuers.named(words)

    @cached_property
    def _people(self) -> Mapping[str, str]:
        parties = (p.value for r in self.reports.values() for p in r.parties)
        return {p.name: p.side for p in parties if p.name and p.side}

    @cached_property
    def counting_words(self) -> Mapping[str, tuple[Span, ...]]:
        """By document, the words that claim a number of contacts; an ordinal ("third call") is a contact too."""
        table: dict[str, list[Span]] = defaultdict(list)
        for claim in self.claims:
            if claim.kind.value == "count" and claim.comparator != "ordinal":
                table[claim.document].extend(claim.quotes)
        return {document: tuple(spans) for document, spans in table.items()}

    def accounts(self, contact: str) -> tuple[Report, ...]:
        """The reports of a contact."""
        return tuple(self.reports[r] for r in self.contacts[contact].reports)


Question = Callable[Concatenate[Snapshot, P], T]


def kept(question: Question[P, T]) -> Question[P, T]:
    """Has a question asked of one snapshot again answered from memory: a snapshot never changes."""

    @wraps(question)
    def asked(ledger: Snapshot, /, *words: P.args, **names: P.kwargs) -> T:
        key = (question, words, *sorted(names.items()))
        if key not in ledger.answers:
            ledger.answers[key] = question(ledger, *words, **names)
        answer: T = ledger.answers[key]
        return answer

    return asked


def lately(most: int) -> Callable[[Question[P, T]], Question[P, T]]:
    """The same for questions that have no end of words: only the ``most`` answers given last are remembered."""

    def remembering(question: Question[P, T]) -> Question[P, T]:
        @wraps(question)
        def asked(ledger: Snapshot, /, *words: P.args, **names: P.kwargs) -> T:
            known: dict[tuple[object, ...], T] = ledger.answers.setdefault((question,), {})
            key = (words, *sorted(names.items()))
            answer = known[key] if key in known else question(ledger, *words, **names)
            known[key] = answer
            for old in list(known)[:-most]:
                known.pop(old, None)
            return answer

        return asked

    return remembering


def snapshot(
    readings: Iterable[Reading], judgements: Sequence[Judgement] = (), issuers: Issuers = NO_ISSUERS
) -> Snapshot:
    """A snapshot of documents just read, with what people decided; for use without a store."""
    held = tuple(readings)
    documents = {r.document.id: r.document for r in held}
    reports = {r.id: r for r in all_corrected((report for r in held for report in r.reports), judgements)}
    contacts = reconcile(reports.values(), documents, judgements, issuers)
    return Snapshot(
        documents=documents,
        reports=reports,
        contacts={c.id: c for c in contacts},
        claims=tuple(claim for r in held for claim in r.claims),
        agreements=tuple(action for r in held for action in r.agreements),
        judgements=tuple(judgements),
        fulfilled=links(contacts, reports, documents, issuers),
        issuers=issuers,
    )
