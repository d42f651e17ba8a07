import type { AccessService } from '../services/access/access-service.ts';

declare module './services.ts' {
  interface Services {
    readonly access: AccessService;
  }
}
