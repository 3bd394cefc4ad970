"""The program, readable aloud: a document is split, its actors and times are found, its year settled, its records read.

    document → sentences → actors, times → (published, if nobody wrote it) → items → contacts, claims, agreements

All of this is a pure function of the document and the knowledge; no store, no clock, no network. Once documents are
kept, :func:`settle` brings the reports of all of them together:

    reports, judgements → contacts
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING

from communique.extract.actors import find_actors
from communique.extract.agreements import find_agreements
from communique.extract.claims import find_claims
from communique.extract.contacts import find_contacts
from communique.extract.context import Context
from communique.extract.dating import infer_published, publication_day, seen_by
from communique.extract.items import Items, build_items
from communique.extract.tellers import Tellers
from communique.extract.telling import told_by
from communique.extract.times import find_times
from communique.extract.topics import find_topics
from communique.knowledge import Knowledge
from communique.model import Contact, Document, Party, Reading
from communique.reconcile import Issuers, issuers, reconcile
from communique.text import Sentence, split

if TYPE_CHECKING:
    from communique.ledger import Ledger


@dataclass(slots=True)
class Timings:
    """Seconds spent in each stage, added up over documents."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to a stage."""
        start = perf_counter()
        yield
        self.seconds[name] += perf_counter() - start


def read_document(
    document: Document,
    knowledge: Knowledge,
    timings: Timings | None = None,
    between: Sequence[Party] = (),
) -> Reading:
    """Everything that one document says of contacts, claims and agreements.

    ``between``: whom claims speak of that name nobody, for a sentence out of its document.
    """
    clock = timings or Timings()
    context, items = prepare(document, knowledge, clock)
    tellers = Tellers(context, items)
    with clock.stage("contacts"):
        reports = find_contacts(context, items)
    with clock.stage("tellers"):
        reports = tuple(replace(r, told_by=t) for r, t in zip(reports, told_by(tellers, reports), strict=True))
    with clock.stage("topics"):
        topics = find_topics(context, items, reports, tellers)
        reports = tuple(replace(r, topics=t) for r, t in zip(reports, topics, strict=True))
    with clock.stage("claims"):
        claims = find_claims(context, items, _teller_name(tellers), between)
    with clock.stage("agreements"):
        agreements = find_agreements(context, items, _teller_name(tellers))
    return Reading(context.document, reports, claims, agreements)


def prepare(document: Document, knowledge: Knowledge, clock: Timings) -> tuple[Context, tuple[Items, ...]]:
    """The reading context of a document, dated if need be, and the items of its sentences."""
    with clock.stage("sentences"):
        sentences = split(document)
    if document.published.edtf is None or seen_by(document):
        with clock.stage("dating"):
            document = _dated(document, sentences, knowledge)
    day = publication_day(document)
    with clock.stage("actors"):
        actors = find_actors(document, sentences, knowledge.registry, day)
    with clock.stage("times"):
        times = find_times(document, sentences, day)
    context = Context(document, knowledge, sentences, actors, times)
    with clock.stage("items"):
        items = tuple(build_items(context, i) for i in range(len(sentences)))
    return context, items


def _dated(document: Document, sentences: tuple[Sentence, ...], knowledge: Knowledge) -> Document:
    """The document with the date that its own words betray, and the reasons."""
    times = find_times(document, sentences, None)
    return replace(document, published=infer_published(document, sentences, knowledge.registry, times))


def _teller_name(tellers: Tellers) -> Callable[[int, int], str | None]:
    def told(sentence: int, token: int) -> str | None:
        teller = tellers.at(sentence, token)
        return teller.value if teller else None

    return told


def settle(ledger: Ledger, knowledge: Knowledge) -> int:
    """Work out which reports are one contact, and store it; how many contacts changed.

    After new documents only their neighbourhood is looked at; after judgements, or under other rules, everything. If
    another program writes meanwhile, it is worked out anew: what was worked out from less is never stored.
    """
    while (changed := _settled(ledger, knowledge)) is None:
        pass
    return changed


def _settled(ledger: Ledger, knowledge: Knowledge) -> int | None:
    from communique.views.nearby import contacts_around

    mark, seen = mark_of(knowledge), ledger.revision
    changed = ledger.unsettled(mark)
    if changed is None:
        return ledger.put_contacts(contacts_of(ledger, knowledge), mark=mark, seen=seen)
    if not changed.new and not changed.gone:
        return 0
    contacts, replaced = contacts_around(ledger, issuers_of(knowledge), changed.new, changed.gone)
    return ledger.put_contacts(contacts, replaced, mark, seen)


def contacts_of(ledger: Ledger, knowledge: Knowledge) -> tuple[Contact, ...]:
    """The contacts that all reports of a ledger tell of, worked out from scratch."""
    judged = tuple(ledger.judgements())
    documents = {document.id: document for document in ledger.documents()}
    return reconcile(ledger.reports(), documents, judged, issuers_of(knowledge))


def mark_of(knowledge: Knowledge) -> str:
    """What names this program and this knowledge beside contacts that they worked out."""
    from communique import __version__

    return f"{__version__} {knowledge.version}"


def issuers_of(knowledge: Knowledge) -> Issuers:
    """Whose voice a publisher is, as the registry has it."""
    registry = knowledge.registry
    return issuers(registry.states.values(), registry.organisations.values())
