// Keeps "in 48 min" true by the minute. No seconds, no announcements. When a deadline passes, its words change on the
// server, so the page is asked to refresh itself instead of guessing.
import { span } from "./spans.js";

function refresh() {
  const now = Date.now();
  let passed = false;
  for (const element of document.querySelectorAll("[data-counts][data-at]")) {
    const at = Date.parse(element.dataset.at);
    const left = element.dataset.counts === "until";
    const words = left ? span(at - now, "down") : span(now - at, "up");
    if (left && at <= now && !element.dataset.passed) passed = element.dataset.passed = "yes";
    if (element.textContent !== words) element.textContent = words;
  }
  if (passed) document.dispatchEvent(new CustomEvent("allhands:changed"));
}

// In the gallery the clock stands still.
if (!document.querySelector(".gallery")) {
  setTimeout(() => { refresh(); setInterval(refresh, 60_000); }, 60_000 - (Date.now() % 60_000));
}
