import { assertEquals } from "@std/assert";
import { OptionError } from "../config/option.ts";
import { CorruptValueError } from "../api/type.ts";
import { ReplyError } from "../protocol/errors.ts";

Deno.test("named error: an instance of its own class in any copy of the library, and of no other", async () => {
  const copy: typeof import("../protocol/errors.ts") = await import(
    `${import.meta.resolve("../protocol/errors.ts")}?copy`
  );
  const errors = [
    new ReplyError("ERR"),
    new copy.ReplyError("ERR"),
    new OptionError(),
    new CorruptValueError(),
    new Error(),
  ];
  assertEquals(errors.map((error) => error instanceof ReplyError), [true, true, false, false, false]);
  assertEquals(errors.map((error) => error instanceof OptionError), [false, false, true, false, false]);
  assertEquals(errors.map((error) => error instanceof CorruptValueError), [false, false, false, true, false]);
  assertEquals(errors.every((error) => error instanceof Error), true);
});
