// What a page is sent of a text beside the text itself: blocks of HTML that refer to words the page has already.
// The server's counterpart is fortune/readings/rendering/references.py and render.py.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]);

// The blocks and the open text of one reading. `shown` is the element with the blocks that stand there already, and with
// what evidence is called in the text's language.
export function assembler(shown) {
  const known = new Map(); // the chips so far, by fact
  let open = ""; // the open text, exactly as the server has it

  // Take the data of a "text" event, or of the last "blocks"; return the HTML of each block that it closes.
  function take({ text = "", blocks = [], tail = null }) {
    const source = [...open, ...text]; // by characters, as the server counts
    open = tail ? words(tail, source) : open + text;
    return blocks.map((parts) => html(parts, source));
  }

  function html(parts, source) {
    let at = 0;
    const copied = (count) => escaped(source.slice(at, (at += count)).join(""));
    return parts
      .map((part) => {
        if (typeof part === "string") return part;
        if (Array.isArray(part)) return evidence(part);
        if (part > 0) return copied(part);
        at -= part;
        return "";
      })
      .join("");
  }

  function words(parts, source) {
    let at = 0;
    let text = "";
    for (const part of parts) {
      if (typeof part === "string") text += part;
      else if (part < 0) at -= part;
      else text += source.slice(at, (at += part)).join("");
    }
    return text;
  }

  function evidence(chips) {
    const title = `<summary>${escaped(shown.dataset.evidence)} ${chips.length}</summary>`;
    return `<details class="evidence">${title} <span class="chips">${chips.map(chip).join(" ")}</span></details>`;
  }

  function chip([fact, ...more]) {
    if (more.length) known.set(fact, more);
    const [cells, says, label] = (known.get(fact) ?? standing(fact)).map(escaped);
    const data = `data-fact="${escaped(fact)}" data-cells="${cells}" title="${says}"`;
    return `<button type="button" class="chip" ${data}>${label}</button>`;
  }

  // A page that was loaded in the middle of a text has the earlier chips in its HTML.
  function standing(fact) {
    const found = shown.querySelector(`.chip[data-fact="${CSS.escape(fact)}"]`);
    return found ? [found.dataset.cells, found.title, found.textContent] : ["", "", fact];
  }

  return {
    take,
    get open() {
      return open;
    },
    set open(text) {
      open = text;
    },
  };
}
