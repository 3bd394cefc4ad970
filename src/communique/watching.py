"""``watch`` without its command: feeds asked once, their new and edited pages read into a ledger, silences noticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from communique import __version__
from communique.knowledge import Knowledge, load
from communique.ledger import Ledger, Run
from communique.ledger.feeds import FeedState, Seen
from communique.model import Document, Issue, Reading
from communique.pipeline import read_document
from communique.sources import SourceOptions
from communique.sources.catalogue import issue
from communique.sources.web.feeds import Entry, Feed, FeedError, parse
from communique.sources.web.fetcher import Fetcher, FetchError
from communique.sources.web.pages import documents_of, not_fetched
from communique.sources.worker import PageWorker
from communique.views.feeds import day_of, days_of, silence
from communique.views.versions import Change, changes

#: So many pages of one feed are asked for in one round, the newest of the feed first.
MOST_PAGES = 50


@dataclass(frozen=True, slots=True)
class Edited:
    """A page whose text changed: its document, and the text before and now."""

    document: Document
    before: str

    def changes(self) -> tuple[Change, ...]:
        """What was changed, word by word, with what stayed."""
        return tuple(changes(self.before, self.document.text))

    def words(self) -> str:
        """What was changed, word by word: [-gone-] and [+come+], without what stayed."""
        changed = (one for one in self.changes() if one.kind != "equal")
        told = (f"[-{one.old.strip()}-]" * bool(one.old.strip()) + f"[+{one.new.strip()}+]" * bool(one.new.strip())
                for one in changed)  # fmt: skip
        return " ".join(one for one in told if one)


@dataclass(slots=True)
class Round:
    """What one round found in a feed: new documents, edited ones, a silence or trouble in words, problems of pages."""

    url: str
    title: str = ""
    new: list[Document] = field(default_factory=list)
    edited: list[Edited] = field(default_factory=list)
    silent: str = ""
    trouble: str = ""
    issues: list[Issue] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Watcher:
    """What a round needs; ``now`` is the time of the round (ISO, UTC)."""

    ledger: Ledger
    fetcher: Fetcher
    worker: PageWorker
    run: Run
    now: str
    options: SourceOptions
    folders: tuple[Path, ...] = ()

    def rounds(self, feeds: Iterable[str]) -> Iterator[Round]:
        """Each feed asked once."""
        states = {state.url: state for state in self.ledger.feeds()}
        for url in feeds:
            yield self._round(states.get(url) or FeedState(url, self.now, self.now))

    def _round(self, state: FeedState) -> Round:
        found = Round(state.url, state.title or "")
        known = {one.url: one for one in self.ledger.seen_in(state.url)}
        try:
            fetched = self.fetcher.fetch(state.url, state.etag, state.modified)
            feed = None if fetched.unchanged else parse(fetched.body)
        except (FetchError, FeedError) as error:
            found.trouble = str(error)
            failed = replace(state, last_tried=self.now, failures=state.failures + 1, trouble=str(error))
            self.ledger.put_feed(failed)
            return found
        entries = _as_before(known) if feed is None else feed
        found.title = entries.title or found.title
        seen = list(self._pages(state.url, entries, known, found))
        found.silent = silence(days_of([*known.values(), *seen]), date.fromisoformat(self.now[:10]))
        self.ledger.put_feed(
            replace(
                state, last_tried=self.now, last_answer=self.now, failures=0, trouble=None, title=found.title or None,
                etag=fetched.etag or state.etag, modified=fetched.modified or state.modified,
            ),
            seen,
        )  # fmt: skip
        return found

    def _pages(self, feed: str, entries: Feed, known: dict[str, Seen], found: Round) -> Iterator[Seen]:
        for entry in entries.entries[:MOST_PAGES]:
            day = entry.day.isoformat() if entry.day else entry.published
            before = known.get(entry.url) or Seen(feed, entry.url, entry.title, day, self.now)
            try:
                fetched = self.fetcher.fetch(entry.url, before.etag, before.modified)
            except FetchError as error:
                found.issues.append(not_fetched(entry.url, error))
                yield before
                continue
            if fetched.unchanged:
                yield before
                continue
            named = _dated(self.options, entry)
            document = self._read(documents_of(fetched, entry.url, named, self.worker), entry, found)
            now = replace(before, etag=fetched.etag, modified=fetched.modified)
            yield replace(now, document=document or before.document)

    def _read(self, found: Iterable[Document | Issue], entry: Entry, told: Round) -> str | None:
        identity = None
        for one in found:
            if isinstance(one, Issue):
                told.issues.append(one)
                continue
            identity, one = one.id, replace(one, publisher=one.publisher or told.title or None)
            texts = self.ledger.versions(one.id)
            counts = self.ledger.put([self._reading(one)], self.run)
            if counts.new:
                told.new.append(one)
            elif counts.edited:
                told.edited.append(Edited(one, texts[-1].text if texts else ""))
        if entry.published and entry.day is None:
            told.issues.append(issue("impossible-date", path=entry.url, value=entry.published[:60]))
        return identity

    def _reading(self, document: Document) -> Reading:
        return read_document(document, load(self.folders))


def watch(
    ledger: Ledger, feeds: Iterable[str], now: str, knowledge: Knowledge, options: SourceOptions,
    folders: tuple[Path, ...] = (),
) -> Iterator[Round]:  # fmt: skip
    """Each feed asked once, through one fetcher; what is new is in the ledger, and wants to be settled.

    ``now`` is the time of the round (ISO, UTC); ``options`` say from which hosts in a network may be fetched.
    """
    run = Run(__version__, knowledge.version, now)
    with Fetcher(options.allow_hosts) as fetcher, PageWorker(options.page_seconds, options.page_memory) as worker:
        yield from Watcher(ledger, fetcher, worker, run, now, options, folders).rounds(feeds)
    ledger.finish(run, now)


def _dated(options: SourceOptions, entry: Entry) -> SourceOptions:
    """A page is dated by its feed, where that gives a day."""
    return replace(options, published=entry.day.isoformat()) if entry.day else options


def _as_before(known: dict[str, Seen]) -> Feed:
    """A feed that has not changed holds what it held: its latest items may have been edited all the same."""
    items = sorted(known.values(), key=lambda one: (one.first_seen, one.published, one.url), reverse=True)
    return Feed("", tuple(Entry(one.url, one.title, one.published, day_of(one.published)) for one in items))
