"""Forms of the follow-up plan."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from lms.cohorts.models import Cohort
from lms.cohorts.queries.board import findings_offered
from lms.followup.enums import ActionStatus
from lms.followup.models import Action


class ActionForm(forms.ModelForm[Action]):
    """One activity. ``id`` is made when the form is shown, so that sending twice writes once."""

    id = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Action
        fields = [
            "finding",
            "title",
            "phase",
            "deadline",
            "person_in_charge",
            "indicator",
            "evidence_expected",
        ]
        labels = {
            "finding": _("Which finding does it answer?"),
            "title": _("What will you do?"),
            "phase": _("Which phase?"),
            "deadline": _("Done by when?"),
            "person_in_charge": _("Who is in charge?"),
            "indicator": _("How will one see that it is done?"),
            "evidence_expected": _("Which evidence will you keep?"),
        }
        help_texts = {
            "person_in_charge": _("One person: a name or an office."),
            "indicator": _("For example: 1 set of minutes; at least 30% women."),
            "evidence_expected": _("For example: minutes, attendance list, photo."),
        }
        widgets = {
            "phase": forms.RadioSelect,
            "deadline": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, cohort: Cohort, kept: uuid.UUID | None = None, **kwargs: Any) -> None:
        """``kept``: the finding that the activity names already; it stays even if it was closed or merged."""
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        findings = self.fields["finding"]
        findings.queryset = findings_offered(cohort, kept=kept)  # type: ignore[attr-defined]
        findings.empty_label = _("None of the findings")  # type: ignore[attr-defined]
        findings.required = False
        findings.error_messages["invalid_choice"] = _(
            "This finding was closed or merged meanwhile. Choose another one, or none."
        )
        # One that was chosen while it was still offered is refused in words, not dropped.
        if not findings.queryset and not self.data.get("finding"):  # type: ignore[attr-defined]
            del self.fields["finding"]
        # A radio list must not offer "---------".
        self.fields["phase"].choices = [choice for choice in self.fields["phase"].choices if choice[0]]  # type: ignore[attr-defined]
        for name in ("title", "person_in_charge", "indicator", "evidence_expected"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_deadline(self) -> date:
        deadline: date = self.cleaned_data["deadline"]
        if deadline < self.cohort.starts_on:
            first = date_format(self.cohort.starts_on, "j F Y")
            raise ValidationError(
                _("The training began on %(first)s. Choose a later date."),
                code="before_training",
                params={"first": first},
            )
        return deadline

    def action_fields(self) -> dict[str, Any]:
        """What the domain stores."""
        return {name: value for name, value in self.cleaned_data.items() if name != "id"}


class ReportForm(forms.Form):
    """How an activity goes, in words."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label=_("How is it going?"), choices=ActionStatus.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What happened? What stands in the way?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )
