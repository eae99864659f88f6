"""What the public may see of each kind of record: that, and only that, which stands in a published meeting.

Of a meeting that was public once and is withdrawn, the public is told that it was: `withdrawn` gives those.
"""

from django.db.models import Exists, OuterRef, QuerySet

from minutes.models import (
    AgendaItem,
    Attendance,
    Body,
    Deadline,
    Decision,
    Document,
    DocumentReference,
    Involvement,
    Meeting,
    MeetingStatus,
    Organization,
    Paragraph,
    Person,
)
from minutes.models.merging import Mergeable


def meetings() -> QuerySet[Meeting]:
    return Meeting.objects.published()


def withdrawn() -> QuerySet[Meeting]:
    """The meetings that were public once and are not any more."""
    return Meeting.objects.filter(status=MeetingStatus.WITHDRAWN, published_at__isnull=False).select_related("body")


def bodies() -> QuerySet[Body]:
    return Body.objects.filter(Exists(meetings().filter(body=OuterRef("pk"))))


def items() -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting__in=meetings())


def paragraphs() -> QuerySet[Paragraph]:
    return Paragraph.objects.filter(item__meeting__in=meetings())


def decisions() -> QuerySet[Decision]:
    return Decision.objects.filter(item__meeting__in=meetings())


def deadlines() -> QuerySet[Deadline]:
    return Deadline.objects.published()


def involvements() -> QuerySet[Involvement]:
    return Involvement.objects.filter(item__meeting__in=meetings())


def attendance() -> QuerySet[Attendance]:
    return Attendance.objects.filter(meeting__in=meetings())


def document_references() -> QuerySet[DocumentReference]:
    return DocumentReference.objects.filter(item__meeting__in=meetings())


def documents() -> QuerySet[Document]:
    return Document.objects.filter(Exists(document_references().filter(document=OuterRef("pk"))))


def organizations() -> QuerySet[Organization]:
    involved = involvements().filter(organization=OuterRef("pk"))
    listed = attendance().filter(organization=OuterRef("pk"))
    return Organization.objects.filter(Exists(involved) | Exists(listed))


def people() -> QuerySet[Person]:
    return Person.objects.filter(Exists(attendance().filter(person=OuterRef("pk"))))


def kept_instead_of(records: QuerySet, pk: int) -> Mergeable | None:
    """The one of these public records that the record of this key was joined into."""
    if not issubclass(records.model, Mergeable):
        return None
    joined = records.model.objects.filter(pk=pk).exclude(merged_into=None).select_related("merged_into").first()
    return records.filter(pk=joined.kept.pk).first() if joined else None
