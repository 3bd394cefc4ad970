"""The day of a contact that only its neighbours date: "he also met …", "after the meeting, they will …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.extract.contacts.dates import news_day
from communique.extract.contacts.drafts import Draft
from communique.extract.context import Context
from communique.extract.items import Items
from communique.model import Cited, Report, When

_DEFAULT = "publication-default"
_DAYS = 7  # the longest stay whose days a further meeting of it takes
Told = tuple[Report, Sequence[Draft]]


def on_that_day(context: Context, told: Told, before: Sequence[Told], items: Sequence[Items]) -> Report:
    """A report with the day of what the same person did before, where its own words name none."""
    report, cluster = told
    head = cluster[0]
    if report.status.value == "held" and report.when is not None and report.when.rule == _DEFAULT:
        stay = _stay(report, before) if head.also else None
        return _dated(report, stay if head.official else stay or _next_of_a_visit(told, before))
    if report.when is not None:
        return report
    if report.status.value == "held":
        return _dated(report, _also(context, told, before) if head.also else _next_of_a_visit(told, before))
    if report.status.value == "planned" and head.official and _same_occasion(context, head, items):
        return _dated(report, news_day(context, head) if _under_way(report, before) else None)
    return report


def _dated(report: Report, day: Cited[When] | None) -> Report:
    return replace(report, when=replace(day, rule="also-that-day")) if day else report


def _kin(report: Report, before: Sequence[Told]) -> Iterator[Told]:
    """What the people of a report did before, last first."""
    names = {p.value.name for p in report.parties if p.value.name}
    for other, cluster in reversed(before):
        if other.status.value == "held" and names & {p.value.name for p in other.parties}:
            yield other, cluster


def _also(context: Context, told: Told, before: Sequence[Told]) -> Cited[When] | None:
    """ "He also met …" on the day of what the same person did before; on that of the news, if that is not dated."""
    report, cluster = told
    kin = list(_kin(report, before))
    day = next((other.when for other, _ in kin if other.when), None)
    if day is None and kin and not any(d.background for d in cluster):
        day = news_day(context, cluster[0])
    return day


def _stay(report: Report, before: Sequence[Told]) -> Cited[When] | None:
    """The days of a stay that the news of the day belongs to: "on a visit on May 3-4, he met A. He also met B"."""
    for other, _ in _kin(report, before):
        if other.when is None or report.when is None:
            return None
        start, stop, day = other.when.value.earliest, other.when.value.latest, report.when.value.earliest
        within = start is not None and stop is not None and day is not None and start < stop and start <= day <= stop
        return other.when if within and (stop - start).days <= _DAYS else None  # type: ignore[operator]
    return None


def _next_of_a_visit(told: Told, before: Sequence[Told]) -> Cited[When] | None:
    """The day of the sentence before, which tells whom else of that state the same person met."""
    report, cluster = told
    head = cluster[0]
    if head.background or head.counted or not head.status.said:
        return None
    sides, people = _who(report)
    for other, mentions in _kin(report, before):
        near = any(d.sentence == head.sentence - 1 for d in mentions)
        same_sides, met = _who(other)
        if near and same_sides == sides and not people <= met and not mentions[0].background:
            return other.when
    return None


def _who(report: Report) -> tuple[set[str | None], set[str | None]]:
    """The sides of a report, and the names of its people."""
    return {p.value.side for p in report.parties}, {p.value.name for p in report.parties}


def _same_occasion(context: Context, head: Draft, items: Sequence[Items]) -> bool:
    """Whether a sentence says that what is to come belongs to what it tells of: "as part of his visit"."""
    row = items[head.sentence]
    return next(context.knowledge.rules.fire("occasion", row.items, row.words), None) is not None


def _under_way(report: Report, before: Sequence[Told]) -> bool:
    """Whether a contact of these people, or a journey, that is the news of the day was told of before."""
    sides = {p.value.side for p in report.parties}
    return any(
        other.status.value in ("held", "ongoing")
        and (other.when is not None and other.when.rule == _DEFAULT)
        and {p.value.side for p in other.parties} == sides
        for other, _ in before
    )
