/** How gladly Linux may end the process when memory runs out. @module */
import { enumOption } from "../enum_option.ts";
import { parseLenient } from "../integer_text.ts";
import {
  defineOption,
  oneLine,
  type Option,
  OptionError,
  type OptionKind,
  WRONG_NUMBER_OF_ARGUMENTS,
} from "../option.ts";

const SCORE_MAX = 2000n;

/** Scores of a master, of a replica, and of a process that saves. */
export type OomScores = readonly [master: number, replica: number, background: number];

const kind: OptionKind<OomScores, OomScores> = {
  words: "many",
  initial: () => [0, 200, 800],
  read(words) {
    if (words.length !== 3) throw new OptionError(WRONG_NUMBER_OF_ARGUMENTS);
    return [readScore(words[0]), readScore(words[1]), readScore(words[2])];
  },
  value: (exact) => exact,
  format: (exact) => exact.join(" "),
  lines: (exact) => oneLine(kind, exact, kind.format(exact)),
};

function readScore(word: string): number {
  const score = parseLenient(word);
  if (score === null || score < -SCORE_MAX || score > SCORE_MAX) {
    throw new OptionError("Invalid oom-score-adj-values, elements must be between -2000 and 2000.");
  }
  return Number(score);
}

/** Whether the process sets its score; `yes` adds to the score that it was started with. Kept, not acted on. */
export const oomScoreAdj = enumOption("oom-score-adj", {
  values: ["no", "yes", "relative", "absolute"],
  synonyms: { relative: "yes" },
  initial: "no",
  live: true,
});

/** The scores to set. Kept, not acted on. */
export const oomScoreAdjValues: Option<OomScores> = defineOption("oom-score-adj-values", kind, { live: true });
