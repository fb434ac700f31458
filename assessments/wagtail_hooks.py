"""What assessments add to Wagtail: the menu of authors."""

from wagtail import hooks

from assessments.viewsets.menu import AuthoringGroup


@hooks.register("register_admin_viewset")
def authoring_menu() -> AuthoringGroup:
    return AuthoringGroup()
