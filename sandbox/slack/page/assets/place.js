const address = new URLSearchParams(location.search);

/** Who looks at what. `channelId` and the rest come with each drawing. */
export const place = {
  as: address.get('as') ?? localStorage.getItem('as') ?? 'alice',
  in: address.get('in') ?? '',
  thread: undefined,
  channelId: undefined,
};

/** Goes somewhere else; the address says it, so that reload and second windows work. */
export function goTo(change) {
  Object.assign(place, { thread: undefined }, change);
  localStorage.setItem('as', place.as);
  writeAddress('pushState');
}

export function writeAddress(how = 'replaceState') {
  history[how]({}, '', `/?${new URLSearchParams({ as: place.as, in: place.in })}`);
}

export function readAddress() {
  const parameters = new URLSearchParams(location.search);
  Object.assign(place, { as: parameters.get('as') ?? place.as, in: parameters.get('in') ?? '', thread: undefined });
}
