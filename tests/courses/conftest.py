from collections.abc import Callable
from pathlib import Path

import pytest

from courses.imports.curriculum import load_curriculum
from courses.imports.pages import LoadReport
from tests.courses.curricula import write_bank, write_curriculum

Load = Callable[..., LoadReport]


@pytest.fixture
def curriculum(tmp_path: Path) -> Path:
    """The folder of a small curriculum."""
    return write_curriculum(tmp_path)


@pytest.fixture
def load(tmp_path: Path, curriculum: Path, db: None) -> Load:
    """Load the small curriculum; may be called again after changing its files."""
    bank = write_bank(tmp_path)

    def run(**options: bool) -> LoadReport:
        return load_curriculum(curriculum, bank=bank, **options)

    return run
