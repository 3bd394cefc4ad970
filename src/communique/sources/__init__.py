"""Files, folders, pages, tables and streams into documents; what is wrong with them comes along as issues."""

from communique.sources.catalogue import KINDS, Kind, grade
from communique.sources.options import FORMATS, Format, SourceOptions, field_map
from communique.sources.read import STDIN, read_inputs, read_original, read_text

__all__ = [
    "FORMATS", "KINDS", "STDIN", "Format", "Kind", "SourceOptions", "field_map", "grade", "read_inputs",
    "read_original", "read_text",
]  # fmt: skip
