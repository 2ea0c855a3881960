/**
 * How long and how much each part of the benchmark measures.
 *
 * @module
 */

/** The amounts of one run. */
export interface Settings {
  /** Alternating rounds per figure. */
  readonly rounds: number;
  /** Value sizes in bytes. */
  readonly sizes: readonly number[];
  /** Server CPU time that one throughput run aims at, in seconds. */
  readonly runSeconds: number;
  /** Numbers of keys at which memory is read, ascending. */
  readonly memoryKeys: readonly number[];
  /** Keys, elements or entries of each dataset whose memory is read. */
  readonly valueMemoryCount: number;
  readonly pauseKeys: number;
  readonly pauseSeconds: number;
  readonly expiryKeys: number;
  /** Elements of the values whose growth, scan and end are watched; a power of ten. */
  readonly largeValueCount: number;
  readonly startRounds: number;
  /** Beginnings of the names of commands to measure; default: every one. */
  readonly only?: readonly string[];
}

/** What results are published from. */
export const fullSettings: Settings = {
  rounds: 5,
  sizes: [3, 64, 1024, 16384],
  runSeconds: 0.5,
  memoryKeys: [1_000_000, 10_000_000],
  valueMemoryCount: 1_000_000,
  pauseKeys: 10_000_000,
  pauseSeconds: 60,
  expiryKeys: 1_000_000,
  largeValueCount: 10_000_000,
  startRounds: 9,
};

/** A few minutes, for a look while working. */
export const quickSettings: Settings = {
  rounds: 3,
  sizes: [64],
  runSeconds: 0.4,
  memoryKeys: [200_000, 1_000_000],
  valueMemoryCount: 100_000,
  pauseKeys: 1_000_000,
  pauseSeconds: 10,
  expiryKeys: 200_000,
  largeValueCount: 1_000_000,
  startRounds: 3,
};
