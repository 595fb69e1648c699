// "It happened again": what was last sent from here, remembered for a week without its content.
import { $, day, form, say, unit } from "./page.js";
import { who } from "./person.js";
import { LAST } from "./arrival.js";
import { keep, kept } from "./store.js";

const WEEK = 7 * 24 * 3600e3;
/** The earlier report that the one being written repeats. @type {string | undefined} */
let repeats;
export const repeated = () => repeats;

const tileOf = (code) => $(`[name="category"][value="${code}"]`);

/** Remembers a report in its sender's own name; a lex Sarah report is always written anew. */
export async function remember(id, report) {
  if (report.anonymous || report.lex_sarah || !who()) return;
  const { category, harm } = report;
  await keep(LAST, { id, unit, category, harm, at: Date.now(), login: who().login }).catch(() => {});
}

/** Takes the earlier report's number out of the text: it leads to who wrote that one. */
export function unlink() {
  const area = form.elements.text;
  const filledIn = new RegExp(say("rapport.igen.text.nr", { nr: String.raw`[A-Z]+-\d+-\d+` }));
  area.value = area.value.replace(filledIn, say("rapport.igen.text"));
  $('[data-said="text"]').textContent = area.value.trim();
}

/** Offers to say it again with one tap; `send` gets the report, `write` goes on to write more. */
export async function offerAgain(send, write) {
  const last = await kept(LAST);
  const mine = last && last.unit === unit && last.login === who()?.login && Date.now() - last.at < WEEK;
  const card = $("#again");
  card.hidden = !mine;
  if (!mine) return;
  const typ = $("b", tileOf(last.category).parentElement).textContent;
  $("p", card).textContent = say("rapport.igen.tips", { typ, dag: day(last.at) });
  $('[data-again="send"]').textContent = `${say("rapport.igen")}: ${typ}`;
  const text = last.number ? say("rapport.igen.text.nr", { nr: last.number }) : say("rapport.igen.text");
  $('[data-again="send"]').onclick = () => {
    card.hidden = true;
    const at = new Date().toISOString();
    const { category, harm } = last;
    send({ unit, text, harm, category, occurred_at: at, written_at: at, repeats: last.id }, last);
  };
  $('[data-again="more"]').onclick = () => {
    card.hidden = true;
    repeats = last.id;
    tileOf(last.category).checked = true;
    const harm = $(`[data-harm="${last.harm}"]`);
    if (harm) harm.checked = true;
    form.elements.text.value = `${text} `;
    write();
  };
}
