"""System check: the site does not start with a route that nobody declared."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from lms.ui.policy import all_routes


@register(Tags.urls)
def every_route_has_a_policy(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"Route {route.route!r} declares no policy.", hint="Use lms.ui.policy.requires.", id="lms.E001")
        for route in all_routes()
        if route.policy is None
    ]
