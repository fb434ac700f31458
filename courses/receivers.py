"""What follows when a course, a lesson or a picture appears or is published, or a rule has changed."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.images import get_image_model
from wagtail.signals import page_published, page_unpublished, post_page_move

from assessments.models import LegalBasis, Regulation
from assessments.signals import register_changed
from courses.blocks.walking import values_of
from courses.domain import open_to_reviewers, open_to_team, renew_years, update_review_tasks
from courses.domain.pictures import prepare_picture, prepare_pictures
from courses.models import (
    CoursePage,
    GlossaryPage,
    GlossaryTerm,
    LessonPage,
    ModulePage,
    PreparedPicture,
    TextStamp,
)

_Image = get_image_model()


@receiver(post_save, sender=CoursePage, dispatch_uid="courses.open_a_new_course")
def open_a_new_course(
    sender: Any, instance: CoursePage, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """A course is under review from its first day; a new language of one belongs to the same team."""
    if created and not raw:
        open_to_reviewers(instance)
        open_to_team(instance)


@receiver(page_published, sender=CoursePage, dispatch_uid="courses.follow_the_year")
def follow_the_year(sender: Any, instance: CoursePage, **kwargs: Any) -> None:
    """The year may have changed; what hangs on it is written anew."""
    if instance.year is not None:
        renew_years(instance)


@receiver([page_published, page_unpublished], dispatch_uid="courses.look_at_a_lesson")
def look_at_a_lesson(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A mended citation closes its task at once."""
    if isinstance(instance, LessonPage):
        update_review_tasks(pages=[instance.pk])


@receiver(register_changed, dispatch_uid="courses.look_at_citing_lessons")
def look_at_citing_lessons(sender: Any, bases: Collection[int], **kwargs: Any) -> None:
    update_review_tasks(bases=list(bases))


@receiver(post_save, sender=_Image, dispatch_uid="courses.prepare_a_new_picture")
def prepare_a_new_picture(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Its light copies, after the commit: drawing takes seconds, and nobody else could write meanwhile."""
    if not raw:
        transaction.on_commit(lambda: prepare_picture(instance), robust=True)


@receiver(post_delete, sender=_Image.get_rendition_model(), dispatch_uid="courses.forget_a_copy")
def forget_a_copy(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Wagtail deletes renditions when a picture gets another file, and when asked to clear them."""
    if "quality-" in instance.filter_spec:
        PreparedPicture.objects.filter(pk=instance.image_id).delete()


@receiver(page_published, sender=LessonPage, dispatch_uid="courses.prepare_pictures")
def prepare_pictures_of_a_lesson(sender: Any, instance: LessonPage, **kwargs: Any) -> None:
    """Pictures from before an upgrade, or that came by other ways than an upload."""
    images = list(values_of(_Image, instance.body))
    transaction.on_commit(lambda: prepare_pictures(images), robust=True)


_DRAWN_FROM = (
    CoursePage,
    ModulePage,
    LessonPage,
    GlossaryPage,
    GlossaryTerm,
    PreparedPicture,
    LegalBasis,
    Regulation,
)
_LINKS = (LessonPage.legal_bases.through, ModulePage.prerequisites.through, LegalBasis.replaces.through)


def draw_anew(sender: Any, **kwargs: Any) -> None:
    """Rows and texts that were kept are forgotten, in every process."""
    TextStamp.objects.renew()


for _model in _DRAWN_FROM:
    post_save.connect(draw_anew, sender=_model, dispatch_uid=f"courses.draw_anew.{_model._meta.label}")
    post_delete.connect(draw_anew, sender=_model, dispatch_uid=f"courses.draw_anew.{_model._meta.label}")
for _through in _LINKS:
    m2m_changed.connect(draw_anew, sender=_through, dispatch_uid=f"courses.draw_anew.{_through._meta.label}")
    # Wagtail's forms and files write these links without the signal above.
    post_save.connect(draw_anew, sender=_through, dispatch_uid=f"courses.draw_anew.{_through._meta.label}")
    post_delete.connect(draw_anew, sender=_through, dispatch_uid=f"courses.draw_anew.{_through._meta.label}")
post_page_move.connect(draw_anew, dispatch_uid="courses.draw_anew.move")
