import type { Modal } from './modal-spec.ts';

/** Every modal, by the callback id of its view. */
export const MODALS: readonly Modal[] = [];
