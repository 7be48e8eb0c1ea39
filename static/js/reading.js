// A reading while it is written: one event stream, blocks as the server made them, an honest status line.
// The server's HTML is the same that a refresh shows; this script only puts it in place.

import { assembler } from "./blocks.js";
import { lightUp } from "./evidence.js";
import { following } from "./following.js";
import { build, buildLater } from "./later.js";
import { timeline } from "./luck.js";
import { fold, opened, place } from "./parts.js";
import { follow } from "./stream.js";

const SKELETON_AFTER = 300;
// So long a tab waits for its own end when another has come to it.
const ENDS_WITHIN = 3000;
// Left for the page that is loaded anew when a text's end could not be streamed.
const FINISHED = "fortune:finished";

const root = document.querySelector("[data-reading]");
if (root) reading(root);
lightUp(document);
document.addEventListener("fortune:content", (event) => lightUp(event.target));
buildLater();
openBeside();
timeline(document.querySelector("[data-luck]"));
strip();
arrive();
window.addEventListener("hashchange", arrive);

// A suggestion fills the field and sends nothing.
for (const line of document.querySelectorAll("[data-suggest]")) {
  line.addEventListener("click", () => {
    const field = line.closest("form").querySelector("textarea");
    field.value = line.textContent;
    field.focus();
  });
}

function reading(root) {
  const part = (name) => root.querySelector(`[data-${name}]`);
  const words = Object.fromEntries(
    [...part("words").content.querySelectorAll("[data-word]")].map((word) => [word.dataset.word, word.textContent]),
  );
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel(`reading-${root.dataset.id}`) : null;
  const later = Boolean(root.dataset.wait);
  const state = { held: [], last: [], section: "", over: !root.dataset.live };
  let stream = null;

  copy(part, words);
  tabs?.addEventListener("message", ({ data }) => {
    if (data === "begun" && state.over) location.reload();
    if (data === "over" && !state.over) setTimeout(() => stream.reconnect(), ENDS_WITHIN);
  });
  if (state.over) return sayThatItIsDone();

  const text = part("text");
  const blocks = part("blocks");
  const tail = part("tail");
  const made = assembler(blocks);
  const keepUp = following(part("follow"), part("bar"), () => (tail.textContent ? tail : blocks));
  const skeleton = part("skeleton");
  const timer = setTimeout(() => {
    skeleton.hidden = false;
  }, SKELETON_AFTER);
  // After a refresh some of it is here already.
  if (root.dataset.after) {
    progress([...blocks.querySelectorAll("[data-section]")].at(-1));
    skeletonAway();
  }
  announce(words.started);
  tabs?.postMessage("begun");
  stopping();
  stream = follow({
    events: root.dataset.events,
    status: root.dataset.json,
    after: root.dataset.after,
    listeners: {
      // A page that comes back is told its open text: with it, what follows makes sense.
      tail: (event) => {
        made.open = JSON.parse(event.data).text;
      },
      text: (event) => show(made.take(JSON.parse(event.data))),
      blocks: (event) => {
        state.last = made.take(JSON.parse(event.data));
      },
      reset: onReset,
      done: (event) => onDone(JSON.parse(event.data)),
      failed: (event) => onFailed(JSON.parse(event.data)),
    },
    on: {
      open: () => {
        state.last = []; // they are told again before the end
        say(words.writing);
      },
      retry: () => say(words.reconnecting),
      poll: () => say(words.polling),
      lost: finishByReload,
    },
  });

  // Blocks, and the text whose block is still open, which is shown plainly: both at once, or words would stand twice.
  function show(htmls) {
    const places = htmls.map(placed);
    skeletonAway();
    if (later) {
      state.held.push(...places);
      return;
    }
    for (const place of places) place();
    tail.textContent = made.open.trim();
    keepUp();
  }

  function placed(html) {
    const block = document.createElement("div");
    block.className = "block";
    block.innerHTML = html;
    progress(block.querySelector("[data-section]"));
    return () => {
      place(block, blocks);
      blocks.lastElementChild.dispatchEvent(new CustomEvent("fortune:content", { bubbles: true }));
    };
  }

  function progress(heading) {
    const total = Number(root.dataset.total);
    const n = Math.min(heading?.dataset.section ?? 0, total);
    if (!n) return;
    part("progress").value = n;
    state.section = `${n}/${total} ${heading.textContent}`;
    part("progress-text").textContent = state.section;
  }

  function onReset() {
    state.last = [];
    state.held = [];
    made.open = "";
    blocks.replaceChildren();
    tail.textContent = "";
    say(words.newer);
  }

  function onDone({ status, provider, model }) {
    finish();
    const stopped = status === "stopped";
    say(stopped ? words.stopped : words.done);
    part("cut").hidden = !stopped;
    if (!stopped && root.dataset.open) fold(blocks, Number(root.dataset.open));
    part("retry").hidden = !(stopped && root.dataset.continues && blocks.textContent.trim());
    announce(stopped ? words.halted : words.finished.replace("{n}", blocks.querySelectorAll("p").length));
    label(provider, model);
    tabs?.postMessage("over");
  }

  function finish() {
    made.open = "";
    show(state.last);
    end();
    for (const place of state.held) place();
  }

  function onFailed({ code, message, retryable }) {
    finish();
    say("");
    announce("");
    part("problem").replaceChildren(paragraph(message));
    part("retry").hidden = !(retryable && root.dataset.live);
    if (code === "interrupted") {
      part("cut").textContent = words.cut;
      part("cut").hidden = false;
    } else part("retry").querySelector("button").textContent = words.again;
    tabs?.postMessage("over");
  }

  // The text stays as it is until then: not all of it may be here.
  function finishByReload() {
    if (state.over) return;
    close();
    sessionStorage.setItem(FINISHED, root.dataset.id);
    location.replace(`${root.dataset.page}#text`);
    location.reload();
  }

  // The page was loaded anew for a text that ended while nobody could tell it.
  function sayThatItIsDone() {
    if (sessionStorage.getItem(FINISHED) !== root.dataset.id) return;
    sessionStorage.removeItem(FINISHED);
    part("status-line").textContent = words.done;
    announce(words.finished.replace("{n}", part("blocks").querySelectorAll("p").length));
  }

  function stopping() {
    const form = part("stop-form");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      form.querySelector("button").disabled = true;
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
      if (!answer?.ok) form.querySelector("button").disabled = false;
    });
  }

  function close() {
    state.over = true;
    stream.close();
    clearTimeout(timer);
  }

  function end() {
    close();
    skeletonAway();
    part("writing").remove();
    part("shortcuts").hidden = false;
    part("after").hidden = false;
    text.classList.add("finished");
  }

  function label(provider, model) {
    const made = part("made-by");
    const rules = provider === "classic";
    made.textContent = rules ? made.dataset.rules : made.dataset.ai;
    part("made-with").textContent = `${rules ? "" : provider} ${model ?? ""}`.trim();
  }

  function skeletonAway() {
    clearTimeout(timer);
    skeleton.hidden = true;
  }

  function say(line) {
    part("status-text").textContent = line;
    const bar = part("progress-text");
    if (bar) bar.textContent = line === words.writing ? state.section || line : line;
  }

  function announce(line) {
    part("announce").textContent = line;
  }
}

// Whatever an address names is open when one comes there.
function arrive() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) opened(target);
}

function paragraph(words) {
  const made = document.createElement("p");
  made.className = "notice alert";
  made.textContent = words;
  return made;
}

function copy(part) {
  const button = part("copy");
  button.addEventListener("click", async () => {
    const label = button.textContent;
    const made = part("made-by").textContent;
    const blocks = part("blocks").cloneNode(true);
    for (const added of blocks.querySelectorAll(".evidence, .line, .contradiction-note")) added.remove();
    const lines = [...blocks.querySelectorAll("h1,h2,h3,h4,p,li")].map((line) => line.textContent.trim());
    await navigator.clipboard.writeText(`${lines.filter(Boolean).join("\n\n")}\n\n(${made}, Fortune)`);
    button.textContent = button.dataset.done;
    part("announce").textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
}

// On a wide window the chart is shown in any case (css/reading/head.css): open, it is there for screen readers too.
function openBeside() {
  const chart = document.querySelector(".chart-fold");
  if (chart && window.matchMedia("(min-width: 62rem)").matches) chart.open = true;
  window.addEventListener("load", () => layOutAhead([...document.querySelectorAll(".chart-fold:not([open]), .part:not([open])")]));
}

// What is closed is laid out while nobody waits, one after the other, so that a touch has only to paint it.
function layOutAhead([first, ...others]) {
  if (!first) return;
  window.requestIdleCallback?.(() => {
    first.lastElementChild.getBoundingClientRect();
    layOutAhead(others);
  });
}

// Eight letters at the top of a phone, once those of the chart have scrolled away.
function strip() {
  const line = document.querySelector("[data-strip]");
  const chart = document.querySelector(".chart-fold > summary") ?? document.querySelector(".wonguk");
  if (!line || !chart) return;
  new IntersectionObserver(([entry]) => {
    build(line);
    line.hidden = entry.isIntersecting || entry.boundingClientRect.top > 0;
  }).observe(chart);
}
