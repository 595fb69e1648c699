// The work phone's form: writes first, sends after, and shows green only with a number.
import { $, form, say, ticked, unit } from "./phone/page.js";
import { repeated, offerAgain, remember, unlink } from "./phone/again.js";
import { arrived, codeSaved, codeSeen, codes } from "./phone/arrival.js";
import { askWhose, claimAfterLogin, goesToLogin, isClaimed } from "./phone/claims.js";
import { calls, report } from "./phone/content.js";
import { DRAFT, endDraft, keepDrafts, offerDraft } from "./phone/draft.js";
import { cameLate, tellNet } from "./phone/net.js";
import { add, empty, waiting } from "./phone/outbox.js";
import { known, leaveCleanly, lookWho, who } from "./phone/person.js";
import { photos, takePhotos } from "./phone/photos.js";
import { amber, come, showReceipt } from "./phone/receipt.js";
import { seal } from "./phone/seal.js";
import { channel } from "./phone/store.js";
import { follow, go, passes, show, step } from "./phone/steps.js";

const EVERY = 15_000;
let sealing = false;

/** Locks a report, puts it into the outbox, shows the receipt, and sends. */
async function send(content, pictures, { call, linked }) {
  if (sealing) return;
  sealing = true;
  $("#send").disabled = true;
  endDraft();
  const { unitName, kid, key } = form.dataset;
  const id = crypto.randomUUID();
  await known;
  const ticket = content.anonymous ? undefined : who()?.ticket;
  const kind = content.anonymous ? "anonymous" : ticket ? "named" : "unbound";
  const sealed = await seal(id, { form: content, ticket }, pictures, { kid, key }).catch(() => null);
  if (!sealed) return form.submit(); // what can't be locked is sent as it is, as without scripts
  const saved = await add({ id, made: Date.now(), unit, unitName, kind, sealed }, DRAFT);
  await remember(id, content);
  const lex = !!content.lex_sarah;
  goesToLogin($("#login a"), { id, lex, call });
  showReceipt({ id, kind, lex, saved, linked }, call);
  navigator.storage?.persist?.();
  const registered = await navigator.serviceWorker?.getRegistration();
  registered?.sync?.register("outbox").catch(() => {});
  await empties();
}

let running = false;
let asked = false;
/** Sends what may be sent; asked while it runs, it runs once more. */
async function empties(again = false) {
  asked = true;
  if (running) return;
  running = true;
  let why = "";
  while (asked) {
    asked = false;
    why = await empty(
      (it) => (again || !it.refused) && (it.kind !== "unbound" || (isClaimed(it.id) && who() && "claim")),
      async (item, receipt) => {
        await arrived(item, receipt);
        if (!come(item.id, receipt)) cameLate();
      },
    ).catch(() => "net");
  }
  running = false;
  amber(false);
  askWhose(await tellNet(why), () => empties());
  await offerCodes();
}

/** Offers the code of a report that was sent when its receipt was no longer shown. */
async function offerCodes() {
  const [first] = (await codes()).filter((it) => it.code !== $("#code .code").textContent);
  const card = $("#late-code");
  card.hidden = !first;
  if (!first) return;
  const code = $(".code", card);
  code.hidden = true;
  $('[data-code="show"]').onclick = () => {
    code.textContent = first.code;
    code.hidden = false;
    codeSeen(first.id);
  };
  $('[data-code="saved"]').onclick = async () => {
    await codeSaved(first.id);
    await offerCodes();
  };
}

function whoeverIsHere() {
  const mine = claimAfterLogin();
  if (mine) showReceipt({ ...mine, kind: "unbound", saved: true }, mine.call);
  amber(false);
  if (step() === 1 && !form.hidden) again();
}

const again = () => offerAgain(
  (content, last) => send({ ...content, anonymous: false, lex_sarah: false }, [], { call: last.harm === "serious", linked: last.number }),
  () => go(2, moved),
);
const moved = (to) => {
  $("#again").hidden = true;
  if (to > 1) $("#draft").hidden = true;
};

form.addEventListener("click", (event) => {
  const to = Number(event.target.closest("[data-to]")?.dataset.to);
  if (to) go(to, moved);
});
form.addEventListener("change", follow);
form.addEventListener("change", ({ target }) => target.name === "anonymous" && target.checked && unlink());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (step() < 3) return go(step() + 1, moved); // Enter in a field
  if (sealing || ![1, 2, 3].every(passes)) return;
  const content = { ...report(), ...(repeated() && !ticked("anonymous") ? { repeats: repeated() } : {}) };
  await send(content, await photos(), { call: calls() });
});

function wakes() {
  addEventListener("online", () => empties());
  addEventListener("offline", () => tellNet());
  document.addEventListener("visibilitychange", () => document.hidden || looks());
  setInterval(async () => (await waiting()).length && empties(), EVERY);
  $("#try").addEventListener("click", () => empties(true));
  // Another tab, or the worker: somebody has left the phone, or something has come in.
  channel.addEventListener("message", ({ data }) => {
    if (data.left) return looks();
    come(data.id, data.receipt);
    tellNet();
  });
}

async function installs() {
  if (!("serviceWorker" in navigator)) return;
  const allow = (url) => {
    if (url !== "/sw.js") throw new TypeError(url);
    return url;
  };
  const policy = self.trustedTypes?.createPolicy("sw-url", { createScriptURL: allow });
  await navigator.serviceWorker.register(policy ? policy.createScriptURL("/sw.js") : "/sw.js");
  (await navigator.serviceWorker.ready).active.postMessage(location.pathname);
}

/** Sends what says who wrote it at once, and the rest when it is known who is here. */
async function looks(again = false) {
  await Promise.all([empties(again), lookWho(whoeverIsHere)]);
  await empties();
}

async function begin() {
  document.documentElement.classList.add("js");
  const failed = !!$("#errors");
  show(1, false);
  follow();
  keepDrafts();
  takePhotos();
  leaveCleanly();
  wakes();
  installs().catch(() => {});
  looks(true);
  if (!failed) await offerDraft(() => go(2, moved));
}

// Without these nothing can be locked: then the form is sent as it is, as without scripts.
if (form && isSecureContext && crypto.subtle && self.indexedDB) begin();
