"""What can go wrong that is not the input's fault. Problems with input are ``model.Issue``, never raised.

::

    CommuniqueError                 exit 1
    ├── UsageError                  exit 2   an option or argument that cannot be meant
    │   └── ConfigError             exit 2   a setting or field name nobody knows; suggests the nearest
    │       └── KnowledgeError      exit 2   a rule or fact file is wrong: file, line, valid choices
    ├── LedgerError                 exit 1   a ledger cannot be used
    │   ├── LedgerBusyError         exit 4   another program is writing to it
    │   ├── LedgerTooNewError       exit 1   written by a later version than this one
    │   └── LedgerDamagedError      exit 1   what is stored contradicts itself
    └── NotFoundError                    exit 1   no contact, report or document of that id
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar


class CommuniqueError(Exception):
    """Root of all errors meant for a reader: ``str()`` says what happened, ``remedy`` what to do about it."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


class UsageError(CommuniqueError):
    """An option or argument that cannot be meant."""

    exit_code = 2


class ConfigError(UsageError):
    """A setting or name that nobody knows."""


class KnowledgeError(ConfigError):
    """A rule or fact file that does not load; ``file`` and ``line`` say where."""

    def __init__(self, message: str, remedy: str = "", *, file: str | None = None, line: int | None = None) -> None:
        place = ":".join(str(part) for part in (file, line) if part is not None)
        super().__init__(f"{place}: {message}" if place else message, remedy)
        self.file = file
        self.line = line


class LedgerError(CommuniqueError):
    """A ledger cannot be used."""


class LedgerBusyError(LedgerError):
    """Another program is writing to the ledger."""

    exit_code = 4


class LedgerTooNewError(LedgerError):
    """The ledger was written by a later version of the program."""


class LedgerDamagedError(LedgerError):
    """What is stored in the ledger contradicts itself."""


class NotFoundError(CommuniqueError):
    """No contact, report or document has the id asked for."""


def unknown(what: str, given: str, valid: Iterable[str]) -> ConfigError:
    """A ``ConfigError`` about a name that is not among the valid ones, with the nearest as a suggestion.

    >>> str(unknown("field", "txet", ["text", "title"]))
    'unknown field "txet"; did you mean "text"?'
    """
    names = sorted(valid)
    near = get_close_matches(given, names, n=1)
    hint = f'; did you mean "{near[0]}"?' if near else ""
    return ConfigError(f'unknown {what} "{given}"{hint}', f"Valid: {', '.join(names)}.")
