"""Who may open a route. A view that declares no policy is refused, so forgetting is safe.

A view declares with ``@requires(policy)``. Routes of Wagtail cannot carry a declaration; the few that we
mount are named in ``MOUNTED``, with the reason why each is safe.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

Refusal = Callable[[HttpRequest], HttpResponse | None]
View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Policy:
    """A named rule. ``refuse`` answers in place of the view, or returns None to let the request in."""

    name: str
    refuse: Refusal


def _nobody_is_refused(request: HttpRequest) -> None:
    return None


PUBLIC = Policy("public", _nobody_is_refused)
# Wagtail wraps every view below its admin, ours included, in require_admin_access.
WAGTAIL_ADMIN = Policy("wagtail admin", _nobody_is_refused)
# Wagtail's page and document views ask their own hooks (before_serve_page, collection permissions).
WAGTAIL_CONTENT = Policy("wagtail content", _nobody_is_refused)

MOUNTED: dict[str, Policy] = {
    "admin/": WAGTAIL_ADMIN,
    "documents/": WAGTAIL_CONTENT,
    "_util/": WAGTAIL_CONTENT,
    "wagtail_serve": WAGTAIL_CONTENT,
    # Figures only. Declared here because lms.outbox is a sibling of lms.ui and may not import it.
    "healthz": PUBLIC,
}


def requires(policy: Policy) -> Callable[[View], View]:
    """Declare the policy of a view function."""

    def declare(view: View) -> View:
        view.route_policy = policy  # type: ignore[attr-defined]
        return view

    return declare


def policy_for(view: View, *, route: str, name: str | None) -> Policy | None:
    """The policy of a resolved route, or None if nobody declared one."""
    declared = getattr(view, "route_policy", None)
    if declared is not None:
        return declared
    if name in MOUNTED:
        return MOUNTED[name]
    bare = route.split("/", 1)[1] if route.startswith("en/") else route
    return next((policy for prefix, policy in MOUNTED.items() if bare.startswith(prefix)), None)


@dataclass(frozen=True, slots=True)
class Route:
    """A URL pattern of the site with the view behind it."""

    route: str
    name: str | None
    view: View

    @property
    def policy(self) -> Policy | None:
        return policy_for(self.view, route=self.route, name=self.name)


def all_routes() -> Iterator[Route]:
    """Every route of the site, included URL configurations unfolded."""
    yield from _walk(get_resolver(), "")


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(route.lstrip("^"), entry.name, entry.callback)
        else:
            yield from _walk(entry, route)
