"""Apps above say which question versions they need unchanged."""

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
