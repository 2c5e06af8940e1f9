import { isDeepStrictEqual } from 'node:util';

import { readThrown } from '../../common/thrown.js';
import type { InstanceModuleOptions } from '../instance-module.options.js';
import { InvalidOptionsError } from '../module.errors.js';
import type { InstanceOptions } from '../options/instance.options.js';
import { resolveInstance } from '../resolve-options.js';

type Given = InstanceModuleOptions;

/** An instance to add. */
export interface NewInstance {
  readonly idInstance: string;
  /** A copy of what the source returned, to notice changes. */
  readonly given: Given;
  readonly options: InstanceOptions;
  /** Names it in log lines. */
  readonly label: string;
}

/** What has changed between two answers of a source. */
export interface InstanceChanges {
  /** The `idInstance` of each instance that is missing or has changed. */
  readonly gone: readonly string[];
  /** The instances that are new or have changed. */
  readonly fresh: readonly NewInstance[];
  /** What is wrong, by the label of the entry. */
  readonly wrong: ReadonlyMap<string, string>;
}

/**
 * Compares what a source returned with what was added before. An instance whose new entry is wrong
 * stays as it is.
 */
export function instanceChanges(
  entries: readonly unknown[],
  added: ReadonlyMap<string, Given>,
): InstanceChanges {
  const wrong = new Map<string, string>();
  const fresh: NewInstance[] = [];
  const listed = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const given = { ...Object(entry) } as Given;
    const idInstance = idOf(given);
    const label = labelOf(given, index);
    if (idInstance !== undefined && listed.has(idInstance)) {
      wrong.set(label, `idInstance ${idInstance} is listed more than once`);
      continue;
    }
    if (idInstance !== undefined) listed.add(idInstance);
    if (idInstance !== undefined && isDeepStrictEqual(added.get(idInstance), given)) continue;
    try {
      const options = resolveInstance(given);
      fresh.push({ idInstance: String(options.idInstance), given, options, label });
    } catch (error) {
      wrong.set(label, problemOf(error));
    }
  }
  const changed = new Set(fresh.map(({ idInstance }) => idInstance));
  const gone = [...added.keys()].filter((id) => !listed.has(id) || changed.has(id));
  return { gone, fresh, wrong };
}

/** What is wrong, on one line. It contains no value of an option. */
export function problemOf(error: unknown): string {
  return error instanceof InvalidOptionsError
    ? error.problems.join('; ')
    : readThrown(error).message;
}

function idOf({ idInstance }: Given): string | undefined {
  const isId = typeof idInstance === 'number' || typeof idInstance === 'string';
  return isId ? String(idInstance) : undefined;
}

function labelOf(given: Given, index: number): string {
  const { name = idOf(given) } = given;
  return typeof name === 'string' && name !== '' ? `"${name}"` : `number ${index + 1}`;
}
