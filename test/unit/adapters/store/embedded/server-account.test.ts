import { describe, expect, it } from 'vitest';
import { serverAccount } from '../../../../../src/adapters/store/embedded/server-account.ts';

describe('serverAccount', () => {
  it("is the bot's own unless that is root", () => {
    expect(serverAccount(1000, { uid: 1001, gid: 1001 })).toBeUndefined();
    expect(serverAccount(undefined, undefined)).toBeUndefined();
  });

  it('is nobody for root, because PostgreSQL refuses root', () => {
    expect(serverAccount(0, undefined)).toEqual({ uid: 65_534, gid: 65_534 });
    expect(serverAccount(0, { uid: 0, gid: 0 })).toEqual({ uid: 65_534, gid: 65_534 });
  });

  it('is that of the store when root looks at the store of a service', () => {
    expect(serverAccount(0, { uid: 998, gid: 997 })).toEqual({ uid: 998, gid: 997 });
  });
});
