import datetime

from tests.kept import kept
from tests.pages.factory import keep_meeting
from tests.pages.stories import FIRE, HOUSING, LONG_AGENDA, PARKING_AGAIN


@kept
def long_meeting():
    """Create a meeting with ten items and ninety attendees."""
    return keep_meeting(
        items=LONG_AGENDA,
        attendees=87,
        represented=("市委宣传部", "团市委"),
        apologies=("闵若水",),
        closing="会上，还进行了学法专题：《云川市物业管理条例》解读。",
    )


@kept
def later_meeting():
    """Create a meeting of the next spring that considers the parking document again."""
    return keep_meeting(number=79, date=datetime.date(2020, 3, 6), items=(PARKING_AGAIN, HOUSING))


@kept
def earlier_meeting():
    """Create a meeting of the previous year."""
    return keep_meeting(number=39, date=datetime.date(2018, 9, 4), items=(FIRE,))
