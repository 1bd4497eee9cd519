import type { ReferencePage } from "../../src/config/config-reference.ts";
import { EXIT_MEANINGS, failuresOf } from "../../src/model/exit-meaning.ts";

/** Every exit code with its meaning and the failure codes behind it. */
export function exitCodePages(): readonly ReferencePage[] {
  const rows = EXIT_MEANINGS.map(({ exit, meaning }) => {
    const codes = failuresOf(exit).map((code) => `\`${code}\``);
    return `| ${exit} | ${meaning} | ${codes.join(", ")} |`;
  });
  const text = [
    "# Exit codes",
    "",
    'With `--json` an error is also one JSON document on stdout, `{"error": {code, message, hint, retry}}`; `code` is one of the codes on the right.',
    "",
    "| exit | meaning | codes |",
    "|---|---|---|",
    ...rows,
    "",
  ];
  return [{ path: "docs/reference/exit-codes.md", text: text.join("\n") }];
}
