"""Apps above say which question versions they need unchanged."""

from importlib import import_module
from pathlib import Path

import pytest

from assessments import registry


@pytest.fixture(autouse=True)
def _no_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_use_checks", [])


def test_nothing_is_in_use_while_no_app_says_so() -> None:
    assert not registry.question_in_use(1)


def test_one_app_is_enough() -> None:
    registry.register_use_check(lambda question_id: False)
    registry.register_use_check({7}.__contains__)
    assert registry.question_in_use(7)
    assert not registry.question_in_use(8)


def test_a_check_registered_twice_is_asked_once() -> None:
    asked: list[int] = []

    def check(question_id: int) -> bool:
        asked.append(question_id)
        return False

    registry.register_use_check(registry.register_use_check(check))
    registry.question_in_use(3)
    assert asked == [3]


def test_uses_are_added_up_over_all_apps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_usage_counts", [])
    registry.register_usage_count(lambda ids: {1: 2})
    registry.register_usage_count(lambda ids: {1: 1, 5: 4})
    assert registry.usage_counts([1, 2, 5]) == {1: 3, 5: 4}


def test_a_count_registered_twice_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_usage_counts", [])

    def count(ids: object) -> dict[int, int]:
        return {1: 1}

    registry.register_usage_count(registry.register_usage_count(count))
    assert registry.usage_counts([1]) == {1: 1}


def test_every_module_of_a_package_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "invented_kinds"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "one.py").write_text("import invented_kinds\ninvented_kinds.seen = True\n")
    monkeypatch.syspath_prepend(tmp_path)
    invented = import_module("invented_kinds")
    registry.discover(invented)
    assert invented.seen
