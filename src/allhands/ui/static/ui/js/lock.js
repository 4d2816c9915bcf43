// Covers the page when nobody's hand was on it, in all tabs at once, and asks the server to lock. What was typed lies on
// the server or on this device already (draft.js), or is kept closed in this tab (typed.js). Without script the server
// does the same by the age of the last request. <… data-lock-after="900" data-lock-page="/locked"
// data-lock-hand="/locked/hand" data-lock-key="…"> on every page of the staff; <… data-lock-waits="/e/7"> on the page
// that asks who is there, which goes on when another tab was unlocked.
import { layBack, watchTyped } from "./typed.js";

const HAND = "allhands:hand";
const LOCKING = "allhands:locking"; // one tab asks the server: the others hide
const LOCKED = "allhands:locked"; // the server answered: asked sooner, it would show the others their page again
const LOOK_EVERY = 5_000;
const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];

const read = (key) => { try { return Number(localStorage.getItem(key)) || 0; } catch { return 0; } };
const write = (key, value) => { try { localStorage.setItem(key, String(value)); } catch { /* then each tab counts alone */ } };
const token = () => {
  try { return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || ""; } catch { return ""; }
};
const post = (url) => fetch(url, { method: "POST", credentials: "same-origin", keepalive: true, headers: { "X-CSRFToken": token() } });
const here = () => location.pathname + location.search;

function watch({ lockAfter, lockPage, lockHand, lockKey }) {
  const after = Number(lockAfter) * 1000;
  let hand = Date.now();
  let told = hand; // the server knows of this page
  let isLocked = false;
  let keep = async () => {};
  // Without TLS a browser closes nothing: then nothing is kept either. The forms are looked at as they came, before what
  // was typed is laid back: it is typed still, and kept again at the next lock.
  if (crypto.subtle) {
    const watched = watchTyped(lockKey);
    layBack(lockKey).catch(() => {}).finally(() => { if (!isLocked) keep = watched; });
  }

  function hide() {
    isLocked = true;
    document.body.hidden = true;
  }

  function cover() {
    hide();
    keep().catch(() => {}).finally(() => location.replace(`${lockPage}?next=${encodeURIComponent(here())}`));
  }

  function lock() {
    if (isLocked) return;
    hide();
    write(LOCKING, Date.now());
    post(lockPage).catch(() => {}).finally(() => { write(LOCKED, Date.now()); cover(); });
  }

  function heard({ key }) {
    if (key === LOCKED) cover();
    if (key !== LOCKING || isLocked) return;
    hide();
    setTimeout(() => post(lockPage).catch(() => {}).finally(cover), LOOK_EVERY); // the tab that asked was closed: ask too
  }

  function touched() {
    const now = Date.now();
    if (isLocked) return;
    if (now - Math.max(hand, read(HAND)) >= after) { lock(); return; } // the first touch after a long while opens nothing
    if (now - hand > 1_000) write(HAND, now);
    hand = now;
    if (now - told > after / 5) { told = now; post(lockHand).catch(() => {}); }
  }

  write(HAND, hand);
  for (const touch of TOUCHES) addEventListener(touch, touched, { capture: true, passive: true });
  addEventListener("storage", heard);
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  setInterval(() => { if (Date.now() - Math.max(hand, read(HAND)) >= after) lock(); }, LOOK_EVERY);
}

const page = document.querySelector("[data-lock-after]");
if (page) watch(page.dataset);
const waits = document.querySelector("[data-lock-waits]");
if (waits) addEventListener("storage", (event) => { if (event.key === HAND) location.replace(waits.dataset.lockWaits); });
