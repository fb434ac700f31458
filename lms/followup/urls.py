"""Routes of the follow-up plan and of the pledge."""

from django.urls import path

from lms.followup.views import papers, pledge
from lms.followup.views import plan as views

app_name = "followup"
urlpatterns = [
    path("rencana/", views.plan, name="plan"),
    path("rencana/kegiatan/", views.add_action, name="action_add"),
    path("rencana/kegiatan/<uuid:action_id>/", views.edit_action, name="action_edit"),
    path("rencana/kegiatan/<uuid:action_id>/singkirkan/", views.withdraw_action, name="action_withdraw"),
    path("rencana/kegiatan/<uuid:action_id>/kabar/", views.report, name="action_report"),
    path("rencana/cetak/", papers.own_plan, name="plan_paper"),
    path("rencana/kumpulkan/", views.submit, name="submit"),
    path("janji/", pledge.pledge, name="pledge"),
    path("janji/tulis/", pledge.write, name="pledge_write"),
]
