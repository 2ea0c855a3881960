/**
 * Bars of text over time, as `LATENCY GRAPH` draws them: each sample a column, its height a third of a row exactly, its
 * label below it, from top to bottom.
 *
 * @module
 */

/** A column. */
export interface SparklineSample {
  readonly value: number;
  /** ASCII. */
  readonly label: string;
}

const ROWS = 4;
const COLUMNS_MAX = 80;
/** The top of a bar, by how far it reaches into its row. */
const TOPS = "_o#";
const BAR = "|";

/** The graph, in blocks of up to 80 columns that share one scale, an empty line between them. */
export function sparkline(samples: readonly SparklineSample[]): string {
  const values = samples.map(({ value }) => value);
  const low = Math.min(...values);
  const range = Math.max(...values) - low;
  const blocks: string[] = [];
  for (let i = 0; i < samples.length; i += COLUMNS_MAX) {
    const columns = samples.slice(i, i + COLUMNS_MAX).map(({ value, label }) => columnOf(value - low, range, label));
    blocks.push(transpose(columns));
  }
  return blocks.join("\n");
}

/** From top to bottom: the bar, a blank, the label. */
function columnOf(height: number, range: number, label: string): string {
  const steps = ROWS * TOPS.length;
  const step = range === 0 ? 0 : Math.min(steps - 1, Math.floor((height / range) * steps));
  const row = Math.floor(step / TOPS.length);
  return " ".repeat(ROWS - 1 - row) + TOPS[step % TOPS.length] + BAR.repeat(row) + " " + label;
}

function transpose(columns: readonly string[]): string {
  const height = Math.max(...columns.map((column) => column.length));
  let text = "";
  for (let row = 0; row < height; row++) text += columns.map((column) => column[row] ?? " ").join("") + "\n";
  return text;
}
