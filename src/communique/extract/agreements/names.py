"""Words that name an agreement, taken as one item: "the 2015 nuclear deal with Iran", "a memorandum on trade".

A name is known (a row of ``agreements.csv`` or its alias) or described: its sides, the words before its noun and the
subject behind it. "The agreement" and "that document" go back to the agreement named last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from communique.extract.agreements.parts import MINOR, Before, Behind
from communique.extract.agreements.words import known_names, vocabulary
from communique.extract.context import Context
from communique.extract.items import Items
from communique.extract.times import publication_day
from communique.knowledge import Knowledge
from communique.knowledge.phrases import Item
from communique.model import Party, When
from communique.text import Token

_SHOWN = 3
_TELLING = 3  # an alias of more words than this is known whatever its article
_SHORT = {"USA": "US", "GBR": "UK", "European Union": "EU", "SUN": "Soviet Union", "ARE": "UAE", "PRK": "North Korea",
          "KOR": "South Korea"}  # fmt: skip
GENERIC = frozenset("agreement agreements deal deals accord accords pact pacts document documents treaty".split())
_HEADS = GENERIC | frozenset("memorandum protocol plan declaration".split())
_TRUCES = frozenset(("ceasefire", "truce"))
_VERBAL = frozenset("to will would can could they we i you who must should not".split())
_ENDING, _WAR = frozenset("end ending stop stopping halt".split()), frozenset("war conflict fighting hostilities invasion".split())
_STALE = frozenset(
    "new possible potential future draft eventual final recent latest historic so-called own binding legally existing "
    "fragile temporary provisional tentative interim previous updated separate landmark major next relevant respective "
    "any proposed said same number series set package several first best immediate unconditional full lasting permanent "
    "comprehensive fair equitable key back-to-back back largest breakthrough outline similar present".split()
)


@dataclass(frozen=True, slots=True)
class AgreementMention:
    """An agreement as a sentence names it.

    ``clause`` is what a clause behind it tells of it, for a name when nothing else does. ``known`` is its usual name if the registry has it; ``words`` what stands before the noun, ``subject`` what it is
    about, ``parties`` the sides the words name, ``partners`` those of a plural noun ("deals with Norway and Chad").
    ``definite``: the reader is expected to know it; ``draft``: called a draft, or possible; ``dated``: a day or month
    stands in the name; ``back``: it may go back to one named before; ``proper``: written as a name; ``denied``: "no deal".
    """

    noun: str
    known: str | None = None
    words: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    clause: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    partners: tuple[Party, ...] = ()
    when: When | None = None
    definite: bool = False
    draft: bool = False
    dated: bool = False
    back: bool = False
    proper: bool = False
    denied: bool = False

    @property
    def content(self) -> frozenset[str]:
        """The folded words that tell it from other agreements."""
        plain = (w.lower() for w in (*self.words, *self.subject))
        return frozenset(w for w in plain if w not in MINOR and w not in GENERIC and w not in _STALE)

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


def agreement_name(knowledge: Knowledge, mention: AgreementMention) -> str:
    """The usual name, else one made of sides, words and subject: "Norway-Chad trade agreement on fish"."""
    if mention.known:
        return mention.known
    names = [side_name(knowledge, side) for side in sides(mention.parties)]
    subject = mention.subject or (() if mention.content else mention.clause)
    ends_war = _ends_war(mention)
    about = "" if ends_war or not subject else f"on {' '.join(subject)}"
    peace = "peace" if ends_war and "peace" not in mention.content else ""
    shown = "-".join(names) if len(names) <= _SHOWN else ""
    return " ".join(part for part in (shown, *mention.shown, peace, mention.noun, about) if part)


def fold_agreements(context: Context, items: Items, listing: bool = False) -> Items:
    """The sentence with every name of an agreement as one item of kind ``agreement``.

    In a ``listing`` of what was signed, nouns of many meanings (programme, roadmap) count as well.
    """
    known = known_names(vocabulary(context.knowledge), items.sentence.tokens) | _told_names(context, items)
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
        preposition = _absorbed(context, items, head)
        if preposition:
            out.append(Item(items.sentence.tokens[head.first].norm, head.first, head.first + 1))
        out.append(Item("", head.first + preposition, items.items[stop - 1].last, "agreement", mention))
        i = floor = stop
    return replace(items, items=tuple(out))


def _told_names(context: Context, items: Items) -> dict[int, tuple[int, str]]:
    """Known agreements that a rule of field ``agreement-name`` names: "GATT rules"."""
    firings = context.knowledge.rules.fire("agreement-name", items.items, items.words)
    return {
        items.items[f.match.start].first: (items.items[f.match.stop - 1].last, str(f.rule.sets["name"])) for f in firings
    }


def _absorbed(context: Context, items: Items, head: Item) -> bool:
    """Whether a time or place at the head of a name took in the preposition before it ("of | last month's accord")."""
    return head.kind in ("time", "place") and items.sentence.tokens[head.first].norm in vocabulary(context.knowledge)["time-preposition"]


def _name_at(
    context: Context, items: Items, i: int, known: Mapping[int, tuple[int, str]], bounds: _Bounds
) -> tuple[int, int, AgreementMention] | None:
    """The name whose noun, or whose first known word, is item ``i``: items ``[start, stop)``."""
    item = items.items[i]
    for token in range(item.first, item.last):
        if token in known and (token == item.first or item.kind != "word") and _of_its_time(context, known[token][1]):
            found = _known_name(context, items, i, token, known[token], bounds)
            if found:
                return found
    if item.kind == "word" and _is_head(context, items, i) and _is_noun(context, items, i):
        described = _described(context, items, i, bounds)
        return described and (described[0], described[1], _with_known(context, items, described, known))
    return None


def _of_its_time(context: Context, name: str) -> bool:
    """Whether the agreement can have been spoken of: signed by then, or no more than three years later."""
    signed = context.knowledge.registry.agreements[name].signed
    day = publication_day(context.document)
    return not signed or day is None or int(signed[:4]) <= day.year + 3


def _is_head(context: Context, items: Items, i: int) -> bool:
    norm = items.items[i].norm
    if norm == "fire":
        return i > 1 and items.items[i - 2].norm == "cease"
    return norm in vocabulary(context.knowledge)["noun"]


def _is_noun(context: Context, items: Items, i: int) -> bool:
    """Not "to pact" or "they deal", and not the first noun of "ceasefire agreement"."""
    behind = items.items[i + 1].norm if i + 1 < len(items.items) else ""
    if behind == "and" and any(item.norm in _HEADS for item in items.items[i + 2 : i + 4]) and items.items[i].norm in _TRUCES:
        return False
    if behind in _HEADS or behind in vocabulary(context.knowledge)["body"] or (i > 1 and items.items[i - 2].norm == "within"):
        return False
    return not (items.items[i].norm in ("deal", "deals") and i and items.items[i - 1].norm in _VERBAL)


def _with_known(
    context: Context, items: Items, found: tuple[int, int, AgreementMention], known: Mapping[int, tuple[int, str]]
) -> AgreementMention:
    """ "A final agreement on the JCPOA" is that agreement."""
    first, last = items.items[found[0]].first, items.items[found[1] - 1].last
    name = next((known[t][1] for t in range(first, last) if t in known), None)
    return replace(found[2], known=name) if name and _of_its_time(context, name) and found[2].noun in GENERIC else found[2]


def _known_name(
    context: Context, items: Items, i: int, token: int, known: tuple[int, str], bounds: _Bounds
) -> tuple[int, int, AgreementMention] | None:
    """A known name; one written small ("the nuclear deal") must be definite, for there are other nuclear deals."""
    (last, name), stop = known, i + 1
    while stop < len(items.items) and items.items[stop].first < last:
        stop += 1
    words_of = vocabulary(context.knowledge)
    before, behind = Before(items, words_of, i), Behind(items, words_of, stop)
    before.read(bounds.floor)
    behind.read(named=True)
    first = items.sentence.tokens[token].text
    long = last - token > _TELLING
    if not (first[0].isupper() or first[0].isdigit() or long) and (not before.definite or before.draft):
        return None
    noun = items.sentence.tokens[last - 1].norm
    parties = (*before.parties, *behind.parties)
    return before.at, behind.at, AgreementMention(
        noun, name, parties=parties, definite=True, draft=before.draft, dated=before.dated, denied=before.denied, when=before.when
    )


def _described(context: Context, items: Items, i: int, bounds: _Bounds) -> tuple[int, int, AgreementMention] | None:
    words_of = vocabulary(context.knowledge)
    before, behind = Before(items, words_of, i), Behind(items, words_of, i + 1)
    before.read(bounds.floor)
    if any(w.lower() in words_of["domestic"] for w in before.words):
        return None
    behind.read(named=False)
    noun = items.sentence.tokens[items.items[i].first]
    mention = AgreementMention(
        noun.norm if noun.norm != "fire" else "ceasefire",
        words=tuple(w for w in before.words if w.lower() != "cease"),
        subject=tuple(behind.subject),
        clause=behind.clause,
        parties=tuple(dict.fromkeys((*before.parties, *behind.parties))),
        partners=tuple(behind.partners) if noun.norm.endswith("s") else (),
        when=before.when,
        definite=before.definite,
        draft=before.draft,
        dated=before.dated,
        back=before.definite or noun.norm in words_of["again"],
        proper=_proper(items, noun, (*before.words, *behind.subject)),
        denied=before.denied,
    )
    if noun.norm in words_of["noun-weak"] and not (bounds.listing and mention.content) and not _solid(context, mention) and not _done(context, items, before.at, behind.at):
        return None
    return before.at, behind.at, mention


def _proper(items: Items, noun: Token, others: Sequence[str]) -> bool:
    """Whether the name is written with capitals in a sentence that is not all capitals."""
    words = [t for t in items.sentence.tokens if t.text[:1].isalpha()]
    if not noun.capital or sum(t.capital for t in words) > 0.6 * len(words):
        return False
    return any(w[:1].isupper() for w in others)


def _solid(context: Context, mention: AgreementMention) -> bool:
    """Whether a noun of many meanings (framework, plan, document) is told to be between states."""
    words = vocabulary(context.knowledge)
    if len(sides(mention.parties)) > 1 or mention.noun == "document":
        return True
    if mention.noun in words["plan"]:
        return not words["peace"].isdisjoint(mention.content) or _ends_war(mention)
    return mention.proper or not words["political"].isdisjoint(w.lower() for w in mention.words)


def _ends_war(mention: AgreementMention) -> bool:
    about = {w.lower() for w in mention.subject}
    return bool(about & _ENDING and about & _WAR)


def _done(context: Context, items: Items, start: int, stop: int) -> bool:
    """Whether such a noun stands where only a document can: "signed a declaration", "the plan was signed"."""
    row, signing = items.items, vocabulary(context.knowledge)["signing"]
    before = start > 0 and row[start - 1].norm in signing
    return before or any(item.norm in signing for item in row[stop : stop + 5])
