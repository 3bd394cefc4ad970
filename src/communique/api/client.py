"""A client in Python, written from the OpenAPI schema: one file that needs nothing but the standard library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Schema = Mapping[str, Any]
_TYPES = {"string": "str", "integer": "int", "boolean": "bool", "number": "float"}
_HEAD = '''"""A client of a Communique ledger, from its OpenAPI schema ({version}); it needs no other package."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen


class Problem(Exception):
    """What went wrong, as the server tells it (RFC 9457); ``told`` has all of it."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__(f"{{told.get('status')}}: {{told.get('detail')}}")
        self.told = told


class Client:
    """The questions of a ledger that ``communique serve`` shows; ``token`` is needed to change it."""

    def __init__(self, address: str, token: str | None = None) -> None:
        self._address = address.rstrip("/")
        self._token = token

    def every(self, question: Callable[..., dict[str, Any]], **asked: Any) -> Iterator[Any]:
        """All items of an answer, page after page: ``client.every(client.contacts, person="Lavrov")``."""
        page = question(**asked)
        yield from page["items"]
        while page["next"]:
            page = question(**asked | {{"cursor": page["next"]}})
            yield from page["items"]

    def _ask(self, method: str, path: str, query: dict[str, Any], body: dict[str, Any] | None = None) -> Any:
        shown = {{k: str(v).lower() if isinstance(v, bool) else v for k, v in query.items() if v is not None}}
        address = self._address + path + (f"?{{urlencode(shown, doseq=True)}}" if shown else "")
        headers = {{"Accept": "application/json"}}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {{self._token}}"
        data = None
        if body is not None:
            data = json.dumps({{k: v for k, v in body.items() if v is not None}}).encode()
            headers["Content-Type"] = "application/json"
        try:
            with urlopen(Request(address, data, headers, method=method)) as answer:
                return json.load(answer)
        except HTTPError as error:
            raise Problem(json.load(error)) from None
'''


def client_source(schema: Schema) -> str:
    """The module as text."""
    head = _HEAD.format(version=schema["info"]["version"])
    methods = (
        _method(schema, address, method, operation)
        for address, operations in schema["paths"].items()
        for method, operation in operations.items()
    )
    return head + "".join(f"\n{method}" for method in methods)


def _method(schema: Schema, address: str, method: str, operation: Schema) -> str:
    placed = [p["name"] for p in operation.get("parameters", ()) if p["in"] == "path"]
    asked = [p for p in operation.get("parameters", ()) if p["in"] == "query"]
    body = list(_fields(schema, operation))
    needed = [(p["name"], _type(p["schema"])) for p in asked if p.get("required")] + [
        (name, kind) for name, kind, required in body if required
    ]
    free = [(p["name"], _type(p["schema"])) for p in asked if not p.get("required")] + [
        (name, kind) for name, kind, required in body if not required
    ]
    arguments = ["self", *(f"{name}: str" for name in placed), *(["*"] if needed or free else [])]
    arguments += [f"{name}: {kind}" for name, kind in needed]
    arguments += [f"{name}: {_optional(kind)} = None" for name, kind in free]
    path = address
    for name in placed:
        path = path.replace(f"{{{name}}}", f"{{quote({name}, safe='')}}")
    query = ", ".join(f'"{p["name"]}": {p["name"]}' for p in asked)
    sent = ", {" + ", ".join(f'"{name}": {name}' for name, *_ in body) + "}" if "requestBody" in operation else ""
    said = operation.get("description", operation["summary"]).partition("\n")[0]
    name = operation["operationId"].removeprefix("get_")
    lines = (
        f"    def {name}(",
        *(f"        {argument}," for argument in arguments),
        "    ) -> Any:",
        f'        """{said}"""',
        f'        return self._ask("{method.upper()}", f"{path}", {{{query}}}{sent})',
        "",
    )
    return "\n".join(lines)


def _fields(schema: Schema, operation: Schema) -> Iterator[tuple[str, str, bool]]:
    """The fields of a body: name, type, and whether it is needed."""
    if "requestBody" not in operation:
        return
    name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    shape = schema["components"]["schemas"][name]
    for field, described in shape.get("properties", {}).items():
        yield field, _type(described), field in shape.get("required", ())


def _type(described: Schema) -> str:
    """The annotation of a value."""
    if "anyOf" in described:
        kinds = [_type(one) for one in described["anyOf"] if one.get("type") != "null"]
        return " | ".join(dict.fromkeys(kinds))
    if described.get("type") == "array":
        return f"list[{_type(described['items'])}]"
    return _TYPES.get(described.get("type", ""), "Any")


def _optional(kind: str) -> str:
    return kind if kind == "Any" else f"{kind} | None"


def names(schema: Schema) -> Sequence[str]:
    """What the methods of the client are called."""
    ids = (o["operationId"] for operations in schema["paths"].values() for o in operations.values())
    return tuple(identity.removeprefix("get_") for identity in ids)
