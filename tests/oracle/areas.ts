/**
 * The areas that cases are written for, in the order in which they run.
 *
 * @module
 */
import type { Area } from "../support/cases.ts";
import { bitmaps } from "./bitmaps_cases.ts";
import { client } from "./client_cases.ts";
import { command } from "./command_cases.ts";
import { config } from "./config_cases.ts";
import { connection } from "./connection_cases.ts";
import { expiry } from "./expiry_cases.ts";
import { hashes } from "./hashes_cases.ts";
import { hyperloglog } from "./hyperloglog_cases.ts";
import { functions } from "./functions_cases.ts";
import { geo } from "./geo_cases.ts";
import { keys } from "./keys_cases.ts";
import { lists } from "./lists_cases.ts";
import { lua } from "./lua_cases.ts";
import { notifications } from "./notifications_cases.ts";
import { protocol } from "./protocol_cases.ts";
import { pubsub } from "./pubsub_cases.ts";
import { sandbox } from "./sandbox_cases.ts";
import { scripting } from "./scripting_cases.ts";
import { serialisation } from "./serialisation_cases.ts";
import { server } from "./server_cases.ts";
import { sets } from "./sets_cases.ts";
import { streams } from "./streams_cases.ts";
import { sort } from "./sort_cases.ts";
import { strings } from "./strings_cases.ts";
import { waiting } from "./waiting_cases.ts";
import { tracking } from "./tracking_cases.ts";
import { transactions } from "./transactions_cases.ts";
import { wrongtype } from "./wrongtype_cases.ts";
import { zsets } from "./zsets_cases.ts";

/** Every area. */
export const areas: readonly Area[] = [
  protocol,
  connection,
  client,
  config,
  command,
  server,
  strings,
  bitmaps,
  hyperloglog,
  streams,
  hashes,
  lists,
  waiting,
  sets,
  sort,
  keys,
  expiry,
  pubsub,
  notifications,
  serialisation,
  zsets,
  geo,
  wrongtype,
  transactions,
  tracking,
  scripting,
  lua,
  sandbox,
  functions,
];
