// Points, circles and rings in degrees. Pure. The server works the same out on the ellipsoid; this is to look at.
const EARTH_KM = 6371.0088;
const RADIANS = Math.PI / 180;

export const asText = ([lon, lat]) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

// "latitude, longitude" lines as [longitude, latitude] pairs; what is no pair yet is left out.
export function pointsOf(text) {
  return text.replaceAll(";", "\n").split("\n").map((line) => line.replaceAll(",", " ").trim().split(/\s+/).map(Number))
    .filter((pair) => pair.length === 2 && pair.every(Number.isFinite) && Math.abs(pair[0]) <= 90)
    .map(([lat, lon]) => [lon, lat]);
}

export function kmBetween([lon, lat], [otherLon, otherLat]) {
  const half = (degrees) => Math.sin((degrees * RADIANS) / 2) ** 2;
  const chord = half(otherLat - lat) + Math.cos(lat * RADIANS) * Math.cos(otherLat * RADIANS) * half(otherLon - lon);
  return 2 * EARTH_KM * Math.asin(Math.sqrt(chord));
}

// The point so many kilometres away, clockwise from north.
export function away([lon, lat], km, bearing) {
  const angle = km / EARTH_KM, turn = bearing * RADIANS, phi = lat * RADIANS;
  const north = Math.asin(Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(turn));
  const east = Math.atan2(Math.sin(turn) * Math.sin(angle) * Math.cos(phi), Math.cos(angle) - Math.sin(phi) * Math.sin(north));
  return [lon + east / RADIANS, north / RADIANS];
}

export const ringAround = (centre, km) => Array.from({ length: 73 }, (_, step) => away(centre, km, step * 5));

export const shape = (type, coordinates) => ({ type: "Feature", properties: {}, geometry: { type, coordinates } });

export const collection = (features) => ({ type: "FeatureCollection", features });

// West, south, east, north of whatever lies in GeoJSON geometries.
export function boundsOf(features) {
  const box = [180, 90, -180, -90];
  const walk = (part) => {
    if (typeof part[0] !== "number") return part.forEach(walk);
    box[0] = Math.min(box[0], part[0]); box[1] = Math.min(box[1], part[1]);
    box[2] = Math.max(box[2], part[0]); box[3] = Math.max(box[3], part[1]);
  };
  for (const one of features) walk(one.geometry.coordinates);
  return box[0] <= box[2] ? box : null;
}
