"""The map of a pact's members."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sportello.pacts.queries import PactPage
from sportello.territory.queries import metropolitan_municipalities
from sportello.territory.render.map import Area, Fill, LegendEntry, is_drawable, map_svg


def member_map(page: PactPage) -> SafeString:
    """SVG of the metropolitan area: the lead, the members in force today, all others; empty without boundaries."""
    members = {m.municipality.istat_code for m in page.members}
    lead = page.pact.lead.istat_code
    areas = []
    for place in metropolitan_municipalities():
        if not is_drawable(place.istat_code):
            continue
        fill = Fill.PLAIN
        if place.istat_code in members:
            fill = Fill.STEP_5 if place.istat_code == lead else Fill.STEP_3
        areas.append(Area(place.istat_code, place.name, fill))
    if not areas:
        return SafeString()
    return map_svg(
        name="pact-map",
        title=_("Comuni del patto"),
        description=_("%(count)d comuni aderenti; il capofila è %(lead)s. L'elenco è qui sotto.")
        % {"count": len(members), "lead": page.pact.lead.name},
        areas=areas,
        legend=[
            LegendEntry(Fill.STEP_5, _("Capofila")),
            LegendEntry(Fill.STEP_3, _("Aderente")),
            LegendEntry(Fill.PLAIN, _("Non aderente")),
        ],
        legend_scale=1.8,
    )
