/**
 * The slow log: the last commands that took longer than `slowlog-log-slower-than`.
 * Source: https://redis.io/docs/latest/commands/slowlog/
 *
 * @module
 */
const ARGUMENTS_MAX = 32;
const ARGUMENT_BYTES_MAX = 128;

export interface SlowLogEntry {
  readonly id: number;
  readonly unixSeconds: number;
  readonly microseconds: number;
  readonly args: readonly Uint8Array[];
  readonly address: string;
  readonly clientName: string;
}

/** Access to the arguments of a request. */
interface ArgumentList {
  readonly count: number;
  bytes(i: number): Uint8Array;
}

export class SlowLog {
  /** Newest first. */
  #entries: SlowLogEntry[] = [];
  #nextId = 0;

  constructor(public lengthMax: number) {}

  get entries(): readonly SlowLogEntry[] {
    return this.#entries;
  }

  /** Adds an entry; long argument lists and long arguments are cut with a remark of how much is missing. */
  add(
    args: ArgumentList,
    client: { readonly address: string; readonly name: string },
    nowMs: number,
    microseconds: number,
  ): void {
    this.#entries.unshift({
      id: this.#nextId++,
      unixSeconds: Math.floor(nowMs / 1000),
      microseconds: Math.round(microseconds),
      args: cut(args),
      address: client.address,
      clientName: client.name,
    });
    this.trim();
  }

  /** Drops what is beyond `lengthMax`. */
  trim(): void {
    if (this.#entries.length > this.lengthMax) this.#entries.length = this.lengthMax;
  }

  reset(): void {
    this.#entries = [];
  }
}

function cut(args: ArgumentList): Uint8Array[] {
  const shown = args.count > ARGUMENTS_MAX ? ARGUMENTS_MAX - 1 : args.count;
  const list: Uint8Array[] = [];
  for (let i = 0; i < shown; i++) list.push(cutOne(args.bytes(i)));
  if (shown < args.count) list.push(encoder.encode(`... (${args.count - shown} more arguments)`));
  return list;
}

function cutOne(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= ARGUMENT_BYTES_MAX) return bytes;
  const remark = encoder.encode(`... (${bytes.length - ARGUMENT_BYTES_MAX} more bytes)`);
  const result = new Uint8Array(ARGUMENT_BYTES_MAX + remark.length);
  result.set(bytes.subarray(0, ARGUMENT_BYTES_MAX));
  result.set(remark, ARGUMENT_BYTES_MAX);
  return result;
}

const encoder = new TextEncoder();
