"""Set one document in type, in a process of its own: the caller kills it when it takes too long.

Run as a script, without Django: ``python -I typeset.py TEMPLATE < request.json > document.pdf``. The request
is ``{"data": {...}, "timestamp": unix_seconds, "profiles": [...], "seconds": limit}``. The folder of TEMPLATE
is all that the template may read. Exit status 0: a PDF that keeps the profiles; 3: a plain PDF, because the
profiles refuse a letter that the font lacks; anything else: no file.
"""

import json
import math
import resource
import sys
from pathlib import Path

import typst

PLAIN = 3
# A certificate needs about a tenth of a second and 100 MB, a class of printed tests a few seconds.
ADDRESS_SPACE = 2 << 30


def typeset(template: Path, request: dict) -> tuple[bytes, bool]:
    """The PDF, the same bytes for the same request, and whether it keeps the profiles."""
    compiler = typst.Compiler(
        template,
        root=template.parent,
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"data": json.dumps(request["data"])},
    )
    try:
        strict = compiler.compile(pdf_standards=request["profiles"], timestamp=request["timestamp"])
    except typst.TypstError:
        return compiler.compile(timestamp=request["timestamp"]), False
    return strict, True


def main() -> int:
    request = json.load(sys.stdin)
    seconds = math.ceil(request["seconds"])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    pdf, strict = typeset(Path(sys.argv[1]), request)
    sys.stdout.buffer.write(pdf)
    return 0 if strict else PLAIN


if __name__ == "__main__":
    sys.exit(main())
