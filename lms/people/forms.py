"""The sign-in form of the shared computer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.domain import normalise_code, normalise_pin
from lms.people.domain.codes import CODE_LENGTH, PIN_LENGTH


class PinInput(forms.TextInput):
    """Digits that can be read while they are typed, and that no answer of the server ever repeats.

    Not ``type=password``: browsers then offer to keep the PIN for whoever sits down next, and dots are
    hard to check for who types slowly. The PIN stands on the card beside the keyboard anyway.
    """

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, None, attrs)


class SignInForm(forms.Form):
    """Code and PIN as they stand on the card. Only their shape is checked here: that costs no try."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("5 letters and digits on your card"),
        error_messages={"required": _("Type the code that stands on your card.")},
        widget=forms.TextInput(
            attrs={
                "class": "bb-code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    pin = forms.CharField(
        label=_("PIN"),
        max_length=40,
        help_text=_("6 digits on your card"),
        error_messages={"required": _("Type the PIN that stands on your card.")},
        widget=PinInput(
            attrs={
                "class": "bb-pin",
                "autocomplete": "off",
                "inputmode": "numeric",
                "spellcheck": "false",
            }
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One hand on the card: the cursor waits where the next sign belongs.
        self.fields["pin" if self.data.get("code") else "code"].widget.attrs["autofocus"] = True

    def clean_code(self) -> str:
        """The code in its normal form."""
        code = normalise_code(self.cleaned_data["code"])
        if len(code) != CODE_LENGTH:
            raise forms.ValidationError(_("A code has 5 letters and digits. Look at your card again."))
        return code

    def clean_pin(self) -> str:
        """The six digits."""
        pin = normalise_pin(self.cleaned_data["pin"])
        if len(pin) != PIN_LENGTH or not pin.isdecimal():
            raise forms.ValidationError(_("A PIN has 6 digits. Look at your card again."))
        return pin
