/**
 * `INFO keyspace` and `INFO modules`: a line for each database with keys, each third-party module.
 *
 * @module
 */
import type { InfoFields } from "../../observe/info.ts";
import type { ServerParts } from "../parts.ts";

export function* keyspaceFields({ keyspace }: ServerParts): InfoFields {
  for (const { index, size, volatileSize, averageTtlMs } of keyspace.databases) {
    if (size === 0) continue;
    yield [`db${index}`, `keys=${size},expires=${volatileSize},avg_ttl=${Math.floor(averageTtlMs)}`];
  }
}

export function* moduleFields({ modules }: ServerParts): InfoFields {
  for (const { definition, path } of modules.all) {
    if (path === "") continue;
    const { name, version, api, requires = [] } = definition;
    const users = modules.all.filter((other) => other.definition.requires?.includes(name));
    const usedBy = users.map((user) => user.definition.name).join("|");
    yield [
      "module",
      `name=${name},ver=${version},api=${api},filters=0,usedby=[${usedBy}],using=[${requires.join("|")}],options=[]`,
    ];
  }
}
