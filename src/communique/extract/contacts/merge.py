"""Mentions of one contact within a document become one report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from communique.extract.contacts.alike import best_channel, fullest, overlap, parties_fit, same_person
from communique.extract.contacts.drafts import Draft
from communique.extract.contacts.journeys import absorbed
from communique.extract.contacts.standing import NAMED_GROUPS
from communique.model import Cited, Party

_COMPATIBLE = {
    frozenset(pair)
    for pair in (
        ("meeting", "talks"), ("meeting", "visit"), ("meeting", "unspecified"), ("talks", "unspecified"),
        ("phone", "unspecified"), ("video", "unspecified"), ("phone", "talks"), ("video", "talks"),
        ("video", "meeting"), ("visit", "talks"), ("phone", "video"), ("message", "unspecified"),
        ("visit", "unspecified"),
    )
}  # fmt: skip

_GROUP = 5  # sides
_RECENT = 100  # contacts of a text that a mention may still go on with
_RECENTLY = timedelta(days=14)  # what a government publishes as news took place within these
_MENTIONS = 12  # mentions of a contact that a further one is held against


def merge(drafts: Sequence[Draft]) -> tuple[tuple[Draft, ...], ...]:
    """Drafts of the same contact together, in order of first mention.

    A draft is held against the contacts told of last, and against a few mentions of each: so that time grows with the
    length of a text, and a contact is not taken up again after a hundred others.
    """
    clusters: list[list[Draft]] = []
    last: list[Draft] | None = None
    for draft in drafts:
        recent = clusters[-_RECENT:]
        if draft.bare:
            last = _take_up(draft, recent, clusters, last) or last
            continue
        home = _home(draft, recent)
        if home is None and draft.anaphoric and clusters and not _new(draft):
            continue
        last = home if home is not None else _opened(draft, recent, clusters)
        if home is not None:
            home.append(draft)
    return tuple(map(tuple, absorbed(clusters)))


def _home(draft: Draft, recent: Sequence[list[Draft]]) -> list[Draft] | None:
    """The contact that a draft tells of, among those told of lately."""
    fitting = [c for c in recent if _continues(draft, c)] if draft.anaphoric else []
    fitting = fitting or [c for c in recent if _fits(draft, c)]
    return max(fitting, key=lambda c: _likeness(draft, c[0]), default=None)


def _fits(draft: Draft, cluster: Sequence[Draft]) -> bool:
    """Whether a draft agrees with every mention of a contact, or with those whose people it joins in a fuller one."""
    known = _references(cluster)
    whole = max(known, key=lambda d: len(d.parties))
    apart = [other for other in known if not _same(draft, other)]
    return not apart or (_part_of(draft, whole) and all(_part_of(d, whole) and _told_alike(d, draft) for d in apart))


def _part_of(part: Draft, whole: Draft) -> bool:
    """Whether a mention names some of the people of another and nobody else: "spoke with A" in a call with A and B."""
    return len(_sides(part)) < len(_sides(whole)) and all(
        p.value.name and any(p.value.side == q.value.side and same_person(p.value, q.value) for q in whole.parties)
        for p in part.parties
    )


def _told_alike(a: Draft, b: Draft) -> bool:
    return _status_fits(a, b) and _channel_fits(a, b) and _when_fits(a, b)


def _references(cluster: Sequence[Draft]) -> Sequence[Draft]:
    """The mentions against which another is held: "they discussed" goes on with a contact and does not define it."""
    some = (*cluster[:_MENTIONS], cluster[-1])
    return [d for d in some if not d.anaphoric] or some


def _opened(draft: Draft, recent: Sequence[list[Draft]], clusters: list[list[Draft]]) -> list[Draft]:
    """A new contact; an earlier conversation is of the kind of the one it is told beside."""
    if draft.background and draft.channel.value == "unspecified":
        kin = next((c for c in recent if _of_same_kind(draft, c)), None)
        if kin:
            draft = replace(draft, channel=replace(draft.channel, value=best_channel(kin).channel.value))
    clusters.append([draft])
    return clusters[-1]


def _take_up(
    draft: Draft, recent: Sequence[list[Draft]], clusters: list[list[Draft]], last: list[Draft] | None
) -> list[Draft] | None:
    """ "The talks …" goes on with the contact spoken of last; with another day it is the next of the same sides."""
    talks = draft.channel.rule == "talks-at-a-place"
    known = [c for c in reversed(recent) if talks or _channel_fits(draft, c[0])]
    if last is not None and any(c is last for c in known):
        known.insert(0, last)
    if draft.rule == "we-met" and draft.official and clusters and (own := _recalled(draft, clusters)) is not None:
        return own
    if not known:
        return None
    head = known[0][0]
    whole = replace(draft, parties=fullest(known[0]), channel=head.channel)
    if draft.when is None and not (draft.place and draft.status.rule.endswith("-after")):
        return None
    fitting = next((c for c in known if all(_same(whole, d) for d in _references(c))), None)
    if fitting is not None:
        fitting.append(whole)
        return fitting
    if not draft.status.rule.endswith(("-after", "noun-ordinal")):
        return None
    clusters.append([whole if not talks or head.channel.value in ("talks", "meeting") else _of_states(whole, draft)])
    return clusters[-1]


def _recalled(draft: Draft, clusters: list[list[Draft]]) -> list[Draft] | None:
    """ "You and I met in May": an earlier contact of those whose conversation a transcript gives."""
    talk = fullest(clusters[0])
    told = next((d for d in clusters[0] if d.trigger.part == "title" and d.news), None)
    if told is None or draft.status.status != "held" or len({p.value.side for p in talk}) != 2:
        return None
    if not (_long_before(draft, told) if draft.when else draft.background):
        return None
    clusters.append([replace(draft, parties=talk, bare=False, background=True)])
    return clusters[-1]


def _of_states(whole: Draft, draft: Draft) -> Draft:
    """Talks told of beside a call of leaders are talks of their states."""
    bodies = (replace(p, value=Party(None, p.value.state, p.value.organisation, None, "body")) for p in whole.parties)
    return replace(whole, parties=tuple({p.value: p for p in bodies}.values()), channel=draft.channel)


def _new(draft: Draft) -> bool:
    """Whether "they met in Bali in 2022" tells of a contact of its own: it has a day, a place or a medium."""
    if draft.channel.rule == "verb-discuss":
        return False
    dated = draft.when is not None and draft.when.value.basis != "publication-default"
    return dated or draft.place is not None or draft.channel.value not in ("unspecified", "talks")


def _of_same_kind(draft: Draft, cluster: Sequence[Draft]) -> bool:
    """Whether "the previous conversation" was one by telephone, as the one it is previous to."""
    return best_channel(cluster).channel.value == "phone" and parties_fit(draft.parties, cluster[0].parties)


def _continues(draft: Draft, cluster: Sequence[Draft]) -> bool:
    """Whether "they discussed …" goes on with a contact told of before."""
    head = cluster[0]
    if not all(_when_fits(draft, d) for d in _references(cluster)):
        return False
    told = draft.status.status == head.status.status or not draft.status.said
    return told and _channel_fits(draft, head) and len(_sides(draft) & _sides(head)) > 1


def _sides(draft: Draft) -> set[str | None]:
    return {p.value.side for p in draft.parties}


def _same(a: Draft, b: Draft) -> bool:
    if _apart(a, b):
        return False
    if not _told_alike(a, b):
        standing = "status-standing-talks" in (a.status.rule, b.status.rule)
        return standing and _channel_fits(a, b) and _when_fits(a, b) and _headed(a, b)
    fit = parties_fit(_stated(a, b), _stated(b, a))
    return fit or _discussed(a, b) or _headed(a, b) or _entitled(a, b) or _called_by_group(a, b)


def _entitled(a: Draft, b: Draft) -> bool:
    """Whether one is the title, which says "envoy meets spy chief", and the other names the same sides' people."""
    if (a.trigger.part == "title") == (b.trigger.part == "title") or _sides(a) != _sides(b):
        return False
    title, text = (a, b) if a.trigger.part == "title" else (b, a)
    people = [p.value for p in text.parties]
    return all(p.value.name is None or any(same_person(p.value, q) for q in people) for p in title.parties)


def _called_by_group(a: Draft, b: Draft) -> bool:
    """Whether one names a group of many ("the Bucharest Nine"), and the other people of it."""
    if len(_sides(a)) < _GROUP or _sides(a) != _sides(b):
        return False
    return _group_of(a, b) or _group_of(b, a)


def _group_of(group: Draft, other: Draft) -> bool:
    people = [p.value for p in other.parties]
    known = [p.rule in NAMED_GROUPS for p in group.parties]
    said = (p.value for p, by_group in zip(group.parties, known, strict=True) if not by_group)
    return any(known) and all(any(same_person(p, q) for q in people) for p in said)


def _apart(a: Draft, b: Draft) -> bool:
    """Whether one is of two sides and stands within the other, a gathering of more: each is a contact of its own."""
    few, many = sorted((a, b), key=lambda draft: len(_sides(draft)))
    if many.gathering and not few.gathering and _sides(few) < _sides(many):
        return True
    return few.aside and not few.anaphoric and len(_sides(many)) > 2


def _headed(a: Draft, b: Draft) -> bool:
    """Whether "Norwegian-Chadian talks" in a government's own account are those of the leaders it names."""
    pair = next((d for d in (a, b) if d.rule == "noun-pair" and d.channel.value in ("talks", "meeting")), None)
    if (
        pair is None
        or not pair.official
        or (a.when is not None and b.when is not None and a.when.value != b.when.value)
    ):
        return False
    leaders = b if pair is a else a
    return _sides(a) == _sides(b) and all(p.value.level == "leader" for p in leaders.parties)


def _discussed(a: Draft, b: Draft) -> bool:
    """Whether "X and Chad also discussed …" goes on with the contact of X and Chad's president."""
    shared = sum(bool(p.value.name) and any(same_person(p.value, q.value) for q in b.parties) for p in a.parties)
    return "verb-discuss" in (a.channel.rule, b.channel.rule) and shared > 0 and _sides(a) == _sides(b)


def _stated(draft: Draft, other: Draft) -> Sequence[Cited[Party]]:
    """The parties of a draft; a protagonist who was only implied gives way to the one that the other names."""
    if not draft.implied:
        return draft.parties
    side = draft.parties[0].value.side
    theirs = [p for p in other.parties if p.value.side == side]
    return (*theirs, *draft.parties[1:])


def _likeness(a: Draft, b: Draft) -> tuple[bool, bool, bool, int]:
    return (
        not b.weak or b.trigger.part == "title",
        a.status.status == b.status.status,
        a.channel.value == b.channel.value,
        -abs(a.sentence - b.sentence),
    )


def _status_fits(a: Draft, b: Draft) -> bool:
    if a.status.status == b.status.status:
        return True
    if "status-begun" in (a.status.rule, b.status.rule) and {a.status.status, b.status.status} == {"held", "ongoing"}:
        return True
    return not (a.status.said and b.status.said) and (a.channel.value == b.channel.value or _heading_a_visit(a, b))


def _heading_a_visit(a: Draft, b: Draft) -> bool:
    """Whether a title calls "meeting" what the text tells of as a visit: "the President will welcome X to Oslo"."""
    title, text = (a, b) if a.trigger.part == "title" else (b, a)
    in_title = title.trigger.part == "title" and text.trigger.part == "text" and not title.status.said
    return in_title and (title.channel.value, text.channel.value) == ("meeting", "visit")


def _channel_fits(a: Draft, b: Draft) -> bool:
    x, y = a.channel.value, b.channel.value
    return x == y or frozenset((x, y)) in _COMPATIBLE


def _when_fits(a: Draft, b: Draft) -> bool:
    if a.when is None or b.when is None:
        return a.background == b.background and not (_long_before(a, b) or _long_before(b, a))
    return overlap(a.when.value, b.when.value)


def _long_before(past: Draft, news: Draft) -> bool:
    """Whether one is dated long before the other, which a government publishes as its news of the day."""
    last = past.when.value.latest if past.when else None
    return last is not None and news.news is not None and last < news.news - _RECENTLY
