// A long list of boxes gets a field that narrows it; what is ticked stays in sight.
for (const list of document.querySelectorAll(".long-choices")) {
  const find = list.querySelector("[type=search]");
  const labels = [...list.querySelectorAll("label")];
  find.hidden = false;
  find.addEventListener("input", () => {
    const wanted = find.value.trim().toLocaleLowerCase();
    for (const label of labels) {
      const fits = label.textContent.toLocaleLowerCase().includes(wanted);
      label.parentElement.hidden = !fits && !label.querySelector("input").checked;
    }
  });
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
    }
  });
}
