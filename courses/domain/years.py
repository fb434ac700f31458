"""Bring what is published to the year of its course."""

from wagtail.models import Page

from courses.models import CoursePage
from courses.years import has_token


def renew_years(course: CoursePage) -> int:
    """Write the published pages of a course anew where they hold a place for a year; how many that were.

    For when its year was changed. The words come from the revision that is live, so drafts stay drafts.
    """
    count = 0
    pages = Page.objects.descendant_of(course).live().select_related("live_revision")
    for page in pages.filter(live_revision__isnull=False):
        if has_token(repr(page.live_revision.content)):
            page.live_revision.as_object().save(clean=False)
            count += 1
    return count
