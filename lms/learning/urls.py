"""Routes of learning. The address of every form answers GET too: whoever comes back to it meets a page."""

from django.urls import path

from lms.learning.views import (
    attempts,
    files,
    lessons,
    own,
    pages,
    practising,
    questions,
    saving,
    starting,
    surveys,
)

app_name = "learning"
urlpatterns = [
    path("tes/<slug:occasion>/mulai/", starting.start, name="start"),
    path("tes/<slug:occasion>/<int:assessment_id>/mulai/", starting.start_assigned, name="start_assigned"),
    path("tes/<uuid:attempt_id>/soal/", pages.page, name="page"),
    path("tes/<uuid:attempt_id>/soal/<int:position>/", questions.question, name="question"),
    path("tes/<uuid:attempt_id>/soal/<int:position>/simpan/", saving.save, name="save"),
    path("tes/<uuid:attempt_id>/soal/<int:position>/tandai/", saving.flag, name="flag"),
    path("tes/<uuid:attempt_id>/soal/<int:position>/berkas/", files.attach, name="attach"),
    path("tes/<uuid:attempt_id>/periksa/", attempts.review, name="review"),
    path("tes/<uuid:attempt_id>/kumpulkan/", attempts.submit, name="submit"),
    path("tes/<uuid:attempt_id>/hasil/", attempts.result, name="result"),
    path("tes/<uuid:attempt_id>/jawaban/", attempts.answers, name="answers"),
    path("survei/<int:assessment_id>/", surveys.survey, name="survey"),
    path("berkas/<uuid:file_id>/", files.file, name="file"),
    path("soal/media/<uuid:media_id>/", files.media, name="media"),
    path("pelajaran/<int:page_id>/selesai/", lessons.lesson_done, name="lesson_done"),
    path("pelajaran/<int:page_id>/latihan/<uuid:block_id>/", practising.practise, name="practise"),
    path("pelajaran/<int:page_id>/catatan/<uuid:block_id>/", practising.reflect, name="reflect"),
    path("pelajaran-saya/", own.own_lessons, name="own_lessons"),
    path("catatan-saya/", own.notes, name="notes"),
]
