/** When to save the dataset by itself. @module */
import { defineOption, type Option, OptionError, type OptionKind } from "../option.ts";
import { parseLenient } from "../integer_text.ts";

/** Save when at least `changes` keys have changed and the last save is at least `seconds` ago. */
export interface SavePoint {
  readonly seconds: number;
  readonly changes: number;
}

interface ExactSavePoint {
  readonly seconds: bigint;
  readonly changes: bigint;
}

const INITIAL: readonly ExactSavePoint[] = [
  { seconds: 3600n, changes: 1n },
  { seconds: 300n, changes: 100n },
  { seconds: 60n, changes: 10000n },
];

const kind: OptionKind<readonly SavePoint[], readonly ExactSavePoint[]> = {
  words: "many",
  initial: () => INITIAL,
  read(words, current, accumulate) {
    if (words.length === 1 && words[0] === "") return [];
    const points = readPoints(words);
    return accumulate ? [...current, ...points] : points;
  },
  value: (exact) => exact.map(({ seconds, changes }) => ({ seconds: Number(seconds), changes: Number(changes) })),
  format: (exact) => exact.map(formatPoint).join(" "),
  lines(exact) {
    if (exact.length === 0) return [{ text: '""', required: true }];
    return exact.map((point) => ({ text: formatPoint(point), required: true }));
  },
};

function readPoints(words: readonly string[]): ExactSavePoint[] {
  if (words.length % 2 !== 0) refuse();
  const points: ExactSavePoint[] = [];
  for (let i = 0; i < words.length; i += 2) {
    const seconds = parseLenient(words[i]);
    const changes = parseLenient(words[i + 1]);
    if (seconds === null || seconds < 1n || changes === null || changes < 0n) refuse();
    // Redis keeps the changes in 32 bits and lets larger ones wrap around.
    points.push({ seconds, changes: BigInt.asIntN(32, changes) });
  }
  return points;
}

function formatPoint({ seconds, changes }: ExactSavePoint): string {
  return `${seconds} ${changes}`;
}

function refuse(): never {
  throw new OptionError("Invalid save parameters");
}

/** When to save the dataset by itself; any of the points suffices. Lines of one file add up. */
export const save: Option<readonly SavePoint[]> = defineOption("save", kind, { live: true });
