"""Forms about certificates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.certificates.models import Certificate


class CheckForm(forms.Form):
    """A code as it was read from paper."""

    kode = forms.CharField(
        label=_("Code on the certificate"),
        help_text=_("26 letters and figures. Spaces, hyphens and small letters do not matter."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )


class RevokeForm(forms.Form):
    """Why a certificate is declared void."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("For your records. It is not shown to the public."),
        max_length=Certificate._meta.get_field("revoked_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
