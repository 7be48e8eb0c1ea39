// The service worker: it keeps one page for when there is no network, and leaves everything else alone.
// Nothing of a visitor's is kept, and nothing but the opening of a page passes through here: a stream least of all.

const CACHE = "fortune-offline-1";
const KEEP = [{% for address in keep %}"{{ address|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

self.addEventListener("install", (event) => {
  // Where the browser can be told so, requests other than pages never wake this script.
  event.addRoutes?.([{ condition: { not: { requestMode: "navigate" } }, source: "network" }]).catch?.(() => {});
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEEP)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const others = caches.keys().then((names) =>
    Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))),
  );
  event.waitUntil(Promise.all([others, self.registration.navigationPreload?.enable(), self.clients.claim()]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const kept = request.method === "GET" && KEEP.includes(new URL(request.url).pathname);
  // A form that is sent is a page too: where nothing answers, the page kept for that says that nothing is lost.
  if (request.mode !== "navigate" && !kept) return;
  event.respondWith(
    (async () => {
      try {
        return (await event.preloadResponse) ?? (await fetch(request));
      } catch {
        return (await caches.match(kept ? request : KEEP[0])) ?? Response.error();
      }
    })(),
  );
});
