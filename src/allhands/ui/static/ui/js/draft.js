// Keeps what is typed. <form data-draft-url="/report/7/draft" data-draft-key="report-7"> is posted there, quietly, while
// typing. Without signal a copy stays on this device and is sent when signal returns; once the server has it, the copy
// goes, because the device may be shared. The line [data-draft-line] says where it is saved, and when.
import { timeOfDay } from "./spans.js";

const PAUSE = 800;
const SAY_EVERY = 30_000;

function keeper(form) {
  const key = `draft:${form.dataset.draftKey || form.dataset.draftUrl}`;
  const line = document.querySelector("[data-draft-line]");
  let timer = 0;
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
    try { localStorage.setItem(key, JSON.stringify(fields())); say("textPhone"); } catch { say("textLost"); }
  }

  async function save() {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    try {
      const reply = await fetch(form.dataset.draftUrl, { method: "POST", body, credentials: "same-origin", keepalive: true });
      if (!reply.ok || reply.redirected) return keepHere();
      localStorage.removeItem(key);
      say("textServer");
    } catch { keepHere(); }
  }

  function restore() {
    const kept = localStorage.getItem(key);
    if (!kept) return;
    for (const [name, value] of JSON.parse(kept)) {
      const field = form.elements.namedItem(name);
      if (field instanceof RadioNodeList || ["radio", "checkbox"].includes(field?.type)) {
        for (const choice of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) if (choice.value === value) choice.checked = true;
      } else if (field && !field.value) field.value = value;
    }
    save();
  }

  const later = () => { clearTimeout(timer); timer = setTimeout(save, PAUSE); };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => clearTimeout(timer));
  window.addEventListener("online", save);
  window.addEventListener("pagehide", () => { if (timer && form.isConnected) keepHere(); });
  restore();
}

document.querySelectorAll("form[data-draft-url]").forEach(keeper);
