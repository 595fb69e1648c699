// One step at a time, forward only past what is right; every error is told where it is.
import { $, $$, chosen, form, make, say, ticked, time, toTop, day, value } from "./page.js";
import { wrong } from "./content.js";
import { happened } from "./when.js";

const titleOf = (words) => `${words} – Avvik`;
let now = 1;
export const step = () => now;

/** Shows a step, and moves to its heading unless told to stay. */
export function show(n, move = true) {
  now = n;
  for (const it of $$(".step")) it.hidden = Number(it.dataset.step) !== n;
  clearErrors();
  if (n === 3) summarise();
  const heading = $(`#step-${n}`);
  document.title = titleOf(heading.textContent);
  if (!move) return;
  heading.tabIndex = -1;
  heading.focus();
  toTop();
}

/** Goes to a step if everything before it is right, else to what is not. */
export function go(to, changed) {
  for (let n = now; n < to; n++) if (!passes(n)) return;
  show(to);
  changed(to);
}

/** Tells whether a step can be left; shows what is wrong if not. */
export function passes(n) {
  const found = wrong(n);
  if (!found.length) return true;
  if (now !== n) show(n, false);
  clearErrors();
  const list = found.map(({ name, says }) => {
    const link = make("a", { href: `#${name}`, textContent: says });
    link.addEventListener("click", (event) => { event.preventDefault(); toField(name); });
    return make("li", {}, link);
  });
  const alert = make("div", {}, make("h2", { textContent: say("fel.rubrik") }), make("ul", {}, ...list));
  alert.setAttribute("role", "alert");
  const box = make("div", { className: "errors", id: "errors", tabIndex: -1 }, alert);
  found.forEach(mark);
  form.before(box);
  box.focus();
  document.title = `${say("fel.prefix")} ${document.title}`;
  return false;
}

function toField(name) {
  const field = $(`#${name}`);
  field.closest("details")?.setAttribute("open", "");
  (field.matches("fieldset") ? $("input", field) : field).focus();
  field.scrollIntoView({ block: "center" });
}

function mark({ name, says }) {
  const field = $(`#${name}`);
  const prefix = make("span", { className: "hidden", textContent: `${say("fel.prefix")} ` });
  const told = make("p", { className: "error", id: `${name}-error` }, prefix, says);
  field.closest("details")?.setAttribute("open", "");
  if (field.matches("fieldset")) $("legend", field).after(told);
  else field.before(told);
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), told.id].filter(Boolean).join(" "));
}

function clearErrors() {
  $("#errors")?.remove();
  for (const it of $$(".error", form)) {
    const field = $(`#${it.id.replace("-error", "")}`);
    const left = (field?.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== it.id).join(" ");
    if (left) field.setAttribute("aria-describedby", left);
    else field?.removeAttribute("aria-describedby");
    it.remove();
  }
}

/** Shows on the last step what was said on the others. */
function summarise() {
  const said = {
    category: chosen("category"),
    text: value("text").trim(),
    about: value("about").trim() || say("falt.tomt"),
    harm: chosen("harm"),
  };
  for (const [name, words] of Object.entries(said)) $(`[data-said="${name}"]`).textContent = words;
  follow();
}

/** Lets the last step follow what is chosen on it. */
export function follow() {
  const lex = ticked("lex");
  $("#lex-chosen").hidden = !lex;
  $("#lex-named").hidden = !lex;
  const name = ticked("anonymous") ? "none" : lex ? "lex" : "named";
  for (const it of $$("[data-name]")) it.hidden = !it.dataset.name.split(" ").includes(name);
  for (const it of $$("[data-lex]")) it.hidden = (it.dataset.lex === "yes") !== lex;
  const when = value("when");
  for (const it of $$("[data-when]")) it.hidden = !it.dataset.when.split(" ").includes(when);
  const { at } = happened();
  const told = when === "annan" && at ? say("nar.svar.tid", { dag: day(at), tid: time(at) }) : chosen("when");
  $('[data-said="when"]').textContent = told;
}
