/** Every parameter of a complete server: its own and those of the default modules. @module */
import { defaultModules } from "../../../mod.ts";
import type { Option } from "../option.ts";
import { coreOptions } from "../options/mod.ts";

export const allOptions: readonly Option<unknown>[] = [
  ...coreOptions,
  ...defaultModules.flatMap(({ options }) => options ?? []),
];
