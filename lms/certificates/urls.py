"""Routes of certificates."""

from django.urls import path

from lms.certificates.views import own, public

app_name = "certificates"
urlpatterns = [
    path("sertifikat/", own.own, name="own"),
    path("sertifikat/unduh/", own.download, name="download"),
    path("periksa/", public.check, name="check"),
    path("v/<str:code>/", public.verify, name="verify"),
]
