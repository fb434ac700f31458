"""Set one certificate in type, in a process of its own: the caller kills it when it takes too long.

Run as a script, without Django: ``python -I typeset.py FOLDER < request.json > certificate.pdf``. The
request is ``{"data": {...}, "timestamp": unix_seconds}``. FOLDER holds the template and is all that the
template may read. Exit status 0: a PDF/A-2a and PDF/UA-1 file; 3: a plain PDF, because the strict profiles
refuse a letter that the font lacks; anything else: no file.
"""

import json
import resource
import sys
from pathlib import Path

import typst

PLAIN = 3
STRICT_PROFILES = ["a-2a", "ua-1"]
# A certificate needs about a tenth of a second and 100 MB.
CPU_SECONDS = 10
ADDRESS_SPACE = 2 << 30


def typeset(folder: Path, request: dict) -> tuple[bytes, bool]:
    """The PDF, the same bytes for the same request, and whether it keeps the strict profiles."""
    compiler = typst.Compiler(
        folder / "certificate.typ",
        root=folder,
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"data": json.dumps(request["data"])},
    )
    try:
        strict = compiler.compile(pdf_standards=STRICT_PROFILES, timestamp=request["timestamp"])
    except typst.TypstError:
        return compiler.compile(timestamp=request["timestamp"]), False
    return strict, True


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    pdf, strict = typeset(Path(sys.argv[1]), json.load(sys.stdin))
    sys.stdout.buffer.write(pdf)
    return 0 if strict else PLAIN


if __name__ == "__main__":
    sys.exit(main())
