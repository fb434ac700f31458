"""Which member of staff may do what with a course. Rights over pages are Wagtail's own."""

from typing import Any

from wagtail.models import Page

ASSIGN_TEAM = "courses.change_courseteam"


def may_edit(user: Any, page: Page) -> bool:
    """Whether somebody writes this page: in the team, as its author, or because it waits for them."""
    return page.permissions_for_user(user).can_edit()


def may_measure(user: Any, page: Page) -> bool:
    """Whether somebody may have a text counted that goes into this page or below it."""
    rights = page.permissions_for_user(user)
    return rights.can_edit() or rights.can_add_subpage()


def may_look_over(user: Any, page: Page) -> bool:
    """Whether somebody may read what is not published of a page: who writes it, and who publishes it."""
    rights = page.permissions_for_user(user)
    return rights.can_edit() or rights.can_publish()
