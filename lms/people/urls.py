"""Routes of people."""

from django.urls import path

from lms.people import views

app_name = "people"
urlpatterns = [
    path("masuk/", views.sign_in, name="sign_in"),
    path("masuk/nama/", views.confirm, name="confirm"),
    path("keluar/", views.sign_out, name="sign_out"),
    path("denyut/", views.heartbeat, name="heartbeat"),
]
