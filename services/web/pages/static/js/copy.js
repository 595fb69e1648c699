// A button beside each value that copies it; without scripts the text is there to be marked.

/** @param {HTMLElement} value */
async function copy(value) {
  const text = value.textContent ?? "";
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without TLS there is no clipboard: mark the text, so that the keyboard can copy it.
  getSelection()?.selectAllChildren(value);
  return Promise.reject(new Error("no clipboard"));
}

/** @param {HTMLButtonElement} button @param {string} says */
function tell(button, says) {
  const status = document.getElementById("copied");
  if (status) status.textContent = `${button.dataset.label}: ${says}`;
  button.textContent = says;
}

for (const value of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button second small copy";
  button.dataset.label = value.dataset.copy;
  button.setAttribute("aria-label", `Kopiera ${value.dataset.copy}`);
  button.textContent = "Kopiera";
  button.addEventListener("click", async () => {
    try {
      await copy(value);
      tell(button, "Kopierat");
    } catch {
      tell(button, "Markerat");
    }
    setTimeout(() => (button.textContent = "Kopiera"), 2000);
  });
  value.after(button);
}
