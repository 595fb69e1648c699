// The line at the foot: what waits, why, and since when.
import { $, say, sayMany } from "./page.js";
import { waiting } from "./outbox.js";
import { who } from "./person.js";
import { amberOf, sendsItself } from "./receipt.js";

const HOUR = 3600e3;
const WHY = { wifi: "nat.wifi", forbidden: "fel.behorighet", busy: "fel.upptaget", server: "fel.server" };

let late = 0;
/** One more has come in without a receipt on the page. */
export const cameLate = () => { late += 1; };

/** Says how it stands; `why` is why the last try ended. */
export async function tellNet(why = "") {
  const items = await waiting();
  const stuck = items.filter((it) => it.refused);
  const free = items.filter((it) => !it.refused);
  const lines = [];
  if (stuck.length) lines.push(stuck.length > 1 ? say("nat.stopp.n", { n: stuck.length }) : say("nat.stopp"), stuck[0].refused);
  const told = free.length === 1 && free[0].id === amberOf(); // by its receipt
  if (free.length && !(told && !WHY[why])) {
    const unbound = free.every((it) => it.kind === "unbound");
    const how = unbound && !who() ? "nat.vantar.logga.in" : sendsItself ? "nat.vantar" : "nat.vantar.iphone";
    const hours = Math.floor((Date.now() - free[0].made) / HOUR);
    if (unbound && who()) lines.push(say("person.annans"));
    else lines.push(hours && !unbound ? sayMany("nat.gammal", hours) : sayMany(how, free.length));
    if (WHY[why]) lines.push(say(WHY[why]));
  } else if (!free.length && late) lines.push(sayMany("nat.skickat", late));
  else if (!navigator.onLine) lines.push(say("nat.inget"));
  const words = lines.join(" ");
  const line = $("#net");
  if (line.textContent !== words) line.textContent = words;
  line.parentElement.classList.toggle("bad", stuck.length > 0);
  line.parentElement.classList.toggle("good", !items.length && late > 0);
  $("#try").hidden = !items.some((it) => it.refused || it.kind !== "unbound");
  return items;
}
