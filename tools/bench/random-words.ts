import type { Random } from "../../src/kit/random.ts";

const VOCABULARY =
  "the a test file error build fix add remove function return value type import from module path line src lib index config run npm node passed failed expected received undefined object string number array promise await async const let class interface export default server client request response status code message stack trace warning cache token count session user update delete create read write open close start stop".split(
    " ",
  );

/** Makes text of about so many bytes out of words and lines, like a build log. */
export function randomWords(random: Random): (bytes: number) => string {
  // Drawn once and cut at random places: making every word anew would cost more than reading them does.
  const pool = Array.from({ length: 40_000 }, (_, index) => {
    const word = VOCABULARY[Math.floor(random() * VOCABULARY.length)] ?? "";
    return index % 11 === 10 ? `${word}\n` : `${word} `;
  }).join("");
  return (bytes) => {
    const start = Math.floor(random() * Math.max(1, pool.length - bytes));
    return bytes <= pool.length
      ? pool.slice(start, start + bytes)
      : pool.repeat(Math.ceil(bytes / pool.length)).slice(0, bytes);
  };
}
