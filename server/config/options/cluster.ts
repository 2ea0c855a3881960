/** Redis Cluster. @module */
import { booleanOption } from "../boolean_option.ts";
import { enumOption } from "../enum_option.ts";
import { INT32_MAX, UINT64_MAX } from "../integer_text.ts";
import { integerOption } from "../integer_option.ts";
import { OptionError } from "../option.ts";
import { stringOption } from "../string_option.ts";
import { encodeText } from "../../base/text.ts";

const HOSTNAME_BYTES_MAX = 255;

function checkHostname(name: string): void {
  if (encodeText(name).length > HOSTNAME_BYTES_MAX) {
    throw new OptionError("Hostnames must be less than 256 characters");
  }
  if (!/^[a-zA-Z0-9.-]*$/.test(name)) {
    throw new OptionError("Hostnames may only contain alphanumeric characters, hyphens or dots");
  }
}

/** Whether the server is a node of a cluster. */
export const clusterEnabled = booleanOption("cluster-enabled", { initial: false });

/** File in which the node keeps what it knows of the cluster. */
export const clusterConfigFile = stringOption("cluster-config-file", { initial: "nodes.conf", emptyIsValue: true });

/** Port for other nodes; 0: that for clients plus 10000. */
export const clusterPort = integerOption("cluster-port", { initial: 0, min: 0, max: 65535 });

/** Milliseconds of silence after which a node counts as failing. */
export const clusterNodeTimeout = integerOption("cluster-node-timeout", { initial: 15000, min: 0, live: true });

/** Address that other nodes and clients are told; empty: found out. */
export const clusterAnnounceIp = stringOption("cluster-announce-ip", { live: true });

/** Host name that other nodes and clients are told. */
export const clusterAnnounceHostname = stringOption("cluster-announce-hostname", { check: checkHostname, live: true });

/** Port for clients that other nodes are told; 0: the one in use. */
export const clusterAnnouncePort = integerOption("cluster-announce-port", {
  initial: 0,
  min: 0,
  max: 65535,
  live: true,
});

/** Port for encrypted connections that other nodes are told; 0: the one in use. */
export const clusterAnnounceTlsPort = integerOption("cluster-announce-tls-port", {
  initial: 0,
  min: 0,
  max: 65535,
  live: true,
});

/** Port for nodes that other nodes are told; 0: the one in use. */
export const clusterAnnounceBusPort = integerOption("cluster-announce-bus-port", {
  initial: 0,
  min: 0,
  max: 65535,
  live: true,
});

/** By what clients are sent to other nodes. */
export const clusterPreferredEndpointType = enumOption("cluster-preferred-endpoint-type", {
  values: ["ip", "hostname", "unknown-endpoint"],
  initial: "ip",
  live: true,
});

/** Whether the cluster refuses everything while a slot has no node. */
export const clusterRequireFullCoverage = booleanOption("cluster-require-full-coverage", {
  initial: true,
  live: true,
});

/** Whether reads are answered while the cluster is down. */
export const clusterAllowReadsWhenDown = booleanOption("cluster-allow-reads-when-down", {
  initial: false,
  live: true,
});

/** Whether sharded pub/sub goes on while the cluster is down. */
export const clusterAllowPubsubshardWhenDown = booleanOption("cluster-allow-pubsubshard-when-down", {
  initial: true,
  live: true,
});

/** Whether a replica may leave its master for one that has none. */
export const clusterAllowReplicaMigration = booleanOption("cluster-allow-replica-migration", {
  initial: true,
  live: true,
});

/** Replicas that a master keeps when one of them leaves. */
export const clusterMigrationBarrier = integerOption("cluster-migration-barrier", {
  initial: 1,
  min: 0,
  max: INT32_MAX,
  live: true,
});

/** Whether this replica never takes its master's place by itself. */
export const clusterReplicaNoFailover = booleanOption("cluster-replica-no-failover", {
  initial: false,
  aliases: ["cluster-slave-no-failover"],
  live: true,
});

/** Node timeouts after which a replica's data is too old for taking over; 0: never. */
export const clusterReplicaValidityFactor = integerOption("cluster-replica-validity-factor", {
  initial: 10,
  min: 0,
  max: INT32_MAX,
  aliases: ["cluster-slave-validity-factor"],
  live: true,
});

/** Bytes that may wait to be sent to another node; 0: no limit. */
export const clusterLinkSendbufLimit = integerOption("cluster-link-sendbuf-limit", {
  initial: 0,
  min: 0,
  max: UINT64_MAX,
  form: "memory",
  live: true,
});
