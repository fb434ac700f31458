"""Deny by default, and one content security policy for Wagtail's admin."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from lms.ui.policy import policy_for

GetResponse = Callable[[HttpRequest], HttpResponse]


class RoutePolicyMiddleware:
    """Ask the policy of the resolved view; refuse a view that has none."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        policy = policy_for(view, route=match.route, name=match.url_name) if match else None
        if policy is None:
            raise PermissionDenied("This route declares no policy.")
        return policy.refuse(request)


class AdminContentSecurityMiddleware:
    """Wagtail's admin calls its date choosers from inline scripts; only there they are allowed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_update = {  # type: ignore[attr-defined]
                "script-src": [SELF, UNSAFE_INLINE],
                "style-src": [SELF, UNSAFE_INLINE],
                "img-src": [SELF, "data:", "blob:"],
            }
        return response
