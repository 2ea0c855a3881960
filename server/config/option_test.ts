import { assertNotEquals } from "@std/assert";
import { stringOption } from "./string_option.ts";

Deno.test("option: numbers are unique in the process, even where a module brings its own copy of the library", async () => {
  const copy: typeof import("./option.ts") = await import(`${import.meta.resolve("./option.ts")}?copy`);
  const first = stringOption("first");
  const second = copy.defineOption("second", first.kind);
  const third = stringOption("third");
  assertNotEquals(second.index, first.index);
  assertNotEquals(second.index, third.index);
});
