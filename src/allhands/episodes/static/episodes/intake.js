// Shortens the way through the intake; everything works without it. "Now" fills in the time of the agency's zone,
// typing an answer takes "I don't know" away, "Print" prints. Listens on the page, so that parts laid in later work too.
const timeIn = (zone) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(new Date());

function changed(field) {
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function fillNow(button) {
  const time = document.getElementById(button.dataset.now);
  const day = time?.closest("fieldset")?.querySelector('[name$=".date"]');
  if (!time) return;
  time.value = timeIn(button.dataset.zone);
  if (day) day.value = "";
  changed(time);
  time.focus();
}

function untick(field) {
  if (!field.value || field.value === "?" || !field.matches(".usa-input, .usa-textarea, .usa-select")) return;
  const box = field.closest(".q")?.querySelector("[data-unknown-of]");
  if (box) box.checked = false;
}

for (const button of document.querySelectorAll("[data-now], [data-print]")) button.hidden = false;
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-now], [data-print]");
  if (button?.dataset.now) fillNow(button);
  else if (button) window.print();
});
document.addEventListener("input", (event) => untick(event.target));
