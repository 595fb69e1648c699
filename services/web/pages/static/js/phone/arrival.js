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
export const codes = async () => ((await kept(CODES)) ?? []).filter((it) => Date.now() - it.at < DAY);

async function addCode(id, { number, code }) {
  const others = (await codes()).filter((it) => it.id !== id);
  await keep(CODES, [...others, { id, number, code, at: Date.now() }]).catch(() => {});
}

export async function codeSaved(/** @type {string} */ id) {
  await keep(CODES, (await codes()).filter((it) => it.id !== id));
}
