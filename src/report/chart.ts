/** A picture over time, as data: what `renderChart` draws. */
export interface Chart {
  /** Unique in its document: the accessible names hang on it. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences for those who do not see the picture. */
  readonly description: string;
  /** What people's clocks show on the time axis: an IANA zone. */
  readonly timeZone: string;
  /** Epoch ms. */
  readonly from: number;
  readonly until: number;
  /** What the vertical axis counts. */
  readonly unit: string;
  /** Drawn in this order, the last on top; the legend keeps the order. */
  readonly layers: readonly Layer[];
  /** Spans of time to shade, a sale's window. */
  readonly windows?: readonly { readonly label: string; readonly start: number; readonly end: number }[];
  /** Instants to mark. */
  readonly marks?: readonly { readonly label: string; readonly t: number }[];
  /** @default 960 */
  readonly width?: number;
  /** @default 400 */
  readonly height?: number;
}

/** How a layer looks: what it means decides, not a colour. */
export type Role = 'actual' | 'forecast' | 'capacity' | 'rival' | 'short';

export type Layer =
  | { readonly kind: 'Line'; readonly role: Role; readonly label: string; readonly points: readonly Point[] }
  /** Holds each value until the next point. */
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
