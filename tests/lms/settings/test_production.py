"""What a deployment starts with: every value from the environment, and nothing that Django warns about."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

DEPLOYMENT = {
    "DJANGO_SETTINGS_MODULE": "lms.settings.production",
    "ALLOWED_HOSTS": "desa.example",
    "DATABASE_URL": "postgres://lms@127.0.0.1/lms",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
    "LMS_PUBLIC_ADDRESS": "https://desa.example",
}


def check(var: Path, variables: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], "LMS_VAR": str(var), **variables}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)


def test_the_production_settings_pass_every_check_of_a_deployment(tmp_path: Path) -> None:
    checked = check(tmp_path / "var", {**DEPLOYMENT, "SECRET_KEY": secrets.token_urlsafe(64)})
    assert (checked.returncode, checked.stderr) == (0, "")
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("missing", ["SECRET_KEY", *sorted(set(DEPLOYMENT) - {"DJANGO_SETTINGS_MODULE"})])
def test_a_deployment_without_one_of_its_values_does_not_start(tmp_path: Path, missing: str) -> None:
    variables = {**DEPLOYMENT, "SECRET_KEY": secrets.token_urlsafe(64)}
    del variables[missing]
    checked = check(tmp_path, variables)
    assert checked.returncode == 1
    assert f"Set the {missing} environment variable" in checked.stderr
