/** Items of one run; more would hold the store for longer than others like to wait. */
const MOST = 50;

interface Waiting<Item, Done> {
  readonly item: Item;
  readonly resolve: (done: Done) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs one item at once, and everything that comes while it runs together afterwards: what two hundred streams want of the
 * store costs a few commits, not two hundred. `run` answers item by item, in order; when it fails, all of its items do.
 */
export function grouped<Item, Done>(
  run: (items: readonly Item[]) => Promise<readonly Done[]>,
): (item: Item) => Promise<Done> {
  const waiting: Waiting<Item, Done>[] = [];
  let runs = false;
  const work = async (): Promise<void> => {
    runs = true;
    while (waiting.length > 0) await runAll(waiting.splice(0, MOST), run);
    runs = false;
  };
  return (item) => {
    const { promise, resolve, reject } = Promise.withResolvers<Done>();
    waiting.push({ item, resolve, reject });
    if (!runs) void work();
    return promise;
  };
}

async function runAll<Item, Done>(
  batch: readonly Waiting<Item, Done>[],
  run: (items: readonly Item[]) => Promise<readonly Done[]>,
): Promise<void> {
  try {
    const done = await run(batch.map(({ item }) => item));
    for (const [at, { resolve, reject }] of batch.entries()) {
      const mine = done[at];
      if (mine === undefined) reject(new Error("a run left one of its items without an answer"));
      else resolve(mine);
    }
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
