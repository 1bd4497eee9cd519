/** One process of several that want the same cap: tries its attempts all at once and says how many it got. */
import { idOf } from "../../../src/model/ids.ts";
import { openAttempt } from "../../contracts/money-fixture.ts";
import { openShared, type Shared } from "../jobs/open-shared.ts";

export interface RaceOrder {
  readonly shared: Shared;
  readonly name: string;
  readonly attempts: number;
  /** Tokens that all processes together may reserve for the day; an attempt wants 1,000. */
  readonly dayTokens: number;
}

const order = JSON.parse(process.argv[2] ?? "{}") as RaceOrder;
await using store = await openShared(order.shared);
const limits = { dayTokens: order.dayTokens, ideaTokens: null, ideaMicroDollars: null, dayMicroDollars: null };
const answers = await Promise.all(
  Array.from({ length: order.attempts }, (_, number) => {
    const id = idOf.attempt(`${order.name}-${number}`);
    return store.write({ actor: "race" }, (tx) => openAttempt(tx, id, { task: id, limits }));
  }),
);
console.log(answers.filter(({ kind }) => kind === "reserved").length);
