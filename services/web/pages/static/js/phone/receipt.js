// The receipt: amber while the report is only here, green with the number that the server gave.
import { $, $$, day, say, toTop } from "./page.js";
import { codeSaved, codeSeen } from "./arrival.js";
import { who } from "./person.js";

/** Where the phone sends by itself; elsewhere the page must be opened again. */
export const sendsItself = "serviceWorker" in navigator && "SyncManager" in self;
/** @type {{id: string, kind: string, lex: boolean, saved: boolean, linked?: string} | null} */
let shown = null;
let green = false;
/** The id of the report whose receipt is shown and not green yet. */
export const amberOf = () => (green ? undefined : shown?.id);

/** Shows the receipt of a report that lies in the outbox; `call`: with the on-call number first. */
export function showReceipt(item, call) {
  shown = item;
  green = false;
  for (const it of ["#report", "#errors", "#draft", "#again"]) $(it)?.toggleAttribute("hidden", true);
  $("#call").hidden = !call;
  $("#receipt").hidden = false;
  if (item.linked) {
    $("#linked").hidden = false;
    $("#linked").textContent = say("kvitto.igen", { nr: item.linked });
  }
  amber();
  $("#said").focus();
  toTop();
}

/** Says what it waits for. */
export function amber(sending = true) {
  if (!shown || green) return;
  const unbound = shown.kind === "unbound" && !who();
  head(sending && !unbound && navigator.onLine ? "kvitto.skickar" : "kvitto.sparad");
  const where = sendsItself && shown.kind === "named" ? "kvitto.sparad.android" : "kvitto.sparad.iphone";
  $("#said-more").textContent = say(!shown.saved ? "fel.lagring" : unbound ? "kvitto.sparad.logga.in" : where);
  $("#login").hidden = !unbound;
  $("#code-later").hidden = shown.kind !== "anonymous";
}

const head = (key) => {
  $("#said").textContent = say(key);
  document.title = `${say(key)} – Avvik`;
};

/** Turns green if it is this report that has come in; tells whether it was. */
export function come(/** @type {string} */ id, receipt) {
  if (shown?.id !== id) return false;
  green = true;
  head("kvitto.skickad");
  $(".panel").classList.remove("waiting");
  $("#said-more").textContent = say("kvitto.nummer", { nr: receipt.number });
  $("#login").hidden = $("#code-later").hidden = true;
  $("#photos-lost").hidden = !receipt.photos_refused;
  const kind = shown.lex ? "lex" : shown.kind === "anonymous" ? "code" : "named";
  for (const it of $$("[data-then]")) it.hidden = it.dataset.then !== kind;
  for (const it of $$("[data-read-by]")) {
    it.hidden = !receipt.read_by;
    it.textContent = say("kvitto.hander.1", { datum: receipt.read_by ? day(new Date(receipt.read_by)) : "" });
  }
  $("#then").hidden = false;
  if (receipt.code) showCode(id, receipt.code);
  return true;
}

function showCode(id, code) {
  $("#code").hidden = false;
  $("#code .code").textContent = code;
  codeSeen(id);
  $("#code-saved").onclick = async () => {
    await codeSaved(id);
    $("#code").hidden = true;
    $("#said").focus();
  };
}
