import type { Control } from "../model/control.ts";
import type { Held } from "../store/controls/hold-work.ts";
import type { ControlRow, HoldRow } from "./shapes/control.ts";

export function controlRow({ scope, word, reason, at }: Control): ControlRow {
  return { scope, word, reason, since: at };
}

export function holdRow({ control, stopping, ended }: Held): HoldRow {
  return { ...controlRow(control), stopping, ended };
}
