/**
 * What `INFO memory` tells of scripts and functions.
 *
 * They share one Lua state, which counts as that of scripts; so functions have none of their own. It is memory of JavaScript's,
 * beside what `used_memory` counts.
 *
 * @module
 */
import { formatBytes, type InfoSection } from "../server/api/mod.ts";
import { functionsOf } from "./functions/functions.ts";
import type { Libraries } from "./functions/libraries.ts";
import type { ScriptCache } from "./script_cache.ts";

/** Fields of `INFO memory`. */
export const memoryInfo: InfoSection = {
  section: "memory",
  fields(host) {
    const { interpreter: { usedBytes, scripts }, libraries } = host.state(functionsOf);
    const scriptBytes = bytesOfScripts(scripts);
    const functionBytes = bytesOfFunctions(libraries);
    const allBytes = scriptBytes + functionBytes;
    return [
      ["used_memory_lua", usedBytes],
      ["used_memory_vm_eval", usedBytes],
      ["used_memory_lua_human", formatBytes(usedBytes)],
      ["used_memory_scripts_eval", scriptBytes],
      ["number_of_cached_scripts", scripts.count],
      ["number_of_functions", libraries.functionCount],
      ["number_of_libraries", libraries.count],
      ["used_memory_vm_functions", 0],
      ["used_memory_vm_total", usedBytes],
      ["used_memory_vm_total_human", formatBytes(usedBytes)],
      ["used_memory_functions", functionBytes],
      ["used_memory_scripts", allBytes],
      ["used_memory_scripts_human", formatBytes(allBytes)],
    ];
  },
};

/** Texts and their names. */
function bytesOfScripts(scripts: ScriptCache): number {
  let bytes = 0;
  for (const { name, text } of scripts.all) bytes += name.length + text.length;
  return bytes;
}

/** Code, names and descriptions. */
function bytesOfFunctions(libraries: Libraries): number {
  let bytes = 0;
  for (const { name, code, functions } of libraries.all) {
    bytes += name.length + code.length;
    for (const one of functions) bytes += one.name.length + (one.description?.length ?? 0);
  }
  return bytes;
}
