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

/** Half-angles, in radians, up to which {@linkcode Circle.side} estimates. */
const ESTIMATED_MAX = 0.02;
/** How much a square of an estimate may be wrong, generously. */
const ESTIMATE_TOLERANCE = 1e-3;

/**
 * Tells cheaply on which side of a circle's edge a place is. Most of the places in the cells that cover a circle are clearly
 * within or beyond it, and to know that takes no sine: half-angles up to 0.02, that is distances up to 255 km, are their own
 * sines but for a relative error of 1e-4. Only places near the edge have to be measured.
 */
export class Circle {
  readonly #longitude: number;
  readonly #latitude: number;
  readonly #sine: number;
  readonly #cosine: number;
  /** Square of the radius as a half-angle. */
  readonly #limit: number;
  readonly #isSmall: boolean;

  constructor({ longitude, latitude }: Place, radius: number) {
    this.#longitude = longitude * RADIANS_PER_DEGREE;
    this.#latitude = latitude * RADIANS_PER_DEGREE;
    this.#sine = Math.sin(this.#latitude);
    this.#cosine = Math.cos(this.#latitude);
    const halfAngle = radius / EARTH_RADIUS_METRES / 2;
    this.#limit = halfAngle * halfAngle;
    this.#isSmall = halfAngle < ESTIMATED_MAX;
  }

  /** 1: within, -1: beyond, 0: to be measured. */
  side({ longitude, latitude }: Place): number {
    const x = (longitude * RADIANS_PER_DEGREE - this.#longitude) / 2;
    const y = (latitude * RADIANS_PER_DEGREE - this.#latitude) / 2;
    if (!this.#isSmall || Math.abs(x) > ESTIMATED_MAX || Math.abs(y) > ESTIMATED_MAX) return 0;
    const cosine = this.#cosine * (1 - 2 * y * y) - this.#sine * 2 * y;
    const square = y * y + this.#cosine * cosine * x * x;
    if (square > this.#limit * (1 + ESTIMATE_TOLERANCE)) return -1;
    return square < this.#limit * (1 - ESTIMATE_TOLERANCE) ? 1 : 0;
  }
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
