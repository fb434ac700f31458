"""Pages whose texts hold places for years (``courses.years``): kept as written, published with the years in.

What stands in the tables of pages is what readers see, wherever a title or a text is shown, and costs
nothing to show. What was written stays in the revisions, and the editor works on those.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.fields import StreamField

from courses.models.forms import YearlyPageForm
from courses.years import has_token, with_years

# Addresses and what belongs to the editor or the loader.
_AS_IT_IS = frozenset({"slug", "url_path", "draft_title", "path", "source_hash", "locked_by"})


class YearlyMixin:
    """Comes before ``Page`` among the bases."""

    base_form_class = YearlyPageForm

    def course_year(self) -> int | None:
        """The year of the course that this page is or lies in, in whatever language it was said."""
        course = apps.get_model("courses", "CoursePage")
        page: Any = self
        path: str = page.path or ""
        above = [path[:end] for end in range(page.steplen, len(path), page.steplen)]
        if isinstance(self, course):
            own, key = self.year, self.translation_key
        else:
            found = course.objects.filter(path__in=above).values_list("year", "translation_key").first()
            own, key = found or (None, None)
        if own is not None or key is None:
            return own
        others = course.objects.filter(translation_key=key, year__isnull=False)
        return others.values_list("year", flat=True).first()

    def texts_with_tokens(self) -> dict[str, Any]:
        """The stored values of the fields that hold a place for a year. No query."""
        found = {}
        for field in self._meta.concrete_fields:  # type: ignore[attr-defined]
            if field.name in _AS_IT_IS or not isinstance(
                field, models.CharField | models.TextField | StreamField
            ):
                continue
            value = self._stored(field.name)
            if has_token(value if isinstance(value, str) else repr(value)):
                found[field.name] = value
        return found

    @contextmanager
    def years_shown(self) -> Iterator[None]:
        """For as long as it lasts, the fields read as they are published. Without a year they stay."""
        texts = self.texts_with_tokens()
        year = self.course_year() if texts else None
        if year is None:
            yield
            return
        self._set(with_years(texts, year=year))
        try:
            yield
        finally:
            self._set(texts)

    def as_written(self) -> Any:
        """The page as its author last wrote it, places as places. Wagtail takes the published record for it
        if there is no newer draft."""
        revision = self.get_latest_revision()  # type: ignore[attr-defined]
        return revision.as_object() if revision is not None else self

    def put_places_back(self) -> None:
        """Fields that read as their written text does once the years are in get that text again."""
        written = self.as_written().texts_with_tokens() if self.pk else {}  # type: ignore[attr-defined]
        year = self.course_year() if written else None
        if year is not None:
            shown = with_years(written, year=year)
            self._set({name: text for name, text in written.items() if self._stored(name) == shown[name]})

    def _stored(self, name: str) -> Any:
        field = self._meta.get_field(name)  # type: ignore[attr-defined]
        value = getattr(self, field.attname)
        if not isinstance(field, StreamField):
            return value
        return field.stream_block.get_prep_value(value) if value else []

    def _set(self, texts: dict[str, Any]) -> None:
        for name, value in texts.items():
            field = self._meta.get_field(name)  # type: ignore[attr-defined]
            setattr(
                self, name, field.stream_block.to_python(value) if isinstance(field, StreamField) else value
            )

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """What is live is stored with its years; what is kept in memory stays as it was written."""
        if not self.live or kwargs.get("update_fields") is not None:  # type: ignore[attr-defined]
            return super().save(*args, **kwargs)  # type: ignore[misc]
        with self.years_shown():
            return super().save(*args, **kwargs)  # type: ignore[misc]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as it will be published; rendered here, because the years are put back afterwards."""
        with self.years_shown():
            response = super().serve_preview(request, mode_name)  # type: ignore[misc]
            return response.render() if hasattr(response, "render") else response
