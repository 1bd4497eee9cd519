const SHELL_TOOLS = new Set("exec_command shell shell_command local_shell container.exec unified_exec".split(" "));

/** A tool as people know it: `exec_command`, `apply_patch`, `mcp stub.echo`. Namespaces of built-in tools are dropped. */
export function toolName(name: string, namespace: string | null): string {
  if (namespace?.startsWith("mcp__") === true) return `mcp ${namespace.slice(5)}.${name}`;
  const qualified = /^(?:mcp__)?([\w-]+?)__(.+)$/.exec(name);
  return qualified === null ? name : `mcp ${qualified[1]}.${qualified[2]}`;
}

/** Tools that run a command line. */
export function isShellTool(tool: string): boolean {
  return SHELL_TOOLS.has(tool);
}
