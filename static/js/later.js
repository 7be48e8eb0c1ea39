// A folded part is kept as the text of a <noscript> until it is opened: hundreds of elements that few readers need. A part
// with `data-near`, which is not folded but far below, is kept so until its reader comes near. Without scripts a browser
// shows the content of a <noscript>; before printing all of them are built.

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      build(target);
    }
  },
  { rootMargin: "100%" }, // of the window, above and below it
);

export function build(scope) {
  for (const kept of scope.querySelectorAll("noscript[data-later]")) {
    const place = kept.parentElement;
    kept.replaceWith(document.createRange().createContextualFragment(kept.innerHTML));
    place.dispatchEvent(new CustomEvent("fortune:content", { bubbles: true }));
  }
}

export function buildLater() {
  for (const part of document.querySelectorAll("[data-near]")) near.observe(part);
  document.addEventListener("toggle", ({ target }) => target.open && build(target), { capture: true });
  window.addEventListener("beforeprint", () => build(document));
  window.matchMedia("print").addEventListener("change", ({ matches }) => matches && build(document));
}
