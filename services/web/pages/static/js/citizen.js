// What the citizen's pages can do more with a script: copy and print.
import "./errors.js";

document.documentElement.classList.add("js");

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const code = document.getElementById(button.dataset.copy);
  const told = document.getElementById("copied");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent.trim());
      told.textContent = button.dataset.copied;
    } catch {
      getSelection().selectAllChildren(code);
      told.textContent = button.dataset.failed;
    }
  });
}
