"""What the tests of the desk share."""

from django.contrib.auth.models import User
from django.core.cache import cache

from desk.models import Upload
from minutes.merging.operations import merge
from minutes.models import AuditAction, AuditEntry, Correction, Division, ErrorReport, Meeting, Settlement
from minutes.signals import meeting_changed
from open_data.public import regenerate
from pages.citations.passages import Passage, keep_wording
from search.models import Synonym
from search.service import index_everything
from tests.kept import kept
from tests.pages.factory import keep_meeting, unit_of
from tests.pages.stories import HOUSING, PARKING_DRAFT


@kept
def archive(folder):
    """Create one of everything: a meeting, report, upload, audit entry and task."""
    cache.clear()
    meeting = keep_meeting(items=(HOUSING, PARKING_DRAFT), attendees=12)
    settlement = Settlement.objects.create(code="unknown-outcome", count=1)
    meeting.problems.create(
        code="unknown-outcome", message="请核对", settlement=settlement, settled_at=settlement.made_at
    )
    meeting.problems.create(code="unit-unknown", message="单位不详")
    keep_wording(Passage(meeting, meeting.items.first()))
    meeting.body.division = Division.objects.create(name="云川市")
    meeting.body.save()
    # Kept in one go, the first of them have no past version yet.
    for names in (meeting.body.organizations, meeting.body.people):
        names.order_by("pk").first().save()
    ErrorReport.objects.create(place="/", text="第二项的牵头单位应为市交通局。")
    Synonym.objects.create(typed="小绵羊", written="电动自行车", reason="市民来电这样问")
    uploader = User.objects.create_user("侯鹤鸣")
    Upload.objects.create(by=uploader, name="会议纪要.txt", sha256="0" * 64, size=3, content=b"abc")
    AuditEntry.note(AuditAction.UPLOADED, uploader, "会议纪要.txt")
    Correction.objects.create(meeting=meeting, place="chair", value="闵若水", made_by=uploader)
    merge("organization", unit_of(meeting.body, "市城管委").pk, unit_of(meeting.body, "市城管局").pk, uploader)
    meeting_changed.send(sender=Meeting, meeting_id=meeting.pk)
    index_everything()
    regenerate()
    return meeting
