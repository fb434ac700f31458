"""The form of an evaluation of a file, and that of its downloads."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.imports.reading import MAX_BYTES
from lms.evaluation.imports import too_large

_SALT = "lms.evaluation.sheet"
SECONDS = 24 * 60 * 60
FORMATS = ("pdf", "csv", "json")


class SheetForm(forms.Form):
    """The file and what it does not say itself."""

    file = forms.FileField(
        label=gettext_lazy("File with the scores"),
        help_text=gettext_lazy(
            "Excel (.xlsx) or CSV, at most 5 MB. A row a person, headings in the first row."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    title = forms.CharField(
        label=gettext_lazy("Name of the training"),
        help_text=gettext_lazy("Stands above the report. May stay empty."),
        max_length=120,
        required=False,
    )
    max_points = forms.DecimalField(
        label=gettext_lazy("Most points that can be got"),
        help_text=gettext_lazy(
            "For total scores, for example 20 or 100. Not needed where each question has a column."
        ),
        min_value=Decimal("0.001"),
        max_digits=9,
        decimal_places=3,
        required=False,
        localize=True,
    )
    group = forms.CharField(
        label=gettext_lazy("Column of groups"),
        help_text=gettext_lazy("The heading of a column, for example dusun or L/P. May stay empty."),
        max_length=100,
        required=False,
    )
    key = forms.FileField(
        label=gettext_lazy("Key"),
        help_text=gettext_lazy(
            "Only where the file holds letters: a file with the columns item and key, for example q1 and B."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        required=False,
    )

    def clean_file(self) -> Any:
        return _checked(self.cleaned_data["file"])

    def clean_key(self) -> Any:
        return _checked(self.cleaned_data["key"])


class DownloadForm(forms.Form):
    """A report that this server signed for this member of staff, sent back to be written in another form."""

    report = forms.CharField(widget=forms.HiddenInput)
    format = forms.ChoiceField(choices=[(name, name) for name in FORMATS])

    def __init__(self, data: Any = None, *, owner: Any) -> None:
        super().__init__(data)
        self._owner = str(owner)

    def clean_report(self) -> dict[str, Any]:
        try:
            said = signing.loads(self.cleaned_data["report"], salt=_SALT, max_age=SECONDS)
        except signing.BadSignature:
            said = {}
        if said.get("owner") != self._owner:
            raise ValidationError(_("This report is not open any more. Send the file again."), code="gone")
        found: dict[str, Any] = said
        return found


def signed_report(report: dict[str, Any], *, title: str, owner: Any) -> str:
    """The report as the page carries it: nothing is kept here, and nobody can have another one printed."""
    return signing.dumps({"report": report, "title": title, "owner": str(owner)}, salt=_SALT, compress=True)


def _checked(upload: Any) -> Any:
    if upload and upload.size > MAX_BYTES:
        raise too_large()
    return upload
