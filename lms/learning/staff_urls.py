"""Staff routes of learning, mounted in Wagtail's admin."""

from django.urls import include, path

from lms.learning.views.live import LiveNewsView, LiveView, NewPinView, UnlockView
from lms.learning.views.staff_actions import ActionView, RoomActionView
from lms.learning.views.staff_attempts import AttemptsView, AttemptView
from lms.learning.views.staff_learners import ChangedRulesView, LearnersFileView, LearnersView
from lms.learning.views.staff_marking import MarkView, PilesView, PileView, ResponseFileView
from lms.learning.views.staff_moving import MoveView
from lms.learning.views.staff_regrades import DoneView, PlanView, RegradesView
from lms.learning.views.staff_surveys import GiveSurveyView, SurveysFileView, SurveysView
from lms.learning.views.together import TogetherView

_room = "<slug:occasion>/<int:assessment_id>/<slug:action>/"
attempts = [
    path("", AttemptsView.as_view(), name="cohort"),
    path(_room, RoomActionView.as_view(), name="room_action"),
    path("<uuid:attempt_id>/", AttemptView.as_view(), name="attempt"),
    path("<uuid:attempt_id>/pindah/", MoveView.as_view(), name="move"),
    path("<uuid:attempt_id>/<slug:action>/", ActionView.as_view(), name="action"),
]
live = [
    path("", LiveView.as_view(), name="page"),
    path("kabar/", LiveNewsView.as_view(), name="news"),
    path("<uuid:enrolment>/buka/", UnlockView.as_view(), name="unlock"),
    path("<uuid:enrolment>/pin/", NewPinView.as_view(), name="pin"),
]
marking = [
    path("", PilesView.as_view(), name="index"),
    path("berkas/<uuid:response_file_id>/", ResponseFileView.as_view(), name="file"),
    path("<int:question_id>/", PileView.as_view(), name="question"),
    path("<int:question_id>/<slug:lot>/", MarkView.as_view(), name="item"),
]
regrades = [
    path("", RegradesView.as_view(), name="index"),
    path("<int:question_id>/<int:corrected_id>/", PlanView.as_view(), name="plan"),
    path("<uuid:regrade_id>/", DoneView.as_view(), name="done"),
]
rules = [
    path("", ChangedRulesView.as_view(), name="index"),
    path("<slug:kind>/<int:rule_id>/", LearnersView.as_view(), name="rule"),
    path("<slug:kind>/<int:rule_id>/xlsx/", LearnersFileView.as_view(), name="file"),
]
urlpatterns = [
    path("angkatan/<uuid:pk>/tes/", include((attempts, "learning_attempts"))),
    path("angkatan/<uuid:pk>/pantau/", include((live, "learning_live"))),
    path("angkatan/<uuid:pk>/survei/", SurveysView.as_view(), name="learning_surveys"),
    path(
        "angkatan/<uuid:pk>/pertemuan/<int:meeting>/bersama/",
        TogetherView.as_view(),
        name="learning_together",
    ),
    path("angkatan/<uuid:pk>/survei/csv/", SurveysFileView.as_view(), name="learning_surveys_csv"),
    path("angkatan/<uuid:pk>/survei/tambah/", GiveSurveyView.as_view(), name="learning_surveys_give"),
    path("pemeriksaan/", include((marking, "learning_marking"))),
    path("aturan-berubah/", include((rules, "learning_rules"))),
    path("penilaian-ulang/", include((regrades, "learning_regrade"))),
]
