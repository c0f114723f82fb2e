import { doubleSeasonal } from '../../../../forecasts/ensemble/members/double-seasonal.ts';
import { designFor } from '../../../../forecasts/ensemble/members/ensemble-members.ts';
import { describePointModel } from '../../../contracts/point-model.ts';

for (const stepSeconds of [3600, 300])
  for (const member of [doubleSeasonal, ...(designFor(86_400 / stepSeconds)?.memberGroups.flat() ?? [])])
    describePointModel(member, stepSeconds);
