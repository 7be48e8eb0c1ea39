"""The product's addresses: for programs and scripts, pages of readings, pages of the site, a member's own pages."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from fortune.views import api
from fortune.views.births import form, match, pillars, while_typing
from fortune.views.personal import account, favorites, forget, history, people
from fortune.views.readings import chart, events, more, questions, reading, verdicts
from fortune.views.sharing import owner, recipient
from fortune.views.site import browser_files, pages, scenes

app_name = "fortune"


class ShareToken(StringConverter):
    """A token of ``secrets.token_urlsafe``; anything else is no link, and not worth a query."""

    regex = "[A-Za-z0-9_-]{16,43}"


register_converter(ShareToken, "share_token")

urlpatterns: list[URLPattern] = [
    path("fortune/api/streaming/", api.saju_streaming_api, name="streaming_api"),
    path("fortune/api/daily/", api.daily_fortune_api, name="daily_api"),
    path("fortune/api/topic/", api.analyze_topic, name="topic_api"),
    path("fortune/api/chart/", api.chart, name="chart_api"),
    path("fortune/readings/<uuid:reading_id>.json", api.reading_json, name="reading_json"),
    path("fortune/readings/<uuid:reading_id>/events", events.events, name="events"),
    path("fortune/readings/<uuid:reading_id>/stop", api.stop, name="stop"),
    path("fortune/readings/<uuid:reading_id>/retry", api.retry, name="retry"),
    path("fortune/readings/<uuid:reading_id>/regenerate", api.regenerate, name="regenerate"),
    path("", form.saju_view, name="home"),
    path("fortune/", form.saju_view, name="form"),
    path("fortune/check/", while_typing.check, name="check"),
    path("fortune/places/", while_typing.find_places, name="places"),
    path("fortune/readings/<uuid:reading_id>/", reading.reading, name="reading"),
    path("fortune/readings/<uuid:reading_id>/luck/", reading.luck, name="luck"),
    path("fortune/readings/<uuid:reading_id>/schools/", chart.schools, name="schools"),
    path("fortune/readings/<uuid:reading_id>/days/", chart.days, name="days"),
    path("fortune/readings/<uuid:reading_id>/text/", chart.as_text, name="chart_text"),
    path("fortune/readings/<uuid:reading_id>/verdicts/", verdicts.judge, name="verdicts"),
    path("fortune/readings/<uuid:reading_id>/years/", chart.years, name="years"),
    path("fortune/readings/<uuid:reading_id>/more/", more.more, name="more"),
    path("fortune/readings/<uuid:reading_id>/ask/", questions.ask, name="ask"),
    path("fortune/readings/<uuid:reading_id>/share/", owner.share, name="share"),
    path("fortune/readings/<uuid:reading_id>/share/revoke/", owner.revoke, name="share_revoke"),
    path("s/<share_token:token>/", recipient.shared, name="shared"),
    path("s/<share_token:token>/meet/", recipient.meet, name="meet"),
    path("s/<share_token:token>/<slug:form>-<int:version>.png", recipient.share_card, name="share_card"),
    path("fortune/scenes/<slug:name>-<slug:theme>.svg", scenes.scene, name="scene"),
    path("fortune/match/", match.match, name="match"),
    path("fortune/pillars/", pillars.pillars, name="pillars"),
    path("fortune/glossary/", pages.glossary, name="glossary"),
    path("fortune/glossary.json", pages.glossary_json, name="glossary_json"),
    path("about/", pages.about, name="about"),
    path("accuracy/", pages.accuracy, name="accuracy"),
    path("privacy/", pages.privacy, name="privacy"),
    path("view/", pages.view_settings, name="view_settings"),
    path("manifest.webmanifest", browser_files.manifest, name="manifest"),
    path("robots.txt", browser_files.robots, name="robots"),
    path(".well-known/security.txt", browser_files.security_txt, name="security_txt"),
    path("favicon.ico", browser_files.favicon, name="favicon"),
    path("offline/", browser_files.offline, name="offline"),
    path("sw.js", browser_files.service_worker, name="service_worker"),
    path("fortune/history/", history.history, name="history"),
    path("fortune/history/statistics/", history.statistics, name="statistics"),
    path("fortune/history/export/", history.export, name="history_export"),
    path("fortune/history/<uuid:reading_id>/delete/", history.delete, name="history_delete"),
    path("fortune/forget/", forget.forget, name="forget"),
    path("fortune/forget/done/", forget.forgotten, name="forgotten"),
    path("fortune/people/", people.people, name="people"),
    path("fortune/people/new/", people.edit, name="person_new"),
    path("fortune/people/<int:person_id>/", people.edit, name="person"),
    path("fortune/people/<int:person_id>/delete/", people.delete, name="person_delete"),
    path("fortune/favorites/", favorites.favorites, name="favorites"),
    path("fortune/favorites/<int:favorite_id>/delete/", favorites.delete, name="favorite_delete"),
    path("fortune/account/", account.account, name="account"),
    path("fortune/account/export/", account.export, name="account_export"),
    path("fortune/account/delete/", account.delete, name="account_delete"),
]
