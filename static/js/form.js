// The birth form: what the engine says about a date while it is typed, hours by name, places by search.
// Nothing here is needed: without it the same fields post the same values.

const DEBOUNCE = 350;
const CHECKED = ["calendar", "birth_date", "birth_time", "birth_place"];

for (const form of document.querySelectorAll("[data-birth-form]")) {
  for (const part of people(form)) enliven(form, part);
  const bad = form.querySelector('[aria-invalid="true"]');
  if (bad) (bad.matches("input,select") ? bad : bad.querySelector("input")).focus();
  form.addEventListener("submit", once);
  addEventListener("online", () => form.querySelector("[data-offline]")?.setAttribute("hidden", ""));
}

// A form has one birth, or two (궁합), told apart by the prefix of their names.
function people(form) {
  return [...form.querySelectorAll('[name$="birth_date"]')].map((input) => {
    const prefix = input.name.slice(0, -"birth_date".length);
    const all = (name) => [...form.querySelectorAll(`[name="${prefix}${name}"]`)];
    return { prefix, all, one: (name) => all(name)[0], scope: input.closest("[data-person]") ?? form };
  });
}

// Without a network nothing is sent and all stays. A second press while the first is on its way is no second wish.
function once(event) {
  const button = event.target.querySelector('[type="submit"]');
  const offline = event.target.querySelector("[data-offline]");
  if (offline) offline.hidden = navigator.onLine;
  if (!navigator.onLine) {
    event.preventDefault();
    offline?.scrollIntoView({ block: "nearest" });
    return;
  }
  if (event.target.dataset.sent) return void event.preventDefault();
  event.target.dataset.sent = "1";
  button.setAttribute("aria-disabled", "true");
  window.addEventListener("pageshow", () => {
    delete event.target.dataset.sent;
    button.removeAttribute("aria-disabled");
  });
}

function enliven(form, person) {
  hourPicker(person);
  colon(person);
  unknown(person);
  check(form, person);
  const place = person.one("birth_place");
  if (place) combobox(form, place);
}

function hourPicker({ scope, one }) {
  const picker = scope.querySelector("[data-hour-picker]");
  const time = one("birth_time");
  const buttons = [...picker.querySelectorAll("[data-time]")];
  const show = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.time === time.value));
  };
  picker.addEventListener("click", (event) => {
    const button = event.target.closest("[data-time]");
    if (!button) return;
    time.value = time.value === button.dataset.time ? "" : button.dataset.time;
    one("time_unknown").checked = false;
    time.readOnly = false;
    time.dispatchEvent(new Event("input", { bubbles: true }));
  });
  time.addEventListener("input", show);
  show();
}

// An iPhone's keypad of digits has no colon: it is put in once hours and minutes are whole.
function colon({ one }) {
  const time = one("birth_time");
  time.addEventListener("input", (event) => {
    const isTyping = event.inputType?.startsWith("insert") && !event.isComposing;
    if (isTyping && /^([01]\d|2[0-4])[0-5]\d$/.test(time.value)) time.value = `${time.value.slice(0, 2)}:${time.value.slice(2)}`;
  });
}

function unknown({ one }) {
  const [box, time] = [one("time_unknown"), one("birth_time")];
  const apply = () => {
    time.disabled = box.checked;
  };
  box.addEventListener("change", apply);
  apply();
}

function check(form, person) {
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

// The field of the place offers what the engine knows while one types; a name typed in full is as good.
function combobox(form, input) {
  const id = input.id;
  const list = document.createElement("ul");
  const box = document.createElement("div");
  box.className = "combo";
  list.id = `${id}-options`;
  list.className = "plain";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.placeholder);
  list.hidden = true;
  input.after(box);
  box.append(input, list);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ])
    input.setAttribute(name, value);

  const csrf = form.querySelector('[name="csrfmiddlewaretoken"]').value;
  const cities = [...box.parentElement.querySelectorAll("[data-cities] button")];
  let found = [];
  let active = -1;
  let timer;
  let asked = 0;
  let listed = null; // what the list was made for
  let settled = input.value;

  const press = () => {
    for (const city of cities) city.setAttribute("aria-pressed", String(city.textContent === settled));
  };
  function hide() {
    clearTimeout(timer);
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function choose(name) {
    settled = name;
    input.value = name;
    hide();
    press();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  async function search() {
    const query = input.value;
    const body = new URLSearchParams({ q: query });
    const headers = { "X-CSRFToken": csrf, Accept: "application/json" };
    clearTimeout(timer);
    const turn = ++asked;
    const answer = await fetch(input.dataset.places, { method: "POST", body, headers }).catch(() => null);
    const places = answer?.ok ? (await answer.json()).places : null;
    if (turn !== asked || document.activeElement !== input) return;
    listed = query;
    if (!places) return hide();
    found = places;
    list.replaceChildren(...(found.length ? found.map(option) : [nothing()]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    move(found.length ? 0 : -1);
  }
  function option({ name, other }, at) {
    const item = document.createElement("li");
    item.id = `${id}-option-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const small = document.createElement("small");
    small.textContent = other;
    item.append(name, small);
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      choose(name);
    });
    return item;
  }
  function nothing() {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    item.setAttribute("aria-selected", "false");
    item.textContent = input.dataset.empty;
    return item;
  }
  function move(to) {
    active = to;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    list.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[active].id);
  }
  for (const city of cities) city.addEventListener("click", () => choose(city.textContent));
  input.addEventListener("focus", () => input.select());
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value === listed && !list.hidden) return; // a syllable that was composed is committed
    if (input.value.trim()) timer = setTimeout(search, 150);
    else hide();
  });
  input.addEventListener("blur", () => {
    if (!input.value.trim()) choose(settled);
    hide();
  });
  input.addEventListener("keydown", (event) => {
    // A key that arrives while a syllable is being composed belongs to the input method.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      choose(settled);
    } else if (event.key === "ArrowDown" && list.hidden) {
      event.preventDefault();
      search();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length) {
      event.preventDefault();
      move((active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    } else if (event.key === "Enter" && !list.hidden && listed !== input.value) {
      event.preventDefault();
      search();
    } else if (event.key === "Enter" && !list.hidden && found[active]) {
      event.preventDefault();
      choose(found[active].name);
    }
  });
  press();
}
