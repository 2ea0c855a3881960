/**
 * Random sums of decimal texts: what the emulated `long double` makes of them must be what the oracle's `INCRBYFLOAT` does,
 * to the last digit. Each run has another seed; a failure prints it.
 *
 * @module
 */
import {
  addLongDoubles,
  formatLongDouble,
  isFiniteLongDouble,
  parseLongDouble,
} from "../../server/base/long_double.ts";
import { assertEquals } from "../support/assert.ts";
import { findOracle, startOracle } from "../support/oracle.ts";
import { RawClient } from "../support/raw_client.ts";
import { decode, ErrorReply } from "../support/resp.ts";
import { SeededRandom } from "./seeded_random.ts";

const PAIRS = 5000;
const PAIRS_PER_BATCH = 500;

const executable = await findOracle();
const seed = crypto.getRandomValues(new Uint32Array(1))[0];

function digits(random: SeededRandom, min: number, max: number): string {
  return Array.from({ length: random.integer(min, max) }, () => random.integer(0, 9)).join("");
}

/** A text that spells a number, or almost: short and long, near the ends of the range, between two representable ones. */
function numberText(random: SeededRandom): string {
  const sign = random.pick(["", "", "-", "+"]);
  switch (random.integer(0, 6)) {
    case 0:
      return `${sign}${digits(random, 1, 6)}.${digits(random, 0, 8)}`;
    case 1:
      return `${sign}${digits(random, 1, 25)}.${digits(random, 0, 30)}`;
    case 2:
      return `${sign}.${digits(random, 1, 25)}e${random.integer(-40, 40)}`;
    case 3:
      return `${sign}${digits(random, 1, 2)}.${digits(random, 0, 22)}e${random.integer(-4990, 4990)}`;
    case 4:
      return `${sign}0x${digits(random, 1, 12)}.${digits(random, 0, 12)}p${random.integer(-16500, 16500)}`;
    case 5:
      return String((1n << BigInt(random.integer(60, 200))) + BigInt(random.integer(-3, 3)));
    default:
      return random.pick([
        "0",
        "-0",
        "inf",
        "-INFINITY",
        "nan",
        "1e",
        "0x",
        "0x.8",
        ".",
        "",
        " 1",
        "1 ",
        "--1",
        "0e99999",
      ]);
  }
}

/** What `INCRBYFLOAT` replies for a value and an increment. */
function expectedReply(value: string, increment: string): string {
  const [a, b] = [value, increment].map((text) => parseLongDouble(new TextEncoder().encode(text), 0, text.length));
  if (a === null || b === null) return "ERR value is not a valid float";
  const sum = addLongDoubles(a, b);
  return isFiniteLongDouble(sum) ? formatLongDouble(sum) : "ERR increment would produce NaN or Infinity";
}

Deno.test({
  name: "long double: sums as the oracle computes them",
  ignore: executable === undefined,
  fn: async () => {
    await using oracle = await startOracle(executable!);
    await using client = await RawClient.connect(oracle);
    const random = new SeededRandom(seed);
    for (let done = 0; done < PAIRS; done += PAIRS_PER_BATCH) {
      const pairs = Array.from({ length: PAIRS_PER_BATCH }, () => [numberText(random), numberText(random)]);
      const replies = await client.pipeline(pairs.flatMap(([a, b]) => [["SET", "n", a], ["INCRBYFLOAT", "n", b]]));
      pairs.forEach(([a, b], i) => {
        const reply = decode(replies[2 * i + 1]);
        const actual = reply instanceof ErrorReply ? reply.message : reply;
        assertEquals(expectedReply(a, b), actual, `${a} + ${b}, seed ${seed}`);
      });
    }
  },
});
