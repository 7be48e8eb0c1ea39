// The timeline: pressing a 대운 or 세운 replaces the panel in place. Without this script the page reloads.

export function timeline(section) {
  if (!section) return;
  centre(section);
  // Folded as a whole it has no width until it is opened.
  section.querySelector(":scope > .fold")?.addEventListener("toggle", ({ target, currentTarget }) => target === currentTarget && centre(section));
  section.addEventListener("submit", async (event) => {
    const pressed = event.submitter;
    if (!pressed?.name) return;
    event.preventDefault();
    const address = new URL(section.dataset.luck, location.href);
    address.searchParams.set(pressed.name, pressed.value);
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok) return void event.target.submit();
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    section.querySelector("[data-luck-panel]").replaceWith(holder.content);
    centre(section);
    section.dispatchEvent(new CustomEvent("fortune:content", { bubbles: true }));
    section.querySelector(`[name="${pressed.name}"][value="${pressed.value}"]`)?.focus({ preventScroll: true });
  });
  section.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const item = event.target.closest("li");
    if (!step || !item) return;
    const next = step < 0 ? item.previousElementSibling : item.nextElementSibling;
    next?.querySelector("button")?.focus();
    event.preventDefault();
  });
}

function centre(section) {
  for (const strip of section.querySelectorAll(".luck-strip")) {
    const item = strip.querySelector('[aria-pressed="true"]') ?? strip.querySelector("[aria-current]");
    if (item) strip.scrollLeft = item.offsetLeft - strip.offsetLeft - (strip.clientWidth - item.offsetWidth) / 2;
  }
}
