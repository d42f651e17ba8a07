const OLDEST = [22, 19] as const;

/**
 * @param version As in `process.version`: `v24.21.0`.
 * @returns What to tell when this Node cannot run the bot, else `undefined`.
 */
export function nodeVersionProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const isNewEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  if (isNewEnough) {
    return undefined;
  }
  return `msops needs Node ${OLDEST.join('.')} or newer, and this is ${version}. "npm ci" brings Node 24: start with "npm start", which uses it.`;
}
