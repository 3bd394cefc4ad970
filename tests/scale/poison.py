"""A job whose workers die on one document: unpickling it puts the poison where the reader was."""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import dataclass

from communique.knowledge import Knowledge
from communique.model import Document, Reading
from communique.scale import cascade
from communique.scale.work import Job

WORDS = "nobody survives this sentence"
_READ = cascade.read_document


@dataclass(frozen=True, slots=True)
class Poisoned(Job):
    """Like its parent; see the module."""


def _read(document: Document, knowledge: Knowledge) -> Reading:
    if WORDS in document.text and multiprocessing.parent_process() is not None:
        os._exit(9)
    return _READ(document, knowledge)


cascade.read_document = _read
