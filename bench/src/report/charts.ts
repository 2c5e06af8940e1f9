interface Bar {
  readonly label: string;
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  readonly isOurs?: boolean;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const WIDTH = 760;
const FONT = 'font-family="system-ui, sans-serif" font-size="13"';
const OURS = '#1f9d55';
const OTHERS = '#9aa5b1';
const INK = '#52606d';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const short = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));

function svg(title: string, height: number, content: readonly string[]): string {
  // A white ground: the page may be read in a dark theme.
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}" ${FONT}>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="16" y="26" font-size="15" font-weight="600" fill="#1f2933">${escaped(title)}</text>`,
    ...content,
    '</svg>',
    '',
  ].join('\n');
}

/** Bars from left to right, one below the other, each with a line from its least to its largest. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const left = 290;
  const room = WIDTH - left - 90;
  const most = Math.max(...bars.map(({ value, max = value }) => Math.max(value, max)));
  const lengthOf = (value: number) => Number(((value / most) * room).toFixed(1));
  const content = bars.flatMap(({ label, value, min, max, isOurs }, index) => {
    const y = 46 + index * 30;
    const end = left + lengthOf(max ?? value) + 8;
    return [
      `<text x="${left - 10}" y="${y + 15}" text-anchor="end" fill="${INK}">${escaped(label)}</text>`,
      `<rect x="${left}" y="${y}" width="${lengthOf(value)}" height="20" rx="2" fill="${isOurs ? OURS : OTHERS}"/>`,
      ...(min === undefined || max === undefined
        ? []
        : [
            `<path d="M${left + lengthOf(min)} ${y + 10}H${left + lengthOf(max)}" stroke="#1f2933" stroke-width="1.5"/>`,
          ]),
      `<text x="${end}" y="${y + 15}" fill="#1f2933">${short(value)}</text>`,
    ];
  });
  return svg(title, 60 + bars.length * 30, content);
}

/** A line through the points, above a ground line at zero. */
export function lineChart(title: string, xLabel: string, points: readonly Point[]): string {
  const [left, top, right, bottom] = [70, 50, WIDTH - 30, 250];
  const mostX = Math.max(...points.map(({ x }) => x));
  const mostY = Math.max(...points.map(({ y }) => y)) * 1.15;
  const place = ({ x, y }: Point) =>
    [
      (left + (x / mostX) * (right - left)).toFixed(1),
      (bottom - (y / mostY) * (bottom - top)).toFixed(1),
    ].join(' ');
  const steps = [0, 0.25, 0.5, 0.75, 1];
  return svg(title, 300, [
    ...steps.map((step) => {
      const y = bottom - step * (bottom - top);
      return `<path d="M${left} ${y}H${right}" stroke="#e4e7eb"/><text x="${left - 8}" y="${y + 4}" text-anchor="end" fill="${INK}">${short(step * mostY)}</text>`;
    }),
    `<path d="M${points.map(place).join('L')}" fill="none" stroke="${OURS}" stroke-width="2"/>`,
    `<text x="${left}" y="${bottom + 20}" fill="${INK}">0</text>`,
    `<text x="${right}" y="${bottom + 20}" text-anchor="end" fill="${INK}">${short(mostX)}</text>`,
    `<text x="${(left + right) / 2}" y="${bottom + 36}" text-anchor="middle" fill="${INK}">${escaped(xLabel)}</text>`,
  ]);
}
