// When it happened, from what was chosen on the page.
import { say, value } from "./page.js";

const NOON = "12:00";
const local = (at) => [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((it) => String(it).padStart(2, "0")).join("-");

/**
 * Returns the moment, or the field that is wrong and what to say. A day without a time is noon,
 * or now where noon has not been.
 * @returns {{at: Date, name?: undefined} | {name: string, says: string}}
 */
export function happened(now = new Date()) {
  const when = value("when");
  if (when === "nyss") return { at: now };
  const past = new Date(now);
  if (when === "igar") past.setDate(past.getDate() - 1);
  const day = when === "annan" ? value("day") : local(past);
  if (!day) return { name: "day", says: say("fel.dag") };
  if (day > local(now)) return { name: "day", says: say("fel.datum") };
  const at = new Date(`${day}T${value("time") || NOON}`);
  if (Number.isNaN(at.getTime())) return { name: "time", says: say("fel.tid") };
  if (at <= now) return { at };
  return value("time") ? { name: "time", says: say("fel.framtid") } : { at: now };
}
