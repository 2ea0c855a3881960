/**
 * Cases for the HyperLogLog commands. What is compared of long values is their digest, which tells every byte.
 *
 * @module
 */
import { area } from "../support/cases.ts";

/** `PFADD` lines of so many elements, in steps that grow. */
function additions(key: string, count: number, digested = true): string {
  const lines: string[] = [];
  for (let first = 0; first < count;) {
    const size = Math.min(Math.max(1, first >> 2), 400, count - first);
    const elements = Array.from({ length: size }, (_, i) => `${key}:${first + i}:${"x".repeat((first + i) % 19)}`);
    lines.push(`PFADD ${key} ${elements.join(" ")}`);
    if (digested) lines.push(`DEBUG DIGEST-VALUE ${key}`, `PFCOUNT ${key}`);
    first += size;
  }
  return lines.join("\n");
}

const pfdebugOfShort = (subcommand: string) =>
  String.raw`SET h "HYLL\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x7f\xff"
OBJECT ENCODING h
PFDEBUG ${subcommand} h
OBJECT ENCODING h`;

/** The HyperLogLog commands. */
export const hyperloglog = area(
  "hyperloglog",
  String.raw`
== PFADD
PFADD h
GET h
OBJECT ENCODING h
PFADD h
PFADD h a
PFADD h a
GET h
PFADD h b c d a
GET h
PFCOUNT h
GET h
PFCOUNT h
PFADD h a b
GET h
PFADD h e
GET h
PFADD h "" "\x00\xff" 12345678 123456789 "exactly sixteen!"
GET h
PFDEBUG DECODE h
PFCOUNT h
STRLEN h
DUMP h
TYPE h

== PFDEBUG makes a short string one of its own
${["GETREG", "DECODE", "ENCODING", "TODENSE", "UNKNOWN"].map(pfdebugOfShort).join("\n")}

== PFADD until the registers are dense
${additions("k", 2200)}
PFDEBUG ENCODING k
PFDEBUG DECODE k
STRLEN k
OBJECT ENCODING k

== PFADD with another hll-sparse-max-bytes
CONFIG SET hll-sparse-max-bytes 100
${additions("small", 120)}
PFDEBUG ENCODING small
CONFIG SET hll-sparse-max-bytes 0
PFADD none a
PFDEBUG ENCODING none
CONFIG SET hll-sparse-max-bytes 16000
${additions("wide", 4000, false)}
PFDEBUG ENCODING wide
PFCOUNT wide
STRLEN wide
DEBUG DIGEST-VALUE wide
CONFIG GET hll-sparse-max-bytes

== PFADD of elements of every length
${Array.from({ length: 70 }, (_, i) => `PFADD h ${JSON.stringify("abcdefgh".repeat(9).slice(0, i))}`).join("\n")}
GET h
PFDEBUG DECODE h
PFCOUNT h

== PFCOUNT of several keys
${additions("a", 300, false)}
${additions("b", 1800, false)}
PFADD a b:1:x b:2:xx
PFDEBUG ENCODING a
PFDEBUG ENCODING b
PFCOUNT a
PFCOUNT b
PFCOUNT a b
PFCOUNT b a a
PFCOUNT a missing
PFCOUNT missing
PFCOUNT missing gone
PFDEBUG TODENSE a
PFCOUNT a
PFCOUNT b a missing

== PFMERGE
${additions("a", 300, false)}
${additions("b", 200, false)}
PFMERGE d
GET d
PFMERGE d a
DEBUG DIGEST-VALUE d
PFDEBUG ENCODING d
PFCOUNT d
PFMERGE d b missing
DEBUG DIGEST-VALUE d
PFCOUNT d
PFMERGE d
DEBUG DIGEST-VALUE d
PFDEBUG TODENSE b
PFMERGE e a b
PFDEBUG ENCODING e
DEBUG DIGEST-VALUE e
PFMERGE a b
DEBUG DIGEST-VALUE a
CONFIG SET hll-sparse-max-bytes 400
${additions("c", 100, false)}
PFMERGE f c
PFDEBUG ENCODING f
PFMERGE f c
CONFIG SET hll-sparse-max-bytes 100
PFMERGE g c
PFDEBUG ENCODING g
DEBUG DIGEST-VALUE g
SET x v EX 1000
PFADD v a
EXPIRE v 1000
PFMERGE v c
~near:5 TTL v

== PFDEBUG
PFADD h a b c d e f g h i j k l m n o p
PFDEBUG DECODE h
PFDEBUG ENCODING h
PFDEBUG encoding h
PFCOUNT h
PFDEBUG GETREG h
PFDEBUG ENCODING h
DEBUG DIGEST-VALUE h
PFDEBUG GETREG h
PFDEBUG DECODE h
PFDEBUG TODENSE h
PFADD g a
PFDEBUG TODENSE g
PFDEBUG FOO h
PFDEBUG FOO missing
PFDEBUG DECODE missing
PFDEBUG DECODE h x
PFDEBUG DECODE
PFSELFTEST
PFSELFTEST x

== Strings that are no HyperLogLog
SET s foo
PFADD s a
PFCOUNT s
PFCOUNT missing s
PFMERGE s missing
PFMERGE d s
PFDEBUG DECODE s
EXISTS d
SET s HYLL____________
PFCOUNT s
SET s HYLL
PFADD s a
SET s ""
PFADD s a
SET s 12345678901234567
PFADD s a
SET s "HYLL\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80\x7f\xff"
PFCOUNT s
SET s "HYLL\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80\x7f\xff"
PFCOUNT s
GET s

== HyperLogLogs that are damaged
SET x "HYLL\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x7f\xfe"
PFCOUNT x
SET x "HYLL\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80\x7f\xfe"
PFCOUNT x
PFADD h a
PFCOUNT x h
PFMERGE d x
PFDEBUG GETREG x
PFDEBUG TODENSE x
PFADD x a b c d e f g
PFDEBUG DECODE x
GET x
SET x "HYLL\x01\x05\x05\x05\x00\x00\x00\x00\x00\x00\x00\x80\x7f\xff"
PFADD x a
GET x
PFDEBUG TODENSE x
GETRANGE x 0 15
SET x "HYLL\x01\x05\x05\x05\x00\x00\x00\x00\x00\x00\x00\x80\x7f\xff\x00"
PFADD x a
PFCOUNT x
PFMERGE d x
SET x "HYLL\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80"
PFADD x a
PFCOUNT x
SET x "HYLL\x01\x00\x00\x00\x07\x01\x00\x00\x00\x00\x00\x00\x7f\xff"
PFCOUNT x
OBJECT ENCODING x
PFADD x
OBJECT ENCODING x
PFADD x a
OBJECT ENCODING x

== HyperLogLog commands and keys of other types
SADD s a
PFADD s a
PFCOUNT s
PFMERGE s h
PFMERGE d s
PFDEBUG DECODE s
PFADD
PFCOUNT
PFMERGE
COMMAND GETKEYS PFMERGE d a b
COMMAND GETKEYSANDFLAGS PFCOUNT a b
COMMAND GETKEYSANDFLAGS PFDEBUG DECODE a
`,
);
