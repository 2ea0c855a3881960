/**
 * What happens when somebody asks for a key whose deadline has passed.
 *
 * @module
 */
import type { ModuleHooks } from "../../server/api/mod.ts";

/**
 * Removes the key, which then is gone for the asker. A replica leaves that to its master, and nothing changes during a
 * pause: there the key only looks gone. Whoever applies what others have decided still finds it.
 */
export const keyExpired: NonNullable<ModuleHooks["keyExpired"]> = ({ db, key }, host) => {
  if (host.isApplying) return false;
  if (!host.isReplica && host.mayExpire) host.expire(db, key);
  return true;
};
