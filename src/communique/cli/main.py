"""The program ``communique``: data on stdout, everything else on stderr. Commands are imported only when called."""

from __future__ import annotations

import importlib
import os
import sys
from keyword import iskeyword
from typing import Any

import click

from communique.errors import CommuniqueError

#: command → (module, one line of help); the help of the group is printed without importing any of them.
COMMANDS = {
    "read": ("communique.cli.read", "Read documents into the ledger, or print what they say as JSON."),
    "scan": ("communique.cli.scan", "Scan archives (WARC, Parquet, JSON Lines, pages) on all cores or a cluster."),
    "contacts": ("communique.cli.questions", "Contacts in the ledger: who was in touch with whom, when, how."),
    "show": ("communique.cli.questions", "One contact: every report, every field with its words."),
    "compare": ("communique.cli.questions", "What each side said of a contact, and what only one side said."),
    "versions": ("communique.cli.versions", "Documents that were edited, and what was changed, word by word."),
    "claims": ("communique.cli.claims", "Claims in the ledger; --check sets each against the contacts."),
    "check": ("communique.cli.claims", "Set a sentence against the ledger: supported, contradicted, or why not."),
    "plans": ("communique.cli.questions", "Planned and proposed contacts and what became of them."),
    "agreements": ("communique.cli.questions", "Life-lines of agreements: signed, in force, suspended, left."),
    "search": ("communique.cli.questions", "Documents that hold these words."),
    "calendar": ("communique.cli.pictures", "Contacts of a person or two sides as a calendar: SVG, PNG or table."),
    "timeline": ("communique.cli.pictures", "Two sides over time: contacts by level, plans, agreements."),
    "network": ("communique.cli.pictures", "Who met whom in a window of time, as a network."),
    "claim": ("communique.cli.pictures", "A claim as a staircase of the contacts that count."),
    "judge": ("communique.cli.judgements", "Accept, reject, correct or doubt a report; undo a judgement."),
    "merge": ("communique.cli.judgements", "Say that reports tell of one contact."),
    "split": ("communique.cli.judgements", "Say that reports do not tell of one contact."),
    "review": ("communique.cli.review", "Walk through the most doubtful pairs of reports with single keys."),
    "explain": ("communique.cli.explain", "What fires in a sentence, what loses, and why."),
    "check-rules": ("communique.cli.explain", "Run the examples of all rules, ours and a directory's."),
    "times": ("communique.cli.times", "Dates in a text: value, basis, reason."),
    "actors": ("communique.cli.actors", "Search the registry: who held an office on a day."),
    "evaluate": ("communique.cli.evaluate", "Score the reader against annotated documents."),
    "export": ("communique.cli.export", "Write the ledger in a format that other programs read."),
    "import": ("communique.cli.export", "Read what `export jsonl` wrote into a ledger."),
    "freeze": ("communique.cli.freeze", "Write a dated release: tables, codebook, citation, checksums."),
    "set-aside": ("communique.cli.aside", "Inputs that were not read, and why; try them again."),
    "watch": ("communique.cli.watch", "Ask feeds for what is new, edited or silent."),
    "verify": ("communique.cli.ledgers", "Check that every quote still stands where it was read."),
    "doctor": ("communique.cli.ledgers", "Look at the environment the program runs in."),
    "backup": ("communique.cli.ledgers", "Copy the ledger while it is in use."),
    "restore": ("communique.cli.ledgers", "Bring back what a backup holds."),
    "copy": ("communique.cli.ledgers", "Copy a ledger, checked, into a new file or database."),
    "serve": ("communique.cli.serve", "Show the ledger in the browser: pages, review, reading in."),
}


def command_attribute(name: str) -> str:
    """What a command is called in its module: a word of Python's own gets a stroke behind it."""
    plain = name.replace("-", "_")
    return f"{plain}_" if iskeyword(plain) else plain


class Commands(click.Group):
    """A group whose commands live in modules that are imported when one is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, command_attribute(cmd_name))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, without an import."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Click's own, with the nearest command named when there is none."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, n=1)
            raise click.UsageError(f"no command {args[0]!r}" + (f"; did you mean {close[0]!r}?" if close else ""))
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="communique")
def cli() -> None:
    """A sourced ledger of diplomatic contacts, read from articles and official readouts.

    \b
    communique read --ledger my.db readouts/            read a folder
    communique contacts --ledger my.db --between RUS USA
    communique check --ledger my.db "six calls between Putin and Trump since March"

    Exit codes: 0 ok, 1 failure, 2 usage, 3 done but some inputs set aside, 4 ledger busy,
    5 check contradicted (with --exit-code), 130 interrupted.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the program; turns our errors into a message and an exit code."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """The program's exit code, for tests and for :func:`main`."""
    try:
        result: Any = cli.main(args=arguments, prog_name="communique", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Abort:
        click.echo("interrupted; what was done is kept, run the same command again to go on", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CommuniqueError as error:
        click.echo(f"communique: {error}", err=True)
        if error.remedy:
            click.echo(f"  {error.remedy}", err=True)
        return error.exit_code
    except (BrokenPipeError, SystemExit):
        # Whoever reads us has read enough (click turns that into an exit of its own).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
