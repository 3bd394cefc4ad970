"""What a scan is: its inputs, program, knowledge and options; a run goes on only with what it began with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any

from communique import __version__
from communique.errors import UsageError
from communique.knowledge import load
from communique.scale.parts import Part
from communique.scale.work import Job, write_whole

_NAME = "manifest.json"
_ENDS = 1 << 20


def begin(job: Job, parts: Sequence[Part]) -> Path:
    """Write the manifest of a new scan, or check that the one in the folder is this one; raises ``UsageError``."""
    path = Path(job.out, _NAME)
    text = json.dumps(manifest(job, parts), ensure_ascii=False, indent=1, sort_keys=True, default=sorted)
    if path.exists():
        held, wanted = json.loads(path.read_text("utf-8")), json.loads(text)
        changed = [key for key in wanted if held.get(key) != wanted[key]]
        if changed:
            raise UsageError(
                f"{job.out} holds another scan: it differs in {', '.join(changed)}",
                "Name another folder: --out DIR; or give the same archives and options to go on with this one.",
            )
        return path
    path.parent.joinpath("parts").mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())
    return path


def manifest(job: Job, parts: Sequence[Part]) -> dict[str, Any]:
    """All that the result hangs on; how many processes work on it is no part of it."""
    return {
        "program": __version__,
        "knowledge": load(tuple(map(Path, job.folders))).version,
        "options": {
            **asdict(job.options),
            "refused": sorted(job.options.refused),
            "texts": job.texts,
            "everything": job.everything,
        },
        "inputs": [_mark(path) for path in dict.fromkeys(part.path for part in parts)],
        "parts": [[p.kind, p.path, p.start, p.stop, len(p.pages)] for p in parts],
    }


def _mark(path: str) -> list[Any]:
    """An input's name, size, and a hash of its first and last megabyte: archives are too large to be read twice."""
    file = Path(path)
    if not file.is_file():
        return [path, None, None]
    size = file.stat().st_size
    with file.open("rb") as stream:
        digest = blake2b(stream.read(_ENDS), digest_size=16)
        stream.seek(max(0, size - _ENDS))
        digest.update(stream.read(_ENDS))
    return [path, size, digest.hexdigest()]
