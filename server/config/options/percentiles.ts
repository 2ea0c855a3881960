/** Percentiles of command latencies that `INFO latencystats` shows. @module */
import { textToFloat64 } from "../../base/number.ts";
import { defineOption, type Option, OptionError, type OptionKind } from "../option.ts";

const DECIMALS = 6;

const kind: OptionKind<readonly number[], readonly number[]> = {
  words: "many",
  initial: () => [50, 99, 99.9],
  read: (words) => words.length === 1 && words[0] === "" ? [] : words.map(readPercentile),
  value: (exact) => exact,
  format: (exact) => exact.map(formatPercentile).join(" "),
  lines: (exact) => [{ text: kind.format(exact) || '""', required: true }],
};

function readPercentile(word: string): number {
  const percentile = textToFloat64(word);
  if (Number.isNaN(percentile)) throw new OptionError("Invalid latency-tracking-info-percentiles parameters");
  if (percentile < 0 || percentile > 100) {
    throw new OptionError("latency-tracking-info-percentiles parameters should sit between [0.0,100.0]");
  }
  return percentile;
}

/** Six decimals without trailing zeros: `99.9`, `50`; `INFO` names the percentile by this text, too. */
export function formatPercentile(percentile: number): string {
  return percentile.toFixed(DECIMALS).replace(/\.?0+$/, "");
}

/** Percentiles of command latencies that `INFO latencystats` shows, from 0 to 100; none: no such lines. */
export const latencyTrackingInfoPercentiles: Option<readonly number[]> = defineOption(
  "latency-tracking-info-percentiles",
  kind,
  { live: true },
);
