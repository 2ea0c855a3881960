import { assertEquals } from "@std/assert";
import { sparkline } from "./sparkline.ts";

Deno.test("sparkline: bars between the least and the greatest value, labels below, as redis-server draws them", () => {
  const values = [20, 1100, 900, 1000, 500, 1000, 1020];
  const samples = values.map((value, i) => ({ value, label: `${6 - i}s` }));
  const expected = [
    " #_o o#",
    " ||| ||",
    " |||#||",
    "_||||||",
    "       ",
    "6543210",
    "sssssss",
    "",
  ];
  assertEquals(sparkline(samples).split("\n"), expected);
});

Deno.test("sparkline: equal values are all low", () => {
  assertEquals(sparkline([{ value: 20, label: "0s" }]).split("\n"), [" ", " ", " ", "_", " ", "0", "s", ""]);
});

Deno.test("sparkline: more than 80 columns go on in another block on the same scale, shorter labels are padded", () => {
  const samples = Array.from({ length: 82 }, (_, i) => ({ value: i < 80 ? 12 : 6, label: i < 81 ? "9s" : "10s" }));
  samples[0] = { value: 0, label: "59s" };
  const lines = sparkline(samples).split("\n");
  const first = ["#", "|", "|", "|"].map((bar, row) => (row === 3 ? "_" : " ") + bar.repeat(79));
  assertEquals(lines.slice(0, 4), first);
  assertEquals(lines.slice(5, 8), ["5" + "9".repeat(79), "9" + "s".repeat(79), "s" + " ".repeat(79)]);
  assertEquals(lines.slice(8), ["", "  ", "__", "||", "||", "  ", "91", "s0", " s", ""]);
});
