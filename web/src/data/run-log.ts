import { queryOptions, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { RunLog } from "../../../src/views/shapes/run.ts";
import { read } from "./request.ts";

/** The log's lines are no events, so it is asked for while a run goes on; each time only what came since. */
const AGAIN_MS = 1000;

export function useRunLog(id: string): UseQueryResult<RunLog> {
  return useQuery(runLogQuery(id));
}

function runLogQuery(id: string) {
  const queryKey = ["run_log", id] as const;
  return queryOptions<RunLog, Error, RunLog, typeof queryKey>({
    queryKey,
    queryFn: async ({ client, signal }) => {
      const known = client.getQueryData<RunLog>(queryKey) ?? { lines: [], after: 0, ended: false };
      const more = await read<RunLog>(`api/runs/${encodeURIComponent(id)}/log?after=${known.after}`, signal);
      return { ...more, lines: [...known.lines, ...more.lines] };
    },
    refetchInterval: ({ state }) => (state.data?.ended === true ? false : AGAIN_MS),
  });
}
