"""Shared fixtures. On SQLite the suite starts from a migrated template, made once per set of migrations."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.urls import URLResolver, resolvers
from django.urls.resolvers import RegexPattern
from django.utils import translation
from hypothesis import is_hypothesis_test
from hypothesis import settings as hypothesis_settings
from pytest_timeout import Settings

# A busy laptop is slow, not wrong: no test fails on the clock.
hypothesis_settings.register_profile("suite", deadline=None, derandomize=False)
# Before a change lands each run draws the same examples: what fails is the change, not the luck of the draw.
hypothesis_settings.register_profile("landing", deadline=None, derandomize=True)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@lru_cache
def _resolver(urlconf: Any, default_language: str) -> URLResolver:
    return URLResolver(RegexPattern(r"^/"), urlconf)


# A resolver keeps addresses with the prefix of their language, and the default language has none. Tests that
# change the default would leave theirs to the next; clearing the caches each time costs a fifth of the suite.
resolvers._get_cached_resolver = lambda urlconf=None: _resolver(urlconf, settings.LANGUAGE_CODE)  # type: ignore[attr-defined]

TEARDOWN_SECONDS = 120
TEMPLATES = Path(settings.BASE_DIR) / "var" / "test-databases"


def _migrations_hash() -> str:
    digest = hashlib.sha256()
    for config in apps.get_app_configs():
        for file in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(f"{config.label}/{file.name}".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _make_template(path: Path) -> None:
    draft = path.with_suffix(f".{os.getpid()}.draft")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "lms.settings.test",
        "DATABASE_URL": f"sqlite:///{draft}",
    }
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "migrate", "--verbosity=0"]
    subprocess.run(command, check=True, env=environment)
    draft.replace(path)
    for leftover in path.parent.glob(f"{draft.name}*"):
        leftover.unlink()


def migrated_template() -> Path:
    """An SQLite database to copy: all migrations applied, nothing else in it."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    template = TEMPLATES / f"{_migrations_hash()}.sqlite3"
    if not template.exists():
        _make_template(template)
    return template


def pytest_sessionstart(session: pytest.Session) -> None:
    """Make the template once, before processes share the tests and before the time of a test runs."""
    if "sqlite" in settings.DATABASES["default"]["ENGINE"] and not hasattr(session.config, "workerinput"):
        migrated_template()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    database = settings.DATABASES["default"]
    if "sqlite" not in database["ENGINE"]:
        return
    run = TEMPLATES / f"run-{os.getpid()}.sqlite3"
    shutil.copy(migrated_template(), run)
    database.setdefault("TEST", {})["NAME"] = str(run)
    connections["default"].settings_dict["TEST"]["NAME"] = str(run)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    return "sqlite" in settings.DATABASES["default"]["ENGINE"]


@pytest.fixture(scope="session", autouse=True)
def _remove_database_of_this_run() -> Iterator[None]:
    yield
    for leftover in TEMPLATES.glob(f"run-{os.getpid()}.sqlite3*"):
        leftover.unlink()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A flushed database gets back what migrations put there: Wagtail's root page, locale and site.

    Tests that draw many examples, state machines among them, are marked.
    """
    for item in items:
        names: list[str] = getattr(item, "fixturenames", [])
        marker = item.get_closest_marker("django_db")
        flushes = {"live_server", "transactional_db"} & set(names)
        if flushes or (marker and marker.kwargs.get("transaction")):
            names.insert(0, "django_db_serialized_rollback")
        if is_hypothesis_test(getattr(item, "function", None)) or item.name == "runTest":
            item.add_marker("property")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """A test that failed has no deadline any more, and what it leaves behind may hang: set another."""
    settings = Settings(TEARDOWN_SECONDS, "signal", func_only=False, disable_debugger_detection=False)
    item.ihook.pytest_timeout_set_timer(item=item, settings=settings)


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    """Wagtail caches site roots between requests; no test may inherit another's."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _default_language() -> Iterator[None]:
    """A request leaves its language active in the thread; no test may inherit another's."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def query_count(django_assert_max_num_queries: Any) -> Any:
    """Alias that reads as a sentence: ``with query_count(8): ...``."""
    return django_assert_max_num_queries
