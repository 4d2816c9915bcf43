// "Use where I am": only when pressed. The position is rounded on this device to a tenth of a degree, about 7 miles,
// and only that square is put into the form. Nothing is sent until the person sends the form.
const line = document.querySelector("[data-here]");
if (line && "geolocation" in navigator) {
  const words = line.querySelector("[data-here-words]");
  const field = document.querySelector("[data-here-field]");
  line.hidden = false;
  line.querySelector("[data-here-press]").addEventListener("click", () => {
    words.textContent = words.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = `${coords.latitude.toFixed(1)},${coords.longitude.toFixed(1)}`;
        words.textContent = `${words.dataset.done} ${field.value}`;
      },
      () => { words.textContent = words.dataset.failed; },
      { maximumAge: 600000, timeout: 15000, enableHighAccuracy: false },
    );
  });
}
