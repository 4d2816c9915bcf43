// Keeps what is typed. <form data-draft-url="/report/7/draft" data-draft-key="report-7"> is posted there, quietly, while
// typing. Without signal, and on the way to the next page, a copy stays on this device; it is sent from whichever page
// comes next, and goes once the server has it, because the device may be shared. The line [data-draft-line] says where
// it is saved, and when. After each save the page hears "allhands:saved".
import { timeOfDay } from "./spans.js";

const PAUSE = 800;
const SAY_EVERY = 30_000;
const PREFIX = "draft:";
// 409: it was sent meanwhile, and the copy is of no more use.
const isTaken = (reply) => (reply.ok && !reply.redirected) || reply.status === 409;
const token = () => {
  try { return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || ""; } catch { return ""; }
};

async function post(url, body) {
  return fetch(url, { method: "POST", body, credentials: "same-origin", keepalive: true, headers: { "X-CSRFToken": token() } });
}

// Copies that an earlier page left here: this page's own is laid into its form, every one is sent.
async function sendKept() {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      const body = new FormData();
      for (const [name, value] of kept.fields) body.append(name, value);
      if (isTaken(await post(kept.url, body)) && JSON.parse(localStorage.getItem(key))?.at === kept.at) localStorage.removeItem(key);
    } catch { /* no signal: it stays */ }
  }
}

function keeper(form) {
  const key = PREFIX + (form.dataset.draftKey || form.dataset.draftUrl);
  const line = document.querySelector("[data-draft-line]");
  let timer = 0;
  let dirty = false;
  let saidAt = 0;
  let saidState = "";

  const fields = () => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");

  function say(state) {
    const now = Date.now();
    if (!line || (state === saidState && now - saidAt < SAY_EVERY)) return;
    [saidAt, saidState] = [now, state];
    line.dataset.state = state;
    line.textContent = (line.dataset[state] || "").replace("{time}", timeOfDay(new Date(now)));
  }

  function keepHere() {
    localStorage.setItem(key, JSON.stringify({ url: form.dataset.draftUrl, at: Date.now(), fields: fields() }));
  }

  function keepHereAloud() {
    try { keepHere(); say("textPhone"); } catch { say("textLost"); }
  }

  async function save() {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    dirty = false;
    try {
      const reply = await post(form.dataset.draftUrl, body);
      if (!isTaken(reply)) { dirty = true; return reply.status === 413 ? say("textLost") : keepHereAloud(); }
      localStorage.removeItem(key);
      say("textServer");
      form.dispatchEvent(new CustomEvent("allhands:saved", { bubbles: true }));
    } catch { dirty = true; keepHereAloud(); }
  }

  // What was kept here is newer than what the server knew when it drew the page.
  function restore() {
    const kept = localStorage.getItem(key);
    if (!kept) return;
    const values = new Map();
    for (const [name, value] of JSON.parse(kept).fields || []) values.set(name, [...(values.get(name) || []), value]);
    for (const [name, said] of values) {
      const all = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((field) => field.type !== "hidden");
      const choices = all.filter((field) => ["radio", "checkbox"].includes(field.type));
      for (const choice of choices) choice.checked = said.includes(choice.value);
      if (!choices.length) all.forEach((field, place) => { if (place < said.length) field.value = said[place]; });
    }
  }

  const later = () => { dirty = true; clearTimeout(timer); timer = setTimeout(save, PAUSE); };
  const leave = () => { if (dirty && form.isConnected) try { keepHere(); } catch { /* full or forbidden: nothing to do */ } };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => { clearTimeout(timer); dirty = true; });
  window.addEventListener("online", save);
  window.addEventListener("pagehide", leave);
  restore();
}

const forms = [...document.querySelectorAll("form[data-draft-url]")];
forms.forEach(keeper);
const line = document.querySelector("[data-draft-line]");
if (Object.keys(localStorage).some((name) => name.startsWith(PREFIX))) {
  sendKept().then(() => {
    const left = Object.keys(localStorage).some((name) => name.startsWith(PREFIX));
    if (!line || !forms.length) return;
    const state = left ? "textPhone" : "textServer";
    line.dataset.state = state;
    line.textContent = (line.dataset[state] || "").replace("{time}", timeOfDay(new Date()));
  });
}
