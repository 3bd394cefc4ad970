"""How much of the known lists of leaders the registry knows: ``python benchmarks/registry_coverage.py [SHARED]``.

Two lists are asked, both of public record: the CIA World Factbook's chiefs of state and heads of government over the
years, and REIGN's effective rulers since 1990. For each entry the registry is asked who was head of state or of
government on a day inside the tenure; it must name that person. Names are compared by the registry's own rules of
transliteration. Territories that are no states are left out; vacant posts too.
"""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from communique.knowledge.names import key, same_word, split_name
from communique.knowledge.registry import Registry, load_registry

HERE = Path(__file__).parent
HEAD_ROLES = (
    "head-of-state", "head-of-government", "president", "leader", "prime-minister", "monarch", "supreme-leader",
    "junta-head", "pope", "absent-sovereign", "governor-general",
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SINCE = re.compile(r"since\s*(?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})")
_ISO = re.compile(r"since (\d{4})-(\d{2})-(\d{2})")
_NOTE = re.compile(r"[;.,]? ?\bnotes?\b ?\d?[ -]")
_WORD = re.compile(r"[^\W\d_][^\W\d_'’‘ʻ`-]*(?:['’‘ʻ`-][^\W\d_]+)*")
_NOT_IN_OFFICE = re.compile(r"vacant|[- ]elect\b|designate|assumes office|selected", re.IGNORECASE)
_NO_NAMES = {"II", "III", "IV", "VI", "VII", "XIV", "XVI", "BIN", "DOS", "SPO", "OVP", "SPOE", "OEVP", "PL", "KP"}
UNKNOWN = "not looked into"
# rulers whom a list gives under a successor state
ALSO = {"SRB": ("YUG", "SCG"), "RUS": ("SUN",)}
# why an entry of a list is not what the registry says; keyed by (list, state, name in the list)
REASONS: dict[tuple[str, str, str], str] = {
    ("factbook", "GMB", "JALLOW"): "a vice president, listed beside the president as head of government",
    ("factbook", "MWI", "ANSAH"): "a vice president, listed beside the president as head of government",
    ("factbook", "ZWE", "CHIWENGA"): "a vice president, listed beside the president as head of government",
    ("factbook", "MHL", "HEINE"): "the factbook dates her a year early; elected on 2 January 2024",
    ("factbook", "BIH", "TEGELTIJA"): "dated by the nomination; in office since 23 December 2019",
    ("factbook", "BIH", "ZVIZDIC"): "dated by the nomination; in office since 31 March 2015",
    ("factbook", "IRN", "RAISI"): "dated by the election; in office since 3 August 2021",
    ("factbook", "IRN", "MOKHER"): "misspelt; Mohammad Mokhber",
    ("factbook", "BFA", "KAFANDO"): "dated by the coup; in office since 18 November 2014",
    ("factbook", "XKX", "KURTI"): "dated by the election of February; voted in on 22 March 2021",
    ("factbook", "SVK", "CAPUTOVA"): "a slip of the year; in office since 2019",
    ("factbook", "SVK", "FICO"): "a slip of the month; in office since 25 October 2023",
    ("factbook", "COD", "MAKOSSO"): "prime minister of the other Congo, put in the wrong page",
    ("factbook", "MNG", "ZANDANSHATAR"): "his predecessor's date left standing; in office since 13 June 2025",
    ("factbook", "FIN", "ORPO"): "dated by the election; in office since 20 June 2023",
    ("factbook", "GRC", "TASOULAS"): "his predecessor's date left standing; in office since 13 March 2025",
    ("factbook", "ROU", "BOLOJAN"): "a slip of the year; in office since 23 June 2025",
    ("factbook", "SMR", "BELLUZZI"): "the regents of April, still listed in October",
    ("factbook", "SMR", "MONA"): "misspelt; Oscar Mina",
    ("factbook", "SMR", "SCARANO TONNINI"): "the regents of April, still listed in January",
    ("factbook", "SMR", "SCARANO"): "the regents of April, still listed in January",
    ("factbook", "KWT", "al-SALIM"): "dated 2022; prime minister since 4 January 2024",
    ("factbook", "SYR", "KHAMIS"): "dated by the commission to form a government; in office since 3 July 2016",
    ("factbook", "SLB", "HOU"): "the row is behind; Sogavare followed on 24 April 2019",
    ("factbook", "GNB", "DJA"): "the row is behind; Correia followed on 17 September 2015",
    ("factbook", "BFA", "OUEDRAOGO"): "the row is behind; Kyélem de Tambèla followed on 21 October 2022",
    ("factbook", "MDA", "GABURICI"): "the row is behind; he resigned in June 2015",
    ("factbook", "ROU", "PREDOIU"): "the row is behind; Ciolacu followed on 15 June 2023",
    ("factbook", "SYR", "al-BASHIR"): "the row is behind; the post was abolished on 29 March 2025",
    ("factbook", "POL", "TUSK"): "dated by the vote of the Sejm; sworn in on 13 December 2023",
    ("factbook", "SVN", "GOLOB"): "dated by the vote; his government took office on 1 June 2022",
    ("factbook", "IRQ", "RASHID"): "dated by the election; in office since 17 October 2022",
    ("reign", "DDR", "Gysi"): "chairman of the party, without an office of state",
    ("reign", "MKD", "Spasovksi"): "misspelt; Oliver Spasovski",
    ("reign", "MDA", "Pavel Filip"): "claimed for six days as acting president, annulled by the constitutional court",
    ("reign", "TUN", "Essebi"): "misspelt; Essebsi",
    ("reign", "YEM", "Houthi"): "the Houthis' head; the registry has him to 2016, and his successors under the Houthis",
    ("reign", "CHN", "Deng Xiaoping"): "held no office of state after 1989",
    ("reign", "MHL", "Nemra"): "dated a day early; elected on 11 January 2016",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One leader of a list: the words of the name that tell him apart, and a day inside the tenure."""

    source: str
    id: str
    state: str
    said: str
    words: tuple[str, ...]
    day: date


def state_codes(scheme: str) -> dict[str, str]:
    """State codes of a foreign scheme (``fips``, ``cow``) to ours."""
    with (HERE / "state_codes.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["state"] for row in csv.DictReader(file) if row["scheme"] == scheme}


def factbook(shared: Path) -> Iterator[Entry]:
    """Every chief of state and head of government of the factbook's rows that concern states."""
    codes = state_codes("fips")
    for record in _records(shared / "corpora" / "factbook_leaders_over_time.jsonl.gz"):
        gold = record["gold"]
        if gold["fips"] not in codes:
            continue
        for part in ("chief_of_state", "head_of_government"):
            entry = _factbook_entry(record, codes[gold["fips"]], gold[part])
            if entry is not None:
                yield entry


def _factbook_entry(record: dict[str, str], state: str, text: str | None) -> Entry | None:
    clean = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(html.unescape(text or "")))).strip()
    clause = re.split(r";| and (?=Captain|Capt)", _NOTE.split(clean, maxsplit=1)[0])[0]
    seen = date.fromisoformat(record["published"][:10])
    since = _since(clause)
    name = re.split(r"\(?since", clause)[0]
    words = tuple(w for w in _WORD.findall(name) if _capital(w))
    if not words or _NOT_IN_OFFICE.search(clause):
        return None
    day = seen if since is None or since > seen else since + (seen - since) / 2
    return Entry("factbook", record["id"], state, " ".join(words), words, day)


def _capital(word: str) -> bool:
    """Whether the factbook marks the word as the one to call the person by; it writes those in capitals."""
    return sum(c.isupper() for c in word) > max(1, len(word) // 2) and word not in _NO_NAMES


def _since(clause: str) -> date | None:
    iso = _ISO.search(clause)
    if iso:
        return date(*(int(n) for n in iso.groups()))
    found = _SINCE.search(clause)
    if found is None:
        return None
    day, month, year = found.groups()
    if month not in MONTHS:
        return date(int(year), 12, 31)
    number = MONTHS.index(month) + 1
    return date(int(year), number, int(day)) if day else date(int(year), number, 28)


def reign(shared: Path) -> Iterator[Entry]:
    """Every effective ruler of REIGN who was in office in 1990 or later."""
    codes = state_codes("cow")
    for record in _records(shared / "corpora" / "leaders_reign_to_2021.jsonl.gz"):
        gold = record["gold"]
        if int(gold["eyear"] or 9999) < 1990:
            continue
        begin = date(int(gold["syear"]), int(gold["smonth"]), int(gold["sdate"] or 1))
        end = date(int(gold["eyear"]), int(gold["emonth"]), 1) if gold["eyear"] else date(2021, 3, 1)
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"\(.*?\)", "", gold["leader"]).strip())
        words = tuple(w for w in split_name(name) if len(w) > 1)
        yield Entry("reign", record["id"], codes[gold["stateabb"]], name, words, max(begin, _middle(begin, end)))


def _middle(begin: date, end: date) -> date:
    first = max(begin, date(1990, 1, 2))
    return first + (end - first) / 2


def _records(path: Path) -> Iterator[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def heads(registry: Registry, state: str, day: date) -> tuple[str, ...]:
    """Names of all who were head of state or government of a state on a day."""
    held = (actor.name for role in HEAD_ROLES for actor in registry.holders(role, state, day))
    return tuple(dict.fromkeys(held))


def known(registry: Registry, entry: Entry) -> bool:
    """Whether the look-up on the entry's day names its person."""
    wanted = {key(w) for word in entry.words for w in split_name(word)}
    return any(
        _share(wanted, actor.name, *actor.aliases)
        for state in (entry.state, *ALSO.get(entry.state, ()))
        for role in HEAD_ROLES
        for actor in registry.holders(role, state, entry.day)
    )


def _share(wanted: set[str], *names: str) -> bool:
    own = {key(w) for name in names for w in split_name(name)}
    return bool(wanted & own) or any(same_word(w, o) for w in wanted for o in own if min(len(w), len(o)) > 1)


def reason(entry: Entry) -> str:
    """Why the registry does not say the same, where that has been looked into."""
    return REASONS.get((entry.source, entry.state, entry.said), UNKNOWN)


def misses(registry: Registry, entries: list[Entry]) -> list[Entry]:
    """Entries whose person the registry does not name."""
    return [entry for entry in entries if not known(registry, entry)]


def main(shared: Path) -> None:
    registry = load_registry()
    for entries in (list(factbook(shared)), list(reign(shared))):
        lost = misses(registry, entries)
        print(f"{entries[0].source}: {len(entries) - len(lost)} of {len(entries)} = {1 - len(lost) / len(entries):.4f}")
        for (state, said), count in Counter((e.state, e.said) for e in lost).most_common():
            example = next(e for e in lost if (e.state, e.said) == (state, said))
            there = ", ".join(heads(registry, state, example.day)) or "nobody"
            print(f"  {state} {said} ×{count} on {example.day}: registry has {there} ({reason(example)})")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "shared")
