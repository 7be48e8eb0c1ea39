// What the engine says about a birth while it is typed: the date as understood, the letters, one problem beside each field.

const DEBOUNCE = 350;
const CHECKED = ["calendar", "birth_date", "birth_time", "birth_place"];

export function check(form, person) {
  const { scope, one, all, prefix } = person;
  const notes = scope.querySelector("[data-birth-check]");
  const button = scope.querySelector("[data-other-time]");
  const place = scope.querySelector("[data-place-check]");
  const letters = scope.querySelector("[data-letters]");
  const leap = scope.querySelector("[data-leap]");
  const csrf = form.querySelector('[name="csrfmiddlewaretoken"]').value;
  let timer;
  let asked = 0;

  const showLeap = (month) => {
    const input = leap.querySelector("input");
    if (!month && !input.checked) leap.hidden = true;
    else leap.hidden = false;
  };
  showLeap(false);

  async function ask() {
    const digits = one("birth_date").value.replace(/\D/g, "");
    if (digits.length < 4) return render(null);
    const body = new FormData(form);
    const mine = new URLSearchParams();
    for (const [name, value] of body) if (name.startsWith(prefix)) mine.append(name.slice(prefix.length), value);
    const turn = ++asked;
    try {
      const answer = await fetch(form.dataset.check, {
        method: "POST",
        body: mine,
        headers: { "X-CSRFToken": csrf, Accept: "application/json" },
      });
      const said = answer.ok ? await answer.json() : null;
      if (turn === asked) render(said);
    } catch {
      // Offline or cut off: the form itself says what is wrong when it is sent.
    }
  }

  // A morning hour may have been meant for the afternoon: one press changes it.
  function other(time) {
    button.hidden = !time;
    if (!time) return;
    button.textContent = time.words;
    button.onclick = () => {
      one("birth_time").value = time.time;
      one("birth_time").dispatchEvent(new Event("input", { bubbles: true }));
    };
  }

  function render(said) {
    notes.replaceChildren();
    showLeap(Boolean(said?.leap));
    other(said?.other);
    place.textContent = said?.place ?? "";
    place.hidden = !said?.place;
    draw(letters, said?.letters ?? []);
    if (!said) return;
    for (const name of CHECKED) if (isTyped(one(name))) problem(one(name), said.problems[name]);
    const list = document.createElement("ul");
    list.className = "plain";
    for (const line of [said.understood, said.converted, ...said.notices]) {
      if (!line) continue;
      const item = document.createElement("li");
      item.textContent = line;
      if (line === said.understood) item.className = "understood";
      if (line === said.converted) item.className = "converted";
      list.append(item);
    }
    if (list.children.length) notes.append(list);
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DEBOUNCE);
  };
  for (const name of ["birth_date", "birth_time"]) one(name).addEventListener("input", later);
  for (const name of ["birth_date", "calendar", "time_unknown", "birth_place", "clock", "day_change", "fold", "gender"]) {
    for (const input of all(name)) input.addEventListener("change", later);
  }
  if (one("birth_date").value) ask();
}

// The eight letters, as soon as they are known: the hour's at the left, the year's at the right.
function draw(box, pillars) {
  box.hidden = !pillars.length;
  box.setAttribute("aria-label", pillars.map(({ said }) => said).join(", "));
  box.replaceChildren(
    ...pillars.map(({ signs }) => {
      const column = document.createElement("span");
      for (const { hanja, word, element } of signs.length ? signs : [{}, {}]) {
        const tile = document.createElement("span");
        const small = document.createElement("small");
        tile.className = element ? `letter ${element}` : "letter";
        tile.lang = "ko-Hani";
        small.lang = document.documentElement.lang;
        small.textContent = word ?? "";
        tile.append(hanja ?? "?", small);
        column.append(tile);
      }
      return column;
    }),
  );
}

// A date that is being typed is not wrong yet.
function isTyped(input) {
  return document.activeElement !== input || input.value.replace(/\D/g, "").length >= 6 || !input.name.endsWith("birth_date");
}

// One error beside its field: what the server has said of a form that was sent goes with what it says now.
function problem(input, message) {
  const field = input.closest(".field");
  const said = field.querySelector(".field-error");
  if (!message) {
    said?.remove();
    field.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
    return;
  }
  const line = said ?? document.createElement("p");
  line.className = "field-error";
  line.setAttribute("role", "status");
  if (line.textContent !== message) line.textContent = message;
  if (!said) field.append(line);
}
