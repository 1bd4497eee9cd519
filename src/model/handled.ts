import type { Failure } from "./failure.ts";
import type { Instant } from "./time.ts";

/** How a stage leaves an event: finished with it, wants it again at a time, or failed in a way whose `retry` is obeyed. */
export type Handled =
  | { readonly kind: "done" }
  | { readonly kind: "again"; readonly at: Instant }
  | { readonly kind: "failure"; readonly failure: Failure };
