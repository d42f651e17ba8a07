/** Where somebody asks. A channel shows only the customers that it is bound to; it never says who somebody is. */
export type Place =
  | { readonly kind: 'channel'; readonly channelId: string }
  /** A direct message to the bot: whatever the person may see. */
  | { readonly kind: 'direct' }
  | { readonly kind: 'home' }
  /** The web pages, where each person sees what they may see. */
  | { readonly kind: 'web' };
