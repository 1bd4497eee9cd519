import type { Policy, Rule, RuleBody, When } from "../../model/policy.ts";

/** A policy in the words that its file is written in, nothing left out that holds. */
export function writePolicy({ version, staleMinutes, rules }: Policy): object {
  return { version, staleMinutes, rules: rules.map(written) };
}

function written({ id, at, when, does }: Rule): object {
  const conditions = conditionsOf(when);
  return { id, at, ...(Object.keys(conditions).length === 0 ? {} : { when: conditions }), ...bodyOf(does) };
}

function conditionsOf(when: When): object {
  return Object.fromEntries(Object.entries(when).filter(([, value]) => value !== null));
}

function bodyOf(does: RuleBody): object {
  switch (does.kind) {
    case "require":
      return {
        require: { ...(does.checks.length === 0 ? {} : { checks: does.checks }), ...approvalsOf(does) },
      };
    case "protect":
      return { protect: { paths: does.paths, ...approvalsOf(does) } };
    case "limit":
      return { limit: does.limits };
    case "freeze":
      return { deny: { windows: does.windows.map(({ text }) => text) } };
    case "commands":
      return { commands: { deny: does.deny, need: does.need, allow: does.allow } };
    case "domains":
      return { domains: { allow: does.allow } };
  }
}

function approvalsOf({ approvals }: Extract<RuleBody, { readonly kind: "require" | "protect" }>): object {
  if (approvals === null) return {};
  const { roles, ...wanted } = approvals;
  // Anybody: a list that names nobody is a mistake in a file.
  return { approvals: roles.length === 0 ? wanted : { ...wanted, roles } };
}
