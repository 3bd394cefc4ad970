"""Plans and what came of them: a planned contact is linked to the one that took place, and never counted with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from communique.model import Channel, Contact, Document, Report
from communique.reconcile.features import NOWHERE, STAGES, Trait, trait
from communique.reconcile.issuers import Issuers
from communique.reconcile.score import Scorer

ENOUGH = 4.0
LATER = 3
"""A contact some days after the foreseen one may still be it."""
SOON = 45
"""Within how many days a plan without a date is taken to be fulfilled."""
_VAGUE = ("unspecified", "talks")


@dataclass(frozen=True, slots=True)
class Outline:
    """A contact in brief: one trait that stands for all its reports, and when it was first and last told of."""

    contact: str
    trait: Trait
    channels: frozenset[Channel]
    first_told: int | None
    last_told: int | None


def links(
    contacts: Iterable[Contact],
    reports: Mapping[str, Report],
    documents: Mapping[str, Document],
    issuers: Issuers,
) -> dict[str, str]:
    """For each planned contact that took place, the id of the contact that fulfils it."""
    planned = {_sides(report) for report in reports.values() if STAGES[report.status.value] == "foreseen"}
    outlines = (
        outline(c, [trait(reports[r], documents.get(reports[r].document), issuers) for r in c.reports])
        for c in contacts
        if any(_sides(reports[r]) in planned for r in c.reports)  # of others nothing was announced
    )
    return link(outlines)


def _sides(report: Report) -> frozenset[str]:
    return frozenset(party.value.side for party in report.parties if party.value.side)


def link(outlines: Iterable[Outline]) -> dict[str, str]:
    """The same for contacts brought down to outlines."""
    blocks: dict[tuple[str, ...], list[Outline]] = defaultdict(list)
    for one in outlines:
        blocks[one.trait.sides].append(one)
    return dict(sorted(found for block in blocks.values() for found in _within(block)))


def outline(contact: Contact, traits: Sequence[Trait]) -> Outline:
    """The brief of a contact; the narrowest dates, the plainest channel, everybody named."""
    told = sorted(t.published for t in traits if t.published is not None)
    best = min(traits, key=lambda t: (t.stage == "denied", t.dating == "none", t.hi - t.lo, t.dating, t.id))
    channel = min((t.channel for t in traits), key=lambda c: (c in _VAGUE, c))
    people = tuple(sorted({p for t in traits for p in t.people}))
    levels = tuple(sorted({level for t in traits for level in t.levels}))
    place = next((t.place for t in sorted(traits, key=lambda t: t.id) if t.place), None)
    topics = frozenset().union(*(t.topics for t in traits))
    whole = replace(best, channel=channel, people=people, levels=levels, place=place, topics=topics)
    channels = frozenset(t.channel for t in traits)
    return Outline(contact.id, whole, channels, told[0] if told else None, told[-1] if told else None)


def _within(block: Sequence[Outline]) -> Iterator[tuple[str, str]]:
    held = sorted(
        (o for o in block if o.trait.stage == "happened" and _dated(o)), key=lambda o: (o.trait.lo, o.contact)
    )
    scorer = Scorer()
    for plan in block:
        if plan.trait.stage == "foreseen" and held:
            scored = [(fit, -o.trait.lo, o.contact) for o in held if (fit := _fit(plan, o, scorer)) >= ENOUGH]
            if scored:
                yield plan.contact, max(scored)[2]


def _dated(one: Outline) -> bool:
    return one.trait.dating != "none" and one.trait.placed


def _fit(plan: Outline, held: Outline, scorer: Scorer) -> float:
    """How well a contact fulfils a plan; people and channel as for reports of one contact, but time as for a plan."""
    time = _time(plan, held)
    if time is None:
        return 0.0
    took = held.trait
    foreseen = replace(plan.trait, stage="happened", lo=took.lo, hi=took.hi, dating=took.dating, clock=None)
    pairs = product(sorted(plan.channels), sorted(held.channels))
    return max(_alike(replace(foreseen, channel=a), replace(took, channel=b), scorer) for a, b in pairs) + time


def _alike(foreseen: Trait, took: Trait, scorer: Scorer) -> float:
    reasons = scorer.explain(foreseen, took)
    return -ENOUGH if reasons.excluded else sum(r.weight for r in reasons.reasons if r.feature != "date")


def _time(plan: Outline, held: Outline) -> float | None:
    foreseen, took = plan.trait, held.trait
    if foreseen.lo == foreseen.hi == took.lo and foreseen.dating != "none":
        return 4.0
    if plan.first_told is not None and took.hi < plan.first_told - 1:
        return None
    if foreseen.dating == "none":
        soon = plan.last_told is not None and foreseen.lo != NOWHERE and took.lo - plan.last_told <= SOON
        return 1.0 - (took.lo - (plan.first_told or took.lo)) / SOON if soon else None
    if foreseen.lo <= took.hi and took.lo <= foreseen.hi:
        return 4.0 if foreseen.lo == foreseen.hi else 2.5
    return 1.0 if -1 <= took.lo - foreseen.hi <= LATER and foreseen.lo <= took.hi + 1 else None
