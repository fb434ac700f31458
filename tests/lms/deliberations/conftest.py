"""Staff of several kinds, and a folder for what they send in."""

from pathlib import Path
from typing import Any

import pytest

from tests.lms.cohorts.conftest import (  # noqa: F401
    bystander,
    cohort,
    foreign_organiser,
    organisation,
    organiser,
    roles,
    trainer,
)


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.LMS_PRIVATE_ROOT = str(tmp_path / "private")
