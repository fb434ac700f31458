from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "lms.outbox"
    label = "outbox"
    verbose_name = _("Outbox")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Binds shared tasks to our Celery application in every process that has apps loaded.
        from lms import celery  # noqa: F401
        from lms.outbox import receivers  # noqa: F401
