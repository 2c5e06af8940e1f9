/** What a user sees when the emulator is up: where it is, and something to try. */
export function startMessage(url: string, instances: readonly string[]): string {
  const idInstance = instances[0] ?? '1101000001';
  const fixed = instances.length > 0;
  const token = fixed ? '$TOKEN' : 'any-token';
  const known = fixed
    ? `Instances: ${instances.join(', ')}.`
    : 'Any idInstance works, with the first token it is used with.';
  const notification = JSON.stringify({
    typeWebhook: 'stateInstanceChanged',
    instanceData: { idInstance: Number(idInstance), wid: '', typeInstance: 'whatsapp' },
    timestamp: 1767225600,
    stateInstance: 'authorized',
  });
  return `GREEN-API emulator listens on ${url}
${known}

Queue a notification, then receive it:
  curl ${url}/ -d '${notification}'
  curl "${url}/waInstance${idInstance}/receiveNotification/${token}"
`;
}
