"""The form of a programme, within the organisations of the member of staff."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from lms.cohorts.models import Programme
from lms.people.models import Organisation


def own_organisations(user: Any) -> Any:
    """The organisations that this member of staff works for; all of them for a superuser."""
    return Organisation.objects.filter(**({} if user.is_superuser else {"memberships__user": user}))


def settle_organisation(form: Any) -> Any:
    """Offer the own organisations only; with one there is nothing to choose. Returns what is offered."""
    own = own_organisations(form.for_user)
    form.fields["organisation"].queryset = own
    if own.count() == 1:
        form.instance.organisation = own.get()
        del form.fields["organisation"]
    return own


class ProgrammeForm(WagtailAdminModelForm):
    """A programme with its specific objectives."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        settle_organisation(self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        organisation = cleaned.get("organisation")
        same = Programme.objects.filter(
            organisation=organisation.pk if organisation else self.instance.organisation_id,
            title=cleaned.get("title"),
        )
        # The constraint speaks of a field that may not be in the form, so it would not be looked at.
        if same.exclude(pk=self.instance.pk).exists() and "title" not in self.errors:
            self.add_error("title", _("Your organisation has a programme with this title already."))
        return cleaned
