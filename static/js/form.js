// The birth form: what the engine says about a date while it is typed, hours by name, places by search.
// Nothing here is needed: without it the same fields post the same values.

const DEBOUNCE = 350;

for (const form of document.querySelectorAll("[data-birth-form]")) {
  for (const part of people(form)) enliven(form, part);
  const bad = form.querySelector('[aria-invalid="true"]');
  if (bad) (bad.matches("input,select") ? bad : bad.querySelector("input")).focus();
  form.addEventListener("submit", once);
}

// A form has one birth, or two (궁합), told apart by the prefix of their names.
function people(form) {
  return [...form.querySelectorAll('[name$="birth_date"]')].map((input) => {
    const prefix = input.name.slice(0, -"birth_date".length);
    const all = (name) => [...form.querySelectorAll(`[name="${prefix}${name}"]`)];
    return { prefix, all, one: (name) => all(name)[0], scope: input.closest("[data-person]") ?? form };
  });
}

// A second press of the button while the first is on its way is not a second wish.
function once(event) {
  const button = event.target.querySelector('[type="submit"]');
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
  unknown(person);
  check(form, person);
  const select = person.one("birth_place");
  if (select) combobox(select);
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
  const echo = scope.querySelector("[data-echo]");
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
    if (digits.length < 6) return render(null);
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

  function render(said) {
    echo.replaceChildren();
    showLeap(Boolean(said?.leap));
    if (!said) return;
    const list = document.createElement("ul");
    list.className = "plain";
    for (const line of [said.converted, said.problem, ...(said.notices ?? [])]) {
      if (!line) continue;
      const item = document.createElement("li");
      item.textContent = line;
      if (line === said.converted) item.className = "converted";
      if (line === said.problem) item.className = "field-error";
      list.append(item);
    }
    if (list.children.length) echo.append(list);
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DEBOUNCE);
  };
  for (const name of ["birth_date", "birth_time"]) one(name).addEventListener("input", later);
  for (const name of ["calendar", "time_unknown", "birth_place", "clock", "day_change", "fold", "gender"]) {
    for (const input of all(name)) input.addEventListener("change", later);
  }
  if (one("birth_date").value) ask();
}

// The list of places becomes a search box; the list itself stays and keeps the value.
function combobox(select) {
  const id = select.id;
  const options = [...select.options].map((option, at) => ({
    at,
    name: option.text,
    other: option.dataset.other ?? "",
    value: option.value,
  }));
  const input = document.createElement("input");
  const list = document.createElement("ul");
  const box = document.createElement("div");
  input.className = "input";
  input.id = id;
  select.id = `${id}-list-source`;
  select.hidden = true;
  input.type = "text";
  input.autocomplete = "off";
  input.placeholder = select.dataset.placeholder;
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", `${id}-options`],
    ["aria-describedby", select.getAttribute("aria-describedby")],
  ])
    input.setAttribute(name, value);
  if (select.getAttribute("aria-invalid")) input.setAttribute("aria-invalid", "true");
  list.id = `${id}-options`;
  list.className = "plain";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.placeholder);
  list.hidden = true;
  box.className = "combo";
  box.append(input, list);
  select.after(box);

  let found = [];
  let active = -1;
  const chosen = () => options.find((option) => option.value === select.value);
  const settle = () => {
    input.value = chosen()?.name ?? "";
    hide();
  };
  function hide() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function show(query) {
    const wanted = query.trim().toLowerCase();
    const fits = (text) => text.toLowerCase().includes(wanted);
    found = options.filter(({ name, other }) => !wanted || fits(name) || fits(other)).slice(0, 40);
    list.replaceChildren(
      ...found.map((option) => {
        const item = document.createElement("li");
        item.id = `${id}-option-${option.at}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.append(option.name);
        if (option.other) {
          const small = document.createElement("small");
          small.textContent = option.other;
          item.append(small);
        }
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          choose(option);
        });
        return item;
      }),
    );
    if (!found.length) {
      const none = document.createElement("li");
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      none.setAttribute("aria-selected", "false");
      none.textContent = select.dataset.empty;
      list.append(none);
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    move(found.length && wanted ? 0 : -1);
  }
  function move(to) {
    active = to;
    [...list.children].forEach((item, at) => {
      item.setAttribute("aria-selected", String(at === active));
    });
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    list.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[active].id);
  }
  function choose(option) {
    select.value = option.value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    settle();
  }
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => show(""));
  input.addEventListener("input", () => show(input.value));
  input.addEventListener("blur", settle);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) show("");
      else if (found.length) {
        const step = event.key === "ArrowDown" ? 1 : -1;
        move((active + step + found.length) % found.length);
      }
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      if (found[active]) choose(found[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      settle();
    }
  });
  settle();
}
