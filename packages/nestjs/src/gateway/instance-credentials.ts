/** What it takes to call one GREEN-API instance. */
export interface InstanceCredentials {
  /** Decimal digits, as text: GREEN-API has ids of up to 12 digits and more may come. */
  readonly idInstance: string;
  readonly apiTokenInstance: string;
  /** Scheme and host, such as `https://1101.api.green-api.com`; a path in front is kept. */
  readonly apiUrl: string;
}
