"""What staff do with courses beside Wagtail's own pages. Below the admin (``register_admin_urls``)."""

from django.urls import path

from courses.views import copying, measuring, teams

app_name = "course_admin"
urlpatterns = [
    path("pelajaran/<int:page_id>/ukuran/", measuring.SizeView.as_view(), name="size"),
    path("pelatihan/penulis/", teams.TeamsView.as_view(), name="teams"),
    path("pelatihan/<int:page_id>/penulis/", teams.TeamView.as_view(), name="team"),
    path("pelatihan/<int:page_id>/salin/", copying.CopyView.as_view(), name="copy"),
    path("pelatihan/<int:page_id>/periksa-ulang/", copying.LookOverView.as_view(), name="look_over"),
]
