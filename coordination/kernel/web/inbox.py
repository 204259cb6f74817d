"""消息: what my posts are told. Reading marks serve the reader's own count, nobody else."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coordination.kernel.clocks import Clock
from coordination.kernel.notices import Level, Notice, NoticeRead
from coordination.kernel.retold import notice_words
from coordination.kernel.web.request import moment_of

PAGE = 20


def inbox(request: HttpRequest) -> HttpResponse:
    """My notices, the newest first."""
    moment_of(request)
    notices = Notice.objects.once_to(request.user).with_read(request.user).select_related("matter", "organ")
    page = Paginator(notices.order_by("-id"), PAGE).get_page(request.GET.get("page"))
    unread = Notice.objects.once_to(request.user).with_read(request.user).filter(read=False).count()
    return render(
        request,
        "kernel/notices.html",
        {
            "notices": _all_shown(page.object_list),
            "page_obj": page,
            "unread": unread,
            "read_all_url": reverse("notices-read"),
        },
    )


def _all_shown(notices: Iterable[Notice]) -> list[dict]:
    notices = list(notices)
    entries = [notice.entry_id for notice in notices]
    owed = set(Clock.objects.filter(started_by__in=entries).values_list("started_by", "organ"))
    return [_shown(notice, (notice.entry_id, notice.organ_id) in owed) for notice in notices]


def _shown(notice: Notice, owed: bool) -> dict:
    """`owed`: it has given the organ something to do."""
    level = notice.level if notice.level in (Level.REMIND, Level.OVERDUE, Level.SUPERVISE) else "tell"
    return {
        "text": notice_words(notice),
        "level": level,
        "unread": not notice.read,
        "at": notice.created_at,
        "organ": notice.organ.short_name,
        "next_label": _("去办理") if owed or level != "tell" else _("查看"),
        "url": reverse("notice", args=[notice.pk]),
    }


def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the matter and notes that this reader has seen the notice."""
    moment_of(request)
    notice = Notice.objects.visible_to(request.user).select_related("matter").filter(pk=pk).first()
    if notice is None:
        raise Http404
    told = Notice.objects.visible_to(request.user).filter(entry=notice.entry_id)  # through each post of his
    NoticeRead.objects.bulk_create([NoticeRead(notice=one, user=request.user) for one in told], ignore_conflicts=True)
    return redirect("matter", notice.matter.number)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    moment_of(request)
    unread = Notice.objects.once_to(request.user).with_read(request.user).filter(read=False)
    NoticeRead.objects.bulk_create(
        [NoticeRead(notice_id=pk, user=request.user) for pk in unread.values_list("pk", flat=True)[:5000]],
        ignore_conflicts=True,
    )
    return redirect("notices")
