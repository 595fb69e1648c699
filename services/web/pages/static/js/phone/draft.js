// The draft: one for each unit, for four hours, offered and never filled in unasked.
import { $, $$, form, say, time, unit } from "./page.js";
import { step } from "./steps.js";
import { known, who } from "./person.js";
import { forget, keep, kept } from "./store.js";

export const DRAFT = `draft ${unit}`;
const LIVES = 4 * 3600e3;
const PAUSE = 300;
const SKIPPED = ["report_id"];
/** Says that a draft was written in this tab; it outlives a reload and nothing else. */
const HERE = "drafted";
let timer = 0;
let sent = false;
let offered = false;

const fields = () => [...new FormData(form)].filter(([name, it]) => !SKIPPED.includes(name) && typeof it === "string");

/** Keeps what is written, until it is sent. */
export function keepDrafts() {
  form.addEventListener("input", () => {
    clearTimeout(timer);
    // While a draft lies there unanswered, a tap on a tile must not write over it.
    if (!sent && !(offered && step() === 1)) timer = setTimeout(save, PAUSE);
  });
}

async function save() {
  withdraw();
  sessionStorage.setItem(HERE, unit);
  const login = who()?.login;
  await keep(DRAFT, { login, fields: fields(), at: Date.now() }, () => !sent).catch(() => {});
}

/** No draft is kept from now on: a late one would bring back what has been sent. */
export function endDraft() {
  sent = true;
  clearTimeout(timer);
}

const withdraw = () => {
  offered = false;
  $("#draft").hidden = true;
};

/** Offers its writer a draft that is young enough; `taken` is called once it is filled in. */
export async function offerDraft(taken) {
  const found = await kept(DRAFT);
  if (!found) return;
  await known;
  // Where nobody had logged in, only the tab can tell whose it is: the next person has another.
  if (found.login ? found.login !== who()?.login : sessionStorage.getItem(HERE) !== unit) return;
  if (Date.now() - found.at > LIVES) return void forget(DRAFT);
  offered = true;
  $("#draft p").textContent = say("utkast.finns", { tid: time(found.at) });
  $("#draft").hidden = false;
  $('[data-draft="yes"]').addEventListener("click", () => {
    withdraw();
    fill(found.fields);
    taken();
  });
  $('[data-draft="no"]').addEventListener("click", async () => {
    withdraw();
    await forget(DRAFT);
    $("#net").textContent = say("utkast.borta");
  });
}

/** Puts values into the form. */
export function fill(pairs) {
  form.reset();
  for (const [name, said] of pairs) {
    for (const it of $$(`[name="${name}"]`, form)) {
      if (it.type === "radio" || it.type === "checkbox") it.checked = it.value === said;
      else it.value = said;
    }
  }
}
