"""Titles and names put together: "Title Name", "Title, Title, Name", "Name, the Title", "Titles Name and Name"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.extract.actors.names import LEADING, honorific, name_at
from communique.extract.actors.pieces import Piece, Scan, Title
from communique.knowledge.names import key

_CLOSERS = frozenset({",", ".", ";", ":", ")", "-", "?", "!", "", "(", '"'})
_AFTER_APPOSITION = _CLOSERS | {"and", "who", "whose", "in", "on", "at", "during", "said", "says", "told"}


def persons(scan: Scan, titles: Sequence[Title]) -> Iterator[Piece]:
    """All titled pieces of the sentence (with or without names) and all bare names, unordered."""
    chained = list(_chained(scan, titles))
    stops = frozenset(t.first for t in chained)
    waiting: list[Title] = []
    named: list[Piece] = []
    for title in chained:
        found = list(_titled(scan, title, stops))
        named += found
        if not found:
            waiting.append(title)
    taken = [(p.first, p.last) for p in named] + [(t.first, t.last) for t in waiting]
    covered = {at for first, last in taken for at in range(first, last)}
    yield from _owned(scan, [*named, *_apposed(scan, waiting, list(_bare(scan, covered, stops)))])


def _owned(scan: Scan, found: Sequence[Piece]) -> Iterator[Piece]:
    """Joins a name and the title that it owns into one piece: "Trump envoy X", "Putin's spokesman"."""
    by_end = {p.last: p for p in found if p.kind == "name" and not p.word and not p.values}
    used: set[int] = set()
    for piece in found:
        end = piece.first - (scan.norms[piece.first - 1] in ("'s", "'"))
        name = by_end.get(end) if piece.title is not None and _ownable(piece, piece.title) else None
        if name is not None:
            used.add(name.first)
            yield piece._replace(first=name.first, owner=name.name)
        elif piece.kind != "name":
            yield piece
    yield from (p for p in found if p.kind == "name" and p.first not in used)


def _ownable(piece: Piece, title: Title) -> bool:
    if piece.first != title.first or title.det is not None or title.plural or title.complement or title.former:
        return False
    return title.level in ("minister", "senior", "envoy")


def _chained(scan: Scan, titles: Sequence[Title]) -> Iterator[Title]:
    """Joins titles that one person bears: "Special Assistant to the President, Deputy Speaker of the White House"."""
    held: Title | None = None
    for title in titles:
        if held is not None and _one_person(scan, held, title):
            held = _merged(held, title)
            continue
        if held is not None:
            yield held
        held = title
    if held is not None:
        yield held


def _one_person(scan: Scan, a: Title, b: Title) -> bool:
    between = scan.norms[a.last : b.first]
    if a.plural or b.plural or b.det not in (None, "the") or (a.sides and b.sides and set(a.sides).isdisjoint(b.sides)):
        return False
    if a.former != b.former and b.former:
        return False
    after = b.last + (scan.norms[b.last] == ",")
    named = honorific(scan, b.last) != b.last or name_at(scan, after) > after + (after > b.last)
    if between == ("and",) or between == ("&",):
        apposed = a.first > 0 and scan.norms[a.first - 1] == "," and b.complement
        return (
            a.capital and b.capital and b.det is None and (named or apposed) and (a.level != "leader" or a.det is None)
        )
    if between == ("-",):
        return a.capital and b.capital and a.det is None and b.det is None and named
    if between in ((",",), (",", "and")):
        owned = bool(a.sides) or a.complement
        return owned and b.det is None and a.capital and b.capital and named and a.level != "leader"
    return False


def _merged(a: Title, b: Title) -> Title:
    general = a.level == "leader" and not a.sides
    higher = min(a, b, key=lambda t: ("leader", "minister", "senior", "envoy", "expert", "body").index(t.level))
    return a._replace(
        last=b.last,
        sides=() if general else a.sides or b.sides,
        role=a.role or b.role,
        level=higher.level,
        complement=True,
        head=a.head if a.role else b.head,
    )


def _titled(scan: Scan, title: Title, stops: frozenset[int]) -> Iterator[Piece]:
    """The title with the name or names after it; nothing if none follows."""
    spans = list(_names_after(scan, title, stops))
    first = title.first
    for number, (start, stop, side, last) in enumerate(spans):
        values = (side,) if side else (title.sides if len(title.sides) == 1 else ())
        if not values and len(title.sides) == len(spans):
            values = (title.sides[number],)
        yield Piece("titled", first if number == 0 else start, last, title, (start, stop), values)
        first = last


def _names_after(scan: Scan, title: Title, stops: frozenset[int]) -> Iterator[tuple[int, int, str | None, int]]:
    at = title.last
    if scan.norms[at] == "," and _comma_name(scan, title, stops):
        at += 1
    elif scan.norms[at] == "(" and title.capital and name_at(scan, at + 1, stops) > at + 2:
        return
    while True:
        start = honorific(scan, at)
        stop = name_at(scan, start, stops)
        if stop == start or _shouted_words(scan, start, stop):
            return
        if title.head == "counterpart" and not title.sides and scan.norms[stop] == "," and stop + 1 in stops:
            return
        if (
            title.level == "expert"
            and title.head != "counterpart"
            and (scan.shouted or scan.headline or stop - start < 2)
        ):
            return
        side, last = _of_side(scan, stop)
        yield start, stop, side, last
        follow = _next_name(scan, title, last)
        if not title.plural or follow is None:
            return
        at = follow


def _shouted_words(scan: Scan, start: int, stop: int) -> bool:
    """ "LEADERS FEAR PUTIN": in capitals, words before a known surname that are no part of that name."""
    registry = scan.lexicon.registry
    if not scan.loud(start) or key(scan.norms[start]) in registry.name_words:
        return False
    return any(key(scan.norms[at]) in registry.surnames for at in range(start, stop))


def _comma_name(scan: Scan, title: Title, stops: frozenset[int]) -> bool:
    start = honorific(scan, title.last + 1)
    stop = name_at(scan, start, stops)
    if stop == start or (stop - start < 2 and start == title.last + 1) or not (title.sides or title.complement):
        return False
    return title.plural or scan.norms[stop] in _CLOSERS


def _next_name(scan: Scan, title: Title, at: int) -> int | None:
    """Where the next name of a list after a plural title may start."""
    step = at
    while scan.norms[step] in (",", "and", "&"):
        step += 1
    return step if step > at else None


def _of_side(scan: Scan, at: int) -> tuple[str | None, int]:
    """ "Hussein of Iraq": the side after a name, and where it ends."""
    if scan.norms[at] != "of":
        return None, at
    atom = scan.starting.get(at + 1 + (scan.norms[at + 1] == "the"))
    if atom is None or atom.kind not in ("state", "org") or scan.norms[atom.last] in ("'s", "'"):
        return None, at
    return atom.value, atom.last


def _bare(scan: Scan, covered: set[int], stops: frozenset[int]) -> Iterator[Piece]:
    floor = 0
    for at in [n for n, norm in enumerate(scan.sentence.norms) if scan.capitals[n] or norm in LEADING]:
        if at < floor or at in covered:
            continue
        start = honorific(scan, at)
        stop = name_at(scan, start, stops) if start not in covered else start
        stop = next((i for i in range(start, stop) if i in covered), stop)
        if stop > start:
            yield from _named(scan, at, start, stop)
        floor = max(stop, at + 1)


def _named(scan: Scan, first: int, start: int, stop: int) -> Iterator[Piece]:
    """A bare name, with the side before it ("Jordan's Safadi"); two persons for "the Xi-Lee summit"."""
    surnames = scan.lexicon.registry.surnames
    while scan.loud(start) and start < stop - 1 and key(scan.norms[start]) not in scan.lexicon.registry.name_words:
        first = start = start + 1
    hyphen = next((at for at in range(start + 1, stop - 1) if scan.norms[at] == "-"), None)
    if hyphen == start + 1 and stop == start + 3 and {key(scan.norms[start]), key(scan.norms[start + 2])} <= surnames:
        last = _government(scan, stop)
        if last > stop:
            yield Piece("name", first, last, None, (start, start + 1), word="government")
            return
        yield Piece("name", start, start + 1, None, (start, start + 1))
        yield Piece("name", start + 2, stop, None, (start + 2, stop))
        return
    owner = scan.ending.get(start - 1) if scan.norms[start - 1] in ("'s", "'") and first == start else None
    if owner is not None and owner.kind in ("state", "org") and _official(scan, start, stop):
        word = "peer" if any(scan.isa(at, "peers") for at in range(len(scan.tokens))) else ""
        yield Piece("name", owner.first, stop, None, (start, stop), (owner.value,), word)
        return
    last = _government(scan, stop)
    yield Piece("name", first, last, None, (start, stop), word="government" if last > stop else "")


def _government(scan: Scan, at: int) -> int:
    """ "Trump administration officials", "Merz's government": where the nouns after a leader's name end."""
    stop = at + (scan.norms[at] in ("'s", "'"))
    if scan.norms[stop] not in ("administration", "government", "cabinet", "team"):
        return at
    stop += 1
    return stop + (scan.norms[stop] in scan.lexicon.titles.people["sides"])


def _official(scan: Scan, start: int, stop: int) -> bool:
    """Whether a name after "Jordan's" is likely an official's: a known surname, or a sentence about counterparts."""
    if any(scan.isa(at, "fields", "bodies", "modifiers") for at in range(start, stop)):
        return False
    if len(scan.norms[stop - 1]) > 1 and key(scan.norms[stop - 1]) in scan.lexicon.registry.surnames:
        return True
    return stop - start > 1 and any(scan.isa(at, "peers") for at in range(len(scan.tokens)))


def _apposed(scan: Scan, titles: Sequence[Title], names: Sequence[Piece]) -> Iterator[Piece]:
    """Names with a title after them ("Judd Deere, a deputy spokesman of …,"); the rest as they are."""
    by_end = {piece.last: piece for piece in names}
    used: set[int] = set()
    for title in titles:
        name = by_end.get(title.first - 1) if scan.norms[title.first - 1] in (",", "(") and title.first else None
        if name is not None and name.first not in used and _apposable(scan, name, title):
            used.add(name.first)
            values = title.sides[:1]
            last = title.last + (scan.norms[title.first - 1] == "(" and scan.norms[title.last] == ")")
            yield name._replace(kind="titled", last=last, title=title, values=values)
        else:
            yield Piece("titled", title.first, title.last, title, None, title.sides)
    yield from (name for name in names if name.first not in used)


def _apposable(scan: Scan, name: Piece, title: Title) -> bool:
    if title.plural or title.head in ("team", "delegation") or title.det not in (None, "the", "a", "an"):
        return False
    if scan.norms[title.last] not in _AFTER_APPOSITION:
        return False
    if scan.norms[title.first - 1] == "(":
        return True
    assert name.name is not None
    start, stop = name.name
    if stop - start == 1 and key(scan.norms[start]) not in scan.lexicon.registry.surnames:
        return False
    return bool(title.sides) or title.complement or title.role is not None
