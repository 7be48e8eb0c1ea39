// What a sentence rests on: chips light their letters in the chart, letters light their paragraphs.

import { opened } from "./parts.js";

let chosen = null;

// In a 궁합 the first person's cells are "a.day.stem" or plain "day.stem", the second's "b.day.stem".
const cellsOf = (chip) => chip.dataset.cells.split(/[\s,]+/).filter(Boolean).map((cell) => cell.replace(/^a\./, ""));

// A mouse lights while it rests. A finger only touches: what follows is its click.
function onHover(element, light) {
  element.addEventListener("pointerenter", ({ pointerType }) => pointerType !== "touch" && (chosen ?? light()));
  element.addEventListener("pointerleave", ({ pointerType }) => pointerType !== "touch" && (chosen ?? clear()));
}

export function lightUp(scope) {
  for (const chip of scope.querySelectorAll("[data-cells]")) {
    if (chip.dataset.lit) continue;
    chip.dataset.lit = "1";
    const cells = () => cellsOf(chip);
    onHover(chip, () => show(cells()));
    if (!chip.matches("button")) continue;
    chip.setAttribute("aria-pressed", "false");
    chip.addEventListener("focus", () => chosen ?? show(cells()));
    chip.addEventListener("blur", () => chosen ?? clear());
    chip.addEventListener("click", () => choose(chip, () => show(cells())));
  }
  for (const evidence of scope.querySelectorAll("details.evidence:not([data-lit])")) {
    evidence.dataset.lit = "1";
    const cells = () => [...evidence.querySelectorAll("[data-cells]")].flatMap(cellsOf);
    const summary = evidence.querySelector("summary");
    onHover(summary, () => show(cells()));
    evidence.addEventListener("toggle", () => {
      if (evidence.open === (chosen === evidence)) return;
      choose(evidence, () => show(cells()));
    });
  }
  for (const tile of scope.querySelectorAll(".wonguk .tile[data-cell]:not([role])")) {
    tile.setAttribute("role", "button");
    tile.setAttribute("tabindex", "0");
    tile.setAttribute("aria-pressed", "false");
    const light = () => show([tile.dataset.cell], { blocks: true });
    onHover(tile, light);
    tile.addEventListener("click", () => choose(tile, light, { scroll: true }));
    tile.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(tile, light, { scroll: true });
    });
  }
}

function choose(element, light, { scroll = false } = {}) {
  const again = chosen === element;
  pressed(chosen, false);
  clear();
  chosen = again ? null : element;
  if (again) return;
  pressed(element, true);
  light();
  if (scroll) afterPainting(() => chosen === element && bringIntoView(document.querySelector(".block.lit")));
}

// Letters light in the frame of the touch; opening and laying out a part would put that off.
function afterPainting(task) {
  requestAnimationFrame(() => setTimeout(task));
}

function bringIntoView(block) {
  if (!block) return;
  opened(block);
  block.scrollIntoView({ block: "nearest" });
}

// What opens to its evidence says so by itself.
function pressed(element, is) {
  if (element && !element.matches("details")) element.setAttribute("aria-pressed", String(is));
}

function show(cells, { blocks = false } = {}) {
  clear();
  const wanted = new Set(cells);
  const known = document.querySelectorAll(".tile[data-cell], [data-mini]");
  if (![...known].some((tile) => wanted.has(tile.dataset.cell ?? tile.dataset.mini))) return;
  for (const tile of known) {
    const lit = wanted.has(tile.dataset.cell ?? tile.dataset.mini);
    tile.classList.toggle("lit", lit);
    tile.classList.toggle("dimmed", !lit);
  }
  if (!blocks) return;
  for (const chip of document.querySelectorAll("[data-cells]")) {
    if (!cellsOf(chip).some((cell) => wanted.has(cell))) continue;
    (chip.closest(".block") ?? chip).classList.add("lit");
  }
}

function clear() {
  for (const one of document.querySelectorAll(".lit, .dimmed")) one.classList.remove("lit", "dimmed");
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !chosen) return;
  pressed(chosen, false);
  chosen = null;
  clear();
});
