#!/usr/bin/env python3
"""Train the weights by which topic words are weighed, and show what they gain under cross-validation.

usage: train_topics.py GOLD.jsonl DOCUMENTS.jsonl [--check GOLD2 DOCUMENTS2] [--out topic-weights.csv]

GOLD holds annotated documents as design/records.md codes them, DOCUMENTS their texts; the weights shipped are of both
annotated sets, put together in one file each. The output holds names of rules,
zones and roles and their weights; no word of any text goes into it. Needs numpy.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from communique.extract.accounts import Account
from communique.extract.topics import TopicReading
from communique.knowledge import Knowledge, load
from communique.model import Cited, Document, Party, Report, Span, Topic
from communique.pipeline import Timings, prepare
from training import Weights, fit, folds, read_documents, write_weights

HIT_PENALTY, TOPIC_PENALTY, LEAST_SEEN = 8.0, 2.0, 4
THRESHOLDS = (0.30, 0.35, 0.40, 0.45)


@dataclass(slots=True)
class Case:
    """One annotated contact: its account in a reading, the features of its hits, and the topics experts gave."""

    document: str
    reading: TopicReading
    account: Account
    gold: frozenset[str]
    rows: list[tuple[Topic, list[str]]]


def cases(gold: Path, documents: Path, knowledge: Knowledge) -> Iterator[Case]:
    for record, document in read_documents(gold, documents):
        if record["contacts"]:
            yield from document_cases(record, document, knowledge)


def document_cases(record: Mapping[str, Any], document: Document, knowledge: Knowledge) -> Iterator[Case]:
    context, items = prepare(document, knowledge, Timings())
    reading = TopicReading(context, items)
    reports = [as_report(contact, k, document) for k, contact in enumerate(record["contacts"])]
    for contact, account in zip(record["contacts"], reading.accounts.of(reports), strict=True):
        rows = [(hit.rule.sets["topic"], features) for _, hit, features in reading.hit_features(account)]
        yield Case(document.id, reading, account, frozenset(t["topic"] for t in contact["topics"]), rows)


def as_report(contact: Mapping[str, Any], k: int, document: Document) -> Report:
    """An annotated contact as the reader would report it, its quotes located in the document."""
    spans = [span for quote in contact["quotes"] if (span := locate(quote, document))]
    at = spans[0]
    parties = tuple(Cited(Party(p["name"], p["state"], p["organisation"]), at, "gold") for p in contact["parties"])
    channel, status = Cited(contact["channel"], at, "gold"), Cited(contact["status"], at, "gold")
    return Report(str(k), document.id, at, tuple(spans), parties, channel, status)


def locate(quote: str, document: Document) -> Span | None:
    pattern = r"\s+".join(map(re.escape, quote.split()))
    for part in ("text", "title"):
        if found := re.search(pattern, document.part(part)):
            return Span(document.id, found.start(), found.end(), part)
    return None


def fit_hits(training: Sequence[Case]) -> Weights:
    rows, truth, each = [], [], []
    for case in training:
        often = Counter(topic for topic, _ in case.rows)
        for topic, features in case.rows:
            rows.append(dict.fromkeys(features, 1.0))
            truth.append(topic in case.gold)
            each.append(often[topic] ** -0.5)
    return fit(rows, truth, each, HIT_PENALTY, LEAST_SEEN)


def scores(case: Case, weights: Weights) -> list[tuple[Topic, float]]:
    return [(t, weights["bias"] + sum(weights.get(f, 0.0) for f in features)) for t, features in case.rows]


def fit_topics(training: Sequence[Case], scored: Sequence[list[tuple[Topic, float]]]) -> Weights:
    rows, truth = [], []
    for case, values in zip(training, scored, strict=True):
        for topic, features in case.reading.topic_features(case.account, values).items():
            rows.append(features)
            truth.append(topic in case.gold)
    return fit(rows, truth, [1.0] * len(rows), TOPIC_PENALTY, LEAST_SEEN)


def train(training: Sequence[Case]) -> tuple[Weights, Weights]:
    """Both levels; the second is trained on scores of hits from documents that the first has not seen."""
    scored: list[list[tuple[Topic, float]]] = [[] for _ in training]
    for fold in parts(training, 4, 7):
        weights = fit_hits([c for i, c in enumerate(training) if i not in fold])
        for i in fold:
            scored[i] = scores(training[i], weights)
    return fit_hits(training), fit_topics(training, scored)


def parts(all_cases: Sequence[Case], n: int, seed: int) -> list[frozenset[int]]:
    """The places of the cases in ``n`` parts, those of a document together."""
    return [
        frozenset(i for i, c in enumerate(all_cases) if c.document in part)
        for part in folds((c.document for c in all_cases), n, seed)
    ]


def likelihoods(case: Case, model: tuple[Weights, Weights]) -> dict[Topic, float]:
    found = case.reading.topic_features(case.account, scores(case, model[0]))
    return {t: 1 / (1 + np.exp(-sum(model[1].get(n, 0.0) * v for n, v in f.items()))) for t, f in found.items()}


def f1(tested: Iterable[tuple[Case, dict[Topic, float]]], threshold: float) -> tuple[float, float, float]:
    hit = read = gold = 0
    for case, likely in tested:
        chosen = {t for t, p in likely.items() if p >= threshold}
        hit, read, gold = hit + len(chosen & case.gold), read + len(chosen), gold + len(case.gold)
    precision, recall = hit / max(1, read), hit / max(1, gold)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def show(name: str, tested: Sequence[tuple[Case, dict[Topic, float]]]) -> None:
    for threshold in THRESHOLDS:
        print(f"{name:<6} threshold {threshold:.2f}  P %.3f  R %.3f  F1 %.3f" % f1(tested, threshold))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--check", type=Path, nargs=2, help="other annotated documents to score the result on")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--threshold", type=float, default=0.38)
    given = parser.parse_args()
    knowledge = load()
    training = list(cases(given.gold, given.documents, knowledge))
    tested = []
    for fold in parts(training, 5, 1):
        model = train([c for i, c in enumerate(training) if i not in fold])
        tested += [(training[i], likelihoods(training[i], model)) for i in fold]
    show("cross", tested)
    model = train(training)
    if given.check:
        show("check", [(c, likelihoods(c, model)) for c in cases(*given.check, knowledge)])
    if given.out:
        decision = {"threshold": float(np.log(given.threshold / (1 - given.threshold)))}
        write_weights(given.out, {"decision": decision, "hit": model[0], "topic": model[1]})


if __name__ == "__main__":
    main()
