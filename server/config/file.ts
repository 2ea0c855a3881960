/**
 * Configuration files: one parameter per line, comments behind `#` at the beginning of a line, Redis's quoting. The
 * command line's options are lines of the same kind, appended to the file's.
 *
 * What is wrong with a file ends the server before it begins, in the words that Redis uses, on the stream that it uses:
 * scripts look for them.
 * Source: https://redis.io/docs/latest/operate/oss_and_stack/management/config/
 *
 * @module
 */
import { resolve } from "node:path";
import { REDIS_VERSION } from "../base/version.ts";
import type { Config } from "./config.ts";
import { includedFiles } from "./include.ts";
import { type Option, OptionError } from "./option.ts";
import { clusterEnabled } from "./options/cluster.ts";
import { dir } from "./options/directory.ts";
import { logfile } from "./options/log.ts";
import { replicaof } from "./options/replica_of.ts";
import { splitWords } from "./quoting.ts";
import { systemReason } from "./system_reason.ts";
import { decodeText } from "../base/text.ts";

const INCLUDE_DEPTH_MAX = 16;
const HEADER = `\n*** FATAL CONFIG FILE ERROR (Redis ${REDIS_VERSION}) ***\n`;

/** Lines of old versions that are still accepted, with one word, and mean nothing. */
const FORMER_PARAMETERS = new Set(["list-max-ziplist-entries", "list-max-ziplist-value", "lua-replicate-commands"]);

/** A configuration that no server can start with. */
export class ConfigFileError extends Error {
  override name = "ConfigFileError";

  constructor(
    /** What is to be printed; on `stderr` as it is, in the log as a warning. */
    readonly text: string,
    readonly stream: "stderr" | "log",
  ) {
    super(text.trim());
  }
}

/** Lines that set no parameter. Each may throw an `OptionError`. */
export interface ConfigDirectives {
  /** `rename-command`; an empty new name removes the command. */
  renameCommand(name: string, newName: string): void;
  /** `user`: a name and ACL rules. */
  user(name: string, rules: readonly string[]): void;
  /** `loadmodule`: the module is loaded once the whole file is read. */
  loadModule(path: string, args: readonly string[]): void;
}

/** The text of a configuration file, whose name is relative to the directory. Throws {@linkcode ConfigFileError}. */
export function readConfigFile(name: string, directory: string): string {
  try {
    if (name === "") throw new Deno.errors.NotFound();
    const text = decodeText(Deno.readFileSync(resolve(directory, name)));
    // Editors on Windows begin a file with a byte order mark.
    return text.startsWith("\ufeff") ? text.slice(1) : text;
  } catch (error) {
    throw new ConfigFileError(`Fatal error, can't open config file '${name}': ${systemReason(error)}`, "log");
  }
}

/**
 * Sets all that the text says, in its order. Lines of a parameter that is a list add up. Relative names of included
 * files are resolved against what `dir` is at that line. Throws {@linkcode ConfigFileError}.
 */
export function loadConfigText(text: string, config: Config, directives: ConfigDirectives): void {
  new Loader(config, directives).load(text, 0);
}

/** What can only be told when everything is read. Throws {@linkcode ConfigFileError}. */
export function checkLoadedConfig(config: Config): void {
  if (config.get(logfile) !== "") checkLogFile(resolve(config.get(dir), config.get(logfile)));
  if (config.get(clusterEnabled) && config.get(replicaof) !== null) {
    throw new ConfigFileError(`${HEADER}replicaof directive not allowed in cluster mode\n`, "stderr");
  }
}

function checkLogFile(path: string): void {
  try {
    Deno.openSync(path, { append: true, create: true }).close();
  } catch (error) {
    throw new ConfigFileError(`${HEADER}Can't open the log file: ${systemReason(error)}\n`, "stderr");
  }
}

/** One reading of a text and of what it includes. */
class Loader {
  readonly #config: Config;
  readonly #directives: ConfigDirectives;
  /** Parameters that had a line already. */
  readonly #seen = new Set<Option<unknown>>();

  constructor(config: Config, directives: ConfigDirectives) {
    this.#config = config;
    this.#directives = directives;
  }

  load(text: string, depth: number): void {
    text.split("\n").forEach((rawLine, index) => {
      const line = rawLine.replace(/^[ \t\r]+|[ \t\r]+$/g, "");
      if (line === "" || line.startsWith("#")) return;
      try {
        this.#apply(line, depth);
      } catch (error) {
        if (!(error instanceof OptionError)) throw error;
        const place = `Reading the configuration file, at line ${index + 1}\n>>> '${line}'\n`;
        throw new ConfigFileError(`${HEADER}${place}${error.message}\n`, "stderr");
      }
    });
  }

  #apply(line: string, depth: number): void {
    const words = splitWords(line);
    if (words === null) throw new OptionError("Unbalanced quotes in configuration line");
    if (words.length === 0) return;
    const [name, ...values] = words;
    const option = this.#config.find(name);
    if (option !== undefined) this.#set(option, values);
    else this.#direct(name.toLowerCase(), values, depth);
  }

  /** A list may also be written as one quoted word. */
  #set(option: Option<unknown>, values: readonly string[]): void {
    const quotedList = option.kind.words === "many" && values.length === 1 && values[0] !== "";
    this.#config.replace(option, quotedList ? values[0].split(" ") : values, this.#seen.has(option));
    this.#seen.add(option);
  }

  #direct(name: string, values: readonly string[], depth: number): void {
    const [first, ...rest] = values;
    if (name === "include" && values.length === 1) this.#include(first, depth);
    else if (name === "rename-command" && values.length === 2) this.#directives.renameCommand(first, values[1]);
    else if (name === "user" && values.length > 0) this.#directives.user(first, rest);
    else if (name === "loadmodule" && values.length > 0) this.#directives.loadModule(first, rest);
    else if (name === "sentinel") this.#refuseSentinel(values);
    else if (name.includes(".")) this.#postpone(name, values);
    else if (!FORMER_PARAMETERS.has(name) || values.length !== 1) {
      throw new OptionError("Bad directive or wrong number of arguments");
    }
  }

  #include(pattern: string, depth: number): void {
    if (depth === INCLUDE_DEPTH_MAX) throw new OptionError("Files include each other too deeply");
    const directory = this.#config.get(dir);
    for (const name of includedFiles(pattern, directory)) this.load(readConfigFile(name, directory), depth + 1);
  }

  /** The word alone is what `--sentinel` leaves behind. */
  #refuseSentinel(values: readonly string[]): void {
    if (values.length > 0) throw new OptionError("sentinel directive while not in sentinel mode");
  }

  /** Parameters of modules are named `module.parameter`, and modules are loaded later. */
  #postpone(name: string, values: readonly string[]): void {
    if (values.length === 0) throw new OptionError("Module config specified without value");
    this.#config.postpone(name, values);
  }
}
