"""Forms for staff about people and organisations."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.auth import LoginForm

from lms.people.access import may_see_access_needs
from lms.people.domain import clean_line
from lms.people.models import Organisation, Participant, StaffMembership


class StaffSignInForm(LoginForm):
    """Wagtail's sign-in form, with a label for the password in the language of the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")


class ParticipantForm(WagtailAdminModelForm):
    """Corrects what is known of a person; organisation, code and PIN are not edited."""

    class Meta:
        model = Participant
        fields: ClassVar = [
            "full_name",
            "name_on_certificate",
            "sex",
            "age_band",
            "element",
            "role",
            "village",
            "dusun",
            "access_needs",
            "is_active",
        ]
        widgets: ClassVar = {"sex": forms.RadioSelect, "village": forms.Select}
        help_texts: ClassVar = {
            "is_active": _("Untick for somebody who should no longer sign in; all records stay.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_see_access_needs(self.for_user):
            del self.fields["access_needs"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("full_name", "name_on_certificate", "role", "dusun", "access_needs"):
            if cleaned.get(name):
                cleaned[name] = clean_line(cleaned[name])
        if "full_name" in cleaned and not cleaned["full_name"]:
            self.add_error("full_name", _("Write the name."))
        return cleaned


class OrganisationForm(WagtailAdminModelForm):
    """An organisation and the staff who work for it."""

    members = forms.ModelMultipleChoiceField(
        label=_("Staff"),
        queryset=get_user_model().objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "They see nothing of other organisations. Organisers see all trainings of this one, "
            "trainers those to which they are assigned."
        ),
    )

    class Meta:
        model = Organisation
        fields: ClassVar = ["name", "short_code"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = get_user_model().objects.filter(is_active=True).order_by("username")
        if self.instance.pk:
            self.initial["members"] = self.instance.memberships.values_list("user", flat=True)

    def save(self, commit: bool = True) -> Organisation:
        organisation = super().save(commit)
        chosen = self.cleaned_data["members"]
        # Memberships of switched-off accounts are not in the list and stay as they are.
        organisation.memberships.filter(user__is_active=True).exclude(user__in=chosen).delete()
        for user in chosen:
            StaffMembership.objects.get_or_create(user=user, organisation=organisation)
        return organisation
