// What was written, by the rules that the server has too: nothing is locked that it must refuse.
import { $, form, say, ticked, unit, value } from "./page.js";
import { happened } from "./when.js";

const LONGEST = 20_000;
const LONGEST_ABOUT = 500;

/** A text as it can be kept: no half letters, no NUL, no spaces around it. */
const clean = (text) => text.replace(/\p{Cs}/gu, "\uFFFD").replaceAll("\0", "").trim();
const isSaid = (text) => /[\p{L}\p{N}]/u.test(text);
const size = (text) => [...text].length;

/** Returns what is wrong on a step: the fields, and what to say of each. */
export function wrong(step) {
  const found = [];
  const when = (bad, name, says) => bad && found.push({ name, says });
  const text = clean(value("text"));
  if (step === 1) when(!value("category"), "category", say("fel.typ"));
  if (step === 2) {
    when(!isSaid(text), "text", say("fel.text"));
    when(size(text) > LONGEST, "text", say("fel.text.lang", { n: size(text) - LONGEST }));
    when(size(clean(value("about"))) > LONGEST_ABOUT, "about", say("fel.vem.lang"));
    when(!value("harm"), "harm", say("fel.skada"));
  }
  if (step === 3) {
    const at = happened();
    when(at.name, at.name, at.says);
    when(ticked("lex") && ticked("anonymous"), "anonymous", say("fel.lex.namn"));
  }
  return found;
}

/** Whether the unit's on-call number belongs on the receipt. */
export const calls = () => !!$("[data-call]:checked", form);

/** The report as the server takes it. */
export function report(now = new Date()) {
  const about = clean(value("about"));
  return {
    unit,
    text: clean(value("text")),
    harm: $('[name="harm"]:checked').dataset.harm,
    category: value("category"),
    ...(isSaid(about) ? { about } : {}),
    occurred_at: happened(now).at.toISOString(),
    written_at: now.toISOString(),
    anonymous: ticked("anonymous"),
    lex_sarah: ticked("lex"),
  };
}
