// Words that explain themselves, on every page. Without this script they are links to the glossary.

let words = null;
let open = null;

async function meanings() {
  const link = document.querySelector(".term");
  const address = new URL(link.href);
  address.hash = "";
  address.pathname = address.pathname.replace(/\/$/, ".json");
  words ??= fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)));
  return words;
}

function close({ refocus = true } = {}) {
  if (!open) return;
  const { box, term } = open;
  open = null;
  box.remove();
  term.setAttribute("aria-expanded", "false");
  if (refocus) term.focus();
}

function place(box, term) {
  const at = term.getBoundingClientRect();
  const width = box.offsetWidth;
  const left = Math.max(16, Math.min(at.left, document.documentElement.clientWidth - width - 16));
  const below = at.bottom + 8;
  const fits = below + box.offsetHeight < window.innerHeight || at.top < box.offsetHeight + 16;
  box.setAttribute("hidden", "");
  const top = fits ? below : at.top - box.dataset.height - 8;
  box.removeAttribute("hidden");
  box.style.left = `${left + window.scrollX}px`;
  box.style.top = `${top + window.scrollY}px`;
}

async function explain(term) {
  if (open?.term === term) return close();
  close({ refocus: false });
  let word;
  try {
    word = (await meanings())[term.dataset.term];
  } catch {
    words = null;
  }
  if (!word) return void location.assign(term.href);
  const box = document.createElement("div");
  box.className = "popover";
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-labelledby", "popover-title");
  const shut = document.createElement("button");
  shut.type = "button";
  shut.className = "close";
  shut.setAttribute("aria-label", word.close);
  shut.textContent = "×";
  shut.addEventListener("click", () => close());
  const title = document.createElement("h2");
  title.id = "popover-title";
  title.textContent = word.name;
  if (word.hanja) {
    const small = document.createElement("small");
    small.lang = "ko-Hani";
    small.textContent = word.hanja;
    title.append(" ", small);
  }
  const text = document.createElement("p");
  text.textContent = word.meaning;
  box.append(shut, title, text);
  document.body.append(box);
  box.dataset.height = box.offsetHeight;
  place(box, term);
  term.setAttribute("aria-expanded", "true");
  open = { box, term };
  shut.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const term = event.target.closest(".term");
  if (term) {
    event.preventDefault();
    explain(term);
  } else if (open && !open.box.contains(event.target)) {
    close({ refocus: false });
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && open) {
    event.preventDefault();
    close();
  }
  if (event.key === " " && event.target.matches?.(".term")) {
    event.preventDefault();
    explain(event.target);
  }
});

document.addEventListener("focusin", (event) => {
  if (open && !open.box.contains(event.target) && event.target !== open.term) close({ refocus: false });
});

function makeButtons(root) {
  for (const term of root.querySelectorAll(".term")) {
    term.setAttribute("role", "button");
    term.setAttribute("aria-haspopup", "dialog");
    term.setAttribute("aria-expanded", "false");
  }
}

makeButtons(document);
document.addEventListener("fortune:content", (event) => makeButtons(event.target));

// One page is kept for when there is no network; pages work as well without it.
window.addEventListener("load", () => {
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
});
