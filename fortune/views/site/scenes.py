"""Scenes as files of their own, for thumbnails."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from fortune.saju.cycle import Pillar
from fortune.scenes import Theme, scene_name, standalone

WEEK = 7 * 24 * 3600
_SLUGS = {scene_name(day.stem, day.branch): day for day in map(Pillar, range(60))}


@require_safe
@cache_control(max_age=WEEK, public=True)
def scene(request: HttpRequest, name: str, theme: str) -> HttpResponse:
    """Return one of the sixty scenes in one theme; the same for everybody."""
    if name not in _SLUGS or theme not in tuple(Theme):
        raise Http404
    day = _SLUGS[name]
    return HttpResponse(standalone(day.stem, day.branch, Theme(theme)), content_type="image/svg+xml")
