// Lets a row be dragged to a session: that chooses the session in the row's own form and sends it.
(() => {
  const sittings = document.querySelectorAll(".sitting[data-session]");
  let dragged = null;

  const offers = (row, session) =>
    row && [...row.querySelector("select").options].some((each) => each.value === session);

  for (const row of document.querySelectorAll("[data-item]")) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => {
      dragged = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.item);
    });
    row.addEventListener("dragend", () => {
      dragged = null;
      sittings.forEach((each) => each.classList.remove("is-over"));
    });
  }

  for (const sitting of sittings) {
    sitting.addEventListener("dragover", (event) => {
      if (offers(dragged, sitting.dataset.session)) {
        event.preventDefault();
        sitting.classList.add("is-over");
      }
    });
    sitting.addEventListener("dragleave", () => sitting.classList.remove("is-over"));
    sitting.addEventListener("drop", (event) => {
      event.preventDefault();
      if (offers(dragged, sitting.dataset.session)) {
        dragged.querySelector("select").value = sitting.dataset.session;
        dragged.querySelector("form").requestSubmit();
      }
    });
  }
})();
