"""What staff are asked before an attempt goes to somebody else."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lms.cohorts.models import Enrolment
from lms.learning.staff_forms import ReasonForm

BY_TIME, VOID = "by_time", "void"


class TargetField(forms.ModelChoiceField):
    """People of a training, told apart by hamlet: namesakes are ordinary."""

    def label_from_instance(self, enrolment: Enrolment) -> str:
        person = enrolment.participant
        return f"{person.full_name} · {person.dusun}" if person.dusun else person.full_name

    def to_python(self, value: Any) -> Enrolment | None:
        try:
            return super().to_python(value)  # type: ignore[no-any-return]
        except forms.ValidationError:
            # Also what is no key at all.
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice") from None


class TargetForm(forms.Form):
    """Who really took it."""

    to = TargetField(
        label=_("Who really took this test"),
        queryset=Enrolment.objects.none(),
        error_messages={
            "required": _("Choose a participant of this training."),
            "invalid_choice": _("Choose a participant of this training."),
        },
    )

    def __init__(self, *args: Any, people: QuerySet[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class MoveForm(ReasonForm):
    """Whether it counts there, why, and the plan that was looked at."""

    CHOICES: ClassVar = [
        (BY_TIME, _("By time: the first one counts, as if all had been taken under this name")),
        (VOID, _("No: it moves, but is declared void; what the participant has stays")),
    ]
    counts = forms.ChoiceField(
        label=_("Does it count?"),
        choices=CHOICES,
        initial=BY_TIME,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it counts.")},
    )
    states = forms.JSONField(widget=forms.HiddenInput)
    field_order = ["counts", "reason"]

    def show_again(self, states: str) -> None:
        """What was typed stays; what it would do was looked at again."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["states"] = states  # type: ignore[index]

    def clean_states(self) -> dict[str, str]:
        """By choice, the fingerprint of what it would do."""
        states = self.cleaned_data["states"]
        if not isinstance(states, dict):
            return {}
        return {str(name): str(state) for name, state in states.items()}
