"""Routes of the outbox."""

from django.urls import path

from lms.outbox import views

urlpatterns = [path("healthz", views.healthz, name="healthz")]
