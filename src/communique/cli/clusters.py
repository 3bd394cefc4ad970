"""``communique evaluate --contacts``: how well reports were brought together, against annotated contacts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from communique.cli.output import say
from communique.cli.session import Session
from communique.errors import UsageError
from communique.model import Reading
from communique.views.clustering import ClusterScores, GoldContact, gold_contact, score_contacts, scores_json
from communique.views.snapshot import Snapshot, snapshot

SHOWN = 5
"""How many documents without a report are named."""


def evaluate_contacts(
    session: Session, gold: Path, records: Iterable[Any], documents: Path | None, as_json: bool
) -> None:
    """Print B-cubed and pairwise scores of a ledger, or of documents read now."""
    wanted = [_gold(gold, number, record) for number, record in enumerate(records, 1)]
    ledger = _read_now(session, documents) if documents else session.snapshot()
    scores = score_contacts(ledger, wanted, _sides(session))
    for line in [json.dumps(scores_json(scores))] if as_json else _lines(scores, len(wanted)):
        click.echo(line)
    for contact, document in scores.missing[: 0 if as_json else SHOWN]:
        say(f"  no report of {contact} was found in {document}")


def _gold(path: Path, number: int, record: Any) -> GoldContact:
    try:
        return gold_contact(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        remedy = (
            'A line is {"id", "parties": [name…], "day": "2021-12-07", "documents": [id…]}, perhaps with "channel".'
        )
        raise UsageError(f"{path.name}:{number}: not an annotated contact: {error!r}", remedy) from error


def _read_now(session: Session, documents: Path) -> Snapshot:
    from communique.reading import read_stream

    read = (one for one in read_stream([str(documents)], folders=session.folders) if isinstance(one, Reading))
    return snapshot(read, issuers=session.issuers())


def _sides(session: Session) -> Callable[[str], str | None]:
    """For whom a person of the registry speaks; None if that is nobody's or several sides' voice."""
    registry = session.registry()

    def side(name: str) -> str | None:
        found = {
            registry.offices[tenure.office].holder
            for person in registry.find_person(name, None)
            for tenure in registry.tenures_of(person.id)
        }
        return found.pop() if len(found) == 1 else None

    return side


def _lines(scores: ClusterScores, contacts: int) -> Iterator[str]:
    yield f"contacts {contacts}, reports of them {scores.reports}, documents without one {len(scores.missing)}"
    for name, s in (("pairwise", scores.pairwise), ("b-cubed", scores.bcubed)):
        yield f"  {name:<11}P {s.precision:.3f}  R {s.recall:.3f}  F1 {s.f1:.3f}"
