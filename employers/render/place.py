"""The map of where a job is done: its town among those around it."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from employers.models import Workplace
from sportello.territory.models import Municipality
from sportello.territory.render.geometry import neighbours
from sportello.territory.render.map import Area, Fill, Marker, is_drawable, map_svg


def workplace_map(workplace: Workplace) -> SafeString:
    """SVG of the town and of those that touch it, with the workplace when its point is known. One query.

    Empty for a town without boundary (outside the metropolitan area).
    """
    town = workplace.municipality
    if not is_drawable(town.istat_code):
        return SafeString("")
    codes = {town.istat_code, *neighbours(town.istat_code)}
    names = dict(Municipality.objects.filter(istat_code__in=codes).values_list("istat_code", "name"))
    around = sorted(name for code, name in names.items() if code != town.istat_code)
    return map_svg(
        name="sede",
        title=_("Dove si lavora: %(town)s") % {"town": town.name},
        description=_("%(town)s confina con: %(around)s.") % {"town": town.name, "around": ", ".join(around)},
        areas=[
            Area(code, name, Fill.CHOSEN if code == town.istat_code else Fill.PLAIN)
            for code, name in sorted(names.items())
        ],
        markers=[Marker(point=workplace.point, number=None, label=str(workplace))] if workplace.point else [],
        are_named=True,
    )
