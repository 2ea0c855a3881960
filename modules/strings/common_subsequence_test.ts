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

/** By the table of all lengths; where both neighbours are equal, the way back goes left. */
function runsByTable(a: Uint8Array, b: Uint8Array): [number, number, number][] {
  const table = Array.from({ length: a.length + 1 }, () => new Int32Array(b.length + 1));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      table[i][j] = a[i - 1] === b[j - 1] ? table[i - 1][j - 1] + 1 : Math.max(table[i - 1][j], table[i][j - 1]);
    }
  }
  const runs: [number, number, number][] = [];
  for (let i = a.length, j = b.length; i > 0 && j > 0;) {
    let length = 0;
    while (i > 0 && j > 0 && a[i - 1] === b[j - 1]) i--, j--, length++;
    if (length > 0) runs.push([i, j, length]);
    else if (table[i - 1][j] > table[i][j - 1]) i--;
    else j--;
  }
  return runs;
}

Deno.test("common subsequence: the runs are those of the table of all lengths", () => {
  const random = new Random(8);
  for (let i = 0; i < 60; i++) {
    const word = () => Uint8Array.from({ length: random.below(300) }, () => random.below(2 + (i % 30)));
    const [a, b] = [word(), word()];
    const expected = runsByTable(a, b);
    assertEquals(commonRuns(a, b).map(({ atA, atB, length }) => [atA, atB, length]), expected);
    assertEquals(commonLength(a, b), expected.reduce((sum, [, , length]) => sum + length, 0));
  }
});
