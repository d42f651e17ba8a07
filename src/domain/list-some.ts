/** `apim-1, apim-2 and 3 more`. @param most how many are named. */
export function listSome(names: readonly string[], most: number): string {
  const named = names.slice(0, most).join(', ');
  return names.length > most ? `${named} and ${names.length - most} more` : named;
}
