/** What may be said about a file; the rest has defaults. */
export interface FileFields {
  /** May be `''`, or `{{SWE002}}` for a file above 100 MB. */
  downloadUrl?: string;
  caption?: string;
  fileName?: string;
  mimeType?: string;
}
