"""Sphinx configuration; pages that only repeat the code are written from the code before each build."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import generate  # noqa: E402  (found only once this folder is on the path)

import communique  # noqa: E402

project = "Communique"
author = "The Communique authors"
release = version = communique.__version__
extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "generated/phrases.md"]
html_theme = "furo"
html_title = f"Communique {version}"
html_show_sphinx = False

generate.write(HERE / "generated")
