import { aTrace, type TraceBuilder } from "../session-trace.ts";
import type { CasesByCategory } from "./cases.ts";

/** What people said. */
export const WORD_CASES: CasesByCategory = {
  repeated_rephrasing: {
    has: {
      "three ways to say it": aTrace()
        .user("Make the login page load faster.")
        .agent("Done.")
        .turn()
        .user("The login page should load faster, make it so.")
        .turn()
        .user("Please make the login page load much faster."),
    },
    not: {
      two: aTrace().user("Make the login page load faster.").turn().user("Please make the login page load faster."),
      "go on, go on, go on": aTrace().user("go on").turn().user("go on").turn().user("go on"),
      "three requests": aTrace()
        .user("Make the login page fast.")
        .turn()
        .user("Write a test for the parser.")
        .turn()
        .user("Now update the readme file."),
      "another agent repeats itself": subAgent([
        "count the files here",
        "count the files here",
        "count the files here",
      ]),
    },
  },
  escalation_tone: {
    has: {
      "a phrase": follow("No, that is wrong. Run the test this time!"),
      "told already": follow("NO!! Stop trying to delete things, I told you already. This is useless."),
      marks: follow("why did you do this???"),
      capitals: follow("DO NOT TOUCH THE DATABASE again"),
      "an opening in rage": aTrace().user("THIS IS THE LAST TIME I ASK!!! Fix it"),
    },
    not: {
      "an opening with one mark": aTrace().user("Users complain: it is useless. Fix add()."),
      calm: follow("Try another way."),
      acronyms: follow("Use the HTTP API with JSON and return the URL as text please"),
      "a pasted log": follow("It prints\n```\nFATAL ERROR!!! THIS IS BROKEN AND USELESS\n```"),
      "a quoted log line": follow("I see\nERROR: WHAT THE HELL IS THIS???\nin the output"),
      "a quotation": follow('The button says "THIS IS USELESS!!!" in the design, keep it'),
      "the agent": aTrace().user("x").agent("This is useless!!!"),
      "another agent": subAgent(["Count.", "This is useless!!!"]),
    },
  },
  positive_feedback: {
    has: {
      "thanks and praise": follow("Thanks, great job."),
      "short thanks": follow("Thank you!"),
      works: follow("That works perfectly, now add a test"),
      "first message of a fork": fork("Great work so far, now the other half"),
    },
    not: {
      "a closing formula": follow("Add a flag for verbose output to the command line tool, thanks"),
      opening: aTrace().user("Thanks, great job."),
      negated: follow("That is not a good solution"),
      "wished for": follow("It would be a nice solution to cache this"),
      irony: follow("Great job, you broke it again!!!"),
      "in code": follow("Print `great job` at the end"),
    },
  },
  revert_in_message: {
    has: {
      "undo that": follow("Undo that please"),
      revert: follow("please revert."),
      "go back": follow("go back to the first version"),
      "remove that": follow("remove that"),
      cancel: follow("Cancel."),
    },
    not: {
      "a feature": follow("Add an undo button and a cancel handler"),
      opening: aTrace().user("Revert the last commit"),
      "in code": follow("Run `git revert` on a copy"),
    },
  },
};

function follow(text: string): TraceBuilder {
  return aTrace().user("Fix add().").agent("Done.").turn().user(text);
}

function fork(text: string): TraceBuilder {
  return aTrace("thread-1", { fork: "thread-0" }).user(text);
}

function subAgent(texts: readonly string[]): TraceBuilder {
  return texts.reduce((trace, text) => trace.user(text).turn(), aTrace("thread-1", { parent: "thread-0" }));
}
