from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(WagtailUsersAppConfig):
    """Wagtail's accounts of staff, for people of one name and without an e-mail address."""

    user_viewset = "home.viewsets.AccountViewSet"


class HomeConfig(AppConfig):
    default = True
    name = "home"
    label = "home"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth import get_user_model
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import m2m_changed, post_delete, post_save

        from courses.signals import site_tree_wanted
        from home import receivers
        from home.registration import register_library, register_news
        from lms.people.models import StaffMembership

        site_tree_wanted.connect(receivers.make_front_pages, dispatch_uid="home.front_pages")
        for signal in (post_save, post_delete):
            signal.connect(receivers.membership_changed, StaffMembership, dispatch_uid="home.membership")
        groups = get_user_model().groups.through
        m2m_changed.connect(receivers.groups_changed, groups, dispatch_uid="home.groups")
        user_logged_in.connect(receivers.signed_in, dispatch_uid="home.signed_in")
        register_news()
        register_library()
