"""A kind that cannot be shown, or that says too much, does not start."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from assessments import registry
from assessments.checks import OWN_METHODS, problems_of_kinds, question_kinds_are_complete
from assessments.models import SingleChoiceQuestion
from assessments.registry import kind_of, kinds, register, template_of
from tests.factories import ALL_MAKERS


def ids(errors: Any) -> list[str]:
    return [error.id for error in errors]


def a_kind(name: str, *lacking: str) -> type:
    """A stand-in for a question class with all methods but ``lacking``."""
    methods = {method: None for method in OWN_METHODS if method not in lacking}
    return type("Stranger", (), {"kind": name, **methods})


def test_all_kinds_of_this_project_are_complete() -> None:
    assert question_kinds_are_complete() == []
    assert set(kinds()) >= set(ALL_MAKERS)


def test_a_class_that_is_not_registered_is_named() -> None:
    stranger = a_kind("stranger")
    errors = list(problems_of_kinds([stranger], {}))
    assert ids(errors) == ["assessments.E001"]
    assert "Stranger" in errors[0].msg


@pytest.mark.parametrize("method", OWN_METHODS)
def test_a_kind_that_inherits_what_it_must_say_itself_is_named(method: str) -> None:
    errors = list(problems_of_kinds([], {"single": a_kind("single", method)}))
    assert ids(errors) == ["assessments.E002"]
    assert f"{method}()" in errors[0].msg


def test_a_kind_without_templates_is_named_with_the_missing_paths() -> None:
    errors = list(problems_of_kinds([], {"stranger": a_kind("stranger")}))
    assert ids(errors) == ["assessments.E003", "assessments.E003"]
    assert template_of("stranger", "take") in errors[0].msg
    assert template_of("stranger", "key") in errors[1].msg


def test_the_check_looks_at_what_is_really_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    rest = {name: model for name, model in kinds().items() if name != "single"}
    monkeypatch.setattr(registry, "_kinds", {**rest, "stranger": a_kind("stranger")})
    assert sorted(ids(question_kinds_are_complete())) == ["assessments.E001", *["assessments.E003"] * 2]


def test_two_classes_may_not_claim_one_kind() -> None:
    with pytest.raises(ImproperlyConfigured, match="single"):
        register(a_kind("single"))
    assert kind_of("single") is SingleChoiceQuestion


def test_registering_a_class_again_changes_nothing() -> None:
    before = kinds()
    register(SingleChoiceQuestion)
    assert kinds() == before
