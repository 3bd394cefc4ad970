"""Who is called by which office in a text, and when they held it: the strongest evidence of its year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from communique import edtf
from communique.extract.evidence import Evidence, Facts, Stretch, lead_end
from communique.extract.times.lexicon import word_set
from communique.model import Actor, Office
from communique.text import Sentence, Token, tokenize

_FORMER = word_set("evidence", "former")
_NOT_THE_TITLE = word_set("evidence", "not-the-title")
_PARTICLES = word_set("evidence", "particles")
_CLOSED = word_set("evidence", "closed")
_TITLE_REACH = 14
_LOW = frozenset(("envoy", "expert"))  # whose tenures are known to the year at best
_NOT_YET = frozenset(("elect", "designate", "former", "ex", "acting"))


def tenure_evidence(sentences: Sequence[Sentence], facts: Facts) -> Iterator[Evidence]:
    """People called by an office: the text was published while they held it.

    Who is named in the title or the lead counts; who comes later counts if named twice and in step with the lead.
    """
    lead: list[tuple[Actor, tuple[Office, ...]]] = []
    later: list[tuple[Actor, tuple[Office, ...]]] = []
    counts: Counter[str] = Counter()
    end = lead_end(sentences)
    seen: set[tuple[str, str]] = set()
    for sentence in sentences:
        for actor, offices in _called(sentence.tokens, facts):
            counts[actor.id] += 1
            offices = tuple(o for o in offices if o.level not in _LOW)
            if offices and (actor.id, offices[0].role) not in seen:
                seen.add((actor.id, offices[0].role))
                (lead if sentence.index <= end else later).append((actor, offices))
    first = [_held(actor, offices, facts) for actor, offices in lead]
    yield from first
    for actor, offices in later:
        held = _held(actor, offices, facts)
        if first and counts[actor.id] > 1 and all(_meet(held, other) for other in first):
            yield held


def _meet(one: Evidence, other: Evidence) -> bool:
    return any(other.overlaps(first, last) for first, last in one.days)


def _held(actor: Actor, offices: Sequence[Office], facts: Facts) -> Evidence:
    wanted = {o.id for o in offices}
    stretches = tuple(_stretch(t.since, t.until) for t in facts.tenures_of(actor.id) if t.office in wanted)
    said = " and ".join(f"{first} to {_end(last)}" for first, last in stretches)
    return Evidence("tenure", stretches, f"{actor.name} was {offices[0].title} ({offices[0].holder}) from {said}")


def _end(day: date) -> str:
    return "the present of the registry" if day == date.max else day.isoformat()


def _stretch(since: str | None, until: str | None) -> Stretch:
    first = edtf.bounds(since)[0] if since else None
    last = edtf.bounds(until)[1] if until else None
    return first or date.min, last or date.max


def _names(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Rows of capitalised words: what may be names."""
    at = 0
    while at < len(tokens):
        if not _name_word(tokens[at]):
            at += 1
            continue
        stop = at + 1
        while stop < len(tokens) and _name_word(tokens[stop]):
            stop += 1
        yield at, stop
        at = stop


def _name_word(token: Token) -> bool:
    return token.capital and token.text[:1].isalpha() and len(token.text) > 1


def _called(tokens: Sequence[Token], facts: Facts) -> Iterator[tuple[Actor, tuple[Office, ...]]]:
    """Persons in a sentence with the offices by which they are called there (none: the name alone)."""
    for start, stop in _names(tokens):
        at = start
        while at < stop:
            found = _longest(tokens, at, stop, facts)
            if found is None:
                at += 1
                continue
            actor, last = found
            yield actor, _offices(actor, tokens, at, last, facts)
            at = last


def _longest(tokens: Sequence[Token], at: int, stop: int, facts: Facts) -> tuple[Actor, int] | None:
    for last in range(min(stop, at + 4), at, -1):
        if _PARTICLES & {_norm(tokens, last), _norm(tokens, last - 1), _norm(tokens, at - 1)}:
            continue
        if last - at == 1 and last < stop and (tokens[last].text.isupper() or last + 1 == stop):
            continue
        actor = _person(" ".join(t.text for t in tokens[at:last]), last - at, facts)
        if actor:
            return actor, last
    return None


@lru_cache(maxsize=20_000)
def _person(name: str, words: int, facts: Facts) -> Actor | None:
    """The one person of that name; a single word counts only if it is one person's alone."""
    found = facts.find_person(name)
    if words == 1 and len(found) != 1:
        return None
    return found[0] if found else None


def _norm(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].norm if 0 <= at < len(tokens) else ""


def _offices(actor: Actor, tokens: Sequence[Token], first: int, last: int, facts: Facts) -> tuple[Office, ...]:
    """The offices a person has held by which the words around the name call them; none for former ones."""
    before = [t.norm for t in tokens[max(0, first - _TITLE_REACH) : first]]
    after = [t.norm for t in tokens[last : last + 8]]
    held = {t.office for t in facts.tenures_of(actor.id)}
    fits: list[tuple[int, Office]] = []
    for office in (facts.offices[name] for name in sorted(held)):
        length = max(
            (sum(map(len, w)) for w in _office_words(office, facts) if _before(before, w) or _after(after, w)),
            default=0,
        )
        if length:
            fits.append((length, office))
    longest = max((length for length, _ in fits), default=0)
    return tuple(office for length, office in fits if length == longest)


def _before(before: Sequence[str], title: tuple[str, ...]) -> bool:
    """Whether a title stands right before the name, with at most "of the …" between, or in the plural before names."""
    for at in range(len(before) - len(title), -1, -1):
        words = tuple(before[at : at + len(title)])
        plural = words[:-1] == title[:-1] and words[-1] == title[-1] + "s"
        if words != title and not plural:
            continue
        if (at and before[at - 1] in _NOT_THE_TITLE) or any(w in _FORMER for w in before[max(0, at - 3) : at]):
            return False
        between = before[at + len(title) :]
        return not between or plural or (between[0] in ("of", "for", "to") and not _CLOSED & set(between))
    return False


def _after(after: Sequence[str], title: tuple[str, ...]) -> bool:
    """Whether a title stands in apposition: "…, the Russian president,"."""
    if after[:1] != [","]:
        return False
    stop = after.index(",", 1) if "," in after[1:] else len(after)
    words = after[1:stop]
    if _FORMER & set(words) or any(w in _NOT_THE_TITLE for w in words):
        return False
    ends = (words[at + len(title) :] for at in range(len(words)) if tuple(words[at : at + len(title)]) == title)
    return any(not rest or rest[0] in ("of", "for", "'s") for rest in ends)


@lru_cache(maxsize=20_000)
def _office_words(office: Office, facts: Facts) -> tuple[tuple[str, ...], ...]:
    role = facts.roles.get(office.role)
    words = (office.title, *office.words, *(role.words if role else ()))
    titles = dict.fromkeys(tuple(t.norm for t in tokenize(w)) for w in words)
    return tuple(title for title in titles if not _NOT_YET & set(title))
