/** What to do about a secret that the configuration names and nobody has set. */
export function missingSecret(name: string): string {
  return `set MSOPS_SECRET_${name.toUpperCase()}, or its _FILE, in the environment of msops.`;
}
