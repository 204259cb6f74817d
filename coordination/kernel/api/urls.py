"""The addresses of the API: the calculator, files, events, the schema, and for each workflow what its flow declares."""

from collections.abc import Iterator

from django.urls import URLPattern, path, re_path
from drf_spectacular.views import SpectacularAPIView

from coordination.kernel.api.base import Nowhere
from coordination.kernel.api.correcting import CorrectDocument
from coordination.kernel.api.due import urlpatterns as due
from coordination.kernel.api.events import EventFeed
from coordination.kernel.api.files import DocumentFile, MaterialFile, Materials, SealedFile
from coordination.kernel.api.matters import MatterDetail, MatterList, MatterListAndBirth
from coordination.kernel.api.steps import StepView, first_step, open_to_programs
from coordination.kernel.matters import Matter
from coordination.kernel.web.workflows import workflows


def workflow(model: type[Matter]) -> Iterator[URLPattern]:
    """List, detail, materials, and one address for each step."""
    kind, first, one = model.KIND, first_step(model), f"{model.KIND}/<str:number>/"
    known = {"model": model}
    listed = MatterListAndBirth.as_view(**known, step=first) if first else MatterList.as_view(**known)
    yield path(f"{kind}/", listed, name=f"api-{kind}-list")
    yield path(one, MatterDetail.as_view(**known), name=f"api-{kind}-detail")
    yield path(f"{one}materials/", Materials.as_view(**known), name=f"api-{kind}-materials")
    for step in open_to_programs(model):
        view = StepView.as_view(**known, step=step)
        yield path(f"{one}steps/{step.name}/", view, name=f"api-{kind}-{step.name}")


urlpatterns = [
    *due,
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("events/", EventFeed.as_view(), name="api-events"),
    path("documents/<int:pk>/", DocumentFile.as_view(), name="api-document"),
    path("documents/<int:pk>/sealed/", SealedFile.as_view(), name="api-document-sealed"),
    path("documents/<int:pk>/correct/", CorrectDocument.as_view(), name="api-document-correct"),
    path("materials/<int:pk>/", MaterialFile.as_view(), name="api-material"),
    *(address for model in workflows().values() for address in workflow(model)),
    re_path(r".*/$", Nowhere.as_view(), name="api-nowhere"),
]
