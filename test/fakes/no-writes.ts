import type { Writes } from "../../src/server/api.ts";

const notAsked = (): Promise<never> => Promise.reject(new Error("not asked"));

/** The writes of a server whose test reads only: any of them fails it. */
export const NO_WRITES: Writes = {
  ingest: notAsked,
  grant: notAsked,
  deny: notAsked,
  cancelRun: notAsked,
  pauseIdea: notAsked,
  resumeIdea: notAsked,
  cancelIdea: notAsked,
  approveIdea: notAsked,
};
