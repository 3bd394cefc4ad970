"""A process of its own in which pages are parsed, so that it can be killed: with limits on time and memory.

Parent and worker exchange JSON, each message preceded by its length in eight bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
from dataclasses import asdict
from types import TracebackType
from typing import IO, Any

from communique.sources.page import Page, digest

_LENGTH = struct.Struct(">Q")


class PageWorker:
    """Parses pages in a child process, started when first needed and replaced after it dies. A context manager."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._seconds, self._memory = seconds, memory
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> PageWorker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def digest(self, html: str) -> Page:
        """The page's article: the careful look, else the simple one, else a page without text and its trouble."""
        page = self._ask(html, simple=False)
        if page.trouble and not page.trouble.endswith("deep"):
            again = self._ask(html, simple=True)
            return page if again.trouble else again
        return page

    def stop(self) -> None:
        """End the child, if there is one."""
        if self._child is None:
            return
        child, self._child = self._child, None
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _ask(self, html: str, simple: bool) -> Page:
        child = self._running()
        late = threading.Event()
        timer = threading.Timer(self._seconds, _end, (child, late))
        timer.start()
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            _send(child.stdin, {"html": html, "simple": simple})
            answer = _receive(child.stdout)
        except OSError:
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            self.stop()
            return Page("", trouble=f"more than {self._seconds:g} s" if late.is_set() else "the parser broke down")
        return Page(**answer)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.stop()
            # -P: a json.py lying among downloaded articles must not be imported
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-c", f"from communique.sources.worker import serve; serve({self._memory})"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        return self._child


def serve(memory: int) -> None:
    """The child's loop: read a page, answer, until the parent closes the pipe."""
    source, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not land among the answers
    _limit(memory)
    while (request := _receive(source)) is not None:
        _send(answers, asdict(_safely(request)))


def _safely(request: dict[str, Any]) -> Page:
    try:
        return digest(request["html"], request["simple"])
    except MemoryError:
        return Page("", trouble="more memory than allowed")
    except Exception as error:
        # a parser's bug costs the page, not the run; the parent tells the user what it was
        return Page("", trouble=f"{type(error).__name__} in the parser")


def _limit(memory: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, ValueError, OSError):
        return


def _end(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


def _send(pipe: IO[bytes], message: dict[str, Any]) -> None:
    data = json.dumps(message).encode("ascii")
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> dict[str, Any] | None:
    size = pipe.read(_LENGTH.size)
    if len(size) < _LENGTH.size:
        return None
    length = _LENGTH.unpack(size)[0]
    data = pipe.read(length)
    if len(data) < length:
        return None
    answer: dict[str, Any] = json.loads(data)
    return answer
