"""Setting up is done once and says what is missing."""

import importlib.util
import subprocess
from pathlib import Path

import pytest

from launcher import environment
from launcher.words import LaunchError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def made_venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like an environment, so that only installing is left to do."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    monkeypatch.setenv("LMS_VENV", str(tmp_path))
    return tmp_path


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    calls: list[list[str]] = []
    monkeypatch.setattr(subprocess, "call", lambda command, **_: calls.append(command) or 0)
    return calls


def test_a_second_start_installs_nothing(made_venv: Path, installs: list[list[str]]) -> None:
    environment.ensure(environment.RUNTIME)
    environment.ensure(environment.RUNTIME)
    assert len(installs) == 1
    assert "--require-hashes" in installs[0]


def test_the_development_list_serves_for_running_too(made_venv: Path, installs: list[list[str]]) -> None:
    environment.ensure(environment.DEVELOPMENT)
    environment.ensure(environment.RUNTIME)
    assert len(installs) == 1


def test_a_changed_list_is_installed_again(made_venv: Path, installs: list[list[str]]) -> None:
    environment.ensure(environment.RUNTIME)
    (made_venv / f"installed-{environment.RUNTIME}").write_text("an older list")
    environment.ensure(environment.RUNTIME)
    assert len(installs) == 2


def test_a_failed_install_is_not_remembered(
    made_venv: Path, monkeypatch: pytest.MonkeyPatch, installs: list[list[str]]
) -> None:
    monkeypatch.setattr(subprocess, "call", lambda command, **_: 1)
    with pytest.raises(LaunchError):
        environment.ensure(environment.RUNTIME)
    assert not (made_venv / f"installed-{environment.RUNTIME}").exists()


def test_a_missing_venv_module_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMS_VENV", str(tmp_path / "none"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(LaunchError, match=r"apt install python3\.\d+-venv"):
        environment.ensure(environment.RUNTIME)


def test_an_unsupported_python_is_one_sentence(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    for name in ("python3.11", "python3.12", "python3.13", "python"):
        (tmp_path / name).symlink_to(old)
    (tmp_path / "dirname").symlink_to("/usr/bin/dirname")
    result = subprocess.run(
        ["/bin/sh", str(ROOT / "run")],
        env={"PATH": str(tmp_path), "LANG": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "Python 3.11, 3.12 or 3.13" in result.stderr
    assert len(result.stderr.splitlines()) == 1
