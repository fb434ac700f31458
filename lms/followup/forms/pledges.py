"""Forms of pledges: what a participant promises, and what staff record of the signed sheets."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.cohorts.models import Cohort, Enrolment
from lms.followup.domain import Signature
from lms.followup.domain.pledges import today_in
from lms.followup.enums import SignatureMeans
from lms.followup.models.pledges import LONGEST_PROMISE, MOST_PROMISES
from lms.followup.queries import PledgeRow
from lms.uploads import CleanFile, photo_taken_in

_OWN = tuple(f"own_{number}" for number in range(1, MOST_PROMISES + 1))


class PledgeForm(forms.Form):
    """One to three promises: suggestions that are ticked, and own words."""

    chosen = forms.MultipleChoiceField(
        label=_("Suggestions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what you really want to do. Three promises at most, together with your own."),
        error_messages={
            "invalid_choice": _("This suggestion is no longer there. Tick another one, or write it yourself.")
        },
    )
    own_1 = forms.CharField(
        label=_("In my own words"),
        required=False,
        max_length=LONGEST_PROMISE,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_("Begin with “Saya …”. Something that others can see when it is done."),
    )
    own_2 = forms.CharField(
        label=_("A second promise of my own"),
        required=False,
        max_length=LONGEST_PROMISE,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    own_3 = forms.CharField(
        label=_("A third promise of my own"),
        required=False,
        max_length=LONGEST_PROMISE,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    scribe_name = forms.CharField(
        label=_("Name of who writes for you"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Only if somebody helps: you say the promise, the other person writes it down."),
    )

    def __init__(
        self, *args: Any, suggestions: Sequence[str], promises: Sequence[str] = (), **kwargs: Any
    ) -> None:
        """``promises`` is what stands there so far; what is no suggestion is shown as own words."""
        own = [text for text in promises if text not in suggestions]
        initial: dict[str, Any] = {"chosen": [text for text in promises if text in suggestions]}
        initial |= dict(zip(_OWN, own, strict=False))
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(text, text) for text in suggestions]  # type: ignore[attr-defined]
        if not suggestions:
            del self.fields["chosen"]

    def promises(self) -> list[str]:
        """What is promised, suggestions first."""
        data = self.cleaned_data
        return [*data.get("chosen", []), *(data[name] for name in _OWN if data.get(name))]


class RenewForm(PledgeForm):
    """Promises after signing: a new version, with the reason."""

    reason = forms.CharField(
        label=_("Why does the pledge change?"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say why the pledge changes.")},
    )


class SignaturesForm(forms.Form):
    """Who of a training has signed: one day, one witness and one photo for all who are ticked."""

    signed_on = forms.DateField(
        label=_("Signed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    witness_name = forms.CharField(
        label=_("Witness"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Who saw the signing. The witness needs no account."),
        error_messages={"required": _("Write the name of the witness.")},
    )
    witness_role = forms.CharField(
        label=_("Role of the witness"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("For example: Ketua BPD."),
    )
    photo = forms.FileField(
        label=_("Photo of the signed sheet"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("One photo may show several signatures. It can also be added later. Only staff see it."),
    )

    def __init__(self, *args: Any, cohort: Cohort, rows: Sequence[PledgeRow], **kwargs: Any) -> None:
        day = min(cohort.ends_on, today_in(cohort))
        kwargs["initial"] = {"signed_on": day} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self._people = {str(row.enrolment.pk): row.enrolment for row in rows}

    def clean_photo(self) -> CleanFile | None:
        upload = self.cleaned_data["photo"]
        return photo_taken_in(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.means():
            self.add_error(None, _("Tick who has signed."))
        return cleaned

    def ticked(self) -> set[str]:
        """The keys of those who are ticked, with a signature or with a thumbprint."""
        return {*self._ticked("signed"), *self._ticked("thumb")}

    def thumbs(self) -> set[str]:
        """The keys of those who are ticked for a thumbprint."""
        return self._ticked("thumb")

    def means(self) -> dict[Enrolment, str]:
        """How each who is ticked has signed. The tick of the thumbprint alone also says that somebody has."""
        thumbs = self.thumbs()
        return {
            self._people[key]: SignatureMeans.THUMBPRINT if key in thumbs else SignatureMeans.SIGNATURE
            for key in sorted(self.ticked())
        }

    def signature(self) -> Signature:
        """What all of them have in common."""
        data = self.cleaned_data
        return Signature(data["signed_on"], data["witness_name"], data["witness_role"])

    def _ticked(self, name: str) -> set[str]:
        # Somebody who left the training meanwhile is not there to be ticked any more.
        data: Any = self.data
        return {key for key in (data.getlist(name) if data else []) if key in self._people}


class TakeBackForm(forms.Form):
    """Why a recorded signature was a mistake."""

    reason = forms.CharField(
        label=_("Why is the signature taken back?"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say why the signature is taken back.")},
    )


class SuggestionsForm(forms.Form):
    """What a training suggests to promise."""

    text = forms.CharField(
        label=_("Suggestions, one a line"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        help_text=_(
            "Each begins with “Saya …” and can be seen when it is done. Left empty, the standard "
            "suggestions are shown."
        ),
    )
