// The page moves with the text only while its reader asks for that: by the button, until they scroll themselves.

const SCROLLS = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]);
const MARGIN = 16;

// `end` returns the element that ends the text so far, `bar` what covers the bottom of the window.
// Call what this returns whenever the text has grown.
export function following(button, bar, end) {
  let on = false;
  const keep = () => {
    if (!on) return;
    const hidden = end().getBoundingClientRect().bottom - bar.getBoundingClientRect().top + MARGIN;
    if (hidden > 0) window.scrollBy({ top: hidden, behavior: "instant" });
  };
  const turn = (wanted) => {
    on = wanted;
    button.setAttribute("aria-pressed", String(on));
  };
  button.addEventListener("click", () => {
    turn(!on);
    keep();
  });
  for (const kind of ["wheel", "touchmove"]) window.addEventListener(kind, () => turn(false), { passive: true });
  window.addEventListener("keydown", (event) => {
    if (SCROLLS.has(event.key) && event.target !== button) turn(false);
  });
  return keep;
}
