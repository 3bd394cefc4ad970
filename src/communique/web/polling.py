"""Feeds from the pages: added, forgotten, and asked through the one fetcher that minds addresses and manners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from communique.errors import NotFoundError, UsageError
from communique.ledger.feeds import FeedState
from communique.sources import SourceOptions
from communique.web.desk import Desk
from communique.web.jobs import Job, Jobs, note

MOST_FEEDS = 500
PAUSE = timedelta(seconds=60)
"""A feed is not asked again before so much time has passed, however often somebody presses the button."""


class Feeds:
    """The feeds of one server's ledger."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        self._desk, self._jobs = desk, jobs
        self._asking: Job | None = None

    def add(self, named: bytes) -> int:
        """Watch the feeds of a list or an OPML file too; how many are new. Raises UsageError for what is neither."""
        from communique.sources.web.addresses import RefusedError, check_url
        from communique.sources.web.feeds import FeedError, named_in

        known = {state.url for state in self._desk.shelf.ledger.feeds()}
        try:
            found = [url for url in named_in(named) if url not in known]
            for url in found:
                check_url(url)
        except (FeedError, RefusedError) as error:
            raise UsageError(f"no feeds: {error}", "Write one address a line, or choose an OPML file.") from None
        if not found:
            raise UsageError("no new feed was named", "Write one address a line, or choose an OPML file.")
        if len(known) + len(found) > MOST_FEEDS:
            raise UsageError(f"more than {MOST_FEEDS} feeds", "Take some away first.")
        with self._desk.writing() as ledger:
            for url in found:
                ledger.put_feed(FeedState(url, self._now(), ""))
        return len(found)

    def remove(self, url: str) -> None:
        """Watch a feed no longer; what came by it stays. Raises NotFoundError."""
        with self._desk.writing() as ledger:
            if not ledger.drop_feed(url):
                raise NotFoundError(f"No feed here has the address {url[:200]}.")

    def ask(self, url: str = "") -> Job:
        """Ask a feed, or all of them, what is new; the round that is under way, if there is one.

        Raises NotFoundError, UsageError where all were asked a moment ago.
        """
        if self._asking is not None and not self._asking.done.is_set():
            return self._asking
        states = [state for state in self._desk.shelf.ledger.feeds() if url in ("", state.url)]
        if not states:
            raise NotFoundError("There is no such feed.", "Add one first.")
        due = tuple(state.url for state in states if self._is_due(state))
        if not due:
            raise UsageError(f"asked less than {PAUSE.seconds} seconds ago", "Feeds are asked again in a minute.")
        self._asking = self._jobs.begin(due, self._round, of_feeds=True)
        return self._asking

    def _is_due(self, state: FeedState) -> bool:
        if not state.last_tried:
            return True
        last, now = (datetime.fromisoformat(moment) for moment in (state.last_tried, self._now()))
        return not timedelta(0) <= now - last < PAUSE

    def _round(self, job: Job) -> None:
        from communique.watching import watch

        desk, options = self._desk, SourceOptions(allow_hosts=self._desk.vouched)
        job.stage = "asking"
        with desk.writing() as ledger:
            for found in watch(ledger, job.names, self._now(), desk.knowledge, options, desk.folders):
                job.rounds.append(found)
                job.documents += len(found.new) + len(found.edited)
                for issue in found.issues:
                    note(job, issue)

    def _now(self) -> str:
        return f"{self._desk.clock()[:19]}+00:00"


def opml(urls: Sequence[tuple[str, str]]) -> str:
    """Feeds (title, address) as an OPML file."""
    from communique.pictures.svg import el

    outlines = (el("outline", type="rss", text=title, title=title, xmlUrl=url) for title, url in urls)
    head = el("head", el("title", "Feeds of a Communique ledger"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{el("opml", head, el("body", *outlines), version="2.0")}\n'
