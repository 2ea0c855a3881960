/** When a client that does not read its replies is disconnected. @module */
import { defineOption, type Option, OptionError, type OptionKind } from "../option.ts";
import { formatMemory, parseLenient, parseMemory } from "../integer_text.ts";

/** Classes of clients that have limits of their own. */
const clientClasses = ["normal", "replica", "pubsub"] as const;
export type ClientClass = typeof clientClasses[number];

/** Limits of one class; zero: no limit. The soft limit counts when it lasts for `softSeconds`. */
export interface OutputBufferLimit {
  readonly hardBytes: number;
  readonly softBytes: number;
  readonly softSeconds: number;
}

/** Hard and soft limit in bytes, and seconds. */
type ExactLimit = readonly [hard: bigint, soft: bigint, seconds: bigint];
type Limits<L> = Readonly<Record<ClientClass, L>>;

const WORDS_PER_CLASS = 4;
const MIB = 1024n ** 2n;
const INITIAL: Limits<ExactLimit> = {
  normal: [0n, 0n, 0n],
  replica: [256n * MIB, 64n * MIB, 60n],
  pubsub: [32n * MIB, 8n * MIB, 60n],
};
const NAMES: ReadonlyMap<string, ClientClass> = new Map([
  ["normal", "normal"],
  ["slave", "replica"],
  ["replica", "replica"],
  ["pubsub", "pubsub"],
]);

const kind: OptionKind<Limits<OutputBufferLimit>, Limits<ExactLimit>> = {
  words: "many",
  initial: () => INITIAL,
  read(words, current) {
    if (words.length % WORDS_PER_CLASS !== 0) {
      throw new OptionError("Wrong number of arguments in buffer limit configuration.");
    }
    const limits = { ...current };
    for (let i = 0; i < words.length; i += WORDS_PER_CLASS) {
      limits[readClass(words[i])] = readLimit(words.slice(i + 1, i + WORDS_PER_CLASS));
    }
    return limits;
  },
  value: (exact) => ({
    normal: toNumbers(exact.normal),
    replica: toNumbers(exact.replica),
    pubsub: toNumbers(exact.pubsub),
  }),
  format: ({ normal, replica, pubsub }) =>
    `normal ${normal.join(" ")} slave ${replica.join(" ")} pubsub ${pubsub.join(" ")}`,
  lines: (exact) =>
    clientClasses.map((name) => {
      const [hard, soft, seconds] = exact[name];
      return {
        text: `${name} ${formatMemory(hard)} ${formatMemory(soft)} ${seconds}`,
        required: exact[name].join() !== INITIAL[name].join(),
      };
    }),
};

function readClass(word: string): ClientClass {
  const name = NAMES.get(word.toLowerCase());
  if (name === undefined) throw new OptionError("Invalid client class specified in buffer limit configuration.");
  return name;
}

function readLimit([hardWord, softWord, secondsWord]: readonly string[]): ExactLimit {
  const hard = parseMemory(hardWord);
  const soft = parseMemory(softWord);
  const parsed = parseLenient(secondsWord);
  const seconds = parsed === null ? null : BigInt.asIntN(32, parsed);
  if (hard === null || soft === null || seconds === null || seconds < 0n) {
    throw new OptionError("Error in hard, soft or soft_seconds setting in buffer limit configuration.");
  }
  return [hard, soft, seconds];
}

function toNumbers([hard, soft, seconds]: ExactLimit): OutputBufferLimit {
  return { hardBytes: Number(hard), softBytes: Number(soft), softSeconds: Number(seconds) };
}

/** When a client that does not read its replies is disconnected, for each class of clients. */
export const clientOutputBufferLimit: Option<Limits<OutputBufferLimit>> = defineOption(
  "client-output-buffer-limit",
  kind,
  { live: true },
);
