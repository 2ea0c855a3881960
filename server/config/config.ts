/**
 * The configuration of one server: which parameters it has, their values, and who wants to know of changes.
 *
 * Reading is an array access and happens for every command; everything else is rare and may cost what it likes. A set of
 * changes is one transaction: all names are checked, then all values, then the listeners do their work, and whoever
 * refuses brings every value back.
 *
 * @module
 */
import { globMatch } from "../base/glob.ts";
import { assert, unreachable } from "../base/assert.ts";
import { type Option, OptionError, WRONG_NUMBER_OF_ARGUMENTS } from "./option.ts";
import { encodeText } from "../base/text.ts";

/** A refused `CONFIG SET`; the message is the error reply, its code included. */
export class ConfigSetError extends Error {
  override name = "ConfigSetError";

  constructor(
    message: string,
    /** The parameter whose new value was accepted and could not be put in force; `null`: it came not that far. */
    readonly notInForce: string | null = null,
    /** What went wrong when the old values were put back in force; for the log. */
    readonly rollbackFailures: readonly string[] = [],
  ) {
    super(message);
  }
}

/** In what situation a change is asked for. */
export interface ConfigAccess {
  /** Whether protected parameters may be set, as `enable-protected-configs` says about this client. */
  readonly allowProtected?: boolean;
  /** Whether the server is loading its dataset. */
  readonly loading?: boolean;
}

/** Acts on a changed value. May throw an {@linkcode OptionError}: the whole set of changes is then taken back. */
export type ConfigListener<T> = (value: T, config: Config) => void;

interface Change {
  readonly option: Option<unknown>;
  /** The name that was used, which may be an older one. */
  readonly name: string;
  readonly words: readonly string[];
}

interface Listener {
  readonly options: readonly Option<unknown>[];
  readonly run: () => void;
}

/** The value of an option before a change of it. */
type Saved = readonly [option: Option<unknown>, exact: unknown];

/**
 * The configuration of one server.
 *
 * @example
 * ```ts
 * import { Config } from "./config.ts";
 * import { integerOption } from "./integer_option.ts";
 *
 * const timeout = integerOption("timeout", { initial: 0, min: 0, live: true });
 * const config = new Config([timeout]);
 * config.onChange(timeout, (seconds) => console.assert(seconds === 30));
 * config.set([["timeout", "30"]]);
 * console.assert(config.get(timeout) === 30);
 * ```
 */
export class Config {
  readonly #values: unknown[] = [];
  readonly #exact: unknown[] = [];
  readonly #byName = new Map<string, Option<unknown>>();
  readonly #listeners = new Set<Listener>();
  readonly #postponed = new Map<string, readonly string[]>();

  constructor(options: Iterable<Option<unknown>>) {
    this.register(options);
  }

  /** The value of a parameter, which must be registered. */
  get<T>(option: Option<T>): T {
    const value = this.#values[option.index];
    if (value === undefined) unreachable(`parameter '${option.name}' is not registered`);
    return value as T;
  }

  /** The value as `CONFIG GET` prints it. */
  text(option: Option<unknown>): string {
    return option.kind.format(this.#exact[option.index]);
  }

  /** The exact form of the value, for `CONFIG REWRITE`. */
  exact(option: Option<unknown>): unknown {
    return this.#exact[option.index];
  }

  /** The parameter of a name, old names included, in any case. */
  find(name: string): Option<unknown> | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** All registered parameters, in order of registration. */
  options(): Set<Option<unknown>> {
    return new Set(this.#byName.values());
  }

  /**
   * Names and values as `CONFIG GET` answers them: those that match one of the glob patterns, old names included, each
   * once. A name without a pattern's characters finds hidden parameters too, and is answered as it was asked.
   */
  matching(patterns: Iterable<string>): [name: string, value: string][] {
    const found = new Map<string, [string, string]>();
    const add = (name: string, shown: string, option: Option<unknown>) => {
      if (!found.has(name)) found.set(name, [shown, this.text(option)]);
    };
    for (const pattern of patterns) {
      if (/[*?[]/.test(pattern)) {
        const glob = encodeText(pattern);
        for (const [name, option] of this.#byName) {
          if (!option.hidden && globMatch(glob, encodeText(name), true)) add(name, name, option);
        }
      } else {
        const option = this.find(pattern);
        if (option) add(pattern.toLowerCase(), pattern, option);
      }
    }
    return [...found.values()];
  }

  /**
   * Sets parameters as `CONFIG SET` does: all or none. Each is a name and a text; the parameter must be live.
   * Throws {@linkcode ConfigSetError}.
   */
  set(settings: Iterable<readonly [name: string, text: string]>, access: ConfigAccess = {}): void {
    const changes = this.#resolve(settings, access);
    const saved: Saved[] = [];
    const notified = new Set<Listener>();
    let name = "";
    let accepted = false;
    try {
      for (const change of changes) {
        name = change.name;
        saved.push([change.option, this.#exact[change.option.index]]);
        this.replace(change.option, change.words);
      }
      accepted = true;
      changes.forEach((change, index) => {
        name = change.name;
        if (this.#hasChanged(saved[index])) this.#notify(change.option, notified);
      });
    } catch (error) {
      const failures = this.#rollBack(saved, notified);
      if (!(error instanceof OptionError)) throw error;
      throw new ConfigSetError(failureText(name, error.message), accepted ? name : null, failures);
    }
  }

  /**
   * Reads a value from words, whether the parameter is live or not, and tells no listener: what configuration files and
   * the server itself do. `accumulate` is for the further lines of one file. Throws {@linkcode OptionError}.
   */
  replace(option: Option<unknown>, words: readonly string[], accumulate = false): void {
    if (option.kind.words === "one" && words.length !== 1) throw new OptionError(WRONG_NUMBER_OF_ARGUMENTS);
    this.#store(option, option.kind.read(words, this.#exact[option.index], accumulate));
  }

  /** Calls the listener after each change of the parameter by {@linkcode set}. Returns the way to end that. */
  onChange<T>(option: Option<T>, listener: ConfigListener<T>): () => void {
    return this.#listen({ options: [option], run: () => listener(this.get(option), this) });
  }

  /** Calls the listener once after each {@linkcode set} that changes any of the parameters. */
  onAnyChange(options: Iterable<Option<unknown>>, listener: (config: Config) => void): () => void {
    return this.#listen({ options: [...options], run: () => listener(this) });
  }

  /**
   * Adds parameters, with their initial values or with what a configuration file said about them before they were known;
   * one that is there already stays as it is. Throws {@linkcode OptionError} where that will not do, and adds none then.
   */
  register(options: Iterable<Option<unknown>>): void {
    const added = [...options].filter((option) => this.find(option.name) !== option);
    this.#claimNames(added);
    for (const option of added) this.#store(option, option.kind.initial());
    try {
      for (const option of added) this.#readPostponed(option);
    } catch (error) {
      this.unregister(added);
      throw error;
    }
  }

  /** Takes parameters away again. */
  unregister(options: Iterable<Option<unknown>>): void {
    for (const option of options) {
      for (const name of namesOf(option)) this.#byName.delete(name);
      this.#values[option.index] = undefined;
      this.#exact[option.index] = undefined;
    }
  }

  /** Keeps what a configuration file says about a parameter of a module that is not loaded yet. */
  postpone(name: string, words: readonly string[]): void {
    this.#postponed.set(name.toLowerCase(), words);
  }

  /** Drops what is kept about parameters that nobody has registered; whether there was any. */
  forgetPostponed(names: Iterable<string>): boolean {
    let found = false;
    for (const name of names) if (this.#postponed.delete(name.toLowerCase())) found = true;
    return found;
  }

  /** Names of parameters that were set and that nobody has registered; a server does not start with any. */
  get postponed(): readonly string[] {
    return [...this.#postponed.keys()];
  }

  #store(option: Option<unknown>, exact: unknown): void {
    this.#exact[option.index] = exact;
    this.#values[option.index] = option.kind.value(exact);
  }

  #claimNames(options: readonly Option<unknown>[]): void {
    const names = options.flatMap(namesOf);
    const twice = names.find((name, index) => this.#byName.has(name) || names.indexOf(name) !== index);
    assert(twice === undefined, `two parameters are named '${twice}'`);
    for (const option of options) {
      for (const name of namesOf(option)) this.#byName.set(name, option);
    }
  }

  #readPostponed(option: Option<unknown>): void {
    for (const name of namesOf(option)) {
      const words = this.#postponed.get(name);
      if (words === undefined) continue;
      this.replace(option, words);
      this.#postponed.delete(name);
    }
  }

  /** Finds what is to be changed, before anything is. The first name that will not do decides the reply. */
  #resolve(settings: Iterable<readonly [string, string]>, access: ConfigAccess): Change[] {
    const changes: Change[] = [];
    const seen = new Set<string>();
    for (const [given, text] of settings) {
      const name = given.toLowerCase();
      const option = this.#byName.get(name);
      if (option === undefined) {
        throw new ConfigSetError(`ERR Unknown option or number of arguments for CONFIG SET - '${given}'`);
      }
      if (!option.live) throw new ConfigSetError(failureText(given, "can't set immutable config"));
      if (option.protected && !access.allowProtected) {
        throw new ConfigSetError(failureText(given, "can't set protected config"));
      }
      if (option.refusedWhileLoading && access.loading) {
        throw new ConfigSetError("LOADING Redis is loading the dataset in memory");
      }
      if (seen.has(name)) throw new ConfigSetError(failureText(given, "duplicate parameter"));
      seen.add(name);
      changes.push({ option, name, words: wordsOf(option, text) });
    }
    return changes;
  }

  #hasChanged([option, before]: Saved): boolean {
    return option.volatile || option.kind.format(before) !== this.text(option);
  }

  #listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #notify(option: Option<unknown>, notified: Set<Listener>): void {
    for (const listener of this.#listeners) {
      if (notified.has(listener) || !listener.options.includes(option)) continue;
      listener.run();
      notified.add(listener);
    }
  }

  /** Puts the old values back, the last change first, and lets those who acted on the new ones act again. */
  #rollBack(saved: readonly Saved[], notified: Iterable<Listener>): string[] {
    for (const [option, exact] of saved.toReversed()) this.#store(option, exact);
    const failures: string[] = [];
    for (const listener of notified) {
      try {
        listener.run();
      } catch (error) {
        if (!(error instanceof OptionError)) throw error;
        failures.push(error.message);
      }
    }
    return failures;
  }
}

function namesOf(option: Option<unknown>): string[] {
  return [option.name, ...option.aliases].map((name) => name.toLowerCase());
}

/** `CONFIG SET` gives a value as one text, which separates words by single spaces. */
function wordsOf(option: Option<unknown>, text: string): readonly string[] {
  if (option.kind.words === "one") return [text];
  return text === "" ? [] : text.split(" ");
}

function failureText(name: string, reason: string): string {
  return `ERR CONFIG SET failed (possibly related to argument '${name}') - ${reason}`;
}
