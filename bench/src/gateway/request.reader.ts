export interface GatewayRequest {
  readonly httpMethod: string;
  readonly target: string;
}

const END_OF_HEAD = '\r\n\r\n';

/** Cuts what arrives on one connection into requests. Several may arrive together (pipelining). */
export class RequestReader {
  private rest = '';

  read(chunk: Buffer): readonly GatewayRequest[] {
    const requests: GatewayRequest[] = [];
    let text = this.rest + chunk.toString('latin1');
    for (;;) {
      const end = text.indexOf(END_OF_HEAD);
      if (end === -1) break;
      const after = end + END_OF_HEAD.length + bodyBytesOf(text, end);
      if (text.length < after) break;
      const afterMethod = text.indexOf(' ');
      const target = text.slice(afterMethod + 1, text.indexOf(' ', afterMethod + 1));
      requests.push({ httpMethod: text.slice(0, afterMethod), target });
      text = text.slice(after);
    }
    this.rest = text;
    return requests;
  }
}

/** Only a POST has a body here. */
function bodyBytesOf(text: string, end: number): number {
  if (!text.startsWith('POST')) return 0;
  const [, bytes] = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end)) ?? [];
  return Number(bytes ?? 0);
}
