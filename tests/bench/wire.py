"""Bytes over the wire: a page with everything it loads, headers and compression counted."""

import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urljoin, urlsplit

_LOADED = re.compile(
    r'<link[^>]+rel="(?:stylesheet|icon|preload)"[^>]*>|<script[^>]+src="[^"]+"[^>]*>|<img[^>]+src="[^"]+"[^>]*>'
)
_ADDRESS = re.compile(r'(?:href|src)="([^"]+)"')
_CSS_ADDRESS = re.compile(r"url\(['\"]?([^'\")]+)['\"]?\)")


@dataclass
class Browser:
    """Fetches as a browser does: once for each address, compressed, with its cookies."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    cached: set[str] = field(default_factory=set)
    requests: int = 0

    def visit(self, path: str) -> tuple[int, str]:
        """Bytes of a page and of what it loads for the first time, and the page's text."""
        size, text = self._fetch(path)
        pages = [path]
        for tag in _loaded(text):
            for asset in _ADDRESS.findall(tag):
                pages.append(urljoin(path, asset))
        return size + sum(self._asset(page) for page in pages[1:]), text

    def post(self, path: str, data: str) -> tuple[int, str, int]:
        """Send a form; returns status, the address it leads to, and the bytes of the answer."""
        size, status, headers, _ = self._request(
            "POST", path, data, {"Content-Type": "application/x-www-form-urlencoded"}
        )
        return status, headers.get("Location", ""), size

    def _asset(self, path: str) -> int:
        if path in self.cached or path.startswith("data:"):
            return 0
        self.cached.add(path)
        size, text = self._fetch(path)
        if path.partition("?")[0].endswith(".css"):
            size += sum(self._asset(urljoin(path, inner)) for inner in _CSS_ADDRESS.findall(text))
        return size

    def _fetch(self, path: str) -> tuple[int, str]:
        size, status, _, text = self._request("GET", path, None, {})
        if status != 200:
            raise RuntimeError(f"{path} answered {status}.")
        return size, text

    def _request(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[int, int, dict[str, str], str]:
        self.requests += 1
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Accept-Encoding": "gzip, br", "Cookie": cookie, "Referer": self.address + path, **headers}
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        raw = answer.read()
        for header in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        head = len(f"HTTP/1.1 {answer.status} {answer.reason}\r\n") + len(str(answer.headers))
        return head + len(raw), answer.status, dict(answer.headers), _decoded(raw, answer)


def _loaded(text: str) -> list[str]:
    """The tags whose files a browser loads: of several icons the one that scales."""
    tags = _LOADED.findall(text)
    icons = [tag for tag in tags if 'rel="icon"' in tag]
    best = next((icon for icon in icons if "svg" in icon), icons[0] if icons else "")
    return [tag for tag in tags if tag not in icons or tag == best]


def _decoded(raw: bytes, answer: http.client.HTTPResponse) -> str:
    import gzip

    import brotli

    encoding = answer.headers.get("Content-Encoding", "")
    if encoding == "gzip":
        raw = gzip.decompress(raw)
    elif encoding == "br":
        raw = brotli.decompress(raw)
    return raw.decode("utf-8", "replace")
