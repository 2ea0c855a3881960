/**
 * The least that a server on Deno can do: `echo.ts PORT` answers whatever it reads with `+PONG`, on as many connections as
 * come. Nothing is parsed, looked up or counted, so what a request costs here is the price of Deno's own reads and writes.
 *
 * @module
 */
const reply = new TextEncoder().encode("+PONG\r\n");
const bufferBytes = 4096;

async function serve(connection: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(bufferBytes);
  while (await connection.read(buffer) !== null) await connection.write(reply);
}

const listener = Deno.listen({ hostname: "127.0.0.1", port: Number(Deno.args[0]) });
console.log("ready");
for await (const connection of listener) {
  connection.setNoDelay(true);
  serve(connection).catch(() => {});
}
