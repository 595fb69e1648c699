// A report that nobody has said is theirs waits for its writer, and is never sent as somebody else's.
import { $, day, say, time } from "./page.js";
import { who } from "./person.js";

const LOGIN = "claim";
const NOT_MINE = "not mine";
const SOON = 10 * 60e3;
/** What the person here has said is theirs, while the page lives. @type {Set<string>} */
const claimed = new Set();
export const isClaimed = (/** @type {string} */ id) => claimed.has(id);

const read = (name) => JSON.parse(sessionStorage.getItem(name) ?? "null");
const write = (name, value) => sessionStorage.setItem(name, JSON.stringify(value));

/** Remembers in this tab that somebody goes to log in to send this report. */
export function goesToLogin(link, /** @type {{id: string, lex: boolean, call: boolean}} */ receipt) {
  link.onclick = () => write(LOGIN, { ...receipt, at: Date.now() });
}

/** The one who went to log in from a receipt and came back wrote that report; returns the receipt. */
export function claimAfterLogin() {
  const asked = read(LOGIN);
  if (!asked || !who()) return null;
  sessionStorage.removeItem(LOGIN);
  if (Date.now() - asked.at > SOON) return null;
  claimed.add(asked.id);
  return asked;
}

/** Asks about the first report that is nobody's yet; `yes` sends it. */
export function askWhose(items, yes) {
  const card = $("#claim");
  const not = read(NOT_MINE) ?? [];
  const found = who() && items.find((it) => it.kind === "unbound" && !claimed.has(it.id) && !not.includes(it.id));
  card.hidden = !found;
  if (!found) return;
  const [, more] = card.querySelectorAll("p");
  more.textContent = `${say("person.din.nar", { dag: day(found.made), tid: time(found.made) })} ${say("person.din.enhet", { enhet: found.unitName })}`;
  $('[data-claim="yes"]').onclick = () => {
    card.hidden = true;
    claimed.add(found.id);
    yes();
  };
  $('[data-claim="no"]').onclick = () => {
    write(NOT_MINE, [...not, found.id]);
    $("#net").textContent = say("person.annans");
    askWhose(items, yes);
  };
}
