"""To whom a county's organs report what they cannot stop themselves."""

from coordination.kernel.organs import Organ


def county_government(county: str) -> Organ | None:
    """The people's government of the county, the one on the platform first."""
    found = Organ.objects.filter(county=county, kind=Organ.Kind.GOVERNMENT)
    return found.order_by("off_platform", "pk").first()
