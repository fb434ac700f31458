"""What the site leaves out of Wagtail's admin."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem

_ABOUT_WAGTAIL = ("whats-new-in-wagtail", "editor-guide")


@hooks.register("construct_help_menu")
def leave_out_news_of_wagtail(request: HttpRequest, items: list[MenuItem]) -> None:
    """Links to pages about Wagtail, in English and on the internet: a village hall has neither."""
    items[:] = [item for item in items if not item.name.startswith(_ABOUT_WAGTAIL)]
