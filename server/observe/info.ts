/**
 * The sections of `INFO` and which of them are shown when.
 *
 * Each part of the server describes itself in a section. What comes and goes (a module) or is put on top (persistence)
 * *contributes* to sections: a field takes the place of one of the same name, so that a client finds every field that it
 * knows even where the part that would fill it is missing.
 * Source: https://redis.io/docs/latest/commands/info/
 *
 * @module
 */

/** Names and values of fields, in the order in which they are shown. */
export type InfoFields = Iterable<readonly [name: string, value: string | number]>;

/** From when on a section is shown that was not asked for by name: with every `INFO`, with `all`, with `everything`. */
export type InfoLevel = "default" | "all" | "everything";

/** A section. */
export interface InfoSectionSource {
  /** As shown in its headline; asked for in any case. */
  readonly title: string;
  readonly level: InfoLevel;
  fields(): InfoFields;
}

/** Fields for a section; where it does not exist, they make one of this level. */
export interface InfoContribution {
  /** Name of the section, lower case for existing ones. */
  readonly section: string;
  readonly level: InfoLevel;
  fields(): InfoFields;
}

const LEVELS: readonly InfoLevel[] = ["default", "all", "everything"];

export class Info {
  readonly #sections: InfoSectionSource[] = [];
  readonly #contributors: (() => Iterable<InfoContribution>)[] = [];

  /** Adds a section, behind those that are there. */
  define(section: InfoSectionSource): void {
    this.#sections.push(section);
  }

  /** Adds somebody who is asked for contributions each time. */
  addContributor(contributions: () => Iterable<InfoContribution>): void {
    this.#contributors.push(contributions);
  }

  /** The text of the sections that were asked for, by names in any case; of the default ones where none was. */
  text(asked: readonly string[]): string {
    const names = new Set(asked.map((name) => name.toLowerCase()));
    const levels = LEVELS.slice(0, levelOf(names) + 1);
    const contributions = this.#contributors.flatMap((contributor) => [...contributor()]);
    const shown = this.#withNew(contributions).filter(({ title, level }) =>
      levels.includes(level) || names.has(title.toLowerCase())
    );
    return shown.map((section) => sectionText(section, contributions)).join("\r\n");
  }

  /** The value of a field, 0 where nobody has it. */
  value(section: string, name: string): string | number {
    const source = this.#sections.find(({ title }) => title.toLowerCase() === section);
    const contributions = this.#contributors.flatMap((contributor) => [...contributor()]);
    const fields = source === undefined ? [] : fieldsOf(source, contributions);
    return fields.find(([field]) => field === name)?.[1] ?? 0;
  }

  /** The sections, those behind them that only contributions make. */
  #withNew(contributions: readonly InfoContribution[]): InfoSectionSource[] {
    const sections = [...this.#sections];
    for (const { section, level } of contributions) {
      if (sections.some(({ title }) => title.toLowerCase() === section.toLowerCase())) continue;
      sections.push({ title: section, level, fields: () => [] });
    }
    return sections;
  }
}

function sectionText(source: InfoSectionSource, contributions: readonly InfoContribution[]): string {
  const fields = fieldsOf(source, contributions);
  return `# ${source.title}\r\n` + fields.map(([name, value]) => `${name}:${value}\r\n`).join("");
}

function fieldsOf(source: InfoSectionSource, contributions: readonly InfoContribution[]) {
  const fields = [...source.fields()];
  for (const contribution of contributions) {
    if (contribution.section.toLowerCase() !== source.title.toLowerCase()) continue;
    for (const field of contribution.fields()) {
      const at = fields.findIndex(([name]) => name === field[0]);
      if (at < 0) fields.push(field);
      else fields[at] = field;
    }
  }
  return fields;
}

/** The index of the most that was asked for; -1 where only names were. */
function levelOf(names: ReadonlySet<string>): number {
  if (names.size === 0) return 0;
  return LEVELS.findLastIndex((level) => names.has(level));
}
