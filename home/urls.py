"""Addresses of the reference site's own views."""

from django.urls import path

from home import views

app_name = "news"
urlpatterns = [path("foto-berita/<uuid:key>/<slug:size>.jpg", views.picture, name="picture")]
