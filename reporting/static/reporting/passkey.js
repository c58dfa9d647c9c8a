// Shows what works only with scripts, and says it where a key could not be read.
for (const part of document.querySelectorAll("[data-needs-script]")) {
  part.hidden = !window.PublicKeyCredential;
}
// The form goes when the key has been read, and not with the press of the button.
for (const field of document.querySelectorAll("form [name=credential]")) {
  field.form.addEventListener("submit", (event) => {
    if (["", "null"].includes(field.value)) {
      event.preventDefault();
    }
  });
}
document.addEventListener("allauth.error", (event) => {
  const sentence = document.getElementById("key-failed");
  if (sentence) {
    event.preventDefault();
    sentence.hidden = false;
  }
});
