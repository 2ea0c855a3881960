/**
 * LZF as WebAssembly functions. Bytes are taken eight at a time where that reads or writes nothing beyond the ends that the
 * caller states, whatever the input says, and one at a time near them.
 *
 * @module
 */
import {
  add,
  and,
  atLeast,
  atMost,
  block,
  branch,
  branchIf,
  choose,
  type Code,
  differ,
  divide,
  during,
  forever,
  get,
  give,
  greater,
  greaterSigned,
  increase,
  int,
  isZero,
  isZeroLong,
  less,
  load,
  LOAD_I32,
  LOAD_I64,
  LOAD_U16,
  LOAD_U8,
  longOf,
  lowOf,
  multiply,
  or,
  orLong,
  set,
  shiftLeft,
  shiftLeftLong,
  shiftRight,
  shiftRightLong,
  store,
  STORE_I32,
  STORE_I64,
  STORE_U8,
  subtract,
  tee,
  when,
  xorLong,
  zerosLong,
} from "../base/wasm_code.ts";
import { I32, I64, type WasmFunction } from "../base/wasm_module.ts";

const TABLE_BITS = 16;
/** A word for each slot. */
export const TABLE_BYTES: number = 4 << TABLE_BITS;

const LITERALS_MAX = 32;
const MATCH_MAX = 264;
const OFFSET_MAX = 8192;
/** Matches are sought up to so many bytes before the end. */
const TAIL_BYTES = 2;
/** Matches that can be longer than this are compared to at least `LONG_MATCH` bytes. */
const LONG_MATCH_FROM = 16;
const LONG_MATCH = 19;
const SHORT_MATCH = 3;
/** Room that a match needs: itself and the control byte of what follows. */
const MATCH_ROOM = 4;
/** Room that is asked for at the end, whatever is left there: a control byte and three others. */
const TAIL_ROOM = 4;
/** A match of so many bytes and two more has its length in a byte of its own. */
const LONG_STORED = 7;
const WORD_BYTES = 8;
/** Places that are looked at in one round. */
const SEEKS = 4;

/** Results of {@linkcode EXPAND}. */
export const EXPANDED = 0;
export const CUT_SHORT = 1;
export const BEYOND_ENDS = 2;
export const OTHER_LENGTH = 3;

// Locals of both functions.
const AT = 0;
const END = 1;
const OUT = 2;
const OUT_END = 3;
const COUNT = 5;
const FROM = 6;

const left: Code = subtract(get(END), get(AT));
const room: Code = subtract(get(OUT_END), get(OUT));

/** Copies `COUNT` bytes, at most 32, from a place in `source` to `OUT`; bytes behind them may be overwritten as well. */
function copyLiterals(from: number, to: number, source: number, target: number): Code {
  const word = (offset: number) =>
    store(STORE_I64, get(OUT), load(LOAD_I64, get(from), offset, source), offset, target);
  return [
    ...block(
      block(
        branchIf(0, less(room, int(LITERALS_MAX))),
        branchIf(0, less(subtract(get(END), get(from)), int(LITERALS_MAX))),
        word(0),
        when(greater(get(COUNT), int(WORD_BYTES)), word(8), word(16), word(24)),
        set(OUT, add(get(OUT), get(COUNT))),
        set(from, add(get(from), get(COUNT))),
        branch(1),
      ),
      set(to, add(get(from), get(COUNT))),
      during(
        less(get(from), get(to)),
        store(STORE_U8, get(OUT), load(LOAD_U8, get(from), 0, source), 0, target),
        increase(OUT, 1),
        increase(from, 1),
      ),
    ),
  ];
}

// Memories and locals of the compressor.
const INPUT = 1;
const OUTPUT = 2;
const BASE = 4;
const BIAS = 7;
const LITERALS = 8;
const THREE = 9;
const SLOT = 10;
const STAMP = 11;
const OFFSET = 12;
const LENGTH = 13;
const LIMIT = 14;
const LITERALS_END = 15;
const DIFFERENCE = 16;

const inputByte = (address: Code, offset = 0): Code => load(LOAD_U8, address, offset, INPUT);
const putByte = (value: Code): Code => [...store(STORE_U8, get(OUT), value, 0, OUTPUT), ...increase(OUT, 1)];

/** The place in the table of the last three bytes of `THREE`. Two sequences that share one drive each other out. */
const slot: Code = shiftLeft(
  and(
    subtract(shiftRight(get(THREE), int(24 - TABLE_BITS)), multiply(get(THREE), int(5))),
    int((1 << TABLE_BITS) - 1),
  ),
  int(2),
);

/** Writes the literals up to a place; gives up where there is no room. */
function flush(to: number): Code {
  const pending = subtract(get(to), get(LITERALS));
  return during(
    less(get(LITERALS), get(to)),
    set(COUNT, choose(less(pending, int(LITERALS_MAX)), pending, int(LITERALS_MAX))),
    when(atMost(room, get(COUNT)), give(int(0))),
    putByte(subtract(get(COUNT), int(1))),
    copyLiterals(LITERALS, LITERALS_END, INPUT, OUTPUT),
  );
}

/**
 * Looks for a match of three bytes at `AT + ahead`, of which the first two are the last of `THREE`. Goes on behind the third
 * enclosing block where there is one.
 */
function seek(ahead: number): Code {
  return block(
    set(THREE, or(shiftLeft(get(THREE), int(8)), inputByte(get(AT), ahead + 2))),
    set(FROM, load(LOAD_I32, tee(SLOT, slot))),
    set(STAMP, add(get(AT), add(get(BIAS), int(ahead)))),
    store(STORE_I32, get(SLOT), get(STAMP)),
    branchIf(0, greater(subtract(get(STAMP), get(FROM)), int(OFFSET_MAX))),
    branchIf(0, atMost(get(FROM), get(BASE))),
    set(FROM, subtract(get(FROM), get(BIAS))),
    branchIf(0, differ(load(LOAD_U16, get(FROM), 0, INPUT), load(LOAD_U16, get(AT), ahead, INPUT))),
    branchIf(0, differ(inputByte(get(FROM), 2), inputByte(get(AT), ahead + 2))),
    increase(AT, ahead),
    branch(3),
  );
}

/** How many bytes are equal, of which three are known to be. */
const measureMatch: Code = [
  ...set(LIMIT, subtract(left, int(TAIL_BYTES))),
  ...set(LIMIT, choose(less(get(LIMIT), int(MATCH_MAX)), get(LIMIT), int(MATCH_MAX))),
  ...set(LENGTH, choose(greater(get(LIMIT), int(LONG_MATCH_FROM)), int(LONG_MATCH), int(SHORT_MATCH))),
  ...set(LIMIT, choose(greater(get(LIMIT), get(LENGTH)), get(LIMIT), get(LENGTH))),
  ...set(LENGTH, int(SHORT_MATCH)),
  ...block(
    during(
      atMost(add(get(LENGTH), int(WORD_BYTES)), get(LIMIT)),
      set(
        DIFFERENCE,
        xorLong(
          load(LOAD_I64, add(get(FROM), get(LENGTH)), 0, INPUT),
          load(LOAD_I64, add(get(AT), get(LENGTH)), 0, INPUT),
        ),
      ),
      when(
        isZero(isZeroLong(get(DIFFERENCE))),
        set(LENGTH, add(get(LENGTH), shiftRight(lowOf(zerosLong(get(DIFFERENCE))), int(3)))),
        branch(3),
      ),
      increase(LENGTH, WORD_BYTES),
    ),
    during(
      less(get(LENGTH), get(LIMIT)),
      branchIf(1, differ(inputByte(add(get(FROM), get(LENGTH))), inputByte(add(get(AT), get(LENGTH))))),
      increase(LENGTH, 1),
    ),
  ),
];

const putMatch: Code = [
  ...set(COUNT, subtract(get(LENGTH), int(2))),
  ...block(
    when(
      less(get(COUNT), int(LONG_STORED)),
      putByte(or(shiftLeft(get(COUNT), int(5)), shiftRight(get(OFFSET), int(8)))),
      branch(1),
    ),
    putByte(or(int(LONG_STORED << 5), shiftRight(get(OFFSET), int(8)))),
    putByte(subtract(get(COUNT), int(LONG_STORED))),
  ),
  ...putByte(get(OFFSET)),
];

/**
 * `(at, end, out, outEnd, base)`: compresses what is from `at` to before `end` of memory 1 to memory 2, from `out` on; gives
 * the place behind what it wrote, or 0 where that would be beyond `outEnd`.
 *
 * Memory 0 is the table: where the three bytes of a slot stood last. Places count from `base`, which is above all that earlier
 * calls have left there, so that the table need not be cleared.
 *
 * Takes the same matches as the reference implementation, so that the same value gives the same payload as in the C server:
 * the last place of each three bytes is the only candidate, the very first byte is none, and within a match only its last
 * two places are remembered.
 */
export const COMPRESS: WasmFunction = {
  name: "compress",
  parameters: [I32, I32, I32, I32, I32],
  results: [I32],
  locals: [...Array(11).fill(I32), I64],
  code: [
    ...set(BIAS, subtract(get(BASE), get(AT))),
    ...set(LITERALS, get(AT)),
    ...when(
      greater(left, int(TAIL_BYTES)),
      set(THREE, or(shiftLeft(inputByte(get(AT)), int(8)), inputByte(get(AT), 1))),
    ),
    ...forever(
      block(
        during(
          greater(left, int(TAIL_BYTES + SEEKS - 1)),
          ...Array.from({ length: SEEKS }, (_, ahead) => seek(ahead)),
          increase(AT, SEEKS),
        ),
        during(greater(left, int(TAIL_BYTES)), seek(0), increase(AT, 1)),
        branch(2),
      ),
      flush(AT),
      when(atMost(room, int(MATCH_ROOM)), give(int(0))),
      set(OFFSET, subtract(subtract(get(AT), get(FROM)), int(1))),
      measureMatch,
      putMatch,
      set(LITERALS, tee(AT, add(get(AT), get(LENGTH)))),
      branchIf(1, atMost(left, int(TAIL_BYTES))),
      set(FROM, subtract(get(AT), int(2))),
      set(THREE, or(shiftLeft(inputByte(get(FROM)), int(8)), inputByte(get(FROM), 1))),
      ...[0, 1].flatMap((i) => [
        set(THREE, or(shiftLeft(get(THREE), int(8)), inputByte(get(FROM), 2 + i))),
        store(STORE_I32, slot, add(add(get(FROM), get(BIAS)), int(i))),
      ]),
    ),
    ...set(COUNT, subtract(get(AT), get(LITERALS))),
    ...when(
      less(room, add(add(get(COUNT), shiftRight(get(COUNT), int(5))), int(TAIL_ROOM))),
      give(int(0)),
    ),
    ...flush(END),
    ...get(OUT),
  ],
};

// Memories and locals of the expander.
const EXPANDED_TO = 0;
const COMPRESSED_IN = 1;
const START = 4;
const CONTROL = 7;
const DISTANCE = 8;
const TO = 9;
const BITS = 10;
const MARGIN = 11;
const PATTERN = 12;

const compressedByte: Code = load(LOAD_U8, get(AT), 0, COMPRESSED_IN);
const before: Code = subtract(get(OUT), get(DISTANCE));
/** Words are written up to seven bytes beyond a match, but for one that ends near the end: there they end before. */
const wordsAreLeft: Code = greaterSigned(subtract(get(TO), get(OUT)), get(MARGIN));

/**
 * Repeats a pattern that is shorter than a word: fills a word with it, and writes that at each whole number of patterns. To
 * read what was written a moment ago, byte by byte, would make the processor wait.
 */
const spreadPattern: Code = [
  ...set(BITS, shiftLeft(get(DISTANCE), int(3))),
  ...set(
    PATTERN,
    shiftRightLong(
      shiftLeftLong(load(LOAD_I64, get(FROM)), longOf(subtract(int(64), get(BITS)))),
      longOf(subtract(int(64), get(BITS))),
    ),
  ),
  ...during(
    less(get(BITS), int(64)),
    set(PATTERN, orLong(get(PATTERN), shiftLeftLong(get(PATTERN), longOf(get(BITS))))),
    set(BITS, shiftLeft(get(BITS), int(1))),
  ),
  ...set(BITS, multiply(get(DISTANCE), divide(int(WORD_BYTES), get(DISTANCE)))),
  ...during(
    wordsAreLeft,
    store(STORE_I64, get(OUT), get(PATTERN)),
    set(OUT, add(get(OUT), get(BITS))),
  ),
];

/**
 * `(at, end, out, outEnd)`: expands what is from `at` to before `end` of memory 1 to memory 0, from `out` on. Gives
 * {@linkcode EXPANDED} where that has just filled what is before `outEnd`, else why not.
 */
export const EXPAND: WasmFunction = {
  name: "expand",
  parameters: [I32, I32, I32, I32],
  results: [I32],
  locals: [...Array(8).fill(I32), I64],
  code: [
    ...set(START, get(OUT)),
    ...during(
      less(get(AT), get(END)),
      set(CONTROL, compressedByte),
      increase(AT, 1),
      when(
        less(get(CONTROL), int(LITERALS_MAX)),
        set(COUNT, add(get(CONTROL), int(1))),
        when(less(left, get(COUNT)), give(int(CUT_SHORT))),
        when(less(room, get(COUNT)), give(int(CUT_SHORT))),
        copyLiterals(AT, TO, COMPRESSED_IN, EXPANDED_TO),
        branch(1),
      ),
      set(COUNT, add(shiftRight(get(CONTROL), int(5)), int(2))),
      when(
        atLeast(get(CONTROL), int(LONG_STORED << 5)),
        when(atLeast(get(AT), get(END)), give(int(CUT_SHORT))),
        set(COUNT, add(get(COUNT), compressedByte)),
        increase(AT, 1),
      ),
      when(atLeast(get(AT), get(END)), give(int(CUT_SHORT))),
      set(DISTANCE, add(or(shiftLeft(and(get(CONTROL), int(0x1f)), int(8)), compressedByte), int(1))),
      increase(AT, 1),
      when(less(subtract(get(OUT), get(START)), get(DISTANCE)), give(int(BEYOND_ENDS))),
      when(less(room, get(COUNT)), give(int(BEYOND_ENDS))),
      set(TO, add(get(OUT), get(COUNT))),
      set(MARGIN, choose(less(subtract(get(OUT_END), get(TO)), int(WORD_BYTES)), int(WORD_BYTES - 1), int(0))),
      when(less(get(DISTANCE), int(WORD_BYTES)), when(wordsAreLeft, set(FROM, before), spreadPattern)),
      set(FROM, before),
      during(
        wordsAreLeft,
        store(STORE_I64, get(OUT), load(LOAD_I64, get(FROM))),
        increase(OUT, WORD_BYTES),
        increase(FROM, WORD_BYTES),
      ),
      set(FROM, before),
      during(
        greaterSigned(subtract(get(TO), get(OUT)), int(0)),
        store(STORE_U8, get(OUT), load(LOAD_U8, get(FROM))),
        increase(OUT, 1),
        increase(FROM, 1),
      ),
      set(OUT, get(TO)),
    ),
    ...choose(less(get(OUT), get(OUT_END)), int(OTHER_LENGTH), int(EXPANDED)),
  ],
};
