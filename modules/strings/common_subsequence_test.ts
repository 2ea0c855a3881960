import { assertEquals } from "@std/assert";
import { Random } from "../../server/base/random.ts";
import { commonLength, commonRuns } from "./common_subsequence.ts";

/** By definition: the longest of the subsequences of both, tried one by one. */
function lengthByDefinition(a: Uint8Array, b: Uint8Array): number {
  let longest = 0;
  for (let chosen = 0; chosen < 2 ** a.length; chosen++) {
    const part = a.filter((_, i) => (chosen >> i) & 1);
    let matched = 0;
    for (const byte of b) if (byte === part[matched]) matched++;
    if (matched === part.length) longest = Math.max(longest, matched);
  }
  return longest;
}

Deno.test("common subsequence: as long as by definition, and made of runs that are in both", () => {
  const random = new Random(7);
  const word = () => Uint8Array.from({ length: random.below(10) }, () => random.below(3));
  for (let i = 0; i < 300; i++) {
    const [a, b] = [word(), word()];
    const runs = commonRuns(a, b);
    const length = lengthByDefinition(a, b);
    assertEquals(commonLength(a, b), length);
    assertEquals(runs.reduce((sum, run) => sum + run.length, 0), length);
    let [endA, endB] = [a.length, b.length];
    for (const { atA, atB, length } of runs) {
      assertEquals(a.slice(atA, atA + length), b.slice(atB, atB + length));
      assertEquals([atA + length <= endA, atB + length <= endB], [true, true], "runs come last first");
      [endA, endB] = [atA, atB];
    }
  }
});
