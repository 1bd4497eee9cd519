import { microDollarsOf, type MicroDollars } from "../model/money.ts";
import { option, type FileKind, type Option } from "./option.ts";
import { dollars, wholeNumber } from "./value-type.ts";

/** The limits of runs, all of them always on. A project file arrives with a clone, so it can move none of them. */
export interface CapOptions {
  readonly "caps.attempt.minutes": Option<number>;
  readonly "caps.attempt.turns": Option<number>;
  readonly "caps.attempt.responses": Option<number>;
  readonly "caps.attempt.tool_calls": Option<number>;
  readonly "caps.attempt.tokens": Option<number>;
  readonly "caps.attempt.usd": Option<MicroDollars>;
  readonly "caps.task.sessions": Option<number>;
  readonly "caps.idea.tokens": Option<number>;
  readonly "caps.idea.usd": Option<MicroDollars>;
  readonly "caps.day.tokens": Option<number>;
  readonly "caps.day.usd": Option<MicroDollars>;
  readonly "caps.month.tokens": Option<number>;
  readonly "caps.month.usd": Option<MicroDollars>;
}

const USER_FILE: readonly FileKind[] = ["user"];

export const CAP_OPTIONS: CapOptions = {
  "caps.attempt.minutes": option({
    section: "Caps",
    description: "Wall-clock minutes of one attempt; time that it waits for a person does not count.",
    type: wholeNumber(1, 1440),
    default: 45,
    files: USER_FILE,
  }),
  "caps.attempt.turns": option({
    section: "Caps",
    description: "Turns of one attempt.",
    type: wholeNumber(1, 100),
    default: 8,
    files: USER_FILE,
  }),
  "caps.attempt.responses": option({
    section: "Caps",
    description: "Model responses of one attempt, sub-agents and compactions included.",
    type: wholeNumber(1, 100000),
    default: 200,
    files: USER_FILE,
  }),
  "caps.attempt.tool_calls": option({
    section: "Caps",
    description: "Tool calls of one attempt.",
    type: wholeNumber(1, 100000),
    default: 400,
    files: USER_FILE,
  }),
  "caps.attempt.tokens": option({
    section: "Caps",
    description: "Tokens of one attempt, input and output; they bind whether or not a price is known.",
    type: wholeNumber(1, 1_000_000_000),
    default: 2_000_000,
    files: USER_FILE,
  }),
  "caps.attempt.usd": option({
    section: "Caps",
    description: "US dollars of one attempt.",
    type: dollars(),
    default: microDollarsOf(3_000_000),
    shown: "3",
    files: USER_FILE,
  }),
  "caps.task.sessions": option({
    section: "Caps",
    description: "Attempts of one task that reach an agent, over its whole life.",
    type: wholeNumber(1, 1000),
    default: 3,
    files: USER_FILE,
  }),
  "caps.idea.tokens": option({
    section: "Caps",
    description: "Tokens of one idea over its whole life.",
    type: wholeNumber(1, 10_000_000_000),
    default: 6_000_000,
    files: USER_FILE,
  }),
  "caps.idea.usd": option({
    section: "Caps",
    description: "US dollars of one idea over its whole life.",
    type: dollars(),
    default: microDollarsOf(9_000_000),
    shown: "9",
    files: USER_FILE,
  }),
  "caps.day.tokens": option({
    section: "Caps",
    description: "Tokens of all attempts of one UTC day.",
    type: wholeNumber(1, 100_000_000_000),
    default: 50_000_000,
    files: USER_FILE,
  }),
  "caps.day.usd": option({
    section: "Caps",
    description: "US dollars of all attempts of one UTC day.",
    type: dollars(),
    default: microDollarsOf(40_000_000),
    shown: "40",
    files: USER_FILE,
  }),
  "caps.month.tokens": option({
    section: "Caps",
    description: "Tokens of all attempts of one UTC month.",
    type: wholeNumber(1, 1_000_000_000_000),
    default: 1_000_000_000,
    files: USER_FILE,
  }),
  "caps.month.usd": option({
    section: "Caps",
    description: "US dollars of all attempts of one UTC month.",
    type: dollars(),
    default: microDollarsOf(900_000_000),
    shown: "900",
    files: USER_FILE,
  }),
};
