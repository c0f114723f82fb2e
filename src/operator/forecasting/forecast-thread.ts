/** Entry of a thread that makes forecasts: fits and predictions hold it, never the thread of leases and raises. */
import { fitDemand } from '../../../forecasts/index.ts';
import { serveForecasts } from './serve-forecasts.ts';

serveForecasts(fitDemand);
