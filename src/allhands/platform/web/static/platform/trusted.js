// The one place where text becomes HTML. The browser refuses every other (Trusted Types; see security_headers).
// htmx and the live rows read a page that our server sent: it is read into a document of its own, in which nothing
// runs, and whatever could run later is taken out before anybody gets it. Nobody else can get at the policy.
(() => {
  const types = window.trustedTypes;
  const ours = types ? types.createPolicy("allhands", { createHTML: (text) => text }) : { createHTML: (text) => text };
  const read = DOMParser.prototype.parseFromString;
  const RUNS = "script, iframe, frame, object, embed, base, meta[http-equiv]";
  const ADDRESSES = new Set(["href", "src", "action", "formaction", "xlink:href", "data", "srcdoc"]);

  const isUnsafe = ({ name, value }) =>
    name.startsWith("on") || name === "srcdoc" || (ADDRESSES.has(name) && /^[\s\0-\x1f]*javascript:/i.test(value));

  function clean(page) {
    for (const found of page.querySelectorAll(RUNS)) found.remove();
    for (const element of page.querySelectorAll("*")) {
      for (const attribute of [...element.attributes]) if (isUnsafe(attribute)) element.removeAttribute(attribute.name);
      if (element instanceof HTMLTemplateElement || element.localName === "template") clean(element.content);
    }
    return page;
  }

  DOMParser.prototype.parseFromString = function (text, type) {
    return type === "text/html" ? clean(read.call(this, ours.createHTML(String(text)), type)) : read.call(this, text, type);
  };
  if ("parseHTMLUnsafe" in Document) Document.parseHTMLUnsafe = (text) => new DOMParser().parseFromString(text, "text/html");

  // MapLibre starts its worker by address: its own, from here, and no other.
  const isMapWorker = (address) => {
    const at = new URL(address, document.baseURI);
    return at.origin === location.origin && /\/vendor\/maplibre\/[\w-]+\.mjs$/.test(at.pathname);
  };
  types?.createPolicy("default", { createScriptURL: (address) => (isMapWorker(address) ? address : null) });
})();
