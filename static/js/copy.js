// A button that copies the text of a field, and says so.

for (const button of document.querySelectorAll("[data-copy-from]")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copyFrom).value);
    const label = button.textContent;
    button.textContent = button.dataset.done;
    document.querySelector("[data-announce]").textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
}
