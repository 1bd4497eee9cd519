import type { AttemptId } from "../../model/ids.ts";

/** Files that one attempt may bring at once; an honest runner brings one after the other. */
const MOST_AT_ONCE = 4;

/** Counts the files on their way, for each attempt. */
export class Uploads {
  readonly #going: Map<AttemptId, number> = new Map();

  /** `null`: there are as many as may be. Disposing says that it is over. */
  begin(id: AttemptId): Disposable | null {
    const going = this.#going.get(id) ?? 0;
    if (going >= MOST_AT_ONCE) return null;
    this.#going.set(id, going + 1);
    return { [Symbol.dispose]: () => this.#end(id) };
  }

  #end(id: AttemptId): void {
    const left = (this.#going.get(id) ?? 1) - 1;
    if (left > 0) this.#going.set(id, left);
    else this.#going.delete(id);
  }
}
