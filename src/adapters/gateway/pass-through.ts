import type { IncomingMessage, ServerResponse } from "node:http";
import type { AnswerReader } from "../../formats/responses/answer-reader.ts";

/**
 * Passes an answer on as it comes and looks at each piece before it goes on, so that an answer is known to be whole no
 * later than the agent knows it. While the agent does not read, the provider is not read either. Rejects when one side
 * breaks off, and then breaks off the other. Plain listeners: a stream of small events costs half of what iterating does.
 */
export function passThrough(from: IncomingMessage, to: ServerResponse, reader: AnswerReader): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const breakOff = (error: Error): void => {
    from.destroy();
    to.destroy();
    reject(error);
  };
  from.on("data", (chunk: Buffer) => {
    reader.push(chunk);
    if (!to.write(chunk)) from.pause();
  });
  to.on("drain", () => from.resume());
  from.on("end", () => {
    reader.finish();
    to.end();
  });
  from.on("error", breakOff);
  to.on("error", breakOff);
  to.on("finish", resolve);
  to.on("close", () => {
    if (!to.writableFinished) breakOff(new Error("the agent went away"));
  });
  // It may have gone before anybody listened.
  if (to.destroyed) breakOff(new Error("the agent went away"));
  return promise;
}
