"""Words that name an agreement, taken as one item: "the 2015 nuclear deal with Iran", "a memorandum on trade".

A name is known (a row of ``agreements.csv`` or its alias) or described: its sides, the words before its noun and the
subject behind it. "The agreement" and "that document" go back to the agreement named last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from communique.extract.context import Context
from communique.extract.items import Items, mentions_of, parties_of
from communique.extract.agreement_words import known_names, vocabulary
from communique.knowledge import Knowledge
from communique.knowledge.phrases import Item
from communique.model import Party
from communique.text import Token

_LONGEST = 7
_SUBJECT = 12
_SHORT = {"USA": "US", "GBR": "UK", "European Union": "EU", "SUN": "Soviet Union", "ARE": "UAE", "PRK": "North Korea",
          "KOR": "South Korea"}  # fmt: skip
_DEFINITE = frozenset("the that this these those such both its their his her said".split())
_ARTICLES = frozenset("a an the several".split())
_INDEFINITE = frozenset("a an any another some no every".split())
_BETWEEN = frozenset(("between", "among"))
_SUBJECT_PREPOSITIONS = frozenset("on of for concerning regarding about over governing covering to under in".split())
_MINOR = frozenset("the a an of on for to in and with by between its their this that these his her any such 's".split())
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_STALE = frozenset(
    "new possible potential future draft eventual final recent latest historic so-called own binding legally existing "
    "fragile temporary provisional tentative interim previous updated separate landmark major next relevant respective "
    "any proposed said same number series set package several first best".split()
)
_GENERIC = frozenset("agreement agreements deal deals accord accords pact pacts document documents treaty".split())
_HEADS = _GENERIC | frozenset("pact pacts memorandum protocol plan declaration document documents".split())
_BODIES = frozenset("organization organisation council commission committee body conference states members".split())
_TIME_PREPOSITIONS = frozenset("on in at by during of for since until".split())


@dataclass(frozen=True, slots=True)
class AgreementMention:
    """An agreement as a sentence names it.

    ``known`` is its usual name if the registry has it; ``words`` what stands before the noun, ``subject`` what it is
    about, ``parties`` the sides the words name. ``dated`` tells that a day or month stands in the name; ``draft`` that
    it is called a draft, or possible; ``definite`` that the reader is expected to know it.
    """

    noun: str
    known: str | None = None
    words: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    definite: bool = False
    draft: bool = False
    dated: bool = False
    back: bool = False
    proper: bool = False
    denied: bool = False
    partners: tuple[Party, ...] = ()

    @property
    def content(self) -> frozenset[str]:
        """The folded words that tell it from other agreements."""
        plain = (w.lower() for w in (*self.words, *self.subject))
        return frozenset(w for w in plain if w not in _MINOR and w not in _GENERIC and w not in _STALE)

    @property
    def shown(self) -> tuple[str, ...]:
        """The words before the noun that belong to its name."""
        return tuple(w for w in self.words if w.lower() not in _STALE)

    @property
    def bare(self) -> bool:
        """Whether the words alone do not tell which agreement is meant."""
        return not self.known and not self.content and len(sides(self.parties)) < 2


@dataclass(frozen=True, slots=True)
class _Bounds:
    """How far left a name may reach, and whether the sentence lists what was signed."""

    floor: int
    listing: bool


def sides(parties: Sequence[Party]) -> tuple[str, ...]:
    """The distinct states and organisations among parties, in order."""
    return tuple(dict.fromkeys(p.side for p in parties if p.side))


def side_name(knowledge: Knowledge, side: str) -> str:
    """The short name by which a side stands in the name of an agreement."""
    state = knowledge.registry.states.get(side)
    return _SHORT.get(side) or (state.name if state else side)


def fold_agreements(context: Context, items: Items, listing: bool = False) -> Items:
    """The sentence with every name of an agreement as one item of kind ``agreement``.

    In a ``listing`` of what was signed, nouns of many meanings (programme, roadmap) count as well.
    """
    known = known_names(vocabulary(context.knowledge), items.sentence.tokens)
    out: list[Item] = []
    i = floor = 0
    while i < len(items.items):
        found = _name_at(context, items, i, known, _Bounds(floor, listing))
        if found is None:
            out.append(items.items[i])
            i += 1
            continue
        start, stop, mention = found
        del out[len(out) - (i - start) :]
        head = items.items[start]
        preposition = _absorbed(items, head)
        if preposition:
            out.append(Item(items.sentence.tokens[head.first].norm, head.first, head.first + 1))
        out.append(Item("", head.first + preposition, items.items[stop - 1].last, "agreement", mention))
        i = floor = stop
    return replace(items, items=tuple(out))


def _absorbed(items: Items, head: Item) -> bool:
    """Whether a time at the head of a name has taken in the preposition before it ("of | last month's accord")."""
    return head.kind == "time" and items.sentence.tokens[head.first].norm in _TIME_PREPOSITIONS


def _name_at(
    context: Context, items: Items, i: int, known: Mapping[int, tuple[int, str]], bounds: _Bounds
) -> tuple[int, int, AgreementMention] | None:
    """The name whose noun, or whose first known word, is item ``i``: items ``[start, stop)``."""
    item = items.items[i]
    for token in range(item.first, item.last):
        if token in known and (token == item.first or item.kind != "word"):
            return _known_name(context, items, i, *known[token], bounds)
    if item.kind == "word" and _is_head(context, items, i) and _is_noun(items, i):
        found = _described(context, items, i, bounds)
        return found and (found[0], found[1], _with_known(items, found, known))
    return None


def _is_head(context: Context, items: Items, i: int) -> bool:
    norm = items.items[i].norm
    if norm == "fire":
        return i > 1 and items.items[i - 2].norm == "cease"
    return norm in vocabulary(context.knowledge).nouns


def _with_known(
    items: Items, found: tuple[int, int, AgreementMention], known: Mapping[int, tuple[int, str]]
) -> AgreementMention:
    """ "A final agreement on the JCPOA" is that agreement."""
    first, last = items.items[found[0]].first, items.items[found[1] - 1].last
    name = next((known[t][1] for t in range(first, last) if t in known), None)
    return replace(found[2], known=name) if name else found[2]


def _is_noun(items: Items, i: int) -> bool:
    """Not "to pact" or "they deal", and not the first noun of "ceasefire agreement"."""
    if i + 1 < len(items.items) and items.items[i + 1].norm in _HEADS:
        return False
    token = items.sentence.tokens[items.items[i].first]
    return not (token.norm in ("deal", "deals", "contract", "contracts") and i and items.items[i - 1].norm in _VERBAL)


_VERBAL = frozenset("to will would can could they we i you who must should not".split())


def _known_name(context: Context, items: Items, i: int, last: int, name: str, bounds: _Bounds) -> tuple[int, int, AgreementMention]:
    stop = i + 1
    while stop < len(items.items) and items.items[stop].first < last:
        stop += 1
    start, before = _modifiers(context, items, i, bounds.floor)
    after_stop, after = _tail(context, items, stop, named=True)
    noun = items.sentence.tokens[last - 1].norm
    return start, after_stop, AgreementMention(
        noun, name, (), (), (*before.parties, *after.parties), True, before.draft, before.dated
    )


def _described(context: Context, items: Items, i: int, bounds: _Bounds) -> tuple[int, int, AgreementMention] | None:
    start, before = _modifiers(context, items, i, bounds.floor)
    stop, after = _tail(context, items, i + 1)
    domestic = vocabulary(context.knowledge).domestic
    if any(w.lower() in domestic for w in before.words) or _organisation(items, i):
        return None
    noun = items.sentence.tokens[items.items[i].first]
    mention = replace(
        before, noun=noun.norm, subject=after.subject, parties=(*before.parties, *after.parties),
        back=before.definite or noun.norm in vocabulary(context.knowledge).again, proper=_proper(items, noun, before, after),
    )  # fmt: skip
    weak = vocabulary(context.knowledge).weak
    if noun.norm in weak and not (bounds.listing and mention.content) and not _solid(context, mention):
        return None
    return start, stop, mention


def _organisation(items: Items, i: int) -> bool:
    """"Collective Security Treaty Organization" is a body, no treaty."""
    behind = items.items[i + 1] if i + 1 < len(items.items) else None
    return behind is not None and behind.norm in _BODIES


def _proper(items: Items, noun: Token, before: AgreementMention, after: AgreementMention) -> bool:
    """Whether the name is written with capitals in a sentence that is not all capitals."""
    words = [t for t in items.sentence.tokens if t.text[:1].isalpha()]
    if not noun.capital or sum(t.capital for t in words) > 0.6 * len(words):
        return False
    return any(w[:1].isupper() for w in (*before.words, *after.subject))


def _solid(context: Context, mention: AgreementMention) -> bool:
    """Whether a noun of many meanings (framework, plan, document) is told to be between states."""
    political = vocabulary(context.knowledge).political
    named = any(w.lower() in political for w in mention.words)
    return named or mention.proper or len(sides(mention.parties)) > 1 or mention.noun == "document"


def _modifiers(context: Context, items: Items, head: int, floor: int) -> tuple[int, AgreementMention]:
    """What stands before the noun, read leftwards up to a determiner or a word that cannot belong to the name."""
    stops = vocabulary(context.knowledge).stops
    tokens = items.sentence.tokens
    words: list[str] = []
    parties: list[Party] = []
    definite = dated = draft = denied = False
    at = head
    while at > floor and head - at < _LONGEST:
        item = items.items[at - 1]
        norm = item.norm
        if item.kind in ("adjective", "pair", "actor"):
            if item.kind == "actor" and not _modifies(items, at - 1):
                break
            parties[:0] = [p for p, _ in parties_of(item)]
            if item.kind == "actor" and _person(item):
                parties.clear()
                break
        elif item.kind == "possessive":
            parties[:0] = [p for p, _ in parties_of(item)]
            definite, at = True, at - 1
            break
        elif item.kind == "time" and item.value.when is None:
            draft = draft or tokens[item.last - 1].norm in vocabulary(context.knowledge).to_come
        elif item.kind == "time":
            if tokens[item.first].norm in _TIME_PREPOSITIONS:
                break
            dated = dated or _has_month(item, tokens)
            words[:0] = [t.text for t in tokens[item.first : item.last] if _calendar(t)]
            definite = True
        elif item.kind != "word":
            break
        elif norm == "'s" and at > 1 and items.items[at - 2].kind in ("actor", "time"):
            owner = items.items[at - 2]
            parties[:0] = [p for p, _ in parties_of(owner)]
            dated = dated or owner.kind == "time"
            definite, at = True, at - 2
            break
        elif norm in _DEFINITE or norm in _INDEFINITE:
            definite, denied, at = norm in _DEFINITE, norm in ("no", "neither"), at - 1
            break
        elif norm in stops or not _name_word(tokens[item.first]):
            break
        else:
            draft = draft or norm in vocabulary(context.knowledge).to_come
            if norm not in ("-", '"'):
                words.insert(0, tokens[item.first].text)
        at -= 1
    while at < head and items.items[at].kind == "word" and items.items[at].norm in ('"', "-", "/"):
        at += 1
    return at, AgreementMention("", None, tuple(words), (), tuple(dict.fromkeys(parties)), definite, draft, dated, denied=denied)


def _modifies(items: Items, at: int) -> bool:
    """Whether an actor stands as an adjective would: one side without a title, right before the name's words."""
    return len(mentions_of(items.items[at])) == 1


def _person(item: Item) -> bool:
    return any(m.kind in ("person", "office", "pronoun") for m in mentions_of(item))


def _has_month(item: Item, tokens: Sequence[Token]) -> bool:
    """Whether a time tells the month: "February 22", "last month's", not "Good Friday" or "2015"."""
    when = item.value.when
    said = [t.norm for t in tokens[item.first : item.last]]
    return when is not None and when.edtf.count("-") >= 1 and (len(said) > 1 or said[0] in _MONTHS)


def _calendar(token: Token) -> bool:
    return token.norm in _MONTHS or (token.norm.isdigit() and len(token.norm) == 4)


def _name_word(token: Token) -> bool:
    norm = token.norm
    if norm in ("-", '"'):
        return True
    if not norm[:1].isalnum():
        return False
    return not (norm.endswith("ly") and len(norm) > 5)


def _tail(context: Context, items: Items, at: int, named: bool = False) -> tuple[int, AgreementMention]:
    """What stands behind the noun: sides ("between", "with"), then the subject ("on", "for", "to")."""
    subject: list[str] = []
    parties: list[Party] = []
    partners: list[Party] = []
    stop = at
    row = items.items
    while stop < len(row):
        item = row[stop]
        if item.kind == "aside":
            stop += 1
        elif item.norm in _BETWEEN or (item.norm in ("with", "by") and not (subject and item.norm == "by")):
            reach = 14 if item.norm in _BETWEEN else 4
            found, end = _sides_behind(context, items, stop + 1, reach)
            if not found:
                break
            parties += found
            partners += found if item.norm == "with" else []
            stop = end
        elif item.norm in _SUBJECT_PREPOSITIONS and not named and len(subject) < _SUBJECT:
            words, inside, end = _subject(context, items, stop + 1, item.norm)
            if not words and not inside:
                break
            subject += words
            parties += inside if item.norm not in ("of", "for") else []
            stop = end
        elif item.kind == "place" and not named and _continues(row, stop):
            stop += 1
        else:
            break
    return stop, AgreementMention(
        "", None, (), tuple(subject), tuple(dict.fromkeys(parties)), partners=tuple(dict.fromkeys(partners))
    )


def _continues(row: Sequence[Item], at: int) -> bool:
    return at + 1 < len(row) and row[at + 1].norm in (*_BETWEEN, "with", "on")


def _sides_behind(context: Context, items: Items, at: int, reach: int) -> tuple[list[Party], int]:
    """The sides named within ``reach`` items, not beyond the clause or a verb."""
    stops = vocabulary(context.knowledge).verbs
    found: list[Party] = []
    end = at
    for k in range(at, min(len(items.items), at + reach)):
        item = items.items[k]
        if item.kind == "word" and (item.norm in ".;:!?" or item.norm in stops):
            break
        if item.kind in ("actor", "adjective", "pair"):
            found += [p for p, _ in parties_of(item)]
            end = k + 1
            if reach < 5 or len(sides(found)) > 1:
                break
    return found, end


def _subject(context: Context, items: Items, at: int, lead: str) -> tuple[list[str], list[Party], int]:
    """The words of a subject, up to the end of the phrase; sides "between" whom it is are parties."""
    words_of = vocabulary(context.knowledge)
    stops, verbs = words_of.subject_stops, words_of.verbs
    tokens = items.sentence.tokens
    words: list[str] = []
    parties: list[Party] = []
    end = at
    for k in range(at, min(len(items.items), at + _SUBJECT)):
        item = items.items[k]
        norm = item.norm
        if item.kind == "time" and item.value.when is None:
            continue
        if item.kind == "time" or (norm in ("force", "effect", "principle", "place") and k == at):
            break
        if item.kind in ("actor", "adjective", "pair", "place", "possessive"):
            words += [t.text for t in tokens[item.first : item.last] if t.norm not in _MINOR]
            end = k + 1
            continue
        if item.kind == "aside":
            continue
        if norm in _BETWEEN or (norm == "with" and lead != "to"):
            found, stop = _sides_behind(context, items, k + 1, 12)
            if found:
                return words, found, stop
            break
        if norm == "," and not (k + 1 < len(items.items) and tokens[items.items[k + 1].first].capital and words):
            break
        if norm == "and" and k + 1 < len(items.items) and items.items[k + 1].norm in _ARTICLES:
            break
        if norm in stops or (norm in verbs and (k > at or lead != "to")) or norm in ".;:!?()":
            break
        if norm[:1].isalnum() and norm not in _MINOR:
            words.append(tokens[item.first].text)
        end = k + 1
    return words, parties, end


