/**
 * Returning memory to the system: buffers outside of the JavaScript heap go back when V8 collects garbage, and V8 sees no reason
 * to, since to it a gigabyte of them is a small object. So the server is started with `--expose-gc` and asks for it where it
 * has let go of much. To collect a heap as small as the server's takes about 2 ms.
 *
 * @module
 */
const collect = (globalThis as { gc?: () => void }).gc;

/** Whether {@linkcode collectGarbage} does anything: whether V8 was started with `--expose-gc`. */
export const canCollectGarbage: boolean = collect !== undefined;

/** Collects garbage, now. */
export function collectGarbage(): void {
  collect?.();
}
