// The field of the place offers what the engine knows while one types; a name typed in full is as good.
export function placeSearch(form, input) {
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
