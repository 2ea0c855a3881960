import { assertEquals, assertThrows } from "@std/assert";
import { Arguments, ReplyError } from "../../server/api/mod.ts";
import { flagsOf } from "../script_flags.ts";
import { Libraries, type Library } from "./libraries.ts";

let lastKey = 0;

function library(name: string, ...names: string[]): Library {
  const functions = names.map((name) => ({
    ...flagsOf([]),
    name,
    description: null,
    flags: [],
    key: ++lastKey,
    isFunction: true,
  }));
  return { name, code: new Uint8Array(0), functions };
}

function libraries(...all: Library[]): Libraries {
  const result = new Libraries();
  for (const one of all) result.add(one);
  return result;
}

function found(among: Libraries, name: string): string | undefined {
  return among.find(Arguments.of(["FCALL", name]), 1)?.name;
}

const names = (among: Libraries) => Array.from(among.all, ({ name }) => name);

Deno.test("libraries: functions are found in any case, libraries in their own", () => {
  const set = libraries(library("one", "Increment_All_1", "b"), library("two", "c"));
  for (const name of ["Increment_All_1", "increment_all_1", "INCREMENT_ALL_1"]) {
    assertEquals(found(set, name), "Increment_All_1");
  }
  for (const name of ["", "Increment_All_", "Increment_All_12", "d"]) assertEquals(found(set, name), undefined);
  assertEquals(set.get("ONE"), undefined);
  assertEquals([set.count, set.functionCount], [2, 3]);
});

Deno.test("libraries: a change is seen by the next call", () => {
  const set = libraries(library("one", "a"));
  assertEquals(found(set, "b"), undefined);
  set.add(library("two", "b"));
  assertEquals(found(set, "b"), "b");
  set.add(library("one", "c"));
  assertEquals([found(set, "a"), found(set, "c")], [undefined, "c"]);
  set.remove("two");
  set.remove("none");
  assertEquals([found(set, "b"), set.count, set.functionCount], [undefined, 1, 1]);
});

Deno.test("libraries: a name that another library's function has is refused, and nothing is changed", () => {
  const set = libraries(library("one", "a"), library("two", "b"));
  const refused = assertThrows(() => set.add(library("two", "c", "A")), ReplyError);
  assertEquals(refused.message, "ERR Function A already exists");
  assertEquals([found(set, "b"), found(set, "c")], ["b", undefined]);
});

Deno.test("libraries: joined with others, all or none", () => {
  const set = libraries(library("one", "a"), library("two", "b"));
  const others = libraries(library("two", "a2"), library("three", "c"));
  assertEquals(
    assertThrows(() => set.joined(others, false), ReplyError).message,
    "ERR Library two already exists",
  );
  const joined = set.joined(others, true);
  assertEquals(names(joined), ["one", "two", "three"]);
  assertEquals([found(joined, "a"), found(joined, "b"), found(joined, "a2")], ["a", undefined, "a2"]);
  assertEquals(
    assertThrows(() => set.joined(libraries(library("four", "B")), true), ReplyError).message,
    "ERR Function B already exists",
  );
  // Names may move from one library to another.
  const swapped = set.joined(libraries(library("one", "b"), library("two", "a")), true);
  assertEquals(swapped.functionCount, 2);
  assertEquals([names(set), found(set, "b")], [["one", "two"], "b"]);
});
