// What is folded is kept as the text of a <noscript> until it is opened: hundreds of elements that few pages need.
// Without scripts a browser shows it as it stands; on paper all of it is there. What is far below, and not folded, is
// built when its reader comes near.

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
