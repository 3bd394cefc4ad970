"""The day of a contact that its own sentence does not date: publication day for the news, nothing for background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.extract.contacts.drafts import Draft
from communique.extract.context import Context
from communique.extract.dating import publication_day
from communique.model import Cited, When

_LEAD = 2


def settle_dates(context: Context, drafts: Sequence[Draft]) -> list[Draft]:
    """Give the undated contacts that are a document's news its publication day, and fit status to date."""
    return [_settled(context, draft) for draft in drafts]


def _settled(context: Context, draft: Draft) -> Draft:
    day = publication_day(context.document)
    if day is None:
        return draft
    if draft.when is None and _is_news(context, draft):
        when = When(day.isoformat(), day, day, "publication-default", anchor="publication", why="the news of the day, no date in the text")
        return replace(draft, when=Cited(when, draft.trigger, "publication-default"))
    if draft.when is not None and draft.status.status == "held" and not draft.status.said:
        start = draft.when.value.earliest
        if start is not None and start > day:
            return replace(draft, status=replace(draft.status, status="planned", rule="status-date-to-come", said=True))
    return draft


def _is_news(context: Context, draft: Draft) -> bool:
    if draft.status.status != "held" or draft.background:
        return False
    first_text = next((s.index for s in context.sentences if s.part == "text"), 0)
    return draft.trigger.part == "title" or draft.sentence < first_text + _LEAD
