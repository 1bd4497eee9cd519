import type { Check, Room } from "./facts.ts";

export const noRoom: Check = ({ room, openAttempt }) => {
  if (openAttempt !== null) return [];
  const full = ({ open, limit }: Room): boolean => open.length >= limit;
  return [
    ...(full(room.repository)
      ? [
          {
            reason: "repository_full" as const,
            since: null,
            liftedBy: leaving("the profile's max_parallel is", room.repository),
          },
        ]
      : []),
    ...(full(room.all)
      ? [{ reason: "parallel_full" as const, since: null, liftedBy: leaving("max_parallel is", room.all) }]
      : []),
  ];
};

/** Who makes room by ending, and what ends it. */
function leaving(what: string, { open, limit }: Room): string {
  const [oldest] = open;
  if (oldest === undefined) return `raising it (${what} ${limit})`;
  const who = open.length === 1 ? `run ${oldest}` : `run ${oldest} or another of ${open.length}`;
  return `the end of ${who} (${what} ${limit}), or codex-loop run cancel ${oldest}`;
}

export const headUnknown: Check = ({ head, idea }) =>
  head === null
    ? [
        {
          reason: "head_unknown",
          since: null,
          liftedBy: `a readable repository and target branch at ${idea.repository}`,
        },
      ]
    : [];

export const surroundings: Check = ({ surroundings: { sandbox, agent, key } }) => [
  ...(sandbox.ready ? [] : [{ reason: "sandbox_missing" as const, since: null, liftedBy: sandbox.fix }]),
  ...(agent.ready ? [] : [{ reason: "agent_missing" as const, since: null, liftedBy: agent.fix }]),
  ...(key.ready ? [] : [{ reason: "key_missing" as const, since: null, liftedBy: key.fix }]),
];
