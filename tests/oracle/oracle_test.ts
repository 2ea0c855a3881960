/**
 * Every case of every area, sent to the oracle and to redeno over RESP2 and RESP3; the raw replies must be the same.
 * Cases that use a missing command are ignored.
 *
 * @module
 */
import { AssertionError } from "../support/assert.ts";
import { commandsOf } from "../support/case_commands.ts";
import { compareLive, compareRecorded, runDoors } from "../support/case_runner.ts";
import type { Case } from "../support/cases.ts";
import { verifyHeap } from "../support/heap_check.ts";
import { findOracle, startOracle } from "../support/oracle.ts";
import { startRedeno } from "../support/redeno.ts";
import type { ServerProcess } from "../support/server_process.ts";
import { readTranscript, type RecordedCase } from "../support/transcript.ts";
import { areas } from "./areas.ts";
import { missingCommands } from "./missing_commands.ts";

const executable = await findOracle();

async function compareCase(
  one: Case,
  redeno: ServerProcess,
  oracle: ServerProcess | undefined,
  recorded: RecordedCase | undefined,
): Promise<void> {
  const actual = await runDoors(redeno, one);
  const expected = oracle && await runDoors(oracle, one);
  const stale = expected ? compareRecorded(one, recorded, expected) : "";
  if (stale) throw new AssertionError(`redis-server no longer answers as recorded:\n${stale}`);
  const differing = expected ? compareLive(one, expected, actual) : compareRecorded(one, recorded, actual);
  if (differing) throw new AssertionError(`redeno answers otherwise than redis-server:\n${differing}`);
}

for (const area of areas) {
  Deno.test(`oracle: ${area.name}`, async (t) => {
    const recorded = await readTranscript(area);
    await using redeno = await startRedeno();
    await using oracle = executable ? await startOracle(executable) : undefined;
    for (const one of area.cases) {
      const missing = [...commandsOf(one)].filter((name) => missingCommands.has(name));
      await t.step({
        name: missing.length === 0 ? one.title : `${one.title} (not yet: ${missing.join(", ")})`,
        ignore: missing.length > 0,
        fn: () => compareCase(one, redeno, oracle, recorded.get(one.title)),
      });
    }
    await t.step("the heap verifies", () => verifyHeap(redeno));
  });
}
