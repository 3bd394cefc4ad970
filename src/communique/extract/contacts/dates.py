"""The day of a contact that its own sentence does not date: publication day for the news, nothing for background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from communique import edtf
from communique.extract.contacts.drafts import Draft
from communique.extract.context import Context
from communique.extract.dating import publication_day
from communique.extract.issuer import issuer_of
from communique.knowledge.grammar import word_class
from communique.model import Cited, Span, Status, When
from communique.text import fold

_LEAD = 2
_NEWS = 5
_AFTER = ("after", "following")
_DONE = word_class("done")
_SHORTEST = 6  # words; a dateline has fewer
_NEAR = 7
_LONG_AGO = 120
_FUTURE = word_class("future")
_LEADING_TO = _FUTURE | word_class("leading-to")
_BEGUN = frozenset(("began", "begins", "begun", "started", "starts"))
_A = frozenset(("a", "an", "the", "his", "her", "their", "its"))
_WEEKEND = 5


def settled(context: Context, draft: Draft) -> Draft:
    """A draft whose status fits its date, and whose interval is cut at publication."""
    day = publication_day(context.document)
    if draft.when is None and not draft.status.said and _standing_talks(draft):
        return replace(draft, status=replace(draft.status, status="ongoing", rule="status-standing-talks"))
    if day is not None and draft.when is None and draft.status.status == "held" and _begun(context, draft, day):
        draft = replace(draft, status=replace(draft.status, status="ongoing", rule="status-begun", said=True))
    if day is not None and draft.when is None and draft.official and _is_news(context, draft):
        return replace(draft, news=day)
    if day is None or draft.when is None:
        return draft
    cited, status = draft.when, draft.status
    to_come = cited.value.earliest is not None and cited.value.earliest > day
    if to_come and status.rule == "status-past-tense" and draft.channel.rule.startswith("verb-"):
        return replace(draft, when=None)  # "spoke about the summit of next week"
    if to_come and status.rule == "status-held" and _first_word(context, draft.status_span) in _DONE:
        return replace(draft, when=None)  # "after visiting Rome, he will fly home on Sunday"
    if to_come and status.status in ("held", "ongoing"):
        status = replace(status, status="planned", rule="status-date-to-come", said=True)
    if status.status == "planned" and _purpose_of_the_past(context, draft, day):
        status = replace(status, status="held", rule="status-purpose-of-the-past")
    if status.status == "held" and _begun(context, draft, day):
        status = replace(status, status="ongoing", rule="status-begun", said=True)
    if status.status == "planned" and _over(context, draft, day):
        status = replace(status, status="held", rule="status-before-in-the-past")
    leading = _FUTURE if status.status == "held" else _LEADING_TO
    when = _to_come(cited.value, day) if _first_word(context, draft.status_span) in leading else cited.value
    when = _week_to_come(when, day) if status.status == "planned" else when
    when = _year_to_come(when, day) if status.status == "planned" and status.said else when
    if status.status == "planned" and _long_past(when, day):
        return replace(draft, status=status, when=None)  # "as agreed in Paris in 2019, we will meet"
    if not (status.status == "ongoing" and cited.rule == "range"):  # "are meeting today and tomorrow"
        when = clipped(when, status.status, day, _says_earlier(context, cited.span))
    return replace(draft, status=status, when=replace(cited, value=when))


def _purpose_of_the_past(context: Context, draft: Draft, day: date) -> bool:
    """Whether "to hold talks" only tells what somebody did: "In March, he travelled to Oslo to hold talks"."""
    latest = draft.when.value.latest if draft.when else None
    past = latest is not None and _NEAR < (day - latest).days < _LONG_AGO
    return past and _first_word(context, draft.status_span) == "to"


def _begun(context: Context, draft: Draft, day: date) -> bool:
    """Whether the words tell only that it began, and not on an earlier day: "the meeting started in Oslo"."""
    span = draft.status_span
    words = fold(context.document.part(span.part)[span.start : span.stop]).split()
    verb = next((w for w in reversed(words) if w not in _A), "")
    latest = draft.when.value.latest if draft.when else day
    return verb in _BEGUN and latest is not None and latest >= day


def _long_past(when: When, day: date) -> bool:
    return when.latest is not None and (day - when.latest).days > _LONG_AGO


def _over(context: Context, draft: Draft, day: date) -> bool:
    """Whether what somebody did "before" a contact is over: "decided last week, before meeting X"."""
    latest = draft.when.value.latest if draft.when else None
    return latest is not None and latest < day and _first_word(context, draft.status_span) == "before"


def _first_word(context: Context, span: Span) -> str:
    return fold(context.document.part(span.part)[span.start : span.stop].split()[0])


def _says_earlier(context: Context, span: Span) -> bool:
    """Whether the words of a time are, or follow on, "earlier"."""
    return "earlier" in context.document.part(span.part)[max(0, span.start - 8) : span.stop].lower()


def _standing_talks(draft: Draft) -> bool:
    """ "The talks between Norway and Chad", of which no beginning, end or day is told, are going on."""
    bodies = all(p.value.name is None for p in draft.parties)
    return bodies and draft.channel.value == "talks" and not draft.background and draft.trigger.part == "text"


def _to_come(when: When, day: date) -> When:
    """A weekday of what is to come is the next one: "to meet in Rome Friday"."""
    start, stop, week = when.earliest, when.latest, timedelta(days=7)
    if when.basis != "weekday-from-publication" or start is None or stop is None:
        return when
    if stop >= day or day - start >= week:
        return when
    start, stop = start + week, stop + week
    text = start.isoformat() if start == stop else f"{start.isoformat()}/{stop.isoformat()}"
    return replace(when, edtf=text, earliest=start, latest=stop, why=f"{when.why}; planned, so the next one")


def _week_to_come(when: When, day: date) -> When:
    """At its end "this week" of what is to come is the next one: "this week, he will travel to Oslo", on a Sunday."""
    start, stop = when.earliest, when.latest
    if when.basis != "relative" or start is None or stop is None or day.weekday() <= _WEEKEND or stop != day:
        return when
    if (stop - start).days != 6:
        return when
    start, stop = day + timedelta(days=1), day + timedelta(days=7)
    text = f"{start.isoformat()}/{stop.isoformat()}"
    return replace(when, edtf=text, earliest=start, latest=stop, why=f"{when.why}; told at its end, so the next one")


def _year_to_come(when: When, day: date) -> When:
    """A month without a year of what is to come is the next one: "accepted an invitation to visit Chad in May"."""
    start, stop = when.earliest, when.latest
    if when.basis != "year-from-publication" or start is None or stop is None or stop >= day or "XX" in when.edtf:
        return when
    text = when.edtf.replace(str(start.year), str(start.year + 1))
    if not edtf.valid(text):
        return when
    start, stop = edtf.bounds(text)
    return replace(when, edtf=text, earliest=start, latest=stop, why=f"{when.why}; planned, so the next one")


def when_of(context: Context, cluster: Sequence[Draft]) -> Cited[When] | None:
    """The day of a contact: what the mention that is news says, or publication day; else the first that any says.

    A later mention dates a contact that was the news of the day only if it names a day close to publication.
    """
    default = default_day(context, cluster)
    dated = next((d.when for d in cluster if d.when), None)
    if default is None or dated is None:
        return dated or default
    value, day = dated.value, default.value.earliest
    near = day is not None and _days_near(value, day)
    return dated if near or cluster[0].when is not None else default


def _days_near(when: When, day: date) -> bool:
    """Whether a time is a day close to another, or a few days that end with it or close before it."""
    start, stop = when.earliest, when.latest
    if start is None or stop is None:
        return False
    return abs((start - day).days) <= _NEAR and (start == stop or start < stop <= day)


def default_day(context: Context, cluster: Sequence[Draft]) -> Cited[When] | None:
    """Publication day for a contact that is the document's news and that no sentence dates."""
    day = publication_day(context.document)
    news = next((d for d in cluster if d.when is None and _is_news(context, d)), None)
    return _news_day(news, day) if day and news and not any(d.background for d in cluster) else None


def _news_day(draft: Draft, day: date) -> Cited[When]:
    why = "the news of the day, with no date in the text"
    when = When(day.isoformat(), day, day, "publication-default", anchor="publication", why=why)
    return Cited(when, draft.trigger, "publication-default")


def clipped(when: When, status: Status, day: date, earlier: bool = False) -> When:
    """An interval around publication, cut at it: what was held this month was held by then, the planned comes after.

    ``earlier``: the words say "earlier this month", so that publication day itself is out.
    """
    start, stop = when.earliest, when.latest
    if start is None or stop is None or not start < stop or not start <= day <= stop:
        return when
    if status in ("held", "ongoing"):
        stop = day - timedelta(days=1) if earlier and start < day else day
    elif status in ("planned", "proposed"):
        start = day
    if (start, stop) == (when.earliest, when.latest):
        return when
    text = start.isoformat() if start == stop else f"{start.isoformat()}/{stop.isoformat()}"
    return replace(
        when, edtf=text, earliest=start, latest=stop, why=f"{when.why}; cut at publication, {day.isoformat()}"
    )


def _own(context: Context, draft: Draft) -> bool:
    """Whether a government tells of a contact of its own people, and of no journey."""
    issuer = issuer_of(context.document)
    ours = issuer is not None and any(p.value.name and p.value.side == issuer.side for p in draft.parties)
    return ours and draft.channel.value != "visit"


def news_day(context: Context, draft: Draft) -> Cited[When] | None:
    """Publication day as the day of a contact that is part of the news."""
    day = publication_day(context.document)
    return _news_day(draft, day) if day else None


def _just_over(context: Context, draft: Draft) -> bool:
    """Whether somebody acts after a meeting of people who are named: "said following talks with X"."""
    over = draft.setting and draft.status.status == "held" and draft.channel.value != "visit"
    return over and _first_word(context, draft.status_span) in _AFTER and _people(draft)


def _people(draft: Draft) -> bool:
    return len({p.value.side for p in draft.parties if p.value.name}) > 1


def _first_told(context: Context) -> int:
    """The first sentence of the text that is neither a dateline ("OSLO, May 3. /TASS/.") nor the title again."""
    title = [w for w in fold(context.document.title or "").split() if w[:1].isalnum()]
    for sentence in context.sentences:
        words = [t.norm for t in sentence.tokens if t.text[:1].isalnum()]
        dateline = len(words) < _SHORTEST and sentence.tokens[0].text.isupper() and context.times[sentence.index]
        if sentence.part == "text" and not dateline and (not title or words[:_SHORTEST] != title[:_SHORTEST]):
            return sentence.index
    return 0


def _is_news(context: Context, draft: Draft) -> bool:
    letter = draft.channel.value == "message" and draft.when is None
    if (draft.setting or letter) and draft.status.status == "held" and not draft.background and _own(context, draft):
        return True
    if (
        draft.status.status not in ("held", "ongoing")
        or (draft.status.status == "ongoing" and draft.status.rule != "status-progressive" and _standing_talks(draft))
        or draft.background
        or draft.counted
        or not (draft.status.said or draft.trigger.part == "title")
    ):
        return False
    begin = _first_told(context)
    if begin <= draft.sentence < begin + _NEWS and _just_over(context, draft):
        return True
    lead = draft.trigger.part == "title" or draft.sentence < begin + _LEAD
    if draft.channel.value == "visit" and not lead:
        return False
    told = draft.status.rule == "status-past-tense" or _spoken(context, draft)
    return lead or (told and issuer_of(context.document) is not None)


def _spoken(context: Context, draft: Draft) -> bool:
    """Whether a speaker tells of what he did: "I held talks with X", "I had a conversation with Y"."""
    mine = bool(draft.parties) and draft.parties[0].rule == "pronoun.speaker"
    return mine and draft.status.rule == "status-held" and _first_word(context, draft.status_span) in ("had", "held")
