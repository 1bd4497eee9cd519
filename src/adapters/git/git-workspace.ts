import type { Workspace } from "../../ports/workspace.ts";
import { bundle } from "./bundle.ts";
import { clone } from "./clone.ts";
import { commit } from "./commit.ts";
import { added, diff } from "./diff.ts";
import { leaveOut } from "./leave-out.ts";
import { LOOK } from "./look.ts";
import { ownRecords } from "./own-records.ts";
import { gitOf } from "./run-git.ts";

/** Private clones by the git of `searchPath`, a `PATH`. Beside each clone `FOLDER` stand our records, `FOLDER.git`. */
export function gitWorkspace(searchPath: string): Workspace {
  const git = gitOf(searchPath);
  return {
    clone: (wish) => clone(git, wish),
    cloneCommit: (folder, { commit: base, into }) => clone(git, { repository: ownRecords(folder), base, folder: into }),
    leaveOut,
    look: LOOK,
    commit: (folder, wish) => commit(git, folder, wish),
    diff: (folder, range) => diff(git, folder, range),
    added: (folder, range) => added(git, ownRecords(folder), range),
    bundle: (folder, wish) => bundle(git, folder, wish),
  };
}
