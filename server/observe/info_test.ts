import { assertEquals } from "@std/assert";
import { Info } from "./info.ts";

function example(): Info {
  const info = new Info();
  info.define({ title: "Server", level: "default", fields: () => [["version", "1"], ["port", 6379]] });
  info.define({ title: "Commandstats", level: "all", fields: () => [["calls", 2]] });
  info.define({ title: "Keyspace", level: "default", fields: () => [] });
  info.addContributor(() => [{ section: "hello", level: "everything", fields: () => [["greetings", 3]] }]);
  return info;
}

const SERVER = "# Server\r\nversion:1\r\nport:6379\r\n";

Deno.test("info: without a name the default sections, a blank line between them", () => {
  assertEquals(example().text([]), `${SERVER}\r\n# Keyspace\r\n`);
  assertEquals(example().text(["DEFAULT"]), `${SERVER}\r\n# Keyspace\r\n`);
});

Deno.test("info: the levels hold each other", () => {
  const all = `${SERVER}\r\n# Commandstats\r\ncalls:2\r\n\r\n# Keyspace\r\n`;
  assertEquals(example().text(["all"]), all);
  assertEquals(example().text(["everything"]), `${all}\r\n# hello\r\ngreetings:3\r\n`);
  assertEquals(example().text(["default", "all"]), all);
});

Deno.test("info: by name, in the server's order, unknown names leave nothing", () => {
  assertEquals(example().text(["keyspace", "SERVER", "server"]), `${SERVER}\r\n# Keyspace\r\n`);
  assertEquals(example().text(["default", "hello"]), `${SERVER}\r\n# Keyspace\r\n\r\n# hello\r\ngreetings:3\r\n`);
  assertEquals(example().text(["nosuch"]), "");
  assertEquals(example().text([""]), "");
});

Deno.test("info: contributions replace fields in place and add others, as long as they are made", () => {
  const info = example();
  let present = true;
  info.addContributor(() =>
    present ? [{ section: "server", level: "everything", fields: () => [["port", 0], ["mode", "test"]] }] : []
  );
  assertEquals(info.text(["server"]), "# Server\r\nversion:1\r\nport:0\r\nmode:test\r\n");
  present = false;
  assertEquals(info.text(["server"]), SERVER);
});
