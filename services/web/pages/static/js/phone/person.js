// Who has the phone. A report is theirs from the moment they press send, whoever comes after.
import { $, form, make, say, ticked, unit } from "./page.js";
import { forgetPerson, keep, kept } from "./store.js";

const PATIENCE = 8000;
/** @type {{login: string, name: string, ticket: string} | null} */
let here = null;
let remembered = () => {};
/** Comes once it is known who was here last: a moment after the page has. */
export const known = new Promise((ok) => { remembered = ok; });
export const who = () => here;

/** Tells who was here, then who is, as soon as the server says. */
export async function lookWho(changed) {
  here = await kept("who");
  remembered();
  drawWho();
  changed();
  const asked = fetch(`/r/${unit}/jag`, { signal: AbortSignal.timeout(PATIENCE) });
  const told = await asked.then((it) => (it.ok ? it.json() : {})).catch(() => ({}));
  if (told.who === undefined) return; // no network: whoever was here
  if (here && here.login !== told.who?.login) await forgetPerson();
  here = told.who;
  if (here) await keep("who", here).catch(() => {});
  drawWho();
  changed();
}

function drawWho() {
  const line = here ? say("person.inloggad", { namn: here.name }) : say("person.ingen");
  $("#who").textContent = here ? line : "";
  $("#nobody").hidden = !!here;
  $("#leave").hidden = !here;
  $("#leave b").textContent = line;
}

/** Lets a person leave the phone to the next one: nothing of theirs stays but what waits, locked. */
export function leaveCleanly() {
  const leave = $("#leave");
  leave.addEventListener("submit", async (event) => {
    event.preventDefault();
    here = null;
    sessionStorage.clear();
    form.reset();
    await forgetPerson().catch(() => {});
    leave.submit();
  });
}
