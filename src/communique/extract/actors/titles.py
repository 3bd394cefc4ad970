"""Titles of office in a sentence: determiner, standing, side, words, what they are of — for offices never seen, too."""

from __future__ import annotations

from collections.abc import Iterator

from communique.extract.actors.complements import POSSESSIVE, SIDES, complement, is_head
from communique.extract.actors.lexicon import Atom
from communique.extract.actors.pieces import NUMBERS, Scan, Title
from communique.knowledge.names import key

DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "their", "its", "our", "my", "your", "this", "both", "these", "those"}
)
_RANKS = frozenset({"top", "chief", "deputy", "senior", "lead", "first"})  # may stand before the side: "top US envoy"
_GROWN = frozenset({"general", "designate", "elect", "secretary", "minister", "president", "advisor", "adviser"})


def titles(scan: Scan) -> Iterator[Title]:
    """All titles of the sentence, left to right; one that stands inside another's complement is not given."""
    nouns, floor = scan.lexicon.head_nouns, 0
    for at in [n for n, norm in enumerate(scan.sentence.norms) if norm in nouns and n not in scan.inside]:
        if at >= floor and not _modifies(scan, at) and not _named(scan, at):
            title = _title(scan, at, floor)
            if title is not None and not _same_side_peer(scan, title, at):
                yield title
                floor = title.last


def _named(scan: Scan, at: int) -> bool:
    """Whether "Sheikh" stands inside a name: "President Hassan Sheikh Mohamud"."""
    if scan.norms[at] != "sheikh" or not at or not scan.tokens[at].capital or scan.headline or scan.shouted:
        return False
    before = at - 1
    given = scan.tokens[before].capital and scan.tokens[before].text.isalpha() and before not in scan.inside
    return given and not is_head(scan, before) and not scan.isa(before, "honorifics", "modifiers", "status", "past")


def _same_side_peer(scan: Scan, title: Title, at: int) -> bool:
    """ "His colleague": one of the same side, and so no counterpart; "your German colleague" is asked about."""
    return scan.norms[at] in scan.lexicon.titles.peers and (not title.sides or title.det == "your")


def _modifies(scan: Scan, at: int) -> bool:
    """Whether a word that can be a head only modifies a later one ("Deputy Foreign Minister", "Chief Adviser")."""
    step = at + 1
    if not scan.isa(at, "modifiers"):
        return False
    between = scan.starting.get(step) if scan.norms[at] in _RANKS else None
    if between is not None and between.kind in ("adjective", "state") and scan.norms[between.last] != "-":
        step = between.last
    while scan.isa(step, "modifiers") and not is_head(scan, step) and step not in scan.inside:
        step += 1
    if step == at + 1 or not is_head(scan, step):
        return False
    return scan.headline or scan.norms[at] == "deputy" or scan.tokens[step].capital == scan.tokens[at].capital


def _title(scan: Scan, at: int, floor: int) -> Title | None:
    table = scan.lexicon.titles
    head_stop = _grown(scan, at)
    while is_head(scan, head_stop) and _same_title(scan, head_stop):
        at, head_stop = head_stop, _grown(scan, head_stop)
    if scan.isa(at, "abbreviations", "split_heads"):
        stop = _abbreviation(scan, at) if scan.isa(at, "abbreviations") else _split_head(scan, at)
        if stop is None:
            return None
        head_stop = stop
    start = _core_start(scan, at, floor)
    first, sides, former, det = _before(scan, start, floor, scan.norms[at] in table.plurals)
    rank = scan.norms[first - 1 : first] if sides and det is None and first > floor else ()
    if rank and rank[0] in _RANKS:
        first, _, earlier, det = _before(scan, first - 1, floor, False)
        former = former or earlier
    else:
        rank = ()
    last, inner = complement(scan, head_stop, scan.norms[at])
    norm = scan.norms[at]
    plural = norm not in table.heads
    title = Title(
        first=first,
        last=last,
        start=start,
        core=tuple(n for n in (*rank, *scan.norms[start:head_stop]) if n not in ("-", ".")),
        head=table.plurals.get(norm, norm) if plural else table.peers.get(norm, norm),
        level="senior",
        role=None,
        sides=sides or inner,
        plural=plural,
        former=former or _first_of_a_line(scan, start, at),
        det=det,
        capital=scan.tokens[at].capital,
        complement=last > head_stop,
        owned=det is None and not sides and _owned(scan, first, at),
    )
    return _ranked(scan, title, head_stop)


def _owned(scan: Scan, first: int, head: int) -> bool:
    """Whether a capitalised name that is no state's stands before a title ("Tenneco vice president")."""
    before = first - 1
    if before < 0 or scan.headline or scan.shouted or before in scan.inside or scan.isa(before, "not_names"):
        return False
    token = scan.tokens[before]
    if not token.capital or not token.text[:1].isalpha() or scan.norms[before] in scan.common:
        return False
    return before > 0 or token.text.isupper() or not scan.tokens[head].capital


def _grown(scan: Scan, at: int) -> int:
    """The token after a head and what is grown to it: "Secretary-General", "President-elect", "Attorney General"."""
    stop = at + 1
    if scan.norms[stop] == "-" and scan.norms[stop + 1] in _GROWN:
        stop += 2
    elif scan.norms[stop] in ("general", "elect", "designate"):
        stop += 1
    while scan.norms[stop] == "-" and scan.norms[stop + 1] in ("in", "of", "elect", "designate"):
        stop += 4 if scan.norms[stop + 1] in ("in", "of") else 2
    return min(stop, len(scan.tokens))


def _abbreviation(scan: Scan, at: int) -> int | None:
    """The token after "Gen." or "Sen."; None where no name follows, so that it is no title."""
    stop = at + 1 + (scan.norms[at + 1] == ".")
    named = stop < len(scan.tokens) and scan.tokens[stop].capital and stop not in scan.inside
    if scan.norms[at] == "nsa" and not any(
        key(norm) in scan.lexicon.registry.surnames for norm in scan.norms[stop : stop + 3]
    ):
        return None
    return stop if (named and scan.tokens[at].capital) or scan.norms[at] in ("pm", "pms") else None


def _split_head(scan: Scan, at: int) -> int | None:
    """The token after "opposite number"; None where the second word does not follow."""
    return at + 2 if scan.norms[at + 1] == "number" else None


def _same_title(scan: Scan, at: int) -> bool:
    """Whether a second head goes on with the title ("Deputy Head", "Chief Adviser", "Assistant Secretary")."""
    if scan.tokens[at - 1].capital != scan.tokens[at].capital and not scan.headline:
        return False
    if scan.isa(at, "styles") and is_head(scan, at - 1) and scan.norms[at - 1] != "state":
        return False
    return scan.isa(at - 1, "modifiers", "lowering")


def _core_start(scan: Scan, at: int, floor: int) -> int:
    start = at
    while start > floor:
        if start - 1 > floor and scan.joined(start) and scan.isa(start - 2, "modifiers"):
            start -= 2
        elif scan.isa(start - 1, "modifiers") and start - 1 not in scan.inside:
            start -= 1
        elif (body := scan.ending.get(start)) is not None and body.kind == "ministry" and body.first >= floor:
            start = body.first
        elif start < at and _two_fields(scan, start, floor):
            start -= 2
        else:
            break
    return start


def _two_fields(scan: Scan, start: int, floor: int) -> bool:
    """ "foreign and defence minister": a field, "and", another field."""
    if start - 2 < floor or scan.norms[start - 1] not in ("and", "&"):
        return False
    return scan.isa(start - 2, "fields") and scan.isa(start, "fields")


def _before(scan: Scan, start: int, floor: int, plural: bool) -> tuple[int, tuple[str, ...], bool, str | None]:
    """Where the phrase starts, which sides stand before the title, whether it is a former office, its determiner."""
    at, former = _standing(scan, start, floor)
    at, sides = _sides_before(scan, at, floor, plural)
    at, earlier = _standing(scan, at, floor)
    det = None
    while (
        at > floor
        and (scan.norms[at - 1] in DETERMINERS or scan.norms[at - 1] in NUMBERS)
        and at - 1 not in scan.inside
    ):
        at -= 1
        det = scan.norms[at]
    return style(scan, at, floor), sides, former or earlier, det


def style(scan: Scan, stop: int, floor: int = 0) -> int:
    """Where "His Majesty" or "Their Royal Highnesses" starts that ends before a token; that token if none does."""
    at = stop - 1
    if at <= floor or not scan.isa(at, "dignities"):
        return stop
    at -= 1
    while at > floor and scan.isa(at, "before_dignities"):
        at -= 1
    return at if at >= floor and scan.norms[at] in ("his", "her", "their", "your") else stop


def _first_of_a_line(scan: Scan, start: int, at: int) -> bool:
    """ "First President of Chad": the first whom a state ever had."""
    return scan.norms[start : at + 1] == ("first", "president") and scan.tokens[start].capital


def _standing(scan: Scan, at: int, floor: int) -> tuple[int, bool]:
    """Steps over words on the standing of an office ("new", "acting", "then", "former")."""
    former = False
    while at > floor and at - 1 not in scan.inside:
        if scan.isa(at - 1, "past"):
            former = True
        elif not (scan.isa(at - 1, "status") or (scan.norms[at - 1] == "-" and scan.norms[at - 2] in ("ex", "then"))):
            break
        at -= 1
    return at, former


def _sides_before(scan: Scan, at: int, floor: int, plural: bool) -> tuple[int, tuple[str, ...]]:
    found: list[str] = []
    while at > floor:
        stop = at - (scan.norms[at - 1] in POSSESSIVE)
        stop -= stop < at and scan.norms[stop - 1] in ("government", "administration")
        atom = scan.ending.get(stop)
        if atom is None or atom.kind not in SIDES or atom.first < floor or scan.joined(at):
            break
        found.insert(0, atom.value)
        at = atom.first
        holder = scan.ending.get(at - (scan.norms[at - 1] in POSSESSIVE))
        if holder is not None and holder.first >= floor and (_represents(holder, atom) or _body_of(holder, atom)):
            found, at = [holder.value], holder.first
        link = _link(scan, at, floor) if plural else at
        if link == at:
            break
        at = link
    return at, tuple(dict.fromkeys(found))


def _represents(holder: Atom, post: Atom) -> bool:
    """ "UNICEF Kenya representative", "North Korea's U.N. ambassador": the first is the side, the second the post."""
    if post.kind == "state":
        return holder.kind in ("org", "state")
    return post.kind == "org" and holder.kind in ("state", "adjective")


def _body_of(holder: Atom, body: Atom) -> bool:
    """ "Israel's Mossad director": a body after the state that it belongs to."""
    return body.kind == "metonym" and holder.kind in ("state", "adjective") and holder.value == body.value


def _link(scan: Scan, at: int, floor: int) -> int:
    """Steps over ", " or " and " between two sides: "U.S. and Russian Presidents"."""
    stop = at
    while stop > floor and scan.norms[stop - 1] in (",", "and", "&"):
        stop -= 1
    atom = scan.ending.get(stop)
    linked = stop < at and atom is not None and (atom.kind == "adjective" or atom.adjective)
    return stop if linked else at


def _ranked(scan: Scan, title: Title, head_stop: int) -> Title:
    """The title with its role and level."""
    registry, table = scan.lexicon.registry, scan.lexicon.titles
    words = _phrases(scan, title, head_stop)
    lowered = title.core[0] in ("state", "press") or any(w in table.words["lowering"] for w in title.core[:-1])
    whole = [w for w in words if not lowered or title.core[0] in w]
    role = next((r for r in map(registry.role_of, whole) if r is not None), None)
    level = role.level if role else table.level(title.head)
    if role is None and level == "leader" and _of_body(scan, title, head_stop):
        level = "senior"
    if role is None and lowered and level in ("minister", "leader"):
        level = "minister" if "prime" in title.core else "senior"
    default = next((table.defaults[w] for w in words if w in table.defaults), None)
    sides = title.sides or ((default,) if default else ())
    said = tuple(dict.fromkeys(words))
    assumed = bool(sides) and not title.sides
    return title._replace(role=role.id if role else None, level=level, sides=sides, phrases=said, assumed=assumed)


def _phrases(scan: Scan, title: Title, head_stop: int) -> list[str]:
    """The words by which roles.csv may know the title: with complement, ever less of it, then its shorter ends.

    A body in the complement makes another office ("President of the Senate"), which nothing shorter names.
    """
    core = [*title.core]
    if title.plural:
        core = [scan.lexicon.titles.plurals.get(word, word) for word in core]
    rest = [*scan.norms[head_stop : title.last]]
    bare = [
        n for at, n in enumerate(rest, head_stop) if at not in scan.inside or scan.starting.get(at, _ORG).kind == "org"
    ]
    cuts = [" ".join([*core, *rest]), _closed(" ".join([*core, *bare]))]
    while any(f" {preposition} " in cuts[-1] for preposition in ("of", "to", "for")):
        cuts.append(cuts[-1].rsplit(" ", 1)[0])
    owner = [*scan.norms[title.first : title.start], *core]
    while owner and owner[0] in DETERMINERS:
        owner.pop(0)
    cuts[:0] = [" ".join(owner)] if owner != core else []
    cuts += _heads_ministry(scan, title, head_stop)
    if _of_body(scan, title, head_stop):
        return [*cuts[:3], *(" ".join([*core[at:], *bare]) for at in range(1, len(core)))]
    return [*cuts, *(" ".join(core[at:]) for at in range(len(core)))]


def _heads_ministry(scan: Scan, title: Title, head_stop: int) -> Iterator[str]:
    """ "Head of the Polish Foreign Ministry": the title of the minister whose ministry it is."""
    ministry = scan.ending.get(title.last)
    if title.head not in ("head", "chief") or len(title.core) > 1 or ministry is None or ministry.kind != "ministry":
        return
    between = range(head_stop, ministry.first)
    if all(at in scan.inside or scan.norms[at] in ("of", "the", *POSSESSIVE) for at in between):
        yield " ".join(scan.norms[ministry.first : ministry.last]).replace("ministry", "minister")


_ORG = Atom(0, 0, "org", "")


def _closed(phrase: str) -> str:
    """A phrase without the small words that a removed state leaves at its end."""
    words = phrase.split(" ")
    while words and words[-1] in ("of", "the", "for", "to", "'s"):
        words.pop()
    return " ".join(words)


def _of_body(scan: Scan, title: Title, head_stop: int) -> bool:
    """Whether a title is of a body inside a state, and no minister's or secretary's field."""
    if title.head in ("minister", "secretary", "ambassador", "envoy") or scan.norms[head_stop] != "of":
        return False
    last = next((at for at in range(head_stop, title.last) if scan.norms[at] in ("at", "on")), title.last)
    return any(
        scan.isa(at, "bodies") and not scan.isa(at, "long_forms", "state_words") and at not in scan.inside
        for at in range(head_stop, last)
    )
