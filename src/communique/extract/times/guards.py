"""The guards that rules name: each refuses matches of a phrase that are no time in these words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from communique.extract.times import guards_dates as dates
from communique.extract.times import guards_lengths as lengths
from communique.extract.times.grammar import Match
from communique.text import Token

Guard = Callable[[Sequence[Token], Match], bool]

_ALL: tuple[Callable[..., bool], ...] = (
    dates.month_name,
    dates.day_number,
    dates.bare_year,
    dates.years_range,
    dates.clock,
    dates.weekday,
    dates.season,
    dates.edge,
    dates.quarter,
    dates.part_of_day,
    dates.unit,
    dates.month_of,
    dates.dom,
    dates.bare_dom,
    dates.following,
    dates.same,
    lengths.nth_day,
    lengths.quarter_context,
    lengths.window,
    lengths.first_span,
    lengths.duration,
    lengths.bare_duration,
    lengths.some_time,
    lengths.adverb_set,
    lengths.per,
    lengths.ref_now,
    lengths.part_of_month,
    lengths.some_day,
    lengths.business_year,
    lengths.full_year,
    lengths.in_question,
    lengths.ref_past,
    lengths.ref_future,
)
GUARDS: dict[str, Guard] = {guard.__name__.replace("_", "-"): guard for guard in _ALL}
