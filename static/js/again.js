// The page of a refused form (templates/errors/busy.html): sends the same form again by itself.
//
// By `fetch`, so that the next page can replace this one in the history: "Back" leads to the form that was filled in, and
// not to this page, which the browser can't load again.

const form = document.querySelector("form[data-again]");
document.querySelector("[data-again-note]").hidden = false;
let timer = later();

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});

function later() {
  return setTimeout(send, form.dataset.again * 1000);
}

async function send() {
  clearTimeout(timer);
  const body = new URLSearchParams(new FormData(form));
  const headers = { "X-Sent-Again": "1" }; // core/site/middleware/again.py answers with the address
  const answer = await fetch(form.action, { method: "POST", headers, body }).catch(() => null);
  if (!answer || answer.status === 503) timer = later();
  else if (answer.status === 204) location.replace(answer.headers.get("Location"));
  else HTMLFormElement.prototype.submit.call(form); // any other answer, an error for one, is a page to be shown
}
