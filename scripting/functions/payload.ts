/**
 * Libraries as `FUNCTION DUMP` gives them and `FUNCTION RESTORE` takes them: for each the opcode of functions and its code, as
 * in RDB files.
 *
 * @module
 */
import {
  CorruptValueError,
  encodeText,
  type ModuleHost,
  type PayloadInput,
  ReplyError,
  type ValueInput,
} from "../../server/api/mod.ts";

/** Opcode before the code of a library. */
const LIBRARY = 0xf5;
/** Opcode of the first release candidates of 7.0: name, engine, description and code apart. */
const EARLY_LIBRARY = 0xf6;

const BAD_PAYLOAD = new ReplyError("ERR DUMP payload version or checksum are wrong");
const NO_LIBRARY = new ReplyError("ERR given type is not a function");

/** A payload of the libraries with this code. */
export function encodeLibraries(host: ModuleHost, codes: Iterable<Uint8Array>): Uint8Array {
  return host.encodePayload((output) => {
    for (const code of codes) {
      output.raw(Uint8Array.of(LIBRARY));
      output.string(code);
    }
  });
}

/** The code of each library in a payload. Throws `ReplyError`. */
export function decodeLibraries(host: ModuleHost, payload: Uint8Array): Generator<Uint8Array> {
  const input = host.decodePayload(payload);
  if (input === null) throw BAD_PAYLOAD;
  return codesIn(input);
}

function* codesIn(input: PayloadInput): Generator<Uint8Array> {
  while (!input.atEnd) {
    const [opcode] = input.raw(1);
    if (opcode === LIBRARY) yield part(input, "library payload", (from) => from.string());
    else if (opcode === EARLY_LIBRARY) yield earlyCode(input);
    else throw NO_LIBRARY;
  }
}

/** The code of a library whose first line was none of it yet. */
function earlyCode(input: ValueInput): Uint8Array {
  const name = part(input, "library name", (from) => from.string());
  const engine = part(input, "engine name", (from) => from.string());
  const hasDescription = part(input, "library description indicator", (from) => from.length());
  if (hasDescription === 1) part(input, "library description", (from) => from.string());
  const body = part(input, "library blob", (from) => from.string());
  return Uint8Array.from([...encodeText("#!"), ...engine, ...encodeText(" name="), ...name, 0x0a, ...body]);
}

function part<T>(input: ValueInput, what: string, read: (input: ValueInput) => T): T {
  try {
    return read(input);
  } catch (error) {
    if (error instanceof CorruptValueError) throw new ReplyError(`ERR Failed loading ${what}`);
    throw error;
  }
}
