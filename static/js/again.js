// The page of a refused form (templates/errors/busy.html): sends the same form again by itself.

const form = document.querySelector("form[data-again]");
document.querySelector("[data-again-note]").hidden = false;
const timer = setTimeout(() => HTMLFormElement.prototype.submit.call(form), form.dataset.again * 1000);
form.addEventListener("submit", () => clearTimeout(timer));
