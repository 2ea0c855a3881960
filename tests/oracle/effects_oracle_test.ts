/**
 * Key events, changes and propagation of every case's commands, as the oracle has them.
 *
 * @module
 */
import { findOracle } from "../support/oracle.ts";
import { areas } from "./areas.ts";
import { compareEffects } from "./effects_comparison.ts";

const executable = await findOracle();

Deno.test({
  name: executable ? "effects: as the oracle's" : "effects: not compared, because there is no oracle",
  ignore: executable === undefined,
  async fn() {
    const { differences } = await compareEffects(executable!, areas);
    if (differences.length > 0) throw new Error(differences.join("\n"));
  },
});
