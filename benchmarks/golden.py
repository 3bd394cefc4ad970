"""Where the reader differs from what is right in the golden corpus, document by document.

usage: python -m benchmarks.golden [SLUG…]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from tests.golden import Golden, corpus, measured, said

KINDS = ("contacts", "claims", "agreements")


def differences(golden: Golden) -> Iterator[str]:
    want, got = said(golden.expected), said(golden.reading)
    yield from _fields({k: v for k, v in want.items() if k not in KINDS}, got)
    for kind in KINDS:
        lost, extra = _without(want[kind], got[kind]), _without(got[kind], want[kind])
        if len(lost) == len(extra) == 1:
            yield from _fields(lost[0], extra[0])
            continue
        yield from (f"  want {kind[:-1]} {_short(record)}" for record in lost)
        yield from (f"  got  {kind[:-1]} {_short(record)}" for record in extra)


def _fields(want: dict[str, Any], got: dict[str, Any]) -> Iterator[str]:
    return (f"  {k}: want {_short(v)}, got {_short(got[k])}" for k, v in want.items() if v != got[k])


def _without(records: Iterable[Any], others: list[Any]) -> list[Any]:
    return [record for record in records if record not in others]


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_short(v)}" for k, v in value.items() if v not in (None, [])) + "}"
    return "[" + "; ".join(map(_short, value)) + "]" if isinstance(value, list) else str(value)


def main(slugs: list[str]) -> None:
    documents = tuple(golden for golden in corpus() if not slugs or golden.slug in slugs)
    for golden in documents:
        found = list(differences(golden))
        print(golden.slug, *(found or ["  right"]), sep="\n")
    print("  ".join(f"{field} {score.f1:.3f}" for field, score in measured(documents).scores.items()))


if __name__ == "__main__":
    main(sys.argv[1:])
