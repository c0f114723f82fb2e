/** A chart over time as data, for `renderChart`. */
export interface Chart {
  /** A name unique in its document; the ids of the accessible title and description are made from it. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences for readers who cannot see the chart. */
  readonly description: string;
  /** The time zone of the time axis, an IANA name. */
  readonly timeZone: string;
  /** Epoch ms. */
  readonly from: number;
  readonly until: number;
  /** The unit of the vertical axis. */
  readonly unit: string;
  /** The layers in drawing order, the last on top; the legend has the same order. */
  readonly layers: readonly Layer[];
  /** Spans of time to shade, such as a sale's window. */
  readonly windows?: readonly { readonly label: string; readonly start: number; readonly end: number }[];
  /** Instants to mark with a line. */
  readonly marks?: readonly { readonly label: string; readonly t: number }[];
  /** Pixels; the text is a little larger below 480. @default 960 */
  readonly width?: number;
  /** Pixels. @default 400 */
  readonly height?: number;
}

/** What a layer means; the style of each role follows from it. */
export type Role = 'actual' | 'forecast' | 'capacity' | 'rival' | 'schedule' | 'short';

export type Layer =
  | { readonly kind: 'Line'; readonly role: Role; readonly label: string; readonly points: readonly Point[] }
  /** Keeps each value until the next point. */
  | { readonly kind: 'Steps'; readonly role: Role; readonly label: string; readonly points: readonly Point[] }
  | { readonly kind: 'Band'; readonly role: Role; readonly label: string; readonly points: readonly BandPoint[] };

export interface Point {
  /** Epoch ms. */
  readonly t: number;
  /** null is a gap. */
  readonly value: number | null;
}

export interface BandPoint {
  readonly t: number;
  readonly low: number;
  readonly high: number;
}
