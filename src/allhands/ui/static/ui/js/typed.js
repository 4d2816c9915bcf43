// Half-filled forms across the idle lock: what was typed waits in this tab, closed, and is laid back once the page opens
// again. Its key comes with pages of this person only, never with the one that asks who is there: whoever sits down at the
// desk meanwhile finds letters that nobody can read. Forms that are kept as drafts (draft.js) need none of this.
const PREFIX = "typed:";
const place = () => PREFIX + location.pathname + location.search;
const forms = () => [...document.querySelectorAll('form[method="post"]:not([data-draft-url])')];
const IS_TYPED = "input:not([type=hidden]):not([type=password]):not([type=file]):not([type=submit]), textarea, select";

function values(form) {
  return [...form.querySelectorAll(IS_TYPED)].filter((field) => field.name).map((field) => {
    const isBox = field.type === "checkbox" || field.type === "radio";
    return [field.name, isBox ? field.value : "", isBox ? field.checked : field.value];
  });
}

async function keyOf(text) {
  const raw = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

// The forms as they came; to be asked again when the page is covered. A form that came back with what is wrong holds what
// was typed before: all of it counts.
export function watchTyped(keyText) {
  const before = forms().map((form) => JSON.stringify(values(form)));

  return async function keep() {
    const isTyped = (form, at) => form.querySelector("[aria-invalid=true]") || JSON.stringify(values(form)) !== before[at];
    const changed = forms().map((form, at) => ({ at, action: form.action, values: values(form), isTyped: isTyped(form, at) }))
      .filter((one) => one.isTyped);
    if (!changed.length) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(changed));
    const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(keyText), plain);
    sessionStorage.setItem(place(), JSON.stringify([[...iv], [...new Uint8Array(closed)]]));
  };
}

export async function layBack(keyText) {
  const kept = sessionStorage.getItem(place());
  if (!kept) return;
  sessionStorage.removeItem(place());
  const [iv, closed] = JSON.parse(kept).map((numbers) => Uint8Array.from(numbers));
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await keyOf(keyText), closed);
  for (const { at, action, values: all } of JSON.parse(new TextDecoder().decode(plain))) {
    const form = forms()[at];
    if (!form || form.action !== action) continue;
    const fields = [...form.querySelectorAll(IS_TYPED)].filter((field) => field.name);
    all.forEach(([name, value, typed], number) => {
      const field = fields[number];
      if (!field || field.name !== name || (typeof typed === "boolean" && field.value !== value)) return;
      if (typeof typed === "boolean") field.checked = typed; else field.value = typed;
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    });
  }
}
