// The outbox. One rule: a report is in here first, and leaves when the server has told its number.
import { KEPT, OUTBOX, inStore } from "./store.js";
import { written } from "./seal.js";

/**
 * `kind`: named (the envelope says who), unbound (nobody has said yet), anonymous (nobody shall).
 * `refused`: what the server said of one that it can't take.
 * @typedef {{id: string, made: number, unit: string, unitName: string, refused?: string,
 *   kind: "named" | "unbound" | "anonymous", sealed: import("./seal.js").Sealed}} Item
 * @typedef {{number: string, code?: string, read_by?: string, photos_refused?: number}} Receipt
 */
const SLOWEST = 10; // bytes a millisecond
/** What the phone had no room for: it lives as long as the page does. @type {Map<string, Item>} */
const unsaved = new Map();

/** Puts a report into the outbox, and forgets its draft in the same moment; false: not on disk. */
export async function add(/** @type {Item} */ item, /** @type {string} */ draft) {
  try {
    await inStore([OUTBOX, KEPT], "readwrite", (outbox, kept) => {
      outbox.put(item);
      kept.delete(draft);
    });
    return true;
  } catch {
    unsaved.set(item.id, item);
    return false;
  }
}

/** @returns {Promise<Item[]>} what waits, the oldest first */
export async function waiting() {
  const saved = await inStore([OUTBOX], "readonly", (outbox) => outbox.getAll()).catch(() => []);
  return [...saved, ...unsaved.values()].sort((a, b) => a.made - b.made);
}

const put = (item) =>
  unsaved.has(item.id)
    ? unsaved.set(item.id, item)
    : inStore([OUTBOX], "readwrite", (outbox) => outbox.put(item)).catch(() => {});

async function remove(id) {
  if (!unsaved.delete(id)) await inStore([OUTBOX], "readwrite", (outbox) => outbox.delete(id));
}

/** One sender at a time, whatever tabs and workers there are. */
const alone = (work) => (navigator.locks ? navigator.locks.request("avvik-outbox", work) : work());

/**
 * Sends what waits, the oldest first, and returns why it stopped, if it did.
 * @param {(item: Item) => boolean | "claim"} may
 * @param {(item: Item, receipt: Receipt) => Promise<void>} arrived called before the report leaves
 * @returns {Promise<string>}
 */
export const empty = (may, arrived) => alone(async () => {
  let why = "";
  for (const item of await waiting()) {
    const how = may(item);
    if (!how) continue;
    const answer = await post(item, how === "claim");
    if (answer.receipt) {
      await arrived(item, answer.receipt);
      await remove(item.id);
    } else if (answer.stop) {
      return answer.stop;
    } else {
      why = answer.why ?? why;
      if (answer.change) await put({ ...item, ...answer.change });
    }
  }
  return why;
});

async function post(item, claim) {
  const body = written(item.sealed, claim);
  let answer;
  try {
    answer = await fetch(`/kuvert/${item.kind === "anonymous" ? "anonym/" : ""}${item.id}`, {
      method: "POST",
      // The envelope says who wrote it: whoever is logged in here has nothing to do with it.
      credentials: claim ? "same-origin" : "omit",
      headers: { "Content-Type": "application/json" },
      body,
      signal: AbortSignal.timeout(20_000 + body.length / SLOWEST),
    });
  } catch {
    return { stop: "net" };
  }
  const told = await answer.json().catch(() => null);
  // A wifi that wants a login answers 200 too, with a page of its own.
  if (answer.ok) return told?.number ? { receipt: told } : { stop: "wifi" };
  // Not our words: something in between, perhaps because this one is too large for it.
  if (!told?.code) return answer.status < 500 ? { why: "wifi" } : { stop: "server" };
  switch (answer.status) {
    case 401: return { change: { kind: "unbound" } };
    case 403: return { why: "forbidden" };
    case 429: return { why: "busy" };
    case 503: return { stop: "busy" };
    default: return answer.status < 500 ? { change: { refused: told.detail } } : { why: "server" };
  }
}
