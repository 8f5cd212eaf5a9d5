/**
 * Lets the browser keep this page, so that it opens without a network. Not every browser does, and none over an unsafe line;
 * the page works there all the same.
 */
export function keepPage(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  window.addEventListener("load", () => {
    navigator.serviceWorker.register("./phone-sw.js", { scope: "./phone.html" }).then(keepWhatIsHere, () => undefined);
  });
}

/** The files of the very first visit came before the worker did: they are asked for once more, out of the browser's cache. */
async function keepWhatIsHere(): Promise<void> {
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  const here = performance.getEntriesByType("resource").map(({ name }) => name);
  const own = here.filter((name) => name.startsWith(location.origin) && name.includes("/assets/"));
  await Promise.all([`${location.pathname}`, ...own].map((name) => fetch(name).catch(() => undefined)));
}
