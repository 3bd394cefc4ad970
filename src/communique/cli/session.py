"""What every command shares: which ledger, which knowledge, and where the user said so.

A setting is taken from the command line, else from ``COMMUNIQUE_*``, else from ``communique.toml`` in the folder one
works in, else from ``communique/config.toml`` in the XDG folder for configuration, else from the defaults here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from communique.errors import ConfigError, LedgerError

if TYPE_CHECKING:
    from communique.knowledge import Knowledge
    from communique.knowledge.registry import Registry
    from communique.ledger import Ledger
    from communique.reconcile import Issuers
    from communique.views.snapshot import Snapshot

PREFIX = "COMMUNIQUE_"
Command = TypeVar("Command", bound=Callable[..., Any])


def _data_ledger() -> Path:
    return _xdg("XDG_DATA_HOME", ".local/share") / "communique" / "ledger.db"


def token_file() -> Path:
    """Where the tokens lie with which programs may write to ledgers that are served."""
    return _data_ledger().with_name("token")


def _user_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"


#: Every setting with its default; the same names in TOML, in capitals after ``COMMUNIQUE_``, and as options.
SETTINGS: Mapping[str, Callable[[], Any]] = {
    "ledger": _data_ledger,
    "knowledge": tuple,
    "jobs": lambda: 1,
    "allow_hosts": tuple,
    "patience": lambda: 5.0,
    "who": _user_name,
}
_PATHS = ("ledger", "knowledge")


def setting(name: str) -> Any:
    """A setting as files or defaults give it; raises ConfigError for files and variables with names nobody knows."""
    _check_names([v.removeprefix(PREFIX).lower() for v in os.environ if v.startswith(PREFIX)], "variable COMMUNIQUE_…")
    for file in config_files():
        found = _read(file)
        if name in found:
            return _placed(name, found[name], file)
    return SETTINGS[name]()


def config_files() -> tuple[Path, ...]:
    """The configuration files that are there, the strongest first."""
    files = (Path("communique.toml"), _xdg("XDG_CONFIG_HOME", ".config") / "communique" / "config.toml")
    return tuple(file for file in files if file.is_file())


def _read(file: Path) -> Mapping[str, Any]:
    import tomllib

    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: not valid TOML: {error}", "Write lines like: ledger = 'calls.db'") from error
    _check_names(found, f"setting in {file}")
    return found


def _check_names(names: Any, what: str) -> None:
    for name in names:
        if name not in SETTINGS:
            from communique.errors import unknown

            raise unknown(what, name, SETTINGS)


def _placed(name: str, value: Any, file: Path) -> Any:
    """Paths in a file are meant from the folder it lies in."""
    if name not in _PATHS or is_address(value):
        return value
    if isinstance(value, list):
        return tuple(str(file.parent / one) for one in value)
    if not isinstance(value, str):
        raise ConfigError(f"{file}: {name} is not a path: {value!r}")
    return (str(file.parent / value),) if name == "knowledge" else str(file.parent / Path(value).expanduser())


def is_address(ledger: object) -> bool:
    """Whether a ledger is named by the address of a database, not by a file."""
    return isinstance(ledger, str) and "://" in ledger


def _xdg(variable: str, otherwise: str) -> Path:
    named = os.environ.get(variable, "")
    return Path(named) if os.path.isabs(named) else Path.home() / otherwise


@dataclass(frozen=True, slots=True)
class Session:
    """A ledger, the user's folders of knowledge, and how many seconds to wait while another program writes."""

    ledger: Path | str
    folders: tuple[Path, ...] = ()
    patience: float = 5.0

    def knowledge(self) -> Knowledge:
        """Everything the reader knows; takes about a second to load."""
        from communique.knowledge import load

        return load(self.folders)

    def registry(self) -> Registry:
        """Only who is who; quicker to load."""
        from communique.knowledge.registry import load_registry

        return load_registry(self.folders)

    def issuers(self) -> Issuers:
        """Whose voice a publisher is."""
        from communique.reconcile import issuers

        registry = self.registry()
        return issuers(registry.states.values(), registry.organisations.values())

    def reading(self) -> Ledger:
        """The ledger, to ask questions of; raises NotFoundError if there is none."""
        from communique.ledger import open_ledger

        return open_ledger(self.ledger, create=False, read_only=True, patience=self.patience)

    def snapshot(self, sides: tuple[str, ...] = ()) -> Snapshot:
        """What the ledger holds now, or only what concerns contacts of all these sides."""
        from communique.views.stored import stored

        with self.reading() as ledger:
            return stored(ledger, self.issuers(), sides)

    def snapshot_at(self, moment: str) -> tuple[int, Snapshot]:
        """What the ledger held at a revision (its number, or a day or time), and that revision's number."""
        from communique.views.stored import stored_at

        with self.reading() as ledger:
            return stored_at(ledger, self.issuers(), moment)

    def make_folder(self) -> None:
        """The folder of a ledger that is a file, where there is none yet."""
        if isinstance(self.ledger, Path):
            _make_folder(self.ledger.parent)

    def writing(self, program: str, create: bool = False) -> Ledger:
        """The ledger, to change it; ``program`` is what others are told meanwhile."""
        from communique.ledger import open_ledger

        if create:
            self.make_folder()
        return open_ledger(self.ledger, create, patience=self.patience, program=program)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(f"{folder} cannot be made: {error.strerror}.", "Name another file: --ledger FILE") from error


def option(name: str, *flags: str, **about: Any) -> Callable[[Command], Command]:
    """An option whose value may also come from the environment or a file."""
    return click.option(*flags, name, envvar=PREFIX + name.upper(), default=lambda: setting(name), **about)


class LedgerName(click.ParamType[Path | str]):
    """A ledger as users name it: a file (``Path``), or the address of a database (``str``)."""

    name = "ledger"

    def convert(
        self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path | str:
        """An address stays as it is."""
        if is_address(value):
            return str(value)
        return Path(str(click.Path(dir_okay=False).convert(value, param, ctx)))


_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_ledger = option(
    "ledger", "--ledger", type=LedgerName(), metavar="FILE",
    help="The ledger, a file or postgresql://…; by default a file in your data folder.",
)  # fmt: skip
_patience = option("patience", "--patience", type=click.FloatRange(0), metavar="SECONDS",
                   help="How long to wait while another program writes.")  # fmt: skip
_knowledge = option(
    "knowledge", "--knowledge", type=_FOLDER, multiple=True, metavar="DIR",
    help="A folder of rules and facts that add to ours or override them by id.",
)  # fmt: skip


def with_ledger(command: Command) -> Command:
    """Gives a command the options of a session, and the session as its first argument."""

    @wraps(command)
    def run(*args: Any, ledger: Path, knowledge: tuple[Path, ...], patience: float, **options: Any) -> Any:
        return command(Session(ledger, tuple(knowledge), patience), *args, **options)

    return _ledger(_knowledge(_patience(run)))  # type: ignore[return-value]


def with_knowledge(command: Command) -> Command:
    """The same for commands that need no ledger."""

    @wraps(command)
    def run(*args: Any, knowledge: tuple[Path, ...], **options: Any) -> Any:
        return command(Session(Path(), tuple(knowledge)), *args, **options)

    return _knowledge(run)  # type: ignore[return-value]
