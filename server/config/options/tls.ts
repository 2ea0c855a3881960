/** Encrypted connections. @module */
import { booleanOption } from "../boolean_option.ts";
import { enumOption } from "../enum_option.ts";
import { INT32_MAX } from "../integer_text.ts";
import { integerOption } from "../integer_option.ts";
import { stringOption } from "../string_option.ts";

/** TCP port for encrypted connections; 0: none. */
export const tlsPort = integerOption("tls-port", { initial: 0, min: 0, max: 65535, live: true });

/** File of the server's certificate. */
export const tlsCertFile = stringOption("tls-cert-file", { live: true, volatile: true });

/** File of the server's private key. */
export const tlsKeyFile = stringOption("tls-key-file", { live: true, volatile: true });

/** Passphrase of that key. */
export const tlsKeyFilePass = stringOption("tls-key-file-pass", { live: true });

/** File of the certificate for outgoing connections; empty: the server's. */
export const tlsClientCertFile = stringOption("tls-client-cert-file", { live: true, volatile: true });

/** File of the private key for outgoing connections. */
export const tlsClientKeyFile = stringOption("tls-client-key-file", { live: true, volatile: true });

/** Passphrase of that key. */
export const tlsClientKeyFilePass = stringOption("tls-client-key-file-pass", { live: true });

/** File of Diffie-Hellman parameters, for old versions of OpenSSL. */
export const tlsDhParamsFile = stringOption("tls-dh-params-file", { live: true, volatile: true });

/** File of the certificates to trust. */
export const tlsCaCertFile = stringOption("tls-ca-cert-file", { live: true, volatile: true });

/** Directory of the certificates to trust. */
export const tlsCaCertDir = stringOption("tls-ca-cert-dir", { live: true, volatile: true });

/** Whether clients must show a certificate. */
export const tlsAuthClients = enumOption("tls-auth-clients", {
  values: ["no", "yes", "optional"],
  initial: "yes",
  live: true,
});

/** Whether the link to the master is encrypted. */
export const tlsReplication = booleanOption("tls-replication", { initial: false, live: true });

/** Whether the links between cluster nodes are encrypted. */
export const tlsCluster = booleanOption("tls-cluster", { initial: false, live: true });

/** Versions to speak, separated by blanks; empty: TLSv1.2 and TLSv1.3. */
export const tlsProtocols = stringOption("tls-protocols", { live: true });

/** Ciphers of TLSv1.2 and before. */
export const tlsCiphers = stringOption("tls-ciphers", { live: true });

/** Cipher suites of TLSv1.3. */
export const tlsCiphersuites = stringOption("tls-ciphersuites", { live: true });

/** Whether the server's order of ciphers counts. */
export const tlsPreferServerCiphers = booleanOption("tls-prefer-server-ciphers", { initial: false, live: true });

/** Whether sessions can be resumed. */
export const tlsSessionCaching = booleanOption("tls-session-caching", { initial: true, live: true });

/** Sessions to remember; 0: no limit. */
export const tlsSessionCacheSize = integerOption("tls-session-cache-size", {
  initial: 20480,
  min: 0,
  max: INT32_MAX,
  live: true,
});

/** Seconds for which they are remembered. */
export const tlsSessionCacheTimeout = integerOption("tls-session-cache-timeout", {
  initial: 300,
  min: 0,
  max: INT32_MAX,
  live: true,
});
