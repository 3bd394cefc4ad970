"""Which time dates a contact, and how its status narrows a stretch that holds the day of publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from communique import edtf
from communique.extract.context import TimeMention
from communique.extract.times.lexicon import word_set
from communique.model import Span, When
from communique.text import Sentence

_BREAKS = word_set("choose", "breaks")
_SAID = word_set("choose", "said")
_FROM = frozenset(["from", "between"])
_TO = word_set("choose", "to")
_PAIRING = frozenset(["and", "or"])
_PUSH = 12  # tokens that a word opening another clause counts for
_NO_DAY = frozenset(("anniversary",))


def choose_time(times: tuple[TimeMention, ...], sentence: Sentence, trigger: int) -> TimeMention | None:
    """The mention that dates the trigger at token ``trigger``: the nearest in its clause; None if there is none.

    Durations, sets and words like "now" date nothing. A word between that opens another clause or reports pushes a
    mention away. "From X to Y" and "today and tomorrow" are joined into one mention with both ends (rule ``range``).
    """
    dated = [t for t in times if _dates(t)]
    if not dated:
        return None
    chosen = min(dated, key=lambda t: _distance(t, sentence, trigger))
    return _joined(chosen, dated, sentence)


def narrow(when: When, day: date | None, ahead: bool) -> When:
    """The part of a stretch that lies up to the day of publication, or from it on (``ahead``).

    "This week" told as past on a Wednesday ends that Wednesday; planned, it begins there. Stretches that do not hold
    the day stay as they are.
    """
    first, last = when.earliest, when.latest
    if day is None or first is None or last is None or first == last or not first <= day <= last:
        return when
    first, last = (day, last) if ahead else (first, day)
    side = "from" if ahead else "up to"
    return replace(
        when, edtf=edtf.interval(first, last), earliest=first, latest=last, why=f"{when.why}; {side} publication, {day}"
    )


def _dates(mention: TimeMention) -> bool:
    return mention.when is not None and mention.kind in ("DATE", "TIME") and mention.rule not in _NO_DAY


def _distance(mention: TimeMention, sentence: Sentence, trigger: int) -> int:
    first, last = (mention.last, trigger) if mention.last <= trigger else (trigger + 1, mention.first)
    between = sentence.tokens[first:last]
    return len(between) + _PUSH * sum(t.norm in _BREAKS or t.norm in _SAID for t in between)


def _joined(chosen: TimeMention, dated: list[TimeMention], sentence: Sentence) -> TimeMention:
    """The chosen mention with its other end, where it is one end of a range."""
    tokens = sentence.tokens
    for first, last in pairwise(dated):
        if chosen not in (first, last) or last.first - first.last != 1 or not first.first:
            continue
        joint = tokens[first.last].norm
        if (tokens[first.first - 1].norm in _FROM and joint in _TO) or (joint in _PAIRING and _adjoin(first, last)):
            return _range(first, last) or chosen
    return chosen


def _adjoin(first: TimeMention, last: TimeMention) -> bool:
    """Whether one time begins where the other ends: "today and tomorrow", "in late April or early May"."""
    if first.when is None or last.when is None or first.when.latest is None or last.when.earliest is None:
        return False
    return last.when.earliest - first.when.latest == timedelta(days=1)


def _range(first: TimeMention, last: TimeMention) -> TimeMention | None:
    start, stop = first.when, last.when
    if start is None or stop is None or start.earliest is None or stop.latest is None or start.earliest > stop.latest:
        return None
    text = edtf.interval(start.earliest, stop.latest)
    when = replace(start, edtf=text, latest=stop.latest, why=f"from {start.why} to {stop.why}")
    span = Span(first.span.document, first.span.start, last.span.stop, first.span.part)
    return TimeMention(first.sentence, first.first, last.last, span, "DATE", text, when, "range")
