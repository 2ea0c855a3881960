/**
 * `bullmq`, a job queue whose every step is a Lua script: ten thousand jobs with delays, retries, priorities, a rate limit, and
 * parents that wait for their children. None is lost, none runs more often than its retries allow, and all come in order.
 *
 * `REDENO_SERVER=redis-server` runs it against the C server, which tells what is right.
 *
 * @module
 */
import { FlowProducer, type Job, type JobsOptions, Queue, QueueEvents, Worker, type WorkerOptions } from "bullmq";
import { Redis } from "ioredis";
import { assert, assertEquals } from "../support/assert.ts";
import { verifyHeap } from "../support/heap_check.ts";
import { startRedeno } from "../support/redeno.ts";

const MIXED_COUNT = 8000;
const RANKED_COUNT = 1000;
const LIMITED_COUNT = 300;
const FAMILY_COUNT = 100;
/** Of each family, without the parent. */
const CHILDREN_COUNT = 6;
const BATCH_JOBS = 1000;
/** Far more than it takes; where a job is lost, nothing else would end the wait. */
const WAIT_MS_MAX = 60_000;
const LATE_MS_MAX = 50;

/** What is wrong, if anything, is collected: what a job throws would be its failure. */
type Problems = string[];

/** A queue and those who work on it, and what became of its jobs. */
class Workshop implements AsyncDisposable {
  readonly queue: Queue;
  readonly runs = new Map<string, number>();
  readonly completed: string[] = [];
  readonly failed: string[] = [];
  readonly problems: Problems = [];
  readonly #workers: Worker[];
  #onSettled = () => {};

  constructor(
    redis: Redis,
    name: string,
    work: (job: Job, problems: Problems) => unknown,
    { workers = 1, ...options }: Partial<WorkerOptions> & { workers?: number } = {},
  ) {
    this.queue = new Queue(name, { connection: redis });
    this.queue.on("error", ({ message }) => this.problems.push(message));
    const run = (job: Job) => {
      this.runs.set(job.id!, (this.runs.get(job.id!) ?? 0) + 1);
      return Promise.resolve(work(job, this.problems));
    };
    const settings = { connection: redis, stalledInterval: 500, autorun: false, ...options };
    this.#workers = Array.from({ length: workers }, () => this.#watch(new Worker(name, run, settings)));
  }

  #watch(worker: Worker): Worker {
    const settle = (list: string[], job: Job) => {
      list.push(job.id!);
      this.#onSettled();
    };
    worker.on("completed", (job) => settle(this.completed, job));
    worker.on("failed", (job) => {
      if (job!.attemptsMade >= (job!.opts.attempts ?? 1)) settle(this.failed, job!);
    });
    worker.on("stalled", (id) => this.problems.push(`${id} stalled`));
    worker.on("lockRenewalFailed", (ids) => this.problems.push(`${ids} lost their locks`));
    worker.on("error", ({ message }) => this.problems.push(message));
    return worker;
  }

  /** Adds jobs, of which each has its number as data. */
  async add(count: number, optionsOf: (i: number) => JobsOptions): Promise<void> {
    for (let from = 0; from < count; from += BATCH_JOBS) {
      const size = Math.min(BATCH_JOBS, count - from);
      const batch = Array.from({ length: size }, (_, k) => from + k);
      await this.queue.addBulk(
        batch.map((i) => ({ name: "job", data: i, opts: { jobId: `job-${i}`, ...optionsOf(i) } })),
      );
    }
  }

  /** Lets the workers begin. */
  begin(): void {
    for (const worker of this.#workers) worker.run();
  }

  /** Resolves when so many jobs have completed or failed for good. */
  async settled(count: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#onSettled = () => {
      if (this.completed.length + this.failed.length >= count) resolve();
    };
    this.#onSettled();
    const timer = setTimeout(() => reject(new Error(`${this}, of ${count}`)), WAIT_MS_MAX);
    await promise.finally(() => clearTimeout(timer));
  }

  toString(): string {
    return `${this.queue.name}: ${this.completed.length} completed, ${this.failed.length} failed`;
  }

  /** Checks that nothing went wrong and nothing is left to do. */
  async check(counts: { completed: number; failed: number }): Promise<void> {
    assertEquals(this.problems, []);
    const idle = { active: 0, delayed: 0, prioritized: 0, waiting: 0, "waiting-children": 0 };
    assertEquals(await this.queue.getJobCounts(), { ...idle, ...counts });
    assertEquals([this.completed.length, this.failed.length], [counts.completed, counts.failed]);
    assertEquals(new Set([...this.completed, ...this.failed]).size, counts.completed + counts.failed);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
    await this.queue.obliterate({ force: true });
    await this.queue.close();
  }
}

/** How often a job of the mixed ones fails before it succeeds; some never do. */
function failuresOf(i: number): number {
  return i % 7 !== 0 ? 0 : i % 91 === 0 ? Infinity : 1 + i % 2;
}

const MIXED_ATTEMPTS = 3;

function mixedOptions(i: number): JobsOptions {
  return {
    delay: i % 10 === 3 ? i * 37 % 2000 : 0,
    attempts: MIXED_ATTEMPTS,
    backoff: i % 2 === 0 ? { type: "exponential", delay: 20 } : { type: "fixed", delay: 30 },
    priority: i % 4,
  };
}

/** Delays, retries after a while, and priorities, taken by two workers at once. */
async function mixed(redis: Redis): Promise<void> {
  await using shop = new Workshop(redis, "mixed", ({ data, attemptsMade, timestamp, opts: { delay } }, problems) => {
    if (Date.now() < timestamp + delay!) problems.push(`${data} runs before its time`);
    if (attemptsMade < failuresOf(data)) throw new Error(`failure ${attemptsMade + 1}`);
    return data * 2;
  }, { workers: 2, concurrency: 50 });
  shop.begin();
  await shop.add(MIXED_COUNT, mixedOptions);
  await shop.settled(MIXED_COUNT);
  const numbers = Array.from({ length: MIXED_COUNT }, (_, i) => i);
  const hopeless = numbers.filter((i) => failuresOf(i) >= MIXED_ATTEMPTS);
  await shop.check({ completed: MIXED_COUNT - hopeless.length, failed: hopeless.length });
  for (const i of numbers) {
    assertEquals(shop.runs.get(`job-${i}`), Math.min(failuresOf(i) + 1, MIXED_ATTEMPTS), `runs of job ${i}`);
  }
  const [first, last] = [await shop.queue.getJob("job-14"), await shop.queue.getJob(`job-${hopeless.at(-1)}`)];
  assertEquals([first!.returnvalue, first!.attemptsMade], [28, 2]);
  assertEquals([last!.failedReason, last!.stacktrace!.length], ["failure 3", MIXED_ATTEMPTS]);

  await shop.queue.clean(0, 0, "completed");
  assertEquals(await shop.queue.getJobCountByTypes("completed", "failed"), hopeless.length);
}

/** One worker, one job at a time: by priority, and among equals in the order in which they were added. */
async function ranked(redis: Redis): Promise<void> {
  const order: number[] = [];
  await using shop = new Workshop(redis, "ranked", ({ data }) => void order.push(data));
  const priorityOf = (i: number) => i * 7919 % 10;
  await shop.queue.pause();
  await shop.add(RANKED_COUNT, (i) => ({ priority: priorityOf(i) }));
  shop.begin();
  assertEquals(await shop.queue.getCountsPerPriority([1, 2]), { 1: RANKED_COUNT / 10, 2: RANKED_COUNT / 10 });
  await shop.queue.resume();
  await shop.settled(RANKED_COUNT);
  await shop.check({ completed: RANKED_COUNT, failed: 0 });
  const rank = (i: number) => priorityOf(i) * RANKED_COUNT + i;
  assertEquals(order, order.toSorted((a, b) => rank(a) - rank(b)));
}

/** No more than so many in each span of time. */
async function limited(redis: Redis): Promise<void> {
  const limiter = { max: 50, duration: 300 };
  await using shop = new Workshop(redis, "limited", ({ data }) => data, { limiter, concurrency: 20 });
  await shop.add(LIMITED_COUNT, () => ({}));
  shop.begin();
  await shop.settled(LIMITED_COUNT);
  await shop.check({ completed: LIMITED_COUNT, failed: 0 });
  const begins = (await shop.queue.getCompleted()).map(({ processedOn }) => processedOn!).sort((a, b) => a - b);
  // Each span begins with its first job; the times are the client's, who may have been late.
  const leastMs = (LIMITED_COUNT / limiter.max - 1) * limiter.duration - LATE_MS_MAX;
  const tookMs = begins.at(-1)! - begins[0];
  assert(tookMs >= leastMs, `${LIMITED_COUNT} jobs in ${tookMs} ms`);
}

/** Parents run after their children, and get what those returned. */
async function families(redis: Redis): Promise<void> {
  const done = new Set<string>();
  const childIds = (family: number) => Array.from({ length: CHILDREN_COUNT }, (_, i) => `child-${family}-${i}`);
  await using children = new Workshop(redis, "children", async (job) => {
    if (job.data % 10 === 0 && job.attemptsMade === 0) throw new Error("not at once");
    const own: number[] = Object.values(await job.getChildrenValues());
    done.add(job.id!);
    return own.reduce((sum, value) => sum + value, 1);
  }, { concurrency: 10 });
  await using parents = new Workshop(redis, "parents", async (job, problems) => {
    const missing = childIds(job.data).filter((id) => !done.has(id));
    if (missing.length > 0) problems.push(`parent ${job.data} before ${missing}`);
    const values: number[] = Object.values(await job.getChildrenValues());
    return values.reduce((sum, value) => sum + value, 0);
  }, { concurrency: 10 });
  const events = new QueueEvents("parents", { connection: redis });
  events.setMaxListeners(0);
  await events.waitUntilReady();
  children.begin();
  parents.begin();
  const producer = new FlowProducer({ connection: redis });
  producer.setMaxListeners(0);
  const child = (family: number, i: number) => ({
    name: "child",
    queueName: "children",
    data: family,
    opts: { jobId: `child-${family}-${i}`, attempts: 2, backoff: 10 },
  });
  // Two of the children are children of the first one.
  const trees = await producer.addBulk(Array.from({ length: FAMILY_COUNT }, (_, family) => ({
    name: "parent",
    queueName: "parents",
    data: family,
    opts: { jobId: `parent-${family}` },
    children: [
      { ...child(family, 0), children: [4, 5].map((i) => child(family, i)) },
      ...[1, 2, 3].map((i) => child(family, i)),
    ],
  })));
  const sums = await Promise.all(trees.map(({ job }) => job.waitUntilFinished(events, WAIT_MS_MAX)));
  assertEquals(sums, sums.map(() => CHILDREN_COUNT));
  await Promise.all([parents.settled(FAMILY_COUNT), children.settled(FAMILY_COUNT * CHILDREN_COUNT)]);
  await parents.check({ completed: FAMILY_COUNT, failed: 0 });
  await children.check({ completed: FAMILY_COUNT * CHILDREN_COUNT, failed: 0 });
  for (const [id, runs] of children.runs) {
    assertEquals(runs, Number(id.split("-")[1]) % 10 === 0 ? 2 : 1, `runs of ${id}`);
  }
  await events.close();
  await producer.close();
}

/** A job that comes again and again, until it has come five times. */
async function scheduled(redis: Redis): Promise<void> {
  await using shop = new Workshop(redis, "scheduled", ({ name }) => name);
  shop.begin();
  await shop.queue.upsertJobScheduler("beat", { every: 20, limit: 5 }, { name: "beat" });
  await shop.settled(5);
  await shop.check({ completed: 5, failed: 0 });
}

// Under Deno 2.4 a timer of the client's own outlives its connection.
Deno.test("clients: bullmq", { sanitizeOps: false, sanitizeResources: false }, async (t) => {
  await using server = await startRedeno();
  const redis = new Redis({ port: server.port, host: "127.0.0.1", maxRetriesPerRequest: null });
  await t.step("delays, retries and priorities", () => mixed(redis));
  await t.step("order of priorities", () => ranked(redis));
  await t.step("rate limit", () => limited(redis));
  await t.step("parents and children", () => families(redis));
  await t.step("schedules", () => scheduled(redis));
  await t.step("nothing is left", async () => assertEquals(await redis.keys("*"), []));
  const ended = new Promise<void>((resolve) => redis.once("end", resolve));
  redis.disconnect();
  await ended;
  await t.step("the heap verifies", () => verifyHeap(server));
});
