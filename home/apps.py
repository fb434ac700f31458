from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from courses.signals import site_tree_wanted
        from home.receivers import make_front_pages

        site_tree_wanted.connect(make_front_pages, dispatch_uid="home.front_pages")
