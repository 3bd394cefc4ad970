"""Parts on a Dask cluster, the only place that imports it: the same functions, run by workers that share the folder.

A worker that dies loses its part, which another begins anew; the scheduler's own count of deaths is forgotten as often
as ours allows. When the scheduler itself is lost, what was finished lies in the folder, and the next run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from zlib import crc32

from communique.errors import CommuniqueError, UsageError
from communique.scale.local import MOST_DEATHS, Event
from communique.scale.parts import Part
from communique.scale.work import Job, do_part

_PATIENCE = "20s"


class ClusterLostError(CommuniqueError):
    """The scheduler went away."""


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A client of the cluster at an address; raises ``UsageError`` if nobody answers there."""
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("a cluster needs the extra 'scale'", "Install it: pip install 'communique[scale]'") from None
    try:
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(f"no Dask scheduler answers at {address}: {error}", "Start one: dask scheduler") from None
    try:
        yield client
    finally:
        client.close(timeout=2)


def run_cluster(parts: Iterable[Part], job: Job, client: Any) -> Iterator[Event]:
    """Do all parts; for each comes what was done, or why not. Raises ``ClusterLostError``."""
    from distributed import as_completed

    deaths: dict[int, int] = {}
    futures = {_submitted(client, part, job, 0): part for part in parts}
    waiting: Any = as_completed(list(futures), loop=client.loop)  # type: ignore[no-untyped-call]
    for future in waiting:
        part = futures[future]
        with _connection():
            error = future.exception()
            done = future.result() if error is None else None
        if done is not None:
            yield part, done
            continue
        deaths[part.number] = deaths.get(part.number, 0) + 1
        if deaths[part.number] >= MOST_DEATHS:
            yield part, f"its workers failed {MOST_DEATHS} times: {error!r}"[:300]
            continue
        again = _submitted(client, part, job, deaths[part.number])
        futures[again] = part
        waiting.add(again)


def run_cluster_tasks(task: Callable[[Any], Any], arguments: Iterable[Any], client: Any) -> Iterator[Any]:
    """The results of a function for each argument, in order, by the workers."""
    with _connection():
        found = client.gather(client.map(task, list(arguments), pure=False))
    yield from found


def _submitted(client: Any, part: Part, job: Job, tried: int) -> Any:
    key = f"communique-{crc32(job.out.encode())}-{part.number}-{tried}"
    return client.submit(do_part, part, job, key=key, pure=False)


@contextmanager
def _connection() -> Iterator[None]:
    """Inside, a connection that breaks is the scheduler gone."""
    from distributed.client import FutureCancelledError
    from distributed.comm.core import CommClosedError

    try:
        yield
    except (FutureCancelledError, CommClosedError):
        raise ClusterLostError(
            "the scheduler went away; the parts that were finished are kept",
            "Start it again and run the same command: only what is missing is done.",
        ) from None
