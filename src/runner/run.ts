import type { Launch } from "../model/launch.ts";
import type { Progress } from "../ports/host.ts";
import type { Sandbox } from "../ports/sandbox.ts";
import { CapsWatch } from "./caps-watch.ts";
import { Course } from "./course.ts";
import { foldersOf, type Folders } from "./folders.ts";
import { LiveLog } from "./live-log.ts";
import { Programs } from "./programs.ts";
import type { RunnerWorld } from "./runner-world.ts";

/** One attempt at work: what its steps share. */
export interface Run {
  readonly world: RunnerWorld;
  readonly launch: Launch;
  readonly folders: Folders;
  readonly course: Course;
  readonly sandbox: Sandbox;
  readonly programs: Programs;
  readonly log: LiveLog;
  readonly caps: CapsWatch;
  readonly now: RunNow;
}

/** What changes while it goes on. */
export interface RunNow {
  phase: Progress["phase"];
  sessionId: string | null;
  rolloutPath: string | null;
}

export function openRun(world: RunnerWorld, launch: Launch): Run {
  const course = new Course();
  const sandbox = world.sandboxOf(launch);
  return {
    world,
    launch,
    folders: foldersOf(launch.folder),
    course,
    sandbox,
    programs: new Programs(sandbox),
    log: new LiveLog(world.host, world.clock),
    caps: new CapsWatch(launch.order.caps, world.clock, (ending) => course.endNow(ending)),
    now: { phase: "preparing", sessionId: null, rolloutPath: null },
  };
}

export function progressOf({ caps, now }: Run): Progress {
  return { phase: now.phase, turns: caps.turns, toolCalls: caps.toolCalls, sessionId: now.sessionId };
}
