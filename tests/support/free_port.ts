/**
 * A free loopback port. The system picks it: a listener is bound to port 0, asked for its number and closed. Another
 * process may take the port before our server binds it; whoever starts a server must therefore be ready to try again.
 *
 * @module
 */

/** A TCP port that was free on 127.0.0.1 a moment ago. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}
