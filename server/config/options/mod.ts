/**
 * Every parameter of Redis 7.0, and `maxheap`. A constant is named after its parameter: `tcp-keepalive` is
 * `tcpKeepalive`. A parameter that has no meaning here is accepted and kept, so that a configuration that works with the
 * C server works here; its line says so.
 *
 * The list is made of what the files of the areas export, so a new parameter is written down once.
 *
 * @module
 */
import type { Option } from "../option.ts";
import * as appendOnly from "./append_only.ts";
import * as clients from "./clients.ts";
import * as cluster from "./cluster.ts";
import * as general from "./general.ts";
import * as log from "./log.ts";
import * as memory from "./memory.ts";
import * as monitoring from "./monitoring.ts";
import * as network from "./network.ts";
import * as replication from "./replication.ts";
import * as scripting from "./scripting.ts";
import * as security from "./security.ts";
import * as snapshotting from "./snapshotting.ts";
import * as tls from "./tls.ts";

/** All parameters of the server without modules, by area. */
export const coreOptions: readonly Option<unknown>[] = [
  network,
  tls,
  general,
  log,
  snapshotting,
  replication,
  security,
  clients,
  memory,
  appendOnly,
  scripting,
  cluster,
  monitoring,
].flatMap((area): Option<unknown>[] => Object.values(area));
