import type { InstanceRegistry } from '../instance/instance.registry.js';
import { type Answer, errorAnswer, type ErrorContext, htmlAnswer, jsonAnswer } from './answers.js';
import { parseBody } from './request-body.js';

/**
 * `POST /` with a notification as its body queues it for the instance that the body names, as
 * `https://webhook.green-api.com` once did. The original answer is not documented; here it is `{}`.
 */
export function publishByHttp(
  bodyText: string,
  instances: InstanceRegistry,
  context: ErrorContext,
): Answer {
  const body = parseBody(bodyText);
  if (!body.ok) return errorAnswer(context, 400, body.message);
  const idInstance = idInstanceOf(body.value);
  if (idInstance === undefined) {
    return errorAnswer(context, 400, 'Parameter idInstance not an integer');
  }
  const instance = instances.find(idInstance);
  if (!instance) return htmlAnswer(403, 'Forbidden');
  instance.publish(bodyText);
  return jsonAnswer({});
}

function idInstanceOf(value: unknown): string | undefined {
  const { instanceData } = (value ?? {}) as { instanceData?: { idInstance?: unknown } | null };
  const id = instanceData?.idInstance;
  const isScalar = typeof id === 'number' || typeof id === 'string';
  return isScalar && /^\d+$/.test(String(id)) ? String(id) : undefined;
}
