import { isObject, stringAt } from "../../kit/json.ts";
import type { FileChange } from "../../model/trace.ts";
import { changesOfItem } from "../patch-changes.ts";

/** Files of a patch event: with their lines as the recorder writes them, or with the hashes our own writer has. */
export function changesOfSpine(changes: unknown): readonly FileChange[] {
  if (!isObject(changes)) return [];
  return Object.entries(changes).flatMap(([path, change]) =>
    changesOfItem({ [path]: change }).map((file) => ({
      ...file,
      removed: stringAt(change, "removed") ?? file.removed,
      added: stringAt(change, "added") ?? file.added,
    })),
  );
}
