"""Make the course of a new year from an old one (*Salin pelatihan ke tahun baru*)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.domain.teams import members_of, set_team
from courses.models import CoursePage
from courses.signals import course_copied

# The tree, the standing and the identity of a page are its own; the loader's mark would claim it for a file.
_OWN_OF_PAGE = {field.name for field in Page._meta.get_fields()} - {
    "title",
    "seo_title",
    "search_description",
    "show_in_menus",
}
_OWN = _OWN_OF_PAGE | {"page_ptr", "source_hash"}


def copy_course(*, course: CoursePage, title: str, slug: str, year: int, user: Any) -> CoursePage:
    """A draft of this course for another year, beside it, written by ``user``: modules and lessons as they
    were last written, places for years as places.

    Only this language is copied. What people did (progress, notes, comments, revisions) stays with the old
    course; its team may write the new one, too. Raises ValidationError (``slug``) if the address is taken.
    """
    parent = course.get_parent()
    if not Page._slug_is_available(slug, parent):
        raise ValidationError(
            _("Another page has this address already. Write another one."), code="slug", params={"slug": slug}
        )
    with transaction.atomic():
        fields = {"title": title, "draft_title": title, "slug": slug}
        copy = course.copy(
            recursive=True,
            to=parent,
            update_attrs=fields,
            copy_revisions=False,
            keep_live=False,
            user=user,
        )
        sources = Page.objects.descendant_of(course, inclusive=True).order_by("path").specific()
        copies = Page.objects.descendant_of(copy, inclusive=True).order_by("path").specific()
        pairs = list(zip(sources, copies, strict=True))
        copy_of = {old.pk: new for old, new in pairs}
        for old, new in pairs:
            _write_as_draft(old.as_written(), new, user, copy_of)
        made: CoursePage = CoursePage.objects.get(pk=copy.pk)
        made.title, made.draft_title, made.slug, made.year = title, title, slug, year
        made.copied_from = course
        made.save()
        made.save_revision(user=user)
        team = {*members_of(course), *([] if user.is_superuser else [user])}
        if team:
            set_team(course=made, users=team)
    course_copied.send(sender=CoursePage, source=course, copy=made, user=user)
    return made


def _write_as_draft(old: Page, new: Page, user: Any, copy_of: dict[int, Page]) -> None:
    """The words of ``old`` as they are written, not as they were published, with blocks of their own. What
    points to a page of the old course points to the copy of that page."""
    for field in old._meta.get_fields():
        if field.name in _OWN or field.auto_created or not hasattr(old, field.name):
            continue
        if field.many_to_many:
            records = list(getattr(old, field.name).all())
            if issubclass(field.related_model, Page):
                records = [field.related_model.objects.get(pk=copy_of.get(r.pk, r).pk) for r in records]
            setattr(new, field.name, records)
        elif field.concrete:
            setattr(new, field.name, _renewed(field, getattr(old, field.name)))
    if hasattr(new, "source_hash"):
        new.source_hash = ""
    new.draft_title = new.title
    new.save(clean=False)
    new.save_revision(user=user, clean=False)


def _renewed(field: models.Field[Any, Any], value: Any) -> Any:
    """A value for another page. Notes of readers hang on the ids of blocks, so these are made anew."""
    if not isinstance(field, StreamField):
        return value
    return field.stream_block.to_python(_without_ids(field.stream_block.get_prep_value(value)))


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        is_block = "type" in value and "value" in value
        return {name: _without_ids(part) for name, part in value.items() if not (is_block and name == "id")}
    return [_without_ids(part) for part in value] if isinstance(value, list) else value
