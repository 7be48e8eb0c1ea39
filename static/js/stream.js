// A reading's event stream, kept alive: one EventSource at a time, and a watchdog that asks for a new one.
// A phone that changes its network, a tab that slept and a proxy that went silent close nothing: only what is
// heard proves a connection. The server speaks at least every five seconds (a heartbeat, when there is no text).

const SILENT_FOR = 11_000; // two heartbeats, and a second for the way
const LOOK_EVERY = 1000;
const POLL = 5000;
const FAILURES = 3;

// Follow `events` from the id `after` on. `listeners` are called by event name; `on.open`, `on.retry` and
// `on.poll` tell of the connection, `on.lost` that the text has ended and its end can't be streamed.
export function follow({ events, status, after, listeners, on }) {
  let source = null;
  let last = after;
  let failures = 0;
  let heard = 0;
  let polling = 0;
  let hasEnded = false; // as the server said when it was asked
  let over = false;

  const watchdog = setInterval(() => {
    if (source && Date.now() - heard > SILENT_FOR) failed();
  }, LOOK_EVERY);
  addEventListener("online", wake);
  addEventListener("pageshow", wake);
  document.addEventListener("visibilitychange", wake);
  connect();
  return { close, reconnect: connect };

  function connect() {
    if (over) return;
    clearTimeout(polling);
    source?.close();
    heard = Date.now();
    const mine = (source = new EventSource(events + (last && `&after=${encodeURIComponent(last)}`)));
    mine.addEventListener("open", () => {
      heard = Date.now();
      on.open();
    });
    mine.addEventListener("heartbeat", () => {
      heard = Date.now();
      failures = 0;
    });
    for (const [name, listener] of Object.entries(listeners)) {
      mine.addEventListener(name, (event) => {
        if (mine !== source) return;
        heard = Date.now();
        failures = 0;
        // A new EventSource knows nothing of what an earlier one received.
        last = event.lastEventId || last;
        listener(event);
      });
    }
    mine.addEventListener("error", () => {
      if (mine === source) failed();
    });
  }

  // An EventSource that was cut off tries again by itself; one that is silent, or was refused, does not.
  function failed() {
    failures += 1;
    if (failures >= FAILURES) return poll();
    on.retry();
    const isTrying = source.readyState === EventSource.CONNECTING && Date.now() - heard <= SILENT_FOR;
    if (!isTrying) {
      source.close();
      polling = setTimeout(connect, failures === 1 ? 0 : LOOK_EVERY);
      heard = Date.now();
    }
  }

  // Back from the background, or on another network: what was silent meanwhile is not believed.
  function wake() {
    if (over || document.visibilityState === "hidden") return;
    if (!source || Date.now() - heard > SILENT_FOR / 2) connect();
  }

  // The connection does not hold: ask for the reading's state now and then, and connect again.
  function poll() {
    source?.close();
    source = null;
    on.poll();
    clearTimeout(polling);
    polling = setTimeout(async () => {
      const found = await ask();
      if (over) return;
      failures = 0;
      if (found === "unknown") return poll();
      if (found !== "queued" && found !== "writing") {
        if (hasEnded) return on.lost();
        hasEnded = true;
      }
      failures = FAILURES - 1; // one more failure, and the state is asked for again
      connect();
    }, POLL);
  }

  async function ask() {
    try {
      const options = { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(2 * POLL) };
      const answer = await fetch(status, options);
      return answer.status < 500 ? (await answer.json()).status : "unknown";
    } catch {
      return "unknown";
    }
  }

  function close() {
    over = true;
    source?.close();
    clearInterval(watchdog);
    clearTimeout(polling);
    removeEventListener("online", wake);
    removeEventListener("pageshow", wake);
    document.removeEventListener("visibilitychange", wake);
  }
}
