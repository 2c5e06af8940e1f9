import { isUntrustedObject } from './untrusted-json.reader.js';

type Step = { write: string } | { value: unknown } | { leave: object };

/**
 * The JSON text of a value with sorted keys, so that equal values give equal texts. Works off a
 * list of its own instead of the call stack: a body nested thousands of levels deep must not end
 * the process.
 */
export function canonicalJson(root: unknown): string {
  const pieces: string[] = [];
  const steps: Step[] = [{ value: root }];
  const open = new Set<object>();
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ('write' in step) pieces.push(step.write);
    else if ('leave' in step) open.delete(step.leave);
    else if (typeof step.value !== 'object' || step.value === null) pieces.push(scalar(step.value));
    else if (open.has(step.value)) pieces.push('"[circular]"');
    else {
      open.add(step.value);
      for (const next of stepsInto(step.value).toReversed()) steps.push(next);
    }
  }
  return pieces.join('');
}

function stepsInto(container: object): Step[] {
  return isUntrustedObject(container)
    ? [
        { write: '{' },
        ...Object.keys(container)
          .filter((key) => container[key] !== undefined)
          .toSorted()
          .flatMap((key, index): Step[] => [
            { write: `${index === 0 ? '' : ','}${JSON.stringify(key)}:` },
            { value: container[key] },
          ]),
        { write: '}' },
        { leave: container },
      ]
    : [
        { write: '[' },
        ...(container as unknown[]).flatMap((value, index): Step[] => [
          { write: index === 0 ? '' : ',' },
          { value },
        ]),
        { write: ']' },
        { leave: container },
      ];
}

function scalar(value: unknown): string {
  return typeof value === 'bigint' ? value.toString() : (JSON.stringify(value) ?? 'null');
}
