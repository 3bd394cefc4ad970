"""Who speaks in a sentence: actors, sources described and not named ("a senior official"), names nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from communique.extract.context import ActorMention
from communique.extract.items import Items, mentions_of
from communique.knowledge.phrases import Item
from communique.model import Document, Span
from communique.text import fold

_ARTICLES = frozenset(("a", "an", "the", "its", "his", "her", "their", "this", "that", "one"))
_JOINTS = frozenset(("of", "the", "and", "-", "de", "al", "el", "bin", "van", "von", ".", "&", "for"))


_DOCUMENTS = frozenset(
    ("statement", "message", "readout", "letter", "report", "document", "post", "communique", "release", "tweet")
)
_ANY = frozenset(("a", "an", "one", "another"))
_MANY = frozenset(("aide", "adviser", "advisor", "official", "diplomat", "envoy", "source", "assistant"))
_ROLES = frozenset(
    ("official", "diplomat", "spokesman", "spokeswoman", "spokesperson", "envoy", "expert", "analyst", "commander",
     "representative", "adviser", "advisor", "aide", "lawmaker", "negotiator")
)  # fmt: skip
_MEDIA = frozenset(("agency", "newspaper", "outlet", "broadcaster", "daily", "media", "network", "magazine"))
_DEFINITE = frozenset(("the", "his", "her", "its", "their"))
_FIRST_PERSON = frozenset(("i", "we", "myself", "ourselves", "you"))
_PRONOUNS = frozenset(("he", "she", "it", "they", "this", "that", "who", "which", "one", "another", "both"))


Sort = Literal["person", "people", "body", "source", "name"]


@dataclass(frozen=True, slots=True)
class Anaphor:
    """What a pronoun or bare noun can mean: tellers of some sorts, whose name holds ``noun`` if there is one.

    ``subject``: it may also mean the person whom a sentence in between is about.
    """

    sorts: frozenset[Sort]
    subject: bool
    noun: str = ""

    def fits(self, sort: Sort, names: Sequence[str]) -> bool:
        """Whether the tellers of that sort and names can be meant."""
        if sort not in self.sorts:
            return False
        stem = self.noun.rstrip("s")
        return not stem or any(word.rstrip("s") == stem for name in names for word in map(fold, name.split()))

    @property
    def wider(self) -> Anaphor | None:
        """What a role can mean where nobody was introduced by it: "the diplomat" for a person named before."""
        return Anaphor(frozenset(("person", "source")), subject=False) if self.noun in _ROLES else None


def mark_speakers(items: Items, classes: Mapping[str, Sequence[str]]) -> tuple[Item, ...]:
    """The items of a sentence with described sources (kind ``source``) and unknown names (kind ``name``) taken as one.

    An actor or adjective before a source noun belongs to the source: "[U.S.] officials", "[Starmer]'s office".
    """
    nouns, adjectives = frozenset(classes["teller-noun"]), frozenset(classes["teller-adjective"])
    row, tokens = list(_names(items)), items.sentence.tokens
    verbs = frozenset((*classes["teller-say"], *classes["teller-note"]))
    out: list[Item] = []
    for i, item in enumerate(row):
        if item.norm == "it" and i + 1 < len(row) and row[i + 1].norm in verbs:
            out.append(item._replace(norm="", kind="name"))
        elif item.kind == "word" and item.norm in nouns:
            first = item.first
            while out and _describes(out[-1], adjectives):
                first = out.pop().first
            while first < item.first and tokens[first].norm == "-":
                out.append(Item("-", first, first + 1))
                first += 1
            out.append(Item("", first, item.last, "source"))
        elif item.kind in ("actor", "name") and out and out[-1].kind == "source" and _titled(item, items):
            out[-1] = item._replace(first=out[-1].first, value=item.value or (item.first, item.last))
        elif item.kind in ("actor", "name") and (owned := _owned(out)) is not None:
            out[owned:] = [out[owned]._replace(last=item.last)]
        else:
            out.append(item)
    return tuple(out)


def _owned(row: Sequence[Item]) -> int | None:
    """Where the source or side stands that "of (the) …" describes further: "officials of the Transport Ministry"."""
    at = len(row) - 1
    if at > 0 and row[at].norm == "the":
        at -= 1
    return at - 1 if at > 0 and row[at].norm == "of" and row[at - 1].kind in ("actor", "source") else None


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
    meant = anaphor(item, items)
    if meant is not None and not meant.noun:
        return ()
    tokens = items.sentence.tokens
    first, last = item.value or (item.first, item.last)
    span = Span(document.id, tokens[first].start, tokens[last - 1].stop, items.sentence.part)
    name = _plain(document, span)
    return ((name, span),) if name else ()


def anaphor(item: Item, items: Items) -> Anaphor | None:
    """What an item that points back to a teller named before can mean: "they said", "the statement read"."""
    tokens = items.sentence.tokens
    last = tokens[item.last - 1].norm
    if item.kind == "source":
        return _bare_source(last, item, items)
    if item.kind == "name":
        return _pronoun(last) if item.last - item.first == 1 and last in _PRONOUNS else None
    mentions = mentions_of(item)
    if not mentions or last in _FIRST_PERSON:
        return None
    if mentions[-1].kind == "pronoun":
        return _pronoun(last)
    if mentions[-1].kind == "group":
        return Anaphor(frozenset(("person", "body", "people", "source", "name")), subject=True)
    unknown = mentions[-1].kind == "office" and not any(p.name for p in mentions[-1].parties)
    definite = tokens[item.first].norm == "the"
    return Anaphor(frozenset(("person", "name")), subject=True) if unknown and definite else None


def _pronoun(norm: str) -> Anaphor:
    if norm in ("he", "she"):
        return Anaphor(frozenset(("person", "name", "source")), subject=True)
    if norm in ("they", "both"):
        return Anaphor(frozenset(("people", "body", "name")), subject=True)
    return Anaphor(frozenset(("body", "name", "source")), subject=True)


def _bare_source(noun: str, item: Item, items: Items) -> Anaphor | None:
    """"The statement", "the officials", "his office": a noun that tells of nobody by itself."""
    tokens = items.sentence.tokens
    if any(t.capital and t.norm not in _DEFINITE for t in tokens[item.first : item.last - 1]):
        return None
    if noun in _DOCUMENTS:
        return Anaphor(frozenset(("body", "source", "name", "person")), subject=False)
    definite = tokens[item.first].norm in _DEFINITE or (item.first > 0 and tokens[item.first - 1].norm in _DEFINITE)
    if definite and noun in _MEDIA:
        return Anaphor(frozenset(("name", "body", "source")), subject=False)
    return Anaphor(frozenset(("source", "people", "person", "name", "body")), False, noun) if definite else None


def sort_of(item: Item, items: Items) -> Sort:
    """What the words for a teller are: a person, several, a body, a source without a name, an unknown name."""
    if item.kind == "name":
        return "name"
    if item.kind == "source":
        return "people" if items.sentence.tokens[item.last - 1].norm.endswith("s") else "source"
    mentions = mentions_of(item)
    if len(mentions) > 1 or any(m.kind == "group" or m.plural for m in mentions):
        return "people"
    return "person" if any(m.kind in ("person", "office", "pronoun") for m in mentions) else "body"


def _actor_name(mention: ActorMention, document: Document) -> str | None:
    people = [p.name for p in mention.parties if p.name]
    if people and not (mention.kind == "office" and _indefinite(document, mention.span)):
        return people[0]
    return None if mention.kind in ("pronoun", "group") else _plain(document, mention.span)


def _indefinite(document: Document, span: Span) -> bool:
    """Whether an office speaks for somebody unnamed: "a spokesman", "— Kremlin aide", not "the President"."""
    words = document.part(span.part)[span.start : span.stop].lower().split()
    return not words or words[0] in _ANY or (words[0] not in _DEFINITE and words[-1] in _MANY)


def _plain(document: Document, span: Span) -> str:
    """The words of a span without article."""
    words = document.part(span.part)[span.start : span.stop].split()
    while words and words[0].lower() in _ARTICLES:
        words = words[1:]
    return " ".join(words)
