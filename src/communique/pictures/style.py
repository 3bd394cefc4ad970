"""Colours and type of all pictures: variables with their values by day, by night and on paper.

A file carries its style with it. A page links :func:`stylesheet` once and places pictures without (its policy may
forbid styles in the page); by setting the same variables it gives them its own colours. Renderers that know no
variables get :func:`resolved`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Theme = Literal["light", "dark"]

#: token → (light, dark). One to four: how many; a, b: the two sides; good, warn, bad: how it ended.
COLOURS: Mapping[str, tuple[str, str]] = {
    "paper": ("#ffffff", "#12161c"),
    "ink": ("#1b2430", "#e8ecf2"),
    "soft": ("#566170", "#a7b1bf"),
    "line": ("#d3dae3", "#3a4452"),
    "faint": ("#eef2f6", "#1f2630"),
    "hatch": ("#b4bfcc", "#465263"),
    "one": ("#bfdaf4", "#21456b"),
    "two": ("#86b7e6", "#2f6aa5"),
    "three": ("#3f83c6", "#63a3e0"),
    "four": ("#1a4f87", "#b3d7f9"),
    "on-light": ("#12304f", "#eaf3fc"),
    "on-dark": ("#ffffff", "#0d1f33"),
    "plan": ("#8f5b00", "#e5b04f"),
    "a": ("#1d5fa8", "#6fb0f0"),
    "b": ("#ad4214", "#f0935f"),
    "a-faint": ("#edf4fc", "#172334"),
    "b-faint": ("#fdf2ec", "#2b1d16"),
    "good": ("#1b7543", "#62c48b"),
    "warn": ("#8a5f00", "#e3b341"),
    "bad": ("#b02a22", "#f28b82"),
    "node": ("#1d5fa8", "#6fb0f0"),
    "many": ("#7a3e9d", "#c79be0"),
    "edge": ("#8b99ab", "#6d7b8e"),
}
RULES = """
.cq-picture{font-family:Inter,"Helvetica Neue",Helvetica,Arial,"Liberation Sans","DejaVu Sans",sans-serif}
.cq-text,.cq-title,.cq-label,.cq-small,.cq-head{fill:var(--cq-ink)}
.cq-title{font-size:17px;font-weight:600}
.cq-sub{font-size:12.5px;fill:var(--cq-soft)}
.cq-head{font-size:13px;font-weight:600}
.cq-text{font-size:12.5px}
.cq-label{font-size:11.5px}
.cq-small{font-size:10.5px;fill:var(--cq-soft)}
.cq-soft{fill:var(--cq-soft)}
.cq-bold{font-weight:600}
.cq-halo{stroke:var(--cq-paper);stroke-width:3.5;paint-order:stroke;stroke-linejoin:round}
.cq-paper{fill:var(--cq-paper)}
.cq-faint{fill:var(--cq-faint)}
.cq-axis{stroke:var(--cq-line);stroke-width:1;fill:none}
.cq-hatch-line{stroke:var(--cq-hatch);stroke-width:1.2;fill:none}
.cq-one{fill:var(--cq-one)}
.cq-two{fill:var(--cq-two)}
.cq-three{fill:var(--cq-three)}
.cq-four{fill:var(--cq-four)}
.cq-on-light{fill:var(--cq-on-light);stroke:var(--cq-on-light)}
.cq-on-dark{fill:var(--cq-on-dark);stroke:var(--cq-on-dark)}
.cq-glyph{stroke-width:0.6;stroke-linejoin:round}
.cq-number{stroke:none}
.cq-unsure{fill:var(--cq-one);stroke:var(--cq-a);stroke-width:1}
.cq-planned{fill:none;stroke:var(--cq-plan);stroke-width:1.5;stroke-dasharray:3 2}
.cq-plan-ink{fill:var(--cq-plan);stroke:var(--cq-plan)}
.cq-off{fill:none;stroke:var(--cq-bad);stroke-width:1.3}
.cq-off-ink{fill:var(--cq-bad);stroke:var(--cq-bad)}
.cq-mark{stroke:var(--cq-a);stroke-width:1.4;stroke-linejoin:round}
.cq-solid{fill:var(--cq-a)}
.cq-hollow{fill:var(--cq-paper)}
.cq-whisker{stroke:var(--cq-a);stroke-width:1.3;fill:none}
.cq-stop-on{stop-color:var(--cq-a)}
.cq-stop-off{stop-color:var(--cq-paper)}
.cq-arrow{stroke:var(--cq-soft);stroke-width:1.4;fill:none}
.cq-arrow-unsure{stroke:var(--cq-soft);stroke-width:1.4;fill:none;stroke-dasharray:3 3}
.cq-good{fill:var(--cq-good)}
.cq-warn{fill:var(--cq-warn)}
.cq-bad{fill:var(--cq-bad)}
.cq-unknown{fill:var(--cq-soft)}
.cq-sign{stroke:var(--cq-paper);stroke-width:1.6;fill:none;stroke-linecap:round;stroke-linejoin:round}
.cq-force{fill:var(--cq-two)}
.cq-signed{fill:var(--cq-one)}
.cq-ending{fill:var(--cq-warn);fill-opacity:.65}
.cq-step{fill:var(--cq-ink);stroke:var(--cq-paper);stroke-width:1}
.cq-edge{stroke:var(--cq-edge);fill:none;stroke-linecap:round;stroke-opacity:.55}
.cq-edge-many{stroke:var(--cq-many);fill:none;stroke-linecap:round;stroke-opacity:.45}
.cq-node{fill:var(--cq-node);stroke:var(--cq-paper);stroke-width:1.5}
.cq-many{fill:var(--cq-many);stroke:var(--cq-paper);stroke-width:1}
.cq-band{fill:var(--cq-faint)}
.cq-fuzzy{fill:var(--cq-warn);fill-opacity:.14}
.cq-claimed{stroke:var(--cq-b);stroke-width:2;fill:none}
.cq-claimed-open{stroke:var(--cq-b);stroke-width:2;fill:none;stroke-dasharray:6 4}
.cq-claimed-ink{fill:var(--cq-b)}
.cq-claimed-zone{fill:var(--cq-b);fill-opacity:.1}
.cq-stairs{stroke:var(--cq-a);stroke-width:2;fill:none;stroke-linejoin:round}
.cq-stairs-high{stroke:var(--cq-a);stroke-width:1.2;fill:none;stroke-dasharray:2 3}
.cq-maybe{fill:var(--cq-one);fill-opacity:.45}
.cq-side-a{fill:var(--cq-a)}
.cq-side-b{fill:var(--cq-b)}
.cq-both{stroke:var(--cq-soft);stroke-width:1.5;fill:none}
.cq-thread-a{stroke:var(--cq-a);stroke-width:1;fill:none;stroke-opacity:.5}
.cq-thread-b{stroke:var(--cq-b);stroke-width:1;fill:none;stroke-opacity:.5}
.cq-said-a{fill:var(--cq-a);font-weight:600}
.cq-said-b{fill:var(--cq-b);font-weight:600}
.cq-card-a{fill:var(--cq-a-faint)}
.cq-card-b{fill:var(--cq-b-faint)}
"""
_SCREEN = """
.cq-picture{max-width:100%;height:auto}
.cq-picture a{cursor:pointer}
.cq-picture a:hover,.cq-picture a:focus-visible{opacity:.75}
.cq-picture a:focus-visible{outline:2px solid var(--cq-ink);outline-offset:1px}
"""
_VARIABLE = re.compile(r"var\(--cq-([a-z-]+)\)")


def variables(theme: Theme) -> str:
    """The values of a theme, as declarations."""
    at = 0 if theme == "light" else 1
    return ";".join(f"--cq-{name}:{values[at]}" for name, values in COLOURS.items())


def stylesheet() -> str:
    """For a page: light, dark where the reader's system or ``data-theme`` of the page says so, light on paper."""
    light, dark = variables("light"), variables("dark")
    return (
        f":root{{{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        f":root[data-theme=light]{{{light}}}\n"
        f":root[data-theme=dark]{{{dark}}}\n"
        f"@media print{{:root,:root[data-theme]{{{light}}}}}"
        f"{RULES.rstrip()}{_SCREEN}"
    )


def resolved(theme: Theme) -> str:
    """The rules of one theme with the colours written out."""
    at = 0 if theme == "light" else 1
    return _VARIABLE.sub(lambda found: COLOURS[found[1]][at], RULES)
