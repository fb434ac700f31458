"""What the launcher says, in Indonesian to who has set the machine to it, else in English."""

import os
import sys

INDONESIAN = os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("id")


class LaunchError(Exception):
    """Something that the person at the keyboard must mend: one sentence that says how."""


def pick(english: str, indonesian: str) -> str:
    """The sentence in the language of this machine."""
    return indonesian if INDONESIAN else english


def say(english: str, indonesian: str) -> None:
    """Print a line of progress at once, also into a pipe."""
    print(f"· {pick(english, indonesian)}", flush=True)


def complain(error: LaunchError) -> int:
    """Print a problem; returns the exit status."""
    print(f"! {error}", file=sys.stderr, flush=True)
    return 1
