import { interpolation } from "./interpolation.ts";
import type { LintRule } from "./lint-rule.ts";
import { outside } from "./outside.ts";

/** Our own rules as an oxlint plugin: `house/<name>`. */
const plugin: { readonly meta: { readonly name: string }; readonly rules: Readonly<Record<string, LintRule>> } = {
  meta: { name: "house" },
  rules: { interpolation, outside },
};
// oxlint loads a plugin by its default export; the only one in the project besides vitest.config.ts.
export default plugin;
