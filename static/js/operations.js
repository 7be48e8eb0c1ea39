// The operators' page: asks for its changing parts every few seconds while somebody can see it.

const EVERY = 5000;
const PATIENCE = 10000;

const live = document.querySelector("[data-live]");
let timer = 0;
let asking = null;

function say(what) {
  for (const words of document.querySelectorAll("[data-say]")) words.hidden = words.dataset.say !== what;
}

// Parts are replaced one by one, so that an open table stays open, and keeps its place and the focus.
function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const names = (root) => [...root.querySelectorAll("[data-part]")].map((part) => part.dataset.part).join();
  if (names(fresh) !== names(live)) {
    live.replaceChildren(...fresh.body.childNodes); // Redis has gone or come back
    return;
  }
  for (const part of live.querySelectorAll("[data-part]")) {
    part.replaceChildren(...fresh.querySelector(`[data-part="${part.dataset.part}"]`).childNodes);
  }
}

async function ask() {
  const mine = new AbortController();
  asking = mine;
  const late = setTimeout(() => mine.abort(), PATIENCE);
  try {
    const answer = await fetch(live.dataset.live, { redirect: "manual", signal: mine.signal });
    if (answer.type === "opaqueredirect") {
      say("signed-out");
      return false;
    }
    if (!answer.ok) throw new Error(answer.status);
    show(await answer.text());
    say("running");
  } catch {
    if (asking === mine) say("failed");
  } finally {
    clearTimeout(late);
  }
  return asking === mine;
}

async function run() {
  if (await ask()) timer = setTimeout(run, EVERY);
}

function pause() {
  clearTimeout(timer);
  const mine = asking;
  asking = null;
  mine?.abort();
}

document.addEventListener("visibilitychange", () => {
  pause();
  if (!document.hidden) run();
});
if (!document.hidden) {
  say("running");
  timer = setTimeout(run, EVERY);
}
