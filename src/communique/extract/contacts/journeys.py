"""Journeys and the meetings held during them: told of together, they are one contact, the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.extract.contacts.alike import best_channel, fullest, overlap, same_person
from communique.extract.contacts.drafts import Draft
from communique.model import Cited, Party

_NEAR = 100  # contacts of a text among which the meeting of a journey is looked for


def absorbed(clusters: Sequence[list[Draft]]) -> list[list[Draft]]:
    """The contacts without the visits during which they were held; an undated meeting takes the days of its visit."""
    kept = []
    for n, cluster in enumerate(clusters):
        near = clusters[max(0, n - _NEAR) : n + _NEAR]
        hosts = [other for other in near if _visit_within(cluster, other)]
        for host in hosts:
            if all(d.when is None for d in host):
                host[0] = replace(host[0], when=cluster[0].when)
        if not hosts:
            kept.append(cluster)
    return kept


def _visit_within(cluster: Sequence[Draft], other: Sequence[Draft]) -> bool:
    """Whether a visit is told of together with the meeting held during it: then the meeting is the contact."""
    visit, meeting = cluster[0], other[0]
    if {d.channel.value for d in cluster} != {"visit"} or best_channel(other).channel.value not in ("meeting", "talks"):
        return False
    if visit.setting and visit.sentence == meeting.sentence and visit.status.status == meeting.status.status:
        return any(same_person(v.value, p.value) for v in visit.parties if v.value.name for p in meeting.parties)
    visitors = [p.value for p in visit.parties if p.value.name]
    met = any(same_person(v, p.value) for v in visitors for p in fullest(other))
    dated = next((d.when for d in other if d.when), None)
    if visit.when is not None and dated is None:
        fits = visit.status.status == meeting.status.status == "planned"
    else:
        fits = visit.when is None or dated is None or overlap(visit.when.value, dated.value)
    return met and fits and {p.value.side for p in visit.parties} <= {p.value.side for p in fullest(other)}


def met_on_a_visit(cluster: Sequence[Draft]) -> bool:
    """Whether a visit tells of what the visitor discussed with people of the host: they met."""
    return best_channel(cluster).channel.value == "visit" and any(map(_discussed_there, cluster))


def _discussed_there(draft: Draft) -> bool:
    named = {p.value.side for p in draft.parties if p.value.name}
    return draft.channel.rule == "verb-discuss" and draft.status.status == "held" and len(named) > 1


def everybody(cluster: Sequence[Draft]) -> tuple[Cited[Party], ...]:
    """The parties of the fullest mention; of a visit with those who travelled along and those who were met."""
    parties = fullest(cluster)
    if not met_on_a_visit(cluster):
        return parties
    told = [p for d in cluster if d.channel.value == "visit" or _discussed_there(d) for p in d.parties]
    for party in told:
        if not any(same_person(party.value, p.value) and party.value.side == p.value.side for p in parties):
            parties = (*parties, party)
    people = {p.value.side for p in parties if p.value.name}
    return tuple(p for p in parties if p.value.office or p.value.name or p.value.side not in people)
