/** How the texts begin that Codex puts before the conversation in the person's name. */
const OPENINGS = [
  "<environment_context>",
  "<user_instructions>",
  "<turn_aborted>",
  "<skill>",
  "<user_shell_command>",
  "<permissions instructions>",
  "# AGENTS.md instructions",
  "Warning: apply_patch was requested via ",
];

/** Text in the person's name that no person wrote. */
export function isBoilerplate(text: string): boolean {
  const start = text.trimStart();
  return OPENINGS.some((opening) => start.startsWith(opening));
}
