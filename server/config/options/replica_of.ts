/** The master that this server follows. @module */
import { defineOption, type Option, OptionError, type OptionKind, WRONG_NUMBER_OF_ARGUMENTS } from "../option.ts";
import { parseLenient } from "../integer_text.ts";

const PORT_MAX = 65535n;

/** Where a master listens. */
export interface MasterAddress {
  readonly host: string;
  readonly port: number;
}

const kind: OptionKind<MasterAddress | null, MasterAddress | null> = {
  words: "many",
  initial: () => null,
  read(words) {
    if (words.length !== 2) throw new OptionError(WRONG_NUMBER_OF_ARGUMENTS);
    const [host, portWord] = words;
    if (host.toLowerCase() === "no" && portWord.toLowerCase() === "one") return null;
    const port = parseLenient(portWord);
    if (port === null || port < 0n || port > PORT_MAX) throw new OptionError("Invalid master port");
    return { host, port: Number(port) };
  },
  value: (exact) => exact,
  format: (exact) => exact === null ? "" : `${exact.host} ${exact.port}`,
  lines: (exact) => exact === null ? [] : [{ text: kind.format(exact), required: true }],
};

/** The master that this server follows, `no one` in words, null as a value. `REPLICAOF` changes it later on. */
export const replicaof: Option<MasterAddress | null> = defineOption("replicaof", kind, { aliases: ["slaveof"] });
