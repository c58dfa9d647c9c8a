// Ctrl+K, or the command key and K, leads to the search field. A shortcut of one letter would
// get in the way of those who speak to their computer (WCAG 2.1.4).
document.addEventListener("keydown", (event) => {
  const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const field = document.getElementById("search-q");
  if (isShortcut && event.key.toLowerCase() === "k" && field) {
    event.preventDefault();
    field.focus();
    field.select();
  }
});
