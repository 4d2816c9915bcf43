// Draws the area on a map (MapLibre, our own outlines, no tiles, nobody else's server) and lets a person choose and draw
// it with the mouse, a finger or the keyboard. Without WebGL or script the lists and fields do all of it.
import { AreaForm, addSteps } from "./area_form.js";
import { asText, away, boundsOf, collection, kmBetween, ringAround, shape } from "./area_shapes.js";

const FIRST_KM = 10;
const MOST_CORNERS = 100;
const DRAWN = "drawn", LAND = "land", LEAVES = "leaves";

const part = document.querySelector("[data-area-map]");
const form = new AreaForm(document.querySelector("[data-area-form]"));
const say = (name, values = {}) =>
  Object.entries(values).reduce((words, [key, value]) => words.replace(`{${key}}`, value), part.dataset[`say${name}`]);
const tell = (words) => { part.querySelector("[data-told]").textContent = words; };
const tool = () => part.querySelector('[name="map-tool"]:checked').value;
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

addSteps(form);
start().catch((error) => {
  part.hidden = true;
  const line = document.querySelector("[data-map-failed]");
  line.textContent = part.dataset.sayFailed;
  line.hidden = false;
  console.warn(`The map cannot be shown: ${error.message}`);
});

async function start() {
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no WebGL 2");
  const [engine, ...lands] = await Promise.all([
    import(part.dataset.engine),
    ...part.dataset.land.trim().split(" ").map(async (address) => (await fetch(address)).json()),
  ]);
  const land = lands.flatMap((one) => one.features);
  part.hidden = false;
  engine.setWorkerUrl(new URL(part.dataset.worker, location.href).href);
  const map = new engine.Map({
    container: part.querySelector("[data-map]"),
    style: style(land),
    bounds: whole(land),
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    keyboard: false,
    fadeDuration: 0,
    locale: {
      "Map.Title": say("Map"),
      "NavigationControl.ZoomIn": say("In"),
      "NavigationControl.ZoomOut": say("Out"),
      "CooperativeGesturesHandler.WindowsHelpText": say("Ctrl"),
      "CooperativeGesturesHandler.MacHelpText": say("Command"),
      "CooperativeGesturesHandler.MobileHelpText": say("Fingers"),
    },
  });
  map.addControl(new engine.NavigationControl({ showCompass: false }), "top-right");
  map.touchZoomRotate.disableRotation();
  const drawing = new Drawing(engine, map, land);
  map.on("click", (event) => act(map, event.point, event.lngLat.toArray()));
  listen(map, land, drawing);
  part.map = map; // for whoever looks from the console, and the tests
  await map.once("load");
  drawing.redraw();
  part.dataset.ready = "yes";
}

// What the map opens on: what is chosen already, else all of the land.
function whole(land) {
  const leaves = JSON.parse(part.dataset.leaves).map((ring) => shape("Polygon", [ring]));
  return boundsOf(leaves) ?? boundsOf(land.filter((one) => one.properties.kind === "county"));
}

function style(land) {
  const leaves = collection(JSON.parse(part.dataset.leaves).map((ring) => shape("Polygon", [ring])));
  const of = (kind) => ["==", ["get", "kind"], kind];
  const fill = (id, kind, paint, source = LAND) => ({ id, source, type: "fill", ...(kind && { filter: of(kind) }), paint });
  const line = (id, kind, paint, source = LAND) => ({ id, source, type: "line", ...(kind && { filter: of(kind) }), paint });
  const text = color("text"), surface = color("surface"), quiet = color("quiet");
  return {
    version: 8,
    sources: {
      [LAND]: { type: "geojson", data: collection(land), promoteId: "code" },
      [LEAVES]: { type: "geojson", data: leaves },
      [DRAWN]: { type: "geojson", data: collection([]) },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": color("canvas") } },
      fill("states", "state", { "fill-color": surface }),
      fill("county", "county", { "fill-color": surface }),
      line("county-lines", "county", { "line-color": quiet, "line-width": 1 }),
      line("state-lines", "state", { "line-color": text, "line-width": 1.5 }),
      fill("tribal", "tribal", { "fill-color": color("care"), "fill-opacity": 0.15 }),
      line("tribal-lines", "tribal", { "line-color": color("care"), "line-width": 1.5, "line-dasharray": [1, 1] }),
      fill("drawn-fill", "", { "fill-color": color("act"), "fill-opacity": 0.3 }, DRAWN),
      line("drawn-line", "", { "line-color": text, "line-width": 3 }, DRAWN),
      line("leaves-line", "", { "line-color": text, "line-width": 2, "line-dasharray": [3, 2] }, LEAVES),
      {
        id: "names", source: LAND, type: "symbol", minzoom: 5,
        // Trust land lies scattered; its reservation carries the name.
        filter: ["any", of("county"), ["all", of("tribal"), ["!=", ["slice", ["get", "code"], -1], "T"]]],
        layout: { "text-field": ["get", "name"], "text-size": 13, "text-max-width": 7 },
        paint: { "text-color": text, "text-halo-color": surface, "text-halo-width": 2 },
      },
    ],
  };
}

// One press, at a point of the map: what it does is what is chosen above.
function act(map, at, point) {
  if (tool() === "circle") return setCentre(point);
  if (tool() === "corners") return addCorner(point);
  const found = map.queryRenderedFeatures(at, { layers: [tool()] });
  const boxes = tool() === "county"
    ? found.slice(0, 1).map((one) => form.box("county_fips", one.properties.code))
    : found.slice(0, 1).flatMap((one) => one.properties.nations ?? []).map((id) => form.box("nations", id));
  const known = boxes.filter(Boolean);
  if (!known.length) return tell(say("Nothing"));
  for (const box of known) {
    form.tick(box, !box.checked);
    tell(say(box.checked ? "Chosen" : "Gone", { what: form.label(box) }));
  }
}

function setCentre(point) {
  form.centre = point;
  if (!form.km) form.km = FIRST_KM;
  tell(say("Centre", { at: asText(point) }));
}

function addCorner(point) {
  if (form.corners.length >= MOST_CORNERS) return;
  form.corners = [...form.corners, point];
  tell(say("Corner", { n: form.corners.length, at: asText(point) }));
}

function listen(map, land, drawing) {
  const canvas = map.getCanvas();
  const middle = () => act(map, map.project(map.getCenter()), map.getCenter().toArray());
  const acts = {
    here: middle,
    back: () => { form.corners = form.corners.slice(0, -1); },
    all: () => map.fitBounds(boundsOf(drawing.features()) ?? whole(land), { padding: 24, maxZoom: 11 }),
  };
  part.addEventListener("click", (event) => acts[event.target.closest("[data-act]")?.dataset.act]?.());
  form.form.addEventListener("input", () => drawing.redraw());
  canvas.addEventListener("blur", () => map.keyboard.disable());
  canvas.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !map.keyboard.isEnabled()) { map.keyboard.enable(); tell(say("Keys")); }
    else if (event.key === "Escape") { map.keyboard.disable(); tell(""); }
    else if (event.key === " ") { event.preventDefault(); middle(); }
  });
  canvas.setAttribute("aria-label", say("Map"));
}

// What the form says, on the map and in the list beneath it.
class Drawing {
  constructor(engine, map, land) {
    this.engine = engine;
    this.map = map;
    this.land = land;
    this.pins = [];
  }

  features() {
    const codes = new Set(form.chosen("county_fips").map((one) => one.value));
    const nations = new Set(form.chosen("nations").map((one) => one.value));
    const isChosen = ({ kind, code, nations: own }) =>
      (kind === "county" && codes.has(code)) || (kind === "tribal" && own.some((one) => nations.has(one)));
    const land = this.land.filter((one) => isChosen(one.properties) && one.geometry.type !== "Point");
    const corners = form.corners, ring = [...corners, corners[0]];
    const drawn = corners.length > 2 ? [shape("Polygon", [ring])] : corners.length ? [shape("LineString", corners)] : [];
    const circle = form.centre && form.km ? [shape("Polygon", [ringAround(form.centre, form.km)])] : [];
    return [...land, ...drawn, ...circle];
  }

  redraw() {
    this.map.getSource(DRAWN)?.setData(collection(this.features()));
    for (const pin of this.pins) pin.remove();
    this.pins = form.corners.map((point, place) => this.pin(point, "", (at) => {
      form.corners = form.corners.map((one, other) => (other === place ? at : one));
    }));
    if (form.centre) {
      this.pins.push(this.pin(form.centre, "", (at) => { form.centre = at; }));
      if (form.km) this.pins.push(this.pin(away(form.centre, form.km, 90), "area-map__pin--edge", (at) => { form.km = kmBetween(form.centre, at); }));
    }
    this.list();
  }

  pin(point, kind, moved) {
    const element = document.createElement("span");
    element.className = `area-map__pin ${kind}`.trim();
    element.setAttribute("aria-hidden", "true"); // its place stands in a field
    const pin = new this.engine.Marker({ element, draggable: true }).setLngLat(point).addTo(this.map);
    for (const name of ["role", "aria-label", "tabindex"]) element.removeAttribute(name);
    pin.on("dragend", () => moved(pin.getLngLat().toArray()));
    return pin;
  }

  list() {
    const boxes = [...form.chosen("county_fips"), ...form.chosen("nations")];
    const lines = boxes.map((box) => [form.label(box), () => form.tick(box, false)]);
    const { centre, km, corners } = form;
    if (centre) lines.push([say("Circle", { km: Math.round(km * 10) / 10, at: asText(centre) }), () => { form.centre = null; form.km = 0; }]);
    if (corners.length) lines.push([say("Corners", { n: corners.length }), () => { form.corners = []; }]);
    const list = part.querySelector("[data-chosen]");
    list.replaceChildren(...(lines.length ? lines.map(([words, remove]) => this.line(list, words, remove)) : [this.line(list, say("None"))]));
  }

  line(list, words, remove) {
    const item = document.createElement("li");
    item.append(words);
    if (!remove) return item;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "usa-button usa-button--unstyled";
    button.textContent = say("Remove");
    button.setAttribute("aria-label", `${say("Remove")}: ${words}`);
    button.addEventListener("click", () => {
      remove();
      tell(say("Gone", { what: words }));
      (list.querySelector("button") ?? part.querySelector('[name="map-tool"]:checked')).focus();
    });
    item.append(button);
    return item;
  }
}
