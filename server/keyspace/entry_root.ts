/**
 * The root of a value in the heap, kept by its entry.
 *
 * One root serves for all values of a type that opens one at a time: it is then moved from entry to entry.
 *
 * @module
 */
import type { ValueRoot } from "../api/type.ts";
import type { Config } from "../config/config.ts";
import type { Heap } from "../heap/heap.ts";
import type { Ref } from "../heap/layout.ts";
import { entryKind, entryValueWord, setEntryKind, setEntryValueWord } from "../structures/entry.ts";

export class EntryRoot implements ValueRoot {
  constructor(
    readonly heap: Heap,
    readonly config: Config,
    public entry: Ref,
    readonly firstKind: number,
  ) {}

  /** Moves the root to another entry, of a value of the same type. */
  at(entry: Ref): this {
    this.entry = entry;
    return this;
  }

  get root(): Ref {
    return entryValueWord(this.heap, this.entry);
  }

  set root(ref: Ref) {
    setEntryValueWord(this.heap, this.entry, ref);
  }

  get encoding(): number {
    return entryKind(this.heap, this.entry) - this.firstKind;
  }

  set encoding(index: number) {
    setEntryKind(this.heap, this.entry, this.firstKind + index);
  }
}
