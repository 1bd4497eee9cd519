/** A word of a closed list as it stands in a row; a word that is not in it was written by a newer program. */
export function oneOf<Word extends string>(words: readonly Word[], text: string, column: string): Word {
  const word = words.find((known) => known === text);
  if (word === undefined) throw new Error(`${column} holds the unknown word ${text}; a newer program wrote it.`);
  return word;
}
