"""The packages of the environment this runs in, with version and licence, a line each; fails if one states none."""

import sys
from importlib.metadata import Distribution, distributions


def licence(package: Distribution) -> str:
    """What a package says of its licence, in the shortest form it says it in."""
    about = package.metadata
    if stated := about.get("License-Expression"):
        return stated
    classified = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License")]
    return " / ".join(classified) or (about.get("License") or "").strip().partition("\n")[0]


def main() -> int:
    """Print them by name."""
    found = {(d.metadata["Name"].lower(), d.version): licence(d) for d in distributions()}
    for (name, version), words in sorted(found.items()):
        print(f"{name}\t{version}\t{words}")
    unstated = [name for (name, _), words in sorted(found.items()) if not words]
    if unstated:
        print(f"no licence stated: {', '.join(unstated)}", file=sys.stderr)
    return 1 if unstated else 0


if __name__ == "__main__":
    sys.exit(main())
