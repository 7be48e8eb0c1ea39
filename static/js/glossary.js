// Finding a word in the glossary while one types. Without this script there are the letters to jump to.

const field = document.querySelector("[data-find]");
const told = document.querySelector("[data-found]");
const groups = [...document.querySelectorAll("[data-group]")];
const plain = (text) => text.toLowerCase().replace(/\s+/g, "");

field.addEventListener("input", () => {
  const wanted = plain(field.value);
  let found = 0;
  for (const group of groups) {
    let here = 0;
    for (const row of group.querySelectorAll("dl > div")) {
      row.hidden = !plain(row.textContent).includes(wanted);
      here += row.hidden ? 0 : 1;
    }
    group.hidden = !here;
    found += here;
  }
  told.textContent = found ? "" : told.dataset.none;
});
