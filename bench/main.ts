/**
 * The benchmark against redis-server: `deno task bench [--quick] [--parts throughput,floor,commands,scripts,pubsub,memory,values,pause,large,expiry,start] [--rounds N]
 * [--sizes 3,64] [--only lpush,zadd]`.
 *
 * With `--only`, commands whose names begin so; their figures are shown and not kept. Needs Linux, and Debian's redis-server and redis-tools. A full run takes about an hour and 5 GB of memory.
 *
 * @module
 */
import { programOptions } from "../tests/support/parse_args.ts";
import { measureCommands } from "./commands.ts";

import { addToHistory, circumstances, type Entry, type Parts, readHistory } from "./history.ts";
import { measureLargeValues } from "./large_values.ts";
import { measureMemory } from "./memory.ts";
import { measureExpiryPauses, measureWritePauses } from "./pauses.ts";
import { measurePubsub } from "./pubsub.ts";
import { commandCells, publishCells, results, section, throughputCells } from "./report.ts";
import { fullSettings, quickSettings, type Settings } from "./settings.ts";
import { measureFloor } from "./floor.ts";
import { measureScripts } from "./scripts.ts";
import { measureStart } from "./start_time.ts";
import { measureThroughput } from "./throughput.ts";
import { measureValueMemory } from "./value_memory.ts";

const measures: { [P in keyof Parts]: (settings: Settings) => Promise<Parts[P]> } = {
  start: measureStart,
  throughput: (settings) => measureThroughput(settings, (row) => console.log(throughputCells(row).join("\t"))),
  floor: measureFloor,
  commands: (settings) => measureCommands(settings, (row) => console.log(commandCells(row).join("\t"))),
  scripts: (settings) => measureScripts(settings, (row) => console.log(commandCells(row).join("\t"))),
  pubsub: (settings) => measurePubsub(settings, (row) => console.log(publishCells(row).join("\t"))),
  memory: measureMemory,
  values: measureValueMemory,
  expiry: measureExpiryPauses,
  pause: measureWritePauses,
  large: measureLargeValues,
};

const everyPart = Object.keys(measures).join(",");
const options = programOptions(
  `deno task bench [--quick] [--parts ${everyPart}] [--rounds N] [--sizes 3,64] [--only lpush,zadd]`,
  {
    string: ["parts", "rounds", "sizes", "only"],
    boolean: ["quick"],
  },
);
const parts = (options.parts ?? (options.only === undefined ? everyPart : "commands")).split(",");
const given = options.quick ? quickSettings : fullSettings;
const settings: Settings = {
  ...given,
  rounds: Number(options.rounds ?? given.rounds),
  sizes: options.sizes?.split(",").map(Number) ?? given.sizes,
  only: options.only?.split(","),
};
const partial = options.quick || options.rounds !== undefined || options.sizes !== undefined;
for (const part of parts) {
  if (!(part in measures)) throw new Error(`there is no part ${part}, but ${Object.keys(measures).join(", ")}`);
}
for (const part of parts as (keyof Parts)[]) {
  const result = await measures[part](settings);
  if (settings.only !== undefined) continue;
  const entry = { ...await circumstances(partial), part, result } as Entry;
  await addToHistory(entry);
  console.log(section(entry));
}
if (settings.only === undefined) {
  await Deno.writeTextFile(new URL("./RESULTS.md", import.meta.url), results(await readHistory()));
}
