from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliberationsConfig(AppConfig):
    name = "lms.deliberations"
    label = "deliberations"
    verbose_name = _("Deliberations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lms.deliberations import registration, tasks  # noqa: F401

        registration.register()
