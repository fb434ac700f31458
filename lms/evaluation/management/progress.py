"""A bar on the terminal for commands that take minutes."""

import time
from typing import TextIO

_WIDTH = 30


class Progress:
    """``step()`` for each piece of work. Writes on a terminal only, at most ten times a second."""

    def __init__(self, total: int, stream: TextIO | None, what: str = "") -> None:
        self.total, self.done, self.what = total, 0, what
        self.stream = stream if stream is not None and stream.isatty() else None
        self.began, self.shown = time.monotonic(), 0.0

    def step(self, pieces: int = 1) -> None:
        self.done += pieces
        now = time.monotonic()
        if self.stream is not None and (now - self.shown > 0.1 or self.done >= self.total):
            self.shown = now
            filled = _WIDTH * self.done // max(1, self.total)
            bar = "#" * filled + "." * (_WIDTH - filled)
            self.stream.write(f"\r{self.what}[{bar}] {self.done}/{self.total} {now - self.began:.0f} s")
            self.stream.flush()

    def end(self) -> None:
        """To a new line, so that what follows does not stand behind the bar."""
        if self.stream is not None and self.done:
            self.stream.write("\n")
