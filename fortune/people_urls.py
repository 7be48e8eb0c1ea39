"""Addresses of what a person keeps."""

from __future__ import annotations

from django.urls import path

from fortune.views import account, favorites, history, people

urlpatterns = [
    path("fortune/history/", history.history, name="history"),
    path("fortune/history/statistics/", history.statistics, name="statistics"),
    path("fortune/history/export/", history.export, name="history_export"),
    path("fortune/history/<uuid:reading_id>/delete/", history.delete, name="history_delete"),
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
