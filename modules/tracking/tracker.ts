/**
 * A client that is told what has become invalid, and how it gets to know.
 *
 * The protocol's version 3 has pushes for that. A client of version 2 has another connection listen in its place, which
 * may be of either version: there it is a message of a channel with a name of its own, whatever that connection subscribed to.
 *
 * @module
 */
import { type Client, encodeText, type ModuleHost, ReplyWriter, setClientFlag } from "../../server/api/mod.ts";

const CHANNEL = encodeText("__redis__:invalidate");
const NULL_2 = encodeText("$-1\r\n");
const NULL_3 = encodeText("_\r\n");

/** Which keys a client is told of. */
export interface TrackingMode {
  /** All that begin with one of its prefixes, instead of those that it has read. */
  readonly broadcast: boolean;
  /** Only those that it reads right after it said so. */
  readonly optIn: boolean;
  /** All but those that it reads right after it said so. */
  readonly optOut: boolean;
  /** Not where it changed them itself. */
  readonly noLoop: boolean;
  /** Id of the client that is told in its place; 0 for none. */
  readonly redirectId: number;
}

export class Tracker {
  /** Whether the client that was to be told in its place is gone. */
  broken = false;
  /** Whether the next command, or transaction, is the one that `CLIENT CACHING` was about. */
  chosen = false;
  /** In the order of their bytes. */
  prefixes: readonly Uint8Array[] = [];
  readonly #writer = new ReplyWriter();

  constructor(readonly client: Client, readonly host: ModuleHost, public mode: TrackingMode) {
    this.setMode(mode);
  }

  /** Changes the mode. */
  setMode(mode: TrackingMode): void {
    this.mode = mode;
    this.broken = false;
    this.client.redirectId = mode.redirectId;
    this.#showFlags(true);
  }

  /** Leaves no trace in what `CLIENT LIST` shows. */
  end(): void {
    this.client.redirectId = -1;
    this.#showFlags(false);
  }

  /** Whether it wants to know what becomes of the keys that its present command reads. */
  get remembers(): boolean {
    const { broadcast, optIn, optOut } = this.mode;
    if (broadcast) return false;
    return optIn ? this.chosen : optOut ? !this.chosen : true;
  }

  /** Tells of keys; of all, where there are none. */
  tell(keys: readonly Uint8Array[] | null): void {
    const { client, mode: { redirectId } } = this;
    const target = redirectId === 0 ? client : this.host.client(redirectId);
    const writer = this.#writer;
    writer.truncate(0);
    if (target === null) return this.#tellBroken();
    if (target.version >= 3) {
      writer.version = 3;
      writer.push(2);
      writer.text("invalidate");
    } else if (redirectId !== 0 && target.channelCount + target.patternCount + target.shardChannelCount > 0) {
      writer.array(3);
      writer.text("message");
      writer.bulk(CHANNEL);
    } else return;
    if (keys === null) writer.raw(client.version < 3 ? NULL_2 : NULL_3);
    else {
      writer.array(keys.length);
      for (const key of keys) writer.bulk(key);
    }
    target.send(writer.buffer, writer.length);
  }

  #tellBroken(): void {
    const writer = this.#writer;
    this.broken = true;
    this.#showFlags(true);
    if (this.client.version < 3) return;
    writer.version = 3;
    writer.push(2);
    writer.text("tracking-redir-broken");
    writer.integer(this.mode.redirectId);
    this.client.send(writer.buffer, writer.length);
  }

  #showFlags(on: boolean): void {
    setClientFlag(this.client, "t", on);
    setClientFlag(this.client, "B", on && this.mode.broadcast);
    setClientFlag(this.client, "R", on && this.broken);
  }
}
