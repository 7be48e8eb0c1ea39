// The birth form: hours by name, an unknown hour, one press. The date is checked in birth_check.js while it is typed,
// places are found in place_search.js.
// Nothing here is needed: without it the same fields post the same values.

import { check } from "./birth_check.js";
import { placeSearch } from "./place_search.js";

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
  if (place) placeSearch(form, place);
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
