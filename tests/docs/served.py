"""The server that a page speaks of: the samples on a free port of this machine, with its generated client beside it."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from urllib.request import urlopen

from tests.cli.program import called

SERVED = "http://127.0.0.1:8035"
TOKEN = "the-token-of-the-server"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of a ledger of the samples in a folder; ``client.py`` lies there too."""
    import uvicorn

    from communique.api.app import ROOT, create_app
    from communique.api.bench import Bench
    from communique.api.tokens import Tokens

    assert called(["read", "--samples", "--ledger", str(folder / "served.db")])[0] == 0
    bench = Bench(folder / "served.db")
    with socket.create_server(("127.0.0.1", 0)) as bound:
        server = uvicorn.Server(uvicorn.Config(create_app(bench, Tokens([TOKEN])), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            sleep(0.02)
        address = f"http://127.0.0.1:{bound.getsockname()[1]}"
        with urlopen(f"{address}{ROOT}/client.py") as answer:
            (folder / "client.py").write_bytes(answer.read())
        try:
            yield address
        finally:
            sys.modules.pop("client", None)
            server.should_exit = True
            thread.join(10)
    bench.close()
