// What htmx leaves to the page: where the focus goes, and saying that an answer did not come.
document.addEventListener("htmx:afterSettle", (event) => {
  const link = event.detail.requestConfig?.elt;
  const heading = link?.dataset.focus && document.getElementById(link.dataset.focus);
  if (heading) {
    heading.focus({ preventScroll: true });
  }
});

function showFailure(event) {
  const notice = document.getElementById("not-current");
  if (!notice) {
    return;
  }
  const { pathInfo } = event.detail;
  if (pathInfo) {
    notice.querySelector("a").href = pathInfo.finalRequestPath;
  }
  notice.hidden = false;
}

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, showFailure);
}
document.addEventListener("htmx:afterRequest", (event) => {
  const notice = document.getElementById("not-current");
  if (notice && event.detail.successful) {
    notice.hidden = true;
  }
});
