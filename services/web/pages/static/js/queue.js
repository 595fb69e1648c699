// The list: how many are picked, and single keys, which work only while focus is inside it (WCAG 2.1.4).
const list = document.getElementById("list");
const rows = list ? [...list.querySelectorAll("[data-row]")] : [];
const boxes = rows.map((row) => /** @type {HTMLInputElement | null} */ (row.querySelector("input[type=checkbox]")));
const links = rows.map((row) => /** @type {HTMLAnchorElement} */ (row.querySelector("th a")));
const picked = document.getElementById("picked");
const help = /** @type {HTMLDetailsElement | null} */ (document.getElementById("help"));
const asked = picked?.textContent ?? "";

/** Says how many are picked. */
function count() {
  const chosen = boxes.filter((box) => box?.checked).length;
  if (picked) picked.textContent = chosen ? (chosen === 1 ? "1 vald" : `${chosen} valda`) : asked;
}

/** @param {number} at The row where focus stands, -1 before the first. @param {number} by */
function move(at, by) {
  links[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
}

/** @param {number} at */
function pick(at) {
  const box = boxes[at];
  if (box) box.checked = !box.checked;
  count();
}

/** @type {Record<string, (at: number) => void>} */
const keys = {
  j: (at) => move(at, 1),
  k: (at) => move(at, -1),
  x: pick,
  "/": () => document.getElementById("q")?.focus(),
  "?": () => {
    if (help) help.open = true;
    help?.querySelector("summary")?.focus();
  },
};

list?.addEventListener("change", count);
list?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const act = list.dataset.keys === "on" ? keys[event.key.toLowerCase()] : undefined;
  if (act) {
    event.preventDefault();
    act(at);
  } else if (event.key === "Enter" && document.activeElement === boxes[at]) {
    event.preventDefault();
    links[at].click();
  }
});

// What was picked is for this page only, also when the browser takes it out of its memory.
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const box of boxes) if (box) box.checked = false;
  count();
});

if (help) help.hidden = false;
