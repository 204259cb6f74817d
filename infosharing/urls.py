"""Addresses of information sharing: the board and its ledgers beside what every workflow has."""

from django.urls import include, path

from coordination.kernel.web.new import new_page
from coordination.kernel.web.urls import workflow_urls
from infosharing.models import Breach, Claim, SharedRecord
from infosharing.views.board import board, new_record
from infosharing.views.claiming import claims
from infosharing.views.filing import accounts_chain, file_with, filings
from infosharing.views.off_catalogue import off_catalogue, publicity
from infosharing.views.reading import read_content, version
from infosharing.views.reporting import batch_file, export_due, mark, platform
from infosharing.views.subscribing import subscriptions, unsubscribe

PAGES = [path("", board, name="list"), path("new/", new_record, name="new")]
CLAIMS = [path("", claims, name="list"), path("new/", new_page, {"model": Claim}, name="new")]
LEDGERS = [
    path("records/<str:number>/content/", read_content, name="record_content"),
    path("records/<str:number>/versions/<int:version>/", version, name="record_version"),
    path("subscriptions/", subscriptions, name="subscriptions"),
    path("subscriptions/<int:pk>/end/", unsubscribe, name="unsubscribe"),
    path("platform/", platform, name="platform"),
    path("platform/export/", export_due, name="platform_export"),
    path("platform/mark/", mark, name="platform_mark"),
    path("platform/<int:pk>.<str:form>", batch_file, name="platform_file"),
    path("off-catalogue/", off_catalogue, name="off_catalogue"),
    path("publicity/", publicity, name="publicity"),
    path("filings/", filings, name="filings"),
    path("filings/<str:key>/", file_with, name="file_with"),
    path("accounts/", accounts_chain, name="accounts_chain"),
]
urlpatterns = [
    path(f"{SharedRecord.KIND}/", include((PAGES, SharedRecord.KIND))),
    path(f"{SharedRecord.KIND}/", include(LEDGERS)),
    path(f"{Claim.KIND}/", include((CLAIMS, Claim.KIND))),
    *workflow_urls(Breach),
]
