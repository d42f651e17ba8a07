/** How often somebody looks whether a product has stopped or started. */
export const LOOK_AGAIN_MS = 2_000;
