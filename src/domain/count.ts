/** `1 host`, `3 hosts`; of words with a verb both forms are given: `1 host has failed`, `3 hosts have failed`. */
export function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}
