// The page's own parts: finding and making elements, its texts, its form.
/** @returns {any} */
export const $ = (/** @type {string} */ where, root = document) => root.querySelector(where);
/** @returns {any[]} */
export const $$ = (/** @type {string} */ where, root = document) => [...root.querySelectorAll(where)];

export const form = $("#report");
export const unit = form?.dataset.unit;
const words = JSON.parse($("#words")?.textContent ?? "{}");

/** Makes an element with these properties and children. */
export const make = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

/** Says a text with its values filled in. */
export const say = (/** @type {string} */ key, values = {}) =>
  words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** Says a text for this many. */
export const sayMany = (/** @type {string} */ key, /** @type {number} */ n) =>
  say(`${key}.${n}` in words ? `${key}.${n}` : `${key}.n`, { n });

/** What is chosen among radios or typed into a field. */
export const value = (/** @type {string} */ name) => form.elements[name].value;
/** Not by `elements`: a fieldset may have the same name as the box in it. */
export const ticked = (/** @type {string} */ name) => $(`input[name="${name}"]`).checked;
/** The words beside the chosen radio. */
export const chosen = (/** @type {string} */ name) => {
  const it = $(`[name="${name}"]:checked`);
  return it ? (it.parentElement.querySelector("b") ?? it.nextElementSibling).textContent : "";
};

const clock = new Intl.DateTimeFormat("sv-SE", { hour: "2-digit", minute: "2-digit" });
export const time = (/** @type {number | Date} */ at) => clock.format(at).replace(":", ".");
export const day = (/** @type {number | Date} */ at) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short" }).format(at).replace(".", "");

/** Shows the page from its beginning, whatever it is that scrolls. */
export const toTop = () => [$("main"), self].forEach((it) => it.scrollTo(0, 0));
