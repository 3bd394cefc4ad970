"""How well the reader reads: records against annotated documents, contact by contact.

A read contact and an annotated one are *the same* when at least two parties on different sides agree, at least half of
all parties agree (F1 ≥ 0.5), and their days do not contradict each other; pairs are chosen one to one, best first.
*Strict* asks status, channel, days and the exact circle of parties as well. Claims: same kind, count and sides.
Agreements: same action and name. Annotations marked ``borderline`` count neither when found nor when missed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]
Alike = Callable[[Record, Record], float | None]

_TITLES = frozenset(
    [
        "the",
        "of",
        "president",
        "prime",
        "minister",
        "king",
        "queen",
        "crown",
        "prince",
        "sheikh",
        "sultan",
        "emir",
        "pope",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "general",
        "jr",
        "ii",
        "iii",
        "xiv",
    ]
)
_SAME_SIDE = {
    "eu": "european union", "european commission": "european union", "european council": "european union",
    "un": "united nations", "u.n.": "united nations", "who": "world health organization",
    "north atlantic treaty organization": "nato", "international atomic energy agency": "iaea",
    "imf": "international monetary fund", "african union commission": "african union",
    "vatican": "vat", "holy see": "vat",
}  # fmt: skip
_NAME_STOP = frozenset(["the", "of", "on", "and", "for", "agreement", "treaty", "between", "a", "an", "in", "us", "to"])
FIELDS = ("status", "channel", "when", "parties")
SCORED = ("found", "strict", "topics", "told_by", "claims", "agreements")


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of one set of documents."""

    documents: int
    missing: int
    gold: int
    read: int
    scores: Mapping[str, Score]
    among_found: Mapping[str, float]


def quality(gold: Iterable[Record], lines: Iterable[Record]) -> Quality:
    """Score ``read --json`` lines against annotated documents; a document without a line counts as read empty."""
    by_id = {key: line for line in lines for key in _keys(line)}
    counts: Counter[str] = Counter()
    for document in gold:
        line = by_id.get(document["id"])
        counts["missing"] += line is None
        counts["documents"] += 1
        _add(counts, document, line or {})
    return _quality(counts)


def _keys(line: Record) -> list[str]:
    document = line.get("document") or {}
    stem = re.sub(r"\.[^./\\]*$", "", re.split(r"[/\\]", document["path"])[-1]) if document.get("path") else None
    return [key for key in (line.get("id"), document.get("id"), stem) if key]


def _add(n: Counter[str], gold: Record, line: Record) -> None:
    g, s = gold["contacts"], line.get("contacts", [])
    pairs = same_contacts(g, s)
    excused = sum(bool(g[i].get("borderline")) for i, _ in pairs)
    n["gold"] += sum(not x.get("borderline") for x in g)
    n["read"] += len(s) - excused
    n["found hit"] += len(pairs) - excused
    for i, j in pairs:
        if not g[i].get("borderline"):
            _add_fields(n, g[i], s[j])
    for kind, alike in (("claims", _claim_alike), ("agreements", _agreement_alike)):
        x, y = gold.get(kind, []), line.get(kind, [])
        n[f"{kind} gold"] += len(x)
        n[f"{kind} read"] += len(y)
        n[f"{kind} hit"] += len(pair_up(x, y, alike))


def _add_fields(n: Counter[str], gold: Record, read: Record) -> None:
    right = {
        "status": gold["status"] == read["status"],
        "channel": gold["channel"] == read["channel"],
        "when": _when_fit(gold, read) == 2.0,
        "parties": _overlap(gold["parties"], read["parties"])[2],
    }
    for name, value in right.items():
        n[f"right {name}"] += value
    n["strict hit"] += all(right.values())
    topics_g, topics_r = ({t["topic"] for t in x.get("topics", ())} for x in (gold, read))
    n["topics hit"] += len(topics_g & topics_r)
    n["topics gold"] += len(topics_g)
    n["topics read"] += len(topics_r)
    tellers_g, tellers_r = ({_fold(t) for t in x.get("told_by", ())} for x in (gold, read))
    n["told_by hit"] += sum(any(set(a.split()) & set(b.split()) for b in tellers_r) for a in tellers_g)
    n["told_by gold"] += len(tellers_g)
    n["told_by read"] += len(tellers_r)


def _quality(n: Counter[str]) -> Quality:
    found = max(1, n["found hit"])
    for kind in ("found", "strict"):
        n[f"{kind} gold"], n[f"{kind} read"] = n["gold"], n["read"]
    scores = {kind: _score(n[f"{kind} hit"], n[f"{kind} read"], n[f"{kind} gold"]) for kind in SCORED}
    among = {name: round(n[f"right {name}"] / found, 3) for name in FIELDS}
    return Quality(n["documents"], n["missing"], n["gold"], n["read"], scores, among)


def _score(hit: int, read: int, gold: int) -> Score:
    precision = hit / read if read else float(gold == 0)
    recall = hit / gold if gold else float(read == 0)
    total = precision + recall
    return Score(round(precision, 3), round(recall, 3), round(2 * precision * recall / total, 3) if total else 0.0)


def same_contacts(gold: Sequence[Record], read: Sequence[Record]) -> list[tuple[int, int]]:
    """Which annotated and which read contacts are the same: pairs of indices."""
    return pair_up(gold, read, _contact_alike)


def pair_up(gold: Sequence[Record], read: Sequence[Record], alike: Alike) -> list[tuple[int, int]]:
    """One-to-one pairs of indices, the most alike first."""
    scored = [(like, i, j) for i, g in enumerate(gold) for j, r in enumerate(read) if (like := alike(g, r)) is not None]
    used_gold: set[int] = set()
    used_read: set[int] = set()
    pairs = []
    for _, i, j in sorted(scored, key=lambda t: (-t[0], t[1], t[2])):
        if i not in used_gold and j not in used_read:
            used_gold.add(i)
            used_read.add(j)
            pairs.append((i, j))
    return pairs


def _contact_alike(gold: Record, read: Record) -> float | None:
    weight, sides, _ = _overlap(gold["parties"], read["parties"])
    if sides < 2 and not (len(gold["parties"]) >= 2 and weight >= 1.5):
        return None
    f1 = 2 * weight / (len(gold["parties"]) + len(read["parties"]))
    fit = _when_fit(gold, read)
    if f1 < 0.5 or fit is None:
        return None
    return 3 * f1 + fit + float(gold["channel"] == read["channel"]) + float(gold["status"] == read["status"])


def _overlap(gold: Sequence[Record], read: Sequence[Record]) -> tuple[float, int, bool]:
    """Weight of parties shared, number of sides shared, whether every party is exactly right."""
    scored = [(_same_party(g, r), i, j) for i, g in enumerate(gold) for j, r in enumerate(read)]
    used_gold: set[int] = set()
    used_read: set[int] = set()
    weight, sides, exact = 0.0, set(), True
    for like, i, j in sorted(scored, reverse=True):
        if like and i not in used_gold and j not in used_read:
            used_gold.add(i)
            used_read.add(j)
            weight += like
            sides.add(_side(gold[i]))
            exact &= like == 1.0
    return weight, len(sides), exact and len(used_gold) == len(gold) and len(used_read) == len(read)


def _same_party(a: Record, b: Record) -> float:
    """1: same person or body; 0.5: same side, one without a name; 0: not the same."""
    if _side(a) != _side(b):
        return 0.0
    x, y = _name_words(a), _name_words(b)
    if not x or not y:
        return 1.0 if not x and not y else 0.5
    return float(any(_close(v, w) for v in x for w in y if len(v) > 2 or len(x) == 1))


def _side(party: Record) -> str:
    if party.get("state"):
        return str(party["state"]).upper()
    name = _fold(party.get("organisation"))
    return _SAME_SIDE.get(name, name) or "?"


def _name_words(party: Record) -> list[str]:
    words = _fold(party.get("name")).replace(".", " ").split()
    return [w for w in words if w not in _TITLES and len(w) > 1]


def _close(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= 4 and a[:4] == b[:4] and abs(len(a) - len(b)) <= 2)


def _fold(text: object) -> str:
    plain = unicodedata.normalize("NFKD", str(text or "")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9. ]+", " ", plain).strip()


def _days(record: Record) -> tuple[str, str] | None:
    when = record.get("when")
    return (when["from"], when["to"]) if when and when.get("from") and when.get("to") else None


def _when_fit(gold: Record, read: Record) -> float | None:
    """None: contradict; 0.5: one is silent; 1: overlap; 2: equal."""
    a, b = _days(gold), _days(read)
    if a is None or b is None:
        return 2.0 if a == b else 0.5
    if a == b:
        return 2.0
    return 1.0 if a[0] <= b[1] and b[0] <= a[1] else None


def _claim_alike(gold: Record, read: Record) -> float | None:
    if gold["kind"] != read["kind"] or gold.get("count") != read.get("count"):
        return None
    return len({_side(p) for p in gold["parties"]} & {_side(p) for p in read["parties"]}) or None


def _agreement_alike(gold: Record, read: Record) -> float | None:
    if gold["action"] != read["action"]:
        return None
    a, b = (set(_fold(x["agreement"]).split()) - _NAME_STOP for x in (gold, read))
    if not a or not b:
        return 0.5 if _fold(gold["agreement"]) == _fold(read["agreement"]) else None
    overlap = len(a & b) / min(len(a), len(b))
    return overlap if overlap >= 0.5 else None
