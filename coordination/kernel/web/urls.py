"""The addresses of the kernel's screens, and the two that every workflow has."""

from django.urls import include, path

from coordination.kernel.matters import Matter
from coordination.kernel.web.account import account, leave_elsewhere, size, token
from coordination.kernel.web.bulk import urlpatterns as bulk
from coordination.kernel.web.calculator import urlpatterns as calculator
from coordination.kernel.web.catalogue_urls import urlpatterns as catalogue
from coordination.kernel.web.components import urlpatterns as components
from coordination.kernel.web.desk import desk
from coordination.kernel.web.draft_files import draft_file, draft_files
from coordination.kernel.web.drafts import delete_draft, drafts
from coordination.kernel.web.factor import second_factor
from coordination.kernel.web.filters import urlpatterns as filters
from coordination.kernel.web.inbox import inbox, open_notice, read_all
from coordination.kernel.web.lists import matter_list
from coordination.kernel.web.materials import urlpatterns as materials
from coordination.kernel.web.new import new_page
from coordination.kernel.web.notice_switches import notice_switches
from coordination.kernel.web.page import matter_page
from coordination.kernel.web.password import Password
from coordination.kernel.web.sealing import urlpatterns as sealing
from coordination.kernel.web.search import search
from coordination.kernel.web.step import step_page
from coordination.kernel.web.verify import urlpatterns as papers

urlpatterns = [
    path("", desk, name="desk"),
    path("search/", search, name="search"),
    path("notices/", inbox, name="notices"),
    path("notices/read/", read_all, name="notices-read"),
    path("notices/<int:pk>/", open_notice, name="notice"),
    path("account/", account, name="account"),
    path("account/size/", size, name="size"),
    path("account/notices/", notice_switches, name="notice-switches"),
    path("account/second-factor/", second_factor, name="second-factor"),
    path("account/password/", Password.as_view(), name="password"),
    path("account/elsewhere/", leave_elsewhere, name="leave-elsewhere"),
    path("account/token/", token, name="token"),
    path("drafts/", drafts, name="draft"),
    path("drafts/<int:pk>/delete/", delete_draft, name="draft-delete"),
    path("drafts/files/", draft_files, name="draft-files"),
    path("drafts/files/<int:pk>/", draft_file, name="draft-file"),
    *bulk,
    *filters,
    *calculator,
    *catalogue,
    *components,
    *materials,
    *papers,
    *sealing,
    path("m/<str:number>/", matter_page, name="matter"),
    path("m/<str:number>/<slug:name>/", step_page, name="step"),
]


def workflow_urls(*models: type[Matter], at: str = "") -> list:
    """`list` and `new` of each workflow of an app, in the namespace of its kind (`cases:list`) and below its name, or
    below `at` where the app has a screen of its own there."""
    return [path(at or f"{model.KIND}/", include((_pages(model), model.KIND))) for model in models]


def _pages(model: type[Matter]) -> list:
    return [
        path("", matter_list, {"model": model}, name="list"),
        path("new/", new_page, {"model": model}, name="new"),
    ]
