"""Form fields: label, control, hint and error, tied together for screen readers."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django import forms, template
from django.forms import BoundField
from django.utils.translation import gettext as _

register = template.Library()


@register.inclusion_tag("account/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Render one field. Radios become a group; check boxes stand before their label."""
    widget = bound.field.widget
    kind = "text"
    if isinstance(widget, forms.RadioSelect):
        kind = "radios"
    elif isinstance(widget, forms.CheckboxInput):
        kind = "check"
    described = []
    if bound.help_text:
        described.append(f"{bound.auto_id}-hint")
    if bound.errors:
        described.append(f"{bound.auto_id}-error")
    attrs: dict[str, str | bool] = {"class": "input"} if kind == "text" else {}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    # allauth repeats the label as a placeholder; a label alone is enough.
    widget.attrs.pop("placeholder", None)
    return {"field": bound, "kind": kind, "control": bound.as_widget(attrs=attrs)}


# In this order: many browsers name others besides themselves.
BROWSERS = (
    ("KAKAOTALK", "KakaoTalk"), ("NAVER(", "NAVER"), ("SamsungBrowser", "Samsung Internet"), ("Whale", "Whale"),
    ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


@register.filter
def device(agent: str) -> str:
    """Return the browser and its system as people call them; an unknown one as it names itself."""
    found = [next((name for mark, name in names if mark in agent), "") for names in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found)) or agent[:40] or _("알 수 없는 기기")


@register.simple_tag(takes_context=True)
def sign_in_providers(context: Any) -> list[Any]:
    """Return the configured providers in our order; allauth's own tag sorts them by name."""
    return list(get_adapter().list_providers(context["request"]))
