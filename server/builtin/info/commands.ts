/**
 * `INFO commandstats`, `errorstats` and `latencystats`: a line for each command that was called, each error that was sent.
 *
 * @module
 */
import { formatPercentile, latencyTrackingInfoPercentiles } from "../../config/options/percentiles.ts";
import { latencyTracking } from "../../config/options/monitoring.ts";
import type { InfoFields } from "../../observe/info.ts";
import type { ServerParts } from "../parts.ts";

export function* commandFields({ table }: ServerParts): InfoFields {
  for (const { name, calls, microseconds, rejectedCalls, failedCalls } of table.withSubcommands()) {
    if (calls + rejectedCalls + failedCalls === 0) continue;
    const perCall = calls === 0 ? 0 : microseconds / calls;
    yield [
      `cmdstat_${name}`,
      `calls=${calls},usec=${Math.round(microseconds)},usec_per_call=${perCall.toFixed(2)},` +
      `rejected_calls=${rejectedCalls},failed_calls=${failedCalls}`,
    ];
  }
}

export function* errorFields({ statistics }: ServerParts): InfoFields {
  const codes = [...statistics.errors.keys()].sort();
  for (const code of codes) yield [`errorstat_${code}`, `count=${statistics.errors.get(code)}`];
}

export function* latencyFields({ config, table }: ServerParts): InfoFields {
  if (!config.get(latencyTracking)) return;
  const percentiles = config.get(latencyTrackingInfoPercentiles);
  for (const { name, latency } of table.withSubcommands()) {
    if (latency === undefined) continue;
    const values = percentiles.map((percentile) =>
      `p${formatPercentile(percentile)}=${latency.percentile(percentile).toFixed(3)}`
    );
    yield [`latency_percentiles_usec_${name}`, values.join(",")];
  }
}
