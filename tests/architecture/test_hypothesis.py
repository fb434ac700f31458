"""A change lands or fails by what it is: properties draw the same examples there, and new ones elsewhere."""

from pathlib import Path

from django.conf import settings as django_settings
from hypothesis import settings

LANDING = "export HYPOTHESIS_PROFILE=landing\n"


def test_what_lands_is_tried_on_the_same_examples_each_time() -> None:
    assert LANDING in (Path(django_settings.BASE_DIR) / ".ci" / "run").read_text()
    assert settings.get_profile("landing").derandomize is True


def test_a_developer_looks_for_new_examples() -> None:
    assert settings.get_profile("suite").derandomize is False


def test_no_test_fails_on_the_clock() -> None:
    assert settings().deadline is None
