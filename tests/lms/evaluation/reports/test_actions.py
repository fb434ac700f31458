import datetime
import uuid

from lms.evaluation.datasets.afterwards import Afterwards, Planned
from lms.evaluation.reports.actions import LISTED, actions_of

END = datetime.date(2026, 6, 11)


def planned(status="belum", *, owner=1, title="Musyawarah dusun", due=20, done=None, stuck=""):
    return Planned(uuid.UUID(int=owner), title, "Kepala Dusun", END.replace(day=due), status, done, stuck)


def level_3(*actions, today=datetime.date(2026, 8, 1), may_read=True):
    found = Afterwards(today, tuple(actions))
    return actions_of(found, registered=10, ends_on=END, may_read=may_read)


def test_every_action_is_done_running_stuck_or_not_started():
    found = level_3(planned("selesai"), planned("berjalan"), planned("terhambat", owner=2), planned(owner=2))
    assert (found.planned, found.done, found.running, found.stuck, found.not_started) == (4, 1, 1, 1, 1)
    assert (found.planned_by, found.done_by, found.registered) == (2, 1, 10)


def test_late_is_what_is_not_done_although_its_day_has_passed():
    today = END.replace(day=20)
    assert level_3(planned(due=20), today=today).late == 0
    assert level_3(planned(due=19), today=today).late == 1
    assert level_3(planned("selesai", due=12), today=today).late == 0


def test_milestones_count_from_the_last_day_and_wait_until_they_have_come():
    soon, later = END + datetime.timedelta(days=30), END + datetime.timedelta(days=31)
    found = level_3(planned("selesai", done=soon), planned("selesai", done=later), planned("selesai"))
    assert [(one.days, one.done) for one in found.milestones] == [(30, 1), (60, None), (90, None)]


def test_the_same_late_action_of_several_people_is_listed_once_with_their_number():
    found = level_3(*[planned(owner=at) for at in range(3)], planned(title="Lain", due=25))
    assert [(one.title, one.count) for one in found.late_list] == [("Musyawarah dusun", 3), ("Lain", 1)]
    many = level_3(*[planned(title=f"Kegiatan {at}") for at in range(LISTED + 4)])
    assert (len(many.late_list), many.later) == (LISTED, 4)


def test_words_and_names_are_only_for_who_may_read_plans():
    words = planned("terhambat", stuck="Jalan terputus")
    assert level_3(words).obstacles == ("Jalan terputus",)
    closed = level_3(words, may_read=False)
    assert (closed.obstacles, closed.late_list, closed.late) == ((), (), 1)
