// Stretches of time, said as ui/wording.py says them: left rounds down, over rounds up; units are the same in both languages.
const MINUTE = 60_000;

export function span(ms, rounding) {
  const whole = rounding === "down" ? Math.floor : Math.ceil;
  const left = Math.max(ms, 0);
  const minutes = whole(left / MINUTE);
  if (minutes === 0) return document.documentElement.lang === "es" ? "menos de 1 min" : "less than 1 min";
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) {
    const rest = minutes % 60;
    return rest ? `${Math.floor(minutes / 60)} h ${String(rest).padStart(2, "0")} min` : `${minutes / 60} h`;
  }
  const hours = whole(left / (60 * MINUTE));
  return hours % 24 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${hours / 24} d`;
}

export function timeOfDay(date) {
  return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
