/**
 * The addresses from which GREEN-API posts WhatsApp notifications, as its webhook endpoint page
 * listed them in 2026. GREEN-API changes its lists, and other messengers have other lists. Compare
 * with the page of your product before you rely on a list.
 */
export const GREEN_API_WHATSAPP_SENDERS: readonly string[] = [
  '46.101.109.139',
  '51.250.12.167',
  '51.250.84.44',
  '51.250.95.149',
  '64.226.111.11',
  '89.169.137.216',
  '104.248.252.93',
  '158.160.49.84',
  '158.160.139.176',
  '165.22.93.202',
  '167.172.162.71',
  '207.154.255.195',
];

/** The addresses from which GREEN-API posts Telegram and MAX notifications, as listed in 2026. */
export const GREEN_API_TELEGRAM_AND_MAX_SENDERS: readonly string[] = [
  '89.169.144.17',
  '158.160.47.204',
  // Published as one address, not as a network.
  '158.160.195.0',
];
