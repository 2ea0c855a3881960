/**
 * Mountains at dusk in four greys, one ridge before the other, by midpoint displacement.
 *
 * @module
 */
import type { Random } from "../../base/random.ts";

/** Foreground and background colours of a terminal, from the sky to the nearest ridge. */
const GREYS = ["97;107", "37;47", "90;100", "30;40"];

/** Lines of coloured blanks, `columns` by `rows`. */
export function ridges(columns: number, rows: number, random: Random): string {
  const heights = GREYS.slice(1).map((_, i) => ridge(columns, rows * (0.75 - 0.25 * i), rows * 0.35, random));
  let text = "";
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const nearest = heights.findLastIndex((height) => rows - row <= height[column]) + 1;
      text += `\x1b[0;${GREYS[nearest]}m \x1b[0m`;
    }
    text += "\n";
  }
  return text;
}

/** Heights around a mean: each half of a range gets its middle moved by half as much as the whole. */
function ridge(columns: number, mean: number, roughness: number, random: Random): Float64Array {
  const heights = new Float64Array(columns);
  const displace = (from: number, to: number, range: number) => {
    const middle = (from + to) >> 1;
    if (middle === from || middle === to) return;
    heights[middle] = (heights[from] + heights[to]) / 2 + (random.fraction() - 0.5) * range;
    displace(from, middle, range / 2);
    displace(middle, to, range / 2);
  };
  heights[0] = mean + (random.fraction() - 0.5) * roughness;
  heights[columns - 1] = mean + (random.fraction() - 0.5) * roughness;
  displace(0, columns - 1, roughness);
  return heights;
}
