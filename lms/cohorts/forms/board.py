"""Forms of the findings board: what participants post, and what staff type and put in order."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses.models import LessonPage
from lms.cohorts.enums import FindingSource, Topic
from lms.cohorts.models import Cohort, Finding
from lms.cohorts.queries.board import lessons_of, merge_candidates
from lms.people.domain import clean_line
from lms.uploads import CleanFile, photo_taken_in

_MOST_LETTERS = 1000
_LINES = ("dusun", "group", "legal_basis")


class FindingForm(forms.Form):
    """What a finding says, in the words of who found it."""

    text = forms.CharField(
        label=_("What did you find?"),
        max_length=_MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("One problem in one or two sentences. Name no person."),
        error_messages={
            "required": _("Write what you found, in one or two sentences."),
            "max_length": _("Write at most %(limit_value)d letters; these are %(show_value)d."),
        },
    )
    topic = forms.ChoiceField(
        label=_("Topic"),
        choices=[("", _("Choose the topic")), *Topic.choices],
        error_messages={"required": _("Choose the topic that fits best, or “Other topics”.")},
    )
    dusun = forms.CharField(
        label=_("In which dusun?"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    group = forms.CharField(
        label=_("Group or table"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("If you found it together, for example: Table 2."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in _LINES:
            if name in cleaned:
                cleaned[name] = clean_line(cleaned[name])
        if cleaned.get("text"):
            lines = (clean_line(line) for line in cleaned["text"].splitlines())
            cleaned["text"] = "\n".join(line for line in lines if line)
            if not cleaned["text"]:
                self.add_error("text", self.fields["text"].error_messages["required"])
        return cleaned

    def finding_fields(self) -> dict[str, Any]:
        """What the verbs store."""
        apart = ("id", "without_name", "photo")
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class PostForm(FindingForm):
    """A new finding. ``id`` is made when the form is shown, so that sending twice writes once."""

    without_name = forms.BooleanField(
        label=_("Post without my name"),
        required=False,
        help_text=_(
            "Then nothing is stored that leads to you, and you cannot change the finding afterwards. "
            "Dusun and group stay visible: leave them empty if they tell who you are. "
            "Without the tick, only the facilitators see your name."
        ),
    )
    id = forms.UUIDField(widget=forms.HiddenInput)


class _StaffForm(FindingForm):
    source = forms.ChoiceField(label=_("Source"), choices=FindingSource.choices)
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Short, for example: UU 6/2014 Ps 54."),
    )
    lesson = forms.ModelChoiceField(
        label=_("Lesson that helps"), queryset=LessonPage.objects.none(), required=False
    )
    photo = forms.FileField(
        label=_("Photo of the cards"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("Only staff see it. What the camera wrote beside it (place, time, device) is removed."),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lesson = self.fields["lesson"]
        lesson.queryset = lessons_of(cohort)  # type: ignore[attr-defined]
        lesson.empty_label = _("No lesson")  # type: ignore[attr-defined]
        lesson.label_from_instance = lambda page: f"{page.code} {page.title}"  # type: ignore[attr-defined]

    def clean_photo(self) -> CleanFile | None:
        upload = self.cleaned_data["photo"]
        return photo_taken_in(upload) if upload else None


class CardForm(_StaffForm):
    """A card of the flip chart, or what somebody said."""

    id = forms.UUIDField(widget=forms.HiddenInput)

    field_order: ClassVar = ["text", "topic", "source", "dusun", "group"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What does the card say?")
        # What came through the app is posted by participants.
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            (FindingSource.CARD.value, FindingSource.CARD.label),
            (FindingSource.SPOKEN.value, FindingSource.SPOKEN.label),
        ]


class EditForm(_StaffForm):
    """The finding as staff put it in order; how it came to the board does not change."""

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        names = ("text", "topic", "dusun", "group", "legal_basis", "lesson")
        initial = {name: getattr(finding, name) for name in names}
        super().__init__(*args, cohort=finding.cohort, initial=initial, **kwargs)
        self.fields["text"].label = _("Finding")
        del self.fields["source"]


class MergeForm(forms.Form):
    """Which finding says the same and stays."""

    target = forms.ModelChoiceField(
        label=_("Which finding stays?"),
        queryset=Finding.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the finding that stays.")},
    )

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Iterable[Finding] = merge_candidates(finding)
        self.fields["target"].queryset = Finding.objects.filter(pk__in=[each.pk for each in offered])  # type: ignore[attr-defined]
        self.fields["target"].choices = [(each.pk, str(each)) for each in offered]  # type: ignore[attr-defined]


class FindingRowForm(WagtailAdminModelForm):
    """A row in the form of the training. Two rows without a code are no duplicates: each gets its own."""

    def clean_code(self) -> str | None:
        code: str = self.cleaned_data["code"]
        return code or self.instance.code or None
