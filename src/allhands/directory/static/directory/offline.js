// Keeps a few public pages on this device, so that they open without signal. Blank pages and cards only, never an answer.
const script = document.querySelector("script[data-worker]");
if (script && "serviceWorker" in navigator) {
  const { worker, scope, keep } = script.dataset;
  const own = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")];
  const files = own.map((one) => one.href || one.src);
  const pictures = [...document.querySelectorAll("use")].map((one) => one.getAttribute("href").split("#")[0]);
  const pages = [...document.querySelectorAll("a[data-keep]")].map((one) => one.href);
  const wanted = [...new Set([...files, ...pictures, ...keep.split(" "), ...pages])].filter(Boolean);
  // The browser takes the address of a worker from a named policy only: this page's own, and no other.
  const address = window.trustedTypes
    ? trustedTypes.createPolicy("allhands-offline", { createScriptURL: (url) => url }).createScriptURL(worker)
    : worker;
  navigator.serviceWorker
    .register(address, { scope })
    .then(() => navigator.serviceWorker.ready)
    .then((found) => found.active.postMessage({ keep: wanted }))
    .catch(() => {}); // a browser that will not keep pages still shows them
}
