"""The house keeps its arrows: imports point down and make no cycle."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("home", "assessments", "courses", "lms")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    return subprocess.run(
        [*command, "--no-cache", "--config", "pyproject.toml"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_all_import_contracts_are_kept() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "planted"),
    [
        ("assessments/scoring.py", "import courses.models"),
        ("lms/people/models.py", "import lms.cohorts.models"),
        ("lms/learning/domain/attempts.py", "def late() -> None:\n    import lms.followup.models"),
        ("lms/cohorts/models/training.py", "import lms.cohorts.access"),
        ("lms/evaluation/stats/gain.py", "import django.db"),
    ],
)
def test_a_planted_upward_import_breaks_a_contract(tmp_path: Path, module: str, planted: str) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("*.pyc", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    target = tmp_path / module
    target.write_text(f"{target.read_text()}\n\n{planted}\n")

    result = lint(tmp_path)

    assert result.returncode != 0
    assert "BROKEN" in result.stdout
