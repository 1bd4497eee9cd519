import { hashParts } from "../../kit/hash.ts";
import type { ControlScope, ControlWord } from "../../model/control.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";

/** The fact that a control was set or, with `null`, lifted. A repository goes in as a hash: its path is free text. */
export async function tellControl(tx: Tx, scope: ControlScope, word: ControlWord | null): Promise<void> {
  const [kind = "", ...rest] = scope.split("/");
  const name = rest.join("/");
  const over =
    kind === "repository" ? { repository: hashParts(name).slice(0, 16) } : kind === "idea" ? { idea: name } : {};
  await appendEvent(tx, { type: "control.changed", key: "controls", payload: { scope: kind, word, ...over } });
}
