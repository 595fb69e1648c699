// The worker: opens the page without a network, and sends named reports when there is one again.
// VERSION is written before this by the server.
import { arrived } from "./arrival.js";
import { empty, waiting } from "./outbox.js";
import { forgetPerson } from "./store.js";

const CACHE = `avvik-${VERSION}`;
const PATIENCE = 3000;
const isPage = (url) => url.origin === location.origin && /^\/r\/[^/]+$/.test(url.pathname);
const isOurs = (answer) => answer.headers.get("X-Avvik") === "phone";
const find = (key) => caches.match(key, { ignoreVary: true });

/** Keeps a page with all it needs, or not at all: half a page is worse than an older one. */
async function keepPage(path, answer) {
  if (answer.ok && isOurs(answer)) {
    const cache = await caches.open(CACHE);
    const needs = new Set((await answer.clone().text()).match(/\/static\/[^"]+/g));
    const has = await Promise.all([...needs].map((it) => cache.match(it, { ignoreVary: true })));
    await Promise.all([...needs].filter((_, n) => !has[n]).map(async (it) => {
      const file = await fetch(it);
      if (!file.ok || file.headers.get("Content-Type").startsWith("text/html")) throw new Error(it);
      await cache.put(it, file);
    }));
    await cache.put(path, answer);
  }
  return answer;
}

/** Fetches a page for later; true when it is kept, or is no more. */
const renew = (path) => fetch(path).then((it) => keepPage(path, it)).then(isOurs).catch(() => false);

// A new worker waits until no page is open (it does not ask to skip that): a page that is being
// opened while one worker takes over from the other may never come.

// A page that came before there was a worker asks to be kept.
self.addEventListener("message", (event) => {
  const url = new URL(event.data, location.origin);
  if (isPage(url)) event.waitUntil(find(url.pathname).then((it) => it ?? renew(url.pathname)));
});

self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));

/** Moves every page out of older caches; one that can't be fetched now keeps its whole cache. */
async function tidy() {
  for (const name of await caches.keys()) {
    if (name === CACHE || !name.startsWith("avvik-")) continue;
    const old = (await (await caches.open(name)).keys()).map((it) => new URL(it.url)).filter(isPage);
    const moved = await Promise.all(old.map((it) => renew(it.pathname)));
    if (moved.every(Boolean)) await caches.delete(name);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname === "/logga-ut") event.waitUntil(forgetPerson());
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) {
    event.respondWith(find(request).then((it) => it ?? fetch(request)));
  } else if (request.mode === "navigate" && isPage(url)) {
    event.respondWith(page(event, url.pathname));
  }
});

async function page(event, path) {
  const coming = fetch(event.request);
  event.waitUntil(coming.then((it) => keepPage(path, it.clone())).then(tidy).catch(() => {}));
  const late = new Promise((ok) => setTimeout(ok, PATIENCE));
  const answer = await Promise.race([coming.catch(() => null), late]);
  // What comes from somebody else, or from a server that fails, is no better than nothing.
  if (answer && isOurs(answer)) return answer;
  return (await find(path)) ?? answer ?? coming;
}

self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(send());
});

/** Sends what says who wrote it. The rest needs somebody who looks: a code to save, a claim. */
async function send() {
  await empty((it) => it.kind === "named" && !it.refused, arrived);
  if ((await waiting()).some((it) => it.kind === "named" && !it.refused)) throw new Error("waits");
}
