"""The form of minutes and its rows, and what is asked before they are numbered, changed or kept on paper."""

import uuid
from typing import Any

from django import forms
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assessments.questions.numbers import parse_number, written
from lms.cohorts.models import Cohort, Finding
from lms.cohorts.queries.board import findings_offered
from lms.deliberations.dates import ClockField, DayField
from lms.deliberations.domain.minutes import answer_findings
from lms.deliberations.forms.base import RecordForm, RowForm
from lms.deliberations.models import Minutes
from lms.deliberations.money import parse_rupiah
from lms.uploads import CleanFile, taken_in


class ProposalForm(RowForm):
    """A proposal. Amount and volume are read as Indonesians write them and kept as they were typed."""

    def clean_cost_typed(self) -> str:
        typed: str = " ".join(self.cleaned_data["cost_typed"].split())
        self.instance.cost = parse_rupiah(typed).rupiah if typed else None
        return typed

    def clean_volume(self) -> str:
        typed: str = self.cleaned_data["volume"].strip()
        return written(parse_number(typed)) if typed else ""


class MinutesForm(RecordForm):
    """Minutes with proposals and signatories. Nothing that could be asked later stops a draft."""

    held_on = DayField(
        label=capfirst(_("date of the deliberation")), help_text=_("For example 11 Juni 2018 or 11-6-2018.")
    )
    starts_at = ClockField(
        label=capfirst(_("from (village time)")), required=False, help_text=_("For example 09.00.")
    )
    ends_at = ClockField(
        label=capfirst(_("until (village time)")),
        required=False,
        help_text=_("Leave empty for “until finished”."),
    )
    findings = forms.ModelMultipleChoiceField(
        label=_("Findings that are answered"),
        queryset=Finding.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cohort = self._training()
        if cohort is None:
            del self.fields["findings"]
            return
        answered = Finding.objects.none()
        if not self.instance._state.adding:
            answered = Finding.objects.filter(cohort=cohort, minutes_answering__minutes=self.instance)
            self.fields["findings"].initial = list(answered.values_list("pk", flat=True))
        offered = findings_offered(cohort).values("pk")
        self.fields["findings"].queryset = Finding.objects.filter(pk__in=offered) | Finding.objects.filter(
            pk__in=answered.values("pk")
        )

    def _training(self) -> Cohort | None:
        """The training that is being chosen, if the member of staff may see it."""
        chosen = self.data.get("cohort") if self.is_bound else None
        chosen = chosen or self.initial.get("cohort") or self.instance.cohort_id
        try:
            pk = uuid.UUID(str(getattr(chosen, "pk", chosen)))
        except ValueError:
            return None
        visible: Any = self.fields["cohort"].queryset  # type: ignore[attr-defined]
        found: Cohort | None = visible.filter(pk=pk).first()
        return found

    def save(self, commit: bool = True) -> Minutes:
        with transaction.atomic():
            minutes: Minutes = super().save(commit)
            if commit:
                answer_findings(minutes=minutes, findings=self.cleaned_data.get("findings", ()))
        return minutes


class FinaliseForm(forms.Form):
    """The number, and whether somebody read what there is to look at."""

    number = forms.CharField(
        label=capfirst(_("number of the minutes")),
        max_length=80,
        help_text=_(
            "The next free number of village and year is suggested. Write your own if you have a register."
        ),
    )
    has_read = forms.BooleanField(
        label=_("I have read the notes above, and the minutes are right as they are."),
        error_messages={
            "required": _("Read the notes above and tick this, or go back and change the minutes.")
        },
    )

    def __init__(self, *args: Any, minutes: Minutes, warnings: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not warnings:
            del self.fields["has_read"]
        if minutes.number:
            # A next version keeps the number.
            del self.fields["number"]


class VersionForm(forms.Form):
    """Why minutes that were final are changed."""

    reason = forms.CharField(
        label=_("Why must the minutes be changed?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Printed below the number of the next version."),
        error_messages={"required": _("Write why the minutes must be changed.")},
    )


class ScanForm(forms.Form):
    """A photo or PDF of the signed paper."""

    file = forms.FileField(
        label=_("Photo or PDF of the signed paper"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=_("At most 10 MB. What the camera wrote beside a photo (place, time, device) is removed."),
        error_messages={
            "required": _("Choose the photo or PDF of the signed paper."),
            "empty": _("This file is empty. Take the photo again."),
        },
    )

    def clean_file(self) -> CleanFile:
        self.upload_name = self.cleaned_data["file"].name
        return taken_in(self.cleaned_data["file"])
