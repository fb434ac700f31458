"""``python -m tests.acceptance FOLDER``: compares all sets in FOLDER; exits with 1 if any number differs."""

import sys
from pathlib import Path

from tests.acceptance.compare import differences, numbers_in
from tests.acceptance.shared_data import comparisons


def main(folder: Path) -> int:
    failed = total = 0
    for name, expected, result, relative in comparisons(folder):
        lines = list(differences(expected, result, relative=relative))
        failed, total = failed + len(lines), total + numbers_in(expected)
        sys.stdout.write(f"{name}: {numbers_in(expected)} compared, {len(lines)} differ\n")
        sys.stdout.writelines(f"  {line}\n" for line in lines)
    sys.stdout.write(f"{total} compared, {failed} differ\n")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.acceptance FOLDER")
    sys.exit(main(Path(sys.argv[1])))
