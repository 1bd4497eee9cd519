import { isObject, stringAt } from "../../kit/json.ts";
import { changesOfItem } from "../patch-changes.ts";
import type { RawChange } from "../record.ts";

/** Files of a patch event: with their lines as the recorder writes them, or with the hashes our own writer has. */
export function changesOfSpine(changes: unknown): readonly RawChange[] {
  if (!isObject(changes)) return [];
  return Object.entries(changes).flatMap(([path, change]) =>
    changesOfItem({ [path]: change }).map((file) => ({
      ...file,
      removed: stringAt(change, "removed") ?? file.removed,
      added: stringAt(change, "added") ?? file.added,
    })),
  );
}
