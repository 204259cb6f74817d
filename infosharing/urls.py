"""Addresses of information sharing: the board and its ledgers beside the two that every workflow has."""

from django.urls import include, path

from infosharing.models import SharedRecord
from infosharing.views.board import board, new_record
from infosharing.views.reading import read_content, version

PAGES = [path("", board, name="list"), path("new/", new_record, name="new")]
urlpatterns = [
    path(f"{SharedRecord.KIND}/", include((PAGES, SharedRecord.KIND))),
    path("infosharing/records/<str:number>/content/", read_content, name="record_content"),
    path("infosharing/records/<str:number>/versions/<int:version>/", version, name="record_version"),
]
