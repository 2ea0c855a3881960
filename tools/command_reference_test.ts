import { assertEquals } from "@std/assert";
import { pathToFileURL } from "node:url";
import { CommandTable } from "../server/commands/command_table.ts";
import { updateCommandReference } from "./command_reference.ts";

Deno.test("command reference: --check tells a missing, a current and an outdated file apart", async () => {
  const directory = await Deno.makeTempDir();
  const file = pathToFileURL(`${directory}/docs/commands.md`);
  const table = new CommandTable();
  const about = { summary: "Does it", since: "1.0.0", group: "generic", arity: 1, run: () => {} } as const;
  const complain = console.error;
  console.error = () => {};
  try {
    table.add({ ...about, name: "ONE" });
    assertEquals(await updateCommandReference(table, ["--check"], file), 1);
    assertEquals(await updateCommandReference(table, [], file), 0);
    assertEquals(await updateCommandReference(table, ["--check"], file), 0);
    table.add({ ...about, name: "TWO" });
    assertEquals(await updateCommandReference(table, ["--check"], file), 1);
  } finally {
    console.error = complain;
    await Deno.remove(directory, { recursive: true });
  }
});
