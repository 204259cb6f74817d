"""Materials on pages: the list on a matter's page; where they are added, ticked and reviewed; the file itself."""

from coordination.kernel.web.materials.showing import materials_of
from coordination.kernel.web.materials.views import urlpatterns

__all__ = ["materials_of", "urlpatterns"]
