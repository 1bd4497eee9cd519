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

  "SPD-1": "Speed and memory are measured beside a peer or a floor in the same run, and hold the limits we publish.",
};
