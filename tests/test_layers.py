"""A layer imports only from layers below it; siblings do not import each other (docs/architecture.md)."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "communique"
LAYERS = {
    "model": 1, "edtf": 1, "errors": 1,
    "sources": 2, "text": 2, "knowledge": 2, "extract": 2,
    "reconcile": 3, "ledger": 4, "views": 5, "pipeline": 6, "reading": 6, "watching": 6,
    # Drawn from the rows of views, for every interface to show: above views, below cli, library, web and api.
    "pictures": 6,
    "cli": 7, "web": 7, "api": 7, "export": 7, "scale": 7, "library": 7,
}  # fmt: skip
#: Siblings that may be read all the same.
READS = {
    "extract": {"text", "knowledge"},
    "knowledge": {"text"},
    "sources": {"text"},
    "errors": {"model"},
    "edtf": {"model"},
    "reading": {"pipeline"},
    "watching": {"pipeline"},
    "cli": {"api", "export", "web", "scale"},
    "library": {"export"},
}


def package(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("communique"):
            names = [f"communique.{a.name}" for a in node.names] if node.module == "communique" else [node.module]
            yield from ((node.lineno, name) for name in names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, a.name) for a in node.names if a.name.startswith("communique"))


def breach(here: str, there: str) -> bool:
    if here == there or here not in LAYERS or there not in LAYERS:
        return False
    return LAYERS[there] >= LAYERS[here] and there not in READS.get(here, set())


def test_no_layer_imports_upwards_or_sideways() -> None:
    faults = []
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).parts
        here = parts[0].removesuffix(".py")
        for line, module in imports(path):
            if breach(here, package(module)):
                faults.append(f"{path.relative_to(SOURCE)}:{line}: {here} imports {package(module)}")
    assert not faults, "\n".join(faults)


def test_the_test_sees_a_breach() -> None:
    assert breach("model", "views")
    assert breach("text", "extract")
    assert not breach("views", "ledger")
