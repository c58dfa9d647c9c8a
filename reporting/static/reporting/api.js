// Draws the OpenAPI document with Swagger UI, which comes from this server too, once it is asked for.
"use strict";
const place = document.getElementById("api-document");
const button = document.getElementById("api-try");

function draw() {
  window.SwaggerUIBundle({
    url: place.dataset.url,
    domNode: place,
    deepLinking: true,
    validatorUrl: null,
    persistAuthorization: false,
    supportedSubmitMethods: ["get", "post"],
  });
}

button.hidden = false;
button.addEventListener("click", () => {
  button.disabled = true;
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = button.dataset.style;
  const script = document.createElement("script");
  script.src = button.dataset.script;
  script.addEventListener("load", draw);
  script.addEventListener("error", () => { button.disabled = false; });
  document.head.append(style, script);
});
