"""What the forms of all records of this app have in common."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from lms.cohorts.models import Cohort
from lms.people.domain import clean_line
from lms.people.models import Organisation
from lms.people.scoping import SEE_ALL


def tidy(model: type[models.Model], cleaned: dict[str, Any]) -> None:
    """Make every typed text printable: a line for one line, each line for itself in a longer text."""
    for field in model._meta.concrete_fields:
        value = cleaned.get(field.name)
        if not isinstance(value, str) or field.choices:
            continue
        if isinstance(field, models.TextField):
            cleaned[field.name] = "\n".join(clean_line(line) for line in value.splitlines()).strip()
        elif isinstance(field, models.CharField):
            cleaned[field.name] = clean_line(value)


class RowForm(WagtailAdminModelForm):
    """A row of a record."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        tidy(self._meta.model, cleaned)
        return cleaned


class RecordForm(WagtailAdminModelForm):
    """A record within the organisations and trainings of the member of staff."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.filter(
            **({} if self.for_user.is_superuser else {"memberships__user": self.for_user})
        )
        self.fields["organisation"].queryset = own
        if own.count() == 1:
            # Nothing to choose: the record belongs where the member of staff works.
            self.instance.organisation = own.get()
            del self.fields["organisation"]
        trainings = Cohort.objects.visible_to(self.for_user)
        self.fields["cohort"].queryset = trainings
        if self.for_user.has_perm(SEE_ALL):
            self.fields["cohort"].empty_label = _("No training")
        else:
            # Without a training the record would be out of sight of who wrote it.
            self.fields["cohort"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        tidy(self._meta.model, cleaned)
        cohort = cleaned.get("cohort")
        organisation = cleaned.get("organisation") or (
            self.instance.organisation if self.instance.organisation_id else None
        )
        if cohort is not None and organisation is not None and cohort.organisation_id != organisation.pk:
            self.add_error(
                "cohort", ValidationError(_("This training belongs to another organisation."), "organisation")
            )
        return cleaned

    def save(self, commit: bool = True) -> Any:
        if self.instance._state.adding:
            self.instance.created_by = self.for_user
        return super().save(commit)
