import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertMatch, assertRejects } from "../tests/support/assert.ts";
import { RawClient } from "../tests/support/raw_client.ts";
import { startRedeno } from "../tests/support/redeno.ts";
import { newModule } from "./new_module.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

async function deno(...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const output = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assert(success, output);
  return output;
}

for (const name of ["a", "shopping_list"]) {
  Deno.test(`new module: ${name} is tidy, passes its test, and a server loads it`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const paths = await newModule(name, folder);
      await deno("fmt", "--check", "--config", join(root, "deno.json"), ...paths);
      await deno("lint", "--config", join(root, "deno.json"), ...paths);
      const tested = await deno("test", "--no-check", "--allow-all", "--config", join(root, "deno.json"), paths[1]);
      assertMatch(tested, /^ok \| \d+ passed .*\| 0 failed/m);

      await using server = await startRedeno(["--loadmodule", paths[0]]);
      await using client = await RawClient.connect(server);
      const prefix = name.toUpperCase();
      assertEquals(await client.call(`${prefix}.SET`, "k", "text"), "OK");
      assertEquals(await client.call(`${prefix}.GET`, "k"), "text");
      assertEquals(String(await client.call("TYPE", "k")).length, 9);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("new module: refuses bad names and what exists", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const name of ["", "Upper", "a-b", "../up", "1st", "a__b", "_a"]) {
      await assertRejects(() => newModule(name, folder), Error, "a module's name is lower case");
    }
    await newModule("twice", folder);
    await assertRejects(() => newModule("twice", folder), Deno.errors.AlreadyExists);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
