/** A private chat, as the messenger writes its id. */
export function defaultChat({
  typeInstance = 'whatsapp',
}: {
  readonly typeInstance?: string;
}): string {
  return typeInstance === 'whatsapp' ? '79001230001@c.us' : '10000001';
}
