/** What one look at a product's directory found out. `undefined` is unknown, never none. */
export interface PackSample {
  /** As the pack calls itself in `updates/product.txt`: `wso2mi-4.4.0`. */
  readonly product: string | undefined;
  /** First line of `bin/version.txt`: `WSO2 Micro Integrator 4.4.0`. */
  readonly version: string | undefined;
  readonly updates: UpdateState;
  readonly tool: UpdateTool | undefined;
  /** Recorded below `updates/`. Where the tool keeps them is not documented, so no record at all is unknown. */
  readonly hotfixes: readonly string[] | undefined;
  /** Files, relative to the pack, that an update left unmerged. */
  readonly conflicts: readonly string[] | undefined;
  /** Links inside the pack, relative to it; an update may replace them by files. */
  readonly links: readonly string[] | undefined;
  /** Without its logs. */
  readonly packBytes: number | undefined;
  /** What an update needs: as WSO2 asks for it, without the updates themselves, whose size nobody knows before. */
  readonly neededBytes: number | undefined;
  /** On the filesystem of the pack. */
  readonly freeBytes: number | undefined;
  readonly owners: PackOwners;
  /** Whether a JVM with this home runs. */
  readonly running: boolean | undefined;
  /** What could not be found out, in words. */
  readonly gaps: readonly string[];
}

/** By which tool the pack was updated, and how far. */
export type UpdateState =
  /** @property level 0: never updated; `undefined`: its file cannot be understood. */
  | { readonly kind: 'levels'; readonly level: number | undefined }
  /** Older tools, ended by WSO2 in 2023: such a pack must be migrated before it can be updated. */
  | { readonly kind: 'in_place' }
  | { readonly kind: 'wum' }
  | { readonly kind: 'unknown' };

export type UpdateTool =
  /** @property program in `bin/`, for the machine's architecture. */
  | { readonly kind: 'binary'; readonly program: string }
  /** Only the script that would fetch it. */
  | { readonly kind: 'setup_only' }
  | { readonly kind: 'none' };

/** Names of accounts; the tool must always run as the same one. */
export interface PackOwners {
  readonly pack: string | undefined;
  /** Of the state that the tool wrote last. */
  readonly state: string | undefined;
  /** The directory without which there is no way back; `undefined`: there is none, or it cannot be seen. */
  readonly backups: { readonly path: string; readonly owner: string } | undefined;
}

/** `undefined`: unknown, or it was never updated by levels. */
export function updateLevelOf({ updates }: Pick<PackSample, 'updates'>): number | undefined {
  return updates.kind === 'levels' ? updates.level : undefined;
}

/** The file in `bin/` that can be run here. */
export function programOf({ tool }: Pick<PackSample, 'tool'>): string | undefined {
  return tool?.kind === 'binary' ? tool.program : undefined;
}

/** Whether it is as it was before an update, by all that can be seen. @param from the update level then. */
export function isUnchanged(sample: PackSample, from: number | undefined): boolean {
  const level = updateLevelOf(sample);
  return level !== undefined && level === from && sample.conflicts?.length === 0;
}
