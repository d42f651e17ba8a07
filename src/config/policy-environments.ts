/** The part of the file that says which environments there are; fits the checked file and its skeleton. */
interface Customers {
  readonly customers: readonly {
    readonly id?: string | undefined;
    readonly environments: readonly { readonly name?: string | undefined; readonly production?: boolean | undefined }[];
  }[];
}

interface PolicyScope {
  readonly environments: string | readonly (string | undefined)[];
}

/** Every environment of the file as `customer/environment`. */
export function allEnvironments({ customers }: Customers): readonly { ref: string; production: boolean | undefined }[] {
  return customers.flatMap(({ id, environments }) =>
    environments.map(({ name, production }) => ({ ref: `${id}/${name}`, production })),
  );
}

/** Which environments a policy is for, as `customer/environment`. */
export function environmentsOfPolicy({ environments }: PolicyScope, file: Customers): readonly string[] {
  if (typeof environments !== 'string') {
    return environments.filter((ref) => ref !== undefined);
  }
  const wanted = { production: true, non_production: false }[environments];
  const members = allEnvironments(file).filter(({ production }) => wanted !== undefined && production === wanted);
  return members.map(({ ref }) => ref);
}
