/**
 * redeno: a Redis-compatible data-structure server for Deno.
 *
 * This is the library's public face, and the one place that knows which modules a server has unless told otherwise.
 *
 * @example A server in a program, with a module of its own
 * ```ts
 * import { defaultModules, Server } from "./mod.ts";
 *
 * const server = new Server({ modules: defaultModules, configText: "port 0\nloglevel warning" });
 * await server.start();
 * server.shutdown();
 * ```
 *
 * @module
 */
import bitmaps from "./modules/bitmaps/mod.ts";
import expiry from "./modules/expiry/mod.ts";
import geo from "./modules/geo/mod.ts";
import hashes from "./modules/hashes/mod.ts";
import lists from "./modules/lists/mod.ts";
import hyperloglog from "./modules/hyperloglog/mod.ts";
import pubsub from "./modules/pubsub/mod.ts";
import sets from "./modules/sets/mod.ts";
import strings from "./modules/strings/mod.ts";
import sort from "./modules/sort/mod.ts";
import streams from "./modules/streams/mod.ts";
import zsets from "./modules/zsets/mod.ts";
import tracking from "./modules/tracking/mod.ts";
import transactions from "./modules/transactions/mod.ts";
import scripting from "./scripting/mod.ts";
import type { ModuleDefinition } from "./server/api/mod.ts";

export * from "./server/api/mod.ts";
export { Server, type ServerOptions, StartError } from "./server/server.ts";
export { ListenError } from "./server/network/listeners.ts";
export { ModuleError } from "./server/registry/modules.ts";
export { ConfigFileError } from "./server/config/file.ts";
export type { ServerParts, ShutdownOptions } from "./server/builtin/parts.ts";
export type { Clock } from "./server/base/clock.ts";
export type { ServerLogger } from "./server/observe/log.ts";
export { REDENO_VERSION, REDIS_VERSION } from "./server/base/version.ts";

/** The modules of a complete server beside the built-in ones. */
export const defaultModules: readonly ModuleDefinition[] = [
  strings,
  bitmaps,
  hyperloglog,
  hashes,
  lists,
  sets,
  zsets,
  geo,
  sort,
  streams,
  expiry,
  pubsub,
  transactions,
  tracking,
  scripting,
];
