"""Downloads of a person's own data, encoded a piece at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse


def download(data: Mapping[str, object], *, name: str) -> HttpResponse:
    """Return a response that downloads ``data`` as a JSON file."""
    response = HttpResponse(_json(data), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


def _json(data: Mapping[str, object]) -> Iterator[str]:
    """Yield an object's text in pieces; the items of an iterator are encoded one by one, a line each.

    Encoding ten thousand readings at once would block every other request for seconds.
    """
    for number, (key, value) in enumerate(data.items()):
        yield f"{',' if number else '{'}\n{_encoded(key)}: "
        if not isinstance(value, Iterator):
            yield _encoded(value)
            continue
        between = "["
        for item in value:
            yield f"{between}\n{_encoded(item)}"
            between = ","
        yield "[]" if between == "[" else "\n]"
    yield "\n}\n"


def _encoded(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
