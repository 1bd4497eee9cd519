import type { Event, EventType } from "../model/event.ts";
import type { Handled } from "../model/handled.ts";

/**
 * One step of the loop. It gathers (asks the world, calls store acts), decides (a pure function of facts), acts (through
 * `guard`, after `policy`) and reads back. Stages never call each other: they speak through events. `World` is the part
 * of the world the stage needs.
 */
export interface Stage<World> {
  /** Also the queue of its jobs. */
  readonly name: string;
  readonly wakesOn: readonly EventType[];
  handle(event: Event, world: World): Promise<Handled>;
}
