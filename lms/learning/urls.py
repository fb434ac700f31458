"""Routes of learning. The address of every form answers GET too: whoever comes back to it meets a page."""

from django.urls import path

from lms.learning.views import attempts, lessons, questions

app_name = "learning"
urlpatterns = [
    path("tes/<slug:occasion>/mulai/", attempts.start, name="start"),
    path("tes/<uuid:attempt_id>/soal/<int:position>/", questions.question, name="question"),
    path("tes/<uuid:attempt_id>/soal/<int:position>/simpan/", questions.save, name="save"),
    path("tes/<uuid:attempt_id>/periksa/", attempts.review, name="review"),
    path("tes/<uuid:attempt_id>/kumpulkan/", attempts.submit, name="submit"),
    path("tes/<uuid:attempt_id>/hasil/", attempts.result, name="result"),
    path("pelajaran/<int:page_id>/selesai/", lessons.lesson_done, name="lesson_done"),
]
