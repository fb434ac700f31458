"""The page that a watcher asks whether the installation is well."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.outbox.reports import report_health


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 with the state of each part while the database answers, whatever else is wrong; otherwise 503."""
    health = report_health(timezone.now())
    return JsonResponse(health, status=503 if health["status"] == "failed" else 200)
