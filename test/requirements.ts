/** What this system promises, by id. A test cites the ids it proves in its title: `test("[STO-3] …")`. */
export const REQUIREMENTS: Readonly<Record<string, string>> = {
  "HSE-1":
    "One package and a web workspace run without a build step from a checkout, and say in three lines what to do on an older Node.",
  "HSE-2":
    "Imports go down the floors of the house and what reaches outside stays in its room; each rule has a case that fires.",
  "HSE-3": "Every requirement is cited by a test, and every citation names a requirement.",
  "HSE-4": "All settings stand in one table, from which environment, flags, origins and the reference page come.",
  "HSE-5":
    "One command checks format, lint, types, tests, architecture, dead code and documents, and ends in a short table.",
  "HSE-6": "The documents a newcomer needs exist, stay short, and point only at things that are there.",
  "HSE-7":
    "One script runs every lane on a bare machine, starting with the README's own test line, and ends with the sum of all counts.",
  "HSE-8":
    "Every command has help with examples, completion, near misses, plain errors in three lines or JSON, and the pinned exit codes.",

  "STO-1": "One schema and one set of acts behave the same on SQLite and on Postgres.",
  "STO-2": "Processes that start together migrate an empty store once, and a store newer than the program is refused.",
  "STO-3":
    "A SQLite store is private, local, strict and safe for several processes, and is refused where it could not be.",
  "STO-4": "The event log is append only and sealed; a changed, removed, moved or cut-off row is found.",
  "STO-5": "A job is finished once, by whoever holds its lease; a write with an old fence is refused.",
  "STO-6": "Killing writers at any moment loses nothing that was acknowledged and leaves the store sound.",
  "STO-7":
    "A wanted effect is verified, missing or unverifiable, never assumed, and the laws of the core cannot be broken unseen.",
  "STO-8":
    "A store can be backed up, exported, imported into the other kind, reported on and pruned without losing the rest.",

  "TRC-1": "Rollouts of every Codex era and shape are read; what is not known is counted and never fatal.",
  "TRC-2": "A stream of codex exec merges into the thread it belongs to.",
  "TRC-3": "Trace spines are read in all three shapes that exist.",
  "TRC-4": "The predecessor's tool call log is read with its aliases, and what it guesses is marked as estimated.",
  "TRC-5":
    "Tokens are counted once per model response and match what the model served, in forks, resumes and sub-agents too.",
  "TRC-6": "Every tool call has the outcome that really happened, its duration, and its parent when it was nested.",
  "TRC-7":
    "A second pass reads only what is new, follows growing files, rereads changed ones, and lets a cut last line wait.",
  "TRC-8": "Memory stays bounded whatever the size of files and lines.",
  "TRC-9": "Unreadable lines and files are kept with place and reason, and everything else is still read.",
  "TRC-10":
    "Secrets are removed before anything is stored or printed, without hiding what people need and in linear time.",
  "TRC-11":
    "What people and the agent said and the commands that ran can be searched, with a pointer to file and line.",
  "TRC-12": "Recordings can be followed while they grow.",
  "TRC-13": "A thread can be bundled as a trace spine with checksums.",
  "TRC-14": "A trace spine can be checked, and the first bad line is named.",

  "SIG-1": "Mechanical signals are pure, versioned and named by place, so that finding them twice changes nothing.",
  "SIG-2":
    "The signals that were promised before and never built are defined, found in a recording, and not found in a near miss.",
  "SIG-3": "Signals read from tone and wording are marked as estimated and ignore quoted code.",
  "SIG-4": "Every signal points at the session, turn, call and line it comes from.",
  "SIG-5": "The report is a table, a JSON document or a Markdown file with the same facts.",
  "SIG-6": "Below its minimum number a rate is reported as insufficient data.",
  "SIG-7": "The daily run is resumable, takes everything the first time, and says what it did not do and why.",
  "SIG-8":
    "A predecessor's numbers are reproduced from its own files beside ours, with the reason for each difference.",
  "SIG-9": "The price between a failure and its recovery is measured, charged once per response, and adds up.",

  "JOB-1": "Two command lines lead from a fresh machine to a report and a console about real recordings.",
  "JOB-2": "Stopping, starting twice and a taken port end well and say what to do.",
  "JOB-3":
    "The server answers only its own origin, shows hostile text as text, and takes writes only with the operator's token.",

  "JOB-4":
    "One command line takes a specification to a commit made by the real Codex CLI whose checks we ran, or says what is missing.",
  "JOB-5":
    "A demonstration run mends a failing test with a scripted agent, and everything it shows is marked simulated.",
  "JOB-6": "The console shows runs while they happen, and only the operator can approve, deny or stop them there.",

  "GWY-1":
    "The model gateway answers on loopback, serves three routes and no other, and takes only the token of a running attempt.",
  "GWY-2":
    "Usage is counted from the answer as it passes, once per response, attributed to thread and kind, while the answer streams through.",
  "GWY-3": "A request that does not fit into what is left is refused before it leaves the machine.",
  "GWY-4": "A model without a price has unknown money, and the token cap binds.",
  "GWY-5":
    "The provider's failures pass through as they are and are recorded; a client that goes away ends the request.",
  "GWY-6": "The gateway's own delay and its capacity are measured beside a direct call.",

  "RUN-1":
    "The real Codex CLI is driven over its app server with its own home, a bare environment and a checked version, against a scripted model.",
  "RUN-2": "A scripted agent replays edits and commands, and what it leaves is marked simulated.",
  "RUN-3":
    "Every attempt works in a private clone that is cleaned up whatever happens, and git of ours runs no code of the repository.",
  "RUN-4":
    "What an attempt runs cannot see the store, the person's files or other processes; without a sandbox nothing runs.",
  "RUN-5": "Every cap ends the attempt, its whole process group with it, and parks the task with a bounded way on.",
  "RUN-6":
    "Money and tokens are reserved before and settled after; concurrent reservations never overshoot a cap together.",
  "RUN-7": "What an agent asks is answered by policy, then by people, bound to exactly what was asked, and kept.",
  "RUN-8":
    "We commit, not the agent; acceptance commands run on the committed tree, and missing outputs are a failure.",
  "RUN-9":
    "What an attempt left is kept by hash and redacted, what it did not leave is listed with the reason, and its session is read.",
  "RUN-10":
    "A role's prompt is a file whose hash every attempt carries; structured answers are checked, repaired once, then refused.",
  "RUN-11":
    "Every way to fail has a code, a category and a retry class; nothing is tried again without something new from outside.",
  "RUN-12": "Everything, a repository or an idea can be paused and stopped without losing what is queued.",
  "RUN-13":
    "A task without acceptance commands waits for a person; a waiting command carries its own idea where no server runs.",

  "MOD-1": "In fast mode nothing is written to a code host.",
  "MOD-2": "In release mode the way to a code host goes through its port, and says so where there is none.",
  "MOD-3": "A repository's profile is read strictly, and mistakes name file, line and column.",

  "POL-1": "Policy rules say what a change needs, by paths, labels, size, time, commands and domains.",
  "POL-2": "A decision is pass, need, deny or unknown, and unknown never passes.",
  "POL-3": "Policy is read from the target branch at the base, and an agent cannot change it.",
  "POL-4": "Every decision is kept with the hashes and the values of what it was made from.",
  "POL-5": "A change can be checked beforehand, and recorded decisions can be made again under another policy.",
  "POL-6": "Rules that could never act are errors when they are loaded.",
  "POL-7": "Deciding stays far below a millisecond and grows no faster than files times rules.",

  "OPS-1": "The gates are computed from stored events, with their minimum numbers.",
  "OPS-2": "Every guard can be fired on purpose, and shows when it last really fired.",
  "OPS-3":
    "An operator can list, follow, stop and repeat runs, answer questions, look at and extend budgets, and ask why.",
  "OPS-4": "An agent that varies its work forever gets no more sessions than the cap.",
  "OPS-5": "Whatever is killed at any step, nothing is lost, run twice or left running.",
  "OPS-6": "Failed attempts are grouped by code with the next command for each.",

  "SPD-1": "Speed and memory are measured beside a peer or a floor in the same run, and hold the limits we publish.",
};
