const dateTime = /^(\d{4})-(\d{2})-(\d{2})[tT](\d{2}):(\d{2}):(\d{2})(\.\d+)?([zZ]|[+-]\d{2}:\d{2})$/;
const date = /^(\d{4})-(\d{2})-(\d{2})$/;
const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const quantity = /^[+-]?(\d+\.?\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

/**
 * Whether a string has an OpenAPI format. Unlisted formats are accepted, as the real server accepts formats that it
 * does not know. `date-time` refuses what the real server refuses: no zone, 24:00:00, leap seconds, a space instead of
 * the T.
 */
export function hasFormat(text: string, format: string): boolean {
  switch (format) {
    case 'date-time':
      return isDateTime(text);
    case 'micro-time':
      return isDateTime(text) && /\.\d{6}[zZ+-]/.test(text);
    case 'quantity':
      return quantity.test(text);
    case 'date':
      return isDay(date.exec(text));
    case 'uuid':
      return uuid.test(text);
    default:
      return true;
  }
}

function isDateTime(text: string): boolean {
  const parts = dateTime.exec(text);
  if (parts === null || !isDay(parts)) return false;
  const [hour = 99, minute = 99, second = 99] = parts.slice(4, 7).map(Number);
  return hour < 24 && minute < 60 && second < 60;
}

function isDay(parts: RegExpExecArray | null): boolean {
  if (parts === null) return false;
  const [year = 0, month = 0, day = 0] = parts.slice(1, 4).map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
