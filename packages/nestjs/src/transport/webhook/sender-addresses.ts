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

/** The WhatsApp list as published from July 2022 until at least May 2023. */
export const GREEN_API_WHATSAPP_SENDERS_2022: readonly string[] = [
  '51.250.68.181',
  '51.250.69.45',
  '51.250.69.65',
  '51.250.74.200',
  '51.250.76.115',
  '51.250.84.44',
  '51.250.87.205',
  '51.250.91.13',
  '51.250.93.251',
  '51.250.94.65',
];

/** The WhatsApp list as it was probably published in 2023 and 2024. */
export const GREEN_API_WHATSAPP_SENDERS_2023: readonly string[] = [
  '46.101.109.139',
  '51.250.12.167',
  '51.250.78.88',
  '51.250.84.44',
  '51.250.89.177',
  '51.250.94.65',
  '51.250.95.149',
  '64.226.84.16',
  '64.226.125.75',
  '64.227.117.254',
  '104.248.26.103',
  '157.230.23.121',
  '158.160.49.84',
  '159.89.1.39',
  '161.35.207.158',
  '164.92.234.244',
  '164.92.255.106',
  '167.172.162.71',
  '178.128.207.139',
];
