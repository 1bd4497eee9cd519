// Runs inside the walls of an agent, beside it: `doorkeeper.mjs PORT SOCKET -- PROGRAM ARGUMENT…`. There is no network in there
// but a loopback of its own. What connects to PORT comes out at SOCKET, where our model gateway listens; nothing else does.
// Plain JavaScript in one file on purpose: it is all of us that the walls show.
import { spawn } from "node:child_process";
import { createServer, connect } from "node:net";
import { constants } from "node:os";
import { pipeline } from "node:stream";

const [port, socket, , program, ...words] = process.argv.slice(2);

// Ends pass on as ends, breaks as breaks, and who does not read is not sent to: each side sees the other as if directly.
const door = createServer({ allowHalfOpen: true, noDelay: true }, (inner) => {
  const outer = connect({ path: socket, allowHalfOpen: true });
  const broken = (error) => {
    if (error) for (const side of [inner, outer]) side.destroy();
  };
  pipeline(inner, outer, broken);
  pipeline(outer, inner, broken);
});

door.on("error", (error) => {
  console.error(`The way to the model gateway could not be opened: ${error.message}`);
  process.exit(1);
});

door.listen(Number(port), "127.0.0.1", () => {
  const child = spawn(program, words, { stdio: "inherit" });
  child.on("error", (error) => {
    console.error(`${program} could not be started: ${error.message}`);
    process.exit(127);
  });
  // The end of the first program is the end of the walls, which take everything in them along.
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
});
