/**
 * Places as numbers: longitude and latitude are each halved 26 times, and the bits interleaved to 52, which a double holds
 * exactly. Places that share leading bits lie in one cell, so a cell is a range of scores.
 * Source: https://redis.io/docs/latest/commands/geoadd/, https://en.wikipedia.org/wiki/Geohash
 *
 * The latitudes are those of the Web Mercator map. Cells are kept by their two coordinates, so a neighbour is one more or
 * less in one of them, round the world.
 *
 * @module
 */

/** Halvings of each coordinate of a score. */
export const STEPS_MAX = 26;
/** Degrees of longitude and latitude that can be told. */
export const LONGITUDE_MAX = 180;
export const LATITUDE_MAX = 85.05112878;

/** Latitudes of the standard geohash strings. */
const STANDARD_LATITUDE_MAX = 90;
const ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz";
const STRING_LENGTH = 11;
const HALF_BITS = 2 ** 26;
const TWO_16 = 2 ** 16;
const TWO_32 = 2 ** 32;
const TWO_53 = 2 ** 53;
const TWO_63 = 2 ** 63;
/** What of a negative score can be held exactly and still tells that it is off the map. */
const FOREIGN_BITS = (2n ** 53n - 1n) << 11n;

/** A place. */
export interface Place {
  longitude: number;
  latitude: number;
}

/** The cell with a place in it, after so many halvings. */
export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly steps: number;
}

/** Edges of a cell, in degrees. */
export interface Area {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** The cell that a place is in. */
export function cellOf({ longitude, latitude }: Place, steps: number, latitudeMax: number = LATITUDE_MAX): Cell {
  const scale = 2 ** steps;
  return {
    x: Math.floor((longitude + LONGITUDE_MAX) / (LONGITUDE_MAX * 2) * scale),
    y: Math.floor((latitude + latitudeMax) / (latitudeMax * 2) * scale),
    steps,
  };
}

/** The cell so many cells to the east and north. A coordinate at the world's very edge stays there unless it is moved. */
export function neighbour({ x, y, steps }: Cell, east: number, north: number): Cell {
  const mask = 2 ** steps - 1;
  return { x: east === 0 ? x : (x + east) & mask, y: north === 0 ? y : (y + north) & mask, steps };
}

/** The edges of a cell. */
export function areaOf({ x, y, steps }: Cell): Area {
  const scale = 2 ** steps;
  const longitudes = LONGITUDE_MAX * 2;
  const latitudes = LATITUDE_MAX * 2;
  return {
    west: -LONGITUDE_MAX + (x / scale) * longitudes,
    east: -LONGITUDE_MAX + ((x + 1) / scale) * longitudes,
    south: -LATITUDE_MAX + (y / scale) * latitudes,
    north: -LATITUDE_MAX + ((y + 1) / scale) * latitudes,
  };
}

/** The bits of a cell, interleaved: longitude first. */
export function bitsOf({ x, y }: Cell): number {
  return interleave(x >>> 13, y >>> 13) * HALF_BITS + interleave(x & 0x1fff, y & 0x1fff);
}

/** The lowest score in a cell; the lowest one behind it belongs to the next number of its bits. */
export function scoreOf(bits: number, steps: number): number {
  return bits * 2 ** (2 * (STEPS_MAX - steps));
}

/** The score of a place; at the world's eastern and northern edge it has a bit more. */
export function encode(place: Place): number {
  return bitsOf(cellOf(place, STEPS_MAX));
}

/** The middle of the cell that a score stands for, written to `place`. */
export function decode(score: number, place: Place): Place {
  const bits = score >= 0 && score < TWO_53 ? Math.trunc(score) : foreignBits(score);
  const high = Math.floor(bits / TWO_32);
  const x = deinterleave(high >>> 1) * TWO_16 + deinterleave((bits >>> 0) >>> 1);
  const y = deinterleave(high) * TWO_16 + deinterleave(bits >>> 0);
  const scale = 2 ** STEPS_MAX;
  const west = -LONGITUDE_MAX + (x / scale) * (LONGITUDE_MAX * 2);
  const east = -LONGITUDE_MAX + ((x + 1) / scale) * (LONGITUDE_MAX * 2);
  const south = -LATITUDE_MAX + (y / scale) * (LATITUDE_MAX * 2);
  const north = -LATITUDE_MAX + ((y + 1) / scale) * (LATITUDE_MAX * 2);
  place.longitude = clip((west + east) / 2, LONGITUDE_MAX);
  place.latitude = clip((south + north) / 2, LATITUDE_MAX);
  return place;
}

/** The bits of a score that is no place, as an x86 processor makes an unsigned integer of it; above 53 only about. */
function foreignBits(score: number): number {
  if (score === -Infinity || score < -TWO_63) return TWO_63;
  if (score < 0) return Number(BigInt.asUintN(64, BigInt(Math.trunc(score))) & FOREIGN_BITS);
  return score < TWO_63 * 2 ? score : 0;
}

/** The standard geohash string of a place, eleven characters; the bits reach for ten. */
export function geohashString(place: Place): string {
  const { x, y } = cellOf(place, STEPS_MAX, STANDARD_LATITUDE_MAX);
  const bits = bitsOf({ x, y, steps: STEPS_MAX });
  let text = "";
  for (let i = 1; i < STRING_LENGTH; i++) text += ALPHABET[Math.floor(bits / 2 ** (52 - i * 5)) % 32];
  return text + ALPHABET[0];
}

function clip(degrees: number, max: number): number {
  return Math.min(max, Math.max(-max, degrees));
}

/** 13 bits of each, those of `x` at the odd places. */
function interleave(x: number, y: number): number {
  return (spread(x) << 1) | spread(y);
}

function spread(bits: number): number {
  let spaced = (bits | (bits << 8)) & 0x00ff00ff;
  spaced = (spaced | (spaced << 4)) & 0x0f0f0f0f;
  spaced = (spaced | (spaced << 2)) & 0x33333333;
  return (spaced | (spaced << 1)) & 0x55555555;
}

/** The bits at the even places. */
function deinterleave(spaced: number): number {
  let bits = spaced & 0x55555555;
  bits = (bits | (bits >>> 1)) & 0x33333333;
  bits = (bits | (bits >>> 2)) & 0x0f0f0f0f;
  bits = (bits | (bits >>> 4)) & 0x00ff00ff;
  return (bits | (bits >>> 8)) & 0x0000ffff;
}
