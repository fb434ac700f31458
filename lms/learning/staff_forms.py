"""What staff are asked before something is done to an attempt."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.scoring import points_for_level
from lms.learning.domain.staff import MOST_MINUTES
from lms.learning.models import AttemptItem


class ReasonForm(forms.Form):
    """Why: it stays in the history of the attempt."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A sentence that others understand later, for example: the power was off for a while."),
        error_messages={"required": _("Say why. It will be read in the history of the attempt.")},
    )


class MinutesForm(ReasonForm):
    """How much more time."""

    minutes = forms.IntegerField(
        label=_("Minutes more"), min_value=1, max_value=MOST_MINUTES, initial=10, required=True
    )
    field_order = ["minutes", "reason"]


class ReopenForm(ReasonForm):
    """Time on top of what was left, which matters only under a limit."""

    minutes = forms.IntegerField(
        label=_("Minutes more"),
        min_value=0,
        max_value=MOST_MINUTES,
        initial=0,
        required=False,
        help_text=_("On top of the time that was left. 0 if there is no time limit."),
    )
    field_order = ["minutes", "reason"]

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or 0


class RegradeForm(ReasonForm):
    """Why, and the fingerprint of the plan that was looked at."""

    state = forms.CharField(widget=forms.HiddenInput)


class MarkForm(forms.Form):
    """A level of the rubric for one answer. ``seen`` is the mark that the marker saw, if there was one."""

    level = forms.TypedChoiceField(
        label=_("Level"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the levels.")},
    )
    comment = forms.CharField(
        label=_("Comment for the participant"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, question: Any, item: AttemptItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = [
            {"level": level, "text": text, "points": points_for_level(level, question.max_level, item.points)}
            for level, text in enumerate(question.levels())
        ]
        self.fields["level"].choices = [(entry["level"], entry["text"]) for entry in self.levels]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The levels with their points and whether each is chosen."""
        chosen = str(self["level"].value())
        return [{**entry, "checked": str(entry["level"]) == chosen} for entry in self.levels]
