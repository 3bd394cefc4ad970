"""Who speaks in a sentence: actors, sources described and not named ("a senior official"), names nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from communique.extract.context import ActorMention
from communique.extract.items import Items, mentions_of
from communique.knowledge.phrases import Item
from communique.model import Document, Span

_ARTICLES = frozenset(("a", "an", "the", "its", "his", "her", "their", "this", "that", "one"))
_JOINTS = frozenset(("of", "the", "and", "-", "de", "al", "el", "bin", "van", "von", ".", "&", "for"))


_DOCUMENTS = frozenset(("statement", "message", "readout", "letter", "report", "document", "post"))
_FIRST_PERSON = frozenset(("i", "we", "myself", "ourselves", "you"))
_PRONOUNS = frozenset(("he", "she", "it", "they", "this", "that", "who", "which", "one", "another", "both"))


def mark_speakers(items: Items, classes: Mapping[str, Sequence[str]]) -> tuple[Item, ...]:
    """The items of a sentence with described sources (kind ``source``) and unknown names (kind ``name``) taken as one.

    An actor or adjective before a source noun belongs to the source: "[U.S.] officials", "[Starmer]'s office".
    """
    nouns, adjectives = frozenset(classes["teller-noun"]), frozenset(classes["teller-adjective"])
    row = list(_names(items))
    out: list[Item] = []
    for item in row:
        if item.kind == "word" and item.norm in nouns:
            first = item.first
            while out and _describes(out[-1], adjectives):
                first = out.pop().first
            out.append(Item("", first, item.last, "source"))
        elif item.kind in ("actor", "name") and out and out[-1].kind == "source" and _titled(item, items):
            out[-1] = item
        elif item.kind in ("actor", "name") and len(out) > 1 and out[-1].norm == "of" and out[-2].kind == "actor":
            out[-2:] = [replace(out[-2], last=item.last)]
        else:
            out.append(item)
    return tuple(out)


def _describes(item: Item, adjectives: frozenset[str]) -> bool:
    if item.kind == "word":
        return item.norm in adjectives or item.norm in ("'s", "-")
    return item.kind in ("adjective", "possessive", "pair", "source") or _is_body(item)


def _is_body(item: Item) -> bool:
    return item.kind in ("actor", "name")


def _titled(item: Item, items: Items) -> bool:
    """Whether a name follows its office at once: "spokesman Abel Baker"."""
    return items.sentence.tokens[item.first].capital


def _names(items: Items) -> Iterator[Item]:
    """The items with runs of capitalised words that are no actors taken as one ``name``."""
    row, tokens = items.items, items.sentence.tokens
    if _headline_case(items):
        yield from row
        return
    i = 0
    while i < len(row):
        stop = i
        while stop < len(row) and _inside_name(row, stop, i, items):
            stop += 1
        while stop > i and row[stop - 1].norm in _JOINTS and not tokens[row[stop - 1].first].capital:
            stop -= 1
        if stop > i and (i > 0 or stop - i > 1 or _speaks(row, stop)):
            yield Item("", row[i].first, row[stop - 1].last, "name")
            i = stop
        else:
            yield row[i]
            i += 1


def _speaks(row: Sequence[Item], at: int) -> bool:
    return at < len(row) and row[at].norm in ("said", "says")


def _inside_name(row: Sequence[Item], at: int, start: int, items: Items) -> bool:
    item = row[at]
    if item.kind != "word":
        return False
    token = items.sentence.tokens[item.first]
    if token.capital and token.text[:1].isalpha():
        return at > 0 or item.norm not in _ARTICLES
    follows = at + 1 < len(row) and items.sentence.tokens[row[at + 1].first].capital
    return at > start and item.norm in _JOINTS and follows


def _headline_case(items: Items) -> bool:
    """Whether most words have capitals, so that these tell nothing."""
    words = [t for t in items.sentence.tokens if t.text[:1].isalpha()]
    return sum(t.capital for t in words) > 0.7 * len(words)


def speakers(item: Item, items: Items, document: Document) -> tuple[tuple[str, Span], ...]:
    """How those who speak are called, and the words; none for a pronoun or group that stands for nobody."""
    if mentions := mentions_of(item):
        named = [(name, m.span) for m in mentions if (name := _actor_name(m, document))]
        return tuple(named)
    if is_anaphor(item, items):
        return ()
    tokens = items.sentence.tokens
    span = Span(document.id, tokens[item.first].start, tokens[item.last - 1].stop, items.sentence.part)
    name = _plain(document, span)
    return ((name, span),) if name else ()


def is_anaphor(item: Item, items: Items) -> bool:
    """Whether an item points back to a teller named before: "they said", "the statement read"."""
    last = items.sentence.tokens[item.last - 1].norm
    if item.kind == "source":
        return last in _DOCUMENTS
    if item.kind == "name":
        return item.last - item.first == 1 and last in _PRONOUNS
    mentions = mentions_of(item)
    return bool(mentions) and mentions[-1].kind in ("pronoun", "group") and last not in _FIRST_PERSON


def _actor_name(mention: ActorMention, document: Document) -> str | None:
    people = [p.name for p in mention.parties if p.name]
    if people:
        return people[0]
    return None if mention.kind in ("pronoun", "group") else _plain(document, mention.span)


def _plain(document: Document, span: Span) -> str:
    """The words of a span without article."""
    words = document.part(span.part)[span.start : span.stop].split()
    while words and words[0].lower() in _ARTICLES:
        words = words[1:]
    return " ".join(words)
