// A timeline that is wider than its room begins near the day shown, not with its first year.
for (const strips of document.querySelectorAll(".strips[data-now]")) {
  const names = strips.querySelector("thead th:first-child");
  const room = strips.clientWidth - names.offsetWidth;
  const picture = strips.querySelector("thead svg");
  const before = Number(strips.dataset.now);
  const isMirrored = getComputedStyle(strips).direction === "rtl";
  const start = isMirrored ? picture.clientWidth - before : before;
  const left = Math.max(0, start - room / 2);
  strips.scrollLeft = isMirrored ? -left : left;
}
