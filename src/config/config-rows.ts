import type { LoadedConfig, Origin } from "./load-config.ts";
import type { OptionValue } from "./option.ts";
import { OPTION_NAMES, OPTIONS } from "./options.ts";

/** One line of `config show`; a secret's value is only ever `set` or `not set`. */
export interface ConfigRow {
  readonly name: string;
  readonly value: OptionValue;
  readonly secret: boolean;
  /** `default`, `flag --store`, `environment CODEX_HOME`, `user file /home/me/.codex-loop/config.yaml:3:1`. */
  readonly origin: string;
}

/** Every setting in the order of the table, with its value and what set it. */
export function configRows(loaded: LoadedConfig): readonly ConfigRow[] {
  const plain = new Map<string, OptionValue>(Object.entries(loaded.settings));
  const hidden = new Map<string, unknown>(Object.entries(loaded.secrets));
  return OPTION_NAMES.map((name) => {
    const secret = OPTIONS[name].kind === "secret";
    const value = secret ? (hidden.get(name) === null ? "not set" : "set") : (plain.get(name) ?? null);
    return { name, value, secret, origin: originText(loaded.origins[name]) };
  });
}

function originText(origin: Origin): string {
  if (origin.kind === "default") return "default";
  return origin.kind === "file" ? `${origin.file} file ${origin.at}` : `${origin.kind} ${origin.name}`;
}
