"""``communique review``: a walk through what is most doubtful, with single keys.

On a terminal a key counts at once; from a pipe keys are read a line each. What was decided is kept at once, and the
contacts are worked out anew when the walk ends, however it ends.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

import click

from communique.cli.faces import head
from communique.cli.judgements import Desk, signed
from communique.cli.output import heading, say
from communique.cli.words import document_words, quote_words
from communique.errors import UsageError
from communique.model import Judgement
from communique.reconcile.judgements import CORRECTABLE
from communique.views.asking import corrected_value
from communique.views.doubts import Doubt, doubts
from communique.views.snapshot import Snapshot
from communique.views.words import clean, json_words

KEYS: Mapping[str, str] = {
    "a": "right as it is",
    "m": "one contact",
    "s": "two contacts",
    "u": "unsure",
    "x": "no contact at all",
    "e": "edit a field",
    "z": "undo",
    "n": "next",
    "q": "quit",
}
_PROMPT = " · ".join(f"{key} {words}" for key, words in KEYS.items())


@click.command()
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="So many doubts.")
@click.option("--list", "listing", is_flag=True, help="Only list the doubts; decide nothing.")
@signed
def review(desk: Desk, limit: int, listing: bool) -> None:
    """Walk through pairs of reports that were nearly merged, or nearly not, or contradict each other in a field.

    The most doubtful come first.

    One key decides: a right as it is, m one contact, s two contacts, u unsure, x one of them tells of no contact,
    e edit a field of one, z undo, n next, q quit. What was decided is kept at once.

    \b
    communique review --limit 5
    communique review --list
    printf 'm\\nn\\nq\\n' | communique review
    """
    from communique.views.stored import stored

    ledger = stored(desk.ledger, desk.session.issuers())
    found = doubts(ledger, limit)
    if not found:
        say("nothing is doubtful")
    if listing:
        for doubt in found:
            _show(ledger, doubt)
        return
    walk = Walk(desk, ledger, found)
    try:
        walk.go()
    finally:
        if walk.decided:
            desk.settle()


class Walk:
    """The queue, where in it somebody stands, and what was decided at each place."""

    def __init__(self, desk: Desk, ledger: Snapshot, queue: Sequence[Doubt]) -> None:
        self.desk, self.ledger, self.queue = desk, ledger, queue
        self.decided: list[tuple[int, tuple[Judgement, ...]]] = []
        self._at = 0
        self._acts: Mapping[str, Callable[[Doubt], bool]] = {
            "a": self._accept,
            "m": lambda d: self._decide("merge", d.reports),
            "s": lambda d: self._decide("split", d.reports),
            "u": lambda d: self._decide("unsure", d.reports[:1], d.reports[1:]),
            "x": self._reject,
            "e": self._edit,
            "z": self._undo,
            "n": lambda d: True,
        }

    def go(self) -> None:
        """Walk to the end of the queue, or until somebody has had enough."""
        while self._at < len(self.queue):
            doubt = self.queue[self._at]
            say(f"{self._at + 1} of {len(self.queue)}")
            _show(self.ledger, doubt)
            key = pressed(_PROMPT, "".join(KEYS))
            if key == "q":
                return
            if self._acts[key](doubt):
                self._at += 1

    def _decide(self, kind: str, *groups: Sequence[str], field: str | None = None, value: str | None = None) -> bool:
        made = self.desk.decide(kind, groups, field, value)  # type: ignore[arg-type]
        self.decided.append((self._at, made))
        return True

    def _accept(self, doubt: Doubt) -> bool:
        """Both reports of a disputed field were read rightly; of a pair, that they are rightly one contact or two."""
        if doubt.field:
            return self._decide("accept", doubt.reports[:1], doubt.reports[1:])
        return self._decide("merge" if doubt.merged else "split", doubt.reports)

    def _reject(self, doubt: Doubt) -> bool:
        report = _which(doubt)
        return report is not None and self._decide("reject", [report])

    def _edit(self, doubt: Doubt) -> bool:
        report = _which(doubt)
        if report is None:
            return False
        field = click.prompt(f"field ({', '.join(CORRECTABLE)})", default=doubt.field, err=True)
        try:
            value = corrected_value(field, click.prompt("value", err=True))
        except UsageError as error:
            say(clean(str(error)))
            return False
        return self._decide("correct", [report], field=field, value=json.dumps(value))

    def _undo(self, doubt: Doubt) -> bool:
        if not self.decided:
            say("nothing to undo")
            return False
        self._at, made = self.decided.pop()
        for judgement in made:
            self.desk.undo(judgement.id)
        return False


def _which(doubt: Doubt) -> str | None:
    key = pressed(f"1 {doubt.reports[0]} · 2 {doubt.reports[1]} · n neither", "12n")
    return None if key == "n" else doubt.reports[int(key) - 1]


def pressed(prompt: str, keys: str) -> str:
    """One of the keys; q, or else the last of them, once there is no more to read."""
    while True:
        click.echo(f"{prompt}: ", nl=False, err=True)
        key = _key()
        click.echo(clean(key), err=True)
        if key in keys and key:
            return key
        if not key:
            return "q" if "q" in keys else keys[-1]
        say(f"keys are {', '.join(keys)}")


def _key() -> str:
    """A key of the terminal, or the first character of a line; empty at the end."""
    if sys.stdin.isatty():
        key = click.getchar()
        return "" if key in ("\x04", "\x1a") else key.lower()
    line = sys.stdin.readline()
    return line.strip()[:1].lower() or ("?" if line else "")


def _show(ledger: Snapshot, doubt: Doubt) -> None:
    for line in _lines(ledger, doubt):
        click.echo(line)


def _lines(ledger: Snapshot, doubt: Doubt) -> Iterator[str]:
    yield ""
    yield heading(f"{' and '.join(doubt.reports)}: {'one contact' if doubt.merged else 'two contacts'} so far")
    if doubt.field:
        yield f"  they contradict each other: {doubt.field} {' or '.join(clean(json_words(v)) for v in doubt.said)}"
    for identity in doubt.reports:
        report = ledger.reports[identity]
        document = ledger.documents[report.document]
        yield f"  {head(ledger, ledger.contact_of[identity])}"
        yield f"    {document_words(document)}"
        yield f"    {quote_words(document, report.quotes[0])}"
    for reason in doubt.explanation.reasons:
        yield f"  {reason.weight:+.2f} {clean(reason.words)}"
