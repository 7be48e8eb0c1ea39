"""People who sign in at once, with real password hashing, while others read.

    python -m bench.figures.signin PORT COUNT

Fetches the form once for each, says ``ready``, and posts all of them when a line comes in. Prints the seconds
each took, or its failure, as JSON.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from urllib.parse import urlencode

PASSWORD = "correct horse battery"
PATH = "/accounts/login/"


def email(number: int) -> str:
    """Return the address of the person of that number."""
    return f"bench{number}@example.com"


def _form(port: int) -> tuple[http.client.HTTPConnection, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", PATH)
    answer = connection.getresponse()
    answer.read()
    pairs = [v.partition(";")[0].partition("=") for n, v in answer.getheaders() if n.lower() == "set-cookie"]
    cookies = {name: value for name, _, value in pairs}
    token = next(value for name, value in cookies.items() if name.endswith("csrftoken"))
    return connection, cookies, token


def main() -> None:
    port, count = int(sys.argv[1]), int(sys.argv[2])
    forms = [_form(port) for _ in range(count)]
    results: list[float | str] = []

    def sign_in(
        number: int, connection: http.client.HTTPConnection, cookies: dict[str, str], token: str
    ) -> None:
        body = urlencode({"csrfmiddlewaretoken": token, "login": email(number), "password": PASSWORD})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-Forwarded-For": f"203.0.113.{number}",  # thirty people are not one attacker
        }
        began = time.monotonic()
        try:
            connection.request("POST", PATH, body, headers)
            status = connection.getresponse().status
        except OSError as error:
            results.append(str(error))
            return
        results.append(time.monotonic() - began if status == 302 else f"HTTP {status}")

    threads = [threading.Thread(target=sign_in, args=(number, *form)) for number, form in enumerate(forms)]
    print("ready", flush=True)
    sys.stdin.readline()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps(results), flush=True)


if __name__ == "__main__":
    main()
