/**
 * Keeps the phone's page on the phone, so that a ticket can be shown without a network. Only the page itself and its built
 * files are kept, never what the server says about a person.
 */
const SHELF = "gradshot-phone-1";
/** Longest wait for a newer page before the kept one is shown, milliseconds. */
const PATIENCE_MS = 4000;

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  // A built file has its digest in its name: it never changes.
  if (url.pathname.includes("/assets/")) event.respondWith(keptFirst(request));
  else if (url.pathname.endsWith("/phone.html")) event.respondWith(newestFirst(request, `${url.origin}${url.pathname}`));
});

async function keptFirst(request) {
  const shelf = await caches.open(SHELF);
  const kept = await shelf.match(request.url);
  if (kept) return kept;
  const came = await fetch(request);
  if (came.ok) await shelf.put(request.url, came.clone());
  return came;
}

async function newestFirst(request, name) {
  const shelf = await caches.open(SHELF);
  const kept = await shelf.match(name);
  const coming = fetch(request).then(async (came) => {
    if (came.ok) await renew(shelf, name, came.clone());
    return came;
  });
  if (!kept) return coming;
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, kept));
  return Promise.race([coming.catch(() => kept), late]);
}

/** A newer page names other files: those of the page before are thrown away once it is here. */
async function renew(shelf, name, page) {
  const text = await page.clone().text();
  const before = await shelf.match(name);
  await shelf.put(name, page);
  if (!before || (await before.text()) === text) return;
  for (const { url } of await shelf.keys()) if (url !== name) await shelf.delete(url);
}
