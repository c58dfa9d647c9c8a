// Lets what is planned be dragged: a line of the lists or of a session to a session, or back to the lists.
// Dropping chooses the session in the item's own form and sends it.
(() => {
  const targets = document.querySelectorAll("[data-session]");
  let form = null;

  const planned = (select) => [...select.options].find((each) => each.defaultSelected)?.value ?? "";

  const takes = (target) => {
    const select = form?.querySelector("select");
    const session = target.dataset.session;
    return (
      select &&
      planned(select) !== session &&
      [...select.options].some((each) => each.value === session)
    );
  };

  for (const item of document.querySelectorAll("[data-item]")) {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      form = document.getElementById(`plan-${item.dataset.item}`);
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.item);
    });
    item.addEventListener("dragend", () => {
      form = null;
      targets.forEach((each) => each.classList.remove("is-over"));
    });
  }

  for (const target of targets) {
    target.addEventListener("dragover", (event) => {
      if (takes(target)) {
        event.preventDefault();
        target.classList.add("is-over");
      }
    });
    target.addEventListener("dragleave", (event) => {
      if (!target.contains(event.relatedTarget)) target.classList.remove("is-over");
    });
    target.addEventListener("drop", (event) => {
      event.preventDefault();
      if (takes(target)) {
        form.querySelector("select").value = target.dataset.session;
        form.requestSubmit();
      }
    });
  }

  document.getElementById("how-to-drag")?.removeAttribute("hidden");
})();
