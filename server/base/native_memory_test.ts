import { assert, assertEquals } from "@std/assert";
import {
  adoptNative,
  allocateNative,
  allocateNativeShared,
  memoryOf,
  nativeBytes,
  nativeCopy,
} from "./native_memory.ts";

Deno.test("native memory: arrays are as long as asked for, in whole pages", () => {
  for (const [asked, length] of [[1, 65536], [65536, 65536], [65537, 131072]]) {
    assertEquals(nativeBytes(asked).length, length);
  }
});

Deno.test("native memory: what a worker is posted is native there as well, and shared", async () => {
  const source = `
    import { adoptNative, allocateNative, nativeCopy } from ${
    JSON.stringify(import.meta.resolve("./native_memory.ts"))
  };
    onmessage = ({ data }) => {
      const buffer = adoptNative(data);
      const own = allocateNative(65536);
      new Uint8Array(own).set([7, 8, 9]);
      nativeCopy(own, buffer)(100, 0, 3);
      postMessage("copied");
    };`;
  const buffer = allocateNativeShared(65536);
  const worker = new Worker(`data:application/typescript,${encodeURIComponent(source)}`, { type: "module" });
  try {
    const answer = new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = reject;
    });
    worker.postMessage(memoryOf(buffer));
    assertEquals(await answer, "copied");
    assertEquals([...new Uint8Array(buffer, 99, 5)], [0, 7, 8, 9, 0]);
  } finally {
    worker.terminate();
  }
});

Deno.test("native memory: adopted twice, it is the same buffer", () => {
  const buffer = allocateNativeShared(65536);
  assert(adoptNative(memoryOf(buffer)!) === buffer);
  assert(nativeCopy(buffer, allocateNative(65536)) !== null);
});
