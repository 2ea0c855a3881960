/**
 * Versions: that of Redis which this server is compatible with, and its own.
 *
 * @module
 */
/** Clients look at this to know what a server can do. */
export const REDIS_VERSION = "7.0.15";
/** The version of this program. */
export const REDENO_VERSION = "0.1.0";
