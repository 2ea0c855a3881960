/**
 * How many nodes a radix tree over the ids of a stream's nodes has, for `XINFO STREAM`: a C server keeps its stream in such a
 * tree. Here they stand in a B+ tree, so it is counted when somebody asks.
 *
 * A tree over ids of one length consists of a leaf for each id, a branch for each prefix after which ids differ, and one node
 * for the bytes between two of these, where there are any beside the one that the branch chose by. Ids come in order, so
 * those branches that may still get a further id lie on one path, whose depths are kept.
 *
 * @module
 */
import { ID_BYTES, type Stream, StreamId } from "../../server/api/mod.ts";

/** Number of nodes of the radix tree. */
export function radixNodeCount(stream: Stream): number {
  if (stream.nodeCount === 0) return 1;
  const path: number[] = [];
  const previous = new StreamId();
  let isFirst = true;
  let nodes = 0;
  /** Leaves branches that are deeper than `depth`, from the last leaf upwards; the depth of what is now the lowest. */
  const leave = (depth: number): number => {
    let lowest = ID_BYTES;
    for (; path.length > 0 && path.at(-1)! > depth; lowest = path.pop()!) nodes += chainNodes(lowest, path.at(-1)!);
    return lowest;
  };
  stream.forEachNode((id) => {
    nodes++;
    if (!isFirst) {
      const shared = sharedBytes(previous, id);
      const lowest = leave(shared);
      if (path.at(-1) !== shared) {
        path.push(shared);
        nodes++;
      }
      nodes += chainNodes(lowest, shared);
    }
    isFirst = false;
    previous.set(id);
  });
  const top = leave(-1);
  return nodes + (top > 0 ? 1 : 0);
}

/** Nodes between a branch and what is below it. */
function chainNodes(below: number, branch: number): number {
  return below - branch > 1 ? 1 : 0;
}

/** How many bytes two ids begin with alike. */
function sharedBytes(a: StreamId, b: StreamId): number {
  const differences = [a.msHigh ^ b.msHigh, a.msLow ^ b.msLow, a.seqHigh ^ b.seqHigh, a.seqLow ^ b.seqLow];
  const word = differences.findIndex((difference) => difference !== 0);
  return word * 4 + (Math.clz32(differences[word]) >>> 3);
}
