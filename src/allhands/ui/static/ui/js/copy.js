// "Copy" beside a number or a code. Hidden until script is here, since without it the button could do nothing.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const words = button.querySelector("[data-copy-words]") || button;
    words.textContent = button.dataset.copied;
  });
}
