"""Entry of ``./run`` and ``./test``."""

import sys

from launcher import commands, serve
from launcher.words import LaunchError, complain

RUN = {
    "manage": commands.manage,
    "bench": commands.bench,
    "messages": commands.messages,
    "lock": commands.lock,
}


def main(arguments: list[str]) -> int:
    """``run`` or ``test`` and its arguments; returns the exit status."""
    program, *rest = arguments
    try:
        if program == "test":
            return commands.test(rest)
        if rest and rest[0] in RUN:
            return RUN[rest[0]](rest[1:])
        return serve.serve(rest)
    except LaunchError as error:
        return complain(error)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
