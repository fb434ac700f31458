"""The browser of the machine, for the tests of this folder that are marked ``browser``."""

import shutil
from typing import Any

import pytest


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = [shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")]
    executable = next((path for path in found if path), None)
    return {**browser_type_launch_args, "executable_path": executable, "args": ["--no-sandbox"]}
