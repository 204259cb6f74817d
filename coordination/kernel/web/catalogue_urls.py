"""The addresses of 清单 and 通讯录."""

from django.urls import path

from coordination.kernel.web import catalogue, directory

urlpatterns = [
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/suggest/", catalogue.suggest, name="catalogue_suggest"),
    path("catalogue/letters/<int:pk>/", catalogue.letter, name="catalogue_letter"),
    path("catalogue/<slug:county>/<int:number>/", catalogue.item, name="catalogue_item"),
    path("directory/", directory.directory, name="directory"),
    path("directory/<str:key>/", directory.organ, name="directory_organ"),
]
