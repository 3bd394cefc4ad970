"""Contacts: who was in touch with whom, by which channel, when and where; held, planned, proposed, put off, denied."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count

from communique.extract.contacts.alike import best_channel, fullest, same_person
from communique.extract.contacts.attendees import roll_below
from communique.extract.contacts.dates import settled, when_of
from communique.extract.contacts.delegates import HEADING, heads_of, represented
from communique.extract.contacts.drafts import Draft, drafts_of, participants_of
from communique.extract.contacts.fields import REMOTE
from communique.extract.contacts.gatherings import gatherings
from communique.extract.contacts.heirs import entered, heir, heirs, two_throughout
from communique.extract.contacts.journeys import everybody, met_on_a_visit
from communique.extract.contacts.merge import merge
from communique.extract.contacts.sameday import Told, on_that_day
from communique.extract.contacts.series import in_series
from communique.extract.context import Context
from communique.extract.dating import publication_day
from communique.extract.issuer import issuer_of, issuer_party
from communique.extract.items import Items
from communique.model import Channel, Cited, Party, Report, Span

__all__ = ["TALKS", "find_contacts"]

_MOST_QUOTES = 4
_SHADOWS = 200
_HIGH = frozenset(("leader", "minister", "senior", "envoy"))
#: Triggers of talks that may leave their sides to the sentence before.
TALKS = ("noun-talks", "talks-at-a-place")


def find_contacts(context: Context, items: Sequence[Items]) -> tuple[Report, ...]:
    """The reports of a document, one for each contact it gives an account of, in order of first mention."""
    drafts = in_series(context, items, _drafts(context, items))
    clusters = merge([settled(context, d) for d in drafts if not _promise(d)])
    strong = [c[0] for c in clusters if not all(d.weak for d in c)][:_SHADOWS]
    reports: dict[str, Report] = {}
    told: list[Told] = []
    for cluster in clusters:
        if not _shadowed(cluster, strong):
            report = on_that_day(context, (_report(context, cluster), cluster), told, items)
            identity = report.id if report.id not in reports else _next_id(report.id, reports)
            reports[identity] = replace(report, id=identity)
            told.append((report, cluster))
    return tuple(reports.values())


def _next_id(wanted: str, taken: Mapping[str, Report]) -> str:
    """The id of a second contact told of by the same words: "calls with A and B"."""
    return next(f"{wanted}-{n}" for n in count(2) if f"{wanted}-{n}" not in taken)


def _drafts(context: Context, items: Sequence[Items]) -> list[Draft]:
    """The drafts of all sentences; whoever acts for the issuer first is its protagonist from then on."""
    issuer = issuer_party(context.document, context.knowledge.registry, publication_day(context.document))
    protagonist = entered(items) or issuer
    drafts: list[Draft] = []
    for index, row in enumerate(items):
        if context.actors[index] or context.times[index]:
            found = list(drafts_of(context, row, index, protagonist, heir(items, index)))
            drafts += (_with_heirs(d, items, drafts) if d.bare else d for d in found)
            found = [d for d in found if not d.open]
            protagonist = _acting(found, issuer) or protagonist
            attended = participants_of(context, row)
            _join(drafts, [p for p in attended if p.rule != "companions"], index)
            _attended(drafts, attended, index)
        _join(drafts, roll_below(context, items, index), index)
    drafts = [d for d in drafts if not d.open]
    drafts = sorted((*drafts, *gatherings(context, items, drafts)), key=lambda d: d.sentence)
    return represented(drafts, heads_of(context, items))


def _with_heirs(draft: Draft, items: Sequence[Items], before: Sequence[Draft]) -> Draft:
    """ "Talks are due to begin on Wednesday", of which nothing was told before: of the two sides spoken of."""
    if draft.trigger.part == "title" or draft.channel.rule not in TALKS:
        return draft
    if draft.rule == "noun-after-days":  # "after four days of talks": of the two whom all is about
        sides = two_throughout(items)
    else:
        known = any(not d.bare and not d.open for d in before)
        sides = () if known or draft.when is None else heirs(items, draft.sentence)
    return replace(draft, parties=sides, bare=False, implied=True, weak=True) if sides else draft


def _join(drafts: list[Draft], participants: Sequence[Cited[Party]], sentence: int) -> None:
    """Let those whom a list of participants names join the contact told of last."""
    told = [d for d in reversed(drafts) if d.sentence != sentence]
    if not participants or not told or any(d.sentence == sentence and not (d.bare or d.open) for d in drafts):
        return
    own = [d for d in told if not (d.anaphoric or d.bare)] or told
    talks = next((d for d in own if d.channel.value != "visit"), own[0])
    last = next((d for d in told if d.open), talks)  # those of "a call with European leaders"
    known = {p.value.name for p in last.parties if p.value.name}
    joining = tuple(p for p in participants if p.value.name not in known)
    if joining and len({p.value.side for p in (*last.parties, *joining)}) > 1:
        sides = {p.value.side for p in joining}
        kept = tuple(p for p in last.parties if p.value.name or p.value.side not in sides)
        drafts.append(replace(last, sentence=sentence, parties=(*kept, *joining), open=False))


def _attended(drafts: list[Draft], participants: Sequence[Cited[Party]], sentence: int) -> None:
    """Let those join the contacts whose own sentence says they were there: "joined by X, she met Y"."""
    people = [p for p in participants if p.value.name]
    for i, draft in enumerate(drafts):
        if people and draft.sentence == sentence and not draft.bare and not draft.open:
            drafts[i] = _with(draft, people)


def _with(draft: Draft, people: Sequence[Cited[Party]]) -> Draft:
    """A contact with more people of its sides, in the place of those who stood for them unnamed."""
    known = {p.value.name for p in draft.parties}
    sides = {p.value.side for p in draft.parties}
    joining = tuple(p for p in people if p.value.side in sides and p.value.name not in known)
    theirs = {p.value.side for p in joining}
    named = (p for p in draft.parties if p.value.name or p.value.side not in theirs)
    return replace(draft, parties=(*named, *joining))


def _acting(found: Sequence[Draft], issuer: Party | None) -> Party | None:
    """The issuer's own person in the first of these contacts."""
    parties = (p.value for d in found[:1] for p in d.parties)
    return next((p for p in parties if issuer and p.name and p.side == issuer.side), None)


def _promise(draft: Draft) -> bool:
    """ "They agreed to stay in touch": no contact."""
    if draft.status.rule == "status-to-continue":
        return draft.when is None
    vague = draft.channel.value == "unspecified" and draft.when is None and draft.place is None
    return vague and draft.status.status in ("planned", "proposed") and draft.anaphoric


def _shadowed(cluster: Sequence[Draft], strong: Sequence[Draft]) -> bool:
    """Whether a weak mention only decorates a contact of the same sides: condolences voiced during a call.

    A meeting with somebody else of that side is one of its own, whoever of the issuer's people held it.
    """
    head = cluster[0]
    return all(d.weak for d in cluster) and any(
        _same_sides(head, other)
        and head.status.status == other.status.status
        and (not head.implied or _same_people(head, other))
        for other in strong
    )


def _same_people(part: Draft, whole: Draft) -> bool:
    """Whether everybody named as a counterpart is in the other contact, too."""
    people = [p.value for p in part.parties[1:] if p.value.name]
    return all(any(same_person(p, q.value) for q in whole.parties) for p in people)


def _same_sides(part: Draft, whole: Draft) -> bool:
    return {p.value.side for p in part.parties} <= {p.value.side for p in whole.parties}


def _report(context: Context, cluster: tuple[Draft, ...]) -> Report:
    first = cluster[0]
    status = next((d for d in cluster if d.status.said), first)
    channel = _channel(context, cluster)
    return Report(
        id=report_id(first.trigger),
        document=context.document.id,
        trigger=first.trigger,
        quotes=tuple(dict.fromkeys(d.quote for d in cluster))[:_MOST_QUOTES],
        parties=everybody(cluster),
        channel=channel,
        status=Cited(status.status.status, status.status_span, status.status.rule),
        when=when_of(context, cluster),
        place=None if channel.value in REMOTE else next((d.place for d in cluster if d.place), None),
        initiator=next((d.initiator for d in cluster if d.initiator), None),
        duration_minutes=next((d.duration for d in cluster if d.duration), None),
    )


def _channel(context: Context, cluster: Sequence[Draft]) -> Cited[Channel]:
    """The channel that says most; who "discussed" in their own readout, or whose "talks" name people, sat together."""
    best = best_channel(cluster).channel
    if met_on_a_visit(cluster):
        return replace(best, value="meeting", rule="met-on-a-visit")
    discussed = best.rule == "verb-discuss" and not cluster[0].anaphoric and cluster[0].status.status == "held"
    if discussed and best.value == "unspecified" and issuer_of(context.document):
        return replace(best, value="meeting", rule="discussed-in-a-readout")
    if best.rule == "verb-discuss" and best.value == "unspecified" and _between_bodies(cluster):
        return replace(best, value="talks", rule="states-discussing")
    if best.value == "talks" and not _indirect(context, best, cluster) and _named_on_both_sides(cluster):
        return replace(best, value="meeting", rule="talks-of-named-people")
    return best


def _between_bodies(cluster: Sequence[Draft]) -> bool:
    """Whether states, and nobody for them, are discussing something."""
    ongoing = cluster[0].status.status == "ongoing"
    return ongoing and all(p.value.level == "body" for d in cluster for p in d.parties)


def _indirect(context: Context, channel: Cited[Channel], cluster: Sequence[Draft]) -> bool:
    """Whether talks may have been held apart: "discussions", and those that the text names heads of delegation for."""
    words = context.document.part(channel.span.part)[channel.span.start : channel.span.stop].lower()
    return "discussion" in words or any(p.rule in HEADING for d in cluster for p in d.parties)


def _named_on_both_sides(cluster: Sequence[Draft]) -> bool:
    """Whether officials of two sides are named: they sat together, unless a medium is told."""
    people = (p.value for p in fullest(cluster) if p.value.name and p.value.level in _HIGH)
    return len({p.side for p in people}) > 1


def report_id(trigger: Span) -> str:
    """Identity of a report: the place of its trigger words in the document."""
    place = f"{trigger.document}\0{trigger.part}\0{trigger.start}"
    return "r" + hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:11]
