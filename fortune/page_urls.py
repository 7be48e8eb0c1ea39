"""The addresses that people open: pages and the parts of pages that scripts ask for."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from fortune.views import check, more, pages, questions, share, site


class ShareToken(StringConverter):
    """What `secrets.token_urlsafe` makes; anything else is no link, and not worth a query."""

    regex = "[A-Za-z0-9_-]{16,43}"


register_converter(ShareToken, "share_token")

urlpatterns: list[URLPattern] = [
    path("", pages.saju_view, name="home"),
    path("fortune/", pages.saju_view, name="form"),
    path("fortune/check/", check.check, name="check"),
    path("fortune/places/", check.find_places, name="places"),
    path("fortune/readings/<uuid:reading_id>/", pages.reading, name="reading"),
    path("fortune/readings/<uuid:reading_id>/luck/", pages.luck, name="luck"),
    path("fortune/readings/<uuid:reading_id>/schools/", more.schools, name="schools"),
    path("fortune/readings/<uuid:reading_id>/days/", more.days, name="days"),
    path("fortune/readings/<uuid:reading_id>/more/", more.more, name="more"),
    path("fortune/readings/<uuid:reading_id>/ask/", questions.ask, name="ask"),
    path("fortune/readings/<uuid:reading_id>/share/", share.share, name="share"),
    path("fortune/readings/<uuid:reading_id>/share/revoke/", share.revoke, name="share_revoke"),
    path("s/<share_token:token>/", share.shared, name="shared"),
    path("s/<share_token:token>/<int:version>.png", share.share_card, name="share_card"),
    path("fortune/match/", more.match, name="match"),
    path("fortune/glossary/", site.glossary, name="glossary"),
    path("fortune/glossary.json", site.glossary_json, name="glossary_json"),
    path("about/", site.about, name="about"),
    path("accuracy/", site.accuracy, name="accuracy"),
    path("privacy/", site.privacy, name="privacy"),
    path("view/", site.view_settings, name="view_settings"),
    path("manifest.webmanifest", site.manifest, name="manifest"),
    path("robots.txt", site.robots, name="robots"),
    path("favicon.ico", site.favicon, name="favicon"),
    path("offline/", site.offline, name="offline"),
    path("sw.js", site.service_worker, name="service_worker"),
]
