/** How the process names itself to `ps`. @module */
import { OptionError } from "../option.ts";
import { stringOption } from "../string_option.ts";
import { booleanOption } from "../boolean_option.ts";

/** Variables of the template, and whether they are ever filled in where a template is checked. */
const VARIABLES: ReadonlyMap<string, boolean> = new Map([
  ["title", false],
  ["listen-addr", true],
  ["server-mode", false],
  ["port", true],
  ["tls-port", true],
  ["unixsocket", false],
  ["config-file", true],
]);

/** A template must be well-formed (`{{` is a brace) and say something beside the variables that may be empty. */
function checkTemplate(template: string): void {
  let valid = true;
  const expanded = template.replace(/\{\{|\{([^}]*)(\}?)/g, (part, name: string | undefined, brace: string) => {
    if (name === undefined) return part;
    const filled = VARIABLES.get(name);
    if (brace === "" || filled === undefined) valid = false;
    return filled ? name : "";
  });
  if (!valid || expanded.trim() === "") {
    throw new OptionError("template format is invalid or contains unknown variables");
  }
}

/** Whether the process renames itself. Kept, not acted on: a Deno program cannot. */
export const setProcTitle = booleanOption("set-proc-title", { initial: true });

/** The name that the process takes. Kept, not acted on. */
export const procTitleTemplate = stringOption("proc-title-template", {
  initial: "{title} {listen-addr} {server-mode}",
  live: true,
  check: checkTemplate,
});
