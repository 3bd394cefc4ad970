"""Which time dates a contact."""

from __future__ import annotations

from communique.extract.context import TimeMention
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
