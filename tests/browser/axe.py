"""The violations that axe finds on a page, in every scheme of colours, without asking the same question twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

Violations = list[tuple[str, str, str]]

UNSCHEMED: Final[dict[str, Any]] = {"color_scheme": "light", "forced_colors": "none"}
SCHEMES: Final[dict[str, dict[str, Any]]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}
# All rules that a colour can break, of those that axe asks by itself.
OF_COLOURS: Final = ("color-contrast", "link-in-text-block")
# axe, which reads each colour only once: a page has a dozen, named by thousands of elements, and reading them took a
# third of the time.
AXE: Final = (
    AXE_SCRIPT
    + """
;(() => {
    const { Color } = axe.commons.color, parse = Color.prototype.parseString, known = new Map();
    Color.prototype.parseString = function (text) {
        const { r, g, b, alpha } = known.get(text) ?? known.set(text, parse.call(new Color(), text)).get(text);
        return Object.assign(this, { r, g, b, alpha });
    };
})()"""
)
# Elements with words of their own, one of each kind. Those of a kind look the same, and so do all that they stand in. A
# link in the midst of words is another kind than one that stands alone. An element outside the flow may stand over
# anything, and is always asked for.
KINDS: Final = """
    const LOOKS = ["color", "background-color", "background-image", "opacity", "filter", "mix-blend-mode",
        "font-size", "font-weight", "text-shadow", "text-decoration-line", "-webkit-text-fill-color"];
    const known = new Map(), kinds = [];
    (function walk(one, outside, block, floats) {
        const style = getComputedStyle(one);
        if (style.display === "none") return;
        if (style.display !== "inline") block = one;
        floats ||= /absolute|fixed|sticky/.test(style.position);
        const among = one.localName === "a" && block.textContent.trim() !== one.textContent.trim();
        const looks = LOOKS.map((name) => style.getPropertyValue(name));
        const kind = [outside, one.localName, among, ...looks].join(" ");
        const isNew = !known.has(kind);
        if (isNew) known.set(kind, known.size);
        const words = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if ((isNew || floats) && (words || one.matches("input, select, textarea"))) kinds.push(one);
        for (const child of one.children) walk(child, known.get(kind), block, floats);
    })(document.body, "", document.body, false);"""
# Of what is right only the names of the rules: their elements would take as long as the search for what is wrong.
ASK: Final = """async ({others, colours, ofColours}) => {
    const found = [];
    const ask = async (where, options) => {
        const {violations} = await axe.run(where, {resultTypes: ["violations"], ...options});
        for (const {id, nodes} of violations) found.push(...nodes.map(({html}) => [id, html.slice(0, 200)]));
    };
    const without = Object.fromEntries(ofColours.map((rule) => [rule, {enabled: false}]));
    if (others) await ask(document, colours === "all" ? {} : {rules: without});
    if (colours !== "kinds") return found;
    %s
    await ask({include: kinds}, {runOnly: ofColours});
    return found;
}"""
# The elements that are seen, and what the style sheets write beside them.
SEEN: Final = """() => [...document.body.querySelectorAll("*")]
    .filter((one) => one.checkVisibility({visibilityProperty: true}))
    .map((one) => [one.localName, ...["::before", "::after"].map((part) => getComputedStyle(one, part).content)].join())
    .join(" ")"""


def violations(page: Page, *, others: bool = True, colours: str = "all") -> Violations:
    """Return what breaks a rule: the rule's name, the page's address and the element.

    The rules of colours are asked of "all" elements, or of one of each of their "kinds". ``others`` are all other rules.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    asked = {"others": others, "colours": colours, "ofColours": OF_COLOURS}
    return [(rule, page.url, element) for rule, element in page.evaluate(ASK % KINDS, asked)]


def violations_in_all_schemes(page: Page) -> Violations:
    """Ask all rules in light, and in the other schemes those of colours: of one element of each kind.

    A scheme changes no place, and so what stands over what has been asked in light. All rules are asked there too where
    a page does not show the same.
    """
    found, in_light = [], None
    for scheme in SCHEMES.values():
        page.emulate_media(**{**UNSCHEMED, **scheme})
        seen = page.evaluate(SEEN)
        found += violations(page, others=False, colours="kinds") if seen == in_light else violations(page)
        in_light = in_light or seen
    page.emulate_media(**UNSCHEMED)
    return found
