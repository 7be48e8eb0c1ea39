"""Browsers' reports of the Content Security Policy: which directive stopped something, and from which origin.

Anyone can post here, so little is believed and little is kept: reports of a known directive are counted, and one
line names the directive and the origin alone. Addresses of pages stay out of the log, as they name readings.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.limits import ratelimits
from core.ops import metrics

logger = logging.getLogger(__name__)

MAX_BYTES: Final = 16 * 1024
# A page that breaks reports a few at once; more of one visit say nothing new.
MAX_REPORTS: Final = 5


@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Take a report in either form browsers send. Always 204: a browser does not look at the answer."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and 0 < int(length) <= MAX_BYTES and not ratelimits.reports_too_often(request):
        for directive, origin in _violations(request.body):
            metrics.csp_violations.labels(directive).inc()
            logger.warning("csp: a page's request was stopped, directive=%s, origin=%s", directive, origin)
    return HttpResponse(status=204)


def _violations(body: bytes) -> Iterator[tuple[str, str]]:
    """Yield (directive, origin) of the first reports in a body, without those that make no sense."""
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError):
        return
    for report in (found if isinstance(found, list) else [found])[:MAX_REPORTS]:
        # ``report-uri`` sends {"csp-report": {…}}, the Reporting API a list of {"type", "body": {…}}.
        fields = report.get("csp-report") or report.get("body") if isinstance(report, dict) else None
        if not isinstance(fields, dict):
            continue
        told = fields.get("effective-directive") or fields.get("violated-directive")
        directive = str(told or fields.get("effectiveDirective") or "").partition(" ")[0]
        # script-src-elem and its like are parts of the directives that we set.
        directive = directive.removesuffix("-elem").removesuffix("-attr")
        if directive in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]:
            yield directive, _origin(str(fields.get("blocked-uri") or fields.get("blockedURL") or ""))


def _origin(blocked: str) -> str:
    """Return scheme and host of what was stopped, or a browser's word for it ("inline", "eval", "data")."""
    if blocked.isalpha() and len(blocked) < 20:
        return blocked
    try:
        parts = urlsplit(blocked)
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:
        return "unreadable"
    return f"{parts.scheme[:20]}://{host[:80]}" if host else parts.scheme[:20] or "unreadable"
