"""The options by which contacts are chosen, for every command that takes a choice of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from communique.model import CHANNELS, STATUSES, TOPICS

if TYPE_CHECKING:
    from communique.knowledge.registry import Registry
    from communique.views.contacts import Wanted

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Choice:
    """What was typed to choose contacts."""

    between: tuple[tuple[str, str], ...] = ()
    person: str | None = None
    since: str | None = None
    until: str | None = None
    channels: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        """Whether anything was typed."""
        return self != Choice()

    def wanted(self, registry: Registry) -> Wanted:
        """The choice; raises UsageError for what nobody knows."""
        from communique.views.asking import wanted

        sides = tuple(dict.fromkeys(side for pair in self.between for side in pair))
        return wanted(registry, sides, self.person, self.since, self.until, self.channels, self.statuses, self.topics)


_OPTIONS = (
    click.option(
        "--between", nargs=2, multiple=True, metavar="SIDE SIDE", help="Sides that took part: codes or names."
    ),
    click.option("--person", metavar="NAME", help="A person who took part, in any spelling."),
    click.option("--since", metavar="EDTF", help="From this day on: 2020-03-21, 2020-03, 2020."),
    click.option("--until", metavar="EDTF", help="Up to this day."),
    click.option("--channel", "channels", multiple=True, type=click.Choice(CHANNELS), help="By these means."),
    click.option("--status", "statuses", multiple=True, type=click.Choice(STATUSES), help="In this state."),
    click.option("--topic", "topics", multiple=True, type=click.Choice(TOPICS), metavar="TOPIC", help="About this."),
)
_NAMES = ("between", "person", "since", "until", "channels", "statuses", "topics")


def with_choice(command: Command) -> Command:
    """Gives a command these options, and what was typed as ``choice``."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        choice = Choice(**{name: options.pop(name) for name in _NAMES})
        return command(*args, choice=choice, **options)

    for add in reversed(_OPTIONS):
        run = add(run)
    return run  # type: ignore[return-value]
