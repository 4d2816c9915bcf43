// The fields of the area form as values, and back. They are what is sent; the map and its list only read and write them.
import { asText, pointsOf } from "./area_shapes.js";

const MOST_KM = 500;

export class AreaForm {
  constructor(form) { this.form = form; }

  field(name) { return this.form.elements.namedItem(name); }

  boxes(name) { return [...this.form.querySelectorAll(`input[name="${name}"]`)]; }

  box(name, value) { return this.boxes(name).find((one) => one.value === value); }

  label(box) { return box.labels[0].textContent; }

  chosen(name) { return this.boxes(name).filter((one) => one.checked); }

  // A travel time was typed just now, so it goes before the radius, as on the server.
  get km() {
    const number = (name) => Number(this.field(name).value.replace(",", "."));
    const km = (number("minutes") * number("speed")) / 60 || number("radius_km");
    return km > 0 && km <= MOST_KM ? km : 0;
  }

  set km(km) {
    this.field("minutes").value = this.field("speed").value = "";
    this.write("radius_km", km ? String(Math.max(0.1, Math.round(km * 10) / 10)) : "");
  }

  get centre() { return pointsOf(this.field("centre").value)[0]; }

  set centre(point) { this.write("centre", point ? asText(point) : ""); }

  get corners() {
    const found = pointsOf(this.field("polygon").value);
    const isClosed = found.length > 1 && asText(found[0]) === asText(found.at(-1));
    return isClosed ? found.slice(0, -1) : found;
  }

  set corners(points) { this.write("polygon", points.map(asText).join("\n")); }

  write(name, value) {
    this.field(name).value = value;
    this.changed(this.field(name));
  }

  tick(box, isOn) {
    box.checked = isOn;
    this.changed(box);
  }

  changed(field) { field.dispatchEvent(new Event("input", { bubbles: true })); }
}

// Buttons for a little less and a little more, so that a number needs no keyboard.
export function addSteps(form) {
  for (const place of form.form.querySelectorAll("[data-steps]")) {
    const field = form.field(place.dataset.steps), step = Number(place.dataset.step);
    const button = (sign, words, by) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "usa-button usa-button--outline";
      made.textContent = sign;
      made.setAttribute("aria-label", words);
      made.addEventListener("click", () => {
        const next = Math.max(0, Number(field.value.replace(",", ".")) + by);
        form.write(field.name, next ? String(Math.round(next * 10) / 10) : "");
      });
      return made;
    };
    place.className = "area-map__steps";
    place.append(button("−", place.dataset.less, -step), button("+", place.dataset.more, step));
  }
}
