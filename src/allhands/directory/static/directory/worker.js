// The service worker of one public page and what lies under it. It asks the network first, always; what it keeps is
// asked for without credentials, so that nobody's own page stays on a shared device, and it keeps no answer.
const CACHE = `allhands ${new URL(self.registration.scope).pathname} 1`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data && Array.isArray(event.data.keep)) event.waitUntil(keep(event.data.keep));
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, url));
  else if (event.request.method === "GET") event.respondWith(file(event.request));
});

async function keep(addresses) {
  const cache = await caches.open(CACHE);
  for (const address of addresses) {
    const url = new URL(address, self.location.href);
    if (url.origin !== self.location.origin) continue;
    try {
      const answer = await fetch(url, { credentials: "omit", cache: "no-cache" });
      if (answer.ok) await cache.put(url, answer);
    } catch {
      return; // no signal: what was kept before stays
    }
  }
}

async function page(request, url) {
  const spare = request.method === "POST" ? request.clone() : null;
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await find(url, spare);
    if (kept) return kept;
    throw error;
  }
}

async function find(url, sent) {
  const cache = await caches.open(CACHE);
  const lang = (sent && (await sent.formData()).get("lang")) || url.searchParams.get("lang") || "";
  const spoken = lang || (self.navigator.language.startsWith("es") ? "es" : "en");
  const found =
    (await cache.match(`${url.pathname}?lang=${spoken}`, { ignoreVary: true })) ||
    (await cache.match(url.pathname, { ignoreVary: true, ignoreSearch: true })) ||
    (await cache.match(new URL(self.registration.scope).pathname, { ignoreVary: true, ignoreSearch: true }));
  if (!found) return undefined;
  const words = (await found.text()).replace("data-no-signal hidden", "data-no-signal");
  return new Response(words, { headers: found.headers, status: 200 });
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}
