"""A sentence as the items that phrases are matched against.

``actor``       one or several coordinated actor mentions ("Putin, Xi and Modi"), value: the mentions
``possessive``  his, her, their, our: value: the mention
``pair``        sides joined by a hyphen or slash ("U.S.-Russia", "Trump-Putin"), value: the mentions
``adjective``   a side named by its adjective ("Russian"), value: the mention
``time``        a time mention with the preposition before it; may be skipped
``place``       "in Geneva", "at the White House"; value: a Place; may be skipped
``city``        a seat of government that is somewhere to go ("to Kyiv"); value: a Place
``aside``       a stretch in parentheses; may be skipped
``word``        any other token
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from communique.extract.context import ActorMention, Context, TimeMention
from communique.extract.delegations import DELEGATION, with_heads
from communique.extract.officials import OFFICIALS, with_officials
from communique.extract.relatives import KIN, with_relatives
from communique.extract.venues import PLACE_PREPOSITIONS, place_at, seat_at, seats_of
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Item
from communique.model import Party, Span
from communique.text import Sentence, Token

_POSSESSIVES = word_class("possessive")
_JOINTS = frozenset(("-", "/"))
_LONG_DASHES = frozenset("—–")
_LIST_END = frozenset(("and", "&"))
_LIST_MARKS = frozenset((",", ";"))
_CLAUSE_OPENERS = frozenset(("he", "she", "they", "it", "we"))  # never later members of a list: "and he agreed"
_SKIP = frozenset("\"'") | frozenset(("``", "''"))
_TIME_PREPOSITIONS = word_class("before-time")
_AFTER_PEOPLE = frozenset(("in", "at", "on", "during", "after", "—", "-", "–"))
_ENDS = frozenset((".", "!", "?", '"', "”", ")"))
_LISTED = frozenset(("actor", "adjective", "city", "pair"))
_ALSO_IN_LIST = {"actor": ("pair",), "city": ("actor",)}
_LONGEST_ASIDE = 25
_SKIPPED = _SKIP | word_class("adverb-word")
_new = tuple.__new__  # a word is made for every token; the class's own way takes twice as long


@dataclass(frozen=True, slots=True)
class Place:
    """The name of a place, and the state it lies in, where the registry knows it, as a body."""

    span: Span
    party: Party | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """The items of one sentence, its folded words, and the sentence itself."""

    sentence: Sentence
    items: tuple[Item, ...]
    words: frozenset[str]

    def span(self, document: str, start: int, stop: int) -> Span:
        """The stretch of text that items ``[start, stop)`` cover."""
        first, last = self.items[start].first, self.items[stop - 1].last
        tokens = self.sentence.tokens
        return Span(document, tokens[first].start, tokens[last - 1].stop, self.sentence.part)

    def text(self, start: int, stop: int) -> tuple[str, ...]:
        """The folded tokens under items ``[start, stop)``."""
        tokens = self.sentence.tokens[self.items[start].first : self.items[stop - 1].last] if stop > start else ()
        return tuple([t.norm for t in tokens])


def build_items(context: Context, index: int) -> Items:
    """The items of sentence ``index``."""
    sentence = context.sentences[index]
    raw = _mentions(context, sentence, context.actors[index], context.times[index])
    tokens, words = sentence.tokens, sentence.words
    named = raw if words.isdisjoint(DELEGATION) else with_heads(raw, tokens)
    named = named if words.isdisjoint(OFFICIALS) else with_officials(named, tokens)
    named = named if words.isdisjoint(KIN) else with_relatives(named)
    paired = named if words.isdisjoint(_JOINTS) else _paired(named, tokens)
    joined = _coordinated(paired, sentence)
    return Items(sentence, tuple(_asides(joined) if "(" in words else joined), words)


def mentions_of(item: Item) -> tuple[ActorMention, ...]:
    """The actor mentions under an item (none for words, times and places)."""
    return item.value if item.kind in ("actor", "possessive", "pair", "adjective") else ()


def parties_of(item: Item) -> tuple[tuple[Party, ActorMention], ...]:
    """The distinct parties an item stands for, each with the mention that names it."""
    found: dict[Party, ActorMention] = {}
    for mention in mentions_of(item):
        for party in mention.parties:
            found.setdefault(party, mention)
    if isinstance(item.value, Place) and item.value.party:
        span, seat = item.value.span, item.value.party
        found[seat] = ActorMention(0, item.first, item.last, span, "state", (seat,), "seat-of-government")
    return tuple(found.items())


def _mentions(
    context: Context, sentence: Sentence, actors: Sequence[ActorMention], times: Sequence[TimeMention]
) -> list[Item]:
    tokens, norms, document = sentence.tokens, sentence.norms, context.document.id
    seats = seats_of(context.knowledge.registry, (context.document.published.edtf or "")[:4])
    at_actor = {m.first: m for m in actors}
    at_time = {m.first: m for m in times}
    items: list[Item] = []
    i = 0
    while i < len(tokens):
        norm, time, actor = norms[i], at_time.get(i), at_actor.get(i)
        if time and (not actor or time.last >= actor.last):
            items.append(_time_item(items, time))
            i = time.last
        elif actor:
            items.append(_actor_item(items, actor, tokens))
            i = actor.last
        elif norm in PLACE_PREPOSITIONS and (place := place_at(tokens, i, at_actor, at_time)):
            span = Span(document, tokens[place[0]].start, tokens[place[1] - 1].stop, sentence.part)
            items.append(Item("", i, place[1], "place", Place(span, seat_at(tokens, place[0], seats)[1]), True))
            i = place[1]
        elif norm in seats and tokens[i].capital and (seat := seat_at(tokens, i, seats))[1]:
            span = Span(document, tokens[i].start, tokens[seat[0] - 1].stop, sentence.part)
            items.append(Item("", i, seat[0], "city", Place(span, seat[1])))
            i = seat[0]
        else:
            items.append(_new(Item, (norm, i, i + 1, "word", None, _skipped(norm))))
            i += 1
    return items


@lru_cache(maxsize=100_000)
def _skipped(norm: str) -> bool:
    """Whether a word may be left out: a quotation mark, an adverb, above all one of manner."""
    manner = len(norm) > 5 and norm.endswith("ly") and norm not in ("family", "supply", "assembly", "reply")
    return manner or norm in _SKIPPED


def _time_item(items: list[Item], time: TimeMention) -> Item:
    first = time.first
    if items and items[-1].kind == "word" and items[-1].norm in _TIME_PREPOSITIONS:
        first = items.pop().first
    return Item("", first, time.last, "time", time, True)


def _actor_item(items: list[Item], actor: ActorMention, tokens: Sequence[Token]) -> Item:
    single = tokens[actor.first].norm if actor.last - actor.first == 1 else ""
    if actor.kind == "pronoun" and single in _POSSESSIVES:
        return Item(single, actor.first, actor.last, "possessive", (actor,))
    if actor.adjective:
        return Item(single, actor.first, actor.last, "adjective", (actor,))
    owner = actor.last < len(tokens) and tokens[actor.last].norm in ("'s", "'", "-")
    behind = bool(items) and items[-1].kind == "word" and items[-1].norm in PLACE_PREPOSITIONS
    if actor.kind in ("state", "organisation") and behind and not owner:
        preposition = items.pop()
        party = next(iter(actor.parties), None)
        return Item("", preposition.first, actor.last, "place", Place(actor.span, party), True)
    return Item(single, actor.first, actor.last, "actor", (actor,))


def _paired(items: list[Item], tokens: Sequence[Token]) -> list[Item]:
    """Join sides around hyphens and slashes: U.S.-Russia, Russian-American, Trump-Putin, U.S./Japan."""
    out: list[Item] = []
    i = 0
    while i < len(items):
        group = [items[i]]
        while (
            items[i].kind in ("actor", "adjective")
            and i + 2 < len(items)
            and items[i + 1].norm in _JOINTS
            and not _parts(tokens, items[i + 1].first)
            and items[i + 2].kind in ("actor", "adjective")
        ):
            group.append(items[i + 2])
            i += 2
        out.append(_joined(group, "pair") if len(group) > 1 else group[0])
        i += 1
    return out


def _parts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a long dash stands free and so parts what is beside it: "talks with US — Lavrov"."""
    free = tokens[at - 1].stop < tokens[at].start and tokens[at].stop < tokens[at + 1].start
    return free and tokens[at].text in _LONG_DASHES


def _coordinated(items: list[Item], sentence: Sentence) -> list[Item]:
    """Join enumerations: "A and B", "A, B and C"; "A, B" only at the head of a title, or people at its end."""
    if sum(item.kind in _LISTED for item in items) < 2:
        return items
    out: list[Item] = []
    i = 0
    while i < len(items):
        kind = items[i].kind
        if kind not in ("actor", "adjective", "city"):
            out.append(items[i])
            i += 1
            continue
        members, stop = [i], i + 1
        accepted, end = [i], i + 1
        while (nxt := _next_member(items, stop, kind)) is not None:
            at, closing = nxt
            members.append(at)
            stop = at + 1
            if closing or (_headline(sentence) and (i == 0 or _people_end(items, members))):
                accepted, end = list(members), stop
        joined = "actor" if kind == "city" else kind
        out.append(_joined([items[k] for k in accepted], joined) if len(accepted) > 1 else items[i])
        i = end
    return out


def _people_end(items: Sequence[Item], members: Sequence[int]) -> bool:
    """Whether people listed with commas stand at the end of a phrase: "Biden's call with Scholz, Draghi"."""
    stop = members[-1] + 1
    if not all(m.kind == "person" for k in members for m in mentions_of(items[k])):
        return False
    if items[stop : stop + 1] and items[stop].norm == "to":
        return items[members[0] - 1].norm in ("say", "says")
    return stop == len(items) or items[stop].kind in ("place", "time") or items[stop].norm in _AFTER_PEOPLE


def _headline(sentence: Sentence) -> bool:
    """Whether a sentence is a headline, in which a comma stands for "and": the title, or a line without an end."""
    last = sentence.tokens[-1].text if sentence.tokens else ""
    return sentence.part == "title" or last not in _ENDS


def _next_member(items: list[Item], at: int, kind: str) -> tuple[int, bool] | None:
    """The next member of an enumeration behind ``at``, and whether an "and" leads to it."""
    i, closing = at, False
    while i < len(items) and i - at < 4:
        norm = items[i].norm if items[i].kind == "word" else None
        if items[i].kind == kind or items[i].kind in _ALSO_IN_LIST.get(kind, ()):
            return (i, closing) if i > at and items[i].norm not in _CLAUSE_OPENERS else None
        if norm in _LIST_END:
            closing = True
        elif norm in ("as", "well", "along", "together", "with") and tuple(x.norm for x in items[i : i + 3])[:2] in {
            ("as", "well"),
            ("along", "with"),
            ("together", "with"),
        }:
            i += 2 if norm == "as" else 1
            closing = True
        elif norm not in _LIST_MARKS and not (norm == "with" and i > at):
            return None
        i += 1
    return None


def _joined(group: Sequence[Item], kind: str) -> Item:
    mentions = tuple(m for item in group for m in mentions_of(item) or tuple(m for _, m in parties_of(item)))
    return Item("", group[0].first, group[-1].last, kind, mentions)


def _asides(items: list[Item]) -> list[Item]:
    """Fold a stretch in parentheses into one item."""
    out: list[Item] = []
    i = 0
    while i < len(items):
        close = None
        if items[i].norm == "(" and items[i].kind == "word":
            close = next((k for k in range(i, min(len(items), i + _LONGEST_ASIDE)) if items[k].norm == ")"), None)
        if close is None:
            out.append(items[i])
            i += 1
        else:
            out.append(items[i]._replace(norm="", last=items[close].last, kind="aside", skippable=True))
            i = close + 1
    return out
