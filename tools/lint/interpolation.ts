import type { LintRule } from "./lint-rule.ts";

/** Migrations run text of our own, never of others. */
const RUNS_OWN_SQL = /^src\/(store\/migrate|adapters\/[^/]+)\/([a-z-]+-)?migration\.ts$|^(test|tools)\//;
const SQL_AS_TEXT = new Set(["raw", "lit"]);

/** Nothing is interpolated into SQL or a shell: values are bound, arguments are arrays. */
export const interpolation: LintRule = {
  meta: {
    type: "problem",
    docs: { description: "Values are bound to SQL and passed to programs, never pasted into text" },
  },
  create(context) {
    const path = context.filename.slice(context.cwd.length + 1);
    return {
      MemberExpression(node) {
        const { object, property } = node;
        if (object.type !== "Identifier" || object.name !== "sql" || property.type !== "Identifier") return;
        if (!SQL_AS_TEXT.has(property.name) || RUNS_OWN_SQL.test(path)) return;
        context.report({
          node,
          message: `sql.${property.name} pastes text into SQL: bind it with \${…} or name it with sql.ref.`,
        });
      },
      Property(node) {
        const isShell = node.key.type === "Identifier" && node.key.name === "shell";
        if (!isShell || node.value.type !== "Literal" || node.value.value === false) return;
        context.report({
          node,
          message: "shell: true pastes arguments into a command line: pass an array of arguments.",
        });
      },
    };
  },
};
