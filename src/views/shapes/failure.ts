import type { Problem } from "../../model/problem.ts";

/** Every error, on the command line with `--json` and over HTTP. */
export interface FailureBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint: string;
    readonly retry: "never" | "later" | "now";
    readonly cause: string;
    /** Everything that is wrong with a file, where one was refused. */
    readonly problems?: readonly Problem[];
  };
}
