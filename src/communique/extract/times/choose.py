"""Which time dates a contact, and the issuer's local day of publication."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from communique import edtf
from communique.extract.context import TimeMention
from communique.model import Document
from communique.text import Sentence

_BREAKS = frozenset(("that", "which", "who", "where", "while", ";", "said", "says", "told", "because"))


def choose_time(times: tuple[TimeMention, ...], sentence: Sentence, trigger: int) -> TimeMention | None:
    """The mention that dates the trigger at token ``trigger``: the nearest in its clause; None if there is none.

    Durations, sets and refs date nothing. Words between that open another clause, or report, push a mention away.
    """
    dated = [t for t in times if t.when is not None and t.kind in ("DATE", "TIME")]
    if not dated:
        return None
    return min(dated, key=lambda t: _distance(t, sentence, trigger))


def _distance(mention: TimeMention, sentence: Sentence, trigger: int) -> int:
    first, last = (mention.last, trigger) if mention.last <= trigger else (trigger + 1, mention.first)
    between = sentence.tokens[first:last]
    breaks = sum(t.norm in _BREAKS for t in between)
    return len(between) + 12 * breaks


def publication_day(document: Document, zone: str | None = None) -> date | None:
    """The day of publication where the issuer is; ``zone`` is an IANA name for times given in another zone.

    None where no day is known (only a month, a year, several candidates).
    """
    text = document.published.edtf
    if text is None:
        return None
    if "T" in text and zone:
        moment = _moment(text)
        if moment and moment.tzinfo:
            return moment.astimezone(ZoneInfo(zone)).date()
    try:
        return edtf.parse(text.split("T")[0]).day
    except edtf.EdtfError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
