// Moves focus to the list of what was wrong, which the page begins with.
document.getElementById("errors")?.focus();
