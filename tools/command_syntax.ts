/**
 * A command's syntax line from its argument specs, in the notation of Redis's own documentation: `[optional]`,
 * `<one | another>`, `again [again ...]`, words in upper case for themselves.
 *
 * @module
 */
import type { ArgumentSpec } from "../server/api/command.ts";

/** The syntax of a command: its full name and its arguments. */
export function commandSyntax(name: string, args: readonly ArgumentSpec[]): string {
  return [name, ...args.map(argumentSyntax)].join(" ");
}

function argumentSyntax(argument: ArgumentSpec): string {
  const { token, type, optional = false, multiple = false, multipleToken = false } = argument;
  const alternatives = type === "oneof";
  const value = valueSyntax(argument);
  // Brackets of its own keep a choice together, unless those of the option do.
  const whole = alternatives && (!optional || token !== undefined || multiple) ? `<${value}>` : value;
  const repeated = multiple && !multipleToken ? `${whole} [${whole} ...]` : whole;
  const withToken = token === undefined || type === "pure-token" ? repeated : `${quoted(token)} ${repeated}`;
  const written = multiple && multipleToken ? `${withToken} [${withToken} ...]` : withToken;
  return optional ? `[${written}]` : written;
}

function valueSyntax({ name, type, token, arguments: members = [] }: ArgumentSpec): string {
  switch (type) {
    case "pure-token":
      return quoted(token ?? name);
    case "oneof":
      return members.map(argumentSyntax).join(" | ");
    case "block":
      return members.map(argumentSyntax).join(" ");
    default:
      return name;
  }
}

function quoted(token: string): string {
  return token === "" ? '""' : token;
}
