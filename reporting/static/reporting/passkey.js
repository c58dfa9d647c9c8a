// Shows what works only with scripts, and says it where a key could not be read.
for (const part of document.querySelectorAll("[data-needs-script]")) {
  part.hidden = !window.PublicKeyCredential;
}
document.addEventListener("allauth.error", (event) => {
  const sentence = document.getElementById("key-failed");
  if (sentence) {
    event.preventDefault();
    sentence.hidden = false;
  }
});
