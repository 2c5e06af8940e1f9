/** The values known today, offered by the editor, and any string GREEN-API may add tomorrow. */
export type OpenString<Known extends string> = Known | (string & {});
