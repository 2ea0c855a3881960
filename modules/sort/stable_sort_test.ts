import { assertEquals } from "@std/assert";
import { Random } from "../../server/base/random.ts";
import { stableSort } from "./stable_sort.ts";

Deno.test("sort: items are ordered, and equal ones keep their order", () => {
  const random = new Random(7);
  for (let count = 0; count < 200; count += 1 + (count >> 4)) {
    for (const values of [1, 3, 1000]) {
      const scores = Array.from({ length: count }, () => random.below(values));
      const order = Int32Array.from(scores, (_, i) => i);
      stableSort(order, order.slice(), count, { compare: (a, b) => scores[a] - scores[b] });
      const expected = scores.map((_, i) => i).sort((a, b) => scores[a] - scores[b] || a - b);
      assertEquals([...order], expected);
    }
  }
});
