/**
 * The areas that are searched, a circle or a box round a centre, and the cells that cover them.
 *
 * A cell is chosen as large as the shape about, so that it and its eight neighbours cover all of it; those that the shape
 * does not reach are left out. Then every element in the cells is measured. The order of the cells is the order of a reply
 * that is not sorted.
 * Source: https://redis.io/docs/latest/commands/geosearch/; the distance is by the haversine formula on a sphere.
 *
 * @module
 */
import { type Area, areaOf, bitsOf, type Cell, cellOf, neighbour, type Place, STEPS_MAX } from "./geohash.ts";

const EARTH_RADIUS_METRES = 6372797.560856;
const MERCATOR_METRES_MAX = 20037726.37;
const RADIANS_PER_DEGREE = Math.PI / 180;

/** East and north of the cells that are looked at, in order. */
const DIRECTIONS = [[0, 0], [0, 1], [0, -1], [1, 0], [-1, 0], [1, 1], [-1, 1], [1, -1], [-1, -1]] as const;

/** What is searched; lengths in metres. */
export interface Shape {
  readonly centre: Place;
  /** Of a circle. */
  readonly radius: number | null;
  /** Of a box. */
  readonly width: number;
  readonly height: number;
}

/** The distance between two places in metres. */
export function distanceBetween(
  longitudeA: number,
  latitudeA: number,
  longitudeB: number,
  latitudeB: number,
): number {
  const v = Math.sin((longitudeB * RADIANS_PER_DEGREE - longitudeA * RADIANS_PER_DEGREE) / 2);
  if (v === 0) return latitudeDistance(latitudeA, latitudeB);
  const a = latitudeA * RADIANS_PER_DEGREE;
  const b = latitudeB * RADIANS_PER_DEGREE;
  const u = Math.sin((b - a) / 2);
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.sqrt(u * u + Math.cos(a) * Math.cos(b) * v * v));
}

function latitudeDistance(a: number, b: number): number {
  return EARTH_RADIUS_METRES * Math.abs(b * RADIANS_PER_DEGREE - a * RADIANS_PER_DEGREE);
}

/** The distance of a place from the centre in metres; NaN where it is not within the shape. */
export function distanceWithin({ centre, radius, width, height }: Shape, place: Place): number {
  const { longitude, latitude } = place;
  if (radius === null) {
    if (latitudeDistance(latitude, centre.latitude) > height / 2) return NaN;
    if (distanceBetween(longitude, latitude, centre.longitude, latitude) > width / 2) return NaN;
  }
  const distance = distanceBetween(centre.longitude, centre.latitude, longitude, latitude);
  return radius !== null && distance > radius ? NaN : distance;
}

/** The cells that cover a shape, in order, none twice in a row. */
export function cellsOf(shape: Shape): Cell[] {
  const bounds = boundsOf(shape);
  const { centre, radius, width, height } = shape;
  const reach = radius ?? Math.sqrt((width / 2) * (width / 2) + (height / 2) * (height / 2));
  let steps = stepsFor(reach, centre.latitude);
  let cell = cellOf(centre, steps);
  if (steps > 1 && !neighboursReach(cell, bounds)) cell = cellOf(centre, --steps);
  const area = areaOf(cell);
  const cells: Cell[] = [];
  let last = -1;
  for (const [east, north] of DIRECTIONS) {
    if (steps >= 2 && isUseless(area, bounds, east, north)) continue;
    const next = neighbour(cell, east, north);
    const bits = bitsOf(next);
    // Where cells are large, neighbours on both sides are the same one.
    if (bits !== last) cells.push(next);
    last = bits;
  }
  return cells;
}

/** Degrees round a shape; the width is taken where it is most. */
function boundsOf({ centre: { longitude, latitude }, radius, width, height }: Shape): Area {
  const halfHeight = radius ?? height / 2;
  const halfWidth = radius ?? width / 2;
  const latitudeDelta = halfHeight / EARTH_RADIUS_METRES / RADIANS_PER_DEGREE;
  const widest = latitude < 0 ? latitude - latitudeDelta : latitude + latitudeDelta;
  const longitudeDelta = halfWidth / EARTH_RADIUS_METRES / Math.cos(widest * RADIANS_PER_DEGREE) / RADIANS_PER_DEGREE;
  return {
    west: longitude - longitudeDelta,
    east: longitude + longitudeDelta,
    south: latitude - latitudeDelta,
    north: latitude + latitudeDelta,
  };
}

/** How often the world is to be halved so that nine cells cover the radius; less often near the poles. */
function stepsFor(radius: number, latitude: number): number {
  if (radius === 0) return STEPS_MAX;
  let steps = 1;
  for (let reach = radius; reach < MERCATOR_METRES_MAX; reach *= 2) steps++;
  steps -= 2;
  if (Math.abs(latitude) > 66) steps--;
  if (Math.abs(latitude) > 80) steps--;
  return Math.min(STEPS_MAX, Math.max(1, steps));
}

function neighboursReach(cell: Cell, { west, east, south, north }: Area): boolean {
  return areaOf(neighbour(cell, 0, 1)).north >= north && areaOf(neighbour(cell, 0, -1)).south <= south &&
    areaOf(neighbour(cell, 1, 0)).east >= east && areaOf(neighbour(cell, -1, 0)).west <= west;
}

/** Whether the shape ends before it gets to the neighbour in a direction. */
function isUseless(area: Area, bounds: Area, east: number, north: number): boolean {
  return (north < 0 && area.south < bounds.south) || (north > 0 && area.north > bounds.north) ||
    (east < 0 && area.west < bounds.west) || (east > 0 && area.east > bounds.east);
}
