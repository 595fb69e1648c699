// The login page: errors first, and a way to see what thick fingers typed.
import "./errors.js";

const field = document.getElementById("password");
const form = field?.closest("form");
if (field instanceof HTMLInputElement && form) {
  const button = document.createElement("button");
  const show = (/** @type {boolean} */ plain) => {
    field.type = plain ? "text" : "password";
    button.textContent = (plain ? form.dataset.hide : form.dataset.show) ?? "";
  };
  button.type = "button";
  button.className = "link wide";
  button.addEventListener("click", () => show(field.type === "password"));
  // The browser offers to remember a password only where it is one.
  form.addEventListener("submit", () => show(false));
  show(false);
  field.after(button);
}
