// A menu of the head that stands open is in the way of what lies beneath: it shuts when the focus goes
// elsewhere, and Escape leads back to what opened it.
for (const menu of document.querySelectorAll(".masthead-menu")) {
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) {
      menu.open = false;
    }
  });
  menu.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
