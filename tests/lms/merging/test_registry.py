"""Every relation to a person or an enrolment is looked after when two records become one, and everything that
is there once for a person, or goes with a row that makes room."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import F, Model, Q
from django.test.utils import isolate_apps

from lms.cohorts.models import Enrolment
from lms.people.models import Participant
from lms.people.registry import MergeStep, merge_steps, register_merge_step

# Columns that hold the key of a person or an enrolment without a foreign key are known by their name.
_KEYS = ("participant", "participant_id", "enrolment", "enrolment_id")
_PEOPLE = (Participant, Enrolment)


def relations() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        yield from relations_of(model)


def relations_of(model: type[Model], to: tuple[type[Model], ...] = _PEOPLE) -> Iterator[str]:
    for field in model._meta.get_fields():
        if field.concrete and (
            field.related_model in to if field.is_relation else to is _PEOPLE and field.name in _KEYS
        ):
            yield f"{model._meta.label}.{field.name}"


def once_of(model: type[Model], to: tuple[type[Model], ...] = _PEOPLE) -> Iterator[str]:
    """The rules of a model by which two rows that point at one person, or at one row of ``to``, can clash."""
    label = model._meta.label
    fields = {name.rpartition(".")[2] for name in relations_of(model, to)}
    for name in sorted(fields):
        if getattr(model._meta.get_field(name), "unique", False):
            yield f"{label}.{name}"
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            named = {*constraint.fields, *_names_in(*constraint.expressions)}
            if named & fields:
                yield f"{label}.{constraint.name}"
    for together in model._meta.unique_together:
        if set(together) & fields:
            yield f"{label}.{'+'.join(together)}"


def _names_in(*expressions: object) -> set[str]:
    found = set()
    for expression in expressions:
        if isinstance(expression, F):
            found.add(expression.name.partition("__")[0])
        elif hasattr(expression, "get_source_expressions"):
            found |= _names_in(*expression.get_source_expressions())
    return found


def emptied() -> dict[str, tuple[str, ...]]:
    return {label: tuple(columns) for step in merge_steps() for label, columns in step.empties.items()}


def carried() -> set[str]:
    """What points at a row that makes room, but for what is looked after as a relation to people."""
    tables = tuple(apps.get_model(label) for label in emptied())
    found = {name for model in apps.get_models() for name in relations_of(model, tables)}
    return found - set(relations())


def test_somebody_looks_after_every_relation_to_a_person_or_an_enrolment() -> None:
    """A new foreign key to Participant or Enrolment needs a merge step: docs/features/merging-people.md."""
    covered = [name for step in merge_steps() for name in step.covers]
    assert set(relations()) - set(covered) == set()


def test_no_step_looks_after_what_is_not_there_and_none_after_the_same() -> None:
    covered = [name for step in merge_steps() for name in step.covers]
    assert sorted(covered) == sorted(set(covered) & set(relations()))


def test_somebody_knows_of_everything_that_is_there_once_for_a_person() -> None:
    """A new unique constraint with a person or an enrolment in it: say in ``move`` what becomes of the second
    row, in ``foresee`` that they meet, and name it in ``once``. The same where rows that come to another
    parent can clash there."""
    tables = tuple(apps.get_model(label) for label in emptied())
    every = apps.get_models(include_auto_created=True)
    found = {name for model in every for name in (*once_of(model), *once_of(model, tables))}
    assert sorted(found) == sorted(name for step in merge_steps() for name in step.once)


def test_somebody_carries_over_whatever_points_at_a_row_that_makes_room() -> None:
    """PROTECT would refuse the merge, CASCADE would lose it: move it in ``move``, name it in ``carries``."""
    assert sorted(carried()) == sorted(name for step in merge_steps() for name in step.carries)


@pytest.mark.parametrize("label", sorted(emptied()))
def test_a_new_column_of_two_rows_that_become_one_is_decided_about(label: str) -> None:
    """Decide in ``move`` which of the two values stays, then name the column in ``empties``."""
    columns = [field.name for field in apps.get_model(label)._meta.concrete_fields]
    assert sorted(columns) == sorted(emptied()[label])


@isolate_apps("django.contrib.messages")
def test_a_rule_is_found_however_it_is_written() -> None:
    class Later(Model):  # noqa: DJ008 - never shown
        enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
        person = models.OneToOneField(Participant, on_delete=models.PROTECT, related_name="+")
        participant = models.UUIDField(unique=True)
        day = models.DateField()
        text = models.TextField()

        class Meta:
            app_label = "messages"
            unique_together = (("enrolment", "day"),)
            constraints = (
                models.UniqueConstraint(fields=["enrolment", "text"], name="by_fields"),
                models.UniqueConstraint(
                    fields=["enrolment"], condition=Q(day__isnull=True), name="by_condition"
                ),
                models.UniqueConstraint(F("day"), F("person"), name="by_expression"),
                models.UniqueConstraint(fields=["day"], name="of_something_else"),
                models.CheckConstraint(condition=~Q(text=""), name="no_uniqueness"),
            )

    class Part(Model):  # noqa: DJ008 - never shown
        of = models.ForeignKey(Later, on_delete=models.PROTECT, related_name="+")
        place = models.IntegerField()

        class Meta:
            app_label = "messages"
            constraints = (models.UniqueConstraint(fields=["of", "place"], name="place_once"),)

    found = {name.removeprefix("messages.Later.") for name in once_of(Later)}
    assert found == {"person", "participant", "by_fields", "by_condition", "by_expression", "enrolment+day"}
    assert list(relations_of(Part, (Later,))) == ["messages.Part.of"]
    assert list(once_of(Part, (Later,))) == ["messages.Part.place_once"]


def test_the_apps_above_move_before_the_apps_below_empty_the_enrolment() -> None:
    assert [step.code for step in merge_steps()] == [
        "evaluation.first_tries",
        "certificates",
        "followup",
        "learning",
        "cohorts",
        "people",
        "evaluation.rollups",
    ]


def test_a_step_is_registered_once() -> None:
    class Again(MergeStep):
        code = "people"
        order = 1

    with pytest.raises(ImproperlyConfigured):
        register_merge_step(Again())
