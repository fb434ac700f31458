"""``python -m tests.acceptance.through_files FOLDER``: the same sets, through ``manage.py evaluate_file``.

What a reader of spreadsheets makes of the tables must give the numbers that the estimators give.
"""

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

from tests.acceptance.compare import differences, numbers_in

Pair = tuple[str, Any, Any]


def evaluated(folder: Path, name: str, **options: Any) -> dict[str, Any]:
    """The JSON that the command prints."""
    out = io.StringIO()
    call_command("evaluate_file", str(folder / name), format="json", stdout=out, **options)
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


def comparisons(folder: Path) -> Iterator[Pair]:
    """Sets 01 to 06 and 09, as far as ``folder`` holds them."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for name in ("01_sleep", "02_depression", "09_jacobson_truax"):
        if (folder / f"{name}.csv").exists():
            yield name, {"paired": expected[name]["paired"]}, evaluated(folder, f"{name}.csv")
    if (folder / "03_aids_awareness.csv").exists():
        yield from larger(folder, expected)


def larger(folder: Path, expected: dict[str, Any]) -> Iterator[Pair]:
    booklet = expected["03_aids_awareness"]
    result = evaluated(folder, "03_aids_awareness.csv", max="20", group="group_code")
    yield "03_aids_awareness", {"paired": booklet["paired_max20"], "by_group": booklet["by_group"]}, result
    yield "04_lsat6", expected["04_lsat6"], evaluated(folder, "04_lsat6_items.csv")
    inventory = dict(expected["05_hci"])
    key = folder / "05_hci_key.csv"
    result = evaluated(folder, "05_hci_choices.csv", key=key, group="gender")
    yield (
        "05_hci",
        {**inventory, "by_gender": {}, "by_group": inventory["by_gender"]},
        {**result, "by_gender": {}},
    )
    result = evaluated(folder, "06_dber_items_long.csv", group="arm", options=4)
    for arm in ("treat", "ctrl"):
        wanted = dict(expected["06_dber"][arm])
        wanted |= {"paired": wanted.pop("paired_max22"), "items": wanted.pop("items_guess25")}
        yield f"06_dber.{arm}", wanted, result["by_group"][arm]


def main(folder: Path) -> int:
    failed = total = 0
    for name, expected, result in comparisons(folder):
        lines = list(differences(expected, result))
        failed, total = failed + len(lines), total + numbers_in(expected)
        sys.stdout.write(f"{name}: {numbers_in(expected)} compared, {len(lines)} differ\n")
        sys.stdout.writelines(f"  {line}\n" for line in lines)
    sys.stdout.write(f"{total} compared, {failed} differ\n")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.acceptance.through_files FOLDER")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")
    django.setup()
    sys.exit(main(Path(sys.argv[1])))
