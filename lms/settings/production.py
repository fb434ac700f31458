"""A server on the internet: PostgreSQL, Redis, https. Every value comes from the environment."""

from lms.settings.base import *
from lms.settings.base import env

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
DATABASES = {"default": env.db("DATABASE_URL")}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL")
# Longer than ten task limits, so that a slow task is never handed to a second worker.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
LMS_PUBLIC_ADDRESS = env.str("LMS_PUBLIC_ADDRESS")
WAGTAILADMIN_BASE_URL = LMS_PUBLIC_ADDRESS

SECURE_SSL_REDIRECT = True
# Probes inside the machine ask over plain http.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-bb_session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-bb_csrf"

# Wagtail shows previews of our own pages in frames, so other sites are kept out (SAMEORIGIN), not our own.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
