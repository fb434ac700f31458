"""The form of a piece of news in Wagtail's admin: only one's own trainings, and what publishing asks for.

Not in ``forms``: Wagtail wants a page to name its form, and models are below forms.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError

from home.blocks import pictures_in
from lms.cohorts.models import Cohort
from lms.evaluation.reports.public import public_summary

REFRESH = "refresh-figures"
PUBLISH = "action-publish"
MOST_PICTURE_BYTES = 70_000
"""With text, style and script a page then stays below 100 kB."""


class NewsPageForm(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "cohort" not in self.fields:
            return
        field: Any = self.fields["cohort"]
        visible = Cohort.objects.visible_to(self.for_user)
        branch = self.parent_page.specific if self.parent_page else None
        organisation = getattr(branch, "organisation_id", None)
        # Below the news of an organisation stand its own trainings only.
        field.queryset = visible.filter(organisation=organisation) if organisation else visible
        if self.instance.cohort_id:
            # A page stays with its training: what was agreed to was agreed to for that one.
            field.disabled = True
            field.queryset = Cohort.objects.filter(pk=self.instance.cohort_id)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        body = cleaned.get("body")
        if body is None:
            return cleaned
        pictures = list(pictures_in(body))
        problems = list(self._foreign([picture for picture, _size in pictures]))
        if PUBLISH in self.data:
            problems += _unpublishable(body, pictures)
        if problems:
            # Wagtail shows errors of a body only in this shape.
            self.add_error("body", StreamBlockValidationError(non_block_errors=ErrorList(problems)))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        page = self.instance
        stale = page.figures.get("with_results") != page.show_results
        if page.cohort_id and (stale or REFRESH in self.data):
            page.figures = public_summary(page.cohort, with_results=page.show_results)
        return super().save(commit=commit)

    def _foreign(self, pictures: list[Any]) -> Iterator[ValidationError]:
        keys = {picture.pk for picture in pictures}
        own = type(pictures[0]).objects.visible_to(self.for_user).filter(pk__in=keys) if keys else ()
        if len(own) < len(keys):
            yield ValidationError(_("Choose the pictures from your own trainings."), "foreign")


def _unpublishable(body: Any, pictures: list[tuple[Any, str]]) -> Iterator[ValidationError]:
    """What keeps a body from being published."""
    without = [str(picture) for picture, _size in pictures if not picture.everybody_agreed]
    if without:
        text = _(
            "Not everybody in these pictures has agreed yet: %(pictures)s. Ask them and tick it at the "
            "picture, or take the picture out."
        )
        yield ValidationError(text % {"pictures": ", ".join(without)}, "no_consent")
    if any(block.block_type == "quote" and not block.value["permitted"] for block in body):
        yield ValidationError(_("A quote needs the permission of who said it. Ask, and tick it."), "quote")
    weight = sum(getattr(picture, f"{size}_bytes") for picture, size in pictures)
    if weight > MOST_PICTURE_BYTES:
        text = _(
            "The pictures weigh %(weight)s kB; together they may weigh %(most)s kB, because people pay for "
            "each. Take some out, or move large ones into a gallery."
        )
        sizes = {"weight": -(-weight // 1000), "most": MOST_PICTURE_BYTES // 1000}
        yield ValidationError(text % sizes, "weight")
