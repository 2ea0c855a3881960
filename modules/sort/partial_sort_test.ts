import { assertEquals } from "@std/assert";
import { Random } from "../../server/base/random.ts";
import { partialSort } from "./partial_sort.ts";

Deno.test("sort: the range is as in the sorted array, whatever is beside it", () => {
  const random = new Random(5);
  for (let count = 1; count < 200; count += 1 + (count >> 3)) {
    for (const values of [3, 1000]) {
      const scores = Array.from({ length: count }, () => random.below(values));
      const sorted = scores.toSorted((a, b) => a - b);
      const first = random.below(count);
      const last = first + random.below(count - first);
      const order = Int32Array.from(scores, (_, i) => i);
      partialSort(order, count, { compare: (a, b) => scores[a] - scores[b] }, first, last);
      const items = Array.from(order, (i) => scores[i]);
      assertEquals(items.slice(first, last + 1), sorted.slice(first, last + 1));
      assertEquals(order.toSorted(), Int32Array.from(scores, (_, i) => i));
    }
  }
});
