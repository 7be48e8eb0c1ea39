// The parts of a text: each of its sections opens and closes. fortune/pages/text.py does the same on the server.

const LINE = 60; // letters of how a part begins

// Put a block at the end of `blocks`: a title begins a part, whatever follows belongs to it.
export function place(block, blocks) {
  const heading = block.querySelector("[data-section]");
  if (!heading) return void (blocks.querySelector(":scope > .part:last-child") ?? blocks).append(block);
  const part = document.createElement("details");
  part.className = "part";
  part.open = true;
  const summary = document.createElement("summary");
  summary.className = "block";
  const line = document.createElement("span");
  line.className = "line";
  summary.append(heading, " ", line);
  part.append(summary);
  blocks.append(part);
}

// Show how each part begins, and fold those that the reader has not come to: nothing in sight moves. `open`: so many are
// open when the page is loaded.
export function fold(blocks, open) {
  const parts = [...blocks.querySelectorAll(":scope > .part")];
  const ahead = parts.filter((part) => part.getBoundingClientRect().top > window.innerHeight);
  for (const part of parts) {
    const first = part.querySelector(":scope > div.block")?.cloneNode(true);
    for (const added of first?.querySelectorAll(".evidence, .contradiction-note") ?? []) added.remove();
    part.querySelector(".line").textContent = beginning(first?.textContent.trim() ?? "");
  }
  for (const part of ahead) {
    if (part.querySelector("[data-section]").dataset.section > open) part.open = false;
  }
}

// Whole words within so many letters, and a mark where more follows.
function beginning(text) {
  const letters = [...text];
  if (letters.length <= LINE) return text;
  const space = letters.slice(0, LINE + 1).lastIndexOf(" ");
  return `${letters.slice(0, space > 0 ? space : LINE).join("")}…`;
}

// What a link leads to is opened, and what stands in a closed part when it is lit.
export function opened(target) {
  for (let part = target?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  const inside = target?.querySelector(":scope > .fold");
  if (inside) inside.open = true;
}
