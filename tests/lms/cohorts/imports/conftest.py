"""A member of staff who imports."""

from typing import Any

import pytest

from tests.factories import make_staff


@pytest.fixture
def staff(db: None) -> Any:
    return make_staff("penyelenggara")
