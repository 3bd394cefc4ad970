"""The parts of a name of an agreement: what stands before its noun, and what stands behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.extract.agreements.words import Vocabulary
from communique.extract.items import Items, mentions_of, parties_of
from communique.knowledge.phrases import Item
from communique.model import Party, When
from communique.text import Token

_LONGEST = 7
_SUBJECT = 12
_FAR, _NEAR = 14, 4
_MONTHS = frozenset(
    ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
     "december")
)  # fmt: skip


@dataclass(slots=True)
class Before:
    """What stands before the noun, read leftwards from it; ``at`` is the first item that belongs to the name."""

    items: Items
    words_of: Vocabulary
    at: int
    words: list[str] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    when: When | None = None
    definite: bool = False
    dated: bool = False
    draft: bool = False
    denied: bool = False

    def read(self, floor: int) -> None:
        """Go left up to a determiner or a word that cannot belong to the name, not beyond ``floor``."""
        head = self.at
        while self.at > floor and head - self.at < _LONGEST and self.step(self.items.items[self.at - 1]):
            pass
        while self.at < head and self.items.items[self.at].norm in ('"', "-", "/") and self._kind(self.at) == "word":
            self.at += 1

    def step(self, item: Item) -> bool:
        """Take in an item, and whether to go on."""
        if item.kind in ("adjective", "pair", "actor"):
            return self.side(item)
        if item.kind == "possessive":
            return self.owner(item, 1)
        if item.kind == "time":
            return self.time(item)
        return self.place(item) if item.kind in ("place", "city") else item.kind == "word" and self.word(item)

    def place(self, item: Item) -> bool:
        """The place that an agreement is called by ("the Algiers accord"), not where the verb puts it."""
        tokens = self.items.sentence.tokens[item.first : item.last]
        if not all(t.capital for t in tokens):
            return False
        self.words[:0] = [t.text for t in tokens]
        self.at -= 1
        return True

    def side(self, item: Item) -> bool:
        """A side before the noun ("Norwegian", "EU-Norway"); a person or an enumeration is the subject, no part."""
        if item.kind == "actor" and (len(mentions_of(item)) > 1 or _personal(item)):
            return False
        self.parties[:0] = [p for p, _ in parties_of(item)]
        self.at -= 1
        return True

    def owner(self, item: Item, length: int) -> bool:
        """Whose agreement it is ("their pact", "Norway's pact"), ``length`` items long: the name begins there."""
        self.parties[:0] = [p for p, _ in parties_of(item)]
        self.definite, self.at = True, self.at - length
        return False

    def time(self, item: Item) -> bool:
        """A time before the noun ("the 2015 deal"); one with its preposition belongs to the verb."""
        tokens = self.items.sentence.tokens
        if item.value.when is None:
            self.draft = self.draft or tokens[item.last - 1].norm in self.words_of["to-come"]
        elif tokens[item.first].norm in self.words_of["time-preposition"]:
            return False
        else:
            self.when = item.value.when
            self.dated = self.dated or _month(item, tokens)
            self.words[:0] = [t.text for t in tokens[item.first : item.last] if _calendar(t)]
            self.definite = True
        self.at -= 1
        return True

    def word(self, item: Item) -> bool:
        """A plain word: a determiner begins the name, a verb or conjunction stands outside it."""
        norm, token = item.norm, self.items.sentence.tokens[item.first]
        if norm == "'s" and self.at > 1 and self._kind(self.at - 2) in ("actor", "time"):
            owner = self.items.items[self.at - 2]
            if owner.kind == "time":
                self.dated, self.when = True, owner.value.when
            return self.owner(owner, 2)
        if norm in self.words_of["definite"] or norm in self.words_of["indefinite"]:
            self.definite, self.denied = norm in self.words_of["definite"], norm in ("no", "neither")
            self.at -= 1
            return False
        if norm == "and" and self._joins():
            self.at -= 1
            return True
        if norm in self.words_of["stop"] or not _name_word(token):
            self._drop_verb(norm)
            return False
        self.draft = self.draft or norm in self.words_of["to-come"]
        if norm not in ("-", '"'):
            self.words.insert(0, token.text)
        self.at -= 1
        return True

    def _joins(self) -> bool:
        """Whether "and" at the left joins two words of one name ("ceasefire and hostage deal")."""
        known = self.words_of["political"]
        before = self.items.items[self.at - 2].norm if self.at > 1 else ""
        return before in known and bool(self.words) and self.words[0].lower() in known

    def _drop_verb(self, norm: str) -> None:
        first = self.items.items[self.at]
        if norm in self.words_of["before-verb"] and self.words and first.norm == self.words[0].lower():
            self.words.pop(0)
            self.at += 1

    def _kind(self, at: int) -> str:
        return self.items.items[at].kind


def _personal(item: Item) -> bool:
    return any(m.kind in ("person", "office", "pronoun") for m in mentions_of(item))


def _month(item: Item, tokens: Sequence[Token]) -> bool:
    """Whether a time tells the month: "February 22", "last month's", not "Good Friday" or "2015"."""
    said = [t.norm for t in tokens[item.first : item.last]]
    return item.value.when.edtf.count("-") >= 1 and (len(said) > 1 or said[0] in _MONTHS)


def _calendar(token: Token) -> bool:
    """Month, year or feast ("Christmas truce"), not the day of the week."""
    if token.norm in _MONTHS or (token.norm.isdigit() and len(token.norm) == 4):
        return True
    return token.capital and not token.norm.endswith("day")


def _name_word(token: Token) -> bool:
    norm = token.norm
    return norm in ("-", '"') or (norm[:1].isalnum() and not (norm.endswith("ly") and len(norm) > 5))


@dataclass(slots=True)
class Behind:
    """What stands behind the noun: sides ("between", "with", "by"), and the subject ("on", "for", "to")."""

    items: Items
    words_of: Vocabulary
    at: int
    subject: list[str] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    partners: list[Party] = field(default_factory=list)
    clause: tuple[str, ...] = ()

    def read(self, named: bool) -> None:
        """Go right while the phrase goes on; a known name (``named``) has sides but no subject."""
        row = self.items.items
        while self.at < len(row) and self.step(row[self.at], named):
            pass
        if not named and not self.subject:
            self.clause = self.clause_words()

    def step(self, item: Item, named: bool) -> bool:
        """Take in a prepositional phrase, and whether to go on."""
        norm = item.norm
        if item.kind == "aside" or (item.kind in ("place", "time") and self._side_next()):
            self.at += 1
            return True
        if norm in self.words_of["between"] or norm == "with" or (norm == "by" and not self.subject):
            return self.sides(self.at + 1, norm)
        if norm in self.words_of["subject-preposition"] and not named and len(self.subject) < _SUBJECT:
            return self.about(self.at + 1, norm)
        return False

    def clause_words(self) -> tuple[str, ...]:
        """The words of a clause in place of a subject ("that would limit arms"); it stays outside the name."""
        row, end = self.items.items, self.at
        first, second = (row[k].norm if k < len(row) else "" for k in (end, end + 1))
        if first == "that" and second in self.words_of["before-verb"]:
            self.about(end + 2, "to")
        elif first.endswith("ing") and first not in self.words_of["verb"]:
            self.about(end, "to")
        words, self.subject, self.at = tuple(self.subject), [], end
        return words

    def sides(self, at: int, lead: str) -> bool:
        """The sides behind "between", "with" or "by"."""
        found, end = self._sides(at, _FAR if lead in self.words_of["between"] else _NEAR)
        self.parties += found
        self.partners += found if lead == "with" else []
        self.at = end if found else self.at
        return bool(found)

    def about(self, at: int, lead: str) -> bool:
        """The words of a subject up to the end of the phrase."""
        start, row = at, self.items.items
        if lead == "on" and self._condition(at):
            return False
        before, minor = len(self.subject), self.words_of["minor"]
        while at < len(row) and at - start < _SUBJECT and not self._ends(at, start, lead):
            item = row[at]
            if item.norm in self.words_of["between"] or (item.norm == "with" and lead != "to"):
                break
            self.subject += [t.text for t in self._tokens(item) if t.norm[:1].isalnum() and t.norm not in minor]
            at += 1
        if len(self.subject) == before:
            return False
        self.at = at
        return True

    def _condition(self, at: int) -> bool:
        """ "On condition that", "on the condition that": a condition and no subject."""
        norms = [item.norm for item in self.items.items[at : at + 3]]
        return [n for n in norms if n != "the"][:2] == ["condition", "that"]

    def _tokens(self, item: Item) -> Sequence[Token]:
        dead = item.kind == "aside" or (item.kind == "time" and item.value.when is None)
        return () if dead else self.items.sentence.tokens[item.first : item.last]

    def _ends(self, at: int, start: int, lead: str) -> bool:
        row = self.items.items
        item, norm = row[at], row[at].norm
        if item.kind == "time":
            return item.value.when is not None
        if item.kind != "word":
            return False
        if norm == ",":
            return not (at + 1 < len(row) and at > start and self._capital(at + 1) and row[at + 1].kind == "word")
        if norm == "-":
            return not self._hyphen(at)
        if norm in self.words_of["no-subject"] and at == start:
            return True
        if norm == "and" and at + 1 < len(row) and row[at + 1].norm in self.words_of["article"]:
            return True
        verb = norm in self.words_of["verb"] and (at > start or lead != "to")
        return verb or norm in self.words_of["subject-stop"] or norm in ".;:!?()"

    def _capital(self, at: int) -> bool:
        return self.items.sentence.tokens[self.items.items[at].first].capital

    def _hyphen(self, at: int) -> bool:
        tokens, k = self.items.sentence.tokens, self.items.items[at].first
        if not 0 < k < len(tokens) - 1:
            return False
        return tokens[k - 1].stop == tokens[k].start and tokens[k].stop == tokens[k + 1].start

    def _side_next(self) -> bool:
        row = self.items.items
        return self.at + 1 < len(row) and row[self.at + 1].norm in (*self.words_of["between"], "with", "by")

    def _sides(self, at: int, reach: int) -> tuple[list[Party], int]:
        """The sides named within ``reach`` items, not beyond the clause or a verb."""
        found: list[Party] = []
        end = at
        for k in range(at, min(len(self.items.items), at + reach)):
            item = self.items.items[k]
            if item.kind == "word" and (item.norm in ".;:!?" or item.norm in self.words_of["verb"]):
                break
            if item.kind in ("actor", "adjective", "pair"):
                found += [p for p, _ in parties_of(item)]
                end = k + 1
                if reach == _NEAR or len({p.side for p in found}) > 1:
                    break
        return found, end
