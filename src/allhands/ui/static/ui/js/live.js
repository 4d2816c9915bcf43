// Live rows. A region names its topics: <section id="board" data-live-region data-live-topics="board duties">.
// When the server says a topic changed, the region is fetched anew from this page's own address. While the pointer or
// the focus is inside it nothing moves; a line above says "3 changes. Show them".
import { timeOfDay } from "./spans.js";

const STALE_AFTER = 60_000;
const ANNOUNCE_EVERY = 60_000;
const line = document.querySelector("[data-live-line]");
const status = document.querySelector("[data-state-line]");
const regions = [...document.querySelectorAll("[data-live-region]")];
let changes = 0;
let lastHeard = Date.now();
let lastAnnounced = 0;

const concerns = (region, topic) => !topic || topic === "*" || (region.dataset.liveTopics || topic).split(/\s+/).includes(topic);
const inUse = (region) => region.matches(":hover, :focus-within");
const words = (name, values) => status.dataset[name].replace(/\{(\w+)\}/, (_, key) => values[key]);

// With an event a person asked for it. Without one, a hand that came while the page was on its way stops it.
async function show(event) {
  const reply = await fetch(location.href, { headers: { "X-Allhands-Live": "1" }, credentials: "same-origin" });
  if (!reply.ok) return;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  if (!event && regions.some(inUse)) { offer(); return; }
  for (const region of regions) {
    const fresh = page.getElementById(region.id);
    if (!fresh) continue;
    region.replaceChildren(...fresh.childNodes);
    region.classList.add("arrived");
    setTimeout(() => region.classList.remove("arrived"), 200);
  }
  changes = 0;
  status.replaceChildren();
}

function offer() {
  const now = Date.now();
  if (now - lastAnnounced < ANNOUNCE_EVERY && status.childElementCount) return;
  lastAnnounced = now;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "usa-button usa-button--unstyled";
  button.textContent = changes === 1 ? status.dataset.textChange : words("textChanges", { count: changes });
  button.addEventListener("click", show);
  status.replaceChildren(button);
}

function changed(topic) {
  const touched = regions.filter((region) => concerns(region, topic));
  if (!touched.length) return;
  changes += 1;
  if (touched.some(inUse)) offer();
  else show().catch(offer);
}

function heard() {
  lastHeard = Date.now();
  if (line) line.textContent = line.dataset.textLive.replace("{time}", new Date().toLocaleTimeString("en-GB"));
  if (status.dataset.stale) { delete status.dataset.stale; status.replaceChildren(); }
}

function watchStale() {
  if (Date.now() - lastHeard < STALE_AFTER || status.dataset.stale) return;
  status.dataset.stale = "yes";
  const key = navigator.onLine ? "textStale" : "textNoSignal";
  const reload = document.createElement("a");
  reload.href = location.href;
  reload.textContent = status.dataset.textReload;
  status.replaceChildren(words(key, { time: timeOfDay(new Date(lastHeard)) }) + " ", reload);
}

function listen(href) {
  const source = new EventSource(href);
  source.onopen = heard;
  source.onmessage = (event) => { heard(); changed(event.data); };
  // The server says "still here" while nothing changes.
  source.addEventListener("ping", () => { lastHeard = Date.now(); });
  setInterval(watchStale, 10_000);
}

if (line?.dataset.liveHref && status && regions.length) {
  listen(line.dataset.liveHref);
  document.addEventListener("allhands:changed", () => changed(""));
}
