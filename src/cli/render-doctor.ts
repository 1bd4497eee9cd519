import type { stringify } from "yaml";
import type { DoctorCheck } from "../world/doctor-check.ts";
import type { Output } from "./output.ts";
import { visible } from "./visible.ts";

/** `write` writes YAML: the form in which people wrote what is shown. */
export function renderDoctor(
  checks: readonly DoctorCheck[],
  { output, write }: { readonly output: Output; readonly write: typeof stringify },
): string {
  return checks.map((check) => [headOf(check, output), ...behind(check, write)].join("\n")).join("\n");
}

function headOf({ check, ok, required, found }: DoctorCheck, output: Output): string {
  const mark = required ? output.style("red", "FIX ") : output.style("yellow", "note");
  return `${ok ? output.style("green", "ok  ") : mark}  ${check}: ${visible(found)}`;
}

function behind({ fix, effective }: DoctorCheck, write: typeof stringify): readonly string[] {
  const yaml =
    effective === undefined ? "" : write(effective, { aliasDuplicateObjects: false, lineWidth: 0 }).trimEnd();
  const lines = yaml === "" ? [] : yaml.split("\n").map(visibleLine);
  return [...(fix === null ? [] : [visible(fix)]), ...lines].map((line) => `      ${line}`);
}

/** Foreign text made harmless, its place within the line kept. */
function visibleLine(line: string): string {
  return `${/^ */.exec(line)?.[0] ?? ""}${visible(line)}`;
}
