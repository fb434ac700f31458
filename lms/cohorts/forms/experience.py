"""Forms of the experience board: what participants write, what staff type, and the consent to publish."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.cohorts.domain.consents import Agreement
from lms.cohorts.enums import ConsentWay, NoteKind
from lms.cohorts.models import Cohort, Enrolment, ExperienceNote
from lms.people.domain import clean_line

_MOST_LETTERS = 2000
_TEXTS = ("text", "happened", "learned")
_LINES = ("dusun", "speaker", "office", "shown_as")
_WORDS = ("text", "happened", "learned", "dusun", "speaker", "office")
_TOO_LONG = _("Write at most %(limit_value)d letters; these are %(show_value)d.")


def _long(label: Any, help_text: Any = "", *, required: bool = False, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=_MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
        error_messages={"max_length": _TOO_LONG, "required": _("Write what you did, in a few sentences.")},
    )


def _line(label: Any, help_text: Any = "", *, length: int = 80) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=length, widget=widget)


class _NoteForm(forms.Form):
    """Words without signs that nobody sees."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in _LINES:
            if name in cleaned:
                cleaned[name] = clean_line(cleaned[name])
        for name in _TEXTS:
            if cleaned.get(name):
                lines = (clean_line(line) for line in cleaned[name].splitlines())
                cleaned[name] = "\n".join(line for line in lines if line)
        if "text" in cleaned and not cleaned["text"]:
            self.add_error("text", self.fields["text"].error_messages["required"])
        return cleaned

    def note_fields(self) -> dict[str, str]:
        """What the verbs store."""
        return {name: self.cleaned_data[name] for name in _WORDS if name in self.cleaned_data}


class ExperienceForm(_NoteForm):
    """An experience in the words of who had it, and whether it may be published: not, unless ticked."""

    text = _long(_("What did you do?"), _("In your village, with whom, when. Name no person."), required=True)
    happened = _long(_("What happened?"))
    learned = _long(_("What do you take from it?"), _("What would you advise another village?"))
    dusun = _line(_("In which dusun?"))
    agree = forms.BooleanField(
        label=_("I agree that this may be published"),
        required=False,
        help_text=_(
            "If you tick this, the facilitators may put these words on the public page of the training, "
            "where everybody can read them, without your name unless you write one below. You need not: "
            "everybody in this training reads your note either way. You can take it back at any time, and "
            "it is gone from the public page at once."
        ),
    )
    shown_as = _line(
        _("How should we name you there?"),
        _("For example your first name or your role. Left empty: “a participant from dusun …”."),
    )

    def agreement(self) -> Agreement | None:
        """What the person said about publishing; None: it may not be."""
        if not self.cleaned_data["agree"]:
            return None
        return Agreement(language=get_language() or "id", shown_as=self.cleaned_data["shown_as"])


class PostExperienceForm(ExperienceForm):
    """A new note. ``id`` and ``code`` are made when the form is shown, so that sending twice writes once."""

    without_name = forms.BooleanField(label=_("Post without my name"), required=False)
    id = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(
        widget=forms.HiddenInput,
        validators=[RegexValidator(r"\A[A-Z2-9]{4}-[A-Z2-9]{4}\Z", _("Open the form again."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = self["code"].value() or ""
        self.fields["without_name"].help_text = _(
            "Then nothing is stored that leads to you, and you cannot change the note afterwards. If you "
            "agree that it is published, write down this code now: %(code)s. With it alone you can take "
            "that back."
        ) % {"code": shown if len(str(shown)) == 9 else "–"}


class WithdrawForm(forms.Form):
    """The code of a note without a name."""

    code = forms.CharField(
        label=_("Code of the note"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Type the code that you wrote down.")},
    )


class ConsentForm(forms.Form):
    """That the person agreed before a member of staff."""

    agreed = forms.BooleanField(
        label=_("The person agreed that these words are published"),
        error_messages={"required": _("Tick this only if the person was asked and said yes.")},
        help_text=_(
            "Read out: “Your words may stand on the public page of the training, where everybody can read "
            "them. You can take that back at any time; then they are gone from it at once.”"
        ),
    )
    way = forms.ChoiceField(
        label=_("How was it said?"),
        choices=[(way.value, way.label) for way in (ConsentWay.SPOKEN, ConsentWay.WRITTEN)],
        widget=forms.RadioSelect,
        initial=ConsentWay.SPOKEN.value,
    )
    language = forms.CharField(
        label=_("In which language?"),
        max_length=10,
        initial="id",
        help_text=_("For example id, bunak, tetun."),
    )
    shown_as = _line(
        _("How does the person want to be named?"),
        _("A first name or a role, chosen by the person. Left empty: “a participant from dusun …”."),
    )

    def __init__(self, *args: Any, note: ExperienceNote, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if note.is_quote:
            self.fields["shown_as"].help_text = _("Left empty: the name and the office of who said it.")

    def agreement(self) -> Agreement:
        data = self.cleaned_data
        return Agreement(
            language=clean_line(data["language"]), shown_as=clean_line(data["shown_as"]), way=data["way"]
        )


class TypeNoteForm(_NoteForm):
    """Somebody's experience, or a quote, as staff type or mend it."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    author = forms.ModelChoiceField(
        label=_("Whose experience is it?"),
        queryset=Enrolment.objects.none(),
        required=False,
        empty_label=_("Nobody is named"),
        help_text=_("Participants never see who it is from."),
    )
    text = _long(_("What was done?"), required=True)
    happened = _long(_("What happened?"))
    learned = _long(_("Lesson learned"))
    speaker = _line(_("Who said it?"), length=120)
    office = _line(_("Office"), _("For example Village Secretary."), length=120)
    dusun = _line(_("In which dusun?"))

    field_order: ClassVar = ["text", "happened", "learned", "speaker", "office", "author", "dusun"]

    def __init__(
        self, *args: Any, cohort: Cohort, kind: str, note: ExperienceNote | None = None, **kwargs: Any
    ) -> None:
        if note is not None:
            kwargs["initial"] = {name: getattr(note, name) for name in _WORDS}
        super().__init__(*args, **kwargs)
        if kind == NoteKind.QUOTE:
            for name in ("happened", "learned", "author", "dusun"):
                del self.fields[name]
            self.fields["text"].label = _("Which words?")
            self.fields["speaker"].required = True
            self.fields["speaker"].error_messages["required"] = _("Write who said it.")
        else:
            del self.fields["speaker"], self.fields["office"]
            people = Enrolment.objects.filter(cohort=cohort).select_related("participant")
            self.fields["author"].queryset = people  # type: ignore[attr-defined]
            self.fields["author"].label_from_instance = lambda one: one.participant.full_name  # type: ignore[attr-defined]
        if note is not None:
            for name in ("id", "author"):
                self.fields.pop(name, None)


class SummaryForm(forms.Form):
    """The facilitator's summary of the discussion."""

    text = forms.CharField(
        label=_("Summary of the discussion"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What the group has in common, where it differs, what it takes along. Name no person."),
        error_messages={"max_length": _TOO_LONG},
    )
