import { ATTEMPT_MARK } from "../../model/launch.ts";
import { type CodexFolders, TOKEN_VARIABLE } from "./codex-home.ts";

/** All that Codex gets from around it. What is not named here does not reach it. */
export function agentEnvironment(
  folders: CodexFolders,
  given: { readonly path: string; readonly attempt: string; readonly token: string },
): Readonly<Record<string, string>> {
  return {
    PATH: given.path,
    HOME: folders.userHome,
    TMPDIR: folders.temp,
    LANG: "C.UTF-8",
    CODEX_HOME: folders.codexHome,
    [ATTEMPT_MARK]: given.attempt,
    [TOKEN_VARIABLE]: given.token,
  };
}
