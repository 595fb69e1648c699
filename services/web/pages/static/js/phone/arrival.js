// What is noted when a report has come in, by whichever tab or worker sent it.
import { channel, keep, kept } from "./store.js";

export const LAST = "last";
export const CODES = "codes";
const DAY = 24 * 3600e3;

/**
 * @param {import("./outbox.js").Item} item
 * @param {import("./outbox.js").Receipt} receipt
 */
export async function arrived(item, receipt) {
  // The code first: it is told once, and the report has not left the outbox yet.
  if (receipt.code) await addCode(item.id, receipt);
  const last = await kept(LAST);
  if (last?.id === item.id) await keep(LAST, { ...last, number: receipt.number });
  const { code, ...known } = receipt;
  channel.postMessage({ id: item.id, receipt: known });
}

/** Codes that nobody has said they have saved, for a day. */
const keptCodes = async () => ((await kept(CODES)) ?? []).filter((it) => Date.now() - it.at < DAY);

/** Those to offer: never seen, or seen in this tab. Whoever has the phone next has another. */
export const codes = async () => (await keptCodes()).filter((it) => !it.seen || sessionStorage.getItem(it.id));

/** A code has been shown: from now on only this tab offers it again. */
export async function codeSeen(/** @type {string} */ id) {
  sessionStorage.setItem(id, "seen");
  await keep(CODES, (await keptCodes()).map((it) => (it.id === id ? { ...it, seen: true } : it))).catch(() => {});
}

async function addCode(id, { number, code }) {
  const others = (await keptCodes()).filter((it) => it.id !== id);
  await keep(CODES, [...others, { id, number, code, at: Date.now() }]).catch(() => {});
}

export async function codeSaved(/** @type {string} */ id) {
  await keep(CODES, (await keptCodes()).filter((it) => it.id !== id));
}
