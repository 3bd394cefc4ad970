"""The operations that rules name: fields of a match, and what is known around it, into a value."""

from __future__ import annotations

from communique.extract.times.anaphora import following, offset, year_ago
from communique.extract.times.calendars import (
    anniversary,
    calendar,
    clock,
    days,
    half,
    holiday,
    months,
    nth_weekday,
    part_of_month,
    quarter,
    same_period,
    season,
    week_of,
    years,
)
from communique.extract.times.relatives import (
    ago,
    dom,
    month_of,
    named_month,
    part,
    today,
    unit,
    weekday,
    weekdays,
    weekend,
    window,
)
from communique.extract.times.value import Op, duration, ref, set_

OPS: dict[str, Op] = {
    "calendar": calendar,
    "clock": clock,
    "days": days,
    "months": months,
    "years": years,
    "quarter": quarter,
    "half": half,
    "season": season,
    "holiday": holiday,
    "weekday": weekday,
    "weekdays": weekdays,
    "weekend": weekend,
    "today": today,
    "part": part,
    "unit": unit,
    "month-of": month_of,
    "named-month": named_month,
    "dom": dom,
    "week-of": week_of,
    "anniversary": anniversary,
    "ago": ago,
    "offset": offset,
    "following": following,
    "year-ago": year_ago,
    "same-period": same_period,
    "part-of-month": part_of_month,
    "nth-weekday": nth_weekday,
    "window": window,
    "duration": duration,
    "set": set_,
    "ref": ref,
}
