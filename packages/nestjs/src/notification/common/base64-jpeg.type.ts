/** A small JPEG preview in base64; GREEN-API sends an empty string or `null` when there is none. */
export type Base64Jpeg = string | null;
