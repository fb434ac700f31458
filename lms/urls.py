"""URLs of the reference site: Wagtail's admin, the plugin's one include, and the pages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lms.ui.views import picture

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("lms.outbox.urls")),
    path("media/images/<path:name>", picture, name="picture"),
    path("", include("home.urls")),
    # Indonesian without a prefix, English below /en/: the address alone decides the language.
    *i18n_patterns(
        path("", include("lms.portal.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
