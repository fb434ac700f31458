"""A participant's connection: kept alive, compressed, with cookies, redirects followed."""

import gzip
import http.client
import time
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

_REDIRECTS = (301, 302, 303, 307)
# A server may hang up on who is silent; like a browser, open anew before it does (seconds).
_SILENCE = 1.0


class Visitor:
    """One keep-alive connection and its cookies; counts its requests."""

    def __init__(self, host: str, port: int) -> None:
        self._connection = http.client.HTTPConnection(host, port, timeout=60)
        self.ck: dict[str, str] = {}
        self.requests = 0
        self._used_at = time.monotonic()

    def req(self, method: str, path: str, data: Any = None) -> tuple[int, str, str]:
        """Ask, and follow where the answer leads. Returns status, address and text of the last answer."""
        while True:
            status, headers, body = self.once(method, path, data)
            if status not in _REDIRECTS:
                return status, path, body
            there = urlsplit(urljoin(f"http://x{path}", headers["Location"]))
            path = there.path + (f"?{there.query}" if there.query else "")
            method, data = "GET", None

    def once(self, method: str, path: str, data: Any = None) -> tuple[int, http.client.HTTPMessage, str]:
        """One request."""
        sent = {"Accept-Encoding": "gzip", "Cookie": "; ".join(f"{k}={v}" for k, v in self.ck.items())}
        body = None
        if data is not None:
            body = urlencode(data)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        if time.monotonic() - self._used_at > _SILENCE:
            self._connection.close()
        self._connection.request(method, path, body, sent)
        answer = self._connection.getresponse()
        raw = answer.read()
        self.requests += 1
        self._used_at = time.monotonic()
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = header.partition(";")[0].partition("=")
            self.ck[name] = value
        if answer.headers.get("Content-Encoding") == "gzip":
            raw = gzip.decompress(raw)
        return answer.status, answer.headers, raw.decode("utf-8", "replace")

    def close(self) -> None:
        self._connection.close()
