// What is kept on the phone. Two drawers: what waits to be sent, locked for the municipality, and
// a few small things locked with a key of the phone's own, which can be used here but not read.
export const OUTBOX = "outbox";
/** What tabs and worker tell each other. */
export const channel = new BroadcastChannel("avvik");
export const KEPT = "kept";
const OWN_KEY = "key";

/** @returns {Promise<IDBDatabase>} */
const database = () => new Promise((ok, no) => {
  const asked = indexedDB.open("avvik", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore(OUTBOX, { keyPath: "id" });
    asked.result.createObjectStore(KEPT, { keyPath: "name" });
  };
  asked.onsuccess = () => ok(asked.result);
  asked.onerror = () => no(asked.error);
});

/**
 * Does something in one transaction and answers when it is on disk.
 * @param {string[]} drawers
 * @param {IDBTransactionMode} mode
 * @param {(...stores: IDBObjectStore[]) => IDBRequest | void} work
 */
export async function inStore(drawers, mode, work) {
  const open = await database();
  try {
    return await new Promise((ok, no) => {
      const deal = open.transaction(drawers, mode, { durability: "strict" });
      const asked = work(...drawers.map((it) => deal.objectStore(it)));
      deal.oncomplete = () => ok(asked?.result);
      deal.onabort = deal.onerror = () => no(deal.error ?? new Error("storage"));
    });
  } finally {
    open.close();
  }
}

async function ownKey() {
  const look = () => inStore([KEPT], "readonly", (kept) => kept.get(OWN_KEY));
  const known = await look();
  if (known) return known.value;
  const value = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Two tabs may make one at once: the first that is kept is the phone's.
  await inStore([KEPT], "readwrite", (kept) => kept.add({ name: OWN_KEY, value })).catch(() => {});
  return (await look()).value;
}

/**
 * Keeps something small under a name, unless `still` says no once it is locked.
 * @param {string} name
 * @param {unknown} value
 */
export async function keep(name, value, still = () => true) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await ownKey(), plain);
  if (still()) await inStore([KEPT], "readwrite", (kept) => kept.put({ name, iv, data }));
}

/** Returns what was kept under a name; null when there is nothing, or it can't be read. */
export async function kept(/** @type {string} */ name) {
  try {
    const found = await inStore([KEPT], "readonly", (drawer) => drawer.get(name));
    if (!found) return null;
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.iv }, await ownKey(), found.data);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}

export const forget = (/** @type {string[]} */ ...names) =>
  inStore([KEPT], "readwrite", (drawer) => names.forEach((it) => drawer.delete(it))).catch(() => {});

/** Forgets the person: ticket, drafts, codes, what was last sent. What waits to be sent stays. */
export async function forgetPerson() {
  const names = await inStore([KEPT], "readonly", (drawer) => drawer.getAllKeys()).catch(() => []);
  await forget(...names.filter((it) => it !== OWN_KEY));
  channel.postMessage({ left: true });
}
