import { CHANGE_GATES, type Policy, type Rule } from "../../model/policy.ts";

const ANY = { paths: null, labelsAny: null, actor: null };

/** Rules that hold in every repository, whatever its policy says: nobody writes the rules that judge them. */
export const BUILT_IN_RULES: readonly Rule[] = [
  {
    id: "built-in/rules-of-the-house",
    at: CHANGE_GATES,
    when: ANY,
    does: { kind: "protect", paths: [".codex-loop/**"], approvals: null },
  },
];

/** What a repository without a policy has: paths through which a change reaches further than it seems need a person. */
export const DEFAULT_POLICY: Policy = {
  version: 1,
  staleMinutes: 1440,
  rules: [
    {
      id: "sensitive-paths",
      at: CHANGE_GATES,
      when: ANY,
      does: {
        kind: "protect",
        paths: [
          "**/infra/**",
          ".github/**",
          "**/secrets/**",
          "**/Dockerfile*",
          "**/terraform/**",
          "**/k8s/**",
          "**/.env*",
          "**/AGENTS.md",
        ],
        approvals: { count: 1, roles: [], notAuthor: true, onHead: true },
      },
    },
  ],
};

/** The rules as they are judged. */
export function effectivePolicy(policy: Policy): Policy {
  return { ...policy, rules: [...BUILT_IN_RULES, ...policy.rules] };
}

/**
 * Globs that no agent may change, whoever says yes: for orders, so that an attempt learns of them before it has spent
 * anything. A rule with `!` in it is left to the gate: in one list with others it would take from them as well.
 */
export function protectedPaths(policy: Policy): readonly string[] {
  return effectivePolicy(policy).rules.flatMap(({ does, when }) => {
    const isPlain = when.labelsAny === null && does.kind === "protect" && does.approvals === null;
    return isPlain && !does.paths.some((glob) => glob.startsWith("!")) ? does.paths : [];
  });
}
